"""Carrying a region to another day's map, through every whole and partial succession on the way.

A record is `Placed` when the sources leave one region, `Undecided` between named regions when they
leave several (a division without the township, a merger seen backwards), `Unplaced` when they do
not say. Branches that meet again are one place: 万县 was divided in 1992 and whole again in 1997.
Nothing is ever dropped, so totals agree on every map.

A province or prefecture that stands on both maps stays itself, whatever counties it gained or lost.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from homeregistry.regions.gazetteer import Gazetteer, gazetteer
from homeregistry.regions.table import LEVELS, Change, Day, Level, Region, iso, town_stem, towns_of

_TOWN: Final = re.compile(r"(街道|镇|乡)")


@dataclass(frozen=True, slots=True)
class Placed:
    """The region stands on the chosen map, and it is the only one the sources allow."""

    region: Region


@dataclass(frozen=True, slots=True)
class Undecided:
    """Several regions of the chosen map are possible; `open` says that there may be others."""

    candidates: tuple[Region, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The sources do not follow the region to the chosen map; `last` is how far they go."""

    reason: Literal["no_successor", "no_predecessor", "before_sources"]
    last: Region


Outcome = Placed | Undecided | Unplaced


def names_town(text: str, towns: Iterable[str]) -> bool:
    """Whether a text certainly names one of the townships: its name with a kind of township.

    统景镇 and 统景乡 are the same place; 统景 alone may be anything.
    """
    for town in towns:
        stem = re.escape(town_stem(town))
        if re.search(rf"{stem}(街道|镇|乡)", text):
            return True
    return False


@dataclass(slots=True)
class _Search:
    """One record's way: what is still to follow, where it came to rest, where the sources end."""

    text: str
    rest: dict[int, Region]
    lost: list[Unplaced]


