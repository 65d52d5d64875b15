"""Pages set in columns like a newspaper's: where they are, and their lines in the order of reading.

A white gutter runs down many lines, and what stands left and right of it are lists of their own. Such
columns are told from those of a table by what they hold: every one of them names units or persons,
and all are equally wide. They are read one after the other, their wrapped lines put together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, groupby, pairwise
from operator import itemgetter
from typing import Final

from homeregistry.readers.pages.glyphs import FAR, Edges, TextLine
from homeregistry.readers.pages.openings import opening_of
from homeregistry.readers.pages.paragraphs import Passage, paragraphs
from homeregistry.readers.pages.passagekinds import kind_of, names_recipients

_GUTTER: Final = 1.0
"""A gutter is at least so many heights of the type wide."""

_NARROWEST: Final = 6.0
"""A column of running text is at least so many heights wide."""

_MOST_GUTTERS: Final = 7
_MOST_COLUMNS: Final = 4
_FEWEST_LINES: Final = 2
_ALIKE: Final = 1.67
"""The widest column of a page is at most so many times as wide as its narrowest."""


@dataclass(slots=True)
class _Run:
    """Lines in a row, and the stretches that none of them writes on."""

    lines: list[TextLine]
    free: list[Edges]

    @property
    def gutters(self) -> list[float]:
        """The middles of the gutters: stretches with text on both sides, wide enough."""
        size = max(line.size for line in self.lines)
        return [
            (left + right) / 2
            for left, right in self.free
            if left > -FAR and right < FAR and right - left >= _GUTTER * size
        ]


def in_reading_order(lines: Sequence[TextLine]) -> Iterator[TextLine | Passage]:
    """The lines of a page (or of a stretch of it) from above to below, those set in columns as passages."""
    for run in _runs(lines):
        passages = _passages(run)
        if passages is not None:
            yield from passages
            continue
        for part in _between_titles(run):
            passages = _passages(part) if len(part.lines) < len(run.lines) else None
            yield from part.lines if passages is None else passages


def _between_titles(run: _Run) -> Iterator[_Run]:
    """The run cut at what stands above columns: a title that reaches over one gutter of several hides it."""
    several = next((place for place, line in enumerate(run.lines) if len(line.pieces(_GUTTER)) > 1), 0)
    heads = [place < several or _is_title(line) for place, line in enumerate(run.lines)]
    for _, stretch in groupby(zip(heads, run.lines, strict=True), itemgetter(0)):
        lines = [line for _, line in stretch]
        yield _Run(lines, reduce(_shared, map(_free, lines)))


def _is_title(line: TextLine) -> bool:
    return len(line.pieces(_GUTTER)) == 1 and kind_of(line.text) == "title"


def _runs(lines: Iterable[TextLine]) -> Iterator[_Run]:
    """Runs of lines that leave a gutter free; a line across it ends the run, and so does what lies below a
    title, whose own edges are no gutter's.
    """
    run: _Run | None = None
    for line in lines:
        if run is None:
            run = _Run([line], _free(line))
            continue
        widened = _Run([*run.lines, line], _shared(run.free, _free(line)))
        titled = len(run.lines) == 1 and _is_title(run.lines[0])
        if (widened.gutters and not titled) or (not run.gutters and _is_beside(run, line)):
            run.lines.append(line)
            run.free = widened.free
        else:
            yield run
            run = _Run([line], _free(line))
    if run is not None:
        yield run


def _is_beside(run: _Run, line: TextLine) -> bool:
    """Whether a line stands on the same height as a run without gutters, whose columns begin unevenly."""
    return len(run.lines) < 3 and line.top - run.lines[-1].top < run.lines[-1].size


def _passages(run: _Run) -> list[TextLine | Passage] | None:
    """The run column by column, or None where it is no text in columns."""
    gutters = run.gutters
    if not 1 <= len(gutters) <= _MOST_GUTTERS or any(opening_of(line) == "header" for line in run.lines[:3]):
        return None
    for count in range(1, min(len(gutters), _MOST_COLUMNS - 1) + 1):
        for chosen in combinations(gutters, count):
            edges = list(pairwise([-FAR, *chosen, FAR]))
            before, inside, after = _trimmed(run.lines, edges)
            columns = [[part for line in inside if (part := line.part(*edge))] for edge in edges]
            if not _are_even(columns):
                continue
            read = paragraphs(columns)
            if _are_lists(read):
                return [*before, *(passage for passages in read for passage in passages), *after]
    return None


def _trimmed(
    lines: Sequence[TextLine], edges: Sequence[Edges]
) -> tuple[Sequence[TextLine], Sequence[TextLine], Sequence[TextLine]]:
    """What stands above the columns (a title, or what has nothing in the first), the columns, and what
    stands below them: a heading belongs to what follows it, as the label of the next annex does.
    """
    several = next((place for place, line in enumerate(lines) if line.part(edges[0][1], FAR)), 0)
    titles = [place for place in range(several) if kind_of(lines[place].text) == "title"]
    if titles:
        above, inside, below = _trimmed(lines[titles[-1] + 1 :], edges)
        return [*lines[: titles[-1] + 1], *above], inside, below
    begin = next((place for place, line in enumerate(lines) if line.part(*edges[0])), 0)
    while begin and lines[begin].top - lines[begin - 1].top < lines[begin].size * 2:
        begin -= 1
    last = max((place for place, line in enumerate(lines) if line.part(edges[0][1], FAR)), default=0)
    end = next(
        (place for place in range(last + 1, len(lines)) if kind_of(lines[place].text) == "title"), len(lines)
    )
    return lines[:begin], lines[begin:end], lines[end:]


def _are_even(columns: Sequence[Sequence[TextLine]]) -> bool:
    """Whether columns are equally wide and equally far from one another."""
    if any(len(column) < _FEWEST_LINES for column in columns):
        return False
    size = max(line.size for column in columns for line in column)
    lefts = [min(line.left for line in column) for column in columns]
    widths = [max(line.right for line in column) - left for column, left in zip(columns, lefts, strict=True)]
    steps = [after - before for before, after in pairwise(lefts)]
    return (
        min(widths) >= _NARROWEST * size
        and max(widths) <= _ALIKE * min(widths)
        and max(widths) <= min(steps)
        and max(steps) - min(steps) <= size
    )


def _are_lists(columns: Sequence[Sequence[Passage]]) -> bool:
    """Whether columns name recipients, beside others of nothing but running text."""
    listing = [names_recipients(one.text for one in passages) for passages in columns]
    return any(listing) and all(
        names or all(kind_of(one.text) == "prose" for one in passages)
        for names, passages in zip(listing, columns, strict=True)
    )


def _free(line: TextLine) -> list[Edges]:
    """What the line leaves free: its gaps as wide as a gutter, and all before and behind it."""
    gaps = [
        (before.right, after.left)
        for before, after in pairwise(line.glyphs)
        if after.left - before.right >= _GUTTER * line.size
    ]
    return [(-FAR, line.left), *gaps, (line.right, FAR)]


def _shared(one: Sequence[Edges], other: Sequence[Edges]) -> list[Edges]:
    """What both leave free."""
    return [
        (left, right)
        for first in one
        for second in other
        if (left := max(first[0], second[0])) < (right := min(first[1], second[1]))
    ]
