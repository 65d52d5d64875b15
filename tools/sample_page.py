"""One sheet of a sample under the clerk's pen."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from sample_goldens import Fact, Golden
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | int | None


class Page:
    """One sheet under the clerk's pen: every call writes the next row and tells the golden of it."""

    def __init__(self, workbook: Workbook, name: str, widths: Sequence[int], golden: Golden) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(name)
        self.name = name
        self.golden = golden
        self.row = 0
        self.width = len(widths)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        boxed = {**base, "border": 1, "text_wrap": True}
        self.title_style = workbook.add_format({**base, "bold": True, "font_size": 16, "align": "center"})
        self.plain_style = workbook.add_format(base)
        self.right_style = workbook.add_format({**base, "align": "right"})
        self.header_style = workbook.add_format(
            {**boxed, "bold": True, "align": "center", "bg_color": "#D9E2F3"}
        )
        self.section_style = workbook.add_format({**boxed, "bold": True, "bg_color": "#F2F2F2"})
        self.cell_style = workbook.add_format(boxed)
        self.centre_style = workbook.add_format({**boxed, "align": "center"})

    def across(self, text: str, style: Format, declared: tuple[int, int, str | None] | None = None) -> None:
        """A line over the whole width, not data; `declared` is (declared, listed, kind) if it counts."""
        self.sheet.merge_range(self.row, 0, self.row, self.width - 1, text, style)
        self._closes(declared)

    def title(self, text: str, declared: tuple[int, int, str | None] | None = None) -> None:
        """A title over the whole width."""
        self.sheet.set_row(self.row, 30)
        self.across(text, self.title_style, declared)

    def plain(self, text: str, right: bool = False) -> None:
        """A line without a frame: 填报单位, 单位:个, notes, signatures."""
        self.across(text, self.right_style if right else self.plain_style)

    def section(self, text: str, declared: tuple[int, int, str | None] | None = None) -> None:
        """A section row with the title that governs the rows below."""
        self.across(text, self.section_style, declared)

    def header(self, texts: Sequence[str]) -> None:
        """A header row of one level."""
        self.sheet.write_row(self.row, 0, texts, self.header_style)
        self.sheet.freeze_panes(self.row + 1, 0)
        self._closes(None)

    def two_level_header(self, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        """A header of two rows: groups over their columns, a group without columns spans both rows."""
        column = 0
        for text, parts in groups:
            if not parts:
                self.sheet.merge_range(self.row, column, self.row + 1, column, text, self.header_style)
                column += 1
                continue
            last = column + len(parts) - 1
            self.sheet.merge_range(self.row, column, self.row, last, text, self.header_style)
            self.sheet.write_row(self.row + 1, column, parts, self.header_style)
            column = last + 1
        self.sheet.freeze_panes(self.row + 2, 0)
        self._closes(None)
        self._closes(None)

    def block(
        self,
        facts: Sequence[Fact],
        cells: Callable[[int, Fact], Sequence[Cell]],
        first: int = 1,
        merged: Iterable[int] = (),
    ) -> None:
        """Data rows; `cells` gets serial number and fact, equal neighbours in `merged` columns merge."""
        rows = [list(cells(number, fact)) for number, fact in enumerate(facts, start=first)]
        top = self.row
        for fact, row in zip(facts, rows, strict=True):
            for column, value in enumerate(row):
                style = self.centre_style if column == 0 else self.cell_style
                self.sheet.write(self.row, column, value, style)
            self.row += 1
            self.golden.add_entry(fact, self.name, self.row)
        for column in merged:
            start = top
            for value, run in groupby(row[column] for row in rows):
                length = len(list(run))
                if length > 1 and value:
                    last = start + length - 1
                    self.sheet.merge_range(start, column, last, column, value, self.centre_style)
                start += length

    def total(self, cells: Sequence[Cell], declared: tuple[int, int, str | None]) -> None:
        """A 小计 or 合计 row."""
        self.sheet.write_row(self.row, 0, cells, self.section_style)
        self._closes(declared)

    def gap(self) -> None:
        """An empty row."""
        self.row += 1

    def _closes(self, declared: tuple[int, int, str | None] | None) -> None:
        self.row += 1
        self.golden.not_data += 1
        if declared:
            self.golden.add_declared(self.name, self.row, declared[:2], declared[2])
