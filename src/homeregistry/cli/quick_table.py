"""The same table for a command that must not wait for tabulate: loading it takes longer than a look-up.

Used where a few short rows are printed at once; a test holds it against tabulate, to the character.
"""

from collections.abc import Sequence
from typing import Any

from homeregistry.widths import columns


def quick_table(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Lines under headers and a rule, all to the left; a cell is one line."""
    cells = [["" if cell is None else str(cell).strip() for cell in row] for row in rows]
    wide = [
        max([columns(header), *(columns(row[place]) for row in cells)])
        for place, header in enumerate(headers)
    ]
    rule = ["-" * width for width in wide]
    return "\n".join(_line(line, wide) for line in [list(headers), rule, *cells])


def _line(texts: Sequence[str], wide: Sequence[int]) -> str:
    padded = (text + " " * (width - columns(text)) for text, width in zip(texts, wide, strict=True))
    return "  ".join(padded).rstrip()
