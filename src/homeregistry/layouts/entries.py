"""One row of one strip as an entry: the same few dictionary steps for every row, nothing guessed.

This is the road that half a million rows take; what a block shares (columns, context) is computed
when its heading changes, not per row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import itemgetter
from typing import Final

from homeregistry.grid import column_letter
from homeregistry.headings.heading import Heading, read_heading
from homeregistry.kinds import kinds
from homeregistry.layouts.cells import as_integer, is_nothing
from homeregistry.layouts.columns import Strip, Tick
from homeregistry.layouts.persons import is_person_name, split_person, split_post
from homeregistry.problems import Problem
from homeregistry.records import Entries, Entry, HeadingContext
from homeregistry.text import key
from homeregistry.years import read_year

_NUMBERED: Final = tuple("0123456789０１２３４５６７８９")


@dataclass(slots=True)
class Serials:
    """The serial numbers of one strip: gaps and repeats are told, a restart at 1 is fine."""

    sheet: str
    column: str
    step: int = 1
    last: int | None = None
    _row: int = 0

    def restart(self) -> None:
        """A heading stands between: the next number may be any."""
        self.last = None

    def skip(self, text: str) -> None:
        """A row that is left out (hidden) still uses its number."""
        number = as_integer(text)
        self.last = number if number is not None else self.last

    def check(self, row: int, text: str) -> Problem | None:
        """The problem of this row's number, if any."""
        number = int(text) if text.isdecimal() and len(text) < 10 else as_integer(text)
        last = self.last
        if row == self._row:
            return None  # strips of several tiers share the number of their row
        self._row = row
        if last is not None and number == last + self.step:
            self.last = number
            return None
        if number is None:
            return None
        self.last = number
        if last is None or number == last + self.step or number == 1:
            return None
        if number > last:
            return Problem("serial_gap", self.sheet, row, self.column, text, {"previous": last})
        if number == last:
            return Problem("serial_repeat", self.sheet, row, self.column, text)
        return None

    def check_all(self, last_row: int, texts: Sequence[str]) -> bool:
        """Whether the numbers of consecutive rows go on from the last one without a problem. Nothing is
        remembered where they do not."""
        if not all(map(str.isdecimal, texts)) or max(map(len, texts)) > 9:
            return False
        numbers, step = list(map(int, texts)), self.step
        first = numbers[0]
        if first != 1 and self.last is not None and first != self.last + step:
            return False
        if numbers != list(range(first, first + step * len(numbers), step)):
            return False
        self.last, self._row = numbers[-1], last_row
        return True


