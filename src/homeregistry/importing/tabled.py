"""Between grids and lines: a document with tables as one sheet, a sheet of one column as lines.

The title of a table stands in a paragraph above it. Read as one sheet, that paragraph is a title row
like any other, and every row keeps the line of the document that it stands on. A sheet that holds
nothing but headings and names, without a header, is a list like one typed into a document.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.grid import CellValue, MergedRange, Row, Sheet, TextDocument
from homeregistry.headings.places import is_body
from homeregistry.importing.request import ImportRequest
from homeregistry.layouts import read_workbook_sheet
from homeregistry.layouts.cells import as_integer, texts_of
from homeregistry.lists.entries import read_header
from homeregistry.lists.splitting import is_whole_name
from homeregistry.problems import Problem
from homeregistry.records import DeclaredCount, Entry, ListItem, ListOptions, NotData
from homeregistry.text import squeeze

_NO_HEADING: Final = frozenset(
    {"prose", "signature", "note", "page", "rule", "picture", "address", "date", "navigation", "contents"}
)
_HEAD: Final = 20
"""In so many lines a header is looked for."""
_MOST_ROWS: Final = 50_000
"""A sheet without a header is read as text, whole in memory; a longer one is some other data."""


@dataclass(frozen=True, slots=True)
class BesideTables:
    """What stands outside the tables of a document and is no title of one: `items`, on these `rows`.

    `counted` are the rows of headings whose names stand in paragraphs.
    """

    items: tuple[ListItem, ...] = ()
    rows: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()


def beside_tables(document: TextDocument, options: ListOptions) -> BesideTables:
    """Whole names in paragraphs, and after the first table the text that is no heading.

    A decision prints its units line by line and its persons in a table: read as one sheet only, the
    units would be taken for titles of the table. In a text, what is set with tabs is the table.
    """
    table_of = document.table_of if document.tables else _tabbed(document)
    if not table_of:
        return BesideTables()
    from homeregistry.lists.reading import read_list

    lines = ["" if line.number in table_of else line.text for line in document.lines()]
    found = read_list(replace(document, text="\n".join(lines), tables=()), options, in_tables=True).found
    named = {item.row for item in found if isinstance(item, Entry) and _is_named(item)}
    begin = min(table_of)
    aside = {
        item.row
        for item in found
        if isinstance(item, NotData) and item.row > begin and item.reason in _NO_HEADING and item.text
    }
    rows = frozenset(named | (aside - named))
    counted = [item for item in found if isinstance(item, DeclaredCount) and item.listed]
    kept = tuple(item for item in found if item.row in rows and not isinstance(item, DeclaredCount))
    if not named:
        counted = []
    return BesideTables((*kept, *counted), rows, frozenset(item.row for item in counted))


def _tabbed(document: TextDocument) -> frozenset[int]:
    """The lines of a text from the first that holds a tab between words to the last."""
    tabbed = [line.number for line in document.lines() if "\t" in line.text.strip()]
    return frozenset(range(tabbed[0], tabbed[-1] + 1)) if len(tabbed) > 1 else frozenset()


def without_counts(items: Iterable[ListItem], beside: BesideTables) -> Iterator[ListItem]:
    """The items of the tables without the counts of headings over paragraphs."""
    return (item for item in items if not (isinstance(item, DeclaredCount) and item.row in beside.counted))


def _is_named(entry: Entry) -> bool:
    return is_whole_name(entry.values.get("recipient", "")) or "unit" in entry.values


def as_sheet(document: TextDocument, beside: BesideTables | None = None) -> Sheet:
    """The document as a sheet without a name; lines outside tables are rows of one cell.

    A text without tables is one table: its tabs are its columns. Rows of `beside` are left out.
    """
    left_out = beside.rows if beside else frozenset()
    if not document.tables:
        rows = _delimited_rows(document, delimiter_of(document) or "\t")
        return Sheet("", [row for row in rows if row[0] not in left_out], [])
    tables = [_rows(table) for table in document.tables]
    first_line: dict[int, int] = {}
    for number, table in document.table_of.items():
        first_line[table] = min(number, first_line.get(table, number))
    rows = []
    for line in document.lines():
        table_number = document.table_of.get(line.number)
        if table_number is None:
            if line.text.strip() and line.number not in left_out:
                rows.append((line.number, [line.text]))
            continue
        cells = tables[table_number].get(line.number - first_line[table_number] + 1)
        rows.append((line.number, cells if cells is not None else line.text.split("\t")))
    merged = [
        _shifted(area, first_line[place] - 1)
        for place, sheet in enumerate(document.tables)
        if place in first_line
        for area in sheet.merged
    ]
    return Sheet("", rows, merged)


def _delimited_rows(document: TextDocument, delimiter: str) -> list[Row]:
    """The rows of a text set with tabs or commas. A spreadsheet program puts a cell with a line break or a
    quotation mark into quotation marks; where such marks do not pair up, they are part of the words.
    """
    lines = [line.text for line in document.lines()]
    rows: list[Row] = []
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begin, cells))
            begin = reader.line_num + 1
    except csv.Error:
        return [(place, line.split(delimiter)) for place, line in enumerate(lines, start=1) if line.strip()]
    return rows


def delimiter_of(document: TextDocument) -> str | None:
    """What parts the cells of a text that is a table copied out of a spreadsheet, or None.

    Several lines with tabs between words are one; commas part cells only where a line of them heads a list.
    """
    if document.page_of:
        return None
    lines = [line.text.strip() for line in document.lines()]
    if sum("\t" in line for line in lines) > 1:
        return "\t"
    for delimiter in ",，":
        if any(delimiter in line and read_header(line.replace(delimiter, "\t")) for line in lines[:_HEAD]):
            return delimiter
    return None


def reads_better_as_lines(document: TextDocument, request: ImportRequest) -> bool:
    """Whether a text with tabs is no table: under no header, and read line by line as many are named.

    Tabs then only set names apart, here unit from person, there two units of one line.
    """
    from homeregistry.lists.reading import read_list

    reading = read_workbook_sheet(as_sheet(document), request.layouts, request.options)
    if reading.verdict not in ("list", "nominations") or any(column.header for column in reading.columns):
        return False
    in_columns = sum(_is_clear(item) for item in reading.items())
    return sum(_is_clear(item) for item in read_list(document, request.options).items()) >= in_columns


def _is_clear(item: ListItem) -> bool:
    return isinstance(item, Entry) and bool({"recipient", "person"} & item.values.keys())


@dataclass(frozen=True, slots=True)
class UntitledLines:
    """A sheet without a header as lines; `in_columns` where rows hold several names."""

    document: TextDocument
    in_columns: bool

    def bears_out(self, found: Iterable[ListItem]) -> bool:
        """Whether the reading may be believed: a unit and its parent union may stand side by side too,
        so names in columns are a list only where every number that its headings state agrees.
        """
        totals = [item for item in found if isinstance(item, DeclaredCount)]
        return not self.in_columns or (
            bool(totals) and all(total.declared == total.listed for total in totals)
        )


def as_lines(sheet: Sheet) -> UntitledLines | None:
    """A sheet of one column of text (a serial number in front allowed) as a document, or None.

    The line's number is the row's. Unions side by side may be one list set in columns. None where a
    row has more to say: without a header nobody can tell which column is which.
    """
    lines: list[str] = []
    in_columns = False
    for number, cells in sheet:
        filled = [text for text in texts_of(cells) if text]
        if number > _MOST_ROWS:
            return None
        if len(filled) == 2 and as_integer(filled[0]) is not None:
            filled = [f"{as_integer(filled[0])}、{filled[1]}"]
        elif len(filled) > 1:
            filled = [text for text in filled if as_integer(text) is None]
            in_columns = True
            if not _are_names_in_columns(filled):
                return None
        lines.extend([""] * (number - 1 - len(lines)))
        lines.append("\t".join(filled))
    return UntitledLines(TextDocument(sheet.name, "\n".join(lines)), in_columns)


def _are_names_in_columns(cells: Sequence[str]) -> bool:
    """Whether the cells of a row name unions side by side; a unit beside its union would be one."""
    return len(cells) > 1 and all(
        is_whole_name(cell) and "工会" in cell and not is_body(squeeze(cell)) for cell in cells
    )


def with_doubts(items: Iterable[ListItem], document: TextDocument) -> Iterator[ListItem]:
    """The items of a document; an entry on a line whose words may not belong together waits for a person."""
    for item in items:
        if isinstance(item, Entry) and item.row in document.doubtful:
            words = " ".join(str(cell) for cell in item.cells if cell).replace("\t", " ")
            problem = Problem("doubtful_row", item.sheet, item.row, value=words)
            yield replace(item, problems=(*item.problems, problem))
        else:
            yield item


def on_sheet(name: str, items: Iterable[ListItem]) -> Iterator[ListItem]:
    """The items of a sheet that was read as lines, under the sheet's name."""
    for item in items:
        if isinstance(item, Entry):
            problems = tuple(_placed(problem, name) for problem in item.problems)
            yield replace(item, sheet=name, problems=problems)
        else:
            yield replace(item, sheet=name)


def _placed(problem: Problem, name: str) -> Problem:
    return replace(problem, sheet=name)


def _rows(table: Sheet) -> dict[int, Sequence[CellValue]]:
    return dict(table.rows)


def _shifted(area: MergedRange, lines: int) -> MergedRange:
    return replace(area, first_row=area.first_row + lines, last_row=area.last_row + lines)
