"""One file into the registry, step by step: read, recognise, resolve, plan, write, count.

The caller owns the transaction: with a ledger the rows are written (and must be rolled back where the
result is `refused`), without one the same road ends in a preview.
"""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict

from sqlalchemy.engine import Connection

from homeregistry.bulk import indexes_at_the_end
from homeregistry.closed_years import closed_years, is_reason
from homeregistry.digests import canonical
from homeregistry.errors import FileRefused
from homeregistry.importing.evidence import EvidenceWriter
from homeregistry.importing.kept import live_batch
from homeregistry.importing.known import Known
from homeregistry.importing.planning import PlannedRow, Planner, PlanRules
from homeregistry.importing.request import ImportRequest
from homeregistry.importing.results import FileResult, KeptRow
from homeregistry.importing.rounds import RoundBook
from homeregistry.importing.sheets import Reading, readings_of
from homeregistry.importing.sink import Preview, Sink
from homeregistry.ledger import Ledger
from homeregistry.problems import Problem
from homeregistry.readers.opened import OpenedFile
from homeregistry.records import DeclaredCount, Entries, Entry, ListItem, ListOptions, NotData
from homeregistry.resolving.candidates import CandidateReader
from homeregistry.resolving.together import TogetherReader
from homeregistry.vocabulary import WAITING

CHUNK = 2000


def import_list(
    opened: OpenedFile, request: ImportRequest, connection: Connection, ledger: Ledger | None
) -> FileResult:
    """Import one opened file, or preview it where `ledger` is None.

    Raises FileRefused when the file holds no list. A result `refused` means that nothing of what went
    to the ledger may be committed.
    """
    result = FileResult(opened.name, opened.sha256)
    fingerprint = fingerprint_of(opened.sha256, request.options)
    earlier = live_batch(connection, fingerprint)
    if earlier is not None:
        result.outcome, result.batch = "already_imported", earlier
        return result
    sink: Sink = ledger or Preview(connection)
    evidence = EvidenceWriter(connection, sink, opened, request)
    batch_id = evidence.open_batch(fingerprint)
    rules = PlanRules(batch_id, frozenset(closed_years(connection)), is_reason(request.reason))
    late = indexes_at_the_end(connection, ("recipient", "recognition")) if ledger else nullcontext()
    with _collector_paused(), late:
        _take_all(opened, request, rules, evidence, result)
    _hold_against_option(result, request.options.declared)
    _warn_of_totals(result)
    kept_back = result.rows.refused + result.rows.held
    stopped = any(problem.level == "error" and problem.row is None for problem in result.problems)
    if stopped or (kept_back and not request.partial) or (kept_back and not result.rows.read - kept_back):
        result.outcome = "refused"
        return result
    if not result.rows.read:
        raise FileRefused("no_entries", "{file}: no list of awards was found in it.", file=opened.name)
    evidence.close_batch(result)
    result.outcome = "committed" if ledger else "previewed"
    result.batch = batch_id if ledger else None
    if ledger:
        ledger.subject.update(
            {"batch": batch_id, "file_sha256": opened.sha256, "rows": result.rows.to_json()}
        )
    return result


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Rows are plain values without cycles; looking for cycles among half a million takes longer than
    reading them. What is left of them is frozen, or the first look afterwards would walk all of it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.enable()


def _take_all(
    opened: OpenedFile, request: ImportRequest, rules: PlanRules, evidence: EvidenceWriter,
    result: FileResult,
) -> None:  # fmt: skip
    """Every sheet or text of the file. What has to be kept in mind for it is forgotten at the end: indexes
    and the file's bytes take the memory over."""
    connection, sink = evidence.connection, evidence.sink
    planner = Planner(Known(connection, rules.batch_id), RoundBook(connection, sink), sink, rules)
    reader = CandidateReader(request.options, request.today)
    for reading in readings_of(opened, request, result):
        _take(reading, reader, planner, evidence, result, request)
    result.problems.extend(opened.remarks)


def _take(
    reading: Reading, reader: CandidateReader, planner: Planner, evidence: EvidenceWriter,
    result: FileResult, request: ImportRequest,
) -> None:  # fmt: skip
    """One sheet or text: its items in chunks, each to its end."""
    together = TogetherReader(reader)
    for chunk in _chunks(reading.items):
        candidates = together.read(chunk) if isinstance(chunk, Entries) else None
        planned = planner.plan_together(candidates) if candidates is not None else []
        if candidates is not None and not planned:
            result.rows.add_recorded(len(candidates.entries))
            evidence.add_recorded(candidates.entries)
            request.progress(len(candidates.entries))
            continue
        items = list(chunk)
        if candidates is None:
            entries = [item for item in items if isinstance(item, Entry)]
            planned = planner.plan([reader.read(entry) for entry in entries], entries)
        _count(items, planned, result)
        evidence.add(items, planned)
        request.progress(len(items))
    planner.write()
    evidence.flush()


def _chunks(items: Iterable[ListItem | Entries]) -> Iterator[list[ListItem] | Entries]:
    """Rows that came together, and between them the others, at most so many at once."""
    others: list[ListItem] = []
    for item in items:
        if isinstance(item, Entries):
            if others:
                yield others
                others = []
            yield item
        else:
            others.append(item)
            if len(others) == CHUNK:
                yield others
                others = []
    if others:
        yield others


def _count(chunk: Iterable[object], planned: Sequence[PlannedRow], result: FileResult) -> None:
    for row in planned:
        result.rows.add(row.outcome)
        result.rows.recognitions += row.recognitions
        if row.problems:
            result.tell(row.problems)
        if row.outcome in WAITING:
            result.kept.append(KeptRow(row.entry, row.outcome, row.problems))
    for item in chunk:
        if isinstance(item, NotData):
            result.rows.not_data += 1
        elif isinstance(item, DeclaredCount):
            result.declared.append(item)
        elif isinstance(item, Problem):
            result.problems.append(item)


def _hold_against_option(result: FileResult, declared: int | None) -> None:
    """`--declared N` is a total like any other, stated by the officer instead of the list."""
    if declared is not None:
        result.declared.append(DeclaredCount("", 0, f"--declared {declared}", declared, result.rows.read))


def _warn_of_totals(result: FileResult) -> None:
    for total in result.declared:
        if total.declared != total.listed:
            params = {"stated": total.stated, "declared": total.declared, "listed": total.listed}
            result.problems.append(
                Problem("declared_differs", total.sheet, total.row or None, None, total.stated, params)
            )


def fingerprint_of(sha256: str, options: ListOptions) -> str:
    """What makes two imports the same: the file's content and the options."""
    said = {name: value for name, value in asdict(options).items() if value}
    return hashlib.sha256(f"{sha256}\n{canonical(said)}".encode()).hexdigest()
