"""What an officer is told to do next where nothing of her file can be recorded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from registries import Answer, Registry

Command = Callable[..., Answer]
REPORT = "report import"


@pytest.mark.parametrize(
    ("text", "is_report"),
    [
        ("序号\t单位名称\t所在区县\n1\t甲厂工会\t无此区\n2\t乙厂工会\t无此区\n", False),
        ("2020年度全省先进集体名单\n甲厂工会\n乙厂工会\n", True),
    ],
)
def test_a_table_in_a_text_is_taken_for_no_report(
    sqlite_registry: Registry, command: Command, tmp_path: Path, text: str, is_report: bool
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    answer = command(sqlite_registry, "import", path, "--dry-run")
    assert answer.code == 1
    assert (REPORT in answer.out) is is_report, answer
