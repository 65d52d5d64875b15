"""The numbers of a tally, added up record by record, and held against what the database counts by itself.

Each cell, each total of a line, each total of a column and the grand total are added up apart from each
other, so that a slip in one shows against the others. Holders are counted as distinct recipients; their
lines and columns may therefore sum to more than their totals.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.exports.checks import Failing, equal
from homeregistry.queries import CountRequest, count_recognitions
from homeregistry.queries.listing import Counted
from homeregistry.queries.placing import LEVEL_OF
from homeregistry.queries.spans import Value

Place = tuple[str, tuple[Value, ...]]
"""A line of a tally: its state (placed, undecided, unplaced) and its cell of the count, or names."""

Title = tuple[str, str]
"""A column of a tally: kind and tier, with `+system` behind an industry's tier."""


@dataclass(slots=True)
class _Adder:
    """Numbers of recognitions, or of distinct recipients, by any mark."""

    holders: bool
    numbers: dict[Any, int] = field(default_factory=dict)
    seen: dict[Any, set[int]] = field(default_factory=dict)

    def add(self, mark: Any, recipient: int) -> None:
        if self.holders:
            self.seen.setdefault(mark, set()).add(recipient)
        else:
            self.numbers[mark] = self.numbers.get(mark, 0) + 1

    def of(self, mark: Any) -> int:
        return len(self.seen.get(mark, ())) if self.holders else self.numbers.get(mark, 0)

    def marks(self) -> Iterator[Any]:
        return iter(self.seen if self.holders else self.numbers)


class Tally:
    """Adds up records as they pass."""

    def __init__(self, holders: bool) -> None:
        self.holders = holders
        self._cells, self._lines, self._columns, self._all = (_Adder(holders) for _ in range(4))
        self.states: dict[str, int] = {"placed": 0, "undecided": 0, "unplaced": 0}
        self.records = 0

    def add(self, counted: Counted) -> None:
        """Take in one record."""
        record = counted.recognition
        recipient = int(record["recipient"])
        place: Place = (
            counted.state, counted.cell if counted.state == "placed" else (counted.between or None,)
        )  # fmt: skip
        title = title_of(record)
        self._cells.add((place, title), recipient)
        self._lines.add(place, recipient)
        self._columns.add(title, recipient)
        self._all.add((), recipient)
        self.states[counted.state] += 1
        self.records += 1

    def places(self, state: str) -> list[Place]:
        """The lines of a state, by code, or by the names they lie between; what is missing last."""
        found = [place for place in self._lines.marks() if place[0] == state]
        return sorted(found, key=lambda place: [(value is None, str(value)) for value in place[1]])

    def titles(self) -> set[Title]:
        """The columns that have a number."""
        return set(self._columns.marks())

    def cell(self, place: Place, title: Title) -> int:
        """The number of a line under a column."""
        return self._cells.of((place, title))

    def line(self, place: Place) -> int:
        """The total of a line."""
        return self._lines.of(place)

    def column(self, title: Title) -> int:
        """The total of a column."""
        return self._columns.of(title)

    @property
    def total(self) -> int:
        """The grand total."""
        return self._all.of(())

    def sums(self) -> tuple[int, int]:
        """The total made from the lines, and the total made from the columns."""
        lines = sum(self._lines.of(place) for place in self._lines.marks())
        return lines, sum(self._columns.of(title) for title in self._columns.marks())

    def check(self, connection: Connection, request: CountRequest, rows: str) -> Iterator[Failing]:
        """What does not fit: the sums both ways, and the database's own counts of the same question."""
        found = count_recognitions(connection, replace(request, by=(rows, "kind", "tier")))
        yield from equal(
            "total_differs",
            "The database counts {one}, the records listed make {two}.",
            found.total,
            self.total,
        )
        if not self.holders:
            yield from self._sums()
            for state, number in (("undecided", found.undecided), ("unplaced", found.unplaced)):
                yield from equal(
                    f"{state}_differs", "Outside every line: the database {one}, the records {two}.",
                    number, self.states[state],
                )  # fmt: skip
        width = 2 if rows in LEVEL_OF else 1
        counted = {(("placed", row[:width]), row[width : width + 2]): row[-1] for row in found.rows}
        added = {mark: self._cells.of(mark) for mark in self._cells.marks() if mark[0][0] == "placed"}
        for mark in sorted(counted.keys() | added.keys(), key=str):
            if counted.get(mark, 0) != added.get(mark, 0):
                where = " ".join(str(one) for part in (mark[0][1], mark[1]) for one in part)
                yield Failing(
                    "cell_differs", "{where}: the database counts {one}, the records listed make {two}.",
                    {"where": where, "one": counted.get(mark, 0), "two": added.get(mark, 0)},
                )  # fmt: skip

    def _sums(self) -> Iterator[Failing]:
        lines, columns = self.sums()
        cells = sum(self._cells.of(mark) for mark in self._cells.marks())
        message = "The lines make {one}, the columns make {two}."
        yield from equal("sums_differ", message, lines, columns)
        yield from equal("sums_differ", "The cells make {one}, the total is {two}.", cells, self.total)
        yield from equal("sums_differ", "The lines make {one}, the total is {two}.", lines, self.total)


def title_of(record: dict[str, Any]) -> Title:
    """The column of a record."""
    return record["kind"], f"{record['tier']}+system" if record["system"] else record["tier"]
