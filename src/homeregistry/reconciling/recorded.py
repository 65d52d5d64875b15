"""What the registry holds for a declared figure, counted as `count` and `list` would count it.

One question to the database serves all figures of one kind, tier, system and map; the figures then
look their number up by region and period. `questions` gives the very requests behind a number, so
that every number opens into its records.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.comparing.declared import Declared
from homeregistry.comparing.with_records import Held, Reason
from homeregistry.queries import CountRequest, Filters, count_recognitions
from homeregistry.queries.filters import YearBasis, live
from homeregistry.queries.grouping import groups
from homeregistry.queries.placing import Boundaries, Placer
from homeregistry.queries.settled import placer_of
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.succession import Placed, Undecided
from homeregistry.regions.table import LEVELS, Region
from homeregistry.vocabulary import MEASURES

Span = tuple[int, int, int]
"""First and last stated year of a round, and the year in which it was decided."""


Spans = dict[Span, int]
"""Numbers of recognitions by the round they were conferred in."""


@dataclass(slots=True)
class _Cube:
    """Numbers of recognitions of one kind and tier on one map: all of them, and those of each region row,
    at each level as counts by that level have them.
    """

    everywhere: Spans = field(default_factory=dict)
    placed: dict[int, Spans] = field(default_factory=dict)
    undecided: dict[int, Spans] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Question:
    """What one cube answers: all rounds for cumulative figures, else those of the stated years."""

    kind: str
    tier: str
    system: str
    boundaries: Boundaries
    cumulative: bool
    first: int | None
    last: int | None

    @classmethod
    def of(cls, figure: Declared, kind: str, tier: str) -> "_Question":
        cumulative = figure.measure == "cumulative"
        first, last = (None, None) if cumulative else (figure.year_from, figure.year_to)
        return cls(kind, tier, figure.system or "", map_of(figure), cumulative, first, last)


@dataclass(slots=True)
class Recorded:
    """Answers how many recognitions stand behind figures; each question is put once."""

    connection: Connection
    revision: int | None = None
    _cubes: dict[_Question, _Cube] = field(default_factory=dict)
    _placers: dict[Boundaries, Placer] = field(default_factory=dict)

    def held(self, figure: Declared) -> Held:
        """What is held for a figure, as it would have to be to be compared with it."""
        if not figure.nationwide and figure.region_code is None:
            return Held(None, unstated=("scope",))
        unstated = tuple(_unstated(figure))
        if figure.measure == "stock":
            return self._holders(figure, unstated)
        if MEASURES[figure.measure].event is not None:
            return self._events(figure, unstated)
        if figure.stars is not None:
            unstated = (*unstated, "stars")
        recorded = undecided = 0
        region = region_of(figure)
        rows = self._placer(map_of(figure)).rows_of(region) if region is not None else ()
        for kind in figure.kinds:
            for tier in figure.tiers:
                cube = self._cube(_Question.of(figure, kind, tier))
                placed = [cube.everywhere] if figure.nationwide else _of(cube.placed, rows)
                recorded += _within(placed, figure)
                undecided += 0 if figure.nationwide else _within(_of(cube.undecided, rows), figure)
        return Held(recorded, undecided, unstated)

    def _placer(self, boundaries: Boundaries) -> Placer:
        if boundaries not in self._placers:
            asked = CountRequest(Filters(revision=self.revision), boundaries=boundaries)
            self._placers[boundaries] = placer_of(self.connection, asked)
        return self._placers[boundaries]

    def _cube(self, question: _Question) -> _Cube:
        if question not in self._cubes:
            self._cubes[question] = self._read(question)
        return self._cubes[question]

    def _read(self, question: _Question) -> _Cube:
        basis: YearBasis = "decision" if self._decided_apart(question) else "stated"
        filters = Filters(
            kind=question.kind, tier=question.tier, system=question.system or None, year_basis=basis,
            year_from=question.first, year_to=question.last, revision=self.revision,
        )  # fmt: skip
        placer = self._placer(question.boundaries)
        cube = _Cube()
        for group in groups(self.connection, CountRequest(filters, ("year", "region")), placer):
            decided = group.values[0]
            span = (group.year_from, group.year_to, int(decided) if decided else group.year_to)
            _add(cube.everywhere, span, group.number)
            if group.region_id is None:
                continue
            for level in LEVELS:
                outcome = placer.at(int(group.region_id), group.year_to, level, group.text)
                if isinstance(outcome, Placed):
                    if outcome.region.level == level:
                        _add(cube.placed.setdefault(outcome.region.id, {}), span, group.number)
                elif isinstance(outcome, Undecided):
                    for one in (one for one in outcome.candidates if one.level == level):
                        _add(cube.undecided.setdefault(one.id, {}), span, group.number)
        return cube

    def _decided_apart(self, question: _Question) -> bool:
        """Whether the year of decision matters: where it is asked for and any round has another one.

        Else the tally answers alone.
        """
        if not question.cumulative:
            return False
        found = self.connection.execute(
            sa.text(
                "SELECT 1 FROM award_round WHERE kind = :kind AND tier = :tier AND system = :system "
                "AND decision_date <> '' AND CAST(substr(decision_date, 1, 4) AS INTEGER) <> year_to LIMIT 1"
            ),
            {"kind": question.kind, "tier": question.tier, "system": question.system},
        )
        return found.first() is not None

    def _holders(self, figure: Declared, unstated: tuple[Reason, ...]) -> Held:
        """A stock counts holders in force on its day; no day: the last one."""
        recorded = undecided = 0
        for request in questions(figure, self.revision):
            found = count_recognitions(self.connection, request)
            recorded += found.total - found.undecided
            undecided += found.undecided
        return Held(recorded, undecided, unstated)

    def _events(self, figure: Declared, unstated: tuple[Reason, ...]) -> Held:
        """Re-examinations and revocations that are recorded as events dated in the period."""
        rows = self.connection.execute(
            sa.text(
                "SELECT r.region_id, r.year_to, e.date FROM recognition_event e "
                "JOIN recognition r ON r.id = e.recognition_id "
                f"WHERE {live(self.revision, 'e')} AND {live(self.revision)} AND e.type = :event "
                "AND r.kind IN :kinds AND r.tier IN :tiers AND r.system = :system"
            ).bindparams(sa.bindparam("kinds", expanding=True), sa.bindparam("tiers", expanding=True)),
            {
                "event": MEASURES[figure.measure].event, "system": figure.system or "",
                "kinds": list(figure.kinds), "tiers": list(figure.tiers),
            },
        )  # fmt: skip
        placer = self._placer(map_of(figure))
        recorded = 0
        for region_id, year, day in rows:
            if not _in_years(int(str(day)[:4]), figure):
                continue
            if figure.nationwide:
                recorded += 1
            elif region_id is not None:
                region = region_of(figure)
                found = placer.stands_in(region, int(region_id), int(year)) if region else None
                recorded += isinstance(found, Placed)
        return Held(recorded, 0, unstated)


def _unstated(figure: Declared) -> Iterator[Reason]:
    if figure.tier is None:
        yield "tier"
    if MEASURES[figure.measure].intended is not None:
        return
    if figure.year_from is None and figure.year_to is None:
        yield "period"
    elif figure.year_to is None:
        yield "until"


def _add(spans: Spans, span: Span, number: int) -> None:
    spans[span] = spans.get(span, 0) + number


def _of(numbers: dict[int, Spans], rows: Iterable[int]) -> list[Spans]:
    return [numbers[row] for row in rows if row in numbers]


def _within(places: Sequence[Spans], figure: Declared) -> int:
    return sum(number for spans in places for span, number in spans.items() if in_period(span, figure))


def in_period(span: Span, figure: Declared) -> bool:
    """Whether a round belongs to the figure's period.

    What was conferred in a round overlaps its stated years, as `--year` does; what has accumulated
    was decided by the end of the figure's last year, as `--as-of` does.
    """
    first, last, decided = span
    if figure.year_from is not None and last < figure.year_from:
        return False
    if figure.year_to is None:
        return True
    return decided <= figure.year_to if figure.measure == "cumulative" else first <= figure.year_to


def _in_years(year: int, figure: Declared) -> bool:
    return (figure.year_from or 0) <= year <= (figure.year_to or 9999)


def region_of(figure: Declared) -> Region | None:
    """The region row a figure speaks of: the one it was resolved to, else its code's on its day."""
    if figure.region_id is not None:
        return gazetteer().by_id(figure.region_id)
    rows = gazetteer().of_code(figure.region_code) if figure.region_code else ()
    year = figure.year_to
    if year is not None:
        rows = tuple(row for row in rows if row.existed(f"{year}-01-01", f"{year}-12-31")) or rows
    return rows[-1] if rows else None


