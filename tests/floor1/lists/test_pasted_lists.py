"""Lists pasted from pages and notices, with what stands around the names; each test names its trap."""

from time import perf_counter

import pytest

from homeregistry.grid import TextDocument
from homeregistry.lists.reading import read_list
from homeregistry.records import DeclaredCount, Entry, ListItem, ListOptions, NotData


def _items(text: str) -> list[ListItem]:
    return list(read_list(TextDocument("a.txt", text), ListOptions()).items())


def _entries(text: str) -> list[Entry]:
    return [item for item in _items(text) if isinstance(item, Entry)]


def _names(text: str) -> list[str]:
    return [entry.values.get("recipient") or entry.values.get("person", "") for entry in _entries(text)]


def _counts(text: str) -> list[tuple[int, int]]:
    return [(item.declared, item.listed) for item in _items(text) if isinstance(item, DeclaredCount)]


@pytest.mark.parametrize(
    "line",
    ["监督电话：0580-2345678", "举报电话: 0580-2345678", "传真：0580-2345678", "咨询电话 13800138000"],
)
def test_a_telephone_that_may_be_called_about_a_list_is_no_recipient(line: str) -> None:
    text = f"2023年度舟山市模范职工之家名单（1个）\n舟山甲船厂工会\n{line}\n"
    assert _names(text) == ["舟山甲船厂工会"]
    assert _counts(text) == [(1, 1)]


@pytest.mark.parametrize(
    "menu", ["首页|工会要闻|通知公告", "首页 > 工会要闻 > 表彰", "首页 工会要闻 通知公告"]
)
def test_the_menu_of_a_web_page_is_no_row_of_the_list(menu: str) -> None:
    items = _items(f"{menu}\n2020年度台州市先进职工之家名单（1家）\n椒江甲药业公司工会\n")
    assert [item.reason for item in items if isinstance(item, NotData)] == ["navigation", "title"]
    assert [entry.values["recipient"] for entry in items if isinstance(entry, Entry)] == [
        "椒江甲药业公司工会"
    ]


def test_a_unit_whose_name_holds_the_menus_word_stays_a_unit() -> None:
    text = "2020年度台州市先进职工之家名单（1家）\n台州首页网络公司工会\n"
    assert _names(text) == ["台州首页网络公司工会"]


def test_persons_counted_without_the_word_for_and_others_are_persons_all_the_same() -> None:
    text = "2019年，林汐、欧阳澄2名同志获“湛江市优秀工会工作者”称号。"
    assert _names(text) == ["林汐", "欧阳澄"]
    assert _counts(text) == [(2, 2)]


@pytest.mark.parametrize("who", ["全市", "我省", "全国", "单位", "其中全县"])
def test_a_place_before_a_count_of_persons_is_nobody(who: str) -> None:
    assert not _names(f"2019年，{who}20名同志获“湛江市优秀工会工作者”称号。")


def test_a_place_with_its_names_on_its_own_line_ends_where_the_next_begins() -> None:
    text = (
        "2022年度金华市模范职工之家名单（4个）\n婺城区（1个）：婺城甲厂工会\n"
        "义乌市（2个）：义乌甲公司工会；义乌乙公司工会\n东阳市：东阳甲公司工会\n"
    )
    assert _counts(text) == [(4, 4), (1, 1), (2, 2)]
    assert _entries(text)[-1].values["region"] == "东阳市"


def test_a_title_of_two_kinds_governs_the_parts_that_repeat_its_tier() -> None:
    text = (
        "2020年度全国模范职工之家、模范职工小家名单（3家）\n全国模范职工之家\n--2家--\n南京甲厂工会委员会\n"
        "苏州市甲医院工会委员会\n全国模范职工小家\n--1家--\n无锡甲船厂船体车间分会\n"
    )
    assert _counts(text) == [(3, 3), (2, 2), (1, 1)]
    assert {entry.context.year_from for entry in _entries(text)} == {2020}


def test_a_title_of_another_year_is_no_part_of_the_one_above() -> None:
    text = (
        "2020年度全国模范职工之家、模范职工小家名单（1家）\n南京甲厂工会委员会\n"
        "2018年度全国模范职工之家名单（1家）\n苏州甲厂工会委员会\n"
    )
    assert [entry.context.year_from for entry in _entries(text)] == [2020, 2018]
    assert _counts(text) == [(1, 1), (1, 1)]


@pytest.mark.parametrize("about", ["女", "男,回族", "女，汉族"])
def test_sex_and_nationality_are_no_part_of_the_unit(about: str) -> None:
    (entry,) = _entries(f"2021年度淮安市优秀工会工作者名单（1名）\n韩梅梅,{about},涟水甲中学工会主席\n")
    assert (entry.values["person"], entry.values["unit"], entry.values["post"]) == (
        "韩梅梅",
        "涟水甲中学",
        "工会主席",
    )


