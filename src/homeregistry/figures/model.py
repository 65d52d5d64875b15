"""What a report declares, as values: a figure with its bounds and exact quote, and what gave it meaning."""

from dataclasses import dataclass, field
from typing import Final

from homeregistry.problems import Problem
from homeregistry.stated_figure import Stated

_JSON: Final = (
    "scope", "region_code", "kind", "kinds", "tier", "or_above", "system", "measure", "low", "high", "stated",
    "qualifier", "year_from", "year_to", "implied", "part_of", "stars", "quote", "start", "end",
    "verb", "tier_printed", "decision_no", "flags", "body",
)  # fmt: skip
"""The key order of the command line contract, optional keys last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Stated):
    """One declared count of awards, as read.

    `quote` is `text[start:end]`, in code points of the source text. `part_of` is the index, in the same
    extraction, of the figure that this one is a subset of. `body` is the code of the union body that the
    scope means, where it is one and known (我局, 全国铁路系统).
    """

    start: int
    end: int
    verb: str | None = None
    tier_printed: str | None = None
    body: str | None = None

    def to_json(self) -> dict[str, object]:
        """The figure as `extract` prints it."""
        return self.said(_JSON)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All figures of a text in the order of their quotes, and what could not be settled."""

    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
