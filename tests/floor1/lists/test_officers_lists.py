"""Lists as officers write them: what each says is what an experienced clerk would record, no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from homeregistry.grid import CellValue, Sheet, TextDocument
from homeregistry.importing.tabled import as_lines
from homeregistry.lists.reading import read_list
from homeregistry.records import Entry, ListOptions
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.resolving.candidates import CandidateReader
from sheets_by_hand import entries, read, sheet

TODAY = date(2026, 1, 1)
Row = Sequence[CellValue]
Said = tuple[str, str, int, str, str]


def _said(found: Sequence[Entry], options: ListOptions) -> tuple[list[Said], list[str]]:
    """Kind, tier, first year, name and the region's path of every candidate; and the problems' codes."""
    reader = CandidateReader(options, TODAY)
    said: list[Said] = []
    codes: list[str] = []
    for entry in found:
        reading = reader.read(entry)
        codes.extend(problem.code for problem in reading.problems)
        for one in reading.candidates:
            region = one.place.region
            path = gazetteer().path(region) if region else ""
            said.append((one.award.kind, one.award.tier, one.award.year_from, one.name, path))
    return said, codes


def clerk(page: Sheet, **options: object) -> tuple[list[Said], list[str]]:
    given = ListOptions(**options)  # type: ignore[arg-type]
    return _said(entries(page, given), given)


def typed(text: str, **options: object) -> tuple[list[Said], list[str]]:
    given = ListOptions(**options)  # type: ignore[arg-type]
    found = read_list(TextDocument("a.txt", text), given).items()
    return _said([item for item in found if isinstance(item, Entry)], given)


@pytest.mark.parametrize(
    "title",
    [
        "重庆市总工会2020年度重庆市模范职工之家名单（共1个）",
        "重庆市总工会关于命名2020年度市级模范职工之家的决定",
        "重庆市模范职工之家名单（2020）",
        "重庆市模范职工之家名单（2020年度，共1个）",
    ],
)
def test_the_title_gives_kind_tier_year_and_issuer(title: str) -> None:
    page = sheet((title,), ("序号", "所属区县", "单位名称"), (1, "万州区", "甲化工厂工会"))
    assert clerk(page) == ([("model_home", "provincial", 2020, "甲化工厂工会", "重庆市万州区")], [])


def test_the_year_may_stand_in_a_bracket_below_the_title() -> None:
    page = sheet(
        ("福建省优秀工会工作者名单",), ("（2019年度，共1名）",),
        ("序号", "县市区", "姓名", "工作单位"), (1, "闽侯县", "林 静", "闽侯县第一中学工会"),
    )  # fmt: skip
    assert clerk(page)[0] == [("outstanding_worker", "provincial", 2019, "林 静", "福建省福州市闽侯县")]


def test_a_sheet_named_for_the_title_under_a_citys_heading_is_the_citys() -> None:
    rows = (("2022年度宁波市表彰名单",), ("序号", "获奖单位", "县市区"), (1, "甲港集团工会", "北仑区"))
    page = sheet(*rows, name="模范职工之家")
    assert clerk(page) == ([("model_home", "prefecture", 2022, "甲港集团工会", "浙江省宁波市北仑区")], [])


@pytest.mark.parametrize(
    ("title", "options", "path"),
    [
        ("重庆市总工会2020年度模范职工之家名单", {}, "重庆市江北区"),
        ("2020年度浙江省模范职工之家名单", {}, "浙江省宁波市江北区"),
        ("2020年度全国模范职工之家名单", {"region": "重庆市"}, "重庆市江北区"),
    ],
)
def test_the_issuer_says_which_of_two_bodies_of_one_name_recommended(
    title: str, options: dict[str, object], path: str
) -> None:
    page = sheet((title,), ("序号", "推荐单位", "单位"), (1, "江北区总工会", "甲化工厂工会"))
    said, codes = clerk(page, **options)
    assert not codes
    assert said[0][4] in (path, options.get("region"))


def test_the_rows_own_path_says_which_of_two_issuers_of_one_name_conferred() -> None:
    rows = (("江北区总工会2015年度区级模范职工之家名单",), ("序号", "区县", "单位"))
    page = sheet(*rows, (1, "重庆市江北区", "甲化工厂工会"), (2, "宁波市江北区", "乙化工厂工会"))
    said, codes = clerk(page)
    assert [one[4] for one in said] == ["重庆市江北区", "浙江省宁波市江北区"]
    assert not codes


def test_an_issuer_that_may_be_two_bodies_is_a_question_with_both() -> None:
    rows = (("江北区总工会2015年度区级模范职工之家名单",), ("序号", "单位"), (1, "甲化工厂工会"))
    (entry,) = entries(sheet(*rows))
    reading = CandidateReader(ListOptions(), TODAY).read(entry)
    assert not reading.candidates
    (problem,) = reading.problems
    assert (problem.code, problem.value) == ("ambiguous_body", "江北区总工会")
    assert problem.params["candidates"] == "浙江省宁波市江北区、重庆市江北区"
    assert clerk(sheet(*rows), region="重庆市")[0][0][1] == "county"


def test_a_misprinted_district_is_looked_for_near_the_issuer_first() -> None:
    rows = (("2020年度重庆市模范职工之家名单",), ("序号", "区县", "单位"), (1, "万洲区", "甲化工厂工会"))
    (entry,) = entries(sheet(*rows))
    (problem,) = CandidateReader(ListOptions(), TODAY).read(entry).problems
    assert problem.code == "unknown_region"
    assert str(problem.params["near"]).startswith("重庆市万州区")


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("张伟 李小红 欧阳建国 买买提·吐尔逊", ["张伟", "李小红", "欧阳建国", "买买提·吐尔逊"]),
        ("古力娜扎尔、尼玛扎西、上官云飞、王 强", ["古力娜扎尔", "尼玛扎西", "上官云飞", "王强"]),
        ("尼玛扎西 黔江区税务局工会主席", ["尼玛扎西"]),
        ("黔江区税务局工会主席 尼玛扎西", ["尼玛扎西"]),
        ("上官婉儿、万州区教委工会主席", ["上官婉儿"]),
        ("古力娜扎尔", ["古力娜扎尔"]),
    ],
)
def test_names_of_four_characters_and_more_are_persons(lines: str, people: list[str]) -> None:
    said, codes = typed(f"2018年度重庆市优秀工会积极分子名单\n{lines}\n")
    assert [one[3] for one in said] == people
    assert set(codes) == {"missing_region"}


def test_a_post_that_ends_a_line_of_names_is_no_person() -> None:
    said, _ = typed("2018年度重庆市优秀工会工作者名单\n澄川装备公司党委书记、工会主席林若汐\n")
    assert [one[3] for one in said] == ["林若汐"]


@pytest.mark.parametrize(
    "rows",
    [
        ((1, "万州区", "甲化工厂工会"), (2, "涪陵区", "乙化工厂工会委员会"), (3, "渝中区", "丙化工厂工会")),
        (
            (1, "甲化工厂工会", "万州区"),
            (2, "乙化工厂工会委员会", "涪陵区"),
            (3, "丙化工厂工会", "渝中区"),
            ("合计", 3),
        ),
        (("万州区", "甲化工厂工会"), ("涪陵区", "乙化工厂工会委员会"), ("渝中区", "丙化工厂工会")),
    ],
)
def test_columns_without_a_header_are_told_by_what_stands_in_them(rows: tuple[Row, ...]) -> None:
    said, codes = clerk(sheet(("2019年度重庆市模范职工之家名单（3个）",), *rows))
    names = ("甲化工厂工会", "乙化工厂工会委员会", "丙化工厂工会")
    places = ("重庆市万州区", "重庆市涪陵区", "重庆市渝中区")
    assert said == [("model_home", "provincial", 2019, n, p) for n, p in zip(names, places, strict=True)]
    assert not codes


def test_persons_without_a_header_have_unit_and_post() -> None:
    title = ("2019年度重庆市优秀工会工作者名单",)
    rows = (("万州区", "王强", "万州区教委工会", "主席"), ("涪陵区", "李小红", "涪陵榨菜集团工会", "副主席"))
    found = entries(sheet(title, *rows))
    assert [(e.values["person"], e.values["unit"], e.values["post"]) for e in found] == [r[1:] for r in rows]


def test_sections_without_a_header_give_the_title() -> None:
    page = sheet(
        ("重庆市总工会2019年度表彰名单",), ("一、重庆市模范职工之家（2个）",), (1, "万州区", "甲化工厂工会"),
        (2, "涪陵区", "乙化工厂工会"), ("二、重庆市模范职工小家（1个）",), (1, "渝中区", "丙局机关工会小组"),
    )  # fmt: skip
    assert [one[0] for one in clerk(page)[0]] == ["model_home", "model_home", "model_small_home"]


@pytest.mark.parametrize(
    "rows",
    [
        (("甲化工厂", "2020", "合同额"), ("乙化工厂", "2021", "合同额")),  # nothing names a title
        (
            ("2019年度重庆市模范职工之家名单",),
            ("甲厂工会", "乙厂工会"),
            ("丙厂工会", "丁厂工会"),
        ),  # two names
    ],
)
def test_rows_that_name_nobody_for_sure_are_no_list(rows: tuple[Row, ...]) -> None:
    assert read(sheet(*rows))[0].verdict == "nothing"


def test_a_sheet_of_names_under_nothing_but_its_own_name_is_a_list() -> None:
    page = sheet(("甲化工厂工会",), ("乙化工厂工会",), name="重庆市模范职工之家2019")
    reading = read(page)[0]
    lines = as_lines(replace(page))
    assert lines is not None
    found = read_list(lines.document, ListOptions(), reading.base).items()
    said, _ = _said([item for item in found if isinstance(item, Entry)], ListOptions())
    assert [one[:4] for one in said] == [("model_home", "provincial", 2019, f"{n}化工厂工会") for n in "甲乙"]


def test_the_federation_that_acts_in_a_sentence_confers() -> None:
    text = (
        "日前，重庆市总工会公布2021年度结果：甲港务公司工会为五星级职工之家，乙造纸厂工会为四星级职工之家。"
    )
    said, _ = typed(text)
    assert [one[:4] for one in said] == [
        ("star_home", "provincial", 2021, "甲港务公司工会"),
        ("star_home", "provincial", 2021, "乙造纸厂工会"),
    ]


def test_a_row_of_thousands_of_cells_is_no_header() -> None:
    wide = [f"栏{number}" for number in range(16_384)]
    began = perf_counter()
    assert read(sheet(*([wide] * 60)))[0].verdict == "nothing"
    assert perf_counter() - began < 10


def test_a_citys_winners_may_have_won_from_others() -> None:
    rows = (("2022年度宁波市获奖名单",), ("序号", "获奖单位", "县市区"), (1, "甲港集团工会", "北仑区"))
    assert clerk(sheet(*rows, name="模范职工之家"))[1] == ["missing_tier"]


def test_the_year_may_stand_alone_under_the_title_of_a_text() -> None:
    said, _ = typed("重庆市模范职工之家名单\n（2020年度）\n甲化工厂工会\n乙化工厂工会\n")
    assert [one[2:4] for one in said] == [(2020, "甲化工厂工会"), (2020, "乙化工厂工会")]


def test_a_bank_of_china_is_a_recipient_and_no_heading() -> None:
    text = "2018年全国模范职工之家名单\n中国金融工会（1个）\n中国工商银行福建省分行工会\n"
    assert [one[3] for one in typed(text)[0]] == ["中国工商银行福建省分行工会"]


def test_an_example_in_the_decision_is_not_listed_beside_its_tables() -> None:
    text = "市总工会决定，授予甲机床厂工会等2个单位“重庆市模范职工之家”称号。"
    assert typed(text)[0] == []  # no year: held as a problem, but named
    found = read_list(TextDocument("a.docx", text), ListOptions(), in_tables=True)
    assert not [item for item in found.items() if isinstance(item, Entry)]


def test_numbers_beside_names_without_a_header_are_counts_and_no_list() -> None:
    rows = (("万州区总工会", 5), ("涪陵区总工会", 3), ("渝中区总工会", 8))
    assert read(sheet(("2020年度重庆市模范职工之家统计",), *rows))[0].verdict == "counts"


def test_who_recommended_below_a_group_header_makes_no_nomination() -> None:
    rows = (
        ("2019年度宁波市模范职工小家名单",), ("序号", "推荐情况", None, "小家名称"),
        (None, "推荐单位", "所属区县", None),
        (1, "鄞州区总工会", "鄞州区", "一车间工会小组"),
    )  # fmt: skip
    page = sheet(*rows, merged=["A2:A3", "B2:C2", "D2:D3"])
    assert read(page)[0].verdict == "list"
    nominated = (
        ("序号", "推荐称号", None, "单位"),
        (None, "模范职工之家", "模范职工小家", None),
        (1, "√", None, "甲厂工会"),
    )
    page = sheet(*nominated, merged=["A1:A2", "B1:C1", "D1:D2"])
    assert read(page)[0].verdict == "nominations"


def test_a_citys_outstanding_units_and_persons_are_the_citys() -> None:
    rows = (
        ("2020年度哈尔滨市先进集体和个人名单",),
        ("序号", "名称", "类别"),
        (1, "甲松公司工会", "模范职工之家"),
    )
    assert clerk(sheet(*rows))[0] == [("model_home", "prefecture", 2020, "甲松公司工会", "黑龙江省哈尔滨市")]


def test_a_decision_that_names_no_title_gives_year_and_issuer_to_its_lists() -> None:
    text = "湛江市总工会关于表彰2018年度市级先进的决定\n一、模范职工之家（1个）\n甲港公司工会\n"
    assert [one[:4] for one in typed(text)[0]] == [("model_home", "prefecture", 2018, "甲港公司工会")]


def test_a_section_of_who_recommended_is_no_list_of_nominations() -> None:
    text = "2021年度重庆市模范职工小家名单\n(一)区县推荐2个\n甲公司工会小组\n(二)万州区推荐1个\n乙局分会\n"
    said, codes = typed(text)
    assert [one[3:] for one in said] == [("甲公司工会小组", ""), ("乙局分会", "重庆市万州区")]
    assert "nomination_list" not in codes
    assert "unknown_region" not in codes


def test_names_below_the_titles_of_three_columns_are_of_each() -> None:
    rows = (
        ("2020年度昆明市表彰名单",), ("区县", "模范职工之家", "优秀工会工作者"),
        ("五华区", "甲滇公司工会", "刘洋"), ("盘龙区", None, "陈静"),
    )  # fmt: skip
    said, codes = clerk(sheet(*rows))
    assert [(one[0], one[3]) for one in said] == [
        ("model_home", "甲滇公司工会"), ("outstanding_worker", "刘洋"), ("outstanding_worker", "陈静"),
    ]  # fmt: skip
    assert not codes


@pytest.mark.parametrize(
    ("cell", "name", "codes"),
    [
        ("长沙甲湘有限公司\n工会委员会", "长沙甲湘有限公司工会委员会", []),
        ("甲厂、乙厂联合工会", "甲厂、乙厂联合工会", []),
        ("甲湘公司工会\n乙湘公司工会", "甲湘公司工会乙湘公司工会", ["unread_row"]),
        ("甲湘公司工会、乙湘医院工会", "甲湘公司工会、乙湘医院工会", ["unread_row"]),
    ],
)
def test_a_cell_names_one_union_on_two_lines_or_is_refused_with_two(
    cell: str, name: str, codes: list[str]
) -> None:
    rows = (("2019年度长沙市模范职工之家名单",), ("序号", "单位名称", "区县"), (1, cell, "岳麓区"))
    (entry,) = entries(sheet(*rows))
    assert entry.values["recipient"] == name
    assert [problem.code for problem in entry.problems] == codes


def test_the_corps_among_the_provinces_recommends_and_is_no_region() -> None:
    rows = (
        ("2020年度全国模范职工之家名单",),
        ("省区市", "单位"),
        ("北京市", "甲厂工会"),
        ("新疆生产建设兵团", "乙团工会"),
    )
    (_, entry) = entries(sheet(*rows))
    reading = CandidateReader(ListOptions(), TODAY).read(entry)
    (candidate,) = reading.candidates
    assert candidate.body is not None
    assert candidate.body.name == "新疆生产建设兵团总工会"
    assert candidate.place.region is None


def test_an_example_that_the_list_spells_in_full_is_listed_once() -> None:
    text = (
        "佛山市总工会决定，授予甲佛公司工会小组等1个集体“佛山市先进职工小家”称号。\n"
        "附件\n2017年度佛山市先进职工小家名单（1个）\n禅城区甲佛公司工会小组\n"
    )
    assert [one[3] for one in typed(text)[0]] == ["禅城区甲佛公司工会小组"]


def test_a_name_that_the_page_broke_in_two_is_one() -> None:
    text = (
        "2018年度浙江省模范职工之家名单（2个）\n"
        "1. 浙江省甲乙国际工程建设集团股份有限公司华东区域总部及所属各分支机\n构联合项目管理中心工会委员会\n"
        "2. 杭州丙丁公司工会\n"
    )
    names = [
        "浙江省甲乙国际工程建设集团股份有限公司华东区域总部及所属各分支机构联合项目管理中心工会委员会",
        "杭州丙丁公司工会",
    ]
    assert [one[3] for one in typed(text)[0]] == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "2020年度重庆市模范职工之家名单\n序号 区县 单位名称\n1 万州区 甲公司工会\n2 涪陵区 乙医院工会\n",
            [("甲公司工会", "重庆市万州区"), ("乙医院工会", "重庆市涪陵区")],
        ),
        ("2022年度南宁市模范职工之家名单\n(共1个,排名不分先后)\n甲邕公司工会\n", [("甲邕公司工会", "")]),
        (
            "🎉2022年度厦门市模范职工之家名单🎉\n🔹甲鹭公司工会\n✅ 乙鹭医院工会\n",
            [("甲鹭公司工会", ""), ("乙鹭医院工会", "")],
        ),
        (
            "2021年度\n决定授予下列单位“嘉兴市模范职工之家”称号:\n嘉兴甲公司工会 海宁乙公司工会\n",
            [("嘉兴甲公司工会", ""), ("海宁乙公司工会", "")],
        ),
    ],
)  # fmt: skip
def test_how_lists_are_set_in_chats_and_notices(text: str, said: list[tuple[str, str]]) -> None:
    found, codes = typed(text, year_from=2021 if text.startswith("2021") else None)
    assert [one[3:] for one in found] == said
    assert set(codes) <= {"missing_region"}


def test_a_name_with_a_surname_of_two_and_a_gap_is_whole() -> None:
    said, _ = typed("2016年度潍坊市优秀工会工作者（1人）\n市直机关工会 欧阳 娜\n")
    assert [one[3] for one in said] == ["欧阳娜"]
    rows = (("2016年度潍坊市优秀工会工作者",), ("序号", "姓名、单位及职务"), (1, "欧阳 娜 市直机关工会主席"))
    (entry,) = entries(sheet(*rows))
    assert entry.values["person"] == "欧阳娜"


def test_the_title_of_a_list_of_many_years_has_a_citys_tier() -> None:
    rows = (
        ("贵阳市历年模范职工之家名单",),
        ("序号", "单位", "区县"),
        ("2018年度",),
        (1, "甲筑公司工会", "云岩区"),
    )
    assert clerk(sheet(*rows))[0] == [
        ("model_home", "prefecture", 2018, "甲筑公司工会", "贵州省贵阳市云岩区")
    ]


@pytest.mark.parametrize("heading", ["江北区（1个）", "江北区", "江北区："])
def test_a_district_that_heads_names_is_looked_for_where_the_list_is(heading: str) -> None:
    text = f"2020年度重庆市模范职工之家名单\n{heading}\n甲机电公司工会\n"
    found, codes = typed(text)
    assert [path for *_, path in found] == ["重庆市江北区"]
    assert "ambiguous_region" not in codes


def test_a_district_of_several_cities_in_a_national_list_stays_in_doubt() -> None:
    assert typed("2020年度全国模范职工之家名单\n江北区\n甲机电公司工会\n")[1] == ["ambiguous_region"]
