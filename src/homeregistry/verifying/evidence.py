"""The evidence: stored files against their digests, source rows against what each batch says of them.

Reads every stored file and every block of source rows once, one at a time.
"""

import hashlib
import json
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.engine import Connection

from homeregistry.bulk import stream_rows
from homeregistry.source_blocks import unpack_rows
from homeregistry.verifying.findings import MOST, Finding, Place
from homeregistry.vocabulary import OUTCOMES

_PIECE: Final = 1 << 20


def check_documents(connection: Connection) -> Iterator[Finding]:
    """Every stored file is the one that came in: its digest and its size."""
    statement = (
        "SELECT d.id, d.name, d.sha256, d.size, c.content FROM source_content c "
        "JOIN source_document d ON d.id = c.document_id ORDER BY c.id"
    )
    for chunk in stream_rows(connection, statement, 1):
        for number, name, sha256, size, content in chunk:
            where = Place("document {number} ({name})", {"number": number, "name": name})
            try:
                found = _digest(content)
            except zlib.error:
                yield Finding("document_damaged", where)
                continue
            if found != (sha256, size):
                yield Finding("document_differs", where)


def _digest(content: bytes) -> tuple[str, int]:
    """Digest and size of a compressed file, a piece at a time: a small one may unpack to a large one."""
    unpack, digest, size = zlib.decompressobj(), hashlib.sha256(), 0
    rest = content
    while rest:
        piece = unpack.decompress(rest, _PIECE)
        digest.update(piece)
        size += len(piece)
        rest = unpack.unconsumed_tail
        if not piece and not rest:
            break
    piece = unpack.flush()
    digest.update(piece)
    if not unpack.eof:
        raise zlib.error("the stored file ends too early")
    return digest.hexdigest(), size + len(piece)


@dataclass(slots=True)
class _Batch:
    """One batch's source rows: outcomes counted, and by sheet the rows that are data, in order."""

    outcomes: Counter[str] = field(default_factory=Counter)
    rows: dict[str, "array[int]"] = field(default_factory=dict)


def check_batches(connection: Connection) -> Iterator[Finding]:
    """Source rows, the counts of their batch, the recognitions and the rows that wait fit each other."""
    batches: dict[int, _Batch] = {}
    yield from _read_blocks(connection, batches)
    for batch in batches.values():
        batch.rows = {sheet: array("q", sorted(rows)) for sheet, rows in batch.rows.items()}
    yield from _check_counts(connection, batches)
    yield from _check_sources(connection, batches)


def _read_blocks(connection: Connection, batches: dict[int, _Batch]) -> Iterator[Finding]:
    statement = (
        "SELECT batch_id, sheet, first_row, last_row, row_count, content FROM source_block ORDER BY id"
    )
    for chunk in stream_rows(connection, statement, 50):
        for number, sheet, first, last, count, content in chunk:
            where = Place("batch {number}, {rows}", {"number": number, "rows": f"{sheet}!{first}-{last}"})
            try:
                rows = unpack_rows(content)
                numbers = [int(row[0]) for row in rows]
                outcomes = [str(row[1]).split(":")[0] for row in rows]
            except (zlib.error, ValueError, TypeError, IndexError):
                yield Finding("block_damaged", where)
                continue
            batch = batches.setdefault(number, _Batch())
            batch.outcomes.update(outcomes)
            data = (n for n, outcome in zip(numbers, outcomes, strict=True) if outcome in OUTCOMES)
            batch.rows.setdefault(sheet, array("q")).extend(data)
            if (len(numbers), numbers[0], numbers[-1]) != (count, first, last):
                yield Finding("block_differs", where, {"stated": count, "found": len(numbers)})


def _check_counts(connection: Connection, batches: dict[int, _Batch]) -> Iterator[Finding]:
    recognitions = _numbers(connection, "recognition")
    waiting = _numbers(connection, "held_row")
    statement = (
        "SELECT b.id, b.file_name, r.counts FROM import_batch b JOIN batch_result r ON r.batch_id = b.id "
        "WHERE b.purpose = 'list' ORDER BY b.id"
    )
    for chunk in stream_rows(connection, statement):
        for number, name, text in chunk:
            where = Place("batch {number} ({name})", {"number": number, "name": name})
            stated: dict[str, int] = json.loads(text).get("rows", {})
            found = batches.get(number, _Batch()).outcomes
            for outcome in (*OUTCOMES, "not_data"):
                if stated.get(outcome, 0) != found[outcome]:
                    params = {"outcome": outcome, "stated": stated.get(outcome, 0), "found": found[outcome]}
                    yield Finding("outcomes_differ", where, params)
            total = sum(stated.get(outcome, 0) for outcome in OUTCOMES)
            if stated.get("read", 0) != total:
                params = {"stated": stated.get("read", 0), "found": total}
                yield Finding("outcomes_do_not_add_up", where, params)
            if stated.get("recognitions", 0) != recognitions.get(number, 0):
                params = {"stated": stated.get("recognitions", 0), "found": recognitions.get(number, 0)}
                yield Finding("recognitions_differ", where, params)
            kept = stated.get("held", 0) + stated.get("refused", 0)
            if kept != waiting.get(number, 0):
                yield Finding("waiting_differ", where, {"stated": kept, "found": waiting.get(number, 0)})


def _numbers(connection: Connection, table: str) -> dict[int, int]:
    """How many rows each batch itself brought into a table (a review may have added more later)."""
    found = connection.exec_driver_sql(
        f"SELECT t.batch_id, count(*) FROM {table} t JOIN import_batch b ON b.id = t.batch_id "
        "WHERE t.revision_from = b.revision_from GROUP BY t.batch_id"
    )
    return {int(row[0]): int(row[1]) for row in found}


def _check_sources(connection: Connection, batches: dict[int, _Batch]) -> Iterator[Finding]:
    statement = (
        "SELECT r.id, r.batch_id, r.sheet, r.row_no FROM recognition r "
        "JOIN import_batch b ON b.id = r.batch_id WHERE b.purpose = 'list' ORDER BY r.id"
    )
    missing = 0
    empty = array("q")
    for chunk in stream_rows(connection, statement):
        for number, batch, sheet, row in chunk:
            known = batches[batch].rows.get(sheet, empty) if batch in batches else empty
            at = bisect_left(known, row)
            if at == len(known) or known[at] != row:
                missing += 1
                if missing <= MOST:
                    place = {"number": number, "batch": batch, "rows": f"{sheet}!{row}"}
                    yield Finding("no_source", Place("recognition {number} (batch {batch}, {rows})", place))