def test_who_is_named_once_in_a_sentence_governs_its_later_titles() -> None:
    text = "鄂州市2020年度模范职工之家:鄂州甲钢厂工会;模范职工小家:鄂州甲钢厂炼钢车间分会。"
    assert [entry.context.tier_printed for entry in _entries(text)] == ["鄂州市", "鄂州市"]


def test_who_was_said_before_a_full_stop_governs_nothing_behind_it() -> None:
    text = "2020年,鄂州甲钢厂工会荣获全国模范职工之家称号。鄂州甲钢厂炼钢车间分会被评为模范职工小家。"
    assert [entry.context.tier_printed for entry in _entries(text)] == ["全国", None]


def test_a_later_title_of_a_sentence_keeps_the_documents_own_tier() -> None:
    text = (
        "重庆市总工会关于表彰2020年度重庆市模范职工之家等的决定\n其中，甲厂工会荣获“全国模范职工之家”称号；"
        "乙厂铸造车间分会荣获“模范职工小家”称号。\n"
    )
    assert [entry.context.tier_printed for entry in _entries(text)] == ["全国", "重庆市"]


def test_a_line_of_nothing_but_brackets_is_not_asked_for_minutes_whether_it_is_a_header() -> None:
    start = perf_counter()
    assert not _names("（" * 60_000 + "2020年度南充市模范职工之家")
    assert perf_counter() - start < 5


def test_a_full_stop_ends_the_last_name_and_does_not_lose_it() -> None:
    text = "2020年度滁州市模范职工之家名单（3个）\n• 滁州甲公司工会；\n• 天长乙厂工会；\n• 明光丙酒厂工会。\n"
    assert _names(text) == ["滁州甲公司工会", "天长乙厂工会", "明光丙酒厂工会"]
    assert _counts(text) == [(3, 3)]


def test_a_sentence_below_the_names_stays_a_sentence() -> None:
    text = "2020年度滁州市模范职工之家名单（1个）\n滁州甲公司工会\n希望受表彰的工会再接再厉。\n"
    assert _names(text) == ["滁州甲公司工会"]


@pytest.mark.parametrize("praise", ["榜上有名，荣获", "名列其中，被授予"])
def test_words_of_praise_before_the_verb_are_no_part_of_the_last_name(praise: str) -> None:
    text = f"2021年，马鞍山甲钢厂工会、当涂乙水泥厂工会{praise}“安徽省模范职工之家”称号。"
    assert _names(text) == ["马鞍山甲钢厂工会", "当涂乙水泥厂工会"]


def test_a_year_with_its_count_is_a_round_of_its_own() -> None:
    text = (
        "淮北市历年模范职工之家名单\n2019年度（1个）\n淮北甲矿工会\n2020年度（2个）\n"
        "淮北乙矿工会\n濉溪丙厂工会\n模范职工小家名单（1个）\n淮北甲矿掘进队分会\n"
    )
    assert [(entry.context.kind, entry.context.year_from) for entry in _entries(text)] == [
        ("model_home", 2019),
        ("model_home", 2020),
        ("model_home", 2020),
        ("model_small_home", None),
    ]
    assert _counts(text) == [(1, 1), (2, 2), (1, 1)]


def test_newly_named_is_no_part_of_the_place() -> None:
    text = "二、新命名2021年度安庆市模范职工之家（1个）\n桐城丙厂工会\n"
    assert [entry.context.tier_printed for entry in _entries(text)] == ["安庆市"]


@pytest.mark.parametrize(
    "heading",
    [
        "授予以下单位2020年度“莆田市模范职工之家”称号：",
        "授予以下单位2020年度“莆田市模范职工之家”称号",
        "下列2个单位荣获2020年度“莆田市模范职工之家”称号",
    ],
)
def test_a_clause_that_confers_on_what_follows_is_its_heading(heading: str) -> None:
    entries = _entries(f"{heading}\n莆田甲鞋厂工会\n仙游乙家具厂工会\n")
    assert [(entry.values["recipient"], entry.context.year_from) for entry in entries] == [
        ("莆田甲鞋厂工会", 2020),
        ("仙游乙家具厂工会", 2020),
    ]


@pytest.mark.parametrize("total", ["以上共2家。", "以上共2家", "合计：2家。"])
def test_a_total_below_the_names_is_held_against_them(total: str) -> None:
    text = f"2021年度宁德市模范职工之家名单\n宁德甲电池公司工会\n福安乙电机厂工会\n{total}\n"
    assert _counts(text) == [(2, 2)]
