"""Rows to records, one pass: each row is an entry (one per strip) or a named non-data row.

The plain road is short: a row with a name, a serial number or several filled cells, and no word of
a total, header or footer in it. Every other row is looked at closely; it then either is one of the
known non-data rows, or becomes an entry that carries a problem. No row is passed over.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from unicodedata import is_normalized

from homeregistry.grid import DamagedCell, Row, Sheet, column_letter
from homeregistry.headings import Heading
from homeregistry.layouts.cells import DAMAGED, as_integer, is_several_names, printed, texts_of, tidy
from homeregistry.layouts.columns import Block, Column, field_of, resolve
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.entries import Serials, StripReader, column_map, serial_step
from homeregistry.layouts.feed import RowFeed
from homeregistry.layouts.filling import Filler, MergedColumns, fillers
from homeregistry.layouts.header import DEEPEST, FoundHeader, header_at
from homeregistry.layouts.lines import (
    SUSPECT,
    TotalRow,
    caption_changes,
    caption_values,
    find_total,
    is_footer,
    is_note,
    shown,
    total_count,
)
from homeregistry.layouts.outline import Outline
from homeregistry.personal import PERSONAL_HINT, is_identity_number, without_personal
from homeregistry.problems import Problem
from homeregistry.records import (
    ColumnUse,
    DeclaredCount,
    DroppedColumn,
    Entry,
    ListItem,
    ListOptions,
    NotData,
)
from homeregistry.text import squeeze
from homeregistry.vocabulary import PERSONAL_FIELDS

SAMPLE: Final = 40
"""Rows looked at to decide what a column holds."""

_MATTERS: Final = frozenset(
    {
        "recipient",
        "person",
        "kind",
        "region",
        "province",
        "prefecture",
        "county",
        "year",
        "tier",
        "conferred_by",
        "title",
    }
)
_OVERRIDDEN: Final = (
    ("kind", ("kind", "stars", "title")), ("tier", ("tier",)), ("system", ("system",)),
    ("year_from", ("year",)), ("issuer", ("conferred_by",)), ("document_no", ("decision_no",)),
)  # fmt: skip
_NUMERALS: Final = frozenset("一二三四五六七八九十")
_CHECKED_CODES: Final = frozenset({"uscc", "union_code"})


@dataclass(slots=True)
class Understood:
    """What was understood of a sheet so far; grows while its rows are read."""

    columns: list[ColumnUse] = field(default_factory=list)
    dropped: list[DroppedColumn] = field(default_factory=list)
    nominated_by: str | None = None


class RowStream:
    """Reads one sheet under one layout. Give it the block found in the head, then iterate `items`."""

    def __init__(self, sheet: Sheet, layout: Layout, options: ListOptions, outline: Outline) -> None:
        self.sheet = sheet
        self.layout = layout
        self.options = options
        self.outline = outline
        self.understood = Understood()
        self.block: Block | None = None
        self._merged = MergedColumns.of(sheet.merged)
        self._readers: list[StripReader] = []
        self._fillers: list[Filler] = []
        self._width = 0
        self._personal: list[int] = []
        self._headers: dict[int, Column] = {}
        self._dropped_at: set[int] = set()
        self._watched: frozenset[str] = frozenset()
        self._after_footer = False
        self._damaged: dict[int, list[DamagedCell]] = {}
        for cell in sheet.damaged.values():
            self._damaged.setdefault(cell.row, []).append(cell)
        self._hidden = frozenset() if options.include_hidden else sheet.hidden_rows
        self._hidden_seen: list[int] = []
        self._turned = False

    def open_block(self, found: FoundHeader, rows: Sequence[Row]) -> Block:
        """Takes a header and the rows after it as a sample, and makes the readers of its strips."""
        first_row = rows[0][0] if rows else 1
        sample = [texts_of(cells) for _, cells in rows[:SAMPLE]]
        columns = [replace(column, role=self._overridden(column.role)) for column in found.columns]
        block = resolve(columns, sample, self.layout)
        self.block = block
        self._headers = {column.index: column for column in block.columns}
        self._width = max((column.index for column in block.columns), default=0) + 1
        self._personal = [column.index for column in block.columns if column.role in PERSONAL_FIELDS]
        self._fillers = fillers(block.strips, self._merged, first_row, sample, self.layout.fill_down)
        ticks = frozenset(self.layout.words["ticks"])
        self._readers = []
        for strip in block.strips:
            serials = None
            if strip.serial >= 0:
                step = serial_step(len(block.strips), sample, strip.serial)
                serials = Serials(self.sheet.name, column_letter(strip.serial), step)
            self._readers.append(StripReader(self.sheet.name, strip, column_map(strip), ticks, serials))
        self._watched = frozenset(self.layout.words["total"]) | frozenset(self.layout.words["subtotal"])
        spaced = {
            f"{word[0]}{gap}{word[1]}"
            for word in self._watched
            if len(word) == 2
            for gap in (" ", "  ", "\u3000", "   ", "    ")
        }
        self._watched |= (
            spaced | {column.header for column in block.columns} | {"序号", "序 号", "姓名", "单位名称"}
        )
        self._tell_columns(block)
        self._after_footer = False
        return block

    def items(self, feed: RowFeed) -> Iterator[ListItem]:
        """Every further row of the feed as entries or non-data, and what was declared of them."""
        self._govern()
        plain = self._plain_road()
        for row in feed:
            entry = plain(row)
            if entry is not None:
                yield entry
                continue
            yield from self._row(row, feed)
            if self._turned:
                plain = self._plain_road()
        yield from self.outline.close()
        if self._hidden_seen:
            yield Problem(
                "hidden_rows", self.sheet.name, self._hidden_seen[0], None,
                str(self._hidden_seen[0]), {"count": len(self._hidden_seen)},
            )  # fmt: skip

    def before_header(self, rows: Sequence[Row]) -> Iterator[ListItem]:
        """The rows above the first header: titles and captions."""
        for number, cells in rows:
            yield from self._title_or_caption(number, self._without_numbers(texts_of(cells)))

    def _row(self, row: Row, feed: RowFeed) -> Iterator[ListItem]:
        number, cells = row
        texts = [
            cell.strip() if type(cell) is str else "" if cell is None else printed(cell) for cell in cells
        ]
        if len(texts) < self._width:
            texts += [""] * (self._width - len(texts))
        for index in self._personal:
            texts[index] = ""
        joined = "|".join(texts)
        problems: tuple[Problem, ...] = ()
        if not joined.isprintable() or not is_normalized("NFC", joined):
            problems = self._tidy(number, texts)
        if "E+" in joined or "e+" in joined:
            problems = (*problems, *self._cut_numbers(number, texts))
        if PERSONAL_HINT.search(joined):
            self._drop_numbers(texts)
        if number in self._damaged:
            problems = (*problems, *self._damage(number, texts))
        kept = tuple(texts)
        for filler in self._fillers:
            index = filler.index
            texts[index] = filler.fill(number, texts[index])
        if number in self._hidden:
            self._hidden_seen.append(number)
            for reader in self._readers:
                if reader.serials is not None:
                    reader.serials.skip(texts[reader.strip.serial])
            yield NotData(self.sheet.name, number, "hidden_row", shown(kept))
            return
        if self._is_plain(kept):
            for reader in self._readers:
                if len(self._readers) == 1 or self._has_name(reader, kept):
                    self.outline.listed += 1
                    yield reader.read(number, texts, kept, problems)
            return
        yield from self._closely(row, kept, texts, problems, feed)

    def _plain_road(self) -> Callable[[Row], Entry | None]:
        """The road of most rows under the present block and heading: an entry, or None where the
        row must be looked at closely. Nothing is remembered of a row that it gives up.
        """
        self._turned = False
        reader = self._readers[0]
        strip, outline = reader.strip, self.outline
        width, watched, fillers_, personal = self._width, self._watched, self._fillers, self._personal
        stops = self._hidden | self._damaged.keys()
        search = PERSONAL_HINT.search
        name_at = strip.recipient if strip.person < 0 else strip.person
        beside = strip.recipient
        serial_at = strip.serial
        # A credit code looks like a long number on every row; it is all digits only if damaged.
        code_at = {name: index for index, name in strip.fields}.get("uscc", -1)
        if len(self._readers) > 1 or name_at < 0:
            return lambda row: None

        def plain(row: Row) -> Entry | None:
            number, cells = row
            texts = [
                cell if cell.__class__ is str else "" if cell is None else printed(cell) for cell in cells
            ]
            if len(texts) < width:
                texts += [""] * (width - len(texts))
            for index in personal:
                texts[index] = ""
            joined = "|".join(texts)
            if (
                not joined.isprintable()
                or search(joined if code_at < 0 else joined.replace(texts[code_at], ""))
                or " |" in joined
                or "| " in joined
                or not (texts[name_at] or (beside >= 0 and texts[beside]))
                or number in stops
                or not watched.isdisjoint(texts)
                or "E+" in joined
                or not is_normalized("NFC", joined)
                or joined[0] == " "
                or joined[-1] == " "
                or (code_at >= 0 and texts[code_at].isdecimal())
            ):
                return None
            if serial_at >= 0:
                text = texts[serial_at]
                if not text.isdecimal():
                    return None
            elif next(filter(None, texts))[0] in SUSPECT or texts.count("") >= len(texts) - 1:
                return None
            kept = tuple(texts)
            for filler in fillers_:
                index = filler.index
                texts[index] = filler.fill(number, texts[index])
            outline.listed += 1
            return reader.read(number, texts, kept, ())

        return plain

    def _is_plain(self, kept: Sequence[str]) -> bool:
        """A row of lists side by side that can be nothing but data."""
        if not self._watched.isdisjoint(kept) or not any(map(str.isdecimal, kept)):
            return False
        return any(
            reader.strip.serial >= 0
            and kept[reader.strip.serial].isdecimal()
            and self._has_name(reader, kept)
            for reader in self._readers
        )

    @staticmethod
    def _has_name(reader: StripReader, texts: Sequence[str]) -> bool:
        return any(texts[index] for index in reader.strip.names)

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
            yield from self._totals(number, kept, total)
            self._interrupt(serials=False)
            return
        if is_footer(filled[0], self.layout) and not self._is_numbered(kept):
            self._after_footer = True
            yield NotData(self.sheet.name, number, "footer", shown(kept))
            return
        if is_note(filled[0], self.layout) and not self._is_numbered(kept):
            self._after_footer = True
            yield NotData(self.sheet.name, number, "note", shown(kept))
            return
        heading = self._heading_here(kept, filled)
        if heading is not None:
            yield from self._heading_row(number, kept, heading)
            return
        if len(filled) == 1 and self._only_serial(kept):
            yield NotData(self.sheet.name, number, "only_serial", shown(kept))
            return
        if self._after_footer and len(filled) == 1:
            yield NotData(self.sheet.name, number, "note", shown(kept))
            return
        captions = (
            caption_values(kept, self.layout) if ":" in "".join(filled) or "：" in "".join(filled) else None
        )
        if captions is not None and not self._is_numbered(kept):
            yield NotData(self.sheet.name, number, "caption", shown(kept))
            return
        yield from self._doubtful_entry(number, kept, texts, problems)

    def _doubtful_entry(
        self, number: int, kept: tuple[str, ...], texts: list[str], problems: tuple[Problem, ...]
    ) -> Iterator[ListItem]:
        """Data by default: what lacks a name says so, what is out of place is unread."""
        named = [reader for reader in self._readers if self._has_name(reader, kept)]
        if not named and sum(map(bool, kept)) == 1:
            index = next(place for place, text in enumerate(kept) if text)
            column = self._headers.get(index)
            if column is None or column.role in ("serial", "other", "note"):
                problems = (
                    *problems,
                    Problem("unread_row", self.sheet.name, number, column_letter(index), kept[index]),
                )
        for reader in named or self._readers[:1]:
            self.outline.listed += 1
            yield reader.read(number, texts, kept, problems)

    def _heading_here(self, kept: Sequence[str], filled: Sequence[str]) -> Heading | None:
        """The title or section that a row is: one cell, or an ordinal and one cell, or with a count."""
        if len(filled) == 1:
            text = filled[0]
        elif len(filled) == 2 and set(filled[0]) <= _NUMERALS:
            text = "、".join(filled)
        elif len(filled) <= 3 and not self._names_filled(kept) and not any(map(str.isdecimal, filled[:1])):
            if not all(as_integer(text) is not None for text in filled[1:]):
                return None
            text = f"{filled[0]}({filled[1]})"
        else:
            return None
        heading = self.outline.read(text)
        if not heading.says_something:
            return None
        plain_body = heading.scope and not heading.kinds and heading.declared is None
        if (
            plain_body
            and len(filled) == 1
            and self._names_filled(kept)
            and self._width > 1
            and filled[0].endswith("工会")
        ):
            return None
        return heading

    def _names_filled(self, kept: Sequence[str]) -> bool:
        return any(self._has_name(reader, kept) for reader in self._readers)

    def _heading_row(self, number: int, kept: Sequence[str], heading: Heading) -> Iterator[ListItem]:
        titled = heading.is_list_title and not heading.scope
        yield NotData(self.sheet.name, number, "title" if titled else "section", shown(kept))
        yield from self.outline.title(number, heading) if titled else self.outline.section(number, heading)
        self._after_footer = False
        self._interrupt(serials=True)
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
        heading = self.outline.read(squeeze(filled[0]) if filled else "")
        yield NotData(self.sheet.name, number, "title", shown(texts))
        if heading.says_something or heading.context != self.outline.base:
            yield from self.outline.title(number, heading)

    def _header_here(self, row: Row, kept: Sequence[str], feed: RowFeed) -> FoundHeader | None:
        known = sum(self.layout.role_of(text) is not None for text in kept if text and len(text) < 24)
        if known < 1 or (known < 2 and self._width > 1 and sum(map(bool, kept)) > 1):
            return None
        rows = [(row[0], list(kept)), *((n, texts_of(cells)) for n, cells in feed.peek(DEEPEST))]
        found = header_at(rows, 0, self.sheet.merged, self.layout)
        if found is None:
            return None
        naming = sum(column.role not in ("other", "title", "years") for column in found.columns)
        return found if naming >= 2 or self._same_header(found) else None

    def _same_header(self, found: FoundHeader) -> bool:
        return all(
            column.index in self._headers
            and squeeze(self._headers[column.index].header) == squeeze(column.header)
            for column in found.columns
        )

    def _new_header(
        self, number: int, kept: Sequence[str], found: FoundHeader, feed: RowFeed
    ) -> Iterator[ListItem]:
        repeated = self._same_header(found)
        reason = "repeated_header" if repeated else "header"
        yield NotData(self.sheet.name, number, reason, shown(kept))
        for below, cells in feed.skip(found.depth - 1):
            yield NotData(self.sheet.name, below, reason, shown(texts_of(cells)))
        if not repeated:
            self.open_block(found, feed.peek(SAMPLE))
            self._govern()

    def _totals(self, number: int, kept: Sequence[str], total: TotalRow) -> Iterator[DeclaredCount]:
        for reader in self._readers:
            for tick in reader.strip.ticks:
                value = as_integer(kept[tick.index])
                if value is not None:
                    yield DeclaredCount(
                        self.sheet.name, number, total.label, value, reader.tick_counts.get(tick.index, 0),
                        tick.kinds[0] if len(tick.kinds) == 1 else None,
                    )  # fmt: skip
                    if total.subtotal:
                        reader.tick_counts[tick.index] = 0
        declared = total_count(kept, total, self._may_hold_total)
        if declared is not None:
            stated = (
                total.label if any(map(str.isdecimal, total.label)) else f"{squeeze(total.label)} {declared}"
            )
            yield from self.outline.total(number, stated, declared, subtotal=total.subtotal)

    def _may_hold_total(self, index: int) -> bool:
        """A number counts entries under a name, a place or nothing at all, not under 职工数."""
        column = self._headers.get(index)
        return column is None or column.role in (
            "serial", "recipient", "person", "kind", "region", "province", "prefecture", "county",
            "body", "unit", "parent", "tier", "year", "count", "township", "conferred_by",
            "unit_post", "person_unit_post",
        )  # fmt: skip

    def _is_numbered(self, kept: Sequence[str]) -> bool:
        return any(
            reader.strip.serial >= 0 and as_integer(kept[reader.strip.serial]) is not None
            for reader in self._readers
        ) and self._names_filled(kept)

    def _only_serial(self, kept: Sequence[str]) -> bool:
        return any(
            reader.strip.serial >= 0 and as_integer(kept[reader.strip.serial]) is not None
            for reader in self._readers
        )

    def _interrupt(self, *, serials: bool) -> None:
        for filler in self._fillers:
            filler.stop()
        if serials:
            for reader in self._readers:
                if reader.serials is not None:
                    reader.serials.restart()

    def _govern(self) -> None:
        self._turned = True
        for reader in self._readers:
            reader.govern(self.outline.context, self.outline.title_printed)

    def _overridden(self, role: str) -> str:
        for option, roles in _OVERRIDDEN:
            if role in roles and getattr(self.options, option) is not None:
                return "other"
        return role

    def _tell_columns(self, block: Block) -> None:
        name = self.sheet.name
        for column in block.columns:
            if column.role in PERSONAL_FIELDS:
                self._drop(column.index)
            use = ColumnUse(name, column.letter, column.header, field_of(column.role))
            if use not in self.understood.columns:
                self.understood.columns.append(use)
        self.understood.nominated_by = self.understood.nominated_by or block.nominated_by

    def _drop(self, index: int) -> None:
        if index in self._dropped_at:
            return
        self._dropped_at.add(index)
        column = self._headers.get(index)
        self.understood.dropped.append(
            DroppedColumn(self.sheet.name, column_letter(index), column.header if column else "")
        )

    def _without_numbers(self, texts: list[str]) -> list[str]:
        return [without_personal(text)[0] for text in texts]

    def _tidy(self, number: int, texts: list[str]) -> tuple[Problem, ...]:
        problems = []
        lost_at = -1
        lost = 0
        names = {index for reader in self._readers for index in reader.strip.names}
        for index, text in enumerate(texts):
            if text.isprintable() and is_normalized("NFC", text):
                continue
            if index in names and is_several_names(text):
                problems.append(
                    Problem("unread_row", self.sheet.name, number, column_letter(index), tidy(text)[0])
                )
            texts[index], count = tidy(text)
            if count:
                lost += count
                lost_at = index if lost_at < 0 else lost_at
        if lost:
            problems.append(
                Problem(
                    "control_characters",
                    self.sheet.name,
                    number,
                    column_letter(lost_at),
                    None,
                    {"count": lost},
                )
            )
        return tuple(problems)

    def _cut_numbers(self, number: int, texts: Sequence[str]) -> Iterator[Problem]:
        """Numbers whose last digits the spreadsheet program has thrown away."""
        for index, text in enumerate(texts):
            if DAMAGED.fullmatch(text):
                yield Problem("damaged_number", self.sheet.name, number, column_letter(index), text)

    def _drop_numbers(self, texts: list[str]) -> None:
        """Takes personal numbers out of the row, wherever they stand in it."""
        for index, text in enumerate(texts):
            if len(text) < 7 or not PERSONAL_HINT.search(text):
                continue
            column = self._headers.get(index)
            if column is not None and column.role in _CHECKED_CODES and not is_identity_number(text):
                continue
            texts[index], taken = without_personal(text)
            if taken:
                self._drop(index)

    def _damage(self, number: int, texts: list[str]) -> tuple[Problem, ...]:
        problems = []
        for cell in self._damaged[number]:
            column = self._headers.get(cell.column)
            role = column.role if column else "other"
            if role in PERSONAL_FIELDS:
                continue
            severity = "error" if role in _MATTERS else "warning"
            raw = without_personal(cell.raw)[0]
            problems.append(
                Problem(cell.code, self.sheet.name, number, column_letter(cell.column), raw, {}, severity)  # type: ignore[arg-type]
            )
        return tuple(problems)
