"""The formats an export can be written in, behind one interface, chosen by the file's name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from homeregistry.errors import UsageMistake
from homeregistry.exports.manifest import Manifest
from homeregistry.exports.pages import Page, PageShape
from homeregistry.targets import Draft


class Book(Protocol):
    """A file being written: pages in the order in which they are asked for, filled in any order."""

    def page(self, shape: PageShape) -> Page:
        """The next page."""

    def chart(self, name: str, page: Page, columns: Sequence[int], title: str) -> None:
        """A picture of number columns of a finished page; formats without pictures leave it out."""

    def close(self, manifest: Manifest) -> None:
        """Write the manifest behind the pages, and the file."""

    def abandon(self) -> None:
        """Let go of what is open; nothing was written."""


@contextmanager
def writing_book(draft: Draft, form: str, plain: bool = False) -> Iterator[Book]:
    """A book of a format (`xlsx`, `csv`, `jsonl`) at a draft's place; `plain`: a .csv of one bare table."""
    book = _book(draft, form, plain)
    try:
        yield book
    finally:
        book.abandon()


def _book(draft: Draft, form: str, plain: bool) -> Book:
    from homeregistry.exports.delimited import DelimitedBook, LinesBook
    from homeregistry.exports.workbook import WorkbookBook

    if form == "csv":
        return DelimitedBook(draft.path, draft.folder, plain)
    if form == "jsonl":
        return LinesBook(draft.path)
    return WorkbookBook(draft.path, draft.folder)


def form_of(name: str, known: tuple[str, ...], wanted: str | None = None) -> str:
    """The format a file's name says, or the one that was asked for. Raises UsageMistake for another one."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    form = wanted or ending
    if form not in known or (wanted and ending in known and ending != wanted):
        raise UsageMistake(
            "unknown_export_format", "“{file}”: the name must end in {known}, as the format does.",
            file=name, known=", ".join(f".{one}" for one in known),
        )  # fmt: skip
    return form
