"""What the tests share: an initialised registry on SQLite and on a real PostgreSQL, fresh for each test.

The PostgreSQL server is started once per session in a temporary folder and stopped at its end; set
HOMEREGISTRY_TEST_POSTGRES to the URL of a server of your own to use that instead. A fresh registry is a
copy of a template (a file copy, `CREATE DATABASE … TEMPLATE`), so a test does not pay for `init`.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from accidents import DONE, Operation, Scene
from homeregistry.cli import run
from homeregistry.database import locate, open_engine
from homeregistry.schema import downgrade, upgrade
from listbooks import unit, write_list
from postgres_server import Server, external_server, find_binaries, start_server
from registries import Answer, Registry

ENGINES = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A check that is skipped for a missing part fails in CI: there nobody reads what was skipped."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the folders and settings of the person who runs it."""
    for name in ("HOMEREGISTRY_DB", "HOMEREGISTRY_LANG", "HOMEREGISTRY_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("HOMEREGISTRY_LANG", "en")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised SQLite registry; copied, never opened by a test."""
    place = locate(str(tmp_path_factory.mktemp("template") / "registry.sqlite3"))
    assert place.path is not None
    upgrade(open_engine(place), place)
    return place.path


@contextmanager
def _server_of_our_own() -> Iterator[Server]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server programs (initdb, postgres) found; install the package postgresql")
    with start_server(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server for this session: one that is named in the environment, or one of our own."""
    server = external_server()
    if server is not None:
        yield server
        return
    with _server_of_our_own() as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for one test, to be killed."""
    with _server_of_our_own() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """The name of an initialised database; cloned, never opened by a test."""
    name = f"homeregistry_template_{os.getpid()}"
    postgres_server.create(name)
    place = locate(postgres_server.url(name))
    upgrade(open_engine(place), place)
    return name


@pytest.fixture
def new_postgres_database(postgres_server: Server) -> Iterator[Callable[[str | None], Registry]]:
    """Makes databases, empty or cloned from a template, that are dropped after the test."""
    made: list[str] = []

    def make(template: str | None = None) -> Registry:
        name = f"homeregistry_{os.getpid()}_{next(_numbers)}"
        postgres_server.create(name, template)
        made.append(name)
        place = locate(postgres_server.url(name))
        return Registry(place, open_engine(place))

    yield make
    for name in made:
        postgres_server.drop(name)


@pytest.fixture
def new_registry(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Registry]:
    """Makes initialised registries: `new_registry("sqlite")`, `new_registry("postgresql")`."""

    def make(engine: str) -> Registry:
        if engine == "postgresql":
            template = request.getfixturevalue("postgres_template")
            made: Registry = request.getfixturevalue("new_postgres_database")(template)
            return made
        path = tmp_path / f"registry-{next(_numbers)}.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        place = locate(str(path))
        return Registry(place, open_engine(place))

    return make


@pytest.fixture
def new_empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Registry]:
    """Makes places that were never initialised (on SQLite not even a file)."""

    def make(engine: str) -> Registry:
        if engine == "postgresql":
            made: Registry = request.getfixturevalue("new_postgres_database")(None)
            return made
        place = locate(str(tmp_path / f"empty-{next(_numbers)}.sqlite3"))
        return Registry(place, open_engine(place))

    return make


@pytest.fixture(params=ENGINES)
def registry(request: pytest.FixtureRequest, new_registry: Callable[[str], Registry]) -> Registry:
    """A fresh initialised registry, once on each engine."""
    return new_registry(request.param)


@pytest.fixture
def sqlite_registry(new_registry: Callable[[str], Registry]) -> Registry:
    """A fresh initialised registry on SQLite, for claims that do not depend on the engine."""
    return new_registry("sqlite")


@pytest.fixture
def postgres_registry(new_registry: Callable[[str], Registry]) -> Registry:
    """A fresh initialised registry on PostgreSQL."""
    return new_registry("postgresql")


@pytest.fixture(params=ENGINES)
def empty_database(request: pytest.FixtureRequest, new_empty_database: Callable[[str], Registry]) -> Registry:
    """A place that was never initialised, once on each engine."""
    return new_empty_database(request.param)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs a command line in this process: `command(registry, "count", "--format", "json")`.

    The first argument may be a Registry, a path or URL for `--db`, or None for a command without one.
    """

    def call(place: Registry | Path | str | None, *arguments: str | Path) -> Answer:
        where = place.db if isinstance(place, Registry) else place
        before = [] if where is None else ["--db", str(where)]
        capsys.readouterr()
        code = run([*before, *map(str, arguments)])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture
def new_scene(
    request: pytest.FixtureRequest,
    new_registry: Callable[[str], Registry],
    new_empty_database: Callable[[str], Registry],
    command: Callable[..., Answer],
    tmp_path: Path,
) -> Iterator[Callable[[Operation, str], Scene]]:
    """Makes a registry with what an operation needs: `new_scene(OPERATIONS["undo"], "sqlite")`."""
    made: list[Scene] = []

    def make(operation: Operation, engine: str) -> Scene:
        write_list(tmp_path / "list.xlsx", [unit(1, "甲机械厂工会"), unit(2, "乙学校工会", "某某县")])
        registry = (new_empty_database if operation.schema is None else new_registry)(engine)
        server = request.getfixturevalue("postgres_server") if engine == "postgresql" else None
        scene = Scene(registry, operation, tmp_path, server)
        made.append(scene)
        for words in operation.before:
            answer = command(registry, *(word.format(folder=tmp_path) for word in words))
            assert answer.code in DONE, answer.err
        if operation.schema not in (None, "head"):
            downgrade(registry.engine, operation.schema)
        scene.keep()
        return scene

    yield make
    for scene in made:
        scene.let_go()


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file into the test's folder."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
