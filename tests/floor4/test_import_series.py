"""Several files in one command: what was committed is told, whatever is wrong with a later file."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import homeregistry.readers
import homeregistry.reporting
from homeregistry.errors import DatabaseRefused
from registries import Answer, Registry, scalar

Command = Callable[..., Answer]

FIGURES = "2018年,福建省有35家单位获评全国模范职工之家。"
SAID = ("--issuer", "重庆市总工会", "--tier", "provincial", "--sheet", "名单", "--format", "json")


def book(path: Path, sheet: str) -> Path:
    """A list of one unit on a sheet of that name."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    page.append(["单位名称", "所属区县", "年度", "荣誉称号"])
    page.append([f"万州区{path.stem}机械厂工会", "万州区", "2020", "模范职工之家"])
    made.save(path)
    return path


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    return [book(tmp_path / f"{name}.xlsx", "名单") for name in ("甲", "乙", "丙")]


def stop_at(path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Opening this file ends in an error; the others open as ever."""
    opens = homeregistry.readers.open_document

    def open_document(one: Path, **more: object) -> object:
        if one == path:
            raise error
        return opens(one, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(homeregistry.readers, "open_document", open_document)


def test_trap_a_wrong_option_for_one_file_does_not_hide_what_earlier_files_committed(
    command: Command, sqlite_registry: Registry, tmp_path: Path
) -> None:
    files = [
        book(tmp_path / "甲.xlsx", "名单"),
        book(tmp_path / "乙.xlsx", "Sheet1"),
        book(tmp_path / "丙.xlsx", "名单"),
    ]
    answer = command(sqlite_registry, "import", *files, *SAID)
    first, second, third = answer.json["files"]
    assert answer.code == 1
    assert [one["outcome"] for one in (first, second, third)] == ["committed", "refused", "committed"]
    assert (first["batch"], second["batch"], third["batch"]) == (1, None, 2)
    assert second["error"]["code"] == "unknown_sheet"
    assert command(sqlite_registry, "count", "--format", "json").json["total"] == 2


def test_what_stops_the_first_file_stops_the_command(
    command: Command, sqlite_registry: Registry, tmp_path: Path
) -> None:
    answer = command(sqlite_registry, "import", book(tmp_path / "甲.xlsx", "Sheet1"), *SAID)
    assert (answer.code, answer.json["error"]["code"]) == (2, "unknown_sheet")
    assert "files" not in answer.json


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), "aborted"), (MemoryError(), "out_of_memory"),
        (OSError(28, "No space left on device"), "system_error"), (ZeroDivisionError(), "internal_error"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_trap_an_interruption_behind_a_commit_does_not_say_that_nothing_was_written(
    error: BaseException, code: str, command: Command, sqlite_registry: Registry, three: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    stop_at(three[1], monkeypatch, error)
    answer = command(sqlite_registry, "import", *three, *SAID)
    assert (answer.code, answer.json["error"]["code"]) == (1, code)
    assert [(one["file"], one["outcome"]) for one in answer.json["files"]] == [("甲.xlsx", "committed")]
    assert "nothing more was written" in answer.json["error"]["message"]
    stop_at(three[2], monkeypatch, error)
    alone = command(sqlite_registry, "import", three[2], *SAID)
    assert "nothing was written" in alone.json["error"]["message"]
    assert "files" not in alone.json


def test_trap_a_full_disk_at_the_second_report_does_not_hide_the_figures_of_the_first(
    command: Command, sqlite_registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "一.txt", tmp_path / "二.txt"]
    for path in files:
        path.write_text(FIGURES, encoding="utf-8")
    takes = homeregistry.reporting.import_report

    def import_report(source: object, options: object, ledger: object) -> object:
        if scalar(sqlite_registry, "SELECT count(*) FROM declared_figure"):
            raise DatabaseRefused("disk_full", "The disk of {where} is full; nothing was written.", where="x")
        return takes(source, options, ledger)  # type: ignore[arg-type]

    monkeypatch.setattr(homeregistry.reporting, "import_report", import_report)
    answer = command(sqlite_registry, "report", "import", *files, "--format", "json")
    first, second = answer.json["files"]
    assert (answer.code, first["outcome"], second["outcome"]) == (1, "committed", "refused")
    assert second["error"]["code"] == "disk_full"
