"""What a declared figure states, whoever holds it: a report that is being read, or the registry.

A declared figure is a fact of its own kind: it never makes up named recognitions and is never added to them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from homeregistry.vocabulary import Measure, Qualifier, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One declared count of awards, as stated.

    `kinds` has several codes where one number covers several kinds. `low` and `high` are its bounds, `stated`
    the number as printed, `quote` the words around it. `part_of` names the figure that this one is a subset
    of. `implied` marks counts that no numeral states: listed names (甲、乙获…) and ordinals (第三次, 首家,
    唯一). `flags` are problem codes that concern this figure alone.
    """

    scope: str | None
    region_code: str | None
    kinds: tuple[str, ...]
    stars: int | None
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
    decision_no: str | None = None
    flags: tuple[str, ...] = ()
    quote: str

    @property
    def kind(self) -> str | None:
        """Its kind; None where one number covers several."""
        return self.kinds[0] if len(self.kinds) == 1 else None

    def said(self, names: Iterable[str]) -> dict[str, object]:
        """What it states under these names, in their order, as JSON has it."""
        found = ((name, getattr(self, name)) for name in names)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in found}
