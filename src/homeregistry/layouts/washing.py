"""A row made fit to be kept: tidy text, no personal numbers, damage told.

Everything that leaves a sheet goes through here, so that nothing personal can slip past into an
entry, a problem or a list of rows left out.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import is_normalized

from homeregistry.grid import DamagedCell, Row, Sheet, column_letter
from homeregistry.layouts.cells import DAMAGED, is_row_of_names, is_several_names, printed, tidy
from homeregistry.layouts.headcells import Column
from homeregistry.personal import PERSONAL_HINT, is_identity_number, is_phone, without_personal
from homeregistry.problems import Problem
from homeregistry.records import DroppedColumn
from homeregistry.vocabulary import PERSONAL_FIELDS, Severity

_MATTERS: Final = frozenset(
    {
        *("recipient", "person", "kind", "title", "region", "province", "prefecture", "county"),
        *("year", "tier", "conferred_by"),
    }
)
_CHECKED_CODES: Final = frozenset({"uscc", "union_code"})


class Washer:
    """Washes the rows of one sheet under the columns of the present block."""

    def __init__(self, sheet: Sheet, hidden_columns: frozenset[int]) -> None:
        self.dropped: list[DroppedColumn] = []
        self.width = 0
        self.blanked: tuple[int, ...] = ()
        """Columns of which nothing is kept: personal ones, and hidden ones nobody asked for."""
        self._sheet = sheet.name
        self._hidden_columns = hidden_columns
        self._columns: dict[int, Column] = {}
        self._names: frozenset[int] = frozenset()
        self._found: list[int] = []
        self._told: set[tuple[int, str]] = set()
        self._damaged: dict[int, list[DamagedCell]] = {}
        for cell in sheet.damaged.values():
            self._damaged.setdefault(cell.row, []).append(cell)

    @property
    def damaged_rows(self) -> frozenset[int]:
        """The rows that hold a damaged cell."""
        return frozenset(self._damaged)

    def turn_to(self, columns: Sequence[Column], names: frozenset[int]) -> None:
        """A new block: its columns, and which of them hold names."""
        self._columns = {column.index: column for column in columns}
        self._names = names
        self.width = max(self._columns, default=0) + 1
        personal = [column.index for column in columns if column.role in PERSONAL_FIELDS]
        self._found = personal
        self.tell_dropped()
        hidden = (index for index in self._hidden_columns if index < self.width)
        self.blanked = tuple(sorted({*personal, *hidden}))

    def wash(self, row: Row) -> tuple[list[str], tuple[Problem, ...]]:
        """The cells of a row as text, at least as many as the header has, and their problems."""
        number, cells = row
        texts = [
            cell.strip() if type(cell) is str else "" if cell is None else printed(cell) for cell in cells
        ]
        if len(texts) < self.width:
            texts += [""] * (self.width - len(texts))
        for index in self.blanked:
            texts[index] = ""
        joined = "|".join(texts)
        problems: list[Problem] = []
        if not joined.isprintable() or not is_normalized("NFC", joined):
            problems.extend(self._tidy(number, texts))
            joined = "|".join(texts)
        if "、" in joined or "；" in joined:
            problems.extend(self._several_names(number, texts))
        if "E+" in joined or "e+" in joined:
            problems.extend(self._cut_numbers(number, texts))
        if PERSONAL_HINT.search(joined):
            self._drop_numbers(texts)
        problems.extend(self._damage(number))
        return texts, tuple(problems)

    def _tidy(self, number: int, texts: list[str]) -> list[Problem]:
        """Text on one line, NFC, without what cannot be stored; two names in one cell are told."""
        problems = []
        lost_at = -1
        lost = 0
        for index, text in enumerate(texts):
            if text.isprintable() and is_normalized("NFC", text):
                continue
            if index in self._names and is_several_names(text):
                problems.append(
                    Problem("unread_row", self._sheet, number, column_letter(index), tidy(text)[0])
                )
            texts[index], count = tidy(text)
            if count:
                lost += count
                lost_at = index if lost_at < 0 else lost_at
        if lost:
            problems.append(
                Problem(
                    "control_characters",
                    self._sheet,
                    number,
                    column_letter(lost_at),
                    None,
                    {"count": lost},
                )
            )
        return problems

    def _several_names(self, number: int, texts: Sequence[str]) -> Iterator[Problem]:
        """Unions behind one another in one cell: as one recipient they would be none of them."""
        for index in self._names:
            if is_row_of_names(texts[index]):
                yield Problem("unread_row", self._sheet, number, column_letter(index), texts[index])

    def _cut_numbers(self, number: int, texts: Sequence[str]) -> Iterator[Problem]:
        """Numbers whose last digits the spreadsheet program has thrown away."""
        for index, text in enumerate(texts):
            told = any(cell.column == index for cell in self._damaged.get(number, ()))
            if DAMAGED.fullmatch(text) and not told:
                yield Problem("damaged_number", self._sheet, number, column_letter(index), text)

    def _drop_numbers(self, texts: list[str]) -> None:
        """Takes personal numbers out of the row, wherever they stand in it."""
        for index, text in enumerate(texts):
            if len(text) < 7 or not PERSONAL_HINT.search(text):
                continue
            column = self._columns.get(index)
            coded = column is not None and column.role in _CHECKED_CODES
            if coded and not is_identity_number(text) and not is_phone(text):
                continue
            texts[index], taken = without_personal(text)
            if taken:
                self._found.append(index)

    def tell_dropped(self, *, in_column: bool = True) -> None:
        """Puts what was dropped from the last row on record, once for each column.

        A telephone number in a footer stands in a column without belonging to its header.
        """
        for index in self._found:
            column = self._columns.get(index) if in_column else None
            header = column.header if column else ""
            if (index, header) not in self._told:
                self._told.add((index, header))
                self.dropped.append(DroppedColumn(self._sheet, column_letter(index), header))
        self._found = []

    def _damage(self, number: int) -> Iterator[Problem]:
        """Cells that the container says cannot be trusted: an error where the field matters."""
        for cell in self._damaged.get(number, ()):
            column = self._columns.get(cell.column)
            role = column.role if column else "other"
            if cell.column in self.blanked:
                continue
            severity: Severity = "error" if role in _MATTERS else "warning"
            letter = column_letter(cell.column)
            raw = without_personal(cell.raw)[0]
            yield Problem(cell.code, self._sheet, number, letter, raw, {}, severity)
