"""Exports as .xlsx by XlsxWriter: typed cells, ready to print on A4, the same bytes on every machine.

Rows go to the disk as they come (a page of 100,000 records costs no memory), so a page is written from
its top to its bottom, but pages may be filled in turn.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from homeregistry.errors import RegistryError
from homeregistry.exports.containers import pack_plainly
from homeregistry.exports.manifest import Manifest
from homeregistry.exports.pages import SHEET_ROWS, Kind, Page, PageShape, Role, Value
from homeregistry.i18n import language
from homeregistry.i18n import translate as _
from homeregistry.targets import DraftFile

_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
_A4: Final = 9
_INK, _SOFT, _RULE, _FILL, _SUM = "#1F2933", "#52606D", "#9AA5B1", "#E4ECF4", "#F2F5F8"
_OPTIONS: Final = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
    "strings_to_urls": False,
}  # fmt: skip
_LINE: Final = 15.0
"""Points of height for one line of text at the size of the body."""

_LOOKS: Final[dict[Role, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "note": {"font_size": 9, "font_color": _SOFT, "text_wrap": True, "valign": "top"},
    "unit": {"font_size": 9, "align": "right"},
    "head": {
        "bold": True, "bg_color": _FILL, "border": 1, "border_color": _RULE, "align": "center",
        "valign": "vcenter", "text_wrap": True,
    },
    "data": {"border": 1, "border_color": _RULE, "valign": "vcenter"},
    "open": {"border": 1, "border_color": _RULE, "valign": "vcenter", "italic": True},
    "sum": {"border": 1, "border_color": _RULE, "valign": "vcenter", "bold": True, "bg_color": _SUM},
    "part": {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": _RULE, "valign": "vcenter"},
    "pair": {"valign": "top", "text_wrap": True},
    "sign": {"valign": "vcenter"},
    "blank": {},
}  # fmt: skip
_KINDS: Final[dict[Kind, dict[str, Any]]] = {
    "text": {}, "code": {"num_format": "@"}, "wide": {"text_wrap": True},
    "number": {"num_format": "0", "align": "right"},
}  # fmt: skip
_LOOKS["group"] = {**_LOOKS["head"], "bottom": 0}
_GRID: Final = frozenset({"data", "open", "sum"})
_ACROSS: Final = frozenset({"title", "note", "unit", "sign", "part"})


class WorkbookBook:
    """See `books.Book`; written beside its place first, then packed plainly into it."""

    def __init__(self, path: Path, folder: Path) -> None:
        import xlsxwriter

        self._path = path
        self._raw = folder / "workbook.raw"
        self._file = DraftFile(self._raw)
        self._workbook = xlsxwriter.Workbook(self._file, {**_OPTIONS, "tmpdir": str(folder)})
        self._workbook.set_properties(
            {"title": "homeregistry", "author": "homeregistry", "created": _CREATED}
        )
        chinese = language() == "zh"
        self._font = "宋体" if chinese else "Arial"
        self._title_font = "黑体" if chinese else "Arial"
        self._formats: dict[tuple[Role, Kind, bool], Any] = {}
        self._of_role: dict[tuple[str, Role], list[Any]] = {}
        self._pages: list[tuple[Page, Any]] = []
        self._closed = False

    def page(self, shape: PageShape) -> Page:
        """The next sheet."""
        from homeregistry.exports.sheets import PlainSheet

        sheet = self._workbook.add_worksheet(shape.name, PlainSheet)
        for index, column in enumerate(shape.columns):
            sheet.set_column(index, index, column.width)

        def put(row: int, role: Role, cells: Sequence[Value]) -> None:
            self._put(sheet, shape, row, role, cells)

        page = Page(shape, put, SHEET_ROWS)
        self._pages.append((page, sheet))
        return page

    def chart(self, name: str, page: Page, columns: Sequence[int], title: str) -> None:
        """A sheet with stacked columns of a page's data: its first column against the given ones.

        Called when the page is complete; `columns` are places of number columns.
        """
        first = page.head_lines[-1] + 1
        last = first + page.records - 1
        chart = self._workbook.add_chart({"type": "column", "subtype": "stacked"})
        for place, column in enumerate(columns):
            chart.add_series(
                {
                    "name": [page.shape.name, page.head_lines[-1], column],
                    "categories": [page.shape.name, first, 0, last, 0],
                    "values": [page.shape.name, first, column, last, column],
                    "fill": {"color": _PALETTE[place % len(_PALETTE)]}, "gap": 60,
                }
            )  # fmt: skip
        font = {"name": self._font, "size": 10, "color": _INK}
        chart.set_title(
            {"name": title, "name_font": {"name": self._title_font, "size": 16}, "overlay": False}
        )
        chart.set_x_axis({"num_font": font, "line": {"color": _RULE}})
        chart.set_y_axis(
            {
                "num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#D9DEE3"}},
                "num_format": "0", "min": 0, "line": {"none": True}, "name": _("unit: recognitions"),
                "name_font": font,
            }
        )  # fmt: skip
        chart.set_legend({"position": "bottom", "font": font})
        sheet = self._workbook.add_chartsheet(name)
        sheet.set_chart(chart)
        sheet.set_paper(_A4)
        sheet.set_landscape()

    def close(self, manifest: Manifest) -> None:
        """Write the manifest's sheet, the footer of every printed page, and the file."""
        sheet = self._workbook.add_worksheet(_("Manifest"))
        widths = (18, 70, 8, 8, 70)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        text = self._format("pair", "code", False)
        for row, line in enumerate(manifest.lines()):
            sheet.set_row(row, 4 + 12.75 * _lines(line, widths))
            for column, value in enumerate(line):
                self._cell(sheet, row, column, value, text)
        digest = manifest.content_sha256
        for page, worksheet in self._pages:
            _print_ready(worksheet, page, digest)
        _print_ready(sheet, None, digest)
        self._pages[0][1].activate()
        self._closed = True
        with self._file:
            self._workbook.close()
        pack_plainly(self._raw, self._path)

    def abandon(self) -> None:
        """Let go of the temporary files of the sheets."""
        if self._closed:
            return
        self._closed = True
        for worksheet in self._workbook.worksheets():
            if getattr(worksheet, "row_data_fh", None) is not None:
                worksheet.row_data_fh.close()
        self._workbook.fileclosed = True
        self._file.close()

    def _put(self, sheet: Any, shape: PageShape, row: int, role: Role, cells: Sequence[Value]) -> None:
        last = len(shape.columns) - 1
        if role in _ACROSS:
            look = self._format(role, "text", False)
            text = cells[0] if cells else None
            width = sum(column.width for column in shape.columns)
            sheet.set_row(row, _height(role, str(text or ""), width))
            if last and role != "part":
                sheet.merge_range(row, 0, row, last, text, look)
            else:
                for column in range(last + 1):
                    self._cell(sheet, row, column, text if column == 0 else None, look)
            return
        if role == "group":
            self._put_groups(sheet, shape, row, cells)
            return
        if role == "head":
            lines = _lines(cells, shape.widths)
            sheet.set_row(row, max(20.0, lines * _LINE + 4))
        elif role != "blank":
            lines = _lines(cells, shape.widths)
            if lines > 1:
                sheet.set_row(row, 4 + 12.75 * lines)
        looks = self._looks(shape, role)
        for column, cell in enumerate(cells):
            self._cell(sheet, row, column, cell, looks[min(column, last)])
        if role in _GRID:
            for column in range(len(cells), last + 1):
                self._cell(sheet, row, column, None, looks[column])

    def _looks(self, shape: PageShape, role: Role) -> list[Any]:
        """The format of each column of a page in lines of a role."""
        found = self._of_role.get((shape.name, role))
        if found is None:
            found = [
                self._format(role, column.kind, role == "pair" and place == 0)
                for place, column in enumerate(shape.columns)
            ]
            self._of_role[shape.name, role] = found
        return found

    def _put_groups(self, sheet: Any, shape: PageShape, row: int, cells: Sequence[Value]) -> None:
        """A heading over several columns is one merged cell; an empty one belongs to the one on its left."""
        look, last, lines = self._format("group", "text", False), len(shape.columns) - 1, 1
        lead = next((n for n, cell in enumerate(cells) if cell is not None), last + 1)
        for column in range(min(lead, last + 1)):
            self._cell(sheet, row, column, None, look)
        place = lead
        while place <= last:
            end = place
            while end + 1 < last and end + 1 < len(cells) and cells[end + 1] is None:
                end += 1
            text = cells[place] if place < len(cells) else None
            lines = max(lines, _lines([text], [sum(one.width for one in shape.columns[place : end + 1])]))
            if end > place:
                sheet.merge_range(row, place, row, end, text, look)
            else:
                self._cell(sheet, row, place, text, look)
            place = end + 1
        sheet.set_row(row, max(22.0, lines * _LINE + 4))

    def _cell(self, sheet: Any, row: int, column: int, value: Value, look: Any) -> None:
        if value is None or value == "":
            written = sheet.write_blank(row, column, None, look)
        elif isinstance(value, int):
            written = sheet.write_number(row, column, value, look)
        else:
            written = sheet.write_string(row, column, value, look)
        if written:
            raise RegistryError(
                "cell_refused", "A cell could not be written ({row}, {column}); nothing was written.",
                row=row + 1, column=column + 1,
            )  # fmt: skip

    def _format(self, role: Role, kind: Kind, label: bool) -> Any:
        mark = (role, kind, label)
        if mark not in self._formats:
            font = self._title_font if role in ("title", "part", "head") else self._font
            look: dict[str, Any] = {"font_name": font, "font_size": 10, "font_color": _INK, **_LOOKS[role]}
            if role in _GRID or role == "pair":
                look |= _KINDS[kind]
            if role == "pair":
                look |= {"align": "left", "text_wrap": True}
            if label:
                look |= {"font_color": _SOFT}
            self._formats[mark] = self._workbook.add_format(look)
        return self._formats[mark]


