"""A region named in a filter is one place: the same place over time is, two places of one name are not.
A tier is one tier.
"""

import json
from datetime import date

import pytest

from homeregistry.cli import run
from homeregistry.cli.filtering import region_from, request_from
from homeregistry.errors import UsageMistake


def test_a_place_that_changed_its_code_is_taken_as_it_is_now_and_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert region_from("重庆市", "as-awarded").code == "500000"
    assert "510200" in capsys.readouterr().err
    assert region_from("重庆市", date(1990, 1, 1)).code == "510200"


def test_trap_a_code_given_anew_is_the_later_place_and_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert region_from("500110", "as-awarded").name == "綦江区"
    assert "万盛区" in capsys.readouterr().err
    assert region_from("500110", date(2005, 1, 1)).name == "万盛区"
    assert region_from("420600", "as-awarded").name == "襄阳市"
    assert capsys.readouterr().err == ""


def test_all_that_stands_in_its_place_is_named() -> None:
    with pytest.raises(UsageMistake) as refused:
        region_from("万县市", date(2026, 1, 1))
    assert str(refused.value).partition("In its place")[2].count("重庆市") == 9


def test_a_region_that_was_not_there_yet_or_any_more_says_what_was() -> None:
    for text, day, words in (
        ("万盛区", date(2020, 1, 1), "綦江区"),
        ("綦江区", date(2005, 1, 1), "万盛区"),
        ("渝北区", date(2026, 1, 1), "两江新区"),
        ("万州区", date(1990, 1, 1), "四川省"),
    ):
        with pytest.raises(UsageMistake) as refused:
            region_from(text, day)
        assert refused.value.code == "region_not_on_map"
        assert words in str(refused.value).partition("In its place")[2]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["lookup", "江北区", "--on", "1982-12-31"], "before_1983"),
        (["lookup", "江北区", "--on", "2026-02-30"], "bad_date"),
        (["lookup", "万盛区", "--on", "2020-01-01"], "region_not_on_map"),
        (["lookup", "江比区"], "unknown_region"),
        (["lookup", "江北区", "--within", "不存在省"], "unknown_region"),
        (["lookup", "渝北区", "--within", "广东省"], "region_elsewhere"),
        (["lookup", "500110", "--within", "四川省"], "region_elsewhere"),
        (["lookup", "500110", "--within", "四川省", "--on", "2020-01-01"], "region_elsewhere"),
        (["lookup", "500110", "--within", "重庆市", "--on", "1996-01-01"], "region_not_on_map"),
        (["history", "999999"], "unknown_region"),
        (["history", "鼓楼区"], "ambiguous_region"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bad_question_to_the_gazetteer_is_refused_in_words(
    options: list[str], code: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", language, "region", *options, "--format", "json"]) == 2
    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert error["code"] == code
    assert error["message"] in said.err


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("万县市", "万州区"),
        ("涪陵地区", "涪陵区"),
        ("巴县", "巴南区"),
        ("江津市", "江津区"),
        ("500110", "綦江区"),
    ],
)  # fmt: skip
def test_the_history_of_a_former_name_leads_to_today(
    name: str, today: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["region", "history", name, "--format", "json"]) == 0
    assert today in [one["name"] for one in json.loads(capsys.readouterr().out)["today"]]


def test_trap_a_day_without_hyphens_is_the_same_day(capsys: pytest.CaptureFixture[str]) -> None:
    for day in ("20200101", "2020-01-01"):
        assert run(["region", "lookup", "渝北", "--on", day, "--format", "json"]) == 0
        assert [one["code"] for one in json.loads(capsys.readouterr().out)["matches"]] == ["500112"]


def test_two_places_of_one_name_are_never_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageMistake, match=r"ambiguous_region|several regions"):
        region_from("江北区", "as-awarded")
    assert region_from("江北区", date(2026, 1, 1)).code == "330205"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("tier", "region", "means"),
    [
        ("省级", None, ("provincial", False)),
        ("省级以上", None, ("provincial", True)),
        ("市级", "500000", ("provincial", False)),
        ("市级以上", "350000", ("prefecture", True)),
        ("county", None, ("county", False)),
    ],
)
def test_a_tier_may_be_said_in_the_words_of_lists(
    tier: str, region: str | None, means: tuple[str, bool]
) -> None:
    request = request_from(None, tier=tier, region=region)
    assert (request.filters.tier, request.filters.or_above) == means


@pytest.mark.parametrize("tier", ["市级", "区级", "火星级"])
def test_a_word_that_says_no_one_tier_is_refused(tier: str) -> None:
    with pytest.raises(UsageMistake):
        request_from(None, tier=tier)