class Rehomer:
    """Carries regions to the map of one day; answers without a township are remembered."""

    def __init__(self, day: Day, table: Gazetteer | None = None) -> None:
        self.day = iso(day)
        self._table = table if table is not None else gazetteer()
        self._memo: dict[tuple[int, str], Outcome] = {}
        self._readers: dict[int, bool] = {}

    def place(self, region: Region | int, from_day: Day | None = None, text: str = "") -> Outcome:
        """Where a record of `region` stands on this map.

        `from_day` is the day of the award (outside the region's life: its nearest day; None: its
        first, the most cautious), `text` the township, address or unit name that may decide a part.
        """
        row = region if isinstance(region, Region) else self._table.by_id(region)
        since = _clamped(row, from_day)
        towns = text if text and _TOWN.search(text) else ""
        if towns:
            return self._place(row, since, towns)
        memo = (row.id, self._window(row, since))
        if memo not in self._memo:
            self._memo[memo] = self._place(row, since, "")
        return self._memo[memo]

    def at_level(
        self, region: Region | int, level: Level, from_day: Day | None = None, text: str = ""
    ) -> Outcome:
        """Where a record stands at one level of this map.

        Candidates of one city are one answer at prefecture level. A region above the level
        answers with itself; a region that cannot be followed keeps its province.
        """
        row = region if isinstance(region, Region) else self._table.by_id(region)
        outcome = self.place(row, from_day, text)
        if isinstance(outcome, Placed):
            return Placed(self._upper(outcome.region, level))
        rows = outcome.candidates if isinstance(outcome, Undecided) else ()
        uppers = {upper.id: upper for upper in (self._upper(r, level) for r in rows)}
        unknown = isinstance(outcome, Unplaced) or outcome.open
        if unknown and level == "province":
            for upper in self._provinces(row, from_day):
                uppers[upper.id] = upper
            unknown = False
        if not uppers:
            return outcome
        return _answer(uppers, unknown)

    def connected(self, regions: Iterable[int]) -> set[int]:
        """The rows that any record of these came from or went to, themselves included."""
        start = set(regions)
        return _reached(start, lambda one: (c.to_id for c in self._table.onward(one))) | _reached(
            start, lambda one: (c.from_id for c in self._table.back(one))
        )

    def reads_words(self, region: int) -> bool:
        """Whether a record's own words may decide its way: a division on it, or a region, names townships."""
        if region not in self._readers:
            self._readers[region] = any(
                self._table.by_id(one).code in towns_of()
                or any(c.towns for c in (*self._table.onward(one), *self._table.back(one)))
                for one in self.connected([region])
            )
        return self._readers[region]

    def _upper(self, row: Region, level: Level) -> Region:
        return self._table.ancestor(row, level, self.day) or row

    def _provinces(self, row: Region, from_day: Day | None) -> list[Region]:
        """The provinces of this map that hold land of the province a lost region stood in."""
        since = _clamped(row, from_day)
        home = self._table.ancestor(row, "province", since)
        if home is None:
            return []
        found = {}
        for change in self._table.onward(home.id):
            if change.extent == "part" and since < change.date <= self.day:
                part = self._table.by_id(change.to_id)
                found[part.id] = part
        outcome = self.place(home, since)
        if isinstance(outcome, Placed):
            found[outcome.region.id] = outcome.region
        elif isinstance(outcome, Undecided):
            found.update((r.id, r) for r in outcome.candidates)
        return [self._upper(r, "province") for r in found.values()]

    def _window(self, row: Region, since: str) -> str:
        """The last change inside the region's life up to `since`: equal ones have equal answers."""
        dates = [c.date for c in self._table.onward(row.id) if c.date <= since]
        dates += [c.date for c in self._table.back(row.id) if c.date <= since]
        return max(dates, default="")

    def _place(self, row: Region, since: str, text: str) -> Outcome:
        search = _Search(text, {}, [])
        if row.level != "county" and row.in_force(self.day):
            return Placed(row)
        if since <= self.day:
            self._forward(row, since, search)
        else:
            self._backward(row, since, search)
        if not search.rest:
            return search.lost[0]
        return _answer(search.rest, bool(search.lost))

    def _forward(self, row: Region, since: str, search: _Search) -> None:
        todo, seen = [(row, since)], set()
        while todo:
            here, entered = todo.pop()
            if (here.id, entered) in seen:
                continue
            seen.add((here.id, entered))
            leaving = [c for c in self._table.onward(here.id) if entered < c.date <= self.day]
            stays = here.level != "county" and here.in_force(self.day)
            during = [c for c in leaving if c.date != here.valid_to and not stays]
            taken, remains = self._divide(here, during, search.text)
            todo += [(self._table.by_id(c.to_id), c.date) for c in taken]
            if not remains:
                continue
            if here.in_force(self.day):
                search.rest[here.id] = here
                continue
            ends = [c for c in leaving if c.date == here.valid_to]
            if not ends:
                search.lost.append(Unplaced("no_successor", here))
            todo += [(self._table.by_id(c.to_id), c.date) for c in self._choose(here, ends, search.text)]

    def _divide(self, row: Region, parts: list[Change], text: str) -> tuple[list[Change], bool]:
        """The parts that a record may have left with while its region lived on, and whether it
        may have stayed."""
        named = _by_town(row, parts, text)
        if named is not None:
            return [named], False
        if text and _stays(row, parts, text):
            return [c for c in parts if not c.towns], True
        return parts, True

    def _choose(self, row: Region, ends: list[Change], text: str) -> list[Change]:
        """The successions at a region's end that a record may have taken."""
        named = _by_town(row, ends, text)
        if named is not None:
            return [named]
        whole = [c for c in ends if c.extent != "part"]
        if whole:
            return whole
        if text and _stays(row, ends, text):
            return [c for c in ends if not c.towns]
        return ends

    def _backward(self, row: Region, until: str, search: _Search) -> None:
        todo, seen = [(row, until)], set()
        while todo:
            here, left = todo.pop()
            if (here.id, left) in seen:
                continue
            seen.add((here.id, left))
            entering = [c for c in self._table.back(here.id) if self.day < c.date <= left]
            gained = [c for c in entering if c.date != here.valid_from]
            if here.level != "county" and here.in_force(self.day):
                gained = []
            taken, remains = self._gained(here, gained, search.text)
            todo += [(self._table.by_id(c.from_id), c.date) for c in taken]
            if not remains:
                continue
            if here.valid_from <= self.day:
                search.rest[here.id] = here
                continue
            starts = [c for c in entering if c.date == here.valid_from]
            if not starts:
                early = here.valid_from == "1980"
                search.lost.append(Unplaced("before_sources" if early else "no_predecessor", here))
            named = _by_town(here, starts, search.text)
            origins = self._own(here, starts) if named is None else [named]
            todo += [(self._table.by_id(c.from_id), c.date) for c in origins]

    def _own(self, row: Region, starts: list[Change]) -> list[Change]:
        """The origins of a region, without what a prefecture's end says of it once more.

        云阳县 was 云阳县 before; that it is a part of 万县市 as well is for records of 万县市 itself.
        """
        levels = {c: self._table.by_id(c.from_id).level for c in starts}
        if not any(c.extent == "whole" and levels[c] == row.level for c in starts):
            return starts
        return [c for c in starts if c.extent != "part" or LEVELS.index(levels[c]) >= LEVELS.index(row.level)]

    def _gained(self, row: Region, parts: list[Change], text: str) -> tuple[list[Change], bool]:
        """The regions a record may have come from while its region already stood, and whether it
        may always have been there."""
        named = _by_town(row, parts, text)
        if named is not None:
            return [named], False
        if text and _stays(row, parts, text):
            return [], True
        return parts, True


