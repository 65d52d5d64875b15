"""Union bodies read from print, and the bodies of Chongqing on each year's map."""

import pytest

from homeregistry.bodies import Body, bodies, federation_of, listed_bodies, read_body
from homeregistry.industries import INDUSTRY
from homeregistry.regions.gazetteer import gazetteer


@pytest.mark.parametrize(
    ("printed", "day", "within", "code"),
    [
        ("中华全国总工会", "2020-01-01", None, "acftu"),
        ("重庆市总工会", "2020-01-01", None, "fed-500000"),
        ("重庆市总工会", "1990-01-01", None, "fed-510200"),
        ("江北区总工会", "2020-01-01", "500000", "fed-500105"),
        ("万州区", "2020-01-01", None, "fed-500101"),
        ("福建", "2018-01-01", None, "fed-350000"),
        ("涪陵地区工会办事处", "1990-01-01", None, "fed-512300"),
        ("新疆生产建设兵团", "2018-01-01", None, "fed-xpcc"),
        ("万盛经开区总工会", "2016-01-01", None, "zone-cq-wansheng"),
        ("两江新区总工会", "2020-01-01", None, "zone-cq-liangjiang"),
        ("两江新区总工会", "2026-01-01", None, "fed-500157"),
        ("全国金融工会", "2018-01-01", None, "ind-finance"),
        ("中国邮电工会", "1995-01-01", None, "ind-post-old"),
        ("中国国防邮电工会", "2018-01-01", None, "ind-defence-post"),
        ("重庆市交通建设工会", "2020-01-01", None, "ind-500000-交通建设"),
        ("福建省教育工会", "2020-01-01", None, "ind-350000-教育"),
        ("市教育工会", "2020-01-01", "440800", "ind-440800-教育"),
        ("福建省直机关工会", "2020-01-01", None, "dir-350000-省直机关"),
        ("中国邮政集团工会重庆市委员会", "2020-01-01", None, "dir-post-500000"),
    ],
)
def test_a_printed_body_has_a_stable_code(printed, day, within, code):
    assert read_body(printed, day, within).code == code


@pytest.mark.parametrize("printed", ["江北区总工会", "綦江区总工会", "某某促进会", ""])
def test_what_is_not_certain_stays_unlisted_as_printed(printed):
    reading = read_body(printed, "2005-01-01")
    assert (reading.kind, reading.name, reading.tier) == ("unlisted", printed, None)


def test_a_zone_is_no_district():
    assert read_body("万盛经开区总工会", "2016-01-01").kind == "zone"
    assert gazetteer().lookup("万盛经开区") == []


def _of_chongqing(day: str) -> list[Body]:
    """The federations of its districts and counties on a day, with the zones that have one of their own."""
    city = gazetteer().at("500000", day)
    districts = [row for row in gazetteer().in_force(day, "county") if city.code in row.chain[1:]]
    zones = [body for body in listed_bodies() if body.kind == "zone" and body.region_id == city.id]
    return [federation_of(row) for row in districts] + [zone for zone in zones if zone.valid(day)]


def test_chongqing_has_forty_federations_for_38_districts_in_2016():
    found = _of_chongqing("2016-01-01")
    territorial = [body for body in found if body.kind == "federation"]
    own = {"zone-cq-wansheng", "zone-cq-shuangqiao"}
    assert len(territorial) == 38
    assert len(territorial) + len(own & {body.code for body in found}) == 40
    assert "zone-cq-liangjiang" in {body.code for body in found}
    later = _of_chongqing("2026-01-01")
    assert "zone-cq-liangjiang" not in {body.code for body in later}
    assert sum(body.kind == "federation" for body in later) == 37


def test_the_list_holds_every_province_and_versions_of_the_industry_unions():
    codes = [body.code for body in bodies()]
    provinces = {row.code for row in gazetteer().in_force("2020-01-01", "province")}
    assert {f"fed-{code}" for code in provinces - {"710000", "810000", "820000"}} <= set(codes)
    versions = {b.code: b for b in listed_bodies()}
    assert versions["ind-central-organs-old"].valid("2010-01-01")
    assert not versions["ind-central-organs"].valid("2010-01-01")


def test_of_industries_that_begin_alike_the_longest_is_tried_first() -> None:
    words = INDUSTRY.split("|")
    assert len(set(words)) == len(words)
    for at, word in enumerate(words):
        assert not any(later.startswith(word) for later in words[at + 1 :]), word
