"""The plan for a chunk of rows: one outcome for every row, and the rows to write for those recorded.

An error refuses a row, a question holds it; nothing of a refused or held row is recorded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from homeregistry.awards import Award
from homeregistry.candidates import Candidate, CandidateReading
from homeregistry.identity import pair_key
from homeregistry.importing.known import Known, KnownRecipient
from homeregistry.importing.sink import Sink
from homeregistry.importing.who import Found, Recogniser
from homeregistry.problems import Problem
from homeregistry.records import Entry
from homeregistry.vocabulary import Outcome

HOLDING: Final = frozenset({"duplicate_in_file", "possible_duplicate", "ambiguous_recipient"})
"""Problem codes that wait for a person's decision; every other error asks for a correction."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One data row with its outcome, its problems and the recipient it may be the double of."""

    entry: Entry
    outcome: Outcome
    problems: tuple[Problem, ...]
    recognitions: int = 0
    other_recipient_id: int | None = None


@dataclass(slots=True)
class _Chunk:
    """What one chunk has looked up and collected."""

    by_key: dict[str, list[KnownRecipient]]
    by_block: dict[str, list[KnownRecipient]]
    recorded: dict[int, list[int]]
    recipients: list[tuple[Any, ...]] = field(default_factory=list)
    recognitions: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What the planner may do: `closed_years` are refused unless a reason was given."""

    batch_id: int
    closed_years: frozenset[int]
    has_reason: bool


class Planner:
    """Plans chunk after chunk of one file; remembers what the file itself brought in."""

    def __init__(self, known: Known, sink: Sink, rules: PlanRules) -> None:
        self._known = known
        self._sink = sink
        self._rules = rules
        self._recogniser = Recogniser(known)
        self._rounds: dict[Award, tuple[int, tuple[int, ...]]] = {}
        self._seen: dict[tuple[int, int], str] = {}

    def plan(self, readings: Sequence[CandidateReading], entries: Sequence[Entry]) -> list[PlannedRow]:
        """Outcomes of a chunk, in order; the rows of those recorded go to the sink."""
        chunk = self._look_up(readings)
        planned = [self._row(entry, reading, chunk) for entry, reading in zip(entries, readings, strict=True)]
        self._sink.insert("recipient", chunk.recipients)
        self._sink.insert("recognition", chunk.recognitions)
        return planned

    def _look_up(self, readings: Iterable[CandidateReading]) -> _Chunk:
        candidates = [candidate for reading in readings for candidate in reading.candidates]
        codes = {code for c in candidates for code in (c.uscc, c.union_code) if code}
        by_key = self._known.recipients({c.key for c in candidates} | {f"#{code}" for code in codes}, codes)
        unknown = {block for c in candidates if c.key not in by_key for block in c.blocks}
        by_block = self._known.neighbours(unknown)
        ids = {one.id for found in (by_key, by_block) for listed in found.values() for one in listed}
        return _Chunk(by_key, by_block, self._known.recorded(ids))

    def _row(self, entry: Entry, reading: CandidateReading, chunk: _Chunk) -> PlannedRow:
        problems = list(reading.problems)
        problems.extend(self._closed(entry, reading))
        if any(problem.level == "error" for problem in problems) or not reading.candidates:
            return PlannedRow(entry, "refused", tuple(problems))
        pairs: list[tuple[Candidate, Found]] = []
        other = None
        for candidate in reading.candidates:
            found = self._recogniser.find(candidate, chunk.by_key, chunk.by_block)
            if found.hold:
                other = found.others[0].id
                problems.append(_question(candidate, found))
            pairs.append((candidate, found))
        if other is None:
            problems.extend(self._repeats(pairs))
        if any(problem.code in HOLDING for problem in problems):
            return PlannedRow(entry, "held", tuple(problems), 0, other)
        fresh = sum(self._record(candidate, found, chunk) for candidate, found in pairs)
        return PlannedRow(entry, "recorded" if fresh else "already_recorded", tuple(problems), fresh)

    def _closed(self, entry: Entry, reading: CandidateReading) -> Iterable[Problem]:
        if self._rules.has_reason or not self._rules.closed_years:
            return
        for candidate in reading.candidates:
            award = candidate.award
            for year in range(award.year_from, award.year_to + 1):
                if year in self._rules.closed_years:
                    column = entry.columns.get("year")
                    yield Problem("closed_year", entry.sheet, entry.row, column, str(year))
                    return

    def _repeats(self, pairs: Sequence[tuple[Candidate, Found]]) -> Iterable[Problem]:
        for candidate, found in pairs:
            if found.recipient is None:
                continue
            earlier = self._seen.get((found.recipient.id, self._round(candidate.award)[0]))
            if earlier:
                entry = candidate.entry
                column = entry.columns.get("recipient") or entry.columns.get("person")
                params = {"earlier": earlier}
                yield Problem("duplicate_in_file", entry.sheet, entry.row, column, candidate.name, params)

    def _round(self, award: Award) -> tuple[int, tuple[int, ...]]:
        """The award's own round, and those in which its title counts as already recorded."""
        found = self._rounds.get(award)
        if found is None:
            own = self._known.round_for(award)
            found = self._rounds[award] = (own, tuple({own, *self._known.same_award_rounds(award)}))
        return found

    def _record(self, candidate: Candidate, found: Found, chunk: _Chunk) -> int:
        """Collect the rows of one recognition; 0 where the registry has it already."""
        own, same = self._round(candidate.award)
        recipient = found.recipient or self._new_recipient(candidate, chunk)
        entry = candidate.entry
        self._seen[recipient.id, own] = f"{entry.sheet} {_address(entry)}".strip()
        if any(one in same for one in chunk.recorded.get(recipient.id, ())):
            return 0
        award = candidate.award
        body = self._known.body_id(candidate.body) if candidate.body else None
        region = candidate.place.region
        chunk.recognitions.append(
            (
                self._sink.new_id("recognition"), own, recipient.id, award.kind, award.tier, award.system,
                award.year_from, award.year_to, region.id if region else None, body, candidate.name,
                candidate.place.printed, candidate.detail, self._rules.batch_id, entry.sheet, entry.row,
            )
        )  # fmt: skip
        return 1

    def _new_recipient(self, candidate: Candidate, chunk: _Chunk) -> KnownRecipient:
        region = candidate.place.region
        number = self._sink.new_id("recipient")
        blocks = candidate.blocks
        chunk.recipients.append(
            (
                number, candidate.type, candidate.name, candidate.key, blocks[0] if blocks else "",
                blocks[1] if len(blocks) > 1 else None, None, candidate.parent_name, candidate.uscc,
                candidate.union_code, region.id if region else None, candidate.ownership,
                self._rules.batch_id,
            )
        )  # fmt: skip
        recipient = KnownRecipient(
            number, candidate.type, candidate.key, candidate.name, candidate.uscc,
            candidate.union_code, region.id if region else None,
        )  # fmt: skip
        self._known.remember(recipient, (candidate.uscc, candidate.union_code))
        for mark in (candidate.key, *(f"#{code}" for code in (candidate.uscc, candidate.union_code) if code)):
            chunk.by_key.setdefault(mark, []).append(recipient)
        return recipient


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


def _address(entry: Entry) -> str:
    column = entry.columns.get("recipient") or entry.columns.get("person") or ""
    return f"{column}{entry.row}"
