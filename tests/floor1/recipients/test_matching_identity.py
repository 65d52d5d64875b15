"""Codes decide when they are valid, damaged ones decide nothing, decisions are kept per pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from homeregistry.recipients.matching import (
    Identity,
    identity,
    is_damaged,
    pair_key,
    valid_union_code,
    valid_uscc,
)

VALID = "91110000600037341L"
OTHER = "915010007748858466"


@given(
    st.text("0123456789", min_size=8, max_size=8),
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=9, max_size=9),
    st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"),
)
def test_the_quick_check_of_a_credit_code_agrees_with_the_standard_library_of_numbers(
    head: str, tail: str, check: str
) -> None:
    right = head + tail
    if not set(tail) & set("IOSVZ"):
        right += stdnum_uscc.calc_check_digit(right)
    for printed in (head + tail + check, right):
        assert (valid_uscc(printed) == printed) == stdnum_uscc.is_valid(printed)


def test_a_credit_code_is_read_in_any_spelling() -> None:
    assert valid_uscc(VALID) == VALID
    assert valid_uscc(" 9111 0000 6000 37341l ") == VALID
    assert valid_uscc("９１１１００００６０００３７３４１Ｌ") == VALID


@pytest.mark.parametrize(
    "printed", ["", "91110000600037341M", "9111000060003734", "9.11E+17", "无", "9111000060003734IL"]
)
def test_an_invalid_credit_code_decides_nothing(printed: str) -> None:
    assert valid_uscc(printed) is None


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_any_one_misprint_in_a_credit_code_is_found(at: int, char: str) -> None:
    changed = VALID[:at] + char + VALID[at + 1 :]
    assert (valid_uscc(changed) is not None) == (changed == VALID)


@pytest.mark.parametrize(
    "printed", ["1.0E+17", "9.1115E+17", "5.10222e+14", "911100006000373000", "123456789012345678.0"]
)
def test_a_code_damaged_by_a_spreadsheet_is_seen(printed: str) -> None:
    assert is_damaged(printed)
    assert valid_union_code(printed) is None


@pytest.mark.parametrize("printed", [VALID, "50010112345", "123456789012345", "", "2020"])
def test_a_sound_code_is_not_called_damaged(printed: str) -> None:
    assert not is_damaged(printed)


def test_a_union_code_is_told_by_its_shape_only() -> None:
    assert valid_union_code("5001 0112 345") == "50010112345"
    assert valid_union_code("00000000000") is None
    assert valid_union_code("无") is None
    assert valid_union_code("ABCDEFGHI") is None


def test_codes_decide_and_contradicting_codes_do_not() -> None:
    one = identity(VALID, "50010112345")
    assert one.verdict(identity(VALID, None)) == "same"
    assert one.verdict(identity(None, "50010112346")) == "different"
    assert one.verdict(identity(VALID, "50010112346")) == "unsure"
    assert one.verdict(identity("9.1E+17", None)) == "unsure"
    assert identity(None, None) == Identity()


@given(st.text(alphabet="临汐澄川机电 ", max_size=6), st.text(alphabet="临汐澄川机电 ", max_size=6))
def test_a_pair_has_one_key_in_either_order(one: str, other: str) -> None:
    assert pair_key(one, other) == pair_key(other, one)
    assert sorted(pair_key(one, other).split("\n")) == sorted((one, other))
