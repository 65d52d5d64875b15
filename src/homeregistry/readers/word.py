"""Word documents (.docx): paragraphs and tables in the order of the page.

The body is walked here rather than through python-docx, which repeats merged cells, leaves text boxes
out and needs a second for a table of a thousand rows. Format: ECMA-376, part 1, chapter 17.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from homeregistry.grid import MergedRange
from homeregistry.readers.container import Container, local
from homeregistry.readers.documenttext import DocumentText, Table
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.packageparts import main_part
from homeregistry.readers.refusals import refuse

_DROPPED: Final = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr"))
_BREAKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES: Final = frozenset(("drawing", "pict", "object"))


def docx_frames(job: Job) -> Iterator[Frame]:
    """A .docx as frames. Raises FileRefused (`picture_only`) when there is no text but pictures."""
    container = Container(job.data)
    container.check_prologues()
    root = container.xml(main_part(container, "word/document.xml"))
    body = next((child for child in root if local(child.tag) == "body"), None)
    if body is None:
        raise refuse("document")
    document = DocumentText()
    for block in _blocks(body):
        if local(block.tag) == "tbl":
            document.add_table(_table(block))
        else:
            document.add(_text(block))
            for box in _boxes(block):
                document.add(box)
    if document.empty:
        pictures = any(local(element.tag) in _PICTURES for element in body.iter())
        raise refuse("picture" if pictures else "blank")
    yield from document.frames()


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables below an element, also inside content controls and insertions."""
    for child in parent:
        name = local(child.tag)
        if name in ("p", "tbl"):
            yield child
        elif name in (
            "sdt",
            "sdtContent",
            "ins",
            "moveTo",
            "customXml",
            "smartTag",
            "AlternateContent",
            "Choice",
        ):
            yield from _blocks(child)


def _text(paragraph: Element) -> str:
    """The text of a paragraph as shown: deletions, field codes and text boxes left out."""
    pieces: list[str] = []
    waiting = [iter(paragraph)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        name = local(child.tag)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _BREAKS:
            pieces.append("" if child.get(_attribute(child, "type")) == "page" else _BREAKS[name])
        elif name not in _DROPPED and name != "txbxContent":
            waiting.append(iter(child))
    return "".join(pieces)


def _boxes(block: Element) -> Iterator[str]:
    """The text of the text boxes anchored in a paragraph, once each."""
    waiting = [block]
    while waiting:
        element = waiting.pop()
        name = local(element.tag)
        if name == "txbxContent":
            yield "\n".join(_text(p) for p in element.iter() if local(p.tag) == "p")
        elif name not in _DROPPED:
            waiting.extend(reversed(element))


def _table(element: Element) -> Table:
    """A table as a grid: a merged cell's text stands in its first place."""
    table = Table()
    open_spans: dict[int, tuple[int, int]] = {}
    for row_element in _inside(element, "tr"):
        number = len(table.rows) + 1
        cells: list[str | None] = [None] * min(_value(row_element, "trPr", "gridBefore", 0), 63)
        for cell in _inside(row_element, "tc"):
            column = len(cells)
            width = max(1, min(_value(cell, "tcPr", "gridSpan", 1), 63))
            merge = _merge_state(cell)
            if merge != "continue":
                _close(table, open_spans, column, number - 1)
                cells.append(_cell_text(cell) or None)
                open_spans[column] = (number, width)
            else:
                cells.append(None)
            cells.extend([None] * (width - 1))
        for column in [column for column in open_spans if column >= len(cells)]:
            _close(table, open_spans, column, number - 1)
        table.rows.append(cells)
    for column in list(open_spans):
        _close(table, open_spans, column, len(table.rows))
    table.merged.sort(key=lambda m: (m.first_row, m.first_column))
    return table


def _close(table: Table, spans: dict[int, tuple[int, int]], column: int, last: int) -> None:
    first, width = spans.pop(column, (0, 0))
    if width and (width > 1 or last > first):
        table.merged.append(MergedRange(first, column, last, column + width - 1))


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """The rows (`tr`) of a table or the cells (`tc`) of a row, those that a control or a change wraps too."""
    for child in element:
        name = local(child.tag)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _inside(child, wanted)


def _cell_text(cell: Element) -> str:
    """The text of a cell, a line per paragraph, tables inside it included."""
    return "\n".join(_text(p) for p in cell.iter() if local(p.tag) == "p").strip("\n")


def _merge_state(cell: Element) -> str | None:
    """`restart`, `continue` or None: w:vMerge without a value continues."""
    for properties in cell:
        if local(properties.tag) != "tcPr":
            continue
        for element in properties:
            if local(element.tag) == "vMerge":
                return element.get(_attribute(element, "val")) or "continue"
    return None


def _value(element: Element, properties: str, name: str, otherwise: int) -> int:
    for holder in element:
        if local(holder.tag) != properties:
            continue
        for entry in holder:
            if local(entry.tag) == name:
                stated = entry.get(_attribute(entry, "val")) or ""
                return int(stated) if stated.isascii() and stated.isdigit() else otherwise
    return otherwise


def _attribute(element: Element, name: str) -> str:
    """The full name of an attribute given by its local name."""
    return next((key for key in element.attrib if local(key) == name), name)
