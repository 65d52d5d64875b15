"""The plan for a chunk of rows: one outcome for every row, and the rows to write for those recorded.

An error refuses a row, a question holds it; nothing of a refused or held row is recorded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from homeregistry.bodies import BodyReading
from homeregistry.importing.known import Known, KnownRecipient
from homeregistry.importing.rounds import RoundBook
from homeregistry.importing.rows import Row, award_columns, recipient_row, recognition_row
from homeregistry.importing.sink import Sink
from homeregistry.importing.who import NOBODY, Found, Recogniser
from homeregistry.problems import Problem
from homeregistry.recipients.identity import pair_key
from homeregistry.records import Entry
from homeregistry.resolving.awards import Award
from homeregistry.resolving.candidates import Candidate, CandidateReading, Place, Shared
from homeregistry.resolving.together import Candidates
from homeregistry.vocabulary import Outcome

HOLDING: Final = frozenset({"duplicate_in_file", "possible_duplicate", "ambiguous_recipient"})
"""Problem codes that wait for a person's decision; every other error asks for a correction."""

_AT_ONCE: Final = 2000
"""Rows that were recorded together are written so many at a time: a server is asked less often."""

_HALF: Final = 32
_LOWER_HALF: Final = 2**_HALF - 1


class _Head(NamedTuple):
    """What rows that share award and place have in common when they are written."""

    round_id: int
    region_id: int | None
    award: Row
    place: str | None


# Not frozen, though never changed: there are as many as rows, and frozen ones cost several times as much.
@dataclass(slots=True)
class PlannedRow:
    """One data row with its outcome, its problems and the recipient it may be the double of."""

    entry: Entry
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    recognitions: int = 0
    other_recipient_id: int | None = None


_Marks = tuple[str, tuple[str, ...], str | None, str | None]
"""What a recipient is looked up by: key, block keys, credit code, union code."""


