"""Accidents: killed at any moment, failing at any write, a full disk, two at once, the server gone.

Whatever happens, the registry is as before or as after, `verify` is clean, and the next command works.
The runs over many moments are marked `soak`; a few moments of each stand in the ordinary suite.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from facts import fact, put_batch
from homeregistry import bulk
from homeregistry.backups import loading, write_backup
from homeregistry.cli.root import COMMANDS
from homeregistry.database import SCHEMA_HEAD, locate, open_engine, reading
from homeregistry.errors import DatabaseRefused
from homeregistry.exports.verification import verify_file
from homeregistry.ledger import Deed, head, write
from homeregistry.schema import current, upgrade
from homeregistry.verifying import verify
from listbooks import unit, write_list
from postgres_server import Server
from registries import Answer, Registry, rows, scalar

Command = Callable[..., Answer]
NewPlace = Callable[[str], Registry]
PROGRAM = Path(__file__).parent.parent / "src"
SAMPLES = Path(__file__).parent.parent / "imports" / "samples"
SAMPLE = SAMPLES / "wanzhou-2020" / "wanzhou-2020.xlsx"
OTHER = SAMPLES / "zhuzhou-2024" / "zhuzhou-2024.xlsx"


@dataclass(frozen=True, slots=True)
class Operation:
    """A command that writes, what it needs beforehand, and the command it depends on."""

    arguments: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    initialised: bool = True
    format: tuple[str, ...] = ("--format", "json")


OPERATIONS = {
    "init": Operation(("init",), initialised=False),
    "import": Operation(("import", "--yes", str(SAMPLE))),
    "import into another": Operation(("import", "--yes", str(OTHER)), (("import", "--yes", str(SAMPLE)),)),
    "report": Operation(("report", "import", str(SAMPLES / "report-figures" / "report.txt"))),
    "undo": Operation(("batch", "undo", "1"), (("import", "--yes", str(SAMPLE)),)),
    "year close": Operation(("year", "close", "2020"), (("import", "--yes", str(SAMPLE)),)),
    "backup": Operation(("backup", "{folder}/made.backup"), (("import", "--yes", str(SAMPLE)),)),
    "restore": Operation(
        ("restore", "{folder}/given.backup", "--force"),
        (("backup", "{folder}/given.backup", "--quick"), ("import", "--yes", str(SAMPLE))),
    ),
    "export": Operation(
        ("export", "tally", "--year", "2020", "{folder}/tally.xlsx"),
        (("import", "--yes", str(SAMPLE)),),
        format=(),  # its --format is that of the file
    ),
    "export records": Operation(
        ("export", "records", "{folder}/tally.csv"), (("import", "--yes", str(SAMPLE)),), format=()
    ),
    "annotate": Operation(
        ("import", "--yes", "--partial", "--annotate", "{folder}/tally-marked.xlsx", "{folder}/list.xlsx"),
    ),
    "review": Operation(
        ("review", "resolve", "1", "--set", "region=重庆市渝中区"),
        (("import", "--yes", "--partial", "{folder}/list.xlsx"),),
    ),
    "event": Operation(
        ("event", "revoke", "1", "--date", "2024-07-15", "--basis", "渝工发〔2024〕15号"),
        (("import", "--yes", str(SAMPLE)),),
    ),
    "correct": Operation(
        ("correct", "1", "--set", "year=2019", "--reason", "更正"), (("import", "--yes", str(SAMPLE)),)
    ),
}
assert set(COMMANDS) >= {operation.arguments[0] for operation in OPERATIONS.values()}


@pytest.fixture(params=OPERATIONS)
def operation(request: pytest.FixtureRequest) -> Operation:
    """Each operation in turn."""
    return OPERATIONS[request.param]


@dataclass(slots=True)
class Scene:
    """A place prepared for one operation, that can be set back to where it began."""

    registry: Registry
    operation: Operation
    folder: Path
    program: Path = PROGRAM

    @property
    def arguments(self) -> list[str]:
        return [word.format(folder=self.folder) for word in self.operation.arguments]

    def standing(self) -> dict[str, list[tuple[Any, ...]]] | None:
        """Every row of every table; None where there is no registry."""
        path = self.registry.location.path
        if path is not None and not path.exists():
            return None
        with reading(self.registry.engine) as connection:
            if current(connection) is None:
                return None
        names = sorted(sa.inspect(self.registry.engine).get_table_names())
        return {n: sorted(map(tuple, rows(self.registry, f"SELECT * FROM {n}")), key=repr) for n in names}

    def set_back(self, copy: Path) -> None:
        """Put the SQLite file back as it was when the copy was made."""
        path = self.registry.location.path
        assert path is not None
        for beside in path.parent.glob(f"{path.name}*"):
            beside.unlink()
        for left in (*self.folder.glob("made.backup*"), *self.folder.glob("tally*")):
            left.unlink()
        if copy.exists():
            shutil.copyfile(copy, path)


@pytest.fixture
def scene(
    operation: Operation,
    new_registry: NewPlace,
    new_empty_database: NewPlace,
    command: Command,
    tmp_path: Path,
) -> Scene:
    """The operation's registry on SQLite, with what it needs in it."""
    write_list(tmp_path / "list.xlsx", [unit(1, "甲机械厂工会"), unit(2, "乙学校工会", "某某县")])
    registry = (new_registry if operation.initialised else new_empty_database)("sqlite")
    made = Scene(registry, operation, tmp_path)
    for words in operation.before:
        answer = command(registry, *(word.format(folder=tmp_path) for word in words))
        assert answer.code in (0, 3), answer.err
    return made


