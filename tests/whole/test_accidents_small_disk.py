"""A disk that is really full: a small file system of its own, where one may be mounted.

`test_accidents_failing`, `test_exports` and `test_annotate` inject a full disk everywhere; here the operating
system itself says so, at every amount of room that is left until there is enough.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from homeregistry.database import locate, open_engine, reading
from homeregistry.ledger import head
from homeregistry.schema import upgrade
from homeregistry.verifying import verify
from listbooks import THREE, unit, write_list
from postgres_server import Server
from registries import Answer, Registry, scalar

Command = Callable[..., Answer]
KIB = 1024
WRITES = {
    "import": ("import", "--yes", "{folder}/more.xlsx"),
    "tally": ("export", "tally", "{disk}/out.xlsx", "--force"),
    "tally.csv": ("export", "tally", "{disk}/out.csv", "--force"),
    "records": ("export", "records", "{disk}/out.jsonl", "--force"),
    "annotate": ("import", "--yes", "--annotate", "{disk}/out.xlsx", "{folder}/wrong.xlsx"),
    "backup": ("backup", "{disk}/out.zip"),
}
ON_DISK = {"import"}
"""Where the registry itself stands on the small disk."""


@contextmanager
def mounted(place: Path, size: str) -> Iterator[Path]:
    """A file system of its own in a new folder."""
    place.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only the superuser of a Linux system may mount a file system")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MiB."""
    with mounted(tmp_path / "disk", "6m") as place:
        yield place


def leave(disk: Path, room: int) -> None:
    """Fill the disk until that many bytes are left."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    found = os.statvfs(disk)
    ballast.write_bytes(b"\0" * max(found.f_bavail * found.f_frsize - room, 0))


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("step", [256, pytest.param(12, marks=pytest.mark.soak)])
def test_however_little_room_is_left_all_is_as_before_or_as_after(
    step: int, write: str, disk: Path, sqlite_template: Path, command: Command, tmp_path: Path
) -> None:
    place = (disk if write in ON_DISK else tmp_path) / "r.sqlite3"
    shutil.copyfile(sqlite_template, place)
    registry = Registry(locate(str(place)), open_engine(locate(str(place))))
    assert command(registry, "import", "--yes", write_list(tmp_path / "list.xlsx", THREE)).code == 0
    write_list(tmp_path / "more.xlsx", [unit(n, f"第{n}机械厂工会") for n in range(1, 40)])
    write_list(tmp_path / "wrong.xlsx", [unit(n, f"第{n}学校工会", "某某县") for n in range(1, 40)])
    arguments = [word.format(folder=tmp_path, disk=disk) for word in WRITES[write]]
    with reading(registry.engine) as connection:
        before = head(connection)
    refused = 0
    for room in range(0, 6 * 1024, step * (4 if write == "backup" else 1)):  # a backup needs most
        leave(disk, room * KIB)
        answer = command(registry, *arguments)
        (disk / "ballast").unlink()
        assert "Traceback" not in answer.err
        assert "defect" not in answer.err
        with reading(registry.engine) as connection:
            assert verify(connection).ok
            stands = head(connection)
        left = sorted(path.name for path in disk.iterdir() if not path.name.startswith("r.sqlite3"))
        if full(answer):
            refused += 1
            assert answer.code == 1
            assert (stands, left) == (before, [])
            continue
        for path in disk.glob("out.xlsx"):
            with zipfile.ZipFile(path) as packed:
                assert packed.testzip() is None
        break
    else:
        raise AssertionError("it never succeeded")
    print(f"{write}: refused {refused} times, then done with {room} KiB left")
    assert refused


def full(answer: Answer) -> bool:
    """Whether it says that there was no room."""
    return "no room left" in answer.err or "is full" in answer.err


@pytest.mark.soak
def test_a_server_whose_disk_is_full_refuses_the_import_and_all_is_as_before(
    own_server: Server, command: Command, tmp_path: Path
) -> None:
    """The database stands in a tablespace on a small disk; the server's own files stand elsewhere."""
    assert own_server.postmaster is not None
    with tempfile.TemporaryDirectory() as folder, mounted(Path(folder) / "disk", "64m") as disk:
        os.chmod(folder, 0o755)
        shutil.chown(disk, psutil.Process(own_server.postmaster.pid).username())
        with psycopg.connect(own_server.url("postgres").replace("+psycopg", ""), autocommit=True) as plain:
            plain.execute(f"CREATE TABLESPACE small LOCATION '{disk}'".encode())
            plain.execute(b"CREATE DATABASE registry TABLESPACE small")
        place = locate(own_server.url("registry"))
        registry = Registry(place, open_engine(place))
        upgrade(registry.engine, place)
        listed = write_list(tmp_path / "more.xlsx", [unit(n, f"第{n}机械厂工会") for n in range(1, 400)])
        refused = 0
        for room in range(0, 4096, 64):
            leave(disk, room * KIB)
            answer = command(registry, "import", "--yes", listed)
            (disk / "ballast").unlink()
            with reading(registry.engine) as connection:
                assert verify(connection).ok
            if answer.code == 0:
                break
            refused += 1
            assert full(answer), answer
            assert scalar(registry, "SELECT count(*) FROM recognition") == 0
        print(f"import on a server: refused {refused} times, then done with {room} KiB left")
        assert (answer.code, refused > 0) == (0, True)
        assert scalar(registry, "SELECT count(*) FROM recognition") == 399
