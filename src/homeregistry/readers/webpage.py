"""Web pages and HTML exports: text lines and tables; nothing outside the file is ever fetched.

A table that holds other tables, or a single cell, only lays the page out: its content flows into the
text. Hidden passages are left out and named.
"""
# ruff: noqa: E501

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from homeregistry.grid import MergedRange
from homeregistry.readers import limits
from homeregistry.readers.documenttext import DocumentText, Table
from homeregistry.readers.encoding import decode
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.refusals import refuse

_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_CHINESE: Final = frozenset(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "hz"))
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_DROPPED: Final = frozenset(
    ("script", "style", "head", "template", "svg", "noscript", "iframe", "object", "select")
)
_VOID: Final = frozenset(
    (
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "col",
        "wbr",
        "area",
        "base",
        "embed",
        "source",
        "track",
        "param",
    )
)
_BLOCK: Final = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt",
        "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
        "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr", "ul",
    )
)  # fmt: skip
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_TABLE_DEPTH: Final = 40
_MARKUP_DEPTH: Final = 10_000


def html_frames(job: Job) -> Iterator[Frame]:
    """A web page as frames: its text, then its tables."""
    page = _Page()
    page.feed(_decoded(job.data))
    page.close()
    document = DocumentText()
    for item in page.flow():
        if isinstance(item, Table):
            document.add_table(item)
        else:
            document.add(item)
    if document.empty:
        raise refuse("picture" if page.pictures else "blank")
    if page.hidden:
        yield ("remark", "hidden_passages", {"count": page.hidden})
    yield from document.frames()


def _decoded(data: bytes) -> str:
    """The text by mark, by the page's own declaration where it fits without an error, else as text."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared.group(1).decode("ascii").lower()
        try:
            return data.decode("gb18030" if name in _CHINESE else name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)


@dataclass(slots=True)
class _Cell:
    """A table cell being read: its own flow of lines and tables."""

    rows: int
    columns: int
    flow: list[str | Table] = field(default_factory=list)


@dataclass(slots=True)
class _OpenTable:
    """A table being read."""

    rows: list[list[_Cell]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    cell: _Cell | None = None


class _Page(HTMLParser):
    """Follows only what matters: blocks, tables, and what is dropped or hidden."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = 0
        self.hidden = 0
        self._root: list[str | Table] = []
        self._tables: list[_OpenTable] = []
        self._line: list[str] = []
        self._off: list[str] = []

    def flow(self) -> list[str | Table]:
        """The page's lines and tables, once everything was fed."""
        self._break()
        while self._tables:
            self._end_table()
        return self._root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._off:
            if tag == self._off[0] and tag not in _VOID:
                self._off.append(tag)
                if len(self._off) > _MARKUP_DEPTH:
                    raise refuse("depth")
            return
        attributes = {name: value or "" for name, value in attrs}
        if tag in _DROPPED:
            self._off = [tag]
            return
        concealed = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))
        if concealed and tag not in _VOID and tag not in ("tr", "td", "th", "table", "body", "html"):
            self.hidden += 1
            self._off = [tag]
            return
        if tag in ("img", "object", "embed"):
            self.pictures += 1
        if tag in _BLOCK:
            self._break()
        if tag == "table":
            if len(self._tables) >= _TABLE_DEPTH:
                raise refuse("depth")
            self._tables.append(_OpenTable())
        elif self._tables and tag == "tr":
            table = self._tables[-1]
            table.cell = None
            table.rows.append([])
            if concealed:
                table.hidden_rows.add(len(table.rows))
        elif self._tables and tag in ("td", "th"):
            table = self._tables[-1]
            if not table.rows:
                table.rows.append([])
            table.cell = _Cell(_span(attributes.get("rowspan"), 0), _span(attributes.get("colspan"), 1))
            table.rows[-1].append(table.cell)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or tag in ("td", "th"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._off:
            if tag == self._off[0]:
                self._off.pop()
            return
        if tag in _BLOCK:
            self._break()
        if tag == "table" and self._tables:
            self._end_table()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].cell = None

    def handle_data(self, data: str) -> None:
        if not self._off:
            self._line.append(data)

    def _break(self) -> None:
        """End the current line; it belongs to the innermost open cell, else to the page."""
        if not self._line:
            return
        text = _SPACE.sub(" ", "".join(self._line)).strip(" ")
        self._line = []
        if text:
            self._here().append(text)

    def _here(self) -> list[str | Table]:
        for table in reversed(self._tables):
            if table.cell is not None:
                return table.cell.flow
        return self._root

    def _end_table(self) -> None:
        self._break()
        table = self._tables.pop()
        here = self._here()
        cells = [cell for row in table.rows for cell in row]
        layout = any(isinstance(item, Table) for cell in cells for item in cell.flow)
        if layout or len(cells) < 2:
            for cell in cells:
                here.extend(cell.flow)
        else:
            here.append(_grid(table))


def _grid(source: _OpenTable) -> Table:
    """A table with its spans laid out: a spanning cell's text stands in its first place."""
    table = Table(hidden_rows=source.hidden_rows)
    taken: dict[int, set[int]] = {}
    height = len(source.rows)
    laid_out = 0
    for index, row in enumerate(source.rows):
        cells: list[str | None] = []
        occupied = taken.pop(index, set())
        for cell in row:
            while len(cells) in occupied:
                cells.append(None)
            column = len(cells)
            rows = min(cell.rows or height, height - index)
            cells.append("\n".join(str(item) for item in cell.flow) or None)
            cells.extend([None] * (cell.columns - 1))
            laid_out += rows * cell.columns
            if laid_out > limits.DENSE_CELLS or len(cells) > limits.GRID_COLUMNS:
                raise refuse("cells", sheet="", rows=height, columns=len(cells))
            if rows > 1 or cell.columns > 1:
                last = column + cell.columns - 1
                table.merged.append(MergedRange(index + 1, column, index + rows, last))
                for below in range(index + 1, index + rows):
                    taken.setdefault(below, set()).update(range(column, last + 1))
        table.rows.append(cells)
    return table


def _span(stated: str | None, least: int) -> int:
    """A span as browsers read it: nonsense is 1; 0 rows means to the end of the table."""
    if stated is None or not stated.strip().isascii() or not stated.strip().isdigit():
        return 1
    return max(least, min(int(stated.strip()[:6]), 1000 if least else 65_534))
