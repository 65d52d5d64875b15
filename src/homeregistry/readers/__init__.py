"""Files of all kinds as grids and texts: one way in, whatever an officer has.

`open_document` decides by content what a file is, a separate process parses it, and the sheets and
texts of `grid` come out with the source's own addresses. What cannot be read is refused in one
sentence (`refusals`). Which title stands where is no matter of this package: see the layouts.
"""

from homeregistry.readers.opened import OpenedFile, Remark, open_document, read_text

__all__ = ["OpenedFile", "Remark", "open_document", "read_text", "supported_extensions"]


def supported_extensions() -> tuple[str, ...]:
    """The extensions of the formats that can be read, with their dots, in order of use."""
    from homeregistry.readers.formats import FORMATS

    found: dict[str, None] = {}
    for form in FORMATS.values():
        found.update(dict.fromkeys(form.extensions))
    return tuple(found)
