"""Builds the award lists under imports/samples/ from tools/sample_facts.csv, with their goldens.

Each sample is laid out the way a clerk of that body would have typed it. The golden beside it comes
from the facts and from where this script put them, never from what the importer prints, so the two
can disagree. Run it from the checkout: `python tools/make_samples.py`.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from sample_goldens import RECIPIENT_TYPES, Fact, Golden, read_facts
from sample_page import Cell, Page
from xlsxwriter.workbook import Workbook

SAMPLES = Path(__file__).resolve().parent.parent / "imports" / "samples"
CREATED = datetime(2024, 1, 1)


def national_list(book: Workbook, golden: Golden, facts: list[Fact]) -> None:
    """A roll kept by year, newest first: year and title in merged columns, one place not known."""
    titles = {"model_home": "全国模范职工之家", "model_small_home": "全国模范职工小家"}
    rounds = [fact for fact in facts if fact.place.startswith(("福建省", "安徽省", "重庆市綦江区"))]
    rounds += [fact for fact in facts if not fact.place]
    rounds.sort(key=lambda fact: (-fact.year, fact.place, fact.kind))
    page = Page(book, "全国称号", (6, 10, 20, 52, 20, 20, 14), golden)
    page.title("历次全国模范职工之家、全国模范职工小家登记表(摘录)")
    page.plain("单位:个", right=True)
    page.header(("序号", "表彰年份", "荣誉称号", "单位名称", "所在地", "授予单位", "备注"))
    page.block(
        rounds,
        lambda number, fact: (
            number, fact.year, titles[fact.kind], fact.name, fact.place or None, fact.conferred_by, None,
        ),
        merged=(1, 2, 4),
    )  # fmt: skip
    page.total(("合计", None, None, len(rounds), None, None, None), (len(rounds), len(rounds), None))
    page.plain("注:本表只登记已核对到名称的单位,不是各次表彰的全部名单;所在地不详的留空。")
    page.plain("填报人:              审核人:              填报日期:2026年8月3日")


def zhanjiang(book: Workbook, golden: Golden, facts: list[Fact]) -> None:
    """Section rows declare 5 and 5, the rows are 5 and 6: both numbers are the source's."""
    mine = [fact for fact in facts if fact.place.startswith("广东省湛江市")]
    homes = [fact for fact in mine if fact.kind == "model_home"]
    small = [fact for fact in mine if fact.kind == "model_small_home"]
    page = Page(book, "Sheet1", (6, 60, 26, 20), golden)
    page.title("2010年湛江市获中华全国总工会表彰单位名单")
    page.plain("填报单位:湛江市总工会")
    page.two_level_header((("序号", ()), ("获奖单位", ("单位名称", "所在地")), ("授予单位", ())))

    def cells(number: int, fact: Fact) -> Sequence[Cell]:
        return number, fact.name, fact.place, fact.conferred_by

    page.section("一、全国模范职工之家(5个)", (5, len(homes), "model_home"))
    page.block(homes, cells, merged=(2, 3))
    page.section("二、全国模范职工小家(5个)", (5, len(small), "model_small_home"))
    page.block(small, cells, merged=(2, 3))
    page.plain("填表人:            审核人:            填报日期:2012年12月10日")


def zhuzhou(book: Workbook, golden: Golden, facts: list[Fact]) -> None:
    """Titles in a merged first-class column, a subtotal under each, a total below."""
    mine = [fact for fact in facts if fact.place.startswith("湖南省株洲市")]
    homes = [fact for fact in mine if fact.kind == "model_home"]
    small = [fact for fact in mine if fact.kind == "model_small_home"]
    page = Page(book, "获奖名单", (8, 22, 56, 24, 20), golden)
    page.title("株洲市2024年全国模范职工之家、模范职工小家获奖名单")
    page.plain("填报单位:株洲市总工会                                填报日期:2024年10月31日")
    page.plain("单位:个", right=True)
    page.header(("序号", "荣誉称号", "获奖单位", "所属县(市、区)", "授予单位"))
    page.block(
        homes,
        lambda number, fact: (number, "全国模范职工之家", fact.name, fact.place, fact.conferred_by),
        merged=(1, 4),
    )
    page.total(("小计", None, 2, None, None), (2, len(homes), "model_home"))
    page.block(
        small,
        lambda number, fact: (number, "全国模范职工小家", fact.name, fact.place, fact.conferred_by),
        first=len(homes) + 1,
        merged=(1, 4),
    )
    page.total(("小计", None, 3, None, None), (3, len(small), "model_small_home"))
    page.total(("合计", None, 5, None, None), (5, len(mine), None))
    page.plain("审核人:                    填报人:")


