"""What the first line of a table says about it: a header with words that the general layout knows, or the
place of a first row.
"""

from functools import cache
from typing import Final, Literal

from homeregistry.headings.places import is_place
from homeregistry.layouts import Layout, load_layouts
from homeregistry.layouts.headcells import NAMING, read_header
from homeregistry.readers.pages.glyphs import TextLine
from homeregistry.readers.pages.passagekinds import is_remainder, is_tail
from homeregistry.settings import packaged_layouts

Opening = Literal["header", "place"]

_LONGEST: Final = 60
"""A header of so many characters has cells that are none."""


def opening_of(line: TextLine) -> Opening | None:
    """Whether the words of the line, parted where cells may be, head columns or name a place."""
    if len(line.glyphs) > _LONGEST or not line.is_row:
        return None
    words = line.pieces()
    header = read_header([words], _general()) or ()
    known = [column for column in header if column.role != "other"]
    roles = {column.role for column in known}
    # 工会 and 分会 head columns, and end names.
    sure = len(roles) > 1 or not any(map(is_remainder, words))
    sure = sure and not all(is_tail(words[column.index]) for column in known)
    if roles & NAMING and sure:
        return "header"
    return "place" if any(map(is_place, words)) else None


@cache
def _general() -> Layout:
    return load_layouts([packaged_layouts()])[0]
