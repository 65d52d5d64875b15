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
    assert not _entries(f"2019年，{who}20名同志获“湛江市优秀工会工作者”称号。")
    assert not _entries(f"2019年，{who}有1人获评全国优秀工会工作者。")


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


@pytest.mark.parametrize(
    ("head", "tier", "year"),
    [
        (
            "经研究，省总工会决定授予宁德甲海带厂工会等2个单位2020年度“福建省模范职工之家”称号，名单如下：",
            "福建省",
            2020,
        ),
        (
            "经各单位申报、市总工会评审，决定命名以下2家单位为2022年度泰州市模范职工之家，名单如下：",
            "泰州市",
            2022,
        ),
        (
            "为表彰先进，决定授予甲厂工会等2家单位2020年度“广安市模范职工之家”称号。现将名单公布如下：",
            "广安市",
            2020,
        ),
        ("喜报!我县2家单位荣获2021年度宁德市模范职工之家称号", "宁德市", 2021),
        ("喜讯！我市2家单位获评2022年度泰州市模范职工之家！", "泰州市", 2022),
        ("重磅｜2023年度南充市模范职工之家名单公布啦（2家）！", "南充市", 2023),
    ],
)
def test_a_lead_or_a_headline_with_a_cry_heads_the_names_below_and_its_number_is_compared(
    head: str, tier: str, year: int
) -> None:
    text = f"{head}\n甲海带厂工会\n乙电机公司工会\n"
    assert _names(text) == ["甲海带厂工会", "乙电机公司工会"]
    assert _counts(text) == [(2, 2)]
    contexts = {entry.context for entry in _entries(text)}
    assert {(one.tier_printed, one.year_from, one.region_printed) for one in contexts} == {(tier, year, None)}


def test_the_example_in_a_decisions_title_is_neither_tier_nor_name() -> None:
    text = (
        "关于授予宁德甲海带厂工会等3个单位“福建省模范职工之家”称号的决定\n"
        "省总工会决定授予宁德甲海带厂工会等3个单位2020年度“福建省模范职工之家”称号，名单如下：\n"
        "宁德甲海带厂工会\n福安乙电机公司工会\n"
    )
    assert _names(text) == ["宁德甲海带厂工会", "福安乙电机公司工会"]
    assert _counts(text) == [(3, 2)]
    assert {entry.context.tier_printed for entry in _entries(text)} == {"福建省"}


def test_an_announced_number_is_held_against_the_names_of_its_own_title_only() -> None:
    text = (
        "喜报！我区2家单位荣获2021年度滨州市模范职工之家称号\n一、2021年度滨州市模范职工之家\n甲厂工会\n乙校工会\n"
        "二、2021年度滨州市优秀工会工作者\n林若汐 甲厂工会主席\n"
    )
    assert _counts(text) == [(2, 2)]
    assert len(_entries(text)) == 3


def test_a_lead_of_nominations_makes_the_list_below_its_title_one_of_nominations() -> None:
    text = "2021年度滨州市模范职工之家名单\n现将拟命名的滨州市模范职工之家名单公示如下：\n甲厂工会\n"
    assert {problem.code for entry in _entries(text) for problem in entry.problems} == {"nomination_list"}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("芜湖甲大学附属第一、第二医院联合工会", ["芜湖甲大学附属第一、第二医院联合工会"]),
        ("甲、乙联合工会", ["甲、乙联合工会"]),
        ("丙厂工会、甲公司、乙公司联合工会委员会", ["丙厂工会", "甲公司、乙公司联合工会委员会"]),
        ("机电学院、图书馆、后勤联合工会", ["机电学院", "图书馆", "后勤联合工会"]),
        ("甲厂工会、乙社区联合工会", ["甲厂工会", "乙社区联合工会"]),
        ("甲公司；乙公司联合工会", ["甲公司", "乙公司联合工会"]),
    ],
)
def test_a_joint_union_of_several_units_is_one_name(line: str, names: list[str]) -> None:
    assert _names(f"2021年度芜湖市模范职工之家名单\n{line}\n") == names


def test_the_number_of_a_sentence_decides_what_a_joint_union_is() -> None:
    said = "甲公司、乙公司联合工会等{}家单位荣获2021年度芜湖市模范职工之家称号。"
    assert _names(said.format(2)) == ["甲公司", "乙公司联合工会"]
    assert _names(said.format(1)) == ["甲公司、乙公司联合工会"]


def test_the_last_name_above_a_date_is_no_signature() -> None:
    text = "2020年度抚州市模范职工之家名单（2个）\n甲大学工会\n乙大学工会\n2021年3月5日\n"
    assert _names(text) == ["甲大学工会", "乙大学工会"]


def test_a_union_that_heads_the_document_signs_it_and_confers() -> None:
    text = (
        "甲大学工会\n关于表彰2020年度校级模范职工之家的决定\n一、模范职工之家（1个）\n图书馆分工会\n"
        "甲大学工会\n2021年3月5日\n"
    )
    assert _names(text) == ["图书馆分工会"]
    assert _counts(text) == [(1, 1)]
    assert [entry.context.issuer_printed for entry in _entries(text)] == ["甲大学工会"]


def test_a_place_counts_the_names_of_the_places_that_part_it_and_no_others() -> None:
    text = (
        "2020年度山西省模范职工之家名单（4个）\n太原市（2个）\n迎泽区（1个）\n甲厂工会\n清徐县（1个）\n乙厂工会\n"
        "忻州市（2个）\n丙厂工会\n五台县（1个）\n丁厂工会\n"
    )
    assert _counts(text) == [(4, 4), (2, 2), (1, 1), (1, 1), (2, 1), (1, 1)]
    assert [entry.context.region_printed for entry in _entries(text)] == [
        "太原市 迎泽区",
        "太原市 清徐县",
        "忻州市",
        "五台县",
    ]


