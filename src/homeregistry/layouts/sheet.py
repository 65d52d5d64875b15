"""One sheet, from its first rows to a verdict and a stream of records.

The verdict says what the sheet is before anything is taken from it: a list of awards, a table of
counts (left to the figures), a list of nominations, a form, hidden, or nothing that could be read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, Literal

from homeregistry.count_tables import is_count_table
from homeregistry.grid import CellValue, Row, Sheet
from homeregistry.headings.heading import read_heading
from homeregistry.layouts.cells import texts_of
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.feed import RowFeed
from homeregistry.layouts.forms import is_form, read_form
from homeregistry.layouts.header import WIDEST, FoundHeader, LowRanges, TextRow, find_header
from homeregistry.layouts.headerless import columns_by_content
from homeregistry.layouts.lines import caption_values, shown
from homeregistry.layouts.outline import Outline
from homeregistry.layouts.recognition import SheetHead, named, recognise
from homeregistry.layouts.stream import SAMPLE, RowStream
from homeregistry.problems import Problem
from homeregistry.records import (
    ColumnUse,
    DroppedColumn,
    Entries,
    Entry,
    HeadingContext,
    ListItem,
    ListOptions,
    NotData,
    one_by_one,
)
from homeregistry.text import key

HEAD: Final = 60
"""A header is looked for in this many filled rows."""

_BARE_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d$")
Verdict = Literal["list", "counts", "nominations", "form", "nothing", "hidden"]


@dataclass(slots=True)
class SheetReading:
    """What a sheet is, how its columns were understood, and its records in one pass.

    `columns` and `dropped` grow while `items` is read (a second block, a telephone number in the
    middle of a sheet) and are complete afterwards.
    """

    sheet: str
    verdict: Verdict
    layout: Layout
    columns: list[ColumnUse] = field(default_factory=list)
    dropped: list[DroppedColumn] = field(default_factory=list)
    base: HeadingContext = field(default_factory=HeadingContext)
    """What the layout and the sheet's name say of every row."""
    grid: Sheet | None = None
    """The sheet with its rows from the first on; one pass, instead of `items`, not beside it."""
    _items: Iterable[ListItem | Entries] = ()

    def items(self) -> Iterator[ListItem]:
        """Every non-empty row once: as entries (one, or one for each list printed side by side) or
        as one `NotData`; `DeclaredCount` and `Problem` come in between. One pass.
        """
        return one_by_one(self._items)

    def in_bulk(self) -> Iterator[ListItem | Entries]:
        """The same pass with plain rows together."""
        return iter(self._items)


def read_workbook_sheet(sheet: Sheet, layouts: Sequence[Layout], options: ListOptions) -> SheetReading:
    """Reads the head of a sheet, decides what it is, and prepares its records.

    Raises `FileRefused` (`layouts_conflict`, `unknown_layout`).
    """
    feed = RowFeed(sheet.rows)
    head = feed.peek(HEAD)
    asked: list[Row] = [(number, cells if _may_speak(cells) else ()) for number, cells in head]
    rows: list[TextRow] = [(number, texts_of(cells)) for number, cells in asked]
    if options.layout is not None:
        layout = named(options.layout, layouts)
    else:
        layout = recognise(SheetHead(sheet.name, tuple(tuple(texts) for _, texts in rows)), layouts)
    base = _base(sheet, layout)
    reading = SheetReading(
        sheet=sheet.name,
        verdict="nothing",
        layout=layout,
        base=base,
        grid=replace(sheet, rows=feed),
    )
    if sheet.hidden and not options.include_hidden:
        reading.verdict = "hidden"
        reading._items = _hidden(sheet, feed)
        return reading
    outline = Outline(sheet.name, base, options)
    form = is_form(rows, layout)
    found = None if form else find_header(rows, LowRanges(sheet.merged), layout)
    if found is None and not form:
        found = columns_by_content(rows, layout, titled=outline.context.kind is not None)
    if form:
        reading.verdict = "form"
        reading._items = _form(sheet, feed, rows, reading, outline)
    elif found is None or not _read_list(sheet, feed, head, found, reading, outline):
        # A list is one first: ticks written as 1 and their sums would make it a table of counts too.
        counts = is_count_table(asked, sheet.merged).is_counts
        reading.verdict = "counts" if counts else "nothing"
        reading._items = _set_aside(sheet.name, feed, "table_of_counts" if counts else "no_header")
    return reading


