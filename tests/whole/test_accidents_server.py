"""The PostgreSQL server dies, cuts a connection or breaks off a transaction, in the middle of an import."""

import time
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from accidents import SAMPLE, at_once, clean, start
from facts import fact, put_batch
from homeregistry.database import locate, open_engine, reading
from homeregistry.errors import DatabaseRefused
from homeregistry.ledger import Deed, head, write
from homeregistry.schema import upgrade
from postgres_server import Server
from registries import Answer, Registry, scalar

Command = Callable[..., Answer]


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
    process = start(registry.db, "import", "--yes", str(SAMPLE))
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
    process = start(registry.db, "import", "--yes", str(SAMPLE))
    number = in_the_middle(registry)
    if accident == "the importer is killed":
        process.kill()
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
