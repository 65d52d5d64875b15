"""Records carried from map to map: placed, undecided between named regions, or visibly unplaced."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.succession import Placed, Rehomer, Undecided, Unplaced, names_town
from homeregistry.regions.table import LEVELS

TABLE = gazetteer()
ROWS = sorted(TABLE, key=lambda row: row.id)
REHOMERS: dict[str, Rehomer] = {}
DAYS = st.dates(date(1981, 1, 1), date(2026, 9, 30)).map(lambda day: day.isoformat()[:8] + "15")
ANY_ROW = st.sampled_from(ROWS)
TODAY = "2026-09-01"


def rehomer(day):
    return REHOMERS.setdefault(day, Rehomer(day))


def codes(outcome):
    if isinstance(outcome, Placed):
        return [outcome.region.code]
    return [row.code for row in outcome.candidates] if isinstance(outcome, Undecided) else None


@given(ANY_ROW, DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_the_map_of_a_day_is_the_map_of_the_day_since_which_it_is_in_force(row, award, day):
    since = TABLE.map_since(day).isoformat()
    assert since <= day
    assert TABLE.in_force(since) == TABLE.in_force(day)
    assert rehomer(since).place(row, award) == rehomer(day).place(row, award)


def row_of(code, day):
    found = TABLE.at(code, day)
    assert found is not None
    return found


@given(ANY_ROW, DAYS, DAYS)
@settings(max_examples=400, deadline=None)
def test_every_record_has_exactly_one_outcome_on_every_map(row, award, day):
    for outcome in (
        rehomer(day).place(row, award),
        *(rehomer(day).at_level(row, level, award) for level in LEVELS),
    ):
        assert isinstance(outcome, Placed | Undecided | Unplaced)
        if isinstance(outcome, Placed):
            assert outcome.region.in_force(day)
        elif isinstance(outcome, Undecided):
            assert outcome.candidates
            assert len(outcome.candidates) > 1 or outcome.open
            assert all(candidate.in_force(day) for candidate in outcome.candidates)


@given(st.lists(ANY_ROW, max_size=60), DAYS)
@settings(max_examples=40, deadline=None)
def test_totals_agree_on_every_map(rows, day):
    for level in LEVELS:
        ends = [rehomer(day).at_level(row, level) for row in rows]
        placed = sum(isinstance(end, Placed) for end in ends)
        undecided = sum(isinstance(end, Undecided) for end in ends)
        unplaced = sum(isinstance(end, Unplaced) for end in ends)
        assert placed + undecided + unplaced == len(rows)


@given(ANY_ROW, DAYS)
@settings(max_examples=200, deadline=None)
def test_a_record_stays_where_it_is_on_the_map_of_its_own_day(row, day):
    if row.in_force(day):
        assert rehomer(day).place(row, day) == Placed(row)


@given(ANY_ROW, DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_the_memory_of_a_rehomer_changes_no_answer(row, award, day):
    assert rehomer(day).place(row, award) == Rehomer(day).place(row, award)


@pytest.mark.parametrize(
    ("code", "day", "heirs"),
    [
        ("500110", "2010-01-01", ["500110"]), ("500222", "2010-01-01", ["500110"]),
        ("500111", "2010-01-01", ["500111"]), ("510222", "1990-01-01", ["500113"]),
        ("519007", "1993-06-01", ["500116"]), ("512221", "1990-01-01", ["500101"]),
        ("512301", "1990-01-01", ["500102"]), ("330103", "2020-01-01", ["330105"]),
        ("500105", "2020-01-01", ["500157"]), ("500112", "2020-01-01", ["500109", "500157"]),
        ("500109", "2020-01-01", ["500109", "500157"]), ("330104", "2020-01-01", ["330102", "330114"]),
        ("510200", "1990-01-01", ["500000"]), ("500234", "2015-01-01", ["500154"]),
    ],
)  # fmt: skip
def test_todays_region_of_a_former_one(code, day, heirs):
    assert codes(Rehomer(TODAY).place(row_of(code, day), day, "")) == heirs


def test_an_award_after_the_exchange_is_not_asked_again():
    assert codes(Rehomer(TODAY).place(row_of("500109", "2026-01-01"), "2026-01-01", "")) == ["500109"]


@pytest.mark.parametrize(
    ("code", "text", "heir"),
    [
        ("500112", "渝北区统景镇人民政府工会", "500109"), ("500112", "龙兴镇", "500157"),
        ("500109", "水土街道总工会", "500157"), ("500109", "北碚区水土镇", "500157"),
        ("500109", "静观镇", "500109"), ("330104", "白杨街道", "330114"),
    ],
)  # fmt: skip
def test_the_township_decides_a_part(code, text, heir):
    assert codes(Rehomer(TODAY).place(row_of(code, "2020-01-01"), "2020-01-01", text)) == [heir]


def test_a_bare_name_decides_nothing():
    row = row_of("500112", "2020-01-01")
    assert isinstance(Rehomer(TODAY).place(row, "2020-01-01", "统景温泉酒店"), Undecided)
    assert names_town("统景乡", ["统景镇"])
    assert not names_town("统景", ["统景镇"])


def test_two_townships_of_different_parts_leave_it_undecided():
    row = row_of("500112", "2020-01-01")
    assert isinstance(Rehomer(TODAY).place(row, "2020-01-01", "统景镇龙兴镇联合工会"), Undecided)


def test_backwards_over_a_merger_is_undecided_between_the_former_ones():
    row = row_of("500110", "2020-01-01")
    assert codes(Rehomer("2010-01-01").place(row, "2020-01-01", "")) == ["500110", "500222"]
    assert codes(Rehomer("2003-01-01").place(row_of("500116", "2020-01-01"), "2020-01-01", "")) != []


def test_backwards_a_county_comes_from_its_own_rows_and_not_also_from_the_prefecture_that_held_them():
    before = Rehomer("1996-06-01")
    yunyang = before.place(row_of("500235", "2020-01-01"), "2020-01-01", "")
    assert yunyang == Placed(row_of("511224", "1996-06-01"))
    wanzhou = before.place(row_of("500101", "2020-01-01"), "2020-01-01", "")
    assert codes(wanzhou) == ["511202", "511203", "511204"]


def test_undecided_districts_of_one_city_are_one_answer_above():
    found = rehomer(TODAY).at_level(row_of("330104", "2020-01-01"), "prefecture", "2020-01-01")
    assert found == Placed(row_of("330100", TODAY))
    west = rehomer(TODAY).at_level(row_of("511200", "1995-01-01"), "province", "1995-01-01")
    assert west == Placed(row_of("500000", TODAY))


def test_a_city_or_province_stays_itself_whatever_it_lost():
    for code in ("510000", "440000", "340100"):
        row = row_of(code, "1985-06-01")
        assert Rehomer(TODAY).place(row, "1985-06-01", "") == Placed(row_of(code, TODAY))
