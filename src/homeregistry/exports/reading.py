"""An export read back: its pages as rows of typed cells, and its manifest, from whatever is in the file now.

A cell that became a formula is no longer the text or number it was, whatever it shows: it reads as such.
"""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from homeregistry.errors import FileRefused
from homeregistry.exports.delimited import MANIFEST_MARK, PAGE_MARK
from homeregistry.exports.making import sidecar
from homeregistry.exports.manifest import MAGIC, Stated, from_json, from_lines
from homeregistry.exports.pages import PageDigest, trimmed

Rows = Iterator[list[object]]

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class ReadPage:
    """A page as it is in the file: its name, how many lines, the digest of its cells."""

    name: str
    lines: int
    sha256: str


@dataclass(slots=True)
class ReadExport:
    """A file as it is: its form, its pages, the manifest in it and the one beside it."""

    path: Path
    form: str
    pages: list[ReadPage] = field(default_factory=list)
    stated: Stated | None = None
    beside: Stated | None = None


def read_export(path: Path) -> ReadExport:
    """Read a file. Raises FileRefused for one that is missing, unreadable or no export."""
    found = ReadExport(path, _form(path))
    found.beside = _beside(path)
    with opened_pages(path) as pages:
        for name, rows in pages:
            if name == MAGIC:
                found.stated = _manifest(path, list(rows))
                continue
            digest, lines, blank = PageDigest(), 0, 0
            for row in rows:
                digest.add(row)
                blank = 0 if trimmed(row) else blank + 1
                lines += 1
            found.pages.append(ReadPage(name, lines - blank, digest.hexdigest()))
    if found.stated is None and found.beside is None:
        raise _no_export(path)
    return found


def is_export(path: Path) -> bool:
    """Whether a file is an export, as far as its manifest says; other files are never written over."""
    try:
        with opened_pages(path) as pages:
            return any(name == MAGIC for name, _rows in pages)
    except (FileRefused, ValueError):
        return False


@contextmanager
def opened_pages(path: Path) -> Iterator[Iterator[tuple[str, Rows]]]:
    """The pages of a file in its order, each with its rows; the manifest's page is called `MAGIC`."""
    form = _form(path)
    try:
        if form == "xlsx":
            with _workbook_pages(path) as pages:
                yield pages
        else:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                yield _csv_pages(stream) if form == "csv" else _line_pages(stream)
    except FileNotFoundError:
        raise FileRefused("missing_file", "{file} does not exist.", file=path) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _no_export(path) from error


def _form(path: Path) -> str:
    """By what it begins with: a file is also found out under another name."""
    try:
        with path.open("rb") as stream:
            start = stream.read(2)
    except FileNotFoundError:
        raise FileRefused("missing_file", "{file} does not exist.", file=path) from None
    except OSError as error:
        raise FileRefused(
            "unreadable", "{file} cannot be read ({cause}).", file=path, cause=error.strerror
        ) from None
    if start.startswith(b"PK"):
        return "xlsx"
    return "jsonl" if start.startswith(b"{") else "csv"


@contextmanager
def _workbook_pages(path: Path) -> Iterator[Iterator[tuple[str, Rows]]]:
    import openpyxl

    from homeregistry.readers.container import Container

    Container(path.read_bytes()).check_prologues()
    with path.open("rb") as stream:  # of a path openpyxl would look at the name
        try:
            book = openpyxl.load_workbook(stream, read_only=True)
        except Exception as error:
            raise _no_export(path) from error
        try:
            yield _sheets(path, book)
        finally:
            book.close()


def _sheets(path: Path, book: Any) -> Iterator[tuple[str, Rows]]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = _cells(path, sheet)
        first = next(rows, [])
        name = MAGIC if first and first[0] == MAGIC else sheet.title
        yield name, _chained(first, rows)


def _chained(first: list[object], rest: Rows) -> Rows:
    yield first
    yield from rest


def _cells(path: Path, sheet: Any) -> Rows:
    try:
        for row in sheet.iter_rows():
            yield [_cell(cell) for cell in row]
    except Exception as error:
        raise FileRefused(
            "damaged_file", "{file} is damaged and cannot be read to its end.", file=path.name
        ) from error


def _cell(cell: Any) -> object:
    value = cell.value
    if cell.data_type == "f":
        return {"formula": str(value)}
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return {"other": str(value)}


def _csv_rows(stream: Any) -> Iterator[list[Any]]:
    """The rows of a table in which only numbers stand bare; in a table of another program words do too."""
    try:
        yield from csv.reader(stream, quoting=csv.QUOTE_NONNUMERIC, strict=True)
    except ValueError as error:
        raise csv.Error(str(error)) from error


def _csv_pages(stream: Any) -> Iterator[tuple[str, Rows]]:
    """Pages begin with a mark; a file of one bare table has none but the manifest's."""
    name = ""
    rows: list[list[object]] = []
    for row in _csv_rows(stream):
        if row[:1] == [PAGE_MARK] or row == [MANIFEST_MARK]:
            if rows or name:
                yield name, iter(rows)
            name, rows = (MAGIC if row == [MANIFEST_MARK] else str(row[1])), []
            continue
        rows.append([int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row])
    yield name, iter(rows)


def _line_pages(stream: Any) -> Iterator[tuple[str, Rows]]:
    rows: list[list[object]] = []
    manifest = None
    for line in stream:
        text = line.rstrip("\n")
        if text.startswith('{"manifest":'):
            manifest = text
        else:
            rows.append([text])
    yield "", iter(rows)
    if manifest is not None:
        yield MAGIC, iter([[manifest]])


def _manifest(path: Path, rows: list[list[object]]) -> Stated | None:
    try:
        if len(rows) == 1 and isinstance(rows[0][0], str) and rows[0][0].startswith("{"):
            return from_json(json.loads(rows[0][0])["manifest"])
        return from_lines([trimmed(row) for row in rows if trimmed(row)])
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _beside(path: Path) -> Stated | None:
    try:
        return from_json(json.loads(sidecar(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _no_export(path: Path) -> FileRefused:
    return FileRefused(
        "no_export", "{file} holds no manifest: it is no export of a registry, or was changed beyond that.",
        file=path,
    )  # fmt: skip


def differing_cells(one: Path, other: Path, page: int) -> Iterator[tuple[int, int, object, object]]:
    """Cells of one page (by its place) that differ: row and column from 0, what each file has there."""
    with opened_pages(one) as ours, opened_pages(other) as theirs:
        for place, (left, right) in enumerate(zip_longest(ours, theirs, fillvalue=("", iter(())))):
            if place != page:
                _exhaust(left[1])
                _exhaust(right[1])
                continue
            for row, (a, b) in enumerate(zip_longest(left[1], right[1])):
                for column, (x, y) in enumerate(zip_longest(trimmed(a or ()), trimmed(b or ()))):
                    if x != y:
                        yield row, column, x, y
            return


def _exhaust(rows: Rows) -> None:
    for _row in rows:
        pass