def map_of(figure: Declared) -> Boundaries:
    """Whose boundaries a figure counts on: the last day of its period on which its region stood."""
    region = region_of(figure)
    if region is None or figure.year_to is None:
        return "as-awarded"
    day = date(figure.year_to, 12, 31)
    if region.in_force(day):
        return day
    if region.valid_to and len(region.valid_to) == 10:
        end = date.fromisoformat(region.valid_to) - timedelta(days=1)
        if region.in_force(end):
            return end
    return "as-awarded"


def questions(figure: Declared, revision: int | None = None) -> list[CountRequest]:
    """The requests whose sum is what is recorded for a figure, one for each kind."""
    region = None if figure.nationwide else region_of(figure)
    running = MEASURES[figure.measure].running
    stock = figure.measure == "stock"
    day = date(figure.year_to, 12, 31) if figure.year_to else None
    return [
        CountRequest(
            Filters(
                kind=kind,
                tier=figure.tier,
                or_above=figure.or_above,
                system=figure.system or (None if figure.tier else ""),
                year_from=None if stock else figure.year_from,
                year_to=None if running else figure.year_to,
                as_of=day if running else None,
                revision=revision,
            ),
            region=region,
            boundaries=map_of(figure),
            measure="holders" if stock else "awards",
        )
        for kind in figure.kinds
    ]
