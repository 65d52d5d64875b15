"""Tiers: the same words mean different tiers by issuer and by date."""

import pytest

from homeregistry.bodies import read_body
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.tiers import resolve_tier


@pytest.mark.parametrize(
    ("printed", "issuer", "day", "tier"),
    [
        ("市级", "500000", "2020-01-01", "provincial"),
        ("市级", "500000", "1990-01-01", "prefecture"),  # then a city of 四川
        ("市级", "350700", "2020-01-01", "prefecture"),
        ("市级", "430281", "2020-01-01", "county"),  # 醴陵, a county-level city
        ("市级", "440804", "2020-01-01", "prefecture"),  # a district speaks of its city
        ("市级", "500101", "2020-01-01", "provincial"),
        ("市级", "350000", "2020-01-01", "prefecture"),
        ("我市", "430200", "2024-01-01", "prefecture"),
        ("全区", "150000", "2020-01-01", "provincial"),
        ("区级", "500101", "2020-01-01", "county"),
        ("该区", "500101", "2020-01-01", "county"),
        ("本级", "500101", "2020-01-01", "county"),
        ("我省", None, None, "provincial"),
        ("自治区级", None, None, "provincial"),
        ("地市级", None, None, "prefecture"),
        ("州级", None, None, "prefecture"),
        ("县级", None, None, "county"),
        ("乡镇级", None, None, "township"),
        ("公司级", None, None, "unit"),
        ("重庆市", None, "2020-01-01", "provincial"),
        ("重庆市", None, "1990-01-01", "prefecture"),
        ("福建省", None, "2020-01-01", "provincial"),
    ],
)
def test_a_printed_tier(printed, issuer, day, tier):
    region = gazetteer().of_code(issuer)[-1] if issuer else None
    assert resolve_tier(printed, region, day).tier == tier


@pytest.mark.parametrize("printed", ["市级", "全市", "区级", "本级", "我区", "邮政系统"])
def test_without_an_issuer_an_ambiguous_word_stays_ambiguous(printed):
    reading = resolve_tier(printed, None, None)
    assert (reading.tier, reading.reason) == (None, "ambiguous")


def test_nobody_says_our_district_for_a_city():
    city = gazetteer().of_code("500000")[-1]
    assert resolve_tier("我区", city, "2020-01-01").reason == "ambiguous"


def test_or_above_is_kept():
    for printed in ("市级以上", "市级及以上", "市级(含)以上"):
        reading = resolve_tier(printed, gazetteer().of_code("500000")[-1], "2023-12-01")
        assert (reading.tier, reading.or_above) == ("provincial", True)


@pytest.mark.parametrize(
    ("printed", "issuer", "tier", "system"),
    [
        ("全国教科文卫体系统", None, "national", "教科文卫体"),
        ("全国邮政系统", None, "national", "邮政"),
        ("全市邮政系统", "360900", "prefecture", "邮政"),
        ("福建省邮政系统", None, "provincial", "邮政"),
        ("省直机关", None, "provincial", "省直机关"),
        ("福建省直机关", None, "provincial", "省直机关"),
        ("市直机关", "500000", "provincial", "市直机关"),
    ],
)
def test_a_system_is_kept_beside_the_tier(printed, issuer, tier, system):
    region = gazetteer().of_code(issuer)[-1] if issuer else None
    reading = resolve_tier(printed, region, "2022-01-01")
    assert (reading.tier, reading.system) == (tier, system)


def test_an_issuing_body_gives_its_tier():
    issuer = read_body("重庆市总工会", "1990-01-01")
    assert resolve_tier("市级", issuer, "1990-01-01").tier == "prefecture"
    post = read_body("中国邮政集团工会", "2024-01-01")
    assert resolve_tier("本级", post, "2024-01-01").tier == "national"


def test_an_unknown_word_is_no_tier():
    assert resolve_tier("黑洞级", None, None).reason == "unknown"
