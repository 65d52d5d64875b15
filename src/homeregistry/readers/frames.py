"""What travels between the reading process and its parent, and how: a length, then a marshalled tuple.

Both ends are the same program on the same machine; `marshal` is the fastest codec the standard
library has for rows of plain values.
"""

import marshal
import struct
from typing import IO, Any, Final

_LENGTH: Final = struct.Struct("<Q")
_VERSION: Final = 2
"""Marshal without object references: they cost time and never occur in rows."""

Frame = tuple[Any, ...]
"""A name first: job, sheet, rows, text, remark, error, end; then its values."""


def write(stream: IO[bytes], frame: Frame) -> None:
    """Send one frame."""
    write_bytes(stream, marshal.dumps(frame, _VERSION))


def write_bytes(stream: IO[bytes], data: bytes) -> None:
    """Send bytes as they are: a file inside a frame would be copied once more on both sides."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_bytes(stream: IO[bytes]) -> bytes | None:
    """Take bytes sent by `write_bytes`, or None when the other end is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def read(stream: IO[bytes]) -> Frame | None:
    """Take the next frame, or None when the other end is gone (also in the middle of a frame)."""
    payload = read_bytes(stream)
    if payload is None:
        return None
    frame: Frame = marshal.loads(payload)
    return frame
