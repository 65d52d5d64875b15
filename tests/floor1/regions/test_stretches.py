"""An answer about a place is kept for as long as it holds, and never longer."""

from hypothesis import given
from hypothesis import strategies as st

from homeregistry.regions.gazetteer import Gazetteer
from homeregistry.regions.stretches import Stretch
from homeregistry.regions.table import Region, changes, regions

_NAMES = (
    "万县市", "万县区", "万州区", "重庆市万州区", "四川省万县市", "重庆市渝北区", "四川省重庆市江北区",
    "綦江县", "綦江区", "万盛区", "江北区", "朝阳区", "开县", "重庆市开州区", "两江新区", "无此区",
    "宁波市江北区", "吉林", "涪陵地区",
)  # fmt: skip
_REMEMBERING = Gazetteer(regions(), changes())
_FORGETFUL = Gazetteer(regions(), changes())
_YEARS = st.integers(1979, 2026)


@given(asked=st.lists(st.tuples(st.sampled_from(_NAMES), _YEARS, st.integers(0, 4)), min_size=1, max_size=30))
def test_what_was_asked_before_changes_no_answer(asked: list[tuple[str, int, int]]) -> None:
    for name, year, more in asked:
        days = (f"{year}-01-01", f"{year + more}-12-31")
        remembered = _REMEMBERING.resolve(name, days)
        _FORGETFUL._answers.clear()
        assert remembered == _FORGETFUL.resolve(name, days)


@given(
    row=st.sampled_from(regions()), first=_YEARS, last=_YEARS, others=st.lists(_YEARS, min_size=2, max_size=2)
)
def test_a_stretch_covers_only_what_it_would_answer_alike(
    row: Region, first: int, last: int, others: list[int]
) -> None:
    days = (f"{first}-01-01", f"{last}-12-31")
    stretch = Stretch(*days)
    assert stretch.holds(row) == row.existed(*days)
    assert stretch.covers(*days)
    elsewhere = (f"{others[0]}-06-15", f"{others[1]}-06-15")
    if stretch.covers(*elsewhere):
        assert row.existed(*elsewhere) == row.existed(*days)


def test_a_change_inside_the_years_is_seen() -> None:
    place = Gazetteer(regions(), changes())
    before = place.resolve("重庆市万州区", ("1990-01-01", "1990-12-31"))
    after = place.resolve("重庆市万州区", ("2020-01-01", "2020-12-31"))
    assert before.reason != "found"
    assert (after.reason, after.region and after.region.code) == ("found", "500101")
