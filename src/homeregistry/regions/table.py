"""The packaged gazetteer as rows: regions with their intervals, and the changes between them.

This file only reads the tables and says what one row means; names are read in `regions`, records
are carried from map to map in `succession`.

A date is `YYYY-MM-DD` or, where the sources know no more, `YYYY`: its precision is part of the value.
On the map of a day a year counts from its first day, so that ISO text compares as dates do; when a
printed name is checked against a round, the year of a change accepts the old and the new name.
"""

from datetime import date
from functools import cache
from typing import Any, Final, Literal, NamedTuple, get_args

from homeregistry.packaged import lines
from homeregistry.vocabulary import one_of

Level = Literal["province", "prefecture", "county"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
Extent = Literal["whole", "part", "renamed"]
EXTENTS: Final[tuple[Extent, ...]] = get_args(Extent)
Day = date | str
"""A day as `datetime.date` or as ISO text."""

FIRST_YEAR: Final = "1980"
"""The first code table is of December 1980: rows that begin here are older than the sources."""


MUNICIPALITIES: Final = frozenset({"110000", "120000", "310000", "500000"})
"""北京, 天津, 上海, 重庆: their 市级 is provincial, no prefectures lie between them and their counties."""


def iso(day: Day) -> str:
    """ISO text of a day; text passes unchanged."""
    return day if isinstance(day, str) else day.isoformat()


# Tuples and not dataclasses, with the columns of the table: 7,000 of them are made before `region lookup` can
# answer, in 4 ms instead of 20.
class Region(NamedTuple):
    """One region as it was between two changes: its key is the code and the interval.

    `valid_to` is exclusive, empty while in force. `parent_code` is empty for provinces. `id` is
    code * 10000 + first year, stable across builds.
    """

    id: int
    code: str
    name: str
    level: Level
    parent_code: str
    valid_from: str
    valid_to: str

    def in_force(self, day: Day) -> bool:
        """Whether the region stands on the map of that day."""
        text = iso(day)
        return self.valid_from <= text and (not self.valid_to or text < self.valid_to)

    def existed(self, first: Day, last: Day) -> bool:
        """Whether it may have existed on any day from `first` to `last`, both included."""
        if self.valid_from > iso(last):
            return False
        end = self.valid_to
        return not end or (f"{end}-12-31" >= iso(first) if len(end) == 4 else end > iso(first))

    @property
    def chain(self) -> tuple[str, ...]:
        """Its own code and those of its parents, from below upwards."""
        province = self.code[:2] + "0000"
        return tuple(dict.fromkeys((self.code, self.parent_code or province, province)))


def is_municipality(region: Region) -> bool:
    """Whether a region is a city with the rank of a province (重庆 was one of Sichuan's before 1997)."""
    return region.code in MUNICIPALITIES


class Change(NamedTuple):
    """One region became another, whole or in part, on a date (see the module for its precision).

    `towns` names the townships of a part; a part without towns is what the other parts leave.
    """

    date: str
    from_id: int
    to_id: int
    extent: Extent
    towns: tuple[str, ...]
    basis: str


@cache
def regions() -> tuple[Region, ...]:
    """All rows of the gazetteer, in the order of code and time."""
    rows: list[list[Any]] = [line.split(",") for line in lines("regions.csv")]
    for row in rows:
        row[0] = int(row[0])
    return tuple(map(Region._make, rows))


@cache
def changes() -> tuple[Change, ...]:
    """All changes, in the order of time."""
    rows = []
    for line in lines("region_changes.csv"):
        day, source, target, extent, towns, basis = line.split(",", 5)
        known = one_of(extent, EXTENTS, "region_changes.csv: unknown extent")
        rows.append(Change(day, int(source), int(target), known, tuple(towns.split()), basis))
    return tuple(rows)


@cache
def towns_of() -> dict[str, frozenset[str]]:
    """County code to the stems of its townships, for counties that were divided by towns."""
    table: dict[str, frozenset[str]] = {}
    for line in lines("region_towns.csv"):
        code, _, towns, _ = line.split(",", 3)
        table[code] = frozenset(town_stem(town) for town in towns.split())
    return table


def town_stem(town: str) -> str:
    """A township without its kind: 统景镇 and 统景乡 are one place, renamed as it grew."""
    for kind in ("街道办事处", "街道", "镇", "乡"):
        if town.endswith(kind) and len(town) > len(kind):
            return town[: -len(kind)]
    return town
