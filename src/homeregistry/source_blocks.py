"""Source rows as they are kept: a thousand to a block, compressed.

Every list and report that came in keeps its rows in this form, and a recognition's printed words are read
from it; nobody else needs to know what a block looks like inside.
"""

import zlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import orjson

BLOCK: Final = 1000
"""At most so many rows in a block."""


def pack_rows(rows: Sequence[tuple[int, str, Sequence[Any]]]) -> bytes:
    """A block of source rows: compressed JSON [[row, outcome, [cells…]], …]."""
    return zlib.compress(orjson.dumps(rows, default=_printed), 1)


def unpack_rows(content: bytes) -> list[list[Any]]:
    """The rows of a block as they were packed."""
    found: list[list[Any]] = orjson.loads(zlib.decompress(content))
    return found


def _printed(value: object) -> str:
    if isinstance(value, timedelta):
        return str(value)
    raise TypeError(type(value).__name__)