def sizes(standing: dict[str, list[tuple[Any, ...]]] | None) -> dict[str, int] | None:
    """How many rows each table has: what two runs of one operation share, whatever their times."""
    return {table: len(found) for table, found in standing.items()} if standing is not None else None


def clean(registry: Registry) -> None:
    """`verify` has nothing to say."""
    with reading(registry.engine) as connection:
        if current(connection) is not None:
            report = verify(connection)
            assert report.ok, report.findings


def snapshot(scene: Scene, tmp_path: Path) -> Path:
    copy = tmp_path / "as-before.sqlite3"
    path = scene.registry.location.path
    assert path is not None
    if path.exists():
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    return copy


# failing the Nth write


@contextmanager
def failing_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The Nth statement that writes, and the Nth commit among them, fail as on a failing disk."""
    seen = [0]

    def tick() -> None:
        seen[0] += 1
        if seen[0] == number:
            raise sqlite3.OperationalError("disk I/O error")

    def on_statement(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE", "CREATE", "DROP T", "ALTER "}:
            tick()

    def on_commit(connection: Any) -> None:
        if connection.get_execution_options().get("begin") == "IMMEDIATE":  # reads end with a commit too
            tick()

    def load(connection: Any, table: str, columns: Any, found: Any) -> None:
        tick()
        bulk.load_rows(connection, table, columns, found)

    sa.event.listen(sa.engine.Engine, "before_cursor_execute", on_statement)
    sa.event.listen(sa.engine.Engine, "commit", on_commit)
    monkeypatch.setattr(loading, "load_rows", load)
    try:
        yield seen
    finally:
        sa.event.remove(sa.engine.Engine, "before_cursor_execute", on_statement)
        sa.event.remove(sa.engine.Engine, "commit", on_commit)


def fail_from(
    numbers: Iterator[int], scene: Scene, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> int:
    """Fail at each number until the operation succeeds; returns how many writes it takes."""
    copy, before = snapshot(scene, tmp_path), scene.standing()
    for number in numbers:
        scene.set_back(copy)
        with failing_at(number, monkeypatch) as seen:
            answer = command(scene.registry, *scene.arguments, *scene.operation.format)
        assert "Traceback" not in answer.err
        if seen[0] < number:
            assert answer.code in (0, 3), answer.err
            clean(scene.registry)
            return number - 1
        assert answer.code == 1, (number, answer)
        assert "defect of the program" not in answer.err
        assert scene.standing() == before, f"write {number} left something behind"
        clean(scene.registry)
    return 0


def test_a_write_that_fails_leaves_the_registry_as_before(
    scene: Scene, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fail_from(iter((1, 2, 5, 9, 10_000)), scene, command, monkeypatch, tmp_path)


@pytest.mark.soak
def test_every_single_write_may_fail(
    scene: Scene, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fail_from(iter(range(1, 10_000)), scene, command, monkeypatch, tmp_path)


# killed


def start(scene: Scene) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "homeregistry", "--db", scene.registry.db, *scene.arguments]
    environment = {**os.environ, "PYTHONPATH": str(scene.program)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_at(moments: int, scene: Scene, command: Command, tmp_path: Path) -> None:
    """Kill the operation at random moments of its run; a fixed seed, so that a failure can be repeated."""
    copy, before = snapshot(scene, tmp_path), scene.standing()
    began = time.monotonic()
    whole = start(scene)
    assert whole.wait(timeout=120) in (0, 3)
    lasted = time.monotonic() - began
    after = sizes(scene.standing())
    dice = random.Random(20231227)
    outcomes = {"as before": 0, "as after": 0}
    for _moment in range(moments):
        scene.set_back(copy)
        process = start(scene)
        time.sleep(dice.uniform(0.25, 1.02) * lasted)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        found = scene.standing()
        assert found == before or sizes(found) == after
        outcomes["as before" if found == before else "as after"] += 1
        clean(scene.registry)
        require_whole_files(scene.folder)
    print(f"{' '.join(scene.operation.arguments[:2])}: {moments} kills, {outcomes}")
    scene.registry.engine.dispose()
    next_one = start(scene)
    assert next_one.wait(timeout=120) in (0, 1, 3)
    clean(scene.registry)


def require_whole_files(folder: Path) -> None:
    """What stands under its own name is a whole file."""
    for path in (*folder.glob("tally*.xlsx"), *folder.glob("made.backup")):
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None, path
    for path in folder.glob("tally*.csv"):
        assert verify_file(path).ok, path


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_at_some_moments_it_is_as_before_or_as_after(
    scene: Scene, command: Command, tmp_path: Path
) -> None:
    kill_at(2, scene, command, tmp_path)


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_at_thirty_moments_it_is_as_before_or_as_after(
    scene: Scene, command: Command, tmp_path: Path
) -> None:
    kill_at(30, scene, command, tmp_path)


NEWER = """
import sqlalchemy as sa
from alembic import op

