"""Years and dates as officers print them, read without guessing.

A round's stated year may be several years (2017—2019年度 is one round), a date may be just a year
or a month, and old pages write years in Chinese digits with the letter O for zero (二OO七年). What
has lost characters (711日, 20155月) is not repaired: it reads as None and stays with its row for a
person.

Two-digit years (98年, 08年) are not read: 九八年 may be a year, a duration or a class of school
leavers, and the century is the writer's. 1983 to today is checked by the importer, not here.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from homeregistry.grid import CellValue
from homeregistry.stated_years import LAST_YEAR, years_said
from homeregistry.text import squeeze

EARLIEST: Final = 1900

_ZEROS: Final = "〇○OoＯｏОо零◯Ｏ"
_DIGITS: Final = {
    ord(char): value
    for chars, value in (
        *((zero, "0") for zero in _ZEROS),
        *(zip("０１２３４５６７８９", "0123456789", strict=True)),
        *(zip("一二三四五六七八九", "123456789", strict=True)),
    )
    for char in chars
}
_NUMERIC = "0-9０-９"
_HAN_DIGIT = "一二三四五六七八九"
# Arabic years have Arabic zeros; a Chinese year may carry any zero in use (二OO七, 二00七).
_YEAR: Final = rf"(?:[12１２][{_NUMERIC}]{{3}}|[一二][{_HAN_DIGIT}{_ZEROS}0０]{{3}})"
YEAR_TOKEN: Final = _YEAR
"""A four-digit year without its 年, in Arabic or Chinese digits (the source of a pattern)."""

_DASH: Final = r"[-—–―−－─~～〜至到]+"
_SUFFIX: Final = r"(?:年度|年)"
_SMALL: Final = rf"(?:[{_NUMERIC}]{{1,2}}|[二三]?十[{_HAN_DIGIT}]?|[{_HAN_DIGIT}])"
_COUNTERS: Final = "个家名人位项件次户所支元万亿余多号条页字℃%％级届"

_SPAN = re.compile(
    rf"(?P<first>{_YEAR}){_SUFFIX}?(?:{_DASH}(?:(?P<last>{_YEAR}){_SUFFIX}?|(?P<short>[{_NUMERIC}]{{2}}){_SUFFIX}))?"
)
_IN_TEXT = re.compile(
    rf"(?<![{_NUMERIC}.．])(?P<first>{_YEAR})(?:"
    rf"\s*{_SUFFIX}?\s*{_DASH}\s*(?:(?P<last>{_YEAR})\s*{_SUFFIX}|(?P<short>[{_NUMERIC}]{{2}})\s*{_SUFFIX})"
    rf"|\s*{_SUFFIX}"
    rf")(?!\s*{_SMALL}\s*月|\s*[{_NUMERIC}]+\s*[月日]|\s*[)）〕】\]］]\s*第?\s*[{_NUMERIC}]+\s*号)"
)
_BARE = re.compile(
    rf"^\s*(?P<first>{_YEAR})(?:\s*{_DASH}\s*(?P<last>{_YEAR}))?(?=\s*[\u3400-\u9fff])"
    rf"(?!\s*[年月日至到{_COUNTERS}{_HAN_DIGIT}])"
)
_HAN_DATE = re.compile(
    rf"(?<![{_NUMERIC}])(?P<year>{_YEAR})\s*年\s*(?:(?P<month>{_SMALL})\s*月\s*(?:份|(?P<day>{_SMALL})\s*[日号])?)"
    rf"(?![{_NUMERIC}日号])"
)
_POINT_DATE = re.compile(
    rf"(?<![{_NUMERIC}.．])(?P<year>{_YEAR})(?P<sep>[-./．／－])(?P<month>[{_NUMERIC}]{{1,2}})"
    rf"(?P=sep)(?P<day>[{_NUMERIC}]{{1,2}})(?![{_NUMERIC}.．])"
)
_POINT_MONTH = re.compile(rf"(?P<year>{_YEAR})[-./．／－](?P<month>[{_NUMERIC}]{{1,2}})")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_TIME_TAIL = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_YEAR_FLOAT = re.compile(r"\d{4}\.0+")

Precision = Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True, order=True)
class YearSpan:
    """The stated year or years of one round; `first` equals `last` for a single year."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a span of years runs backwards: {self.first}-{self.last}")

    def __str__(self) -> str:
        return years_said(self.first, self.last)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as its source: a year, a month or a day. As an interval it is
    `first_day` to `last_day`; there is no order between dates that overlap.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day without its month is no date")
        date(self.year, self.month or 1, self.day or 1)

    @property
    def precision(self) -> Precision:
        """How much of the date the source states."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def read_year(value: CellValue) -> YearSpan | None:
    """The stated year of a cell: 2020, '2020年度', '2020.0', '2017—2019年度', '二OO七年', a date.

    None where the value is no year; a number such as 43424 is a date only where the file says that
    the cell is one (the reader then gives a `date`), so it is not taken for a serial.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, date):
        return _span(value.year, value.year)
    if isinstance(value, int):
        return _span(value, value)
    if isinstance(value, float):
        return _span(int(value), int(value)) if value.is_integer() else None
    if not isinstance(value, str):
        return None
    text = squeeze(value)
    if _YEAR_FLOAT.fullmatch(text):
        return _span(int(text[:4]), int(text[:4]))
    match = _SPAN.fullmatch(text)
    if match:
        return _match_span(match)
    day = read_date(value)
    return _span(day.year, day.year) if day else None


