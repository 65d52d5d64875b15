"""How much of a file is read before it counts as too large: the numbers that keep hostile files cheap.

Honest lists stay far below all of them; each refusal names the limit it met.
"""

from typing import Final

MEBIBYTE: Final = 1024 * 1024

FILE_BYTES: Final = 256 * MEBIBYTE
"""The file itself; it is held in memory once, because it is hashed, read and stored as evidence."""

UNPACKED_BYTES: Final = 1024 * MEBIBYTE
"""All parts of a zipped document together, unpacked."""

PART_BYTES: Final = 64 * MEBIBYTE
"""One part that is parsed as a whole (workbook directory, relations, document.xml)."""

RATIO: Final = 300
RATIO_FROM_BYTES: Final = 32 * MEBIBYTE
"""A part larger than this may not unpack to more than RATIO times its packed size."""

ENTRIES: Final = 20_000
DIRECTORY_BYTES: Final = 4 * MEBIBYTE
"""Entries of a zip directory, and its size: both are known before anything is unpacked."""

SHEETS: Final = 500
GRID_ROWS: Final = 1_048_576
GRID_COLUMNS: Final = 16_384
"""The largest sheet any spreadsheet program writes."""

DENSE_CELLS: Final = 24_000_000
"""The rectangle around the filled cells that may be laid out at once."""

SPARSE_CELLS: Final = 2_000_000
"""A rectangle above this with few filled cells is read cell by cell instead."""

ROW_BYTES: Final = 32 * MEBIBYTE
"""One row of a sheet part."""

MERGES: Final = 200_000
CELL_CHARACTERS: Final = 1_000_000
"""One field of a .csv; a spreadsheet program holds 32,767 characters in a cell."""

PAGES: Final = 1_000
TEXT_CHARACTERS: Final = 50_000_000

CHILD_BYTES: Final = 1200 * MEBIBYTE
"""Memory of the reading process: with the parent it stays below 1.5 GB."""

CHILD_SECONDS: Final = 45
"""Time a file may keep its reader waiting, and processor time of the reading process."""
