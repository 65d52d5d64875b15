"""Awards from printed words: whose 市级 it is, which year it is, and whom a title may go to."""

from datetime import date

import pytest

from homeregistry.problems import Problem
from homeregistry.records import Entry, HeadingContext, ListOptions
from homeregistry.resolving.awards import AwardReader
from homeregistry.resolving.candidates import CandidateReader

TODAY = date(2026, 1, 1)


def _entry(context: HeadingContext, **values: str) -> Entry:
    said = {"recipient": "甲厂工会", "kind": "模范职工之家", **values}
    return Entry("名单", 3, said, context, {"recipient": "B"})


@pytest.mark.parametrize(
    ("place", "tier", "conferred"),
    [
        ("南通市", "市级", ("prefecture", "南通市总工会")),
        ("南通市", "省级", ("provincial", "江苏省总工会")),
        ("重庆市渝中区", "市级", ("provincial", "重庆市总工会")),
        ("南通市", "全国", ("national", "中华全国总工会")),
    ],
)
def test_the_place_of_the_title_says_whose_tier_it_is(
    place: str, tier: str, conferred: tuple[str, str]
) -> None:
    context = HeadingContext(region_printed=place, year_from=2012, year_to=2012)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, tier=tier))
    assert [(award.tier, award.conferred_by.name) for award in reading.awards] == [conferred]


@pytest.mark.parametrize(("place", "tier"), [("江苏省昆山市", "市级"), ("南通市", "区级")])
def test_a_tier_that_may_be_two_bodies_stays_a_question(place: str, tier: str) -> None:
    context = HeadingContext(region_printed=place, year_from=2012, year_to=2012)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, tier=tier))
    assert not reading.awards
    assert {mistake.code for mistake in reading.mistakes} <= {"ambiguous_tier", "missing_issuer"}


def test_the_decisions_year_is_never_taken_for_the_stated_one() -> None:
    context = HeadingContext(issuer_printed="南通市总工会")
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, decision_date="2016-04-28"))
    assert not reading.awards
    assert [mistake.code for mistake in reading.mistakes] == ["only_decision_year"]
    stated = AwardReader(ListOptions(), TODAY).read(
        _entry(context, decision_date="2016-10-28", year="2015年度")
    )
    assert [award.year_from for award in stated.awards] == [2015]
    assert not stated.mistakes


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"recipient": "甲厂工会"}, "优秀工会工作者"),
        ({"recipient": "", "person": "林汐"}, "模范职工之家"),
    ],
)
def test_a_unit_gets_no_persons_title_and_a_person_no_units(values: dict[str, str], title: str) -> None:
    context = HeadingContext(issuer_printed="南通市总工会", year_from=2016, year_to=2016)
    entry = _entry(context, **values, kind=title)
    reading = CandidateReader(ListOptions(), TODAY).read(entry)
    assert "wrong_recipient" in [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("issuer", "values", "region"),
    [
        ("涪陵区总工会", {}, "涪陵区"),
        ("涪陵区总工会", {"township": "重庆市万州区高笋塘1号"}, "万州区"),
        ("涪陵区总工会", {"township": "南京路100号"}, "涪陵区"),
        ("重庆市总工会", {"township": "万州区高笋塘1号"}, "万州区"),
        ("重庆市总工会", {}, None),
    ],
)
def test_without_a_place_the_address_speaks_then_the_county_whose_own_federation_confers(
    issuer: str, values: dict[str, str], region: str | None
) -> None:
    context = HeadingContext(kind="advanced_home", year_from=2024, issuer_printed=issuer)
    entry = _entry(context, recipient="甲公司工会", **values)
    (candidate,) = CandidateReader(ListOptions(), TODAY).read(entry).candidates
    assert (candidate.place.region.name if candidate.place.region else None) == region


def test_what_a_list_prints_is_recorded_whatever_the_option_says() -> None:
    context = HeadingContext(
        kind="model_home", year_from=2024, tier_printed="省级", issuer_printed="重庆市总工会"
    )
    options = ListOptions(kind="advanced_home", year_from=2019, tier="national")
    reading = AwardReader(options, TODAY).read(_entry(context, recipient="甲公司工会"))
    (award,) = reading.awards
    assert (award.kind, award.tier, award.year_from) == ("model_home", "provincial", 2024)
    assert [(m.code, m.field) for m in reading.mistakes] == [
        ("option_differs", "kind"), ("option_differs", "year"), ("option_differs", "tier"),
    ]  # fmt: skip


def test_an_option_settles_a_tier_that_the_list_leaves_open() -> None:
    context = HeadingContext(
        kind="model_home", year_from=2024, tier_printed="市级", issuer_printed="某某工会"
    )
    reading = AwardReader(ListOptions(tier="prefecture"), TODAY).read(_entry(context, recipient="甲公司工会"))
    assert [award.tier for award in reading.awards] == ["prefecture"]