revision = "{newer}"
down_revision = "{older}"
branch_labels = None
depends_on = None


def upgrade():
    for table in ("source_document", "recipient", "recognition"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("remark", sa.Text()))
"""
"""Parents with children are made anew: the migration that SQLite makes hardest."""


def newer_program(folder: Path) -> Path:
    """The program of tomorrow, with one migration more."""
    newer = f"{int(SCHEMA_HEAD) + 1:04}"
    shutil.copytree(PROGRAM / "homeregistry", folder / "src" / "homeregistry")
    shutil.copytree(PROGRAM.parent / "migrations", folder / "migrations")
    text = NEWER.format(newer=newer, older=SCHEMA_HEAD)
    (folder / "migrations" / "versions" / f"{newer}_remarks.py").write_text(text, encoding="utf-8")
    database = folder / "src" / "homeregistry" / "database.py"
    said = f'SCHEMA_HEAD = "{SCHEMA_HEAD}"'
    source = database.read_text(encoding="utf-8")
    assert said in source
    database.write_text(source.replace(said, f'SCHEMA_HEAD = "{newer}"'), encoding="utf-8")
    return folder / "src"


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("moments", [2, pytest.param(30, marks=pytest.mark.soak)])
def test_killed_while_it_migrates_a_filled_registry_it_is_of_the_old_schema_or_of_the_new(
    moments: int, new_registry: NewPlace, command: Command, tmp_path: Path
) -> None:
    registry = new_registry("sqlite")
    assert command(registry, "import", "--yes", SAMPLE).code in (0, 3)
    program = newer_program(tmp_path / "tomorrow")
    kill_at(moments, Scene(registry, Operation(("db", "upgrade")), tmp_path, program), command, tmp_path)
    remarks = "SELECT count(*) FROM recognition WHERE remark IS NULL"
    assert scalar(registry, remarks) == scalar(registry, "SELECT count(*) FROM recognition") == 7


# a full disk


@pytest.mark.parametrize("pages", [0, 3, *(pytest.param(n, marks=pytest.mark.soak) for n in (1, 8, 20, 40))])
def test_a_full_disk_leaves_the_registry_as_before(
    pages: int, scene: Scene, command: Command, tmp_path: Path
) -> None:
    """SQLite itself reports the disk as full when a file may not grow any more."""
    before = scene.standing()

    def cramped(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            used = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {used + pages}")

    sa.event.listen(sa.engine.Engine, "connect", cramped)
    try:
        answer = command(scene.registry, *scene.arguments, *scene.operation.format)
    finally:
        sa.event.remove(sa.engine.Engine, "connect", cramped)
    if answer.code == 1:
        assert "disk" in answer.err
        assert "is full" in answer.err
        assert scene.standing() == before
    else:
        assert answer.code in (0, 3)
    clean(scene.registry)
    answer = command(scene.registry, *scene.arguments)
    assert answer.code in (0, 1, 3)
    clean(scene.registry)


# two at once


def at_once(registry: Registry, *commands: tuple[str, ...]) -> list[int]:
    scenes = [Scene(registry, Operation(words), Path()) for words in commands]
    processes = [start(one) for one in scenes]
    return [process.wait(timeout=120) for process in processes]


def test_two_imports_at_once_are_both_right(registry: Registry) -> None:
    codes = at_once(registry, ("import", "--yes", str(SAMPLE)), ("import", "--yes", str(OTHER)))
    assert set(codes) <= {0, 3}
    assert scalar(registry, "SELECT count(*) FROM import_batch") == 2
    assert scalar(registry, "SELECT count(*) FROM recognition") == 12
    clean(registry)


def test_the_same_file_twice_at_once_is_one_batch(registry: Registry) -> None:
    codes = at_once(registry, *[("import", "--yes", str(SAMPLE))] * 2)
    assert set(codes) <= {0, 3}
    assert scalar(registry, "SELECT count(*) FROM import_batch") == 1
    assert scalar(registry, "SELECT count(*) FROM recognition") == 7
    clean(registry)


# the server


def filled_on(server: Server) -> Registry:
    """A registry with a batch, on a server that will be killed."""
    server.create("registry")
    place = locate(server.url("registry"))
    registry = Registry(place, open_engine(place))
    upgrade(registry.engine, place)
    put_batch(registry.engine, 3)
    return registry


def test_the_server_is_killed_in_the_middle_of_a_write_and_all_is_as_before(own_server: Server) -> None:
    registry = filled_on(own_server)
    with reading(registry.engine) as connection:
        before = head(connection)

    def interrupted() -> None:
        with write(registry.engine, Deed("import", "tester")) as ledger:
            ledger.insert("closed_year", [fact("closed_year", id=1, year=2020)])
            own_server.kill()
            ledger.insert("closed_year", [fact("closed_year", id=2, year=2021)])

    with pytest.raises(DatabaseRefused) as refused:
        interrupted()
    assert refused.value.code == "database_unreachable"
    own_server.start()
    with reading(registry.engine) as connection:
        assert head(connection) == before
    clean(registry)
    put_batch(registry.engine, 1, year=2021)
    clean(registry)


def cut(registry: Registry, connection: sa.Connection) -> None:
    """Cut a connection from the server's side."""
    number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    with registry.engine.connect() as other, other.begin():
        other.exec_driver_sql(f"SELECT pg_terminate_backend({number})")


