"""The declared figures that stand: read from the registry as values, with the file they came from."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.comparing.with_records import Declared
from homeregistry.queries.filters import live

_COLUMNS = (
    "d.id, d.scope, d.region_id, d.region_code, d.kind, d.kinds, d.stars, d.tier, d.or_above, d.system, "
    "d.measure, d.low, d.high, d.stated, d.qualifier, d.year_from, d.year_to, d.implied, d.part_of, "
    "d.decision_no, d.flags, d.quote, d.span_start, d.span_end, d.sheet, d.row_no, d.cell_column, "
    "d.batch_id, b.file_name"
)


def live_figures(connection: Connection, revision: int | None = None) -> list[Declared]:
    """Figures that are neither withdrawn nor undone, now or at a revision, in the order they came in."""
    rows = connection.execute(
        sa.text(
            f"SELECT {_COLUMNS} FROM declared_figure d JOIN import_batch b ON b.id = d.batch_id "
            f"WHERE {live(revision, 'd')} ORDER BY d.id"
        )
    )
    return [_declared(row) for row in rows]


def figures_of_batch(connection: Connection, batch: int) -> list[Declared]:
    """The figures of one batch that stand."""
    rows = connection.execute(
        sa.text(
            f"SELECT {_COLUMNS} FROM declared_figure d JOIN import_batch b ON b.id = d.batch_id "
            f"WHERE {live(None, 'd')} AND d.batch_id = :batch ORDER BY d.id"
        ),
        {"batch": batch},
    )
    return [_declared(row) for row in rows]


def gone_figures(connection: Connection) -> list[tuple[Declared, dict[str, Any]]]:
    """Figures withdrawn, or taken back with their batch: each with the entry that closed it."""
    rows = connection.execute(
        sa.text(
            f"SELECT {_COLUMNS}, d.revision_to, a.at, a.actor, a.action, a.reason FROM declared_figure d "
            "JOIN import_batch b ON b.id = d.batch_id LEFT JOIN audit_entry a ON a.id = d.revision_to "
            "WHERE d.revision_to IS NOT NULL ORDER BY d.id"
        )
    )
    return [
        (
            _declared(row),
            {"revision": row[-5], "at": row[-4], "actor": row[-3], "action": row[-2], "reason": row[-1]},
        )
        for row in rows
    ]


def _declared(row: Any) -> Declared:
    codes = tuple(str(row[5]).split()) if row[5] else (str(row[4]),)
    return Declared(
        id=int(row[0]), scope=row[1], region_id=row[2], region_code=row[3], kinds=codes, stars=row[6],
        tier=row[7], or_above=bool(row[8]), system=row[9], measure=row[10], low=row[11], high=row[12],
        stated=row[13], qualifier=row[14], year_from=row[15], year_to=row[16], implied=bool(row[17]),
        part_of=row[18], decision_no=row[19], flags=tuple(str(row[20]).split()), quote=row[21],
        start=row[22], end=row[23], sheet=row[24], row=row[25], column=row[26], batch=int(row[27]),
        file=row[28],
    )  # fmt: skip
