"""A disk that fails or is full at any write: the registry is as before, and the next command works.

Here it is injected; `test_accidents_small_disk` fills a real one where a small file system may be mounted.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from accidents import DONE, NAMED, OPERATIONS, Operation, Scene, clean
from conftest import ENGINES
from homeregistry import bulk
from homeregistry.backups import loading
from homeregistry.database import is_sqlite
from registries import Answer

Command = Callable[..., Answer]
NewScene = Callable[[Operation, str], Scene]
WRITING = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP T", "ALTER ")


@contextmanager
def failing_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The Nth statement that writes, COPY among them, and the Nth commit fail as on a failing disk."""
    seen = [0]

    def tick(connection: Any) -> None:
        seen[0] += 1
        if seen[0] == number:
            if is_sqlite(connection):
                raise sqlite3.OperationalError("disk I/O error")
            raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    def on_statement(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip()[:6].upper() in WRITING:
            tick(connection)

    def on_commit(connection: Any) -> None:
        if connection.get_execution_options().get("begin") == "IMMEDIATE":  # reads end with a commit too
            tick(connection)

    def past_sqlalchemy(real: Callable[..., None]) -> Callable[..., None]:
        def wrapped(connection: Any, *rest: Any) -> None:
            tick(connection)
            real(connection, *rest)

        return wrapped

    sa.event.listen(sa.engine.Engine, "before_cursor_execute", on_statement)
    sa.event.listen(sa.engine.Engine, "commit", on_commit)
    with monkeypatch.context() as patched:
        patched.setattr(loading, "load_rows", past_sqlalchemy(bulk.load_rows))
        patched.setattr(bulk, "_copy", past_sqlalchemy(bulk._copy))
        try:
            yield seen
        finally:
            sa.event.remove(sa.engine.Engine, "before_cursor_execute", on_statement)
            sa.event.remove(sa.engine.Engine, "commit", on_commit)


@pytest.mark.parametrize(
    ("which", "engine", "what"),
    [
        *(("some", "sqlite", what) for what in OPERATIONS),
        *(("some", "postgresql", what) for what in NAMED),
        *(
            pytest.param("every", engine, what, marks=pytest.mark.soak)
            for engine in ENGINES
            for what in OPERATIONS
        ),
    ],
)
def test_a_write_that_fails_leaves_the_registry_as_before(
    which: str, engine: str, what: str, new_scene: NewScene, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first, the second … until it succeeds, or some of them."""
    scene = new_scene(OPERATIONS[what], engine)
    before = scene.standing()
    for number in count(1) if which == "every" else (1, 2, 5, 9, 10_000):
        with failing_at(number, monkeypatch) as seen:
            answer = command(scene.registry, *scene.arguments, *scene.operation.format)
        assert "Traceback" not in answer.err
        if seen[0] < number:
            break
        assert answer.code == 1, (number, answer)
        assert "defect of the program" not in answer.err
        assert scene.standing() == before, f"write {number} left something behind"
        clean(scene.registry)
    assert answer.code in DONE, answer.err
    clean(scene.registry)
    print(f"{what} on {engine}: {seen[0]} writes, each failed" if which == "every" else "")


@pytest.mark.parametrize("what", OPERATIONS)
@pytest.mark.parametrize("pages", [0, 3, *(pytest.param(n, marks=pytest.mark.soak) for n in (1, 8, 20, 40))])
def test_a_full_disk_leaves_the_registry_as_before(
    pages: int, what: str, new_scene: NewScene, command: Command
) -> None:
    """SQLite itself reports the disk as full when a file may not grow any more."""
    scene = new_scene(OPERATIONS[what], "sqlite")
    before = scene.standing()

    def cramped(connection: Any, _record: Any) -> None:
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
        assert answer.code in DONE
    clean(scene.registry)
    assert command(scene.registry, *scene.arguments).code in (*DONE, 1)
    clean(scene.registry)
