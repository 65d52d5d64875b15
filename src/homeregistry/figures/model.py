"""What a report declares, as values: a figure with its bounds and exact quote, and what gave it meaning.

A declared figure is a fact of its own kind: it never makes up named recognitions and is never added
to them.
"""

from dataclasses import dataclass, field

from homeregistry.problems import Problem
from homeregistry.vocabulary import Measure, Qualifier, Tier


@dataclass(frozen=True, slots=True)
class Figure:
    """One declared count of awards.

    `quote` is `text[start:end]`, in code points of the source text. `kind` is None where one number
    covers several kinds; `kinds` then has all of them (else the one). `part_of` is the index, in
    the same extraction, of the figure that this one is a subset of. `implied` marks counts that no
    numeral states: listed names (甲、乙获…) and ordinals (第三次, 首家, 唯一). `flags` are problem codes that
    concern this figure alone. `body` is the code of the union body that the scope means, where it is
    one and known (我局, 全国铁路系统).
    """

    scope: str | None
    region_code: str | None
    kind: str | None
    kinds: tuple[str, ...]
    tier: Tier | None
    or_above: bool
    system: str | None
    measure: Measure
    low: int | None
    high: int | None
    stated: str
    qualifier: Qualifier
    year_from: int | None
    year_to: int | None
    implied: bool
    part_of: int | None
    stars: int | None
    quote: str
    start: int
    end: int
    verb: str | None = None
    tier_printed: str | None = None
    decision_no: str | None = None
    flags: tuple[str, ...] = ()
    body: str | None = None

    def to_json(self) -> dict[str, object]:
        """The figure with the key order of the command line contract, optional keys last."""
        return {
            "scope": self.scope,
            "region_code": self.region_code,
            "kind": self.kind,
            "kinds": list(self.kinds),
            "tier": self.tier,
            "or_above": self.or_above,
            "system": self.system,
            "measure": self.measure,
            "low": self.low,
            "high": self.high,
            "stated": self.stated,
            "qualifier": self.qualifier,
            "year_from": self.year_from,
            "year_to": self.year_to,
            "implied": self.implied,
            "part_of": self.part_of,
            "stars": self.stars,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "verb": self.verb,
            "tier_printed": self.tier_printed,
            "decision_no": self.decision_no,
            "flags": list(self.flags),
            "body": self.body,
        }


@dataclass(frozen=True, slots=True)
class Extraction:
    """All figures of a text in the order of their quotes, and what could not be settled."""

    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
