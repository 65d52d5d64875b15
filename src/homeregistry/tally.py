"""How many live recognitions there are, kept by every write in the same transaction.

A line of the tally is one award (kind, tier, system) in one region: its total, and how many of each
year. A count of five million rows reads the lines of its award, many times faster than it could group
the rows, and an import changes few of them. The lines are derived; `verify` holds them against the rows,
and `db index --rebuild` makes them anew.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.bulk import load_rows, stream_rows
from homeregistry.database import marks
from homeregistry.errors import DatabaseRefused
from homeregistry.stated_years import years_said
from homeregistry.tables import FACTS

Award = tuple[str, str, str]
"""Kind, tier, system."""
Numbers = dict[int, int]
"""Years as one number (20172019 for 2017 to 2019: it sorts as they do), and how many recognitions."""
Line = tuple[str, str, str, int, int, str]
"""An award, the region row (0: none), the total, and its years: "2017-2019:1 2020:2"."""

LINE: Final = ("kind", "tier", "system", "region_id", "number", "years")
AWARD_OF: Final = itemgetter(0, 1, 2)
_REGION_OF: Final = itemgetter(0, 1, 2, 3)
_CELL: Final = ("kind", "tier", "system", "region_id", "year_from", "year_to")
_OF_ROW: Final = itemgetter(*(FACTS["recognition"].index(name) for name in _CELL))
_CHUNK: Final = 500


def pack(numbers: Mapping[int, int]) -> tuple[int, str]:
    """The total of a line and its years, in the order of time: (3, "2017-2019:1 2020:2")."""
    years = " ".join(f"{years_words(one)}:{number}" for one, number in sorted(numbers.items()))
    return sum(numbers.values()), years


def years_words(years: int) -> str:
    """Years as a line says them: 2017-2019, 2020."""
    return years_said(*divmod(years, 10_000))


class Unpacking(dict[str, tuple[int, int]]):
    """Reads the years of lines; a word (2017-2019:1) is read once, of a hundred thousand few differ."""

    def __call__(self, line: str) -> Numbers:
        """The numbers of a line, in the order of time. Raises DatabaseRefused where it is damaged."""
        return dict(map(self.__getitem__, line.split()))

    def __missing__(self, word: str) -> tuple[int, int]:
        years, _colon, number = word.partition(":")
        try:
            self[word] = int(years[:4] + years[-4:]), int(number)
        except ValueError:
            raise DatabaseRefused(
                "tally_damaged",
                "The tally that counts are read from is damaged; "
                "make it anew: homeregistry db index --rebuild",
            ) from None
        return self[word]


class TallyChange:
    """What one write adds to the tally and takes from it."""

    __slots__ = ("_changes",)

    def __init__(self) -> None:
        self._changes: Counter[tuple[Any, ...]] = Counter()

    def came(self, rows: Iterable[Sequence[Any]]) -> None:
        """Recognitions that come in, in the order of `tables.FACTS`."""
        self._changes.update(map(_OF_ROW, rows))

    def leave(self, connection: Connection, condition: str) -> None:
        """Recognitions that are about to be closed: those of a condition."""
        found = connection.exec_driver_sql(f"SELECT {', '.join(_CELL)} FROM recognition {condition}")
        self._changes.subtract(map(tuple, found))

    def keep(self, connection: Connection) -> None:
        """Change the tally; called once, at the end of the write."""
        changed: dict[Award, dict[int, Numbers]] = {}
        for (kind, tier, system, region, first, last), number in self._changes.items():
            if number:
                places = changed.setdefault((kind, tier, system), {})
                places.setdefault(region or 0, {})[first * 10_000 + last] = number
        for award, places in sorted(changed.items()):
            ordered = sorted(places)
            for start in range(0, len(ordered), _CHUNK):
                _change(connection, award, {one: places[one] for one in ordered[start : start + _CHUNK]})


def _change(connection: Connection, award: Award, places: Mapping[int, Numbers]) -> None:
    """Change the lines of an award in some regions; one that comes to nothing goes."""
    here = "WHERE kind = ? AND tier = ? AND system = ? AND region_id"
    listed = ", ".join(map(str, places))
    stored = connection.exec_driver_sql(
        _marked(connection, f"SELECT region_id, years FROM recognition_tally {here} IN ({listed})"),
        award,
    )
    unpack = Unpacking()
    there = {int(region): unpack(years) for region, years in stored}
    kept: list[tuple[Any, ...]] = []
    gone: list[tuple[Any, ...]] = []
    for region, numbers in places.items():
        line = there.get(region, {})
        for years, number in numbers.items():
            line[years] = line.get(years, 0) + number
        line = {years: number for years, number in line.items() if number}
        if line:
            kept.append((*award, region, *pack(line)))
        else:
            gone.append((*award, region))
    _each(
        connection,
        f"INSERT INTO recognition_tally ({', '.join(LINE)}) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (kind, tier, system, region_id) DO UPDATE SET "
        "number = excluded.number, years = excluded.years",
        kept,
    )
    _each(connection, f"DELETE FROM recognition_tally {here} = ?", gone)


def made_from_rows(connection: Connection) -> Iterator[Line]:
    """The lines that the live rows make, award by award."""
    statement = (
        f"SELECT {', '.join(_CELL)}, count(*) FROM recognition WHERE revision_to IS NULL "
        f"GROUP BY {', '.join(_CELL)} ORDER BY kind, tier, system, region_id"
    )
    cells = (cell for chunk in stream_rows(connection, statement) for cell in chunk)
    for (kind, tier, system, region), found in groupby(cells, _REGION_OF):
        numbers = {first * 10_000 + last: number for *_, first, last, number in found}
        yield (kind, tier, system, region or 0, *pack(numbers))


def rebuild_tally(connection: Connection) -> None:
    """Make the tally anew from the rows."""
    connection.exec_driver_sql("DELETE FROM recognition_tally")
    for _award, lines in groupby(made_from_rows(connection), AWARD_OF):
        load_rows(connection, "recognition_tally", LINE, list(lines))


def _marked(connection: Connection, statement: str) -> str:
    return statement.replace("?", marks(connection))


def _each(connection: Connection, statement: str, values: list[tuple[Any, ...]]) -> None:
    if values:
        connection.exec_driver_sql(_marked(connection, statement), values)