def _reached(start: Iterable[int], step: Callable[[int], Iterable[int]]) -> set[int]:
    todo, found = list(start), set[int]()
    while todo:
        here = todo.pop()
        if here not in found:
            found.add(here)
            todo += step(here)
    return found


def _answer(rows: dict[int, Region], unknown: bool) -> Outcome:
    found = sorted(rows.values(), key=lambda row: row.code)
    if len(found) == 1 and not unknown:
        return Placed(found[0])
    return Undecided(tuple(found), unknown)


def _by_town(row: Region, parts: list[Change], text: str) -> Change | None:
    """The one part whose township the text names, and no township of another part or the rest."""
    named = [c for c in parts if c.towns and names_town(text, c.towns)] if text else []
    if len(named) != 1:
        return None
    own = {town_stem(town) for town in named[0].towns}
    others = [town for town in towns_of().get(row.code, ()) if town not in own]
    return None if names_town(text, others) else named[0]


def _stays(row: Region, parts: list[Change], text: str) -> bool:
    """Whether the text names a township of the region that no part took."""
    taken = {town_stem(town) for change in parts for town in change.towns}
    known = towns_of().get(row.code, frozenset())
    return names_town(text, known - taken) and not names_town(text, known & taken)


def _clamped(row: Region, day: Day | None) -> str:
    """The day of the record inside its region's life."""
    if day is None:
        return row.valid_from
    text = max(iso(day), row.valid_from)
    return text if row.in_force(text) else row.valid_from if text < row.valid_from else _near_end(row)


def _near_end(row: Region) -> str:
    # Just before the end in ISO order: changes of the last day itself are still to come.
    year = row.valid_to[:4]
    before = f"{int(year) - 1}-12-31" if len(row.valid_to) == 4 else row.valid_to[:8] + "00"
    return max(row.valid_from, before)


@cache
def same_place(region: Region) -> frozenset[int]:
    """The rows of its code that are this place, also under other names: a code alone may be another's.

    綦江区 took over the code of 万盛区 and is not it; 襄阳市 is 襄樊市 renamed.
    """
    table = gazetteer()
    rows = {row.id: row for row in table.of_code(region.code)}
    renamings = [
        {rows[change.from_id].name, rows[change.to_id].name}
        for number in rows
        for change in table.onward(number)
        if change.extent == "renamed" and change.to_id in rows
    ]
    names = {region.name}
    for _ in renamings:
        names |= set[str]().union(*(pair for pair in renamings if names & pair))
    return frozenset(number for number, row in rows.items() if row.name in names)
