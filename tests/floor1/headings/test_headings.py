"""A heading says what its words say: title, tier, place, year, count; never more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.headings.heading import read_heading
from homeregistry.headings.places import is_place
from homeregistry.records import HeadingContext

NONE = HeadingContext()


def test_a_full_title_row() -> None:
    heading = read_heading("2020年度重庆市模范职工之家名单(120个)", NONE)
    assert heading.context == HeadingContext(
        kind="model_home", tier_printed="重庆市", year_from=2020, year_to=2020, issuer_printed="重庆市"
    )
    assert (heading.declared, heading.stated, heading.is_list_title) == (120, "120个", True)


@pytest.mark.parametrize(
    ("text", "kinds", "declared"),
    [
        ("附件1:全国模范职工之家名单(997个)", ("model_home",), 997),
        ("一、全国模范职工之家(997个)", ("model_home",), 997),
        ("临汐市五星级职工之家名单(3)", ("star_home",), 3),
        ("模范、先进、合格职工之家名单", ("model_home", "advanced_home", "qualified_home"), None),
        ("模范职工之家(小家)名单", ("model_home", "model_small_home"), None),
        ("优秀工会工作者和积极分子名单", ("outstanding_worker", "activist"), None),
        ("优秀工会之友（23名）", ("union_friend",), 23),
        ("全国模范职工之家红旗单位(10个)", ("home_red_banner",), 10),
    ],
)
def test_titles_and_counts(text: str, kinds: tuple[str, ...], declared: int | None) -> None:
    heading = read_heading(text, NONE)
    assert (heading.kinds, heading.declared) == (kinds, declared)
    assert heading.context.kind == (kinds[0] if len(kinds) == 1 else None)


@pytest.mark.parametrize(
    ("text", "tier", "system", "issuer", "region"),
    [
        ("全国邮政系统模范职工小家", "全国", "邮政", None, None),
        ("全国教科文卫体系统模范职工之家", "全国", "教科文卫体", None, None),
        ("省直机关模范职工之家", "省直机关", "省直机关", None, None),
        ("XX省级模范职工之家", "XX省级", None, None, None),
        ("市级以上模范职工之家", "市级以上", None, None, None),
        ("湛江市获全国模范职工之家名单", "全国", None, None, "湛江市"),
        ("中国金融工会模范职工之家", None, None, "中国金融工会", None),
        ("重庆市总工会关于授予模范职工之家称号的决定", None, None, "重庆市总工会", None),
        ("万州区2020年度获重庆市模范职工之家名单", "重庆市", None, "重庆市", "万州区"),
    ],
)
def test_the_words_before_a_title_stay_printed(
    text: str, tier: str | None, system: str | None, issuer: str | None, region: str | None
) -> None:
    context = read_heading(text, NONE).context
    assert (context.tier_printed, context.system, context.issuer_printed, context.region_printed) == (
        tier, system, issuer, region,
    )  # fmt: skip


def test_a_grade_alone_needs_the_governing_noun() -> None:
    assert read_heading("一、模范(12个)", NONE).kinds == ()
    assert read_heading("一、模范(12个)", NONE, "职工之家").kinds == ("model_home",)
    assert read_heading("一、模范(12个)", NONE, "教工小家").other_title == "模范教工小家"
    assert read_heading("二、小家(5个)", HeadingContext(kind="model_home")).kinds == ("model_small_home",)
    assert read_heading("二、小家(5个)", NONE).kinds == ()


@pytest.mark.parametrize(
    "text",
    [
        "金牌职工小家名单",
        "最美职工之家名单(3个)",
        "十佳模范职工之家名单",
        "模范职工之家创建先进单位名单",
        "模范“教工小家”(4个)",
    ],
)
def test_a_near_title_is_never_a_kind(text: str) -> None:
    heading = read_heading(text, NONE)
    assert heading.kinds == ()
    assert heading.other_title
    assert heading.context.kind is None


@pytest.mark.parametrize(
    ("text", "scope", "declared"),
    [
        ("北京市(35个)", "北京市", 35),
        ("中国金融工会(2个)", "中国金融工会", 2),
        ("新疆生产建设兵团", "新疆生产建设兵团", None),
        ("中央和国家机关工会联合会(12个)", "中央和国家机关工会联合会", 12),
        ("省直机关", "省直机关", None),
        ("铁路(12个)", "铁路", 12),
    ],
)
def test_places_and_bodies_are_scopes(text: str, scope: str, declared: int | None) -> None:
    heading = read_heading(text, HeadingContext(kind="model_home", tier_printed="全国"))
    assert (heading.scope, heading.declared, heading.context.kind) == (scope, declared, "model_home")


@pytest.mark.parametrize(
    "name",
    [
        "机关(1)",
        "机关第二十五分工会",
        "洛口镇总工会",
        "石桥服务区",
        "澄川机电有限公司工会委员会",
        "学工处(团委)",
        "10000号客户服务中心工会分会",
    ],
)
def test_a_recipient_is_no_heading(name: str) -> None:
    assert not read_heading(name, HeadingContext(kind="model_home"), "职工之家").says_something


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("临汐市模范职工之家推荐汇总表", "推荐汇总表"),
        ("全国模范职工之家拟推荐对象公示", "拟推荐对象"),
        ("优秀工会工作者名额分配表", "名额分配表"),
        ("模范职工之家申报表", "申报表"),
    ],
)
def test_nominations_are_recognised(text: str, word: str) -> None:
    assert read_heading(text, NONE).nomination == word


def test_kept_and_lost_titles_are_no_awards() -> None:
    assert read_heading("通过复查的全国模范职工之家名单(3个)", NONE).not_awarded == "recheck"
    assert read_heading("撤销模范职工之家称号名单", NONE).not_awarded == "revoked"


def test_evidence_is_taken_from_a_title() -> None:
    text = "关于命名2017—2019年度模范职工之家的决定(渝工发〔2020〕3号,2020年12月1日)"
    context = read_heading(text, NONE).context
    assert (context.year_from, context.year_to) == (2017, 2019)
    assert (context.decision_no, context.decision_date) == ("渝工发〔2020〕3号", "2020-12-01")


def test_a_province_inside_the_national_list_is_no_issuer() -> None:
    given = HeadingContext(kind="model_home", tier_printed="全国")
    context = read_heading("北京市模范职工之家(35个)", given).context
    assert (context.tier_printed, context.region_printed, context.issuer_printed) == ("全国", "北京市", None)


@given(st.text(alphabet="全国省市区模范先进职工之家小家名单()（）:、0123个 \u3000\xa0二十年度", max_size=30))
def test_spaces_never_change_what_is_read(text: str) -> None:
    plain = read_heading(text.replace(" ", ""), NONE)
    spaced = read_heading(text.replace(" ", "\xa0"), NONE)
    assert (plain.kinds, plain.other_title, plain.nomination) == (
        spaced.kinds, spaced.other_title, spaced.nomination,
    )  # fmt: skip


@pytest.mark.parametrize(
    "city", ["成都市", "厦门市", "聊城市", "荆门市", "辛集市", "神农架林区", "四川省成都市"]
)
def test_a_city_whose_name_ends_like_something_else_is_a_place(city: str) -> None:
    assert is_place(city)
    context = read_heading(f"2021年度{city}模范职工之家名单", HeadingContext()).context
    assert (context.issuer_printed, context.tier_printed) == (city, city)


@pytest.mark.parametrize("text", ["永辉超市", "第一门市", "阳光社区", "白塔工业园区", "红旗林区"])
def test_what_only_looks_like_a_region_is_none(text: str) -> None:
    assert not is_place(text)


def test_an_award_inside_a_school_is_the_schools() -> None:
    context = read_heading("西南大学2022年度校级先进职工小家名单", HeadingContext()).context
    assert (context.issuer_printed, context.tier_printed) == ("西南大学", "校级")


def test_titles_of_every_tier_name_none() -> None:
    context = read_heading("南通市各级模范职工之家汇总", HeadingContext()).context
    assert (context.region_printed, context.tier_printed, context.kind) == ("南通市", None, "model_home")