def _read_list(
    sheet: Sheet,
    feed: RowFeed,
    head: Sequence[Row],
    found: FoundHeader,
    reading: SheetReading,
    outline: Outline,
) -> bool:
    """Prepares the records under a header; False where its columns name nobody."""
    layout, options = reading.layout, outline.options
    stream = RowStream(sheet, layout, options, outline)
    after = found.place + found.depth
    above = list(stream.before_header(head[: found.place]))
    block = stream.open_block(
        found, head[after : after + SAMPLE] or [(head[found.place][0] + found.depth, ())]
    )
    if block.counts or not any(strip.names for strip in block.strips):
        return False
    reading.columns = stream.columns
    reading.dropped = stream.washer.dropped
    texts = [texts_of(cells) for _, cells in head[: found.place]]
    nominated = _nomination(sheet.name, texts, block.nominated_by, layout)
    reading.verdict = "nominations" if nominated and not options.conferred else "list"
    feed.skip(after)
    header = [
        NotData(sheet.name, number, "header", shown(texts_of(cells)))
        for number, cells in head[found.place : after]
    ]
    items = chain(above, header, stream.items(feed))
    reading._items = (
        _refused(sheet.name, items, nominated or "") if reading.verdict == "nominations" else items
    )
    return True


def _refused(sheet: str, items: Iterable[ListItem | Entries], word: str) -> Iterator[ListItem]:
    """The rows of a list of nominations, each with that problem; without a row the sheet has it."""
    entries = 0
    for item in one_by_one(items):
        if isinstance(item, Entry):
            entries += 1
            column = item.columns.get("recipient") or item.columns.get("person")
            problem = Problem("nomination_list", sheet, item.row, column, word)
            yield replace(item, problems=(*item.problems, problem))
        else:
            yield item
    if not entries:
        yield Problem("nomination_list", sheet, None, None, word)


def _form(
    sheet: Sheet, feed: RowFeed, rows: Sequence[TextRow], reading: SheetReading, outline: Outline
) -> Iterator[ListItem]:
    """A form: its title governs, its one entry is a nomination until somebody says otherwise."""
    word = next((shown(texts) for _, texts in rows if any(texts)), sheet.name)
    layout = reading.layout
    first = next((place for place, (_, texts) in enumerate(rows) if is_form_row(texts, layout)), 0)
    for number, texts in rows[:first]:
        filled = [text for text in texts if text]
        if len(filled) == 1:
            yield from outline.title(number, outline.read(filled[0]))
        yield NotData(sheet.name, number, "title", shown(texts))
    feed.skip(first)
    items = read_form(sheet.name, list(feed), layout, outline)
    yield from items if outline.options.conferred else _refused(sheet.name, items, word)


def is_form_row(texts: Sequence[str], layout: Layout) -> bool:
    """Whether the first filled cell is a label with something beside it."""
    filled = [text for text in texts if text]
    return len(filled) > 1 and layout.role_of(filled[0]) is not None


def _hidden(sheet: Sheet, feed: RowFeed) -> Iterator[ListItem]:
    yield Problem("hidden_sheet", sheet.name)
    yield from _set_aside(sheet.name, feed, "hidden_sheet")


def _set_aside(sheet: str, feed: RowFeed, reason: str) -> Iterator[ListItem]:
    for number, cells in feed:
        yield NotData(sheet, number, reason, shown(texts_of(cells)))


def _base(sheet: Sheet, layout: Layout) -> HeadingContext:
    """Layout constants, then what the sheet's name says; titles are read on top of this."""
    name = sheet.name.strip()
    return read_heading(name + "年" if _BARE_YEAR.search(name) else name, layout.constants).context


def _nomination(name: str, above: Sequence[Sequence[str]], header: str | None, layout: Layout) -> str | None:
    """The words that make this a list of nominations, unless the title says that it was decided."""
    titles = [shown(texts) for texts in above if caption_values(texts, layout) is None]
    if any(key(word) in key(title) for title in titles for word in layout.words["decided"]):
        return None
    for text in (*titles, name):
        folded = key(text)
        if any(key(word) in folded for word in layout.words["nomination"]):
            return text
        heading = read_heading(text, HeadingContext())
        if heading.nomination and heading.nomination not in ("登记表", "推荐"):
            return text
    return header


def _may_speak(cells: Sequence[CellValue]) -> bool:
    """Whether a row is narrow enough to be asked what it is: of 16,384 cells each takes minutes."""
    return len(cells) <= WIDEST or sum(cell is not None and cell != "" for cell in cells) <= WIDEST
