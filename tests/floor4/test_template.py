"""Templates: what is filled in with what they offer is read back without a question."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from homeregistry.exports.headers import HEADERS, TIER_WORDS
from homeregistry.importing.sheets import EXAMPLE, LIST_SHEET
from homeregistry.kinds import kinds
from homeregistry.settings import all_layouts
from homeregistry.vocabulary import TIERS
from registries import Answer, Registry

Command = Callable[..., Answer]
BODIES = {
    "national": "中华全国总工会", "provincial": "重庆市总工会", "prefecture": "德州市总工会",
    "county": "万州区总工会", "township": "万州区白羊镇总工会", "unit": "重庆钢铁公司工会",
}  # fmt: skip


def fill(path: Path, rows: list[dict[str, str]]) -> None:
    book = openpyxl.load_workbook(path)
    page: Any = book["名单"]
    columns = {cell.value: cell.column for cell in page[1]}
    for number, row in enumerate(rows, start=3):
        page.cell(number, columns["序号"], number - 2)
        for name, text in row.items():
            page.cell(number, columns[name], text)
    book.save(path)


def who(code: str, number: int, small: str) -> dict[str, str]:
    receiver = kinds()[code].recipient_type
    if receiver == "person":
        name = "王小" + "甲乙丙丁戊己庚辛壬癸子丑寅"[number]
        return {"姓名": name, "工作单位": "重庆钢铁公司", "职务": "工会主席"}
    if receiver == "sub_unit":
        return {small: f"重庆第{number}车间工会小组", "所属工会": f"重庆第{number}工厂工会"}
    return {"获奖单位": f"重庆第{number}中学工会"}


@pytest.mark.parametrize("kind", [None, *kinds()])
def test_a_filled_template_is_imported_without_a_question(
    sqlite_registry: Registry, command: Command, tmp_path: Path, kind: str | None
) -> None:
    out = tmp_path / "t.xlsx"
    options = ["--kind", kind] if kind else []
    assert command(None, "template", out, "--region", "重庆市", "--year", "2020", *options).code == 0
    codes = [kind] if kind else list(kinds())
    small = "小家名称" if kind else "获奖单位"
    rows = [
        {"荣誉称号": kinds()[code].title, **who(code, n, small), "级别": "省级", "年度": "2020",
         "所属区县": "重庆市万州区", "授予单位": "重庆市总工会", "文号": "渝工发〔2020〕1号"}
        for n, code in enumerate(codes)
    ]  # fmt: skip
    fill(out, rows)
    answer = command(sqlite_registry, "import", "--yes", "--format", "json", out)
    found = answer.json["files"][0]
    assert (answer.code, found["problems"]) == (0, [])
    assert found["rows"]["recorded"] == len(rows)
    listed = command(sqlite_registry, "list", "--format", "json").json["recognitions"]
    assert sorted(one["kind"] for one in listed) == sorted(codes)
    for one in listed:
        assert one["recipient_type"] == kinds()[one["kind"]].recipient_type
        assert (one["region"], one["year_from"], one["tier"]) == ("万州区", 2020, "provincial")


@pytest.mark.parametrize("tier", TIERS)
def test_every_tier_of_the_drop_down_is_read_as_that_tier(
    sqlite_registry: Registry, command: Command, tmp_path: Path, tier: str
) -> None:
    out = tmp_path / "t.xlsx"
    command(None, "template", out, "--year", "2020")
    row = {"荣誉称号": "模范职工之家", "获奖单位": "重庆第1中学工会", "级别": TIER_WORDS[tier]}
    fill(out, [{**row, "年度": "2020", "所属区县": "重庆市万州区", "授予单位": BODIES[tier]}])
    answer = command(sqlite_registry, "import", "--yes", "--format", "json", out)
    assert answer.json["files"][0]["rows"]["recorded"] == 1, answer.out
    assert command(sqlite_registry, "list", "--format", "json").json["recognitions"][0]["tier"] == tier


def test_the_districts_are_those_of_the_year(command: Command, tmp_path: Path) -> None:
    lists = {}
    for year in ("2010", "2020", "2026"):
        out = tmp_path / f"{year}.xlsx"
        assert command(None, "template", out, "--region", "重庆市", "--year", year).code == 0
        lists[year] = {cell.value for cell in openpyxl.load_workbook(out)[LIST_SHEET]["C"]}
    assert "重庆市双桥区" in lists["2010"]
    assert "重庆市双桥区" not in lists["2020"]
    assert {"重庆市江北区", "重庆市渝北区"} <= lists["2020"]
    assert "重庆市两江新区" in lists["2026"]
    assert "重庆市江北区" not in lists["2026"]


def test_an_unfilled_template_records_nothing_and_its_example_is_no_data(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "t.xlsx"
    command(None, "template", out)
    assert openpyxl.load_workbook(out)["名单"]["A2"].value == EXAMPLE
    answer = command(sqlite_registry, "import", "--yes", out)
    assert answer.code == 1
    assert command(sqlite_registry, "list", "--format", "json").json["total"] == 0


def test_every_heading_is_a_spelling_of_the_general_layout() -> None:
    layout = next(one for one in all_layouts() if one.name == "general")
    assert [name for name, text in HEADERS.items() if layout.role_of(text) is None] == []


def test_a_filled_template_is_not_written_over(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    assert command(None, "template", out).code == 0
    before = out.read_bytes()
    assert command(None, "template", out, "--kind", "model_home").code == 1
    assert out.read_bytes() == before
    assert command(None, "template", out, "--kind", "model_home", "--force").code == 0
