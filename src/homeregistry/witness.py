"""What a SQLite registry cannot know by itself: how far it had come when something last left it.

A chain cannot see that its own tail was cut, nor a file that an older copy of it was put in its place.
Exports and backups therefore leave a small file beside the database with the revision and the head
digest they carry; `verify` holds the registry against it. On PostgreSQL the log of exports does this,
and anywhere `verify --against` an export or a backup does.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from homeregistry.database import Location


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody holds that the registry stood at `revision` (if known) with this `head`; `source` is who."""

    source: str
    revision: int | None
    head: str


def witness_path(location: Location) -> Path | None:
    """Where the witness of a registry is; None on PostgreSQL."""
    path = location.path
    return path.with_name(f"{path.name}.witness.json") if path is not None else None


def remember(location: Location, revision: int, head: str) -> bool:
    """Leave the witness; False where there is no place for one (what left is not undone by that)."""
    path = witness_path(location)
    if path is None:
        return False
    partial = path.with_name(f"{path.name}.partial")
    try:
        partial.write_text(json.dumps({"revision": revision, "audit_head": head}) + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError:
        return False
    return True


def recall(location: Location) -> Claim | None:
    """What the witness says; None where there is none, or where it cannot be read."""
    path = witness_path(location)
    if path is None:
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Claim(path.name, int(found["revision"]), str(found["audit_head"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(location: Location) -> None:
    """Take the witness away: a registry that begins anew has nothing behind it."""
    path = witness_path(location)
    if path is not None:
        path.unlink(missing_ok=True)