_PALETTE: Final = ("#2B6CA3", "#C8792B", "#4C8C5A", "#8A5A9E", "#B3404A", "#5B7083", "#A39233", "#3C8E94")


def _lines(cells: Sequence[Value], widths: Sequence[int]) -> int:
    """Lines that the tallest cell takes: programs that do not measure wrapped text would cut it in print."""
    most = 1
    for cell, width in zip(cells, widths, strict=False):
        if isinstance(cell, str) and (2 * len(cell) > width or "\n" in cell):
            room = max(width - 1, 1)
            wrapped = sum(-(-max(_wide(part), 1) // room) for part in cell.split("\n"))
            most = max(most, wrapped)
    return min(most, 30)


def _wide(text: str) -> int:
    """Latin characters that a text is wide: in GBK a Chinese character is two bytes and two columns."""
    return len(text.encode("gbk", "replace"))


def _height(role: Role, text: str, width: int) -> float:
    """Points: merged cells do not grow with their text by themselves."""
    if role == "title":
        return 30.0
    if role in ("sign", "part"):
        return 24.0
    lines = sum(-(-max(_wide(line), 1) // max(width, 1)) for line in text.split("\n"))
    return 4 + 12.5 * max(lines, 1)


def _print_ready(sheet: Any, page: Page | None, digest: str) -> None:
    """A4, as wide as the page says, its heading on every sheet of paper, the digest below."""
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.75)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L&8SHA-256 {digest}&R&8&P / &N")
    if page is None or page.shape.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(page.shape.sheets_wide if page else 1, 0)
    if page is None:
        return
    if page.shape.landscape:
        sheet.center_horizontally()
    if page.head_lines:
        sheet.repeat_rows(page.head_lines[0], page.head_lines[-1])
        if page.shape.sheets_wide > 1:
            sheet.repeat_columns(0, 1)
        sheet.freeze_panes(page.head_lines[-1] + 1, 0)
        if page.shape.filtered and page.records:
            last = len(page.shape.columns) - 1
            sheet.autofilter(page.head_lines[-1], 0, page.head_lines[-1] + page.records, last)
