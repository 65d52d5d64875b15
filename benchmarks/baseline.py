"""The baseline: read a sheet with python-calamine, insert it flat with sqlite3, one transaction, no more.

Run as `python baseline.py WORKBOOK DATABASE` in a process of its own, as the import is.
"""

import sqlite3
import sys
from contextlib import closing

import python_calamine

_WIDTH = 8


def main(workbook: str, database: str) -> None:
    """Insert the first sheet's rows as they are."""
    sheet = python_calamine.load_workbook(workbook).get_sheet_by_index(0)
    rows = [tuple((*row, *[""] * _WIDTH)[:_WIDTH]) for row in sheet.to_python(skip_empty_area=False)]
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE flat (a, b, c, d, e, f, g, h)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO flat VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
