"""What an import leaves as evidence: the file itself, every source row with its outcome, the problems.

Source rows are kept in compressed blocks of a thousand. Where a personal column was dropped the
file's bytes are not kept, only its digest and the cleaned rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import repeat
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.digests import canonical
from homeregistry.importing.kept import keep_batch, keep_block, keep_bytes, keep_problems, keep_result
from homeregistry.importing.planning import HOLDING, PlannedRow
from homeregistry.importing.request import ImportRequest
from homeregistry.importing.results import FileResult, declared_json
from homeregistry.importing.sink import Sink
from homeregistry.ledger import utc_now
from homeregistry.problems import Problem
from homeregistry.readers.opened import OpenedFile
from homeregistry.records import Entries, Entry, NotData
from homeregistry.source_blocks import BLOCK
from homeregistry.vocabulary import WAITING


class EvidenceWriter:
    """Writes the evidence of one batch to the sink."""

    def __init__(
        self, connection: Connection, sink: Sink, opened: OpenedFile, request: ImportRequest
    ) -> None:
        self.connection = connection
        self.sink = sink
        self._opened = opened
        self._request = request
        self._batch = 0
        self._sheet: str | None = None
        self._rows: list[tuple[int, str, Sequence[Any]]] = []

    def open_batch(self, fingerprint: str) -> int:
        """The document (known by its digest, or new) and the batch row; returns the batch id."""
        options = {name: value for name, value in asdict(self._request.options).items() if value}
        by = (self._request.actor, utc_now())
        self._batch = keep_batch(self.connection, self.sink, self._opened, "list", options, fingerprint, by)
        return self._batch

    def add(self, items: Sequence[object], planned: Sequence[PlannedRow]) -> None:
        """The rows of a chunk in order, with their outcomes; what waits and what is wrong."""
        outcomes = iter(planned)
        for item in items:
            if isinstance(item, Entry):
                self._keep(item.sheet, [(item.row, next(outcomes).outcome, item.cells)])
            elif isinstance(item, NotData):
                self._keep(item.sheet, [(item.row, f"not_data:{item.reason}", (item.text,))])
        waiting = [row for row in planned if row.outcome in WAITING]
        self.sink.insert("held_row", [self._held(row) for row in waiting])
        keep_problems(self.sink, self._batch, (problem for row in planned for problem in row.problems))
        keep_problems(self.sink, self._batch, (item for item in items if isinstance(item, Problem)))

    def add_recorded(self, entries: Entries) -> None:
        """Rows that were all recorded, and have no problems."""
        self._keep(entries.sheet, zip(entries.rows, repeat("recorded"), entries.cells, strict=False))

    def _keep(self, sheet: str, rows: Iterable[tuple[int, str, Sequence[Any]]]) -> None:
        if sheet != self._sheet:
            self.flush()
        self._sheet = sheet
        self._rows.extend(rows)
        while len(self._rows) > BLOCK:
            self._write(BLOCK)

    def flush(self) -> None:
        """Write the block that is being filled."""
        if self._rows:
            self._write(len(self._rows))

    def _write(self, count: int) -> None:
        block, self._rows = self._rows[:count], self._rows[count:]
        keep_block(self.sink, self._batch, self._sheet or "", block)

    def _held(self, row: PlannedRow) -> tuple[Any, ...]:
        entry = row.entry
        errors = [problem.code for problem in row.problems if problem.level == "error"]
        decisive = next((code for code in errors if code in HOLDING), errors[0] if errors else "")
        return (
            self.sink.new_id("held_row"), self._batch, entry.sheet, entry.row, row.outcome, decisive,
            canonical(entry_json(entry)), row.other_recipient_id,
        )  # fmt: skip

    def close_batch(self, result: FileResult) -> None:
        """What is known only at the end: totals, the list's own counts, the file's bytes."""
        self.flush()
        self.sink.insert(
            "list_check",
            [
                (
                    self.sink.new_id("list_check"), self._batch, d.sheet, d.row, d.stated, d.declared,
                    d.listed, d.kind, d.scope,
                )
                for d in result.declared
            ],
        )  # fmt: skip
        differing = [problem for problem in result.problems if problem.code == "declared_differs"]
        keep_problems(self.sink, self._batch, (*differing, *self._opened.remarks))
        counts = {"rows": result.rows.to_json(), "declared": [declared_json(d) for d in result.declared]}
        keep_result(
            self.sink, self._batch, counts, result.layouts,
            [asdict(column) for column in result.columns], [asdict(column) for column in result.dropped],
        )  # fmt: skip
        if not result.dropped:
            keep_bytes(self.connection, self.sink, self._opened)


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON, from which `review` can complete and record it later."""
    return {
        "sheet": entry.sheet, "row": entry.row, "values": dict(entry.values),
        "context": {name: value for name, value in asdict(entry.context).items() if value is not None},
        "columns": dict(entry.columns), "kinds": [list(kind) for kind in entry.kinds],
    }  # fmt: skip
