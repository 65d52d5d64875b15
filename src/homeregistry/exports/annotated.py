"""`--annotate`: the officer's own workbook given back with what keeps rows from being recorded marked.

A workbook is opened and saved with openpyxl, styles and all; what that cannot carry (other formats,
protected workbooks, more than 50,000 rows) comes back as a workbook of the problem rows alone. The rows
marked are exactly the refused and the held ones.
"""

import io
from pathlib import Path
from typing import Any, Final

from homeregistry.errors import UsageMistake
from homeregistry.exports.problem_list import COLOURS, headings, listed, reasons, summary
from homeregistry.exports.problem_rows import write_problem_rows
from homeregistry.grid import column_index
from homeregistry.importing.results import FileResult, KeptRow
from homeregistry.importing.sheets import PROBLEM_SHEET
from homeregistry.readers.opened import OpenedFile
from homeregistry.targets import DraftFile, drafting, require_free

MOST_ROWS: Final = 50_000
"""Beyond this openpyxl needs tens of seconds and half a gigabyte."""

AUTHOR: Final = "homeregistry"
_SEPARATOR: Final = "\n— homeregistry —\n"


def write_annotated(opened: OpenedFile, result: FileResult, out: Path) -> None:
    """Write the marked workbook of a file's result to `out`.

    Raises UsageMistake for a name that is no workbook's, FileRefused when the place is taken or cannot be
    written; see `require_annotatable` for asking beforehand.
    """
    require_annotatable(out)
    whole = opened.form.name == "xlsx" and result.rows.read + result.rows.not_data <= MOST_ROWS
    with drafting(out) as draft:
        if whole:
            _mark(opened, result, draft.path)
        else:
            write_problem_rows(result, draft.path, draft.folder)
        draft.publish()


def require_annotatable(out: Path, source: Path | None = None) -> None:
    """Refuse a name that is no workbook's, the officer's own file, and any file of another making."""
    if out.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageMistake(
            "annotate_format", "“{file}”: an annotated workbook's name ends in .xlsx.", file=out
        )
    if source is not None and out.exists() and source.exists() and out.samefile(source):
        raise UsageMistake(
            "annotate_itself", "{file} is the file to be imported; name another one to annotate.", file=out
        )
    require_free(out, None, _is_annotated)


def _is_annotated(path: Path) -> bool:
    """Whether a workbook was given back by this command."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except Exception:
        return False
    try:
        return PROBLEM_SHEET in book.sheetnames
    finally:
        book.close()


def _mark(opened: OpenedFile, result: FileResult, path: Path) -> None:
    import openpyxl

    macros = opened.name.lower().endswith(".xlsm") and path.suffix.lower() == ".xlsm"
    book = openpyxl.load_workbook(io.BytesIO(opened.data), keep_vba=macros, rich_text=True)
    if PROBLEM_SHEET in book.sheetnames:
        del book[PROBLEM_SHEET]
        for sheet in book.worksheets:
            _unmark(sheet)
    for row in result.kept:
        if row.entry.sheet in book.sheetnames:
            _mark_row(book[row.entry.sheet], row)
    _list(book, result)
    with DraftFile(path) as place:
        book.save(place)


def _unmark(sheet: Any) -> None:
    """Take away the marks of an earlier round: what was mended must not look wrong any more."""
    from openpyxl.styles import PatternFill

    for row in sheet.iter_rows():
        for cell in row:
            comment = getattr(cell, "comment", None)
            if comment is not None and (comment.author == AUTHOR or _SEPARATOR in comment.text):
                own = comment.text.partition(_SEPARATOR)[0] if _SEPARATOR in comment.text else ""
                cell.comment = _comment(own, "") if own else None
                cell.fill = PatternFill()


def _mark_row(sheet: Any, row: KeptRow) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.styles import PatternFill

    fill = PatternFill("solid", fgColor=COLOURS[row.outcome])
    for letters, texts in reasons(row).items():
        cell = _place(sheet, row, letters)
        cell.fill = fill
        if not isinstance(cell, MergedCell):
            before = cell.comment.text if cell.comment is not None else ""
            text = "\n".join(texts)
            cell.comment = _comment(f"{before}{_SEPARATOR}{text}" if before else text, AUTHOR)


def _place(sheet: Any, row: KeptRow, letters: str | None) -> Any:
    """The cell to mark: the problem's own, else the row's first that holds something and can be commented."""
    from openpyxl.cell.cell import MergedCell

    number = row.entry.row
    if letters:
        cell = sheet.cell(number, column_index(letters) + 1)
        if not isinstance(cell, MergedCell):
            return cell
    cells = [sheet.cell(number, column) for column in range(1, max(sheet.max_column, 1) + 1)]
    free = [cell for cell in cells if not isinstance(cell, MergedCell)]
    return next((cell for cell in free if cell.value is not None), (free or cells)[0])


def _comment(text: str, author: str) -> Any:
    from openpyxl.comments import Comment

    comment = Comment(text, author)
    comment.width, comment.height = 320, 60 + 18 * (text.count("\n") + len(text) // 30)
    return comment


def _list(book: Any, result: FileResult) -> None:
    """The first sheet: every problem, with a link to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = book.create_sheet(PROBLEM_SHEET, 0)
    for row, text in enumerate(summary(result), start=1):
        sheet.cell(row, 1, text).font = Font(bold=row == 1, size=14 if row == 1 else 10)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=row > 1, vertical="top")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
    sheet.row_dimensions[1].height, sheet.row_dimensions[3].height = 24, 32
    for column, (text, width) in enumerate(zip(headings(), (20, 9, 12, 10, 30, 90), strict=True), start=1):
        cell = sheet.cell(5, column, text)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E4ECF4")
        sheet.column_dimensions[cell.column_letter].width = width
    for row, line in enumerate(listed(result), start=6):
        values = (line.sheet, line.cell, line.outcome, line.severity, line.value, line.text)
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if value:
                cell.value = value
                cell.data_type = "s"  # a value that begins with = is shown, never calculated
        if line.cell and line.sheet in book.sheetnames:
            name = line.sheet.replace("'", "''")
            link = sheet.cell(row, 2)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!{line.cell}")
            link.font = Font(color="0563C1", underline="single")
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
