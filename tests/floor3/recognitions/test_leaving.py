"""A recognition that leaves takes nothing along: what other lists and persons said of it is handed over."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homeregistry.database import reading
from homeregistry.verifying import verify
from places import PACKAGE
from registries import Registry, rows, scalar
from small_lists import HOMES, Command, import_rows

WHY = ("--reason", "与原件核对")


@pytest.fixture
def homes(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    """Recognitions 1 to 4 of four recipients, from a.csv; b.csv (batch 2) states the second one too."""
    assert import_rows(command, registry, tmp_path / "a.csv", HOMES).code == 0
    again = import_rows(command, registry, tmp_path / "b.csv", HOMES[1:2])
    assert again.json["files"][0]["rows"]["already_recorded"] == 1
    return registry


@pytest.fixture
def listed(homes: Registry, command: Command) -> Callable[[], list[dict[str, Any]]]:
    """The titles on record, with the file that each was read from."""

    def call() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = command(homes, "list", "--format", "json").json["recognitions"]
        return found

    return call


def also_in(command: Command, registry: Registry, recipient: int) -> list[tuple[str, int]]:
    """Which other lists state the titles of a recipient: file and row."""
    shown = command(registry, "show", str(recipient), "--format", "json").json
    return [(one["file"], one["row"]) for title in shown["recognitions"] for one in title["also_in"]]


def whole(registry: Registry) -> None:
    with reading(registry.engine) as connection:
        assert verify(connection).findings == ()


def test_a_doubled_title_leaves_its_lists_to_the_one_that_stays(
    homes: Registry, command: Command, listed: Callable[[], list[dict[str, Any]]]
) -> None:
    """The trap: merged and then the first list undone, the title that b.csv states was gone, although batch 2
    still said that it stands there."""
    assert command(homes, "recipient", "merge", "2", "--into", "1", *WHY).code == 0
    assert also_in(command, homes, 1) == [("a.csv", 3), ("b.csv", 2)]
    whole(homes)
    undone = command(homes, "batch", "undo", "1", "--format", "json").json
    assert [one["reason"] for one in undone["kept"]] == ["also_in_batch:2"]
    assert [(one["recipient"], one["source"]["file"]) for one in listed()] == [(1, "b.csv")]
    whole(homes)


def test_a_doubled_title_of_another_list_outlives_the_list_of_the_one_that_stays(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    assert import_rows(command, registry, tmp_path / "a.csv", HOMES[:1]).code == 0
    assert import_rows(command, registry, tmp_path / "b.csv", HOMES[1:2]).code == 0
    assert command(registry, "recipient", "merge", "2", "--into", "1", *WHY).code == 0
    assert also_in(command, registry, 1) == [("b.csv", 2)]
    command(registry, "batch", "undo", "1")
    left = command(registry, "list", "--format", "json").json["recognitions"]
    assert [(one["name"], one["source"]["file"]) for one in left] == [(HOMES[1][0], "b.csv")]
    whole(registry)
    command(registry, "batch", "undo", "2")
    assert command(registry, "count", "--format", "json").json["total"] == 0
    whole(registry)


def test_a_list_that_was_taken_back_states_nothing_by_a_merging(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    """A corrected title outlives its list; doubled by another it must not bring that list back."""
    assert import_rows(command, registry, tmp_path / "a.csv", HOMES[:1]).code == 0
    assert import_rows(command, registry, tmp_path / "b.csv", HOMES[1:2]).code == 0
    assert command(registry, "correct", "1", "--set", "system=邮政", *WHY).code == 0
    assert command(registry, "correct", "2", "--set", "system=邮政", *WHY).code == 0
    assert command(registry, "batch", "undo", "1").code == 3
    assert command(registry, "recipient", "merge", "1", "--into", "2", *WHY).code == 0
    assert also_in(command, registry, 2) == []
    whole(registry)


def test_a_corrected_title_keeps_the_lists_that_state_it(
    homes: Registry, command: Command, listed: Callable[[], list[dict[str, Any]]]
) -> None:
    """The trap: `correct` carried events and places over, but no further lists."""
    assert command(homes, "correct", "2", "--set", "region=渝中区", *WHY).code == 0
    assert also_in(command, homes, 2) == [("b.csv", 2)]
    moved = command(homes, "recipient", "merge", "2", "--into", "4", *WHY, "--format", "json").json["moved"]
    assert len(moved) == 1
    assert also_in(command, homes, 4) == [("b.csv", 2)]
    assert {one["source"]["file"] for one in listed()} == {"a.csv"}
    whole(homes)


OLD = (("重庆长安汽车股份有限公司工会", "江北区", "2020", "模范职工之家"),)
WAITING = (("长安汽车股份公司工会", "江北区", "2021", "模范职工之家"),)


@pytest.mark.parametrize("answer", [("--same-as", "5"), ("--different",)])
def test_a_decision_taken_back_leaves_what_a_later_list_states(
    answer: tuple[str, ...], homes: Registry, command: Command, tmp_path: Path,
    listed: Callable[[], list[dict[str, Any]]],
) -> None:  # fmt: skip
    """The trap: d.csv was told `already recorded`, then the row that it was held against waited again, and
    its statement was nowhere."""
    assert import_rows(command, homes, tmp_path / "o.csv", OLD).code == 0
    import_rows(command, homes, tmp_path / "c.csv", [*WAITING, *HOMES[:1]], "--partial")
    row = command(homes, "review", "list", "--format", "json").json["rows"][0]["id"]
    done = command(homes, "review", "resolve", str(row), *answer, "--format", "json").json
    assert done["outcome"] == "recorded"
    later = import_rows(command, homes, tmp_path / "d.csv", WAITING)
    assert later.json["files"][0]["rows"]["already_recorded"] == 1

    last = str(done["decisions"][-1])
    back = command(homes, "review", "take-back", last, *WHY, "--format", "json").json
    assert [one["reason"] for one in back["kept"]] == ["also_in_batch:5"]
    stays = [one for one in listed() if one["year_from"] == 2021]
    assert [(one["id"], one["source"]["file"]) for one in stays] == [(back["kept"][0]["id"], "d.csv")]
    assert command(homes, "review", "list", "--format", "json").json["rows"][0]["name"] == WAITING[0][0]
    whole(homes)


def test_a_place_that_a_person_gave_goes_to_the_list_that_states_the_title_too(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    home = [("石船机械厂工会", "渝北区", "2020", "模范职工之家", "渝工发〔2020〕8号")]
    for name in ("a.csv", "b.csv"):
        import_rows(command, registry, tmp_path / name, [*home, *HOMES[: name == "b.csv"]])
    placed = command(registry, "review", "resolve", "1", "--place", "两江新区", "--format", "json")
    assert placed.code == 0, placed
    assert command(registry, "batch", "undo", "1").code == 3
    live = "revision_to IS NULL"
    now = scalar(registry, f"SELECT id FROM recognition WHERE name_printed LIKE '石船%' AND {live}")
    about = f"SELECT recognition_id FROM review_decision WHERE decision = 'place' AND {live}"
    assert now > 1
    assert rows(registry, about) == [(now,)]
    assert command(registry, "review", "undecided", "--format", "json").json["recognitions"] == []
    whole(registry)
    command(registry, "batch", "undo", "2")
    assert command(registry, "review", "decisions", "--format", "json").json["decisions"] == []
    whole(registry)


def test_undo_leaves_a_recipient_into_which_another_was_merged(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    """The trap: the recipient left, the event `2 was merged into 1` stayed, and nobody held anything."""
    for name, home in (("a.csv", HOMES[0]), ("b.csv", HOMES[1])):
        import_rows(command, registry, tmp_path / name, [home])
    event = ("--into", "1", "--date", "2021-05-01", "--basis", "渝工发〔2021〕15号")
    assert command(registry, "event", "merge", "2", *event).code == 0
    command(registry, "batch", "undo", "1")
    assert command(registry, "show", "1", "--format", "json").json["state"] == "live"
    whole(registry)


def test_a_spelling_leaves_with_its_recipient(registry: Registry, command: Command, tmp_path: Path) -> None:
    """The trap: a name that a person had added stayed live and pointed to a recipient that was closed."""
    import_rows(command, registry, tmp_path / "o.csv", OLD)
    import_rows(command, registry, tmp_path / "c.csv", [*WAITING, *HOMES[:1]], "--partial")
    row = command(registry, "review", "list", "--format", "json").json["rows"][0]["id"]
    command(registry, "review", "resolve", str(row), "--set", "recipient=榨菜厂工会", "--same-as", "1")
    assert scalar(registry, "SELECT count(*) FROM recipient_name WHERE revision_to IS NULL") == 1
    command(registry, "batch", "undo", "1")
    command(registry, "batch", "undo", "2")
    assert scalar(registry, "SELECT count(*) FROM recipient WHERE revision_to IS NULL") == 0
    assert scalar(registry, "SELECT count(*) FROM recipient_name WHERE revision_to IS NULL") == 0
    whole(registry)


@pytest.mark.parametrize(
    ("method", "table", "room"),
    [
        ("close", "recognition", "recognitions/leaving.py"),
        ("insert", "review_decision", "deciding.py"),
    ],
)
def test_one_room_writes_it(method: str, table: str, room: str) -> None:
    """The trap: each further road that closes a recognition, or writes a decision, forgets something else."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == method
        and call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value == table
    }  # fmt: skip
    assert found == {room}
