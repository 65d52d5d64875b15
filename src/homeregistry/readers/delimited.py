"""Delimited text as one sheet: the delimiter found with care, unclosed quotes named by their line.

The standard library's sniffer takes 、 or a letter for a delimiter on Chinese lists, and its reader
swallows half a file behind one unclosed quotation mark: both are decided here instead.
"""

import csv
import re
from collections.abc import Iterator

from homeregistry.readers import limits
from homeregistry.readers.blocks import RawRow
from homeregistry.readers.encoding import decode
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.refusals import refuse
from homeregistry.readers.sheethead import SheetHead, row_frames

DELIMITERS = (",", "\t", ";", "，", "|")
_SAMPLE_LINES = 60
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def delimiter_of(text: str) -> str:
    """The delimiter of a delimited text: the one that cuts most lines into the same number of fields.

    A comma wins ties; text without any delimiter is a single column and gives a comma too.
    """
    declared = text[:10].lower()
    if declared.startswith("sep=") and len(declared) > 4 and declared[5:6] in ("\r", "\n"):
        return text[4]
    sample = [line for line in text[: 256 * 1024].splitlines() if line.strip()][:_SAMPLE_LINES]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [_fields(line, delimiter) for line in sample]
        several = [width for width in widths if width > 1]
        if not several:
            continue
        usual = max(set(several), key=lambda width: (several.count(width), width))
        score = several.count(usual) / len(sample) + min(usual, 20) / 1000
        if delimiter in "，|":
            score -= 0.3
        if score > best_score:
            best, best_score = delimiter, score
    return best


def rows(text: str, delimiter: str | None = None) -> Iterator[RawRow]:
    """The non-empty records of a delimited text; a record's number is its place among all records.

    That is the row a spreadsheet program shows it on: blank lines count, line breaks inside quoted
    fields do not. Raises FileRefused for an unclosed quotation mark and for a huge field.
    """
    if delimiter is None:
        delimiter = delimiter_of(text)
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        text = text[5:].lstrip("\r").removeprefix("\n")
    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    number = 0
    started = 1
    while True:
        started = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refusal(error, started) from None
        number += 1
        if number > limits.GRID_ROWS * 2:
            raise refuse("cells", sheet="", rows=number, columns=len(values))
        if any(values):
            yield number, values


def csv_frames(job: Job) -> Iterator[Frame]:
    """A delimited file as frames: one sheet, named after the file."""
    text = decode(job.data)
    yield SheetHead(job.name).frame()
    yield from row_frames(rows(text))


def _refusal(error: csv.Error, started: int) -> Exception:
    sentence = str(error)
    if "field larger" in sentence:
        return refuse("field", line=started, limit=limits.CELL_CHARACTERS)
    if "end of data" in sentence:
        return refuse("quote", line=started)
    return refuse("stray_quote", line=started)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, one at a time: a second copy of a long file would cost its size."""
    return (match.group() for match in _LINE.finditer(text))


def _fields(line: str, delimiter: str) -> int:
    """How many fields a line has, delimiters inside quotation marks not counted."""
    if '"' not in line:
        return line.count(delimiter) + 1
    return sum(part.count(delimiter) for part in line.split('"')[0::2]) + 1
