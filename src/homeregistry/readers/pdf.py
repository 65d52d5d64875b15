"""PDF documents with text, by pdfplumber: lines in reading order, ruled tables as grids.

A page without text but with a picture is a scan: it is named, and a document of nothing but scans is
refused, since nobody could say which names it held.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from homeregistry.readers import limits
from homeregistry.readers.documenttext import DocumentText, Table
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.refusals import REFUSALS, refuse


def pdf_frames(job: Job) -> Iterator[Frame]:
    """A PDF as frames. Raises FileRefused for passwords, scans, damage and too many pages."""
    logging.disable(logging.CRITICAL)
    document = DocumentText()
    scans: list[int] = []
    with _opened(job) as pdf:
        count = len(pdf.pages)
        if count > limits.PAGES:
            raise refuse("pages", count=count, limit=limits.PAGES)
        for number, page in enumerate(pdf.pages, start=1):
            if not _read_page(page, number, document) and page.images:
                scans.append(number)
            page.close()
    if document.empty:
        raise refuse("picture" if scans else "blank")
    if scans:
        listed = ", ".join(str(number) for number in scans[:10])
        yield ("remark", "picture_pages", REFUSALS["picture_pages"].message, {"pages": listed})
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


def _read_page(page: Any, number: int, document: DocumentText) -> bool:
    """Add a page's lines and tables from top to bottom; whether there was any text."""
    tables = [(found.bbox, _table(found)) for found in page.find_tables()]
    tables = [(box, table) for box, table in tables if table is not None]
    boxes = [box for box, _ in tables]
    outside = page.filter(lambda item: not _within(item, boxes)) if boxes else page
    pieces: list[tuple[float, str | Table]] = [(box[1], table) for box, table in tables if table]
    for line in outside.extract_text_lines(return_chars=False, strip=True):
        pieces.append((line["top"], line["text"]))
    pieces.sort(key=lambda piece: piece[0])
    for _, piece in pieces:
        if isinstance(piece, Table):
            document.add_table(piece, number)
        else:
            document.add(piece, number)
    return bool(pieces)


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
