"""What filling a book came to."""

from dataclasses import dataclass

from homeregistry.exports.checks import Failing
from homeregistry.exports.pages import Page


@dataclass(frozen=True, slots=True)
class Made:
    """The pages in their order, how many records they list, and which checks failed."""

    pages: tuple[Page, ...]
    records: int
    failing: tuple[Failing, ...]
