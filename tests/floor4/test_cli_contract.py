"""What scripts rely on: help for every command, one JSON document on stdout, the exit codes."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import click
import pytest

from homeregistry.cli.root import COMMANDS, root
from places import DOCS
from registries import Answer, Registry

TOMORROW = (date.today() + timedelta(days=1)).isoformat()
Command = Callable[..., Answer]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that is there, with its full name: `batch undo`."""
    context = click.Context(root)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None, name
        yield name, command
        if isinstance(command, click.Group):
            for inner, one in command.commands.items():
                yield f"{name} {inner}", one


ALL = dict(commands())


def test_every_command_of_the_table_is_there() -> None:
    assert set(COMMANDS) <= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_command_says_what_it_does_and_what_each_option_is_for(name: str, command: Command) -> None:
    answer = command(None, *name.split(), "--help")
    assert answer.code == 0
    assert ALL[name].help
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{name} {parameter.opts}"


def test_help_names_every_command(command: Command) -> None:
    answer = command(None, "--help")
    listed = set(re.findall(r"^  ([a-z][a-z-]*) ", answer.out, re.MULTILINE))
    assert set(COMMANDS) <= listed


WRITTEN = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md")) if path.name != "commands.md"
)
"""The manual without the page that is made from the program, which could not miss a command."""


def in_the_manual(words: str) -> bool:
    """Whether whole words stand there: `--as` is not said by `--as-of`, nor `event` by `events`."""
    return re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", WRITTEN) is not None


@pytest.mark.parametrize("name", ALL)
def test_a_command_stands_in_the_manual_that_people_write(name: str) -> None:
    assert in_the_manual(name)


@pytest.mark.parametrize("name", ALL)
def test_an_option_stands_in_the_manual_that_people_write(name: str) -> None:
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert any(map(in_the_manual, parameter.opts)), f"{name} {parameter.opts}"


def test_the_language_changes_what_people_read_and_no_code(
    command: Command, sqlite_registry: Registry
) -> None:
    found = {
        language: command(sqlite_registry, "--lang", language, "year", "reopen", "2020", "--reason", "x",
                          "--format", "json")
        for language in ("zh", "en")
    }  # fmt: skip
    assert {answer.json["error"]["code"] for answer in found.values()} == {"not_closed"}
    assert {answer.code for answer in found.values()} == {1}


READS = [
    ("verify",), ("year", "list"), ("batch", "list"), ("count",), ("list",), ("find", "工会"), ("reconcile",),
]  # fmt: skip


@pytest.mark.parametrize("arguments", READS, ids=" ".join)
def test_a_read_of_a_place_never_initialised_says_so_and_creates_nothing(
    arguments: tuple[str, ...], command: Command, tmp_path: Path
) -> None:
    place = tmp_path / "nowhere.sqlite3"
    answer = command(place, *arguments, "--format", "json")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "not_initialised"
    assert "homeregistry init" in answer.json["error"]["message"]
    assert not place.exists()


def test_status_of_a_place_never_initialised_is_an_answer(command: Command, tmp_path: Path) -> None:
    place = tmp_path / "nowhere.sqlite3"
    answer = command(place, "status", "--format", "json")
    assert answer.code == 0
    assert answer.json["initialised"] is False
    assert answer.json["database"] == str(place)
    assert not place.exists()


def test_the_first_write_initialises(command: Command, tmp_path: Path) -> None:
    place = tmp_path / "new" / "registry.sqlite3"
    assert command(place, "year", "close", "2020").code == 0
    status = command(place, "status", "--format", "json").json
    assert (status["initialised"], status["revision"]) == (True, 1)


def test_status_never_shows_the_password(command: Command, postgres_registry: Registry) -> None:
    url = postgres_registry.location.url.set(password="geheim%40").render_as_string(hide_password=False)
    for format_ in ("table", "json", "csv"):
        answer = command(url, "status", "--format", format_)
        assert answer.code == 0
        assert "geheim" not in answer.out + answer.err


def test_a_server_that_is_not_there_is_a_sentence_without_the_password(command: Command) -> None:
    answer = command("postgresql://me:geheim@127.0.0.1:1/none", "status", "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "database_unreachable")
    assert "geheim" not in answer.out + answer.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("no-such-command",), "usage"),
        (("status", "--no-such-option"), "usage"),
        (("year", "close", "twenty"), "usage"),
        (("year", "close", "1066"), "usage"),
        (("year", "reopen", "2020"), "usage"),
        (("region", "lookup", "江北区", "--on", TOMORROW), "map_of_the_future"),
        (("region", "lookup", "双桥经开区"), "body_not_region"),
        (("region", "history", "万盛经开区"), "body_not_region"),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...], code: str, command: Command) -> None:
    answer = command(None, *arguments, "--format", "json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == code
    assert answer.err


def test_the_program_alone_shows_its_commands_and_is_no_defect(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from homeregistry.cli import run

    assert run([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "import" in said.err
    assert "Traceback" not in said.err


def test_a_url_of_another_engine_is_wrong_usage(command: Command) -> None:
    answer = command("mysql://there/db", "status", "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "unknown_engine")


def test_a_schema_of_another_version_is_refused_by_reads_and_writes(
    command: Command, registry: Registry
) -> None:
    with registry.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for arguments in (("verify",), ("year", "close", "2020"), ("init",), ("db", "upgrade")):
        answer = command(registry, *arguments, "--format", "json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "schema_newer"), arguments
    assert command(registry, "status", "--format", "json").json["schema"] == "9999"


def test_people_read_the_time_of_their_own_clock_and_scripts_that_of_the_world(
    command: Command, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command(registry, "year", "close", "2020").code == 0
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        (closed,) = command(registry, "year", "list", "--format", "json").json["years"]
        listed, refused = command(registry, "year", "list"), command(registry, "year", "close", "2020")
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    moment = datetime.fromisoformat(closed["closed_at"])
    assert moment.utcoffset() == timedelta()
    local = (moment + timedelta(hours=8)).strftime("%Y-%m-%d\u00a0%H:%M")
    assert local in listed.out
    assert local in refused.err


def test_closed_years_are_closed_once_listed_and_reopened_with_a_reason(
    command: Command, registry: Registry
) -> None:
    assert command(registry, "--as", "王敏", "year", "close", "2020").code == 0
    again = command(registry, "year", "close", "2020", "--format", "json")
    assert (again.code, again.json["error"]["code"]) == (1, "already_closed")
    (closed,) = command(registry, "year", "list", "--format", "json").json["years"]
    assert (closed["year"], closed["closed_by"], closed["changed_since"]) == (2020, "王敏", 0)
    assert command(registry, "year", "reopen", "2020", "--reason", "补报").code == 0
    assert command(registry, "year", "list", "--format", "json").json["years"] == []
    assert command(registry, "verify").code == 0


def test_a_check_of_the_tables_names_what_differs(command: Command, registry: Registry) -> None:
    assert command(registry, "db", "check").code == 0
    with registry.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_recognition_count")
    answer = command(registry, "db", "check", "--format", "json")
    assert answer.code == 3
    assert any("ix_recognition_count" in line for line in answer.json["differences"])


@pytest.mark.parametrize("format_", ["json", "csv", "table"])
def test_data_is_on_stdout_and_nothing_else_is(format_: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "homeregistry", "--db", tmp_path / "r.sqlite3", "status", "--format", format_],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, "HOMEREGISTRY_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 0
    if format_ == "json":
        assert json.loads(done.stdout)["initialised"] is False
    assert "Traceback" not in done.stderr