@dataclass(slots=True)
class _Chunk:
    """What was looked up for one chunk."""

    by_key: dict[str, list[KnownRecipient]]
    by_block: dict[str, list[KnownRecipient]]
    recorded: dict[int, dict[int, int]]
    asks_years: bool
    asks_decisions: bool

    @property
    def asks(self) -> bool:
        """Whether a row's years or decisions may be a problem."""
        return self.asks_years or self.asks_decisions


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What the planner may do: `closed_years` are refused unless a reason was given.

    `decided` is a person's answer to whose the rows are; nobody is looked for then.
    """

    batch_id: int
    closed_years: frozenset[int]
    has_reason: bool
    decided: Found | None = None


class Planner:
    """Plans chunk after chunk of one file; remembers what the file itself brought in."""

    def __init__(self, known: Known, rounds: RoundBook, sink: Sink, rules: PlanRules) -> None:
        self._known = known
        self._rounds = rounds
        self._sink = sink
        self._rules = rules
        self._recogniser = Recogniser(known)
        # Numbers, not tuples of them: there are as many as rows, and all are kept until the file ends.
        self._seen: dict[int, int] = {}
        self._columns: Mapping[str, str] = {}
        self._addresses: list[str] = []
        self._at = 0
        self._warned: set[str] = set()
        self._recipients: list[Row] = []
        self._recognitions: list[Row] = []
        self._sources: list[Row] = []

    def plan(self, readings: Sequence[CandidateReading], entries: Sequence[Entry]) -> list[PlannedRow]:
        """Outcomes of a chunk, in order; the rows of those recorded go to the sink."""
        candidates = [candidate for reading in readings for candidate in reading.candidates]
        chunk = self._look_up(
            {id(candidate.award): candidate.award for candidate in candidates}.values(),
            {candidate.body for candidate in candidates},
            [(c.key, c.blocks, c.uscc, c.union_code) for c in candidates],
        )
        return self._planned(readings, entries, chunk)

    def plan_together(self, candidates: Candidates) -> list[PlannedRow]:
        """Plain rows at once. Nothing comes back where each of them is recorded for a new recipient, else the
        outcomes of all, found one by one."""
        shared = {id(one): one for one in candidates.shared}.values()
        awards = {id(award): award for award, _place, _body in shared}.values()
        codes = zip(candidates.usccs, candidates.union_codes, strict=True)
        marks = [
            (key, blocks, *code)
            for (_type, key, blocks, _parent), code in zip(candidates.named, codes, strict=True)
        ]
        chunk = self._look_up(awards, {body for _award, _place, body in shared}, marks)
        if self._rules.decided is None and not chunk.asks and self._are_new(marks, chunk):
            self._record_together(candidates, shared)
            if len(self._recognitions) >= _AT_ONCE:
                self.write()
            return []
        readings = list(map(candidates.reading, range(len(candidates.names))))
        return self._planned(readings, list(candidates.entries), chunk)

    def _planned(
        self, readings: Sequence[CandidateReading], entries: Sequence[Entry], chunk: _Chunk
    ) -> list[PlannedRow]:
        planned = [self._row(entry, reading, chunk) for entry, reading in zip(entries, readings, strict=True)]
        self.write()
        return planned

    def write(self) -> None:
        """Hand to the sink what was recorded so far; called once more when a sheet ends."""
        self._rounds.write()
        self._sink.insert("recipient", self._recipients)
        self._sink.insert("recognition", self._recognitions)
        self._sink.insert("recognition_source", self._sources)
        self._recipients, self._recognitions, self._sources = [], [], []

    def _look_up(
        self, awards: Iterable[Award], bodies: Iterable[BodyReading | None], marks: Sequence[_Marks]
    ) -> _Chunk:
        """What the registry knows of some awards, of the bodies behind them, and of recipients."""
        known, awards = self._known, dict.fromkeys(awards)
        self._rounds.learn(awards, [body for body in bodies if body is not None])
        codes = {code for _key, _blocks, *both in marks for code in both if code}
        by_key = known.recipients((key for key, *_ in marks), codes)
        # Of known keys too: a namesake with another code, or elsewhere, is somebody else.
        by_block = known.neighbours(block for _key, blocks, *_ in marks for block in blocks)
        may_be = (by_key, by_block) if by_block and known.unites_names() else (by_key,)
        ids = {one.id for found in may_be for listed in found.values() for one in listed}
        if self._rules.decided is not None and self._rules.decided.recipient is not None:
            ids.add(self._rules.decided.recipient.id)
        decisions = {award.decision_no for award in awards} - self._warned - {""}
        asks_years = bool(self._rules.closed_years) and not self._rules.has_reason
        return _Chunk(by_key, by_block, known.recorded(ids), asks_years, bool(decisions))

    def _row(self, entry: Entry, reading: CandidateReading, chunk: _Chunk) -> PlannedRow:
        problems = reading.problems
        if chunk.asks_years:
            problems = (*problems, *self._closed(entry, reading))
        if chunk.asks_decisions:
            problems = (*problems, *self._revoked(entry, reading))
        candidates = reading.candidates
        if not candidates or (problems and _has_error(problems)):
            return PlannedRow(entry, "refused", problems)
        if len(candidates) == 1:
            found = self._whose(candidates[0], chunk)
            if found is NOBODY:
                self._record(candidates[0], found, chunk)
                return PlannedRow(entry, "recorded", problems, 1)
        return self._known_row(entry, candidates, problems, chunk)

    def _known_row(
        self, entry: Entry, candidates: Sequence[Candidate], problems: tuple[Problem, ...], chunk: _Chunk
    ) -> PlannedRow:
        """A row with several titles, or with a recipient that is known or may be."""
        pairs = [(candidate, self._whose(candidate, chunk)) for candidate in candidates]
        questions = [_question(candidate, found) for candidate, found in pairs if found.hold]
        if questions:
            others = [found.others[0].id for _candidate, found in pairs if found.hold]
            return PlannedRow(entry, "held", (*problems, *questions), 0, others[-1])
        repeats = [problem for pair in pairs if (problem := self._repeat(*pair))]
        if repeats:
            return PlannedRow(entry, "held", (*problems, *repeats))
        fresh = 0
        for candidate, found in pairs:
            if fresh and found.recipient is None:
                # A row with two titles brings its recipient in once.
                found = self._recogniser.find(candidate, chunk.by_key, chunk.by_block)
            fresh += self._record(candidate, found, chunk)
        return PlannedRow(entry, "recorded" if fresh else "already_recorded", problems, fresh)

    def _whose(self, candidate: Candidate, chunk: _Chunk) -> Found:
        return self._rules.decided or self._recogniser.find(candidate, chunk.by_key, chunk.by_block)

    def _closed(self, entry: Entry, reading: CandidateReading) -> Iterable[Problem]:
        for candidate in reading.candidates:
            award = candidate.award
            for year in range(award.year_from, award.year_to + 1):
                if year in self._rules.closed_years:
                    column = entry.columns.get("year")
                    yield Problem("closed_year", entry.sheet, entry.row, column, str(year))
                    return

    def _revoked(self, entry: Entry, reading: CandidateReading) -> Iterable[Problem]:
        """Warn once of a decision whose titles were revoked; the list is recorded as it states them."""
        for candidate in reading.candidates:
            number = candidate.award.decision_no
            if number and number not in self._warned:
                self._warned.add(number)
                if self._known.is_revoked(number):
                    column = entry.columns.get("decision_no")
                    yield Problem("revoked_decision", entry.sheet, entry.row, column, number)

    def _repeat(self, candidate: Candidate, found: Found) -> Problem | None:
        """The problem of a recipient and title that stand further up in this file."""
        if found.recipient is None:
            return None
        _own, same = self._rounds.of(candidate.award)
        for one in same:
            earlier = self._seen.get(_joined(found.recipient.id, one))
            if earlier is not None:
                address, row = self._addresses[earlier >> _HALF], earlier & _LOWER_HALF
                entry = candidate.entry
                column = entry.columns.get("recipient") or entry.columns.get("person")
                params = {"earlier": f"{address}{row}"}
                return Problem("duplicate_in_file", entry.sheet, entry.row, column, candidate.name, params)
        return None

    def _record(self, candidate: Candidate, found: Found, chunk: _Chunk) -> int:
        """Collect the rows of one recognition; 0 where the registry has it already."""
        award = candidate.award
        own, same = self._rounds.of(award)
        recipient = found.recipient or self._new_recipient(candidate)
        entry = candidate.entry
        at = self._at_address(entry.sheet, entry.columns)
        self._seen[_joined(recipient.id, own)] = _joined(at, entry.row)
        if found.recipient and (held := chunk.recorded.get(recipient.id)):
            earlier = next((held[one] for one in same if one in held), None)
            if earlier is not None:
                self._add_source(earlier, candidate)
                return 0
        place = candidate.place
        said = self._award_columns(award, place, candidate.body)
        self._recognitions.append(
            recognition_row(
                self._sink.new_id("recognition"), own, recipient.id, said, (candidate.name, place.printed),
                candidate.detail, (self._rules.batch_id, entry.sheet, entry.row),
            )
        )  # fmt: skip
        return 1

    def _at_address(self, sheet: str, columns: Mapping[str, str]) -> int:
        """The number of the address that names of these columns stand at."""
        if columns is not self._columns:
            address = _address(sheet, columns)
            if address not in self._addresses:
                self._addresses.append(address)
            self._columns, self._at = columns, self._addresses.index(address)
        return self._at

    def _add_source(self, recognition: int, candidate: Candidate) -> None:
        """This list states the recognition too: its words are kept, and carry it if the first is undone."""
        self._sources.append(
            (
                self._sink.new_id("recognition_source"), recognition, self._rules.batch_id,
                candidate.entry.sheet, candidate.entry.row, candidate.name, candidate.place.printed,
            )
        )  # fmt: skip

    def _are_new(self, marks: Sequence[_Marks], chunk: _Chunk) -> bool:
        """Whether no two of these recipients are one, and neither registry nor file knows any of them."""
        if chunk.by_key or chunk.by_block:
            return False
        keys = {key for key, *_ in marks}
        codes = [code for _key, _blocks, *both in marks for code in both if code]
        return (
            len(keys) == len(marks) and len(set(codes)) == len(codes) and not self._known.has_any(keys, codes)
        )

    def _record_together(self, candidates: Candidates, shared: Iterable[Shared]) -> None:
        """Collect the rows of recipients that are new, with one recognition each."""
        entries, names, batch = candidates.entries, candidates.names, self._rules.batch_id
        count = len(entries)
        heads = {id(one): self._head(one) for one in shared}
        ours = [heads[id(one)] for one in candidates.shared]
        people = self._sink.new_ids("recipient", count)
        codes = list(zip(candidates.usccs, candidates.union_codes, strict=True))
        self._recipients += [
            recipient_row(number, named, name, both, head.region_id, ownership, batch)
            for number, named, name, both, head, ownership in zip(
                people, candidates.named, names, codes, ours, candidates.ownerships, strict=True
            )
        ]
        self._recognitions += [
            recognition_row(
                number, head.round_id, person, head.award, (name, head.place), detail,
                (batch, entries.sheet, row),
            )
            for number, head, person, name, detail, row in zip(
                self._sink.new_ids("recognition", count), ours, people, names, candidates.details,
                entries.rows, strict=True,
            )
        ]  # fmt: skip
        self._known.remember_all(
            KnownRecipient(number, kind_of, key, name, *both, head.region_id)
            for number, (kind_of, key, *_), name, both, head in zip(
                people, candidates.named, names, codes, ours, strict=True
            )
        )
        at = self._at_address(entries.sheet, entries.columns)
        self._seen.update(
            (_joined(person, head.round_id), _joined(at, row))
            for person, head, row in zip(people, ours, entries.rows, strict=True)
        )

    def _head(self, one: Shared) -> _Head:
        award, place, body = one
        own, _same = self._rounds.of(award)
        said = self._award_columns(award, place, body)
        return _Head(own, place.region.id if place.region else None, said, place.printed)

    def _award_columns(self, award: Award, place: Place, body: BodyReading | None) -> Row:
        region_id = place.region.id if place.region else None
        return award_columns(award, region_id, self._rounds.body_id(body) if body else None)

    def _new_recipient(self, candidate: Candidate) -> KnownRecipient:
        region = candidate.place.region
        region_id = region.id if region else None
        number = self._sink.new_id("recipient")
        named = (candidate.type, candidate.key, candidate.blocks, candidate.parent_name)
        codes = (candidate.uscc, candidate.union_code)
        self._recipients.append(
            recipient_row(
                number, named, candidate.name, codes, region_id, candidate.ownership, self._rules.batch_id
            )
        )
        recipient = KnownRecipient(
            number, candidate.type, candidate.key, candidate.name, candidate.uscc, candidate.union_code,
            region_id,
        )  # fmt: skip
        self._known.remember(recipient)
        return recipient


def _joined(upper: int, lower: int) -> int:
    """Two numbers below 2**32 as one."""
    return upper << _HALF | lower


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.level == "error" for problem in problems)


def _question(candidate: Candidate, found: Found) -> Problem:
    entry = candidate.entry
    column = entry.columns.get("recipient") or entry.columns.get("person")
    params: dict[str, object] = {
        "other": found.others[0].name,
        "reason": found.reason,
        "candidates": "、".join(f"{other.name} ({other.id})" for other in found.others),
        "pair": pair_key(candidate.key, found.others[0].key),
    }
    return Problem(found.hold or "", entry.sheet, entry.row, column, candidate.name, params)


def _address(sheet: str, columns: Mapping[str, str]) -> str:
    """The sheet and the column of the name, as an address begins that ends in the row."""
    column = columns.get("recipient") or columns.get("person") or ""
    return f"{sheet} {column}".lstrip()
