"""Every fact row against the audit chain: what each revision wrote and closed, recomputed in one pass.

Rows are read in the order of their ids, which is the order they were written in; the digest of a revision
is the one its entry holds, or somebody changed a row, took one away or put one in.
"""

from array import array
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.bulk import stream_rows
from homeregistry.digests import RowDigest, canonical, sha256_text
from homeregistry.tables import CLOSABLE, FACTS
from homeregistry.verifying.chain import Chain
from homeregistry.verifying.findings import Finding, Place

_HEAVY = {"source_content": 4, "source_block": 50}
"""Tables of large rows are read in smaller chunks."""


def check_rows(connection: Connection, chain: Chain) -> tuple[dict[str, int], list[Finding]]:
    """All fact tables; returns how many rows each holds, and the findings."""
    counts: dict[str, int] = {}
    findings: list[Finding] = []
    for table in FACTS:
        written, closed = _read(connection, table)
        counts[table] = sum(digest.rows for digest in written.values())
        findings += _compare_written(chain, table, written)
        findings += _compare_closed(chain, table, closed)
    return counts, findings


def _read(connection: Connection, table: str) -> tuple[dict[int, RowDigest], dict[int, "array[int]"]]:
    columns = FACTS[table]
    given = columns.index("revision_from")
    of_revision = itemgetter(given)
    closable = table in CLOSABLE
    written: dict[int, RowDigest] = {}
    closed: dict[int, array[int]] = {}
    statement = f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"
    for chunk in stream_rows(connection, statement, _HEAVY.get(table, 2000)):
        for revision, rows in groupby(chunk, of_revision):
            written.setdefault(revision, RowDigest()).add([row[:given] for row in rows])
        if closable:
            _collect(closed, chunk)
    return written, closed


def _collect(closed: dict[int, "array[int]"], chunk: list[tuple[Any, ...]]) -> None:
    for row in chunk:
        if row[-1] is not None:
            closed.setdefault(row[-1], array("q")).append(row[0])


def _compare_written(chain: Chain, table: str, written: dict[int, RowDigest]) -> Iterator[Finding]:
    stated = chain.written.get(table, {})
    for revision in sorted(stated.keys() | written.keys()):
        if table == "union_body" and revision == 0:
            continue  # the packaged bodies come with the schema, not with a write
        found = written.get(revision, RowDigest())
        rows, digest = stated.get(revision, (0, ""))
        params = {"table": table, "written": rows, "found": found.rows}
        if revision not in chain.hashes:
            yield Finding("rows_beyond_chain", Place("revision {revision}", {"revision": revision}), params)
        elif found.rows < rows:
            yield Finding("rows_missing", chain.where(revision), params)
        elif found.rows > rows:
            yield Finding("rows_added", chain.where(revision), params)
        elif found.hexdigest() != digest:
            yield Finding("rows_changed", chain.where(revision), params)


def _compare_closed(chain: Chain, table: str, closed: dict[int, "array[int]"]) -> Iterator[Finding]:
    stated = chain.closed.get(table, {})
    for revision in sorted(stated.keys() | closed.keys()):
        ids = closed.get(revision, array("q"))
        rows, digest = stated.get(revision, (0, ""))
        params = {"table": table, "written": rows, "found": len(ids)}
        if revision not in chain.hashes:
            yield Finding(
                "closings_beyond_chain", Place("revision {revision}", {"revision": revision}), params
            )
        elif len(ids) != rows or sha256_text(canonical(sorted(ids))) != digest:
            yield Finding("closings_changed", chain.where(revision), params)