def test_a_connection_that_is_cut_before_the_commit_says_that_it_is_not_known_whether_it_was_done(
    postgres_registry: Registry,
) -> None:
    def interrupted() -> None:
        with write(postgres_registry.engine, Deed("import", "tester")) as ledger:
            ledger.insert("closed_year", [fact("closed_year", id=1, year=2020)])
            ledger.seal()
            ledger._written.clear()
            cut(postgres_registry, ledger.connection)

    with pytest.raises(DatabaseRefused) as refused:
        interrupted()
    assert refused.value.code == "commit_unknown"
    assert scalar(postgres_registry, "SELECT count(*) FROM closed_year") == 0
    clean(postgres_registry)


SLOWLY = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END$$;
CREATE TRIGGER slowly BEFORE INSERT ON recognition FOR EACH STATEMENT EXECUTE FUNCTION slowly()
"""
"""The import stands still in the middle of its work, so that something can happen to it there."""


def slow_down(registry: Registry, seconds: int) -> None:
    with registry.engine.begin() as connection:
        connection.exec_driver_sql(SLOWLY.format(seconds=seconds))


def speed_up(registry: Registry) -> None:
    with registry.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER slowly ON recognition; DROP FUNCTION slowly()")


def in_the_middle(registry: Registry) -> int:
    """Wait until an import stands still; its process on the server."""
    statement = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = scalar(registry, statement)
        if found is not None:
            return int(found)
        time.sleep(0.05)
    raise AssertionError("the import never came to its rows")


def as_before_and_goes_on(registry: Registry, before: tuple[int, str]) -> None:
    with reading(registry.engine) as connection:
        assert head(connection) == before
    assert scalar(registry, "SELECT count(*) FROM import_batch") == 1
    clean(registry)
    speed_up(registry)
    assert at_once(registry, ("import", "--yes", str(SAMPLE)))[0] in (0, 3)
    assert scalar(registry, "SELECT count(*) FROM import_batch") == 2
    clean(registry)


def test_the_server_is_killed_in_the_middle_of_an_import(own_server: Server) -> None:
    registry = filled_on(own_server)
    with reading(registry.engine) as connection:
        before = head(connection)
    slow_down(registry, 60)
    process = start(Scene(registry, Operation(("import", "--yes", str(SAMPLE))), Path()))
    in_the_middle(registry)
    own_server.kill()
    assert process.wait(timeout=120) == 1
    own_server.start()
    as_before_and_goes_on(registry, before)


@pytest.mark.parametrize("accident", ["the connection is cut", "the importer is killed"])
def test_in_the_middle_of_an_import(accident: str, postgres_registry: Registry) -> None:
    registry = postgres_registry
    put_batch(registry.engine, 3)
    with reading(registry.engine) as connection:
        before = head(connection)
    slow_down(registry, 2)
    process = start(Scene(registry, Operation(("import", "--yes", str(SAMPLE))), Path()))
    number = in_the_middle(registry)
    if accident == "the importer is killed":
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
    else:
        with registry.engine.begin() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({number})")
        assert process.wait(timeout=120) == 1
    as_before_and_goes_on(registry, before)


CONFLICT = """
CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '{state}'; END$$;
CREATE TRIGGER conflict BEFORE INSERT ON audit_entry EXECUTE FUNCTION conflict()
"""


@pytest.mark.parametrize("state", ["40001", "40P01"], ids=["serialisation failure", "deadlock"])
def test_a_conflict_of_transactions_is_reported_and_the_command_can_be_run_again(
    state: str, postgres_registry: Registry, command: Command
) -> None:
    with postgres_registry.engine.begin() as connection:
        connection.exec_driver_sql(CONFLICT.format(state=state))
    answer = command(postgres_registry, "import", "--yes", SAMPLE, "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "database_conflict")
    assert scalar(postgres_registry, "SELECT count(*) FROM recognition") == 0
    with postgres_registry.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER conflict ON audit_entry")
    assert command(postgres_registry, "import", "--yes", SAMPLE).code in (0, 3)
    clean(postgres_registry)


def test_a_backup_is_not_stopped_by_a_writer_nor_a_writer_by_it(registry: Registry, tmp_path: Path) -> None:
    put_batch(registry.engine, 2)
    with write(registry.engine, Deed("year close", "tester")) as ledger:
        ledger.insert("closed_year", [fact("closed_year", id=1, year=2020, at=ledger.at)])
        manifest = write_backup(open_engine(registry.location), tmp_path / "r.backup", quick=True)
    assert manifest.revision == 1
    assert scalar(registry, "SELECT count(*) FROM closed_year") == 1
