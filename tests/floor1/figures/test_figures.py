"""Declared figures from prose: golden sentences, the traps of the field, and rules for all texts."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeregistry.bodies import BodyReading, read_body
from homeregistry.documents import read_document_number
from homeregistry.figures import Extraction, Figure, ReportContext, extract
from homeregistry.kinds import kinds
from homeregistry.problems import PROBLEMS
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.years import PartialDate

GOLDENS = Path(__file__).parent / "declared_figures"


def cases(name: str) -> list[dict[str, Any]]:
    lines = (GOLDENS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES = [case for name in ("facts", "prose", "reports", "passages") for case in cases(f"{name}.jsonl")]


def issuer(name: str | None, as_of: PartialDate | None = None) -> BodyReading | None:
    if name is None:
        return None
    day = as_of.last_day if as_of else None
    body = read_body(name if name.endswith("工会") else name + "总工会", day)
    assert body.tier is not None, name
    return body


def read(text: str, name: str | None = None, as_of: PartialDate | None = None) -> Extraction:
    return extract(text, ReportContext(issuer(name, as_of), as_of))


def read_case(case: dict[str, Any], text: str | None = None) -> Extraction:
    said = case.get("as_of")
    as_of = PartialDate(*map(int, said.split("-"))) if said else None
    return read(text or case["text"], case.get("issuer"), as_of)


def triple(figure: Figure) -> tuple[tuple[str, ...], int | None, int | None, str | None]:
    return figure.kinds, figure.low, figure.high, figure.tier


def wanted(case: dict[str, Any]) -> Counter[Any]:
    return Counter((tuple(f["kinds"]), f["low"], f["high"], f["tier"]) for f in case["figures"])


def golden(case: dict[str, Any]) -> Any:
    marks = ()
    if "known_miss" in case:
        marks = (pytest.mark.xfail(strict=True, reason=case["known_miss"]),)
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [golden(case) for case in CASES])
def test_a_sentence_gives_exactly_its_figures(case: dict[str, Any]) -> None:
    reading = read_case(case)
    assert Counter(map(triple, reading.figures)) == wanted(case)
    for figure in case["figures"]:
        same = [
            f for f in reading.figures
            if triple(f) == (tuple(figure["kinds"]), figure["low"], figure["high"], figure["tier"])
        ]  # fmt: skip
        for key, value in figure.items():
            if key != "kinds":
                found = [list(v) if isinstance(v := getattr(f, key), tuple) else v for f in same]
                assert value in found, key
    if "problems" in case:
        assert {problem.code for problem in reading.problems} == set(case["problems"])


def test_nine_of_ten_figures_are_found_and_nineteen_of_twenty_are_right() -> None:
    found = right = stated = 0
    for case in CASES:
        want = wanted(case)
        got = Counter(map(triple, read_case(case).figures))
        stated, found = stated + want.total(), found + got.total()
        right += (want & got).total()
    assert right / stated >= 0.95
    assert right / found >= 0.97


TEXTS = st.lists(
    st.one_of(
        st.sampled_from([case["text"] for case in CASES]),
        st.text(
            alphabet="全国省市级模范职工之家小家、，。；：（）“”12３４余个家名等获\n \t其中分别", max_size=40
        ),
        st.text(max_size=20),
    ),
    max_size=4,
).map("".join)


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.sampled_from([None, "重庆市", "南平市"]))
def test_every_quote_is_the_span_it_names_and_every_field_is_in_its_vocabulary(
    text: str, name: str | None
) -> None:
    reading = read(text, name)
    for index, figure in enumerate(reading.figures):
        assert figure.quote == text[figure.start : figure.end]
        assert figure.quote
        assert set(figure.kinds) <= set(kinds())
        assert (figure.kind is None) == (len(figure.kinds) > 1)
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        assert figure.part_of != index
        assert figure.part_of is None or 0 <= figure.part_of < len(reading.figures)
    assert all(problem.code in PROBLEMS for problem in reading.problems)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_figures(text: str) -> None:
    first, second = read(text), read(text)
    assert [f.to_json() for f in first.figures] == [f.to_json() for f in second.figures]
    assert first.problems == second.problems


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CASES))
def test_full_width_and_spaced_print_reads_the_same(case: dict[str, Any]) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    plain = read_case(case)
    printed = read_case(case, case["text"].translate(wide))
    assert list(map(triple, printed.figures)) == list(map(triple, plain.figures))


def test_json_has_the_keys_of_the_contract() -> None:
    figure = read("重庆工会共建成市级以上模范职工之家1500余个。").figures[0]
    assert list(figure.to_json())[:21] == [
        "scope", "region_code", "kind", "kinds", "tier", "or_above", "system", "measure", "low",
        "high", "stated", "qualifier", "year_from", "year_to", "implied", "part_of", "stars",
        "quote", "start", "end", "verb",
    ]  # fmt: skip
    assert figure.to_json()["scope"] == "重庆市"
    assert figure.to_json()["region_code"] == "500000"
    assert figure.stated == "1500余个"


@pytest.mark.parametrize(
    ("name", "tier"), [("重庆市", "provincial"), ("南平市", "prefecture"), ("义乌市", "county")]
)
def test_city_level_means_what_the_issuer_is(name: str, tier: str) -> None:
    assert [f.tier for f in read("评选市级模范职工之家12个。", name).figures] == [tier]


def test_chongqing_before_1997_conferred_as_a_city_of_sichuan() -> None:
    region = next(r for r in gazetteer().lookup("重庆市") if r.in_force("1990-06-30"))
    reading = extract("评选市级模范职工之家12个。", ReportContext(region, PartialDate(1990, 6, 30)))
    assert [f.tier for f in reading.figures] == ["prefecture"]


def test_a_region_can_be_the_issuer_as_well_as_a_union() -> None:
    region = gazetteer().lookup("南平市", on="2021-03-20")[0]
    figures = extract("我市现有市级以上模范职工之家186家。", ReportContext(region)).figures
    assert [(f.scope, f.region_code, f.tier, f.or_above) for f in figures] == [
        ("南平市", "350700", "prefecture", True)
    ]


def test_a_title_above_its_conferring_union_is_kept_and_flagged() -> None:
    reading = read("某油田工会被四川省总工会评为全国模范职工之家。")
    assert [(f.tier, f.flags) for f in reading.figures] == [("national", ("conferring_body_conflict",))]
    assert [p.code for p in reading.problems] == ["conferring_body_conflict"]


def test_more_names_than_declared_is_reported_and_neither_is_mended() -> None:
    reading = read("己、庚、辛、壬、癸、子等5家工会分会获全国模范职工小家。")
    assert [(f.low, f.high) for f in reading.figures] == [(5, 5)]
    problem = next(p for p in reading.problems if p.code == "declared_differs")
    assert (problem.params["declared"], problem.params["listed"]) == (5, 6)


def test_the_report_date_gives_the_open_end_of_a_period() -> None:
    text = "从1983年起,全总累计表彰模范职工之家1.5万多个。"
    assert [(f.year_from, f.year_to) for f in read(text).figures] == [(1983, None)]
    dated = read(text, None, PartialDate(2023, 12))
    assert [(f.year_from, f.year_to) for f in dated.figures] == [(1983, 2023)]


def test_this_year_without_a_date_is_no_year() -> None:
    text = "该所继2013年省级小家之后,今年再获全国小家。"
    assert [f.year_from for f in read(text).figures] == [2013, None]
    assert [f.year_from for f in read(text, None, PartialDate(2015, 12)).figures] == [2013, 2015]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("授予12个单位省模范职工之家。", "in_round"),
        ("至此全局共有14家基层单位获省级模范职工之家。", "cumulative"),
        ("全市现有省级模范职工之家46家。", "stock"),
        ("全省将评出省模范职工之家80个。", "plan"),
        ("推荐省模范职工之家1-2个。", "quota"),
        ("35家省模范职工之家通过复查。", "recheck"),
        ("全县建成合格职工之家240个。", "built"),
        ("撤销4家省模范职工之家。", "revoked"),
    ],
)
def test_measures_are_kept_apart(text: str, measure: str) -> None:
    assert [f.measure for f in read(text).figures] == [measure]


def test_a_decision_named_once_is_the_decision_of_its_figures() -> None:
    figures = read("总工发〔2018〕29号决定授予997个单位全国模范职工之家。").figures
    number = read_document_number("总工发〔2018〕29号")
    assert number is not None
    assert [f.decision_no for f in figures] == [number.normal]


def test_the_same_decision_keeps_its_tier_for_the_next_sentence() -> None:
    text = "全总决定授予10人优秀工会工作者标兵。同一决定里福建有1名标兵、33名优秀工会工作者。"
    assert [(f.scope, f.low, f.tier) for f in read(text).figures] == [
        ("全国", 10, "national"),
        ("福建省", 1, "national"),
        ("福建省", 33, "national"),
    ]


def test_a_scope_nobody_can_place_is_a_problem_named_once() -> None:
    reading = read("我市获全国模范职工之家2个。我市获全国模范职工小家3个。")
    assert [f.scope for f in reading.figures] == ["我市", "我市"]
    assert [f.region_code for f in reading.figures] == [None, None]
    assert [p.code for p in reading.problems] == ["ambiguous_scope"]


def test_a_long_text_is_read_in_time_that_grows_with_it() -> None:
    text = "\n".join(case["text"] for case in CASES) * 3
    reading = read(text, "重庆市")
    assert len(reading.figures) > 600


@pytest.mark.parametrize(
    "text", ["1" * 9000, "一" * 9000 + "个模范职工之家", "全" * 9000, "模范职工之家、" * 1500]
)
def test_a_page_without_sense_or_full_stop_ends(text: str) -> None:
    assert read(text).figures == ()
