"""The gazetteer: which region a code or a printed name meant on a day, and what stood above it.

Nothing is guessed: several places with one name are several answers, a misprint is suggested and
never taken, and a name that did not exist at the time says so. Carrying a record to another day's
map is the business of `succession`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from homeregistry.regions.names import one_edit, short_names
from homeregistry.regions.stretches import Stretch
from homeregistry.regions.table import (
    LEVELS,
    Change,
    Day,
    Level,
    Region,
    changes,
    iso,
    regions,
)
from homeregistry.regions.words import BELOW, BREAKS, pattern
from homeregistry.text import key

__all__ = [
    "LEVELS", "Change", "Day", "Gazetteer", "Level", "Region", "Resolution",
    "gazetteer", "iso",
]  # fmt: skip

Reason = Literal["found", "empty", "unknown", "ambiguous", "not_in_force"]
Within = Region | str | Collection[str] | None
"""Where to look: a region, a code, or several codes; None is the whole country."""

_REMEMBERED: Final = 20_000
"""Printed places whose answers are kept: a list repeats few, a column of addresses repeats none."""


class Resolution(NamedTuple):
    """What a printed place means for one list.

    `region` is set only when the reason is `found`; `candidates` are the several places of an
    ambiguous name, or those that bore the name at other times (`not_in_force`). `rest` is what
    was printed below the county (a township, a zone).
    """

    region: Region | None
    candidates: tuple[Region, ...]
    reason: Reason
    rest: str = ""


class Gazetteer:
    """All regions by id, code, name and time; immutable after loading."""

    def __init__(self, rows: Iterable[Region], moves: Iterable[Change]) -> None:
        self._rows = tuple(rows)
        self._moves = moves
        self._by_code: dict[str, list[Region]] = {}
        for row in self._rows:
            self._by_code.setdefault(row.code, []).append(row)
        self._answers: dict[tuple[str, frozenset[str] | None], list[tuple[Stretch, Resolution]]] = {}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """All changes, in the order of time; read when first asked for."""
        return tuple(self._moves)

    @cached_property
    def _ids(self) -> Mapping[int, Region]:
        return {row.id: row for row in self._rows}

    @cached_property
    def _names(self) -> Mapping[str, list[Region]]:
        names: dict[str, list[Region]] = {}
        for row in self._rows:
            names.setdefault(row.name, []).append(row)
        return names

    @cached_property
    def _shorts(self) -> Mapping[str, list[Region]]:
        shorts: dict[str, list[Region]] = {}
        for name, rows in self._names.items():
            for short in short_names(name):
                shorts.setdefault(short, []).extend(rows)
        return shorts

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names))

    def __iter__(self) -> Iterator[Region]:
        return iter(self._rows)

    # by code and time

    def by_id(self, number: int) -> Region:
        """The row with this id; KeyError where there is none."""
        return self._ids[number]

    def of_code(self, code: str) -> tuple[Region, ...]:
        """Every region that ever had this code, in the order of time; a code is reused."""
        return tuple(self._by_code.get(code, ()))

    def at(self, code: str, day: Day) -> Region | None:
        """The region with this code on the map of that day."""
        return next((row for row in self._by_code.get(code, ()) if row.in_force(day)), None)

    def in_force(self, day: Day, level: Level | None = None) -> list[Region]:
        """The map of a day, at one level or at all, in the order of codes."""
        text = iso(day)
        return [r for r in self._rows if r.in_force(text) and (level is None or r.level == level)]

    def map_since(self, day: Day) -> date:
        """The first day of the map of a day: nothing changed between the two."""
        text = iso(day)
        days = {end for row in self._rows for end in (row.valid_from, row.valid_to)}
        days.update(change.date for change in self.changes)
        last = max(one for one in days if one and one <= text)
        return date.fromisoformat(last if len(last) > 4 else f"{last}-01-01")

    def ancestors(self, region: Region, day: Day | None = None) -> tuple[Region, ...]:
        """The regions above, the nearest first, on a day (its last one where none is given)."""
        when = iso(day) if day is not None else _last_day(region)
        above = (self._upper(code, when) for code in region.chain[1:])
        return tuple(row for row in above if row is not None)

    def _upper(self, code: str, when: str) -> Region | None:
        found = self.at(code, when)
        if found is None and code in self._by_code:
            # The parent's own interval is known less precisely than the child's: take the nearest.
            before = [row for row in self._by_code[code] if row.valid_from <= when]
            found = before[-1] if before else self._by_code[code][0]
        return found

    def ancestor(self, region: Region, level: Level, day: Day | None = None) -> Region | None:
        """The region of that level which holds `region` (itself included), or None above it."""
        if region.level == level:
            return region
        if LEVELS.index(level) > LEVELS.index(region.level):
            return None
        return next((row for row in self.ancestors(region, day) if row.level == level), None)

    def path(self, region: Region, day: Day | None = None) -> str:
        """Its full printed path, from the province down: 广东省湛江市雷州市."""
        above = reversed(self.ancestors(region, day))
        return "".join(row.name for row in above) + region.name

    # by name

    def lookup(self, name: str, on: Day | None = None, within: Within = None) -> list[Region]:
        """All regions that ever bore the name, short forms and paths included.

        `on` keeps those on the map of that day, `within` those inside a region. Never a silent
        first: one name of several places gives several rows.
        """
        text = key(name)
        codes = _codes(within)
        found = self._named(text, codes) or self._by_path(name, codes)[0]
        if on is not None:
            found = [row for row in found if row.in_force(on)]
        return sorted(found, key=lambda row: (row.code, row.valid_from))

    def suggest(self, name: str, within: Within = None) -> list[Region]:
        """Regions whose name is one edit away, the latest row of each code; never taken."""
        text = key(name)
        head, tail = self._known_head(text)
        if tail and head:
            text, within = tail, {row.code for row in head}
        codes = _codes(within)
        if len(text) < 2:
            return []
        latest: dict[str, Region] = {}
        for pool in (self._names, self._shorts) if len(text) > 2 else (self._names,):
            for known, rows in pool.items():
                if len(known) > 1 and one_edit(text, known):
                    latest.update((row.code, row) for row in rows if _inside(row, codes))
        return [latest[code] for code in sorted(latest)]

    def resolve(self, printed: str, interval: tuple[Day, Day], within: Within = None) -> Resolution:
        """The region that a printed place means for a list.

        `interval` is the first and last day the list speaks of: a region is valid if it may have
        existed on any of them. A nested path gives its deepest part; words below the county are
        returned as `rest`, other unknown words make the whole unknown.
        """
        first, last = map(iso, interval)
        codes = _codes(within)
        known = self._answers.get((printed, codes))
        if known is not None:
            for stretch, answer in known:
                if stretch.covers(first, last):
                    return answer
        stretch = Stretch(first, last)
        answer = self._resolve(printed, codes, stretch)
        if len(self._answers) > _REMEMBERED:
            self._answers.clear()
        self._answers.setdefault((printed, codes), []).append((stretch, answer))
        return answer

    def _resolve(self, printed: str, codes: frozenset[str] | None, stretch: Stretch) -> Resolution:
        text = key(printed)
        if not text:
            return Resolution(None, (), "empty")
        found, rest = self._named(text, codes), ""
        if not found:
            found, rest = self._by_path(printed, codes, stretch)
        if not found and codes is not None and text in self._names:
            return Resolution(None, (), "unknown")
        if not found:
            return Resolution(None, (), "unknown", rest)
        valid = [row for row in found if stretch.holds(row)]
        if not valid:
            return Resolution(None, tuple(found), "not_in_force", rest)
        chosen = self._one(valid, text)
        if chosen is None:
            return Resolution(None, tuple(valid), "ambiguous", rest)
        return Resolution(chosen, (), "found", rest)

    def _named(self, text: str, codes: frozenset[str] | None) -> list[Region]:
        found = [row for row in self._names.get(text, ()) if _inside(row, codes)]
        return found or [row for row in self._shorts.get(text, ()) if _inside(row, codes)]

    def _one(self, valid: list[Region], text: str) -> Region | None:
        """The one region among valid rows: one place under two codes, or a short form's highest."""
        if len(valid) == 1:
            return valid[0]
        top = min(LEVELS.index(row.level) for row in valid)
        highest = [row for row in valid if LEVELS.index(row.level) == top]
        holds_all = all(highest[0].code in row.chain for row in valid)
        if text not in self._names and len(highest) == 1 and holds_all:
            # 吉林 is the province, 长沙 the city: a bare short form names what holds the others.
            return highest[0]
        if self._one_place(valid):
            # The same place before and after a change inside the interval: the later row.
            return max(valid, key=lambda row: row.valid_from)
        return None

    def _one_place(self, rows: list[Region]) -> bool:
        ordered = sorted(rows, key=lambda row: row.valid_from)
        return all(
            any(change.to_id == other.id for change in self.onward(one.id))
            for one, other in pairwise(ordered)
        )

    def _by_path(
        self,
        printed: str,
        codes: frozenset[str] | None,
        stretch: Stretch | None = None,
    ) -> tuple[list[Region], str]:
        parts = [key(part) for part in pattern(BREAKS).split(printed) if part]
        found: list[Region] = []
        rest = ""
        for part in parts:
            while part:
                step, size = self._prefix(part, codes, stretch)
                if not step:
                    break
                found, part = step, part[size:]
                codes = frozenset(row.code for row in step)
            if part:
                rest += part
        if rest and not (found and pattern(BELOW).search(rest)):
            return [], rest
        return found, rest

    def _prefix(
        self, text: str, codes: frozenset[str] | None, stretch: Stretch | None
    ) -> tuple[list[Region], int]:
        """The longest region name at the start of the text; a short form must end it, or be
        followed by another region: 江北街道 is not 江北区."""
        for size in range(min(len(text), self._longest), 1, -1):
            head = text[:size]
            found = [row for row in self._names.get(head, ()) if _below(row, codes)]
            if not found and head in self._shorts and self._may_end(text[size:]):
                found = [row for row in self._shorts[head] if _below(row, codes)]
            if found and stretch is not None:
                found = [row for row in found if stretch.holds(row)] or found
            if found:
                return found, size
        return [], 0

    def _may_end(self, following: str) -> bool:
        return not following or any(
            following[:size] in self._names or following[:size] in self._shorts
            for size in range(2, min(len(following), self._longest) + 1)
        )

    def _known_head(self, text: str) -> tuple[list[Region], str]:
        found: list[Region] = []
        codes: frozenset[str] | None = None
        while text:
            step, size = self._prefix(text, codes, None)
            if not step or not text[size:]:
                break
            found, text = step, text[size:]
            codes = frozenset(row.code for row in step)
        return found, text

    # over time

    @cached_property
    def _links(self) -> tuple[Mapping[int, list[Change]], Mapping[int, list[Change]]]:
        onward: dict[int, list[Change]] = {}
        back: dict[int, list[Change]] = {}
        for change in self.changes:
            onward.setdefault(change.from_id, []).append(change)
            back.setdefault(change.to_id, []).append(change)
        return onward, back

    def onward(self, number: int) -> list[Change]:
        """What became of a row: the changes that leave it, in the order of time."""
        return self._links[0].get(number, [])

    def back(self, number: int) -> list[Change]:
        """Where a row came from: the changes that enter it, in the order of time."""
        return self._links[1].get(number, [])

    def history(self, code: str) -> tuple[list[Region], list[Change]]:
        """Every row that the code ever had, what they came from and what they became.

        Returns the rows and changes of the whole line, forwards and backwards, in the order of
        time; KeyError where no region ever had the code.
        """
        own = [row.id for row in self._by_code[code]]
        seen: dict[int, None] = dict.fromkeys(own)
        moves: dict[Change, None] = {}
        for step in (self.onward, self.back):
            todo = list(own)
            done = set()
            while todo:
                here = todo.pop()
                if here in done:
                    continue
                done.add(here)
                for change in step(here):
                    moves[change] = None
                    other = change.to_id if step == self.onward else change.from_id
                    seen[other] = None
                    todo.append(other)
        rows = sorted((self._ids[n] for n in seen), key=lambda r: (r.valid_from, r.code))
        return rows, sorted(moves, key=lambda c: (c.date, c.from_id, c.to_id))


def _codes(within: Within) -> frozenset[str] | None:
    if within is None:
        return None
    if isinstance(within, Region):
        return frozenset({within.code})
    return frozenset({within}) if isinstance(within, str) else frozenset(within)


def _inside(row: Region, codes: frozenset[str] | None) -> bool:
    return codes is None or any(code in codes for code in row.chain)


def _below(row: Region, codes: frozenset[str] | None) -> bool:
    return codes is None or any(code in codes for code in row.chain[1:])


def _last_day(region: Region) -> str:
    """A day on which the region stood, as late as is known (its first, where the end is a year)."""
    if not region.valid_to:
        return "9999-12-31"
    if len(region.valid_to) == 4:
        return max(region.valid_from, f"{int(region.valid_to) - 1}-12-31")
    return str(_day_before(region.valid_to))


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, loaded once."""
    return Gazetteer(regions(), _moves())


def _moves() -> Iterator[Change]:
    # A generator: a lookup by name never reads the changes.
    yield from changes()
