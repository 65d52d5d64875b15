"""A region named in a filter is one place: the same place over time is, two places of one name are not."""

from datetime import date

import pytest

from homeregistry.cli.filtering import region_from
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
