"""The stars of star-rated titles, where a column of its own says them.

星级 beside another title (a hotel's stars) is nobody's award, and a cell that cannot be read leaves no
record without its stars.
"""

from dataclasses import dataclass

from homeregistry.kinds import read_stars, starred
from homeregistry.layouts.cells import is_nothing

Titles = tuple[tuple[str, int | None], ...]
"""Kind codes, each with its stars where it has them."""


@dataclass(frozen=True, slots=True)
class StarredTitles:
    """The titles with the stars of their column; `wrong` is the code of what is wrong with it, `other`
    the stars that it contradicts.
    """

    titles: Titles
    wrong: str | None = None
    other: str | None = None


def with_stars(titles: Titles, printed: str | None) -> StarredTitles:
    """The titles under what the column 星级 prints of them: 6星 is no rating, 四星 no 五星级职工之家."""
    if not printed or is_nothing(printed) or not any(kind in starred() for kind, _own in titles):
        return StarredTitles(titles)
    stars = read_stars(printed)
    if stars is None:
        return StarredTitles((), "unknown_stars")
    for kind, own in titles:
        if kind in starred() and own not in (None, stars):
            return StarredTitles((), "conflicting_title", f"{own}星")
    return StarredTitles(tuple((kind, stars if kind in starred() else own) for kind, own in titles))
