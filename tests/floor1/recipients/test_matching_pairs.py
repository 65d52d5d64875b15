"""Labelled pairs of names: same is one key, different is never held, possible is always held."""

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homeregistry.recipients.matching import (
    block_keys,
    different,
    person_block_keys,
    person_key,
    recipient_key,
    similar,
    similar_persons,
)

PAIRS = list(csv.DictReader((Path(__file__).parent / "name_pairs.csv").read_text("utf-8").splitlines()))
NAMES = sorted({pair[side] for pair in PAIRS for side in ("one", "other")})


def verdict(one: str, other: str) -> str:
    if recipient_key(one, "organisation") == recipient_key(other, "organisation"):
        return "same"
    return "possible" if similar(one, [other]) else "different"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['one']}~{pair['other']}")
def test_each_pair_is_judged_as_a_person_would(pair: dict[str, str]) -> None:
    assert verdict(pair["one"], pair["other"]) == pair["expected"]
    assert verdict(pair["other"], pair["one"]) == pair["expected"]
    if pair["expected"] != "different":
        assert different(pair["one"], pair["other"]) is None


def test_the_table_is_large_enough_to_tune_on() -> None:
    counted = Counter(pair["expected"] for pair in PAIRS)
    assert sum(counted.values()) >= 120
    assert min(counted.values()) >= 30


def test_blocks_find_nearly_all_pairs_that_may_be_one() -> None:
    wanted = [pair for pair in PAIRS if pair["expected"] == "possible"]
    found = [pair for pair in wanted if set(block_keys(pair["one"])) & set(block_keys(pair["other"]))]
    assert len(found) / len(wanted) >= 0.9


def test_blocks_do_not_bring_strangers_together() -> None:
    keys = {recipient_key(name, "organisation") for name in NAMES}
    strangers = [
        pair for pair in combinations(sorted(keys), 2)
        if pair[0][:2] != pair[1][:2] and pair[0][-3:] != pair[1][-3:]
    ]  # fmt: skip
    shared = [pair for pair in strangers if set(block_keys(pair[0])) & set(block_keys(pair[1]))]
    assert len(shared) / len(strangers) < 0.01


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_verdict_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert different(one, other) == different(other, one)
    assert bool(similar(one, [other])) == bool(similar(other, [one]))


@example("T¨")
@example("T\u0308")
@given(st.one_of(st.sampled_from(NAMES), st.text(max_size=20)))
def test_a_name_has_at_most_two_blocks_and_its_key_the_same(name: str) -> None:
    blocks = block_keys(name)
    assert len(blocks) <= 2
    assert blocks == block_keys(recipient_key(name, "organisation"))


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_the_comparison(one: str, other: str) -> None:
    different(one, other)
    similar(one, [other])


def test_the_best_candidate_comes_first() -> None:
    found = similar(
        "临汐市澄川机电有限公司",
        ["临汐市澄州机电有限公司", "临汐市澄川机电有限责任公司", "白榆县公安局"],
    )
    assert [each.reason for each in found] == ["form", "spelling"]
    assert found[0].score > found[1].score


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("临汐市第一中学", "临汐市第二中学", "number"),
        ("白榆县城东小学", "白榆县城西小学", "direction"),
        ("澄川化工厂A区", "澄川化工厂B区", "letter"),
        ("中电(福建)电力公司", "中电(重庆)电力公司", "bracket"),
        ("白榆县实验小学", "白榆县实验中学", "institution"),
        ("白榆县人民医院", "洛口县人民医院", "district"),
        ("区政协机关", "市政协机关", "level"),
        ("澄川纺织厂甲班", "澄川纺织厂乙班", "order"),
        ("澄川宾馆男宾部", "澄川宾馆女宾部", "gender"),
        ("澄川公司财务部", "澄川公司业务部", "department"),
        ("中国电信湛江分公司", "中国电信茂名分公司", "word"),
        ("重庆市烟草公司", "重庆市烟草公司綦江分公司", "part"),
    ],
)
def test_a_veto_says_why(one: str, other: str, reason: str) -> None:
    assert different(one, other) == reason


def test_numerals_inside_words_are_no_numbers() -> None:
    assert different("四川三峡五金公司", "三峡五金公司") is None


def test_a_persons_unit_may_be_misspelled_but_not_the_name() -> None:
    key = person_key("宋辉", "临汐市澄川机电有限公司")
    near = person_key("宋辉", "澄川机电有限责任公司")
    assert [each.name for each in similar_persons(key, [near])] == [near]
    assert set(person_block_keys(key)) & set(person_block_keys(near))
    assert similar_persons(key, [person_key("宋晖", "澄川机电有限公司")]) == []
    assert similar_persons(key, [person_key("宋辉", "白榆县公安局")]) == []
