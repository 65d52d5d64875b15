"""What a reading has found so far: items with their rows, so that every line ends as one of them.

The reader decides what a line is; here it becomes an entry, a problem, a stated count or a line that
is no data, always with its page and row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from homeregistry.grid import TextDocument
from homeregistry.lists import entries
from homeregistry.lists.frames import Frame
from homeregistry.lists.lines import Line
from homeregistry.lists.sentences import Group
from homeregistry.problems import Problem
from homeregistry.records import (
    DeclaredCount,
    Entry,
    HeadingContext,
    ListItem,
    ListOptions,
    NotData,
)

_NO_COLUMNS: Final[Mapping[str, str]] = {}


class Findings:
    """The items of one document; `sheet` of an item is empty, or “p. 3” where there are pages."""

    def __init__(self, document: TextDocument, options: ListOptions) -> None:
        self._page_of = document.page_of
        self._options = options
        self._items: list[ListItem] = []

    @property
    def entries(self) -> list[Entry]:
        """The entries found, in the order they were found."""
        return [item for item in self._items if isinstance(item, Entry)]

    def has_problem(self, code: str) -> bool:
        """Whether a problem of this code stands on a line (those of entries do not count)."""
        return any(isinstance(item, Problem) and item.code == code for item in self._items)

    def in_order(self) -> tuple[ListItem, ...]:
        """All items in the order of their rows."""
        return tuple(sorted(self._items, key=lambda item: item.row or 0))

    def skip(self, line: Line, reason: str) -> None:
        """Every row of the line is no data, for this reason."""
        for row in line.rows:
            self.skip_row(row, reason, line.text)

    def skip_row(self, row: int, reason: str, text: str) -> None:
        """One row is no data, for this reason."""
        self._items.append(NotData(self._sheet(row), row, reason, text))

    def problem(self, code: str, row: int, value: str | None, **params: object) -> None:
        """A problem of a line as a whole."""
        self._items.append(Problem(code, self._sheet(row), row, value=value, params=params))

    def entry(
        self,
        row: int,
        values: Mapping[str, str],
        context: HeadingContext,
        doubts: tuple[str | None, str | None],
        text: str,
    ) -> None:
        """An entry; `doubts` are the word of nomination and the unknown title above it."""
        kept = {name: value for name, value in values.items() if value}
        problems = tuple(self._problems(row, kept, *doubts))
        sheet = self._sheet(row)
        self._items.append(Entry(sheet, row, kept, context, _NO_COLUMNS, (text,), (), problems))

    def add_to_last(self, line: Line, values: Mapping[str, str]) -> bool:
        """Adds unit and post from a line of their own to the person alone above it; False if none is."""
        last = self._items[-1] if self._items else None
        if not isinstance(last, Entry) or last.values.keys() - {"serial", "region", "body"} != {"person"}:
            return False
        self._items[-1] = replace(last, values={**last.values, **values}, cells=(*last.cells, line.text))
        self.skip(line, "continued")
        return True

    def unread(self, row: int, text: str, context: HeadingContext) -> None:
        """A row among the names that could not be understood: it waits with its words, as names do."""
        sheet = self._sheet(row)
        problem = Problem("unread_row", sheet, row, value=text)
        self._items.append(Entry(sheet, row, {}, context, _NO_COLUMNS, (text,), (), (problem,)))

    def count(self, row: int, stated: str, declared: int, frame: Frame) -> None:
        """A stated count and how many names stand under the heading it speaks of."""
        heading = frame.heading
        self._items.append(
            DeclaredCount(
                self._sheet(row),
                row,
                stated,
                declared,
                frame.total,
                heading.context.kind,
                heading.scope,
            )
        )

    def counts(self, kind: str | None) -> bool:
        """Whether a count that speaks of this kind, or of all kinds, is known already."""
        return any(isinstance(item, DeclaredCount) and item.kind in (kind, None) for item in self._items)

    def count_in_sentence(self, group: Group, listed: int) -> None:
        """A count stated in running text (等3家), against the names that it speaks of."""
        if group.declared is not None and group.stated is not None:
            self._items.append(
                DeclaredCount(
                    self._sheet(group.row),
                    group.row,
                    group.stated,
                    group.declared,
                    listed,
                    group.heading.context.kind,
                )
            )

    def account(self, lines: Iterable[Line]) -> None:
        """Rows joined to the one before them hold no name of their own."""
        known = {item.row for item in self._items}
        for line in lines:
            for row in line.rows:
                if row not in known:
                    self.skip_row(row, "continued", "")

    def _problems(
        self, row: int, values: Mapping[str, str], nomination: str | None, other: str | None
    ) -> Iterable[Problem]:
        sheet = self._sheet(row)
        if nomination and not self._options.conferred:
            yield Problem("nomination_list", sheet, row, value=nomination)
        if other and not self._options.kind:
            yield Problem("unknown_title", sheet, row, value=other)
        vague = entries.deictic(values)
        if vague:
            yield Problem("deictic_name", sheet, row, value=vague)

    def _sheet(self, row: int) -> str:
        page = self._page_of.get(row)
        return "" if page is None else f"p. {page}"
