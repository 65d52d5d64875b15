"""Titles, sections and totals of one sheet: which heading governs a row, and what was declared of it.

A heading stays open until one of its own or a higher level follows; then the number it declared is
held against the entries that stood under it. Both numbers are kept, here nothing is judged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from homeregistry.headings.heading import Heading, read_heading
from homeregistry.records import DeclaredCount, HeadingContext, ListOptions
from homeregistry.text import key

_PART = re.compile(r"第[一二三四五六七八九十0-9]+部分")
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．,，]")
_SECOND = re.compile(r"[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）]")
_THIRD = re.compile(r"[(（]?\s*[0-9０-９]{1,3}\s*[)）、.．]")
_CONTINUED = re.compile(r"[(]?(?:续表?|接上页|续\d*|续[一二三四五])[)]?")
_TITLE: Final = 0
_TOTAL_AHEAD: Final = 1
_OUTER: Final = 6
_INNER: Final = 7
_SUBTOTAL_AHEAD: Final = 9


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading whose entries are being read; `start` is how many were listed before it."""

    level: int
    row: int
    heading: Heading | None
    context: HeadingContext
    start: int
    declared: int | None = None
    stated: str = ""
    kind: str | None = None
    scope: str | None = None
    title_printed: str | None = None
    noun: str | None = None
    not_awarded: str | None = None


