"""Rows to records, one pass: each row is an entry (one per strip) or a named non-data row.

Most rows take the plain road (`plain`), many at once. Every other row is looked at closely; it then either
is one of the known non-data rows, or becomes an entry that carries a problem. No row is passed over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from homeregistry.grid import Row, Sheet, column_letter
from homeregistry.headings.heading import Heading, of_owner, read_heading
from homeregistry.layouts.block import OpenBlock
from homeregistry.layouts.cells import as_integer, texts_of
from homeregistry.layouts.columns import Block, field_of, resolve
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.feed import RowFeed
from homeregistry.layouts.filling import MergedColumns, fillers
from homeregistry.layouts.header import DEEPEST, FoundHeader, LowRanges, header_at
from homeregistry.layouts.lines import (
    TotalRow,
    caption_changes,
    caption_values,
    find_total,
    is_footer,
    is_note,
    is_total_alone,
    shown,
    total_count,
)
from homeregistry.layouts.outline import Outline
from homeregistry.layouts.plain import PlainRoad
from homeregistry.layouts.washing import Washer
from homeregistry.personal import without_personal
from homeregistry.problems import Problem
from homeregistry.records import ColumnUse, DeclaredCount, Entries, ListItem, ListOptions, NotData
from homeregistry.text import squeeze
from homeregistry.years import read_year

SAMPLE: Final = 40
"""Rows looked at to decide what a column holds."""

TOGETHER: Final = 200
"""Plain rows read at once; where one of so many is not plain, they are read one by one."""

_NUMERALS: Final = frozenset("一二三四五六七八九十")


class RowStream:
    """Reads one sheet under one layout. Give it the block found in the head, then iterate `items`."""

    def __init__(self, sheet: Sheet, layout: Layout, options: ListOptions, outline: Outline) -> None:
        self.sheet = sheet
        self.layout = layout
        self.options = options
        self.outline = outline
        self.columns: list[ColumnUse] = []
        """The columns as they were understood; grows while the rows are read."""
        asked = options.include_hidden
        self._hidden_columns = frozenset() if asked else sheet.hidden_columns
        self._hidden = frozenset() if asked else sheet.hidden_rows
        self._hidden_seen: list[int] = []
        self.washer = Washer(sheet, self._hidden_columns)
        self._merged = MergedColumns.of(sheet.merged)
        self._low_ranges = LowRanges(sheet.merged)
        self._block: OpenBlock | None = None
        self._after_footer = False

    def open_block(self, found: FoundHeader, rows: Sequence[Row]) -> Block:
        """Takes a header and the rows after it as a sample, and makes the readers of its strips."""
        first_row = rows[0][0] if rows else 1
        sample = [texts_of(cells) for _, cells in rows[:SAMPLE]]
        unseen = self._hidden_columns
        columns = [replace(c, role="other") if c.index in unseen else c for c in found.columns]
        block = resolve(columns, sample, self.layout)
        filled = fillers(block.strips, self._merged, first_row, sample, self.layout.fill_down)
        self._block = OpenBlock(self.sheet.name, block, self.layout, sample, filled)
        names = frozenset(index for strip in block.strips for index in strip.names)
        self.washer.turn_to(block.columns, names)
        self._tell_columns(block)
        self._after_footer = False
        return block

    def items(self, feed: RowFeed) -> Iterator[ListItem | Entries]:
        """Every further row of the feed as entries or non-data, and what was declared of them."""
        self._govern()
        while rows := feed.peek(TOGETHER):
            together = self._plain.rows(rows) if len(rows) == TOGETHER else None
            if together is not None:
                feed.skip(TOGETHER)
                yield together
            else:
                yield from self._one_by_one(feed, len(rows))
        yield from self.outline.close()
        yield from self._tell_hidden()

    def _one_by_one(self, feed: RowFeed, count: int) -> Iterator[ListItem]:
        """At least so many rows of the feed, if there are as many."""
        for row in islice(feed, count):
            entry = self._plain.row(row)
            if entry is not None:
                yield entry
            else:
                yield from self._row(row, feed)

    def _tell_hidden(self) -> Iterator[Problem]:
        if self._hidden_columns:
            letters = ", ".join(map(column_letter, sorted(self._hidden_columns)[:26]))
            count = {"count": len(self._hidden_columns)}
            yield Problem("hidden_columns", self.sheet.name, None, None, letters, count)
        if self._hidden_seen:
            yield Problem(
                "hidden_rows", self.sheet.name, self._hidden_seen[0], None,
                str(self._hidden_seen[0]), {"count": len(self._hidden_seen)},
            )  # fmt: skip

    def before_header(self, rows: Sequence[Row]) -> Iterator[ListItem]:
        """The rows above the first header: titles and captions, and totals of what will follow."""
        ahead: list[tuple[int, str, int]] = []
        for number, cells in rows:
            texts = [without_personal(text)[0] for text in texts_of(cells)]
            total = find_total(texts, self.layout) if is_total_alone(texts, self.layout) else None
            if total is None:
                yield from self._title_or_caption(number, texts)
                continue
            yield NotData(self.sheet.name, number, "total", shown(texts))
            declared = total_count(texts, total, lambda column: True)
            if declared is not None:
                ahead.append((number, _stated(total, declared), declared))
        for number, stated, declared in ahead:
            yield from self.outline.total(number, stated, declared, subtotal=False)

    def _row(self, row: Row, feed: RowFeed) -> Iterator[ListItem]:
        """One row with care: washed, filled, then told apart."""
        number = row[0]
        block = self.block
        texts, problems = self.washer.wash(row)
        kept = tuple(texts)
        for filler in block.fillers:
            index = filler.index
            texts[index] = filler.fill(number, texts[index])
        if number in self._hidden:
            self._hidden_seen.append(number)
            block.skip(texts)
            yield NotData(self.sheet.name, number, "hidden_row", shown(kept))
        elif block.is_plain(kept):
            yield from self._entries(number, kept, texts, problems)
        else:
            yield from self._closely(row, kept, texts, problems, feed)
        self.washer.tell_dropped(in_column=False)

    @property
    def block(self) -> OpenBlock:
        """The block being read; a stream is iterated only after `open_block`."""
        if self._block is None:
            raise ValueError("open_block comes before the rows")
        return self._block

    def _closely(
        self, row: Row, kept: tuple[str, ...], texts: list[str], problems: tuple[Problem, ...], feed: RowFeed
    ) -> Iterator[ListItem]:
        """A row that may be anything."""
        number = row[0]
        filled = [text for text in kept if text]
        if not filled:
            yield NotData(self.sheet.name, number, "personal" if any(row[1]) else "blank", "")
            return
        header = self._header_here(row, kept, feed)
        if header is not None:
            yield from self._new_header(number, kept, header, feed)
            return
        total = find_total(kept, self.layout)
        if total is not None:
            yield NotData(self.sheet.name, number, "subtotal" if total.subtotal else "total", shown(kept))
            yield from (replace(problem, severity="warning") for problem in problems)
            yield from self._totals(number, kept, total)
            self.block.interrupt(serials=False)
            return
        numbered = self.block.is_numbered(kept) and bool(self.block.named(kept))
        if is_footer(filled[0], self.layout) and not numbered:
            self._after_footer = True
            yield NotData(self.sheet.name, number, "footer", shown(kept))
            return
        if is_note(filled[0], self.layout) and not numbered:
            self._after_footer = True
            yield NotData(self.sheet.name, number, "note", shown(kept))
            return
        heading = self._heading_here(kept, filled)
        if heading is not None:
            yield from self._heading_row(number, kept, heading)
            return
        if len(filled) == 1 and self.block.is_numbered(kept):
            yield NotData(self.sheet.name, number, "only_serial", shown(kept))
            return
        if self._after_footer and len(filled) == 1:
            yield NotData(self.sheet.name, number, "note", shown(kept))
            return
        labelled = any(":" in text or "：" in text for text in filled)
        if labelled and not numbered and caption_values(kept, self.layout) is not None:
            yield NotData(self.sheet.name, number, "caption", shown(kept))
            return
        yield from self._doubtful_entry(number, kept, texts, problems)

    def _doubtful_entry(
        self, number: int, kept: tuple[str, ...], texts: list[str], problems: tuple[Problem, ...]
    ) -> Iterator[ListItem]:
        """Data by default: what lacks a name says so, what is out of place is unread."""
        named = self.block.named(kept)
        if not named and sum(map(bool, kept)) == 1:
            index = next(place for place, text in enumerate(kept) if text)
            column = self.block.columns.get(index)
            if column is None or column.role in ("serial", "other", "note"):
                problems = (
                    *problems,
                    Problem("unread_row", self.sheet.name, number, column_letter(index), kept[index]),
                )
        yield from self._entries(number, kept, texts, problems)

    def _entries(
        self, number: int, kept: tuple[str, ...], texts: list[str], problems: tuple[Problem, ...]
    ) -> Iterator[ListItem]:
        """The entries of a data row: one for each strip that names somebody, at least one if any can."""
        named = self.block.named(kept)
        ticked = [reader for reader in named if reader.strip.is_ticked(kept)]
        for reader in ticked or named[:1] or self.block.readers[:1]:
            self.outline.listed += 1
            if self.outline.not_awarded is None:
                self.washer.tell_dropped()
                yield reader.read(number, texts, kept, problems)
        reason = self.outline.not_awarded or (None if self.block.readers else "nameless_header")
        if reason is not None:
            yield NotData(self.sheet.name, number, reason, shown(kept))

    def _heading_here(self, kept: Sequence[str], filled: Sequence[str]) -> Heading | None:
        """The title or section that a row is: one cell, or an ordinal and one cell, or with a count."""
        if len(filled) == 1:
            text = filled[0]
        elif len(filled) == 2 and set(filled[0]) <= _NUMERALS:
            text = "、".join(filled)
        elif len(filled) == 2 and as_integer(filled[0]) is None and as_integer(filled[1]) is not None:
            text = f"{filled[0]}({filled[1]})"
        else:
            return None
        heading = self.outline.read(text)
        if not heading.says_something and read_year(text) is None:
            return None
        plain_body = heading.scope and not heading.kinds and heading.declared is None
        if (
            plain_body
            and len(filled) == 1
            and self.block.named(kept)
            and self.washer.width > 1
            and filled[0].endswith("工会")
        ):
            return None
        return heading

    def _heading_row(self, number: int, kept: Sequence[str], heading: Heading) -> Iterator[ListItem]:
        if self.outline.repeats(heading.text):
            yield NotData(self.sheet.name, number, "repeated_title", shown(kept))
            return
        titled = heading.is_list_title and not heading.scope
        yield NotData(self.sheet.name, number, "title" if titled else "section", shown(kept))
        yield from self.outline.title(number, heading) if titled else self.outline.section(number, heading)
        self._after_footer = False
        self.block.interrupt(serials=True)
        self._govern()

    def _title_or_caption(self, number: int, texts: Sequence[str]) -> Iterator[ListItem]:
        filled = [text for text in texts if text]
        captions = caption_values(texts, self.layout)
        if captions is not None:
            self.outline.amend(caption_changes(captions))
            if "kind" in captions:
                yield from self.outline.title(number, self.outline.read(captions["kind"] + "名单"))
            yield NotData(self.sheet.name, number, "caption", shown(texts))
            return
        heading = of_owner(self.outline.read(squeeze(filled[0]) if filled else ""))
        if heading.scope and heading.context.body_printed != self.outline.base.body_printed:
            # The letterhead of a list says who issued it, not who recommended its recipients.
            if not self.outline.titled and self.outline.base.issuer_printed is None:
                self.outline.amend({"issuer_printed": heading.scope})
            heading = replace(heading, context=self.outline.base)
        yield NotData(self.sheet.name, number, "title", shown(texts))
        if heading.says_something or heading.context != self.outline.base:
            yield from self.outline.title(number, heading)

    def _header_here(self, row: Row, kept: Sequence[str], feed: RowFeed) -> FoundHeader | None:
        known = sum(self.layout.role_of(text) is not None for text in kept if text and len(text) < 24)
        if known < 1 or (known < 2 and self.washer.width > 1 and sum(map(bool, kept)) > 1):
            return None
        rows = [(row[0], list(kept)), *((n, texts_of(cells)) for n, cells in feed.peek(DEEPEST))]
        found = header_at(rows, 0, self._low_ranges, self.layout)
        if found is None:
            return None
        naming = sum(column.role not in ("other", "title", "years") for column in found.columns)
        return found if naming >= 2 or self.block.has_same_header(found) else None

    def _new_header(
        self, number: int, kept: Sequence[str], found: FoundHeader, feed: RowFeed
    ) -> Iterator[ListItem]:
        repeated = self.block.has_same_header(found)
        reason = "repeated_header" if repeated else "header"
        yield NotData(self.sheet.name, number, reason, shown(kept))
        for below, cells in feed.skip(found.depth - 1):
            yield NotData(self.sheet.name, below, reason, shown(texts_of(cells)))
        if not repeated:
            self.open_block(found, feed.peek(SAMPLE))
            self._govern()

    def _totals(self, number: int, kept: Sequence[str], total: TotalRow) -> Iterator[DeclaredCount]:
        for reader in self.block.readers:
            for tick in reader.strip.ticks:
                value = as_integer(kept[tick.index])
                if value is not None:
                    yield DeclaredCount(
                        self.sheet.name, number, total.label, value, reader.tick_counts.get(tick.index, 0),
                        tick.kinds[0] if len(tick.kinds) == 1 else None,
                    )  # fmt: skip
                    if total.subtotal:
                        reader.tick_counts[tick.index] = 0
        declared = total_count(kept, total, self.block.may_hold_total)
        if declared is not None:
            kind = self._kind_since() if total.subtotal else None
            stated = _stated(total, declared)
            yield from self.outline.total(number, stated, declared, subtotal=total.subtotal, kind=kind)

    def _kind_since(self) -> str | None:
        """The one kind of the rows since the last subtotal, where a column says their titles."""
        titles = {title for reader in self.block.readers for title in reader.titles_since}
        for reader in self.block.readers:
            reader.titles_since.clear()
        if len(titles) != 1:
            return None
        named = read_heading(titles.pop(), self.outline.context).kinds
        return named[0] if len(named) == 1 else None

    def _govern(self) -> None:
        self.block.govern(self.outline)
        self._plain = PlainRoad(self.block, self.washer, self.outline, self._hidden)

    def _tell_columns(self, block: Block) -> None:
        name = self.sheet.name
        for column in block.columns:
            use = ColumnUse(name, column.letter, column.header, field_of(column.role))
            if use not in self.columns:
                self.columns.append(use)


def _stated(total: TotalRow, declared: int) -> str:
    """A total as the list states it: its words with their number, else with the number beside them."""
    if any(map(str.isdecimal, total.label)):
        return total.label
    return f"{squeeze(total.label)} {declared}"
