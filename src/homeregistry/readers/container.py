"""Zipped documents (.xlsx, .ods, .docx …) looked at before anything is unpacked.

Sizes, ratios and entry counts come from the directory, so a bomb costs nothing; a part that unpacks
to something else than its directory says is refused by the checksum while it is read.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from homeregistry.readers import limits
from homeregistry.readers.refusals import refuse

_END: Final = b"PK\x05\x06"
_PROLOGUE_BYTES: Final = 64 * 1024
_CHUNK: Final = 1024 * 1024
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Container:
    """An opened zip whose directory has been found harmless.

    Raises FileRefused: `damaged_file` when the directory is broken or cut off, `too_large` when its
    parts would unpack to more than the limits, `encrypted_file` when a part is encrypted.
    """

    def __init__(self, data: bytes) -> None:
        _check_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
            raise refuse("damaged") from None
        infos = self._zip.infolist()
        if len(infos) > limits.ENTRIES:
            raise refuse("entries", count=len(infos), limit=limits.ENTRIES)
        total = sum(info.file_size for info in infos)
        if total > limits.UNPACKED_BYTES:
            raise refuse(
                "unpacked",
                size=total // limits.MEBIBYTE,
                limit=limits.UNPACKED_BYTES // limits.MEBIBYTE,
            )
        for info in infos:
            if info.flag_bits & 0x1:
                raise refuse("encryption")
            if info.file_size > max(limits.RATIO_FROM_BYTES, info.compress_size * limits.RATIO):
                ratio = info.file_size // max(info.compress_size, 1)
                raise refuse("ratio", part=info.filename, ratio=ratio)
        self.names: Final = {info.filename.lstrip("/").lower(): info.filename for info in infos}
        """Part names in lower case (as the formats compare them) to the names in the directory."""

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").lower() in self.names

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes, a megabyte at a time. Raises FileRefused when it is missing or damaged."""
        actual = self.names.get(name.lstrip("/").lower())
        if actual is None:
            raise refuse("missing_part", part=name)
        try:
            with self._zip.open(actual) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
            raise refuse("part", part=name) from None

    def read(self, name: str, most: int = limits.PART_BYTES) -> bytes:
        """A whole part, of at most `most` bytes."""
        collected = bytearray()
        for chunk in self.chunks(name):
            collected += chunk
            if len(collected) > most:
                raise refuse(
                    "unpacked",
                    size=len(collected) // limits.MEBIBYTE,
                    limit=most // limits.MEBIBYTE,
                )
        return bytes(collected)

    def xml(self, name: str) -> ElementTree.Element:
        """A small XML part as a tree, after its prologue was found free of declarations."""
        data = self.read(name)
        refuse_declarations(data, name)
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError):
            raise refuse("part", part=name) from None

    def check_prologues(self) -> None:
        """Refuse the document if any of its XML parts declares a document type or entities."""
        for lowered, name in self.names.items():
            if lowered.endswith((".xml", ".rels", ".vml")):
                refuse_declarations(next(self.chunks(name), b""), name)


def refuse_declarations(data: bytes, part: str) -> None:
    """Refuse a DOCTYPE or ENTITY declaration in the first bytes of a part (UTF-16 included)."""
    head = data[:_PROLOGUE_BYTES].replace(b"\0", b"")
    if _DOCTYPE.search(head):
        raise refuse("doctype", part=part)


def local(tag: str) -> str:
    """An element's name without its namespace: strict and transitional files differ only there."""
    return tag.rpartition("}")[2]


def _check_directory(data: bytes) -> None:
    """Refuse a zip without an end, or with a directory too large to be listed."""
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22:
        raise refuse("truncated")
    size = struct.unpack_from("<L", data, at + 12)[0]
    if size != 0xFFFFFFFF and size > limits.DIRECTORY_BYTES:
        raise refuse("entries", count=size // 46, limit=limits.ENTRIES)
