"""Facts for tests below the importer: rows by column name, and a small batch as an import would write it."""

import hashlib
import json
import zlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from homeregistry import models
from homeregistry.digests import canonical
from homeregistry.ledger import Deed, Ledger, write
from homeregistry.tables import FACTS


def fact(table: str, **values: Any) -> tuple[Any, ...]:
    """A row as `Ledger.insert` takes it; columns not given are NULL, else empty text or 0."""
    columns = models.metadata.tables[table].columns
    names = FACTS[table][: FACTS[table].index("revision_from")]
    unknown = set(values) - set(names)
    assert not unknown, f"{table} has no {unknown}"
    return tuple(values.get(name, _nothing(columns[name])) for name in names)


def _nothing(column: sa.Column[Any]) -> Any:
    if column.nullable:
        return None
    return 0 if isinstance(column.type, sa.Integer) else ""


def put_batch(
    engine: Engine, entries: int = 3, *, year: int = 2020, file: str = "名单.xlsx", held: int = 0
) -> int:
    """Write one batch with `entries` recognitions of a round and `held` rows that wait; returns its id."""
    with write(engine, Deed("import", "tester")) as ledger:
        return _batch(ledger, entries, year, file, held)


def _batch(ledger: Ledger, entries: int, year: int, file: str, held: int) -> int:
    original = f"{file} {year} {entries}".encode() * 20
    document, batch = ledger.new_id("source_document"), ledger.new_id("import_batch")
    ledger.insert(
        "source_document",
        [
            fact(
                "source_document", id=document, sha256=hashlib.sha256(original).hexdigest(), name=file,
                size=len(original), media_type="text/plain",
            )
        ],
    )  # fmt: skip
    ledger.insert(
        "import_batch",
        [
            fact(
                "import_batch", id=batch, document_id=document, purpose="list", file_name=file, options="{}",
                fingerprint=f"{file}-{year}-{entries}", actor="tester", at=ledger.at,
            )
        ],
    )  # fmt: skip
    content = ledger.new_id("source_content")
    ledger.insert(
        "source_content",
        [fact("source_content", id=content, document_id=document, content=zlib.compress(original))],
    )
    first = 3
    cells = [[1, "not_data:title", [file]], [2, "not_data:header", ["单位名称"]]]
    cells += [[first + n, "recorded", [f"单位{n}工会"]] for n in range(entries)]
    cells += [[first + entries + n, "held", [f"待定{n}"]] for n in range(held)]
    block = ledger.new_id("source_block")
    ledger.insert(
        "source_block",
        [
            fact(
                "source_block", id=block, batch_id=batch, sheet="名单", first_row=1, last_row=cells[-1][0],
                row_count=len(cells), content=zlib.compress(json.dumps(cells, ensure_ascii=False).encode()),
            )
        ],
    )  # fmt: skip
    ledger.insert("held_row", [_held(ledger, batch, first + entries + n) for n in range(held)])
    ledger.insert("recognition", _recognitions(ledger, batch, entries, year))
    counts = {
        "read": entries + held, "recorded": entries, "already_recorded": 0, "held": held, "refused": 0,
        "not_data": 2, "recognitions": entries,
    }  # fmt: skip
    result = ledger.new_id("batch_result")
    ledger.insert(
        "batch_result",
        [fact("batch_result", id=result, batch_id=batch, counts=canonical({"rows": counts, "declared": []}))],
    )
    ledger.subject.update({"batch": batch, "file": file})
    return batch


def _held(ledger: Ledger, batch: int, row: int) -> tuple[Any, ...]:
    number = ledger.new_id("held_row")
    return fact(
        "held_row", id=number, batch_id=batch, sheet="名单", row_no=row, outcome="held",
        code="unknown_region", payload="{}",
    )  # fmt: skip


def _recognitions(ledger: Ledger, batch: int, entries: int, year: int) -> list[tuple[Any, ...]]:
    number = ledger.new_id("award_round")
    body = ledger.connection.exec_driver_sql("SELECT min(id) FROM union_body").scalar()
    same = {"kind": "model_home", "tier": "national", "system": "", "year_from": year, "year_to": year}
    ledger.insert(
        "award_round",
        [fact("award_round", id=number, conferring_body_id=body, decision_no=f"{batch}号", **same)],
    )
    recognitions, recipients = [], []
    for n in range(entries):
        recipient = ledger.new_id("recipient")
        name = f"单位{n}工会"
        recipients.append(
            fact(
                "recipient", id=recipient, type="organisation", name=name, key=name, block=name,
                batch_id=batch,
            )
        )  # fmt: skip
        recognitions.append(
            fact(
                "recognition", id=ledger.new_id("recognition"), round_id=number, recipient_id=recipient,
                name_printed=name, batch_id=batch, sheet="名单", row_no=3 + n, **same,
            )
        )  # fmt: skip
    ledger.insert("recipient", recipients)
    return recognitions
