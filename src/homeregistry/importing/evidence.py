"""What an import leaves as evidence: the file itself, every source row with its outcome, the problems.

Source rows are kept in compressed blocks of a thousand. Where a personal column was dropped the
file's bytes are not kept, only its digest and the cleaned rows.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.database import marks
from homeregistry.digests import canonical
from homeregistry.importing.planning import HOLDING, PlannedRow
from homeregistry.importing.request import ImportRequest
from homeregistry.importing.results import FileResult, declared_json
from homeregistry.importing.sink import Sink
from homeregistry.ledger import utc_now
from homeregistry.problems import Problem
from homeregistry.readers.opened import OpenedFile
from homeregistry.records import Entry, NotData
from homeregistry.source_blocks import BLOCK, pack_rows
from homeregistry.vocabulary import WAITING


class EvidenceWriter:
    """Writes the evidence of one batch to the sink."""

    def __init__(
        self, connection: Connection, sink: Sink, opened: OpenedFile, request: ImportRequest
    ) -> None:
        self._connection = connection
        self._sink = sink
        self._opened = opened
        self._request = request
        self._batch = 0
        self._sheet: str | None = None
        self._rows: list[tuple[int, str, Sequence[Any]]] = []

    def open_batch(self, fingerprint: str) -> int:
        """The document (known by its digest, or new) and the batch row; returns the batch id."""
        opened, request = self._opened, self._request
        self._batch = self._sink.new_id("import_batch")
        options = {name: value for name, value in asdict(request.options).items() if value}
        self._sink.insert(
            "import_batch",
            [
                (
                    self._batch, self._document(), "list", opened.name, canonical(options), fingerprint,
                    request.actor, utc_now(),
                )
            ],
        )  # fmt: skip
        return self._batch

    def _document(self) -> int:
        found = self._connection.exec_driver_sql(
            f"SELECT id FROM source_document WHERE sha256 = {marks(self._connection)}", (self._opened.sha256,)
        ).scalar()
        if found is not None:
            return int(found)
        number = self._sink.new_id("source_document")
        opened = self._opened
        self._sink.insert(
            "source_document", [(number, opened.sha256, opened.name, opened.size, opened.media_type)]
        )
        return number

    def add(self, items: Sequence[object], planned: Sequence[PlannedRow]) -> None:
        """The rows of a chunk in order, with their outcomes; what waits and what is wrong."""
        outcomes = iter(planned)
        for item in items:
            if isinstance(item, Entry):
                self._keep(item.sheet, item.row, next(outcomes).outcome, item.cells)
            elif isinstance(item, NotData):
                self._keep(item.sheet, item.row, f"not_data:{item.reason}", (item.text,))
        waiting = [row for row in planned if row.outcome in WAITING]
        self._sink.insert("held_row", [self._held(row) for row in waiting])
        self._problems(problem for row in planned for problem in row.problems)
        self._problems(item for item in items if isinstance(item, Problem))

    def _keep(self, sheet: str, row: int, outcome: str, cells: Sequence[Any]) -> None:
        if self._rows and (sheet != self._sheet or len(self._rows) >= BLOCK):
            self.flush()
        self._sheet = sheet
        self._rows.append((row, outcome, cells))

    def flush(self) -> None:
        """Write the block that is being filled."""
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        block = (
            self._sink.new_id("source_block"), self._batch, self._sheet or "", rows[0][0], rows[-1][0],
            len(rows), pack_rows(rows),
        )  # fmt: skip
        self._sink.insert("source_block", [block])

    def _held(self, row: PlannedRow) -> tuple[Any, ...]:
        entry = row.entry
        errors = [problem.code for problem in row.problems if problem.level == "error"]
        decisive = next((code for code in errors if code in HOLDING), errors[0] if errors else "")
        return (
            self._sink.new_id("held_row"), self._batch, entry.sheet, entry.row, row.outcome, decisive,
            canonical(entry_json(entry)), row.other_recipient_id,
        )  # fmt: skip

    def _problems(self, problems: Iterable[Problem]) -> None:
        self._sink.insert(
            "problem",
            [
                (
                    self._sink.new_id("problem"), self._batch, p.code, p.level, p.sheet, p.row, p.column,
                    p.value, canonical({name: str(value) for name, value in p.params.items()}),
                )
                for p in problems
            ],
        )  # fmt: skip

    def close_batch(self, result: FileResult) -> None:
        """What is known only at the end: totals, the list's own counts, the file's bytes."""
        self.flush()
        self._sink.insert(
            "list_check",
            [
                (
                    self._sink.new_id("list_check"), self._batch, d.sheet, d.row, d.stated, d.declared,
                    d.listed, d.kind, d.scope,
                )
                for d in result.declared
            ],
        )  # fmt: skip
        differing = [problem for problem in result.problems if problem.code == "declared_differs"]
        self._problems(differing)
        counts = {"rows": result.rows.to_json(), "declared": [declared_json(d) for d in result.declared]}
        self._sink.insert(
            "batch_result",
            [
                (
                    self._sink.new_id("batch_result"), self._batch, canonical(counts),
                    canonical([asdict(column) for column in result.columns]),
                    canonical([asdict(column) for column in result.dropped]), canonical(result.layouts),
                )
            ],
        )  # fmt: skip
        if not result.dropped:
            self._keep_bytes()

    def _keep_bytes(self) -> None:
        document = self._connection.exec_driver_sql(
            f"SELECT d.id FROM source_document d LEFT JOIN source_content c ON c.document_id = d.id "
            f"WHERE d.sha256 = {marks(self._connection)} AND c.id IS NULL",
            (self._opened.sha256,),
        ).scalar()
        if document is not None:
            row = (self._sink.new_id("source_content"), int(document), zlib.compress(self._opened.data, 1))
            self._sink.insert("source_content", [row])


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON, from which `review` can complete and record it later."""
    return {
        "sheet": entry.sheet, "row": entry.row, "values": dict(entry.values),
        "context": {name: value for name, value in asdict(entry.context).items() if value is not None},
        "columns": dict(entry.columns), "kinds": [list(kind) for kind in entry.kinds],
    }  # fmt: skip
