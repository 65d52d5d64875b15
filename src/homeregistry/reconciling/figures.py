"""The declared figures that stand: read from the registry as values, with the file they came from."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.comparing.declared import Declared
from homeregistry.queries.filters import live

_AS_THEY_ARE: Final = (
    "id", "scope", "region_id", "region_code", "stars", "tier", "system", "measure", "low", "high", "stated",
    "qualifier", "year_from", "year_to", "part_of", "decision_no", "quote", "sheet",
)  # fmt: skip
"""Columns that are the figure's own fields."""

_COLUMNS: Final = (
    f"d.{', d.'.join(_AS_THEY_ARE)}, d.kind, d.kinds, d.or_above, d.implied, d.flags, d.span_start, "
    "d.span_end, d.row_no, d.cell_column, d.batch_id, b.file_name"
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
    return Declared(
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
        kinds=tuple(str(row.kinds).split()) if row.kinds else (str(row.kind),),
        or_above=bool(row.or_above), implied=bool(row.implied), flags=tuple(str(row.flags).split()),
        start=row.span_start, end=row.span_end, row=row.row_no, column=row.cell_column,
        batch=row.batch_id, file=row.file_name,
    )  # fmt: skip
