"""A declared figure as the registry keeps it: what it states, and where in which file it stands."""

from dataclasses import dataclass
from typing import Any, Final

from homeregistry.stated_figure import Stated
from homeregistry.stated_years import FIRST_YEAR
from homeregistry.vocabulary import Tier, tiers_covered

NATION: Final = frozenset({"全国", "中国", "我国", "全总", "全国总工会", "中华全国总工会"})
"""Scopes that mean the whole country."""

_JSON: Final = (
    "stated", "low", "high", "qualifier", "scope", "region_code", "kind", "kinds", "stars", "tier",
    "or_above", "system", "measure", "year_from", "year_to", "implied", "part_of", "decision_no", "flags",
    "quote", "start", "end", "sheet", "row", "column", "file", "batch",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Stated):
    """A declared figure as the registry keeps it. `part_of` is the id of the figure it is a subset of.

    `start` and `end` are the span of `quote` in the text of the file; `sheet`, `row` and `column` the cell,
    for figures of tables.
    """

    id: int
    region_id: int | None
    start: int | None
    end: int | None
    sheet: str | None
    row: int | None
    column: str | None
    batch: int
    file: str

    @property
    def nationwide(self) -> bool:
        """Whether it speaks of the whole country, or of a whole national system (全国邮政系统)."""
        if self.region_code is not None or self.scope is None:
            return False
        return self.scope in NATION or (
            self.system is not None and self.tier == "national" and self.scope.startswith("全国")
        )

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers it covers: its own, with all above for 以上; every tier where it names none."""
        return tiers_covered(self.tier, self.or_above)

    @property
    def subject(self) -> tuple[object, ...]:
        """What is counted, apart from when and how many: equal subjects are like and like."""
        place = "全国" if self.nationwide else self.region_code or self.scope
        return (place, self.kinds, self.stars, self.tier, self.or_above, self.system, self.measure)

    @property
    def bounds(self) -> tuple[int | None, int | None, str]:
        """How many: low, high and the qualifier."""
        return self.low, self.high, self.qualifier

    @property
    def period(self) -> tuple[int | None, int | None]:
        """When: for cumulative figures only up to when, since they begin with the first award."""
        return (None if self.measure == "cumulative" and _from_start(self) else self.year_from), self.year_to

    def to_json(self) -> dict[str, Any]:
        """What it says, where it says it, and its id under `figure`."""
        return {"figure": self.id, **self.said(_JSON)}


def _from_start(figure: Declared) -> bool:
    return figure.year_from is None or figure.year_from <= FIRST_YEAR
