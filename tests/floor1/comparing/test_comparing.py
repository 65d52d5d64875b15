"""Verdicts on declared figures: like with like, bounds as printed, and never a difference formed."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures_by_hand import figure
from homeregistry.comparing import with_each_other as contradictions
from homeregistry.comparing import with_records as comparing
from homeregistry.comparing.declared import Declared
from homeregistry.comparing.with_each_other import between, differences
from homeregistry.comparing.with_records import (
    Held,
    coverage,
    judge,
    last_digit,
    source_groups,
    source_key,
)
from homeregistry.reconciling import headings
from homeregistry.words.findings import REASONS


def verdicts(*figures: Declared) -> list[tuple[str, str, str]]:
    found = differences(source_groups(figures))
    return [(one.comparison, one.verdict, one.reason) for one in found]


@pytest.mark.parametrize(
    ("values", "recorded", "verdict"),
    [
        ({}, 1, "short"),
        ({}, 35, "agrees"),
        ({}, 36, "contradiction"),
        ({"low": None, "high": 40, "qualifier": "at_most"}, 41, "contradiction"),
        ({"low": None, "high": 40, "qualifier": "fewer_than"}, 41, "over"),
        ({"low": None, "high": 40, "qualifier": "fewer_than"}, 38, "agrees"),
        ({"low": None, "high": 100, "qualifier": "fewer_than"}, 0, "short"),
        ({"low": None, "high": 100, "qualifier": "at_most"}, 0, "agrees"),
        ({"low": 30, "high": 40, "qualifier": "range"}, 41, "over"),
        ({"low": 30, "high": 40, "qualifier": "range"}, 30, "agrees"),
        ({"low": 1501, "high": None, "qualifier": "more_than"}, 9999, "agrees"),
        ({"low": 1500, "high": None, "qualifier": "at_least"}, 1499, "short"),
        ({"low": 1500, "high": 1500, "qualifier": "about"}, 1480, "agrees"),
        ({"low": 1500, "high": 1500, "qualifier": "about"}, 1400, "short"),
        ({"low": 1500, "high": 1500, "qualifier": "about"}, 1600, "over"),
        ({"measure": "plan"}, 1, "not_comparable"),
        ({"measure": "quota"}, 35, "not_comparable"),
        ({"measure": "built"}, 99, "not_comparable"),
    ],
)
def test_the_verdict_follows_the_bounds_and_the_qualifier(
    values: dict[str, Any], recorded: int, verdict: str
) -> None:
    assert judge(figure(**values), Held(recorded)).verdict == verdict


@given(st.integers(0, 200), st.integers(0, 100), st.integers(0, 100))
def test_what_a_figure_leaves_open_can_prove_it_short_but_nothing_else(
    recorded: int, low: int, more: int
) -> None:
    declared = figure(low=low, high=low + more, qualifier="range")
    full = judge(declared, Held(recorded))
    loose = judge(declared, Held(recorded, unstated=("period",)))
    assert loose.verdict == ("short" if full.verdict == "short" else "not_comparable")


def test_a_scope_that_is_no_region_is_not_compared_with_anything() -> None:
    assert judge(figure(scope="某公司", region_code=None), Held(None)).verdict == "not_comparable"


def test_coverage_of_an_approximate_figure_is_of_the_number_as_printed() -> None:
    assert coverage(figure(), 1) == (1, 35)
    assert coverage(figure(low=1501, high=None, qualifier="more_than"), 2) == (2, 1500)
    assert coverage(figure(low=1500, high=None, qualifier="more_than"), 2) == (2, 1500)
    assert coverage(figure(low=None, high=None), 2) is None


@given(st.integers(1, 10**7))
def test_the_last_digit_divides_its_number_and_ten_times_it_does_not(number: int) -> None:
    assert number % last_digit(number) == 0
    assert number % (last_digit(number) * 10) != 0


def test_two_reports_of_one_decision_are_two_sources_of_one_figure() -> None:
    one, other = figure(1), figure(2, batch=2, file="b.txt")
    numbered = figure(3, batch=3, decision_no="总工发〔2018〕29号", year_from=None, year_to=None)
    again = figure(4, batch=4, decision_no="总工发〔2018〕29号")
    groups = source_groups([one, other, numbered, again])
    assert [[source.id for source in group] for group in groups] == [[1, 2, 3, 4]]
    assert verdicts(one, other) == []


def test_two_decisions_of_one_year_with_the_same_number_are_two_figures() -> None:
    """297 and 297 are two facts."""
    one, other = figure(1, decision_no="甲〔2018〕1号"), figure(2, decision_no="甲〔2018〕2号")
    assert len(source_groups([one, other])) == 2
    assert len(source_groups([figure(3), one, other])) == 2, "a third report does not join the two"


def test_the_source_key_speaks_of_the_fact_and_not_of_the_row() -> None:
    assert source_key([figure(1)]) == source_key([figure(9, batch=7, file="again.txt", quote="再")])
    assert source_key([figure(1)]) != source_key([figure(1, low=36, high=36)])


def test_sources_that_differ_contradict_each_other_only_where_no_number_fits_both() -> None:
    one = figure(1)
    assert verdicts(one, figure(2, batch=2, low=36, high=36)) == [
        ("two_sources", "contradiction", "sources_differ")
    ]
    assert verdicts(one, figure(2, batch=2, low=31, high=None, qualifier="more_than")) == [
        ("two_sources", "agrees", "bounds_meet")
    ]
    assert verdicts(one, figure(2, low=36, high=36)) == [("two_sources", "not_comparable", "one_report")]


@pytest.mark.parametrize(
    "values",
    [
        {"kinds": ("model_small_home",)},
        {"tier": "provincial"},
        {"or_above": True},
        {"system": "邮政"},
        {"scope": "南平市", "region_code": "350700"},
        {"measure": "quota"},
        {"year_from": 2020, "year_to": 2020},
        {"stars": 5},
    ],
)
def test_unlike_figures_are_never_held_against_each_other(values: dict[str, Any]) -> None:
    assert verdicts(figure(1), figure(2, batch=2, low=99, high=99, **values)) == []


def test_a_total_and_its_parts() -> None:
    total = figure(1, kinds=("model_home", "model_small_home"), low=28, high=28)

    def parts(homes: int, small: int) -> list[tuple[str, str, str]]:
        return verdicts(
            total,
            figure(2, part_of=1, low=homes, high=homes),
            figure(3, part_of=1, kinds=("model_small_home",), low=small, high=small),
        )

    assert parts(13, 15) == [("total_and_parts", "agrees", "parts_make_total")]
    assert parts(14, 15) == [("total_and_parts", "contradiction", "parts_exceed")]
    assert parts(29, 1) == [("total_and_parts", "contradiction", "part_exceeds")]
    assert parts(13, 14) == [], "其中 need not name every part"


def test_overlapping_parts_are_not_added_up() -> None:
    """其中省级5个,其中非公企业20个: a private firm's provincial title is in both."""
    total = figure(1, low=21, high=21)
    assert verdicts(total, figure(2, part_of=1, low=20, high=20), figure(3, part_of=1, low=5, high=5)) == [
        ("two_sources", "not_comparable", "one_report")
    ]
    whole = figure(1, tier="prefecture", or_above=True, low=21, high=21)
    nested = [
        figure(2, part_of=1, tier="provincial", or_above=True, low=15, high=15),
        figure(3, part_of=1, low=14, high=14),
    ]
    assert verdicts(whole, *nested) == []


