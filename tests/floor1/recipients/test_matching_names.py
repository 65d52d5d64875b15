"""One recipient has one key however its name is spelled, and nothing about a parent is guessed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homeregistry.recipients.matching import (
    SubUnit,
    person_key,
    placed_name,
    recipient_key,
    split_sub_unit,
    type_of,
)

PLACES = ["临汐", "澄川", "白榆县", "洛口镇", "中国", "(福建)", "A区", "机电", "教育", "大学", "机关"]
WORDS = ["有限公司", "工会", "工会委员会", "分会", "工会小组", "第二十五", "第3", "车间", "总工会", "委员会"]
PIECES = st.sampled_from([*PLACES, *WORDS, "联合", "小组", "分"])
NAMES = st.lists(PIECES, min_size=1, max_size=7).map("".join)


def organisation(name: str) -> str:
    return recipient_key(name, "organisation")


@given(NAMES)
@example("临汐分会工会")
@example('U"¯')
def test_a_key_is_its_own_key(name: str) -> None:
    assert organisation(organisation(name)) == organisation(name)


@given(NAMES, st.data())
def test_spaces_and_width_never_change_a_key(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    space = data.draw(st.sampled_from([" ", "\u3000", "\u00a0", "\t"]))
    spaced = name[:at] + space + name[at:]
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in name)
    assert organisation(spaced) == organisation(wide) == organisation(name)


@given(NAMES)
def test_no_name_loses_its_key(name: str) -> None:
    assert organisation(name)
    assert " " not in organisation(name)


@given(st.text(max_size=30))
def test_any_text_has_a_key_without_spaces(text: str) -> None:
    assert " " not in organisation(text)
    assert " " not in recipient_key(text, "person")


@given(NAMES)
def test_a_split_name_is_cut_and_not_rewritten(name: str) -> None:
    split = split_sub_unit(name)
    assert (split.parent or "") + split.unit == name
    assert split.unit


def test_a_federation_is_never_taken_for_a_unit_with_a_union() -> None:
    names = ["洛口镇", "洛口镇总工会", "洛口镇工会联合会", "洛口镇联合工会"]
    assert len({organisation(name) for name in names}) == len(names)
    assert organisation("洛口镇工会委员会") == organisation("洛口镇")


def test_a_branch_of_a_society_keeps_its_word() -> None:
    assert organisation("白榆县商会洛口分会") != organisation("白榆县商会洛口")


def test_the_womens_committee_is_not_the_union() -> None:
    assert organisation("澄川公司工会女职工委员会") != organisation("澄川公司工会委员会")


def test_a_school_of_the_union_is_not_cut_at_the_union() -> None:
    assert organisation("省工会干部学校工会") == "省工会干部学校"
    assert split_sub_unit("省工会干部学校第一分会").parent is None


@pytest.mark.parametrize(
    ("name", "parent", "unit"),
    [
        (
            "广东烟草湛江市有限公司工会委员会雷州市分会",
            "广东烟草湛江市有限公司工会委员会",
            "雷州市分会",
        ),
        (
            "平原县交通运输局工会交通行政服务中心分会",
            "平原县交通运输局工会",
            "交通行政服务中心分会",
        ),
        (
            "中国电信股份有限公司湛江分公司10000号客户服务中心工会分会",
            "中国电信股份有限公司湛江分公司",
            "10000号客户服务中心工会分会",
        ),
        (
            "中国移动通信集团广东有限公司遂溪分公司工会分会",
            "中国移动通信集团广东有限公司",
            "遂溪分公司工会分会",
        ),
        (
            "广东民大华威饼业有限公司生产部月饼车间包装班工会小组",
            "广东民大华威饼业有限公司",
            "生产部月饼车间包装班工会小组",
        ),
        (
            "友友利鸿玻璃有限公司技术研发部",
            "友友利鸿玻璃有限公司",
            "技术研发部",
        ),
        (
            "重庆市烟草公司綦江分公司机关工会小组",
            "重庆市烟草公司綦江分公司",
            "机关工会小组",
        ),
        (
            "白榆县人民医院外科工会小组",
            "白榆县人民医院",
            "外科工会小组",
        ),
        (
            "临汐大学机电学院分工会",
            "临汐大学",
            "机电学院分工会",
        ),
        (
            "临汐大学附属医院内科工会小组",
            "临汐大学附属医院",
            "内科工会小组",
        ),
        (
            "中国教育工会临汐大学委员会机关分会",
            "中国教育工会临汐大学委员会",
            "机关分会",
        ),
        (
            "澄川公司工会委员会 财务分会",
            "澄川公司工会委员会",
            "财务分会",
        ),
    ],
)  # fmt: skip
def test_the_parent_stands_in_the_name(name: str, parent: str, unit: str) -> None:
    assert split_sub_unit(name) == SubUnit(parent, unit)


@pytest.mark.parametrize(
    "name",
    [
        "湛江市公路管理局廉江分局横山养护站工会小组",
        "广东电网湛江吴川供电局覃巴供电所工会小组",
        "中交一公局西北公司工会",
        "中交一公局二分部",
        "区市政管理中心管理科",
        "万州住房公积金中心",
        "荣昌区盘龙邮政支局",
        "澄川机电有限公司工会委员会",
        "澄川机电有限公司(重庆)",
        "施耐德(重庆)电工有限公司",
        "机关第二十五分工会",
        "工会小组",
        "",
    ],
)
def test_no_parent_is_guessed(name: str) -> None:
    assert split_sub_unit(name) == SubUnit(None, name)


def test_a_person_is_one_person_with_or_without_inner_spaces() -> None:
    assert recipient_key("宋 辉", "person") == recipient_key("宋\u3000辉", "person") == "宋辉"
    assert recipient_key("阿不都•热合曼", "person") == recipient_key("阿不都·热合曼", "person")
    assert recipient_key("林若汐(女,回族)", "person") == "林若汐"
    assert recipient_key("宋辉同志", "person") == "宋辉"


def test_a_mark_that_tells_namesakes_apart_is_kept() -> None:
    assert recipient_key("宋辉（男）", "person") != recipient_key("宋辉（女）", "person")


def test_the_same_name_in_two_units_is_two_persons() -> None:
    assert person_key("宋辉", "澄川机电有限公司") != person_key("宋辉", "白榆县公安局")
    assert person_key("宋 辉", "澄川机电有限公司工会") == person_key("宋辉", "澄川机电有限公司")
    assert person_key("宋辉", None) == "宋辉"


def test_a_body_named_by_its_level_alone_gets_its_place() -> None:
    assert placed_name("区政协机关", "万州区") == "万州区政协机关"
    assert placed_name("县总工会", "万州区") == "县总工会"
    assert placed_name("福建小学", "万州区") == "福建小学"
    assert placed_name("区政协机关", "") == "区政协机关"


def test_a_union_group_is_a_sub_unit_whatever_its_title() -> None:
    assert type_of("star_home", "澄川公司财务部工会小组") == "sub_unit"
    assert type_of("model_home", "机关第二十五分工会") == "sub_unit"
    assert type_of("model_home", "白榆县商会洛口分会") == "organisation"
    assert type_of("model_home", "澄川公司工会委员会") == "organisation"
    assert type_of("model_small_home", "中交一公局西北公司工会") == "sub_unit"
    assert type_of("activist", "宋辉") == "person"
    with pytest.raises(KeyError):
        type_of("no_such_kind", "宋辉")
