"""Numerals: what a printed count bounds, and what is no count at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.numerals import read, read_chinese, scan, whole_number


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("1500余个", 1501, None, "more_than"),
        ("1.5万多", 15001, None, "more_than"),
        ("1.2万余名", 12001, None, "more_than"),
        ("10余万", 100001, None, "more_than"),
        ("百余名", 101, None, "more_than"),
        ("逾百家", 101, None, "more_than"),
        ("超过1000个", 1001, None, "more_than"),
        ("突破1.2万名", 12001, None, "more_than"),
        ("二十余家", 21, None, "more_than"),
        ("两百多家", 201, None, "more_than"),
        ("上千家", 1000, None, "at_least"),
        ("不少于60个", 60, None, "at_least"),
        ("1500个以上", 1500, None, "at_least"),
        ("近百名", None, 100, "fewer_than"),
        ("接近1000个", None, 1000, "fewer_than"),
        ("不超过3个", None, 3, "at_most"),
        ("至多2名", None, 2, "at_most"),
        ("约300个", 300, 300, "about"),
        ("约有900个", 900, 900, "about"),
        ("300个左右", 300, 300, "about"),
        ("十来个", 10, 10, "about"),
        ("近1500余", 1500, 1500, "about"),
        ("1—2个", 1, 2, "range"),
        ("1~2", 1, 2, "range"),
        ("一至两个", 1, 2, "range"),
        ("2至3个", 2, 3, "range"),
        ("5个至8个", 5, 8, "range"),
        ("十几个", 11, 19, "range"),
        ("两三个", 2, 3, "range"),
        ("1,234", 1234, 1234, "exact"),
        ("1 234个", 1234, 1234, "exact"),
        ("１，２３４个", 1234, 1234, "exact"),
        ("１２３", 123, 123, "exact"),
        ("四家", 4, 4, "exact"),
        ("两千", 2000, 2000, "exact"),
        ("一千二百", 1200, 1200, "exact"),
        ("一万五", 15000, 15000, "exact"),
        ("2万3千", 23000, 23000, "exact"),
        ("一百零五", 105, 105, "exact"),
        ("三百八十", 380, 380, "exact"),
        ("达28个", 28, 28, "exact"),
        ("仅12家", 12, 12, "exact"),
        ("0个", 0, 0, "exact"),
    ],
)
def test_a_count_states_its_bounds(text: str, low: int | None, high: int | None, qualifier: str) -> None:
    quantity = read(text)
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize("text", ["", "—", "/", "数十家", "若干", "几个", "3.5个", "百", "模范", "12家3个"])
def test_what_has_no_bound_or_no_single_count_is_not_read(text: str) -> None:
    assert read(text) is None


def test_words_that_hold_numerals_are_left_to_the_caller_as_unitless() -> None:
    assert all(q.unit is None for q in scan("五一劳动奖章"))


def test_a_number_after_another_with_its_own_unit_is_no_range() -> None:
    assert [(q.low, q.unit) for q in scan("从12个到3家")] == [(12, "个"), (3, "家")]


def _chinese(number: int) -> str:
    """A plain writer of Chinese numerals below one hundred million, for the test alone."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return _chinese(high) + "万" + (zero + _chinese(low) if low else "")
    parts, pending = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            parts += ("零" if pending and parts else "") + digits[digit] + name
            pending = False
        else:
            pending = True
    return parts or "零"


@given(st.integers(0, 99_999_999))
def test_every_integer_written_in_characters_reads_back(number: int) -> None:
    assert read_chinese(_chinese(number)) == number


@given(st.integers(0, 99_999_999), st.sampled_from(["", "个", "余个", "多家", "名以上"]))
def test_every_arabic_count_reads_back(number: int, tail: str) -> None:
    quantity = read(f"{number}{tail}")
    assert quantity is not None
    assert quantity.value == number


@given(st.text(alphabet="0123456789一二十百千万亿余多近约个家名至—-, .零〇两几来上以", max_size=24))
def test_spans_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    at = 0
    for quantity in scan(text):
        assert at <= quantity.start <= quantity.number_start < quantity.end <= len(text)
        at = quantity.end


def test_a_page_of_digits_is_no_number() -> None:
    assert read("9" * 9000) is None
    assert read_chinese("九" * 9000) is None


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("１２", 12), ("007", 7)])
def test_digits_alone_are_a_whole_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["²", "3²", "①", "½", "", "1.5", "-1", " 1", "9" * 19, "9" * 5000])
def test_trap_a_digit_that_int_does_not_read_is_no_number(text: str) -> None:
    assert whole_number(text) is None