def test_a_table_is_summed_along_one_axis_at_a_time() -> None:
    """The corner total holds its row and its column; both together would make it twice."""
    cell = {"sheet": "表", "kinds": ("model_home", "model_small_home")}
    corner = figure(1, row=9, column="D", low=10, high=10, **cell)
    down = [
        figure(2, row=3, column="D", part_of=1, low=6, high=6, region_code="350100", **cell),
        figure(3, row=4, column="D", part_of=1, low=4, high=4, region_code="350200", **cell),
    ]
    along = [
        figure(4, row=9, column="B", part_of=1, low=7, high=7, sheet="表"),
        figure(5, row=9, column="C", part_of=1, low=2, high=2, sheet="表", kinds=("model_small_home",)),
    ]
    assert verdicts(corner, *down, *along) == [
        ("total_and_parts", "agrees", "parts_make_total"),
        ("total_and_parts", "short", "parts_below"),
    ]


def nation(number: int, year: int, low: int, high: int | None, **values: Any) -> Declared:
    said = {"scope": "全国", "region_code": None, "measure": "cumulative", "year_from": None, "year_to": year}
    return figure(number, low=low, high=high, **{**said, **values})


def test_5406_in_2009_and_more_than_15000_in_2023_stand_side_by_side() -> None:
    early = nation(1, 2009, 5406, 5406)
    late = nation(2, 2023, 15001, None, year_from=1983, qualifier="more_than")
    assert verdicts(early, late) == [("series", "not_comparable", "rounds_unknown")]
    largest = nation(3, 2020, 999, 999, year_from=2020, measure="in_round")
    assert verdicts(early, late, largest) == [("series", "not_comparable", "step_too_large")]


def test_a_step_that_the_rounds_between_can_explain_is_no_finding() -> None:
    figures = [
        nation(1, 2009, 5406, 5406),
        nation(2, 2014, 7300, 7300),
        nation(3, 2014, 999, 999, year_from=2014, measure="in_round"),
    ]
    assert verdicts(*figures) == []
    assert between(figures[2:], 2009, 2014, figures[0]) == 2 * 999


def test_a_cumulative_figure_that_falls_contradicts_the_earlier_one() -> None:
    assert verdicts(nation(1, 2009, 5406, 5406), nation(2, 2012, 5000, 5000)) == [
        ("series", "contradiction", "falls")
    ]
    assert (
        verdicts(nation(1, 2009, 5406, 5406, measure="stock"), nation(2, 2012, 5000, 5000, measure="stock"))
        == []
    ), "what is held now may become fewer"


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    reasons = {reason for kind in (comparing, contradictions, headings) for reason in get_args(kind.Reason)}
    assert set(REASONS) == reasons
