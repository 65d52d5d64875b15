"""What accidents happen to: every command that writes, prepared on either engine, and what must hold after.

A scene is a registry with all that its command needs. It can be set back to where it began, so that one
scene stands for thirty kills; and it can say all that it holds, so that "as before" means every row.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from homeregistry.cli import run
from homeregistry.cli.root import COMMANDS
from homeregistry.database import SCHEMA_HEAD, reading
from homeregistry.exports.verification import verify_file
from homeregistry.schema import current
from homeregistry.verifying import verify
from places import SAMPLES, SOURCE
from postgres_server import Server
from registries import Registry

SAMPLE = SAMPLES / "wanzhou-2020" / "wanzhou-2020.xlsx"
OTHER = SAMPLES / "zhuzhou-2024" / "zhuzhou-2024.xlsx"
DONE = (0, 3)

_TAKEN_IN = (("import", "--yes", str(SAMPLE)),)
Standing = dict[str, list[tuple[Any, ...]]] | None
"""Every row of every table; None where there is no registry."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A command that writes, what it needs beforehand, and at which schema it begins (None: not at all)."""

    arguments: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    schema: str | None = "head"
    format: tuple[str, ...] = ("--format", "json")


OPERATIONS = {
    "init": Operation(("init",), schema=None),
    "migration": Operation(("db", "upgrade"), _TAKEN_IN, schema="0001"),
    "import": Operation(("import", "--yes", str(SAMPLE))),
    "import into another": Operation(("import", "--yes", str(OTHER)), _TAKEN_IN),
    "report": Operation(("report", "import", str(SAMPLES / "report-figures" / "report.txt"))),
    "undo": Operation(("batch", "undo", "1"), _TAKEN_IN),
    "year close": Operation(("year", "close", "2020"), _TAKEN_IN),
    "backup": Operation(("backup", "{folder}/made.backup"), _TAKEN_IN),
    "restore": Operation(
        ("restore", "{folder}/given.backup", "--force"),
        (*_TAKEN_IN, ("backup", "{folder}/given.backup", "--quick"), ("import", "--yes", str(OTHER))),
    ),
    "export": Operation(
        ("export", "tally", "--year", "2020", "{folder}/tally.xlsx"),
        _TAKEN_IN,
        format=(),  # its --format is that of the file
    ),
    "export records": Operation(("export", "records", "{folder}/tally.csv"), _TAKEN_IN, format=()),
    "annotate": Operation(
        ("import", "--yes", "--partial", "--annotate", "{folder}/tally-marked.xlsx", "{folder}/list.xlsx"),
    ),
    "review": Operation(
        ("review", "resolve", "1", "--set", "region=重庆市渝中区"),
        (("import", "--yes", "--partial", "{folder}/list.xlsx"),),
    ),
    "event": Operation(
        ("event", "revoke", "1", "--date", "2024-07-15", "--basis", "渝工发〔2024〕15号"), _TAKEN_IN
    ),
    "correct": Operation(("correct", "1", "--set", "year=2019", "--reason", "更正"), _TAKEN_IN),
}
NAMED = ("import", "undo", "event", "export", "migration", "restore")
"""The operations that an ordinary run tries on both engines; a long one tries all of them."""

assert set(COMMANDS) >= {operation.arguments[0] for operation in OPERATIONS.values()}


@dataclass(slots=True)
class Scene:
    """A registry prepared for one operation; `server` is PostgreSQL's, None on SQLite."""

    registry: Registry
    operation: Operation
    folder: Path
    server: Server | None = None
    _copy: Any = field(default=None, init=False)

    @property
    def arguments(self) -> list[str]:
        """The command line, places filled in."""
        return [word.format(folder=self.folder) for word in self.operation.arguments]

    def standing(self) -> Standing:
        """All that the registry holds."""
        path = self.registry.location.path
        if path is not None and not path.exists():
            return None
        with reading(self.registry.engine) as connection:
            if current(connection) is None:
                return None
            names = sa.inspect(connection).get_table_names()
            return {
                name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}")), key=repr)
                for name in sorted(names)
            }

    def keep(self) -> None:
        """Remember how it stands now, for `set_back`."""
        path = self.registry.location.path
        if path is None:
            assert self.server is not None
            self._copy = f"{self.registry.location.url.database}_as_before"
            self.server.create(self._copy, self.registry.location.url.database)
            return
        self._copy = self.folder / "as-before.sqlite3"
        if path.exists():
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(self._copy)) as target:
                source.backup(target)

    def set_back(self) -> None:
        """Put everything back as it was when it was kept."""
        for made in ("made.backup*", "given.backup.*", "tally*"):
            for left in self.folder.glob(made):
                left.unlink()
        path = self.registry.location.path
        if path is None:
            assert self.server is not None
            name = self.registry.location.url.database
            assert name is not None
            self.server.drop(name)
            self.server.create(name, self._copy)
            return
        for beside in path.parent.glob(f"{path.name}*"):
            beside.unlink()
        if self._copy.exists():
            shutil.copyfile(self._copy, path)

    def let_go(self) -> None:
        """Drop what `keep` made on a server."""
        if self.server is not None and self._copy is not None:
            self.server.drop(self._copy)


def sizes(standing: Standing) -> dict[str, int] | None:
    """How many rows each table has: what two runs of one operation share, whatever their times."""
    return {table: len(found) for table, found in standing.items()} if standing is not None else None


def clean(registry: Registry) -> None:
    """`verify` has nothing to say, where there is a registry that the program of today can read."""
    with reading(registry.engine) as connection:
        if (current(connection) or "") >= SCHEMA_HEAD:
            report = verify(connection)
            assert report.ok, report.findings


def require_whole_files(folder: Path) -> None:
    """What stands under its own name is a whole file."""
    for path in (*folder.glob("tally*.xlsx"), *folder.glob("made.backup")):
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None, path
    for path in folder.glob("tally*.csv"):
        assert verify_file(path).ok, path


class Forked:
    """A command in a fork of this process: everything is loaded already, so that whatever moment an
    accident picks falls into the work."""

    def __init__(self, db: str, *arguments: str) -> None:
        self._pid = os.fork()
        if self._pid == 0:
            code = 70
            try:
                nowhere = os.open(os.devnull, os.O_RDWR)
                for stream in (0, 1, 2):
                    os.dup2(nowhere, stream)
                sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
                code = run(["--db", db, *arguments])
            finally:
                os._exit(code)

    def kill(self) -> None:
        """SIGKILL."""
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code, when it has ended."""
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


def start(db: str, *arguments: str, program: Path = SOURCE) -> "subprocess.Popen[bytes]":
    """A command in a process of its own."""
    command = [sys.executable, "-m", "homeregistry", "--db", db, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def at_once(registry: Registry, *commands: tuple[str, ...]) -> list[int]:
    """Run commands side by side; their exit codes."""
    processes = [start(registry.db, *words) for words in commands]
    return [process.wait(timeout=120) for process in processes]