@dataclass(slots=True)
class Outline:
    """The open headings of a sheet. `context` and `title_printed` hold for the next row.

    `title_printed` is a section's title that the kinds table does not know: the rows below carry
    it, so that each becomes a problem and none is recorded as a similar kind. Under a heading with
    `not_awarded` (recheck, revoked) nothing was conferred: its rows are listed and not recorded.
    """

    sheet: str
    base: HeadingContext
    options: ListOptions
    context: HeadingContext = field(init=False)
    title_printed: str | None = None
    not_awarded: str | None = None
    listed: int = 0
    block_start: int = 0
    _open: list[_Open] = field(default_factory=list)
    _order: list[str] = field(default_factory=list)
    _after_subtotal: int = 0
    _after_total: int = 0
    _title: str = ""
    _titled: bool = False
    _noun: str | None = None

    def __post_init__(self) -> None:
        self.context = fixed(self.base, self.options)

    @property
    def titled(self) -> bool:
        """Whether a title stands above already."""
        return self._titled

    def read(self, text: str) -> Heading:
        """The text as a heading under what governs it: the open heading of the next higher level."""
        governing = self._governing(_level(text) or _OUTER)
        return read_heading(text, governing[0], governing[1])

    def repeats(self, text: str) -> bool:
        """Whether the text is the title in force once more, as at the head of a printed page."""
        return bool(self._title) and _title_key(text) == self._title

    def title(self, row: int, heading: Heading) -> Iterator[DeclaredCount]:
        """A title row: closes all, then governs; what it does not state is taken over from before.

        After a title that nothing stood under yet, a numbered one (一、模范职工之家) and one with a
        count of its own (五星级（3个）) are its sections.
        """
        numbered = _level(heading.text)
        counted = heading.declared is not None and not heading.is_list_title
        section = numbered is not None or (counted and (heading.kinds or heading.scope))
        if section and self._titled and self.listed == self.block_start:
            yield from self.section(row, heading)
            return
        self._titled, self._noun = True, heading.noun
        if heading.is_list_title:
            self._title = _title_key(heading.text)
        yield from self._close(_TITLE + 1 if self.listed == self.block_start else _TITLE)
        self.base = heading.context
        self.block_start = self._after_total = self._after_subtotal = self.listed
        self._order.clear()
        if heading.declared is not None or heading.other_title or heading.not_awarded:
            self._push(numbered or _TITLE, row, heading)
        else:
            self._settle()

    def amend(self, changes: Mapping[str, object]) -> None:
        """A caption (文号：…) adds to what the title said, or says it better."""
        self.base = replace(self.base, **changes)  # type: ignore[arg-type]
        self._open = [
            replace(opened, context=replace(opened.context, **changes))  # type: ignore[arg-type]
            for opened in self._open
        ]
        self._settle()

    def section(self, row: int, heading: Heading) -> Iterator[DeclaredCount]:
        """A section row: closes its own level and below, then governs."""
        level = _level(heading.text) or self._unnumbered_level(heading)
        yield from self._close(level)
        governing, noun = self._governing(level)
        self._push(level, row, read_heading(heading.text, governing, noun))
        self._after_subtotal = self.listed

    def total(
        self, row: int, stated: str, declared: int, *, subtotal: bool, kind: str | None = None
    ) -> Iterator[DeclaredCount]:
        """A total row: holds for what stands above it, or below where nothing does yet.

        A subtotal covers what follows the last subtotal or section, a total what follows the last
        total; a total with nothing since the last one covers the whole block.
        """
        if subtotal:
            yield from self._close(_SUBTOTAL_AHEAD)
        start = self._after_subtotal if subtotal else self._after_total
        if start == self.listed and declared:
            if subtotal or self.listed == self.block_start:
                level = _SUBTOTAL_AHEAD if subtotal else _TOTAL_AHEAD
                kind = self.context.kind if subtotal else None
                self._open.append(_Open(level, row, None, self.context, self.listed, declared, stated, kind))
                return
            start = self.block_start
        self._after_subtotal = self.listed
        if not subtotal:
            self._after_total = self.listed
        if subtotal:
            kind = self.context.kind or kind
        yield DeclaredCount(self.sheet, row, stated, declared, self.listed - start, kind)

    def close(self) -> Iterator[DeclaredCount]:
        """The end of the sheet: every heading still open is held against its entries."""
        yield from self._close(_TITLE)

    def _unnumbered_level(self, heading: Heading) -> int:
        """The kind of heading that came first (a title or a place) is the outer one."""
        sort = "scope" if heading.scope and not heading.kinds else "kind"
        if sort not in self._order:
            self._order.append(sort)
        return (_OUTER, _INNER)[self._order.index(sort)]

    def _governing(self, level: int) -> tuple[HeadingContext, str | None]:
        for opened in reversed(self._open):
            if opened.level < level:
                return opened.context, opened.noun
        return self.base, self._noun

    def _push(self, level: int, row: int, heading: Heading) -> None:
        kind = heading.context.kind if len(heading.kinds) <= 1 else None
        inherited = self._open[-1].title_printed if self._open else None
        self._open.append(
            _Open(
                level=level,
                row=row,
                heading=heading,
                context=heading.context,
                start=self.listed,
                declared=heading.declared,
                stated=heading.stated or "",
                kind=kind,
                scope=heading.scope,
                title_printed=heading.other_title or (None if heading.kinds else inherited),
                noun=heading.noun,
                not_awarded=heading.not_awarded or (self._open[-1].not_awarded if self._open else None),
            )
        )
        self._settle()

    def _close(self, level: int) -> Iterator[DeclaredCount]:
        kept = []
        for opened in self._open:
            if opened.level < level:
                kept.append(opened)
            elif opened.declared is not None:
                yield DeclaredCount(
                    self.sheet, opened.row, opened.stated, opened.declared,
                    self.listed - opened.start, opened.kind, opened.scope,
                )  # fmt: skip
        self._open = kept
        self._settle()

    def _settle(self) -> None:
        top = self._open[-1] if self._open else None
        self.context = fixed(top.context if top else self.base, self.options)
        self.not_awarded = top.not_awarded if top else None
        self.title_printed = top.title_printed if top and self.options.kind is None else None


def fixed(context: HeadingContext, options: ListOptions) -> HeadingContext:
    """The context with what the officer said on the command line where the sheet says nothing itself.

    Who issued the list and where its rows are may be said more exactly than the sheet does, so they stand
    above it; a title, tier, year or number that differs from the printed one is told by the award's reader.
    """
    said = {
        "kind": options.kind, "tier_printed": options.tier, "system": options.system,
        "decision_no": options.document_no,
    }  # fmt: skip
    changes: dict[str, object] = {name: value for name, value in said.items() if value is not None}
    if options.year_from is not None:
        changes.update(year_from=options.year_from, year_to=options.year_to or options.year_from)
    changes = {name: value for name, value in changes.items() if getattr(context, name) is None}
    if options.issuer is not None:
        changes["issuer_printed"] = options.issuer
    if options.region is not None:
        changes["region_printed"] = options.region
    return replace(context, **changes) if changes else context  # type: ignore[arg-type]


def _title_key(text: str) -> str:
    return _CONTINUED.sub("", key(text))


def _level(text: str) -> int | None:
    text = text.lstrip()
    for level, pattern in ((2, _PART), (3, _FIRST), (4, _SECOND), (5, _THIRD)):
        if pattern.match(text):
            return level
    return None
