"""Small award lists as CSV files, imported through the command line."""

from collections.abc import Callable, Sequence
from pathlib import Path

from registries import Answer, Registry

Command = Callable[..., Answer]

HEADER = ("单位名称", "所属区县", "年度", "荣誉称号", "文号")


def write_list(path: Path, rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER) -> Path:
    """A list with a header row; short rows are filled with empty cells."""
    lines = [",".join(header)]
    for row in rows:
        cells = [*row, *[""] * (len(header) - len(row))]
        lines.append(",".join(str(cell) for cell in cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def import_rows(
    command: Command, registry: Registry, path: Path, rows: Sequence[Sequence[object]], *options: str
) -> Answer:
    """Import rows as a Chongqing list of provincial titles; returns the answer (JSON)."""
    write_list(path, rows)
    said = ("--issuer", "重庆市总工会", "--tier", "provincial", *options)
    answer = command(registry, "import", path, "--format", "json", *said)
    assert answer.code in (0, 1, 3), answer
    return answer


HOMES = (
    ("万州区教育工会", "万州区", "2020", "模范职工之家", "渝工发〔2020〕8号"),
    ("涪陵区榨菜集团工会", "涪陵区", "2020", "模范职工之家", "渝工发〔2020〕8号"),
    ("渝中区解放碑街道总工会", "渝中区", "2020", "模范职工之家", "渝工发〔2020〕8号"),
    ("万州区第一人民医院工会", "万州区", "2022", "模范职工之家", "渝工发〔2022〕3号"),
)
"""Four recognitions by two decisions; ids 1 to 4 in a fresh registry."""
