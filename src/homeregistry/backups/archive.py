"""The backup file: a ZIP of JSON lines, one member for each table, and a manifest with their digests.

It belongs to no engine: what SQLite wrote PostgreSQL can take in, and the other way round. Rows stand as
JSON arrays in the order of the columns that the manifest names; bytes stand as `{"base64": "…"}`.
"""

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from homeregistry.errors import FileRefused

FORMAT: Final = "homeregistry-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
_ROWS: Final = 2000
_BYTES: Final = 8 << 20
_FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table in a backup: its columns, how many rows, and the digest of its lines."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `revision` and `audit_head` are the registry's when it was made."""

    schema: str
    revision: int
    audit_head: str
    program: str
    made_at: str
    tables: tuple[TablePart, ...]

    def to_json(self) -> dict[str, Any]:
        """The manifest as it stands in the file."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}


def is_backup(path: Path) -> bool:
    """Whether a file is a backup, whole or not."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(json.loads(archive.read(MANIFEST)).get("format") == FORMAT)
    except (*_BROKEN, OSError, AttributeError):
        return False


class ArchiveWriter:
    """Writes one table after the other, the manifest last."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self.parts: list[TablePart] = []

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def add(self, table: str, columns: Sequence[str], chunks: Iterator[list[tuple[Any, ...]]]) -> None:
        """Write a table from chunks of rows."""
        digest, rows = hashlib.sha256(), 0
        with self._zip.open(_member(f"{table}.jsonl"), "w", force_zip64=True) as member:
            for chunk in chunks:
                text = encode_rows(chunk)
                member.write(text)
                digest.update(text)
                rows += len(chunk)
        self.parts.append(TablePart(table, tuple(columns), rows, digest.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest."""
        text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=1)
        self._zip.writestr(_member(MANIFEST), text.encode())


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIXED_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


class ArchiveReader:
    """Reads a backup, a chunk at a time. What is not as the manifest says is refused as damaged."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest = _manifest(json.loads(self._zip.read(MANIFEST)))
        except FileNotFoundError:
            raise FileRefused("no_such_file", "{file} does not exist.", file=str(path)) from None
        except (*_BROKEN, AttributeError) as error:
            raise FileRefused(
                "not_a_backup", "{file} is not a backup of a registry, or is damaged.", file=path.name
            ) from error

    def __enter__(self) -> "ArchiveReader":
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def chunks(self, part: TablePart) -> Iterator[list[list[Any]]]:
        """The rows of a table; raises FileRefused at its end when it is not the table that was written."""
        digest, rows = hashlib.sha256(), 0
        try:
            with self._zip.open(f"{part.name}.jsonl") as member:
                while lines := member.readlines(_BYTES):
                    for start in range(0, len(lines), _ROWS):
                        piece = lines[start : start + _ROWS]
                        digest.update(b"".join(piece))
                        rows += len(piece)
                        yield [_row(line, len(part.columns)) for line in piece]
        except _BROKEN as error:
            raise self.damaged(part.name) from error
        if rows != part.rows or digest.hexdigest() != part.sha256:
            raise self.damaged(part.name)

    def damaged(self, table: str) -> FileRefused:
        """The refusal for a table that is not as written."""
        return FileRefused(
            "backup_damaged", "The backup {file} is damaged ({table}); nothing was restored.",
            file=self._name, table=table,
        )  # fmt: skip


def _manifest(found: dict[str, Any]) -> Manifest:
    if found.get("format") != FORMAT:
        raise ValueError("another kind of file")
    if int(found["version"]) > VERSION:
        raise FileRefused(
            "backup_newer", "The backup was made by a newer homeregistry ({program}); install that one.",
            program=found.get("program"),
        )  # fmt: skip
    parts = tuple(
        TablePart(str(t["name"]), tuple(map(str, t["columns"])), int(t["rows"]), str(t["sha256"]))
        for t in found["tables"]
    )
    return Manifest(
        str(found["schema"]), int(found["revision"]), str(found["audit_head"]), str(found["program"]),
        str(found["made_at"]), parts,
    )  # fmt: skip


def encode_rows(rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows as JSON lines."""
    return b"".join([orjson.dumps(row, _base64, orjson.OPT_APPEND_NEWLINE) for row in rows])


def _base64(value: bytes) -> dict[str, str]:
    return {"base64": base64.b64encode(value).decode()}


def _row(line: bytes, width: int) -> list[Any]:
    row = orjson.loads(line)
    if not isinstance(row, list) or len(row) != width:
        raise ValueError("a row of another width")
    return [base64.b64decode(v["base64"], validate=True) if isinstance(v, dict) else v for v in row]