def find_years(text: str) -> list[tuple[YearSpan, int, int]]:
    """The stated years in running text, with their places [start:end].

    A year needs its 年 or 年度, or stands at the very beginning (2018全国模范职工之家). The year
    of a date (2018年11月) and of a document number (〔2018〕29号) is not a stated year.
    """
    found = []
    bare = _BARE.match(text)
    if bare:
        span = _match_span(bare)
        if span:
            found.append((span, bare.start("first"), bare.end()))
    for match in _IN_TEXT.finditer(text):
        span = _match_span(match)
        if span and not (found and match.start() < found[-1][2]):
            found.append((span, match.start(), match.end()))
    return found


def read_date(value: CellValue) -> PartialDate | None:
    """A date of any precision: a date cell, '2018年11月20日', '二〇一八年十一月', 20181120.

    None for what has lost characters. '2018.1' is None too: a spreadsheet writes 2018.10 that way.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime | date):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, int | float):
        value = str(value)
    if not isinstance(value, str):
        return None
    text = squeeze(_TIME_TAIL.sub("", value.strip()))
    if _YEAR_FLOAT.fullmatch(text):
        text = text[:4]
    for pattern in (_HAN_DATE, _POINT_DATE, _COMPACT):
        match = pattern.fullmatch(text)
        if match:
            return _match_date(match)
    match = _POINT_MONTH.fullmatch(text)
    if match:
        return None if text.endswith((".1", "．1")) else _match_date(match)
    match = _SPAN.fullmatch(text)
    if match and match["last"] is None and match["short"] is None and not text.endswith("年度"):
        span = _match_span(match)
        return PartialDate(span.first) if span else None
    return None


def find_dates(text: str) -> list[tuple[PartialDate, int, int]]:
    """The dates in running text that state at least a month, with their places [start:end]."""
    found = []
    for pattern in (_HAN_DATE, _POINT_DATE):
        for match in pattern.finditer(text):
            day = _match_date(match)
            if day:
                found.append((day, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def _span(first: int, last: int) -> YearSpan | None:
    if EARLIEST <= first <= last <= LAST_YEAR:
        return YearSpan(first, last)
    return None


def _match_span(match: re.Match[str]) -> YearSpan | None:
    parts = match.groupdict()
    first = _number(parts["first"])
    last = first
    if parts["last"]:
        last = _number(parts["last"])
    elif parts.get("short"):
        last = first // 100 * 100 + _number(parts["short"])
        if last <= first:
            return None
    return _span(first, last)


def _match_date(match: re.Match[str]) -> PartialDate | None:
    parts = match.groupdict()
    year = _number(parts["year"])
    if not EARLIEST <= year <= LAST_YEAR:
        return None
    month = _number(parts["month"])
    day = _number(parts["day"]) if parts.get("day") else None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Digits of any script read by place, and the tens of months and days (十一, 二十, 三十一)."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)
    return int(text.translate(_DIGITS))