def wanzhou(book: Workbook, golden: Golden, facts: list[Fact]) -> None:
    """Five kinds on one sheet, two tiers and two conferring bodies; two totals declared, not listed."""
    mine = [fact for fact in facts if fact.place == "重庆市万州区" and fact.system is None]
    sections = (
        ("一、市级模范职工之家", "model_home", None),
        ("二、市级模范职工小家", "model_small_home", None),
        ("三、重庆市职工小家示范单位", "demo_small_home", None),
        ("四、万州区先进职工之家(28个)", "advanced_home", 28),
        ("五、万州区先进职工小家(28个)", "advanced_small_home", 28),
    )
    levels = {"provincial": "市级", "county": "区级"}
    page = Page(book, "2020年度", (6, 44, 18, 10, 20), golden)
    page.title("万州区2020年度职工之家建设获奖名册")
    page.plain("填报单位:万州区总工会                                    单位:个")
    page.header(("序号", "获奖单位(部门)", "所在区县", "级别", "授予单位"))
    number = 1
    for text, kind, declared in sections:
        rows = [fact for fact in mine if fact.kind == kind]
        page.section(text, None if declared is None else (declared, len(rows), kind))
        page.block(
            rows,
            lambda serial, fact: (serial, fact.name, fact.place, levels[fact.tier], fact.conferred_by),
            first=number,
            merged=(2,),
        )
        number += len(rows)
    page.plain("备注:先进职工之家、先进职工小家各只录入一个,其余名单另附。")
    page.plain("制表:              审核:              2021年1月")


def postal(book: Workbook, golden: Golden, facts: list[Fact]) -> None:
    """An industry's own title: 139 declared for the whole system, three rows of one municipality."""
    mine = [fact for fact in facts if fact.system == "邮政"]
    page = Page(book, "模范职工小家", (6, 36, 20, 26, 12), golden)
    page.title("2024年全国邮政系统模范职工小家名单(139个)", (139, len(mine), "model_small_home"))
    page.plain("(重庆片区)")
    page.plain("授予单位:中国邮政集团工会")
    page.header(("序号", "小家名称", "所在区县", "授予单位", "备注"))
    page.block(
        mine,
        lambda number, fact: (number, fact.name, fact.place, fact.conferred_by, None),
        merged=(3,),
    )
    page.plain("经办人:                  复核人:                  日期:2024年5月20日")


def dezhou(book: Workbook, golden: Golden, facts: list[Fact]) -> None:
    """One workbook, a sheet for each title; each title line declares more than the sheet lists."""
    mine = [fact for fact in facts if fact.place.startswith("山东省德州市")]
    parts = (
        ("模范职工之家", "model_home", 8),
        ("模范职工小家", "model_small_home", 7),
    )
    for title, kind, declared in parts:
        rows = [fact for fact in mine if fact.kind == kind]
        page = Page(book, title, (6, 48, 22, 20), golden)
        page.title(f"2015年度德州市荣获全国{title}称号单位名单({declared}个)", (declared, len(rows), kind))
        page.gap()
        page.plain("填报单位(盖章):德州市总工会")
        page.header(("序号", "单 位 名 称", "所在县(市、区)", "表彰单位"))
        page.block(
            rows,
            lambda number, fact: (number, fact.name, fact.place, fact.conferred_by),
            merged=(2,),
        )
        page.gap()
        page.plain("说明:报纸只登出部分名称,按登出的录入。")
        page.plain("填报人:            联系电话:            填报日期:2016年1月18日")


def zhuzhou_newspaper(facts: list[Fact]) -> None:
    """The same five as a newspaper sentence: after zhuzhou-2024 they are all already recorded."""
    mine = [fact for fact in facts if fact.place.startswith("湖南省株洲市")]
    homes = [fact for fact in mine if fact.kind == "model_home"]
    small = [fact for fact in mine if fact.kind == "model_small_home"]
    lines = (
        "株洲一批基层工会组织获全国表彰",
        "",
        "株洲市总工会  2024年10月",
        "",
        "中华全国总工会日前公布2024年评选结果,株洲市2个集体获“全国模范职工之家”称号,"
        "3个集体获“全国模范职工小家”称号。",
        "",
        f"{'、'.join(fact.name for fact in homes)}被评为“全国模范职工之家”;"
        f"{'、'.join(fact.name for fact in small)},被评为“全国模范职工小家”。",
    )
    folder = SAMPLES / "zhuzhou-2024-newspaper"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "zhuzhou-2024-newspaper.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    entries = [
        {
            "year_from": fact.year, "year_to": fact.year, "kind": fact.kind, "tier": fact.tier,
            "system": None, "name": fact.name, "recipient_type": RECIPIENT_TYPES[fact.kind],
            "conferred_by": fact.conferred_by, "status": "in_force",
            "source": {"row": len(lines)},
        }
        for fact in mine
    ]  # fmt: skip
    content = {
        "after": ["zhuzhou-2024"],
        "rows": {"read": 5, "recorded": 0, "already_recorded": 5, "held": 0, "refused": 0},
        "rows_alone": {"read": 5, "recorded": 5, "already_recorded": 0, "held": 0, "refused": 0},
        "declared": [
            {"declared": 2, "listed": 2, "kind": "model_home"},
            {"declared": 3, "listed": 3, "kind": "model_small_home"},
        ],
        "problems": [],
        "entries": entries,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


WORKBOOKS: dict[str, Callable[[Workbook, Golden, list[Fact]], None]] = {
    "national-list": national_list,
    "zhanjiang-2010": zhanjiang,
    "zhuzhou-2024": zhuzhou,
    "wanzhou-2020": wanzhou,
    "postal-2024": postal,
    "dezhou-2015": dezhou,
}


def main() -> None:
    """Write every sample and its golden."""
    facts = read_facts()
    for name, lay_out in WORKBOOKS.items():
        folder = SAMPLES / name
        folder.mkdir(parents=True, exist_ok=True)
        golden = Golden()
        with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
            book.set_properties({"created": CREATED})
            lay_out(book, golden, facts)
        golden.write(folder)
    zhuzhou_newspaper(facts)


if __name__ == "__main__":
    main()
