"""Where recognitions stand on the map that was asked for: as awarded, or on another day's boundaries.

Only regions are moved, never numbers: what a succession leaves open is counted as undecided between named
regions, and totals agree on every map.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.succession import Outcome, Placed, Rehomer, Undecided, Unplaced, same_place
from homeregistry.regions.table import Level, Region

Boundaries = date | Literal["as-awarded"]

LEVEL_OF: Mapping[str, Level | None] = {
    "region": None, "province": "province", "prefecture": "prefecture", "county": "county",
}  # fmt: skip
"""Region-like dimensions; `region` is the most precise place known."""


_DECIDED: Final = "\n→"
"""Before a region row that a person decided; printed words are single lines."""


_SHAPES: Final = 64
"""So many shapes of questions are remembered for one map; each may hold every region."""


@dataclass(slots=True)
class _Memory:
    """What the packaged gazetteer says of one map. It never changes, so questions share it."""

    rehomer: Rehomer | None
    answers: dict[tuple[int, int, str], Outcome] = field(default_factory=dict)
    turns: dict[tuple[int, bool], list[int]] = field(default_factory=dict)
    wide: dict[int, list[int]] = field(default_factory=dict)
    spans: dict[object, dict[tuple[int, int], Any]] = field(default_factory=dict)


@lru_cache(maxsize=8)
def _memory(boundaries: Boundaries) -> _Memory:
    return _Memory(None if boundaries == "as-awarded" else Rehomer(boundaries))


class Placer:
    """Answers where a record of a region stands at a level; what needs no words is remembered.

    `settled` are places that people decided for single recognitions, `settled_regions` the region rows
    those recognitions carry.
    """

    def __init__(
        self,
        boundaries: Boundaries,
        settled: Mapping[int, int] | None = None,
        settled_regions: frozenset[int] = frozenset(),
    ) -> None:
        self.boundaries = boundaries
        self.settled = settled or {}
        self.settled_regions = settled_regions
        self._memory = _memory(boundaries)
        self._rehomer = self._memory.rehomer

    def words(self, recognition: int, printed: Iterable[object]) -> str:
        """The text that may decide a record's place: its printed words, and what a person decided."""
        text = " ".join(str(part) for part in printed if part)
        decided = self.settled.get(recognition)
        return text if decided is None else f"{text}{_DECIDED}{decided}"

    def at(self, region_id: int, year: int, dimension: str, text: str = "") -> Outcome:
        """The region of a dimension that a record awarded in `year` stands in."""
        if text and self._matters(region_id, text):
            return self._find(region_id, year, LEVEL_OF[dimension], text)
        mark = (region_id, year, dimension)
        found = self._memory.answers.get(mark)
        if found is None:
            found = self._memory.answers[mark] = self._find(region_id, year, LEVEL_OF[dimension], "")
        return found

    def _matters(self, region_id: int, text: str) -> bool:
        return self._rehomer is not None and (_DECIDED in text or self._rehomer.reads_words(region_id))

    def _find(self, region_id: int, year: int, level: Level | None, text: str) -> Outcome:
        if self._rehomer is None:
            region = gazetteer().by_id(region_id)
            if level is None or level == region.level:
                return Placed(region)
            there = _near(region, date(year, 12, 31))
            return Placed(gazetteer().ancestor(region, level, there) or region)
        day = date(year, 12, 31)
        printed, _mark, decided = text.partition(_DECIDED)
        if level is None:
            found = self._rehomer.place(region_id, day, printed)
        else:
            found = self._rehomer.at_level(region_id, level, day, printed)
        if decided and not isinstance(found, Placed):
            return self._as_decided(int(decided), day, level) or found
        return found

    def _as_decided(self, region_id: int, day: date, level: Level | None) -> Placed | None:
        """Where a person's decision leads on this map; from the day that region began to be."""
        rehomer, region = self._rehomer, gazetteer().by_id(region_id)
        if rehomer is None:
            return None
        since = max(day.isoformat(), region.valid_from)
        if level is None:
            found = rehomer.place(region_id, since)
        else:
            found = rehomer.at_level(region_id, level, since)
        return found if isinstance(found, Placed) else None

    def spans_of(self, shape: object) -> dict[tuple[int, int], Any]:
        """What questions of one shape remember on this map; empty where people's decisions matter."""
        if self.settled:
            return {}
        kept = self._memory.spans
        if shape not in kept and len(kept) >= _SHAPES:
            kept.clear()
        return kept.setdefault(shape, {})

    def turns(self, region_id: int, upper: bool) -> list[int]:
        """Years from which on a region's records may stand elsewhere than those of the years before.

        `upper` says whether a province or prefecture is asked for. Between two turns all years are placed
        alike, so that a count places a region a few times and not once for every year.
        """
        mark = (region_id, upper)
        found = self._memory.turns.get(mark)
        if found is None:
            found = self._memory.turns[mark] = self._turns(region_id, upper)
        return found

    def _turns(self, region_id: int, upper: bool) -> list[int]:
        table = gazetteer()
        row = table.by_id(region_id)
        days = [row.valid_from, row.valid_to] if upper or self._rehomer else []
        uppers = [other for code in row.chain for other in table.of_code(code)] if upper else []
        days += [other.valid_from for other in uppers]
        if self._rehomer is not None:
            for other in (row, *uppers):
                days += [change.date for change in (*table.onward(other.id), *table.back(other.id))]
            # An award of the last day of the year lies before the map of that day, any other one behind it.
            days += [self._rehomer.day, str(int(self._rehomer.day[:4]) + 1)]
        return sorted({int(day[:4]) for day in days if day})

    def open(self, region_id: int, year: int) -> bool:
        """Whether the record's own words (township, address) might decide what the region leaves open."""
        if self._rehomer is None:
            return False
        if region_id not in self.settled_regions and not self._rehomer.reads_words(region_id):
            return False
        return not isinstance(self.at(region_id, year, "region"), Placed)

    def stands_in(self, wanted: Region, region_id: int, year: int, text: str = "") -> Outcome | None:
        """Whether a record stands in a region or below it: Placed, Undecided, or None where it does not.

        The one rule of every filter by region: a record is asked for at the region's own level, as `--by`
        that level counts it. One whose county cannot be followed still stands in its province.
        """
        outcome = self.at(region_id, year, wanted.level, text)
        if isinstance(outcome, Placed):
            return outcome if self._is(outcome.region, wanted) else None
        if isinstance(outcome, Undecided) and any(self._is(one, wanted) for one in outcome.candidates):
            return outcome
        return None

    def rows_of(self, wanted: Region) -> frozenset[int]:
        """The region rows that are the wanted one on this map.

        On a day's map a code is one place; as awarded it may have been another one's before.
        """
        if self._rehomer is None:
            return same_place(wanted)
        return frozenset(row.id for row in gazetteer().of_code(wanted.code))

    def _is(self, region: Region, wanted: Region) -> bool:
        return region.code == wanted.code and region.id in self.rows_of(wanted)

    def may_stand_in(self, wanted: Region) -> list[int]:
        """Region rows whose records may stand in a region or below it, of whatever year: all, and some more.

        For SQL, which cannot place; what it lets through is placed exactly.
        """
        found = self._memory.wide.get(wanted.id)
        if found is None:
            found = self._memory.wide[wanted.id] = self._may_stand_in(wanted)
        return found

    def _may_stand_in(self, wanted: Region) -> list[int]:
        below = [row for row in gazetteer() if wanted.code in row.chain]
        if self._rehomer is None:
            return [row.id for row in below]
        there = [row for row in below if row.in_force(self._rehomer.day)]
        found = {row.id for row in there} | self._rehomer.connected(row.id for row in there)
        if wanted.level == "province":
            # A county that cannot be followed keeps its province, or what became of that.
            codes = {gazetteer().by_id(one).chain[-1] for one in found}
            found |= {row.id for row in gazetteer() if row.chain[-1] in codes}
        return sorted(found)


def _near(region: Region, day: date) -> date | str:
    """The day, or the region's nearest day where it was already gone at the end of the year."""
    return day if region.in_force(day) else region.valid_from


__all__ = ["LEVEL_OF", "Boundaries", "Placed", "Placer", "Undecided", "Unplaced"]