@pytest.mark.parametrize("turned", [False, True])
def test_in_one_list_the_county_is_taken_from_its_own_federation_alone_whichever_comes_first(
    turned: bool,
) -> None:
    reader = CandidateReader(ListOptions(), TODAY)
    context = HeadingContext(kind="advanced_home", year_from=2024)
    unions = ["涪陵区总工会", "涪陵区教育工会"]
    found = {}
    for union in reversed(unions) if turned else unions:
        entry = _entry(context, recipient="甲公司工会", conferred_by=union, tier="县级")
        (candidate,) = reader.read(entry).candidates
        found[union] = candidate.place.region.name if candidate.place.region else None
    assert found == {"涪陵区总工会": "涪陵区", "涪陵区教育工会": None}


def test_a_title_that_says_another_tier_than_its_column_is_asked_about() -> None:
    context = HeadingContext(issuer_printed="四川省总工会", year_from=2018, year_to=2018)
    entry = _entry(context, kind="省模范职工之家", tier="市级")
    reading = AwardReader(ListOptions(), TODAY).read(entry)
    assert not reading.awards
    assert ("conflicting_title", "kind", "省模范职工之家", (("other", "市级"),)) in [
        (one.code, one.field, one.value, one.params) for one in reading.mistakes
    ]


@pytest.mark.parametrize(
    ("kind", "tier"),
    [
        ("全国模范职工之家", "国家级"),
        ("成都市模范职工之家", "市级"),
        ("模范职工之家", "市级"),
        ("市模范职工之家", "市级"),
    ],
)
def test_a_title_that_says_the_tier_of_its_column_is_no_contradiction(kind: str, tier: str) -> None:
    context = HeadingContext(issuer_printed="成都市总工会", year_from=2018, year_to=2018)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, kind=kind, tier=tier))
    assert len(reading.awards) == 1
    assert not [one for one in reading.mistakes if one.code == "conflicting_title"]


def test_a_tier_against_its_body_is_told_in_the_words_of_the_list() -> None:
    context = HeadingContext(issuer_printed="四川省总工会", year_from=2018, year_to=2018)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, tier="地市级"))
    assert [(one.code, one.value) for one in reading.mistakes] == [("conferring_body_conflict", "地市级")]


@pytest.mark.parametrize(
    ("printed", "stars"),
    [("五星级", 5), ("4星", 4), ("★★★", 3), ("★★☆☆☆", 2), ("一颗星", 1), ("３", 3), ("", 0), ("-", 0)],
)
def test_the_column_of_stars_is_read_as_people_write_it(printed: str, stars: int) -> None:
    context = HeadingContext(issuer_printed="合肥市总工会", year_from=2021, year_to=2021)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, kind="星级职工之家", stars=printed))
    assert [award.stars for award in reading.awards] == [stars]
    assert not reading.mistakes


@pytest.mark.parametrize("printed", ["6星", "15星", "2021五星级", "待定"])
def test_stars_that_cannot_be_read_leave_no_record_without_them(printed: str) -> None:
    context = HeadingContext(issuer_printed="合肥市总工会", year_from=2021, year_to=2021)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, kind="星级职工之家", stars=printed))
    assert not reading.awards
    assert [(one.code, one.field, one.value) for one in reading.mistakes] == [
        ("unknown_stars", "stars", printed)
    ]


def test_the_title_and_the_column_of_stars_must_agree() -> None:
    context = HeadingContext(issuer_printed="合肥市总工会", year_from=2021, year_to=2021)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, kind="五星级职工之家", stars="四星"))
    assert not reading.awards
    assert [one.code for one in reading.mistakes] == ["conflicting_title"]


def test_the_stars_of_a_hotel_are_nobodys_award() -> None:
    context = HeadingContext(issuer_printed="合肥市总工会", year_from=2021, year_to=2021)
    reading = AwardReader(ListOptions(), TODAY).read(_entry(context, stars="五星"))
    assert [award.stars for award in reading.awards] == [0]


def test_a_zone_without_the_name_of_its_city_is_looked_for_in_it() -> None:
    def found(issuer: str) -> tuple[str | None, list[str]]:
        context = HeadingContext(kind="model_home", year_from=2016, issuer_printed=issuer)
        entry = Entry("名单", 3, {"recipient": "甲厂工会", "region": "高新区"}, context, {"region": "C"})
        reading = CandidateReader(ListOptions(), TODAY).read(entry)
        body = reading.candidates[0].body
        return (body.name if body else None), [problem.code for problem in reading.problems]

    assert found("重庆市总工会") == ("重庆高新区总工会", [])
    assert found("福建省总工会") == (None, ["unknown_region"])


def test_one_fault_of_a_row_is_told_once() -> None:
    context = HeadingContext(year_from=2020, issuer_printed="株洲市总工会", region_printed="株洲市")
    damage = Problem("damaged_number", "名单", 3, "C", "9.1E+17")
    said = {"recipient": "甲厂工会", "kind": "模范教工小家", "uscc": "9.1E+17"}
    wrong = Problem("unknown_title", "名单", 3, None, "模范教工小家")
    entry = Entry("名单", 3, said, context, {"uscc": "C"}, problems=(damage, wrong))
    told = [problem.code for problem in CandidateReader(ListOptions(), TODAY).read(entry).problems]
    assert sorted(set(told)) == ["damaged_number", "unknown_title"]
