"""What a list and a report leave alike: the file and its bytes, the batch, blocks of rows, problems, the
result.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from sqlalchemy.engine import Connection

from homeregistry.database import marks
from homeregistry.digests import canonical
from homeregistry.importing.sink import Sink
from homeregistry.problems import Problem
from homeregistry.readers.opened import OpenedFile
from homeregistry.source_blocks import pack_rows

Purpose = Literal["list", "report"]

_ZIPPED: Final = b"PK"
"""How a file begins whose parts are compressed already: to do it again costs time and saves nothing."""


def live_batch(connection: Connection, fingerprint: str) -> int | None:
    """The live batch of this fingerprint, if any."""
    found = connection.exec_driver_sql(
        f"SELECT id FROM import_batch WHERE fingerprint = {marks(connection)} AND revision_to IS NULL",
        (fingerprint,),
    ).scalar()
    return int(found) if found is not None else None


def keep_batch(
    connection: Connection,
    sink: Sink,
    opened: OpenedFile,
    purpose: Purpose,
    options: Mapping[str, Any],
    fingerprint: str,
    by: tuple[str, str],
) -> int:
    """The batch of a file, and the document where it is new; returns the batch id. `by` is who, and when."""
    number = sink.new_id("import_batch")
    document = _document_of(connection, sink, opened)
    row = (number, document, purpose, opened.name, canonical(dict(options)), fingerprint, *by)
    sink.insert("import_batch", [row])
    return number


def _document_of(connection: Connection, sink: Sink, opened: OpenedFile) -> int:
    """The id of the document: known by its digest, or new."""
    found = connection.exec_driver_sql(
        f"SELECT id FROM source_document WHERE sha256 = {marks(connection)}", (opened.sha256,)
    ).scalar()
    if found is not None:
        return int(found)
    number = sink.new_id("source_document")
    sink.insert("source_document", [(number, opened.sha256, opened.name, opened.size, opened.media_type)])
    return number


def keep_bytes(connection: Connection, sink: Sink, opened: OpenedFile) -> None:
    """The file's own bytes, once; a preview has no document that could hold them."""
    document = connection.exec_driver_sql(
        f"SELECT d.id FROM source_document d LEFT JOIN source_content c ON c.document_id = d.id "
        f"WHERE d.sha256 = {marks(connection)} AND c.id IS NULL",
        (opened.sha256,),
    ).scalar()
    if document is not None:
        level = 0 if opened.data.startswith(_ZIPPED) else 1
        row = (sink.new_id("source_content"), int(document), zlib.compress(opened.data, level))
        sink.insert("source_content", [row])


def keep_block(sink: Sink, batch: int, sheet: str, rows: Sequence[tuple[int, str, Sequence[Any]]]) -> None:
    """One block of consecutive source rows: number, outcome, cells."""
    block = (sink.new_id("source_block"), batch, sheet, rows[0][0], rows[-1][0], len(rows), pack_rows(rows))
    sink.insert("source_block", [block])


def keep_problems(
    sink: Sink, batch: int, problems: Iterable[Problem], clean: Callable[[str], str] = str
) -> None:
    """Problems with their places; `clean` goes over every word that the file brought in."""
    sink.insert(
        "problem",
        [
            (
                sink.new_id("problem"), batch, p.code, p.level, p.sheet, p.row, p.column,
                None if p.value is None else clean(p.value),
                canonical({name: clean(str(value)) for name, value in p.params.items()}),
            )
            for p in problems
        ],
    )  # fmt: skip


def keep_result(
    sink: Sink,
    batch: int,
    counts: Mapping[str, Any],
    layouts: object,
    columns: Sequence[Any] = (),
    dropped: Sequence[Any] = (),
) -> None:
    """What reading came to: counts, columns as understood and dropped, layouts by sheet."""
    said = (canonical(part) for part in (counts, list(columns), list(dropped), layouts))
    sink.insert("batch_result", [(sink.new_id("batch_result"), batch, *said)])
