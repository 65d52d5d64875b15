"""A region named in a filter is one place: the same place over time is, two places of one name are not.
A tier is one tier.
"""

from datetime import date

import pytest

from homeregistry.cli.filtering import region_from, request_from
from homeregistry.errors import UsageMistake


def test_a_place_that_changed_its_code_is_taken_as_it_is_now_and_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert region_from("重庆市", "as-awarded").code == "500000"
    assert "510200" in capsys.readouterr().err
    assert region_from("重庆市", date(1990, 1, 1)).code == "510200"


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
