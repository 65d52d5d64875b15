"""Canonical digests: one way to turn rows and values into bytes, the same on every engine and machine."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import orjson


def canonical(value: object) -> str:
    """JSON without spaces, keys sorted, text as is; bytes stand as their SHA-256."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_bytes)


def _bytes(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def sha256_text(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class RowDigest:
    """A digest over rows in order; how the rows come in chunks makes no difference."""

    __slots__ = ("_hash", "rows")

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Take in rows: sequences of text, whole numbers, None and bytes."""
        if rows:
            # The bytes of `canonical`, ten times as fast: rows hold no mappings, so no keys to sort.
            self._hash.update(orjson.dumps(rows, default=_bytes)[1:-1] + b",")
            self.rows += len(rows)

    def hexdigest(self) -> str:
        """The digest of all rows so far."""
        return self._hash.hexdigest()