@dataclass(slots=True)
class StripReader:
    """Reads the rows of one strip. `columns` maps a field to its letter and is shared by all rows."""

    sheet: str
    strip: Strip
    columns: Mapping[str, str]
    ticks_say_yes: frozenset[str]
    serials: Serials | None = None
    context: HeadingContext = field(default_factory=HeadingContext)
    title_printed: str | None = None
    tick_counts: dict[int, int] = field(default_factory=dict)
    titles_since: set[str] = field(default_factory=set)
    """What the title column held since the last subtotal: a subtotal of one title speaks of that."""
    _title_at: int = -1
    _plain: tuple[tuple[int, str], ...] = ()
    _names: tuple[str, ...] = ()
    _cells: Callable[[Sequence[str]], tuple[str, ...]] = tuple
    _is_plain: bool = False
    _person_kind: bool = False
    _tick_contexts: dict[int, tuple[HeadingContext, HeadingContext]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        strip = self.strip
        own = ((strip.recipient, "recipient"), (strip.serial, "serial"), (strip.post, "post"))
        self._plain = (*((index, name) for index, name in own if index >= 0), *strip.fields)
        self._names = tuple(name for _, name in self._plain)
        self._title_at = next((index for index, name in strip.fields if name == "kind"), -1)
        # With two columns at least the getter gives a tuple; a lone column is asked for twice.
        places = [index for index, _ in self._plain] or [0]
        self._cells = itemgetter(*places, places[0])

    def govern(self, context: HeadingContext, title_printed: str | None) -> None:
        """The heading that governs the next rows; a column's own title stands below it."""
        heading = self.strip.heading
        if heading is not None:
            below = _under(heading, context)
            title_printed = heading.other_title if not heading.kinds else None
            context = below
        self.context = context
        self.title_printed = title_printed
        kind = kinds().get(context.kind) if context.kind else None
        self._person_kind = kind is not None and kind.recipient_type == "person"
        strip = self.strip
        self._is_plain = (
            strip.person < 0 and strip.unit < 0 and not strip.ticks and not self._person_kind
            and title_printed is None and strip.serial >= 0 and strip.recipient >= 0
        )  # fmt: skip

    def read(
        self, row: int, texts: list[str], cells: tuple[str, ...], problems: tuple[Problem, ...]
    ) -> Entry:
        """The entry of a row; `texts` is as wide as the header, `cells` is kept as it is."""
        serials = self.serials
        if serials is not None:
            text = texts[self.strip.serial]
            if text:
                problem = serials.check(row, text)
                if problem is not None:
                    problems = (*problems, problem)
        if self._title_at >= 0:
            self.titles_since.add(texts[self._title_at])
        found = self._cells(texts)
        if "" in found:
            values = {name: texts[index] for index, name in self._plain if texts[index]}
        else:
            values = dict(zip(self._names, found, strict=False))
        if (
            self._is_plain
            and "recipient" in values
            and not ("kind" in values and is_for_person(values["kind"]))
        ):
            return Entry(self.sheet, row, values, self.context, self.columns, cells, (), problems)
        return self._read_closely(row, texts, cells, values, problems)

    def read_all(
        self, rows: Sequence[int], texts: Sequence[Sequence[str]], cells: Sequence[tuple[str, ...]]
    ) -> Entries | None:
        """Consecutive rows at once; None, and nothing remembered, where one of them asks for a closer look.

        `texts` are columns, as many as the header has; the rest is as in `read`.
        """
        serials = self.serials
        if not self._is_plain or serials is None:
            return None
        values = {name: texts[index] for index, name in self._plain if any(texts[index])}
        if any(is_for_person(title) for title in set(values.get("kind", ()))):
            return None
        if not serials.check_all(rows[-1], texts[self.strip.serial]):
            return None
        if self._title_at >= 0:
            self.titles_since.update(texts[self._title_at])
        return Entries(self.sheet, rows, values, self.context, self.columns, cells)

    def _read_closely(
        self,
        row: int,
        texts: list[str],
        cells: tuple[str, ...],
        values: dict[str, str],
        problems: tuple[Problem, ...],
    ) -> Entry:
        strip = self.strip
        if strip.person >= 0 or strip.unit >= 0:
            self._place_person(texts, values)
        elif "recipient" in values and self._is_for_person(values):
            _name_person(values)
        context = self.context
        ticks_say_which = any(not tick.of_year for tick in strip.ticks)
        if self.title_printed and "kind" not in values and not ticks_say_which:
            values["kind"] = self.title_printed
        ticked: tuple[tuple[str, int | None, str], ...] = ()
        if strip.ticks:
            ticked, context, problems = self._read_ticks(row, texts, values, problems)
        name = values.get("recipient", "")
        if name.startswith(_NUMBERED) and "serial" not in values:
            _split_number(values, name)
        if "recipient" not in values and "person" not in values:
            problems = (*problems, self._missing_name(row))
        return Entry(self.sheet, row, values, context, self.columns, cells, ticked, problems)

    def _is_for_person(self, values: Mapping[str, str]) -> bool:
        """Whether the row's own title, else the heading's, goes to persons."""
        return bool(is_for_person(values["kind"])) if "kind" in values else self._person_kind

    def _missing_name(self, row: int) -> Problem:
        names = self.strip.names
        return Problem("missing_name", self.sheet, row, column_letter(names[-1]) if names else None)

    def _place_person(self, texts: list[str], values: dict[str, str]) -> None:
        """Person, unit and post; without a person the unit is the recipient, unless the title is one
        that only persons get."""
        strip = self.strip
        name = texts[strip.person] if strip.person >= 0 else ""
        unit = texts[strip.unit] if strip.unit >= 0 else ""
        printed = values.get("kind") or self.title_printed
        for_person = is_for_person(printed) if printed else (self._person_kind if self.context.kind else None)
        if not name and strip.person < 0 and for_person is not False:
            if "recipient" in values and (for_person or is_person_name(values["recipient"])):
                _name_person(values)
        elif not name:
            if "recipient" in values and for_person:
                values["unit"] = values.pop("recipient")
            elif "recipient" not in values and unit and not for_person:
                values["recipient"] = unit
                return
        elif for_person is False and ("recipient" in values or unit):
            values.setdefault("recipient", unit)
            return
        elif strip.person_holds_all:
            found = split_person(name)
            values["person"] = found.person if found else name
            if found and found.unit:
                values["unit"] = found.unit
            if found and found.post:
                values["post"] = found.post
        else:
            values["person"] = name
        if unit:
            values["unit"] = unit
            if strip.unit_holds_post:
                values["unit"], post = split_post(unit)
                if post:
                    values["post"] = post
        if "person" in values and "recipient" in values:
            values.setdefault("unit", values.pop("recipient"))
            values.pop("recipient", None)

    def _read_ticks(
        self, row: int, texts: list[str], values: dict[str, str], problems: tuple[Problem, ...]
    ) -> tuple[tuple[tuple[str, int | None, str], ...], HeadingContext, tuple[Problem, ...]]:
        ticked: list[tuple[str, int | None, str]] = []
        contexts: list[HeadingContext] = []
        for tick in self.strip.ticks:
            text = texts[tick.index]
            if is_nothing(text):
                continue
            letter = column_letter(tick.index)
            if tick.of_year:
                if text not in self.ticks_say_yes:
                    values["kind"] = text
            elif text not in self.ticks_say_yes:
                if read_year(text) is None:
                    problems = (*problems, Problem("unread_cell", self.sheet, row, letter, text))
                    continue
                values.setdefault("year", text)
            self.tick_counts[tick.index] = self.tick_counts.get(tick.index, 0) + 1
            if not tick.kinds and not tick.of_year:
                values.setdefault("kind", tick.heading.text)
            ticked.extend((kind, tick.heading.stars, letter) for kind in tick.kinds)
            contexts.append(self._tick_context(tick))
        # The ticks of a strip share tier and system, so the first context holds for all.
        return tuple(ticked), contexts[0] if contexts else self.context, problems

    def _tick_context(self, tick: Tick) -> HeadingContext:
        known = self._tick_contexts.get(tick.index)
        if known is None or known[0] is not self.context:
            below = _under(tick.heading, self.context)
            known = (self.context, below if tick.of_year else replace(below, kind=None, stars=None))
            self._tick_contexts[tick.index] = known
        return known[1]


@lru_cache(maxsize=4096)
def is_for_person(title: str) -> bool | None:
    """Whether a printed title goes to persons; None where the kinds table does not know it."""
    heading = read_heading(title, HeadingContext())
    types = {kinds()[kind].recipient_type == "person" for kind in heading.kinds}
    return types.pop() if len(types) == 1 else None


def column_map(strip: Strip) -> dict[str, str]:
    """Field to column letter, for the problems of a row."""
    own: Iterable[tuple[int, str]] = (
        (strip.recipient, "recipient"), (strip.person, "person"), (strip.unit, "unit"),
        (strip.post, "post"), (strip.serial, "serial"), *strip.fields,
    )  # fmt: skip
    return {name: column_letter(index) for index, name in own if index >= 0}


def serial_step(strips: int, sample: Sequence[Sequence[str]], index: int) -> int:
    """2 where two lists side by side are numbered along the row (1 and 2, then 3 and 4), else 1."""
    numbers = [as_integer(row[index]) for row in sample[:2] if index < len(row)]
    if strips > 1 and len(numbers) == 2 and None not in numbers and numbers[1] == (numbers[0] or 0) + strips:
        return strips
    return 1


def _under(heading: Heading, context: HeadingContext) -> HeadingContext:
    return read_heading(heading.text, context).context


def _name_person(values: dict[str, str]) -> None:
    """Under a person's title the only name column holds the person, perhaps with unit and post."""
    found = split_person(values["recipient"])
    if found is None:
        return
    del values["recipient"]
    values["person"] = found.person
    if found.unit:
        values["unit"] = found.unit
    if found.post:
        values["post"] = found.post


def _split_number(values: dict[str, str], name: str) -> None:
    """1、福建小学 in a sheet without a serial column: the number is not part of the name."""
    digits = len(name) - len(name.lstrip("0123456789０１２３４５６７８９"))
    rest = name[digits:]
    if digits <= 4 and rest[:1] in "、.．)）" and len(key(rest)) > 2 and not rest[1:2].isdigit():
        values["serial"] = name[:digits]
        values["recipient"] = rest[1:].strip()
