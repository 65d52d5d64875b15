"""Years and dates are read as printed and never repaired."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.years import PartialDate, YearSpan, find_dates, find_years, read_date, read_year


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        (2020, 2020, 2020),
        (2020.0, 2020, 2020),
        ("2020.0", 2020, 2020),
        ("2020年度", 2020, 2020),
        (" 2020 年 ", 2020, 2020),
        ("２０２０年", 2020, 2020),
        ("2017—2019年度", 2017, 2019),
        ("2017——2019年度", 2017, 2019),
        ("2017-2019", 2017, 2019),
        ("2017年至2019年", 2017, 2019),
        ("2017-19年度", 2017, 2019),
        ("二〇二〇年", 2020, 2020),
        ("二OO七年", 2007, 2007),
        ("二○○七年", 2007, 2007),
        ("二零一八", 2018, 2018),
        ("二O一三年", 2013, 2013),
        ("一九八三年", 1983, 1983),
        (date(2018, 11, 20), 2018, 2018),
        (datetime(2018, 11, 20, 8), 2018, 2018),
        ("2018年11月20日", 2018, 2018),
    ],
)
def test_a_stated_year_is_read_in_every_spelling(value: object, first: int, last: int) -> None:
    assert read_year(value) == YearSpan(first, last)


@pytest.mark.parametrize(
    "value",
    [None, "", True, 43424, 43424.0, 2020.5, "98年", "20年", "2019-2017", "2017、2018年", "第3批", time(8)],
)
def test_what_is_no_year_is_not_guessed(value: object) -> None:
    assert read_year(value) is None


def test_the_year_of_a_date_or_a_document_number_is_no_stated_year() -> None:
    assert find_years("总工发〔2018〕29号,2018年11月20日") == []
    assert find_years("2018个单位") == []


@pytest.mark.parametrize("damaged", ["2018年711日", "20155月", "711日", "2018年2月30日", "2018.1"])
def test_a_date_that_lost_characters_is_none(damaged: str) -> None:
    assert read_date(damaged) is None
    assert find_dates(f"于{damaged}印发") == []
    assert find_years(f"于{damaged}印发") == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2018年11月20日", "2018-11-20"),
        ("二〇一八年十一月二十日", "2018-11-20"),
        ("二〇一八年十一月", "2018-11"),
        ("2018.11.20", "2018-11-20"),
        ("2018/1/2", "2018-01-02"),
        ("2018.11", "2018-11"),
        ("2018-11-20 00:00:00", "2018-11-20"),
        (20181120, "2018-11-20"),
        (date(2018, 11, 20), "2018-11-20"),
        ("2018", "2018"),
        ("2018年", "2018"),
    ],
)
def test_a_date_keeps_the_precision_of_its_source(value: object, text: str) -> None:
    read = read_date(value)
    assert read is not None
    assert str(read) == text


def test_a_month_is_an_interval() -> None:
    month = PartialDate(2020, 2)
    assert month.precision == "month"
    assert (month.first_day, month.last_day) == (date(2020, 2, 1), date(2020, 2, 29))


def test_a_year_in_a_title_is_found_with_its_place() -> None:
    text = "关于命名表彰2017—2019年度模范职工之家的决定"
    (span, start, end) = find_years(text)[0]
    assert (span, text[start:end]) == (YearSpan(2017, 2019), "2017—2019年度")
    assert find_years("2018全国模范职工之家名单")[0][0] == YearSpan(2018, 2018)


@given(st.dates(date(1983, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_from_its_own_text(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y%m%d}"):
        read = read_date(text)
        assert read is not None
        assert (read.first_day, read.last_day) == (day, day)


@given(st.text(max_size=20))
def test_any_text_ends_in_a_value_or_none(text: str) -> None:
    read_year(text)
    read_date(text)
    for _, start, end in find_years(text) + find_dates(text):
        assert 0 <= start < end <= len(text)
