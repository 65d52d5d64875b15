"""A recognition that several lists state: every source is kept, and outlives the undoing of the first."""

from collections.abc import Callable
from pathlib import Path

import openpyxl

from registries import Answer


def _list(path: Path, *, note: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2021年度重庆市模范职工之家名单"])
    sheet.append(["序号", "区县", "单位名称", "备注"])
    sheet.append([1, "渝北区", "山城机电有限公司工会委员会", note])
    sheet.append([2, "万州区", "江畔中学工会", note])
    book.save(path)
    return path


def test_undoing_the_first_list_leaves_what_the_second_states(
    registry, command: Callable[..., Answer], tmp_path: Path
) -> None:
    first, second = _list(tmp_path / "a.xlsx", note="a"), _list(tmp_path / "b.xlsx", note="b")
    command(registry, "import", "--yes", str(first))
    command(registry, "import", "--yes", str(second))
    assert command(registry, "count", "--format", "json").json["total"] == 2

    undone = command(registry, "batch", "undo", "1", "--format", "json")
    assert [kept["reason"] for kept in undone.json["kept"]] == ["also_in_batch:2"] * 2
    listed = command(registry, "list", "--format", "json").json["recognitions"]
    assert {one["source"]["file"] for one in listed} == {"b.xlsx"}
    assert sorted(one["source"]["row"] for one in listed) == [3, 4]
    assert command(registry, "verify").code == 0

    command(registry, "batch", "undo", "2")
    assert command(registry, "count", "--format", "json").json["total"] == 0
    assert command(registry, "status", "--format", "json").json["recipients"] == 0
    assert command(registry, "verify").code == 0


def test_undoing_the_second_list_leaves_the_first_as_it_was(
    registry, command: Callable[..., Answer], tmp_path: Path
) -> None:
    command(registry, "import", "--yes", str(_list(tmp_path / "a.xlsx", note="a")))
    before = command(registry, "list", "--format", "json").json
    command(registry, "import", "--yes", str(_list(tmp_path / "b.xlsx", note="b")))
    command(registry, "batch", "undo", "2")
    assert command(registry, "list", "--format", "json").json == before