def test_sections_below_a_place_that_was_parted_end_it() -> None:
    text = (
        "一、2020年度山西省模范职工之家（1个）\n太原市（1个）\n迎泽区（1个）\n甲厂工会\n"
        "二、2020年度山西省模范职工小家（1个）\n太原市（1个）\n迎泽区（1个）\n甲厂一车间分会\n"
    )
    assert _counts(text) == [(1, 1)] * 6


@pytest.mark.parametrize(
    ("place", "names"),
    [("霞浦县", ["甲厂工会", "乙厂工会"]), ("福安市", ["甲厂工会", "市教育工会", "乙厂工会"])],
)
def test_the_citys_own_industry_union_heads_names_only_where_no_other_city_may_be_meant(
    place: str, names: list[str]
) -> None:
    text = f"2020年度宁德市模范职工之家名单\n{place}\n甲厂工会\n市教育工会\n乙厂工会\n"
    assert _names(text) == names


def test_a_sentence_whose_numbers_look_like_a_directorys_keeps_its_names() -> None:
    text = (
        "甲电站工会等3家单位荣获2021年度“湖南省模范职工之家”称号；"
        "乙学校工会等1家单位获2021年度“湖南省模范职工之家”称号。"
    )
    assert _names(text) == ["甲电站工会", "乙学校工会"]


def test_a_full_stop_behind_the_last_person_loses_nobody() -> None:
    text = (
        "2020年度宁德市优秀工会工作者名单\n甲合作社工会主席赵 敏、乙镇总工会副主席段 勇。\n"
        "林若汐 甲公司党委书记、工会主席\n"
    )
    assert [
        (entry.values["person"], entry.values["unit"], entry.values["post"]) for entry in _entries(text)
    ] == [
        ("赵敏", "甲合作社", "工会主席"),
        ("段勇", "乙镇总工会", "副主席"),
        ("林若汐", "甲公司", "党委书记、工会主席"),
    ]


def test_a_sentence_of_news_below_a_list_states_no_count_of_it() -> None:
    text = "2020年度宁德市模范职工之家名单\n甲厂工会\n近年来，县总工会累计投入60余万元建设职工之家12个。\n"
    assert not _counts(text)


def test_the_number_in_a_decisions_sentence_is_compared_where_the_list_states_none() -> None:
    text = (
        "关于命名2009年度镇江市模范职工之家的决定\n"
        "经考核,决定命名甲水泥厂工会等三家单位为2009年度镇江市“模范职工之家”。\n"
        "附:名单\n甲水泥厂工会\n乙厂工会\n"
    )
    assert _counts(text) == [(3, 2)]


def test_persons_whose_surname_is_not_known_are_read_where_their_number_is_said_and_else_wait() -> None:
    said = "甲镇总工会主席望军、乙村工会主席许多{}被评为2020年度湖北省优秀工会工作者。"
    assert _names(said.format("2人")) == ["望军", "许多"]
    (entry,) = _entries(said.format(""))
    assert ([problem.code for problem in entry.problems], dict(entry.values)) == (["unread_row"], {})


def test_unit_and_post_on_a_line_of_their_own_belong_to_the_person_above() -> None:
    text = (
        "2023年度昆山市优秀工会工作者\n01 徐 蕾\n昆山甲镇总工会副主席\n"
        "02 顾晓燕\n昆山乙公司工会委员\n丙公司工会主席\n"
    )
    entries = _entries(text)
    assert [entry.values.get("post") for entry in entries] == ["副主席", "工会委员", None]
    assert [problem.code for problem in entries[-1].problems] == ["unread_row"]


def test_a_name_with_a_colon_inside_waits_for_a_person() -> None:
    text = "2019年度安康市模范职工之家名单\n岚皋县、平利县：甲公司工会、乙厂工会\n"
    assert [problem.code for entry in _entries(text) for problem in entry.problems] == ["unread_row"]


def test_a_general_title_governs_all_titles_below_it() -> None:
    text = (
        "江南造船集团工会2022年度表彰名单\n集团级模范职工小家（1个）\n乙车间分会\n"
        "集团级优秀工会工作者（1名）\n金 鑫 乙车间分会主席\n"
    )
    assert {(entry.context.year_from, entry.context.issuer_printed) for entry in _entries(text)} == {
        (2022, "江南造船集团工会")
    }


def test_a_list_of_one_places_part_of_a_national_list_stands_there() -> None:
    text = "2022年度全国模范职工之家名单（吉林省部分）\n甲酒窖工会\n"
    assert [entry.context.region_printed for entry in _entries(text)] == ["吉林省"]


@pytest.mark.parametrize("gap", ["\t", "        "])
def test_a_name_with_its_own_title_beside_it_is_no_heading(gap: str) -> None:
    text = f"关于2021年度天水市先进集体评选结果的通报\n甲林场工会{gap}天水市模范职工之家\n"
    (entry,) = _entries(text)
    assert (entry.values["recipient"], entry.values["kind"]) == ("甲林场工会", "天水市模范职工之家")
    assert not entry.problems


def test_a_title_on_a_line_of_its_own_ends_the_headline_above_and_no_broken_sentence() -> None:
    text = "郑州市2家单位、1名个人荣获2023年度全国工会系统荣誉\n全国模范职工之家\n甲厂工会\n"
    (entry,) = _entries(text)
    assert (entry.context.tier_printed, entry.context.year_from) == ("全国", 2023)
    broken = "近日从省总工会获悉，郑州市惠济区甲街道总工会被授予2023年度\n全国模范职工之家\n称号。"
    assert _names(broken) == ["郑州市惠济区甲街道总工会"]
