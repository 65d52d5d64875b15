"""Files of all kinds as grids and texts: one way in, whatever an officer has.

`open_document` decides by content what a file is, a separate process parses it, and the sheets and
texts of `grid` come out with the source's own addresses. What cannot be read is refused in one
sentence (`refusals`). Which title stands where is no matter of this package: see the layouts.

The functions import late because the reading process passes through this package on its way and
should start with as little as it can.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeregistry.readers.opened import OpenedFile

__all__ = ["open_document", "read_text", "supported_extensions"]


def open_document(path: str | Path, *, password: str | None = None) -> "OpenedFile":
    """Open a file, hash it and find out what it is; nothing is parsed yet.

    `password` opens a protected file. The result is a context manager. Raises FileRefused with one
    of the codes of `refusals.REFUSALS`, here or while sheets, rows or text are read.
    """
    from homeregistry.readers.opened import opened_path

    return opened_path(Path(path), password)


def read_text(text: str, name: str = "-") -> "OpenedFile":
    """Pasted text, or text from standard input, as an opened file; a byte-order mark is dropped."""
    from homeregistry.readers.opened import opened_text

    return opened_text(text, name)


def supported_extensions() -> tuple[str, ...]:
    """The extensions of the formats that can be read, with their dots, in order of use."""
    from homeregistry.readers.formats import FORMATS

    found: dict[str, None] = {}
    for form in FORMATS.values():
        found.update(dict.fromkeys(form.extensions))
    return tuple(found)
