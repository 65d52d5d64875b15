"""PDF documents with text, by pdfplumber: lines in reading order, tables as grids.

A page without text but with a picture is a scan: it is named, and a document of nothing but scans is
refused, since nobody could say which names it held.
"""

import io
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from homeregistry.readers import limits
from homeregistry.readers.documenttext import DocumentText, Table
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.pages.glyphs import TextLine, line_of
from homeregistry.readers.pages.paragraphs import Passage
from homeregistry.readers.pages.textcolumns import in_reading_order
from homeregistry.readers.pages.whitespace import Placed, pieces_of
from homeregistry.readers.refusals import refuse


def pdf_frames(job: Job) -> Iterator[Frame]:
    """A PDF as frames. Raises FileRefused for passwords, scans, damage and too many pages."""
    logging.disable(logging.CRITICAL)
    document = DocumentText()
    scans: list[int] = []
    with _opened(job) as pdf:
        count = len(pdf.pages)
        if count > limits.PAGES:
            raise refuse("pages", count=count, limit=limits.PAGES)
        for piece in pieces_of(_read_pages(pdf.pages, scans)):
            if isinstance(piece, Placed):
                document.add_table(piece.table, piece.page, piece.doubtful)
            else:
                document.add(piece.text, piece.page, doubtful=piece.doubtful)
    if document.empty:
        raise refuse("picture" if scans else "blank")
    if scans:
        listed = ", ".join(str(number) for number in scans[:10])
        yield ("remark", "picture_pages", {"pages": listed})
    yield from document.frames()


def _opened(job: Job) -> Any:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return pdfplumber.open(io.BytesIO(job.data), password=job.password or "")
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise refuse("password_wrong" if job.password else "password_needed") from None
        raise refuse("document") from None


def _read_pages(pages: Sequence[Any], scans: list[int]) -> Iterator[TextLine | Passage | Placed]:
    """The lines and ruled tables of all pages in the order of reading; pages of nothing but pictures go to
    `scans`.
    """
    for number, page in enumerate(pages, start=1):
        ruled = [(found.bbox, table) for found in page.find_tables() if (table := _table(found)) is not None]
        boxes = [box for box, _ in ruled]
        outside = page.filter(lambda item, boxes=boxes: not _within(item, boxes)) if boxes else page
        lines = [line for found in outside.extract_text_lines() if (line := line_of(found, number))]
        if not lines and not ruled and page.images:
            scans.append(number)
        page.close()
        lines.sort(key=lambda line: line.top)
        for box, table in sorted(ruled, key=lambda one: one[0][1]):
            above = [line for line in lines if line.top < box[1]]
            lines = lines[len(above) :]
            yield from in_reading_order(above)
            yield Placed(number, table)
        yield from in_reading_order(lines)


def _table(found: Any) -> Table | None:
    """A ruled table as a grid; frames around text and empty rulings are no tables."""
    rows = [[cell or None for cell in row] for row in found.extract()]
    if len(rows) < 2 or max(len(row) for row in rows) < 2 or not any(any(row) for row in rows):
        return None
    return Table(rows)


def _within(item: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    if item.get("object_type") != "char":
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)
