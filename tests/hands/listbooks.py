"""Small workbooks and registries for tests of what leaves the registry."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

from registries import Answer, Registry

HEAD = ("序号", "单位名称", "所属区县", "荣誉称号", "级别", "年度", "授予单位", "文号")

Row = Sequence[object]


def unit(number: int, name: str, region: str = "重庆市渝中区", **other: object) -> list[object]:
    """A good row of `HEAD`, with other values where given (title, year, body, document)."""
    return [
        number, name, region, other.get("title", "模范职工之家"), "省级", other.get("year", "2020"),
        other.get("body", "重庆市总工会"), other.get("document", "渝工发〔2020〕1号"),
    ]  # fmt: skip


def write_list(path: Path, rows: Sequence[Row], sheet: str = "名单") -> Path:
    """A workbook with a header and rows; text stays text, whatever it begins with."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(HEAD)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = page.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    return path


THREE = [
    unit(1, "=SUM(A1)电力公司工会"),
    unit(2, "+甲机械厂工会", "重庆市万州区", title="模范职工小家"),
    unit(3, "@乙学校工会", "重庆市涪陵区", year="2019"),
    unit(4, "-丙医院工会", "重庆市万州区", document="渝工发〔2020〕2号"),
]


def filled(registry: Registry, command: Callable[..., Answer], folder: Path) -> None:
    """Put the list `THREE` into a registry."""
    answer = command(registry, "import", "--yes", write_list(folder / "list.xlsx", THREE))
    assert answer.code == 0, answer.err
