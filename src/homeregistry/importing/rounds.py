"""Rounds and the bodies that conferred them: looked up a chunk of awards at a time, written together.

A list may confer nearly as many awards as it has rows, so neither a query nor an insert may be made
for one award alone.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.bodies import BodyReading
from homeregistry.database import marks
from homeregistry.importing.sink import Sink
from homeregistry.resolving.awards import Award

_CHUNK: Final = 400
_SAME: Final = ("kind", "stars", "tier", "system", "conferring_body_id", "year_from", "year_to")
"""What two rounds of one award have in common; decisions may differ."""

Mark = tuple[object, ...]
Rounds = list[tuple[int, str, str]]
"""The ids of the rounds of one award, each with its decision's number and date (empty where not stated)."""


class RoundBook:
    """The rounds and bodies that an import needs: known ones by `learn`, new ones by asking for them."""

    def __init__(self, connection: Connection, sink: Sink) -> None:
        self._connection = connection
        self._sink = sink
        self._bodies: dict[tuple[str, str], int] = {}
        self._rounds: dict[Mark, Rounds] = {}
        self._answers: dict[Award, tuple[int, tuple[int, ...]]] = {}
        self._last_award: Award | None = None
        self._last_answer: tuple[int, tuple[int, ...]] = (0, ())
        self._new_bodies: list[tuple[Any, ...]] = []
        self._new_rounds: list[tuple[Any, ...]] = []
        top = connection.exec_driver_sql("SELECT max(id) FROM award_round").scalar()
        self._no_rounds_yet = top is None

    def learn(self, awards: Iterable[Award], bodies: Iterable[BodyReading]) -> None:
        """Look up what the registry knows of these awards and bodies."""
        fresh = [award for award in awards if award not in self._answers]
        self._learn_bodies((*bodies, *(award.conferred_by for award in fresh)))
        if self._no_rounds_yet:
            return
        known = [award for award in fresh if _named(award.conferred_by) in self._bodies]
        new = [mark for mark in {self._mark(award): None for award in known} if mark not in self._rounds]
        self._rounds.update((mark, []) for mark in new)
        self._learn_rounds(new)

    def _learn_bodies(self, bodies: Iterable[BodyReading]) -> None:
        wanted = {_named(body) for body in bodies} - self._bodies.keys()
        codes = sorted({code for code, _name in wanted})
        for start in range(0, len(codes), _CHUNK):
            part = codes[start : start + _CHUNK]
            rows = self._connection.exec_driver_sql(
                f"SELECT code, name, id FROM union_body WHERE code IN ({marks(self._connection, len(part))})",
                tuple(part),
            )
            self._bodies.update(((row[0], row[1]), int(row[2])) for row in rows if (row[0], row[1]) in wanted)

    def _learn_rounds(self, wanted: Iterable[Mark]) -> None:
        rest = iter(wanted)
        places = f"({marks(self._connection, len(_SAME))})"
        same = " AND ".join(f"r.{name} = w.{name}" for name in _SAME)
        while part := list(islice(rest, _CHUNK)):
            # CROSS JOIN: the few wanted awards lead, whatever the planner thinks of the table.
            rows = self._connection.exec_driver_sql(
                f"WITH w ({', '.join(_SAME)}) AS (VALUES {', '.join([places] * len(part))}) "
                f"SELECT r.{', r.'.join(_SAME)}, r.id, r.decision_no, r.decision_date "
                f"FROM w CROSS JOIN award_round r WHERE {same} ORDER BY r.id",
                tuple(value for mark in part for value in mark),
            )
            for row in rows:
                self._rounds[tuple(row[: len(_SAME)])].append((int(row[-3]), str(row[-2]), str(row[-1])))

    def _mark(self, award: Award) -> Mark:
        kind, stars, tier, system, body, year_from, year_to, _no, _date, _printed = award
        return kind, stars, tier, system, self.body_id(body), year_from, year_to

    def body_id(self, body: BodyReading) -> int:
        """The id of a body; one that no table lists is added as printed."""
        found = self._bodies.get(_named(body))
        if found is None:
            found = self._bodies[_named(body)] = self._sink.new_id("union_body")
            self._new_bodies.append(
                (found, body.code, body.name, body.kind, body.region_id, None, None, None)
            )
        return found

    def of(self, award: Award) -> tuple[int, tuple[int, ...]]:
        """The round of an award, and every round in which its title counts as the same.

        The award's round is the known one with its decision number, else a new one; a list that
        states no number belongs to the one known round of that award, where there is one. Titles are
        the same where one of two decisions is unstated; decisions without a number differ by their dates.
        """
        # Most lists confer one award: its ten parts need not be hashed for every row.
        if award is self._last_award:
            return self._last_answer
        found = self._answers.get(award)
        if found is None:
            rounds = self._rounds.setdefault(self._mark(award), [])
            own = self._own(award, rounds)
            same = {one for one, number, day in rounds if _may_be_one(award, number, day)}
            found = self._answers[award] = (own, tuple(same | {own}))
        self._last_award, self._last_answer = award, found
        return found

    def _own(self, award: Award, rounds: Rounds) -> int:
        stated = (award.decision_no, award.decision_date)
        for number, decision, day in rounds:
            if (decision, day) == stated or (decision and decision == award.decision_no):
                return number
        likely = [number for number, decision, day in rounds if _may_be_one(award, decision, day)]
        if not award.decision_no and len(likely) == 1:
            return likely[0]
        number = self._sink.new_id("award_round")
        kind, stars, tier, system, body, first, last, decision_no, day, printed = award
        self._new_rounds.append(
            (number, kind, stars, tier, system, self.body_id(body), first, last, 0, decision_no, day, printed)
        )
        rounds.append((number, decision_no, day))
        return number

    def write(self) -> None:
        """Hand the new bodies and rounds to the sink; before anything that refers to them."""
        self._sink.insert("union_body", self._new_bodies)
        self._sink.insert("award_round", self._new_rounds)
        self._new_bodies, self._new_rounds = [], []


def _may_be_one(award: Award, number: str, day: str) -> bool:
    """Whether an award and a round of it may stand in one decision: by number, else by date."""
    if award.decision_no and number:
        return award.decision_no == number
    if award.decision_no or number:
        return True
    return not award.decision_date or not day or award.decision_date == day


def _named(body: BodyReading) -> tuple[str, str]:
    return body.code, body.name
