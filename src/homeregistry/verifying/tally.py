"""The tally against the rows: a number that was altered would be every count's number."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from homeregistry.tally import CELL, ROWS
from homeregistry.verifying.findings import MOST, Finding


def check_tally(connection: Connection) -> Iterator[Finding]:
    """Every cell is what the live rows make, and there is no other one."""
    columns = f"{', '.join(CELL)}, number"
    stored = f"SELECT {columns} FROM recognition_tally"
    found: dict[tuple[object, ...], list[int]] = {}
    for place, statement in enumerate(
        (f"{stored} EXCEPT {_made(columns)}", f"{_made(columns)} EXCEPT {stored}")
    ):
        for row in connection.exec_driver_sql(f"{statement} ORDER BY {columns} LIMIT {MOST}"):
            found.setdefault(tuple(row[:-1]), [0, 0])[place] = int(row[-1])
    for cell, (stated, made) in found.items():
        where = " ".join(str(value) for value in cell if value != "")
        yield Finding("tally_differs", where, {"stated": stated, "found": made})


def _made(columns: str) -> str:
    return f"SELECT {columns} FROM ({ROWS}) made"
