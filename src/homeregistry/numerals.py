"""Counts as people write them (1500余个, 1.5万多, 二十余家, 近百名, 1—2个), with the bounds that they state.

A count in a report is rarely a bare integer. This file reads one expression (number, words that
qualify it, measure word) into a `Quantity`; what is counted is for the caller to find out. The
bounds used everywhere in the registry:

    exact N         low = high = N           12个, 达12个, 仅12个, 共12个
    about N         low = high = N           约1500个, 1500个左右, 十来个
    more_than N     low = N + 1, high open   1500余, 1.5万多, 超过1500, 逾百
    at_least N      low = N, high open       1500个以上, 不少于1500, 上千
    fewer_than N    low open, high = N       近1000, 接近1000, 不到1000
    at_most N       low open, high = N       不超过5, 至多5
    range A to B    low = A, high = B        1—2, 一至两, 十几 (11 to 19), 两三

Words without any bound (数十, 若干, 几个) are no quantity. Chinese numerals are parsed here, since the
grammar below one hundred million is small and closed, and general parsers take 五一 for 51.
"""

import re
from dataclasses import dataclass
from typing import Final

from homeregistry.vocabulary import Qualifier

UNITS: Final = "个家名人位户所座处支项件块组间席"
"""Measure words that can count units, sub-units or persons."""

_ID_DIGITS: Final = 18
"""So many digits every engine holds as an integer."""

_WIDE = str.maketrans("０１２３４５６７８９，．～－–—―", "0123456789,.~----")
_DIGIT: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_STEP: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}
_MULTIPLIER: Final = _STEP | _LARGE

_LONGEST: Final = 24
"""Longer runs of digits are no counts, whatever they are."""

_ARABIC = r"\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_CHINESE = r"[〇零一二两三四五六七八九十百千万亿]+"
_LOOSE = "多|余|来|几"
_MIXED = r"\d{1,4}万\d{1,4}[千百]?(?![\d万.])"
_NUMBER = rf"(?:{_MIXED}|(?:{_ARABIC})(?:(?:{_LOOSE})?[百千万亿]+)?|{_CHINESE}(?:(?:多|余|来)[百千万亿])?)"
_BEFORE: Final[dict[str, Qualifier]] = {
    "不少于": "at_least", "不低于": "at_least", "至少": "at_least", "最少": "at_least",
    "不超过": "at_most", "不多于": "at_most", "不高于": "at_most", "至多": "at_most",
    "最多": "at_most", "不大于": "at_most", "上限": "at_most", "上": "at_least",
    "将近": "fewer_than", "接近": "fewer_than", "近": "fewer_than", "不到": "fewer_than",
    "不足": "fewer_than", "未满": "fewer_than", "少于": "fewer_than",
    "超过": "more_than", "突破": "more_than", "多于": "more_than", "大于": "more_than",
    "超": "more_than", "逾": "more_than", "过": "more_than", "破": "more_than",
    "大约有": "about", "约有": "about", "约为": "about", "大约": "about", "大概": "about",
    "约": "about", "超过了": "more_than", "突破了": "more_than", "不下": "at_least",
    "达到": "exact", "多达": "exact", "高达": "exact", "达": "exact",
    "仅有": "exact", "仅": "exact", "只有": "exact",
}  # fmt: skip
_AFTER: Final[dict[str, Qualifier]] = {
    "及以上": "at_least", "以上": "at_least", "左右": "about", "上下": "about",
    "以内": "at_most", "以下": "at_most", "之内": "at_most",
}  # fmt: skip
_WEAK_ALONE: Final = frozenset({"上", "过", "破"})
"""Qualify only a round word (上千, 过百): before a figure they are ordinary words (会上12人)."""

_QUANTITY = re.compile(
    rf"(?P<before>{'|'.join(sorted(_BEFORE, key=len, reverse=True))})?"
    rf"(?<![\d.数唯惟])(?P<first>{_NUMBER})(?P<loose>{_LOOSE})?"
    rf"(?:(?P<middle>[{UNITS}])?(?P<to>-{{1,3}}|~|至|到)(?P<second>{_NUMBER})(?P<loose2>{_LOOSE})?)?"
    rf"(?P<unit>[{UNITS}](?:次)?)?(?P<after>{'|'.join(_AFTER)})?"
)
_ADJACENT = re.compile(r"([一二两三四五六七八])([二三四五六七八九])([十百千万]?)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One stated count: bounds, qualifier, measure word, and its place in the text.

    `value` is the printed number (the lower end of a range), before the qualifier moves a bound.
    `number_start` is where the digits begin; `start` includes a qualifier in front (近, 不少于).
    `chinese` is true for a number written in characters, which needs its measure word to be a
    count: 五一, 一线 and 三个着力 show why.
    """

    value: int
    low: int | None
    high: int | None
    qualifier: Qualifier
    unit: str | None
    start: int
    number_start: int
    end: int
    chinese: bool


def whole_number(text: str) -> int | None:
    """The whole number that digits alone say (12, １２); None for ², ①, 1.5 and what no engine can hold.

    `isdigit` would let ² pass, and `int` stops at it.
    """
    return int(text) if text.isdecimal() and len(text) <= _ID_DIGITS else None


def read_chinese(text: str) -> int | None:
    """The integer that a Chinese numeral states (一千二百, 两万, 二〇二〇), or None."""
    if (
        not text
        or len(text) > _LONGEST
        or any(char not in _DIGIT and char not in _MULTIPLIER for char in text)
    ):
        return None
    if all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    total = section = digit = 0
    pending = False
    last_step = 10
    for char in text:
        if char in _DIGIT:
            if pending and digit:
                return None
            digit, pending = _DIGIT[char], True
            if digit == 0:
                pending, last_step = False, 10
        elif char in _STEP:
            section += (digit if pending else 1) * _STEP[char]
            digit, pending, last_step = 0, False, _STEP[char]
        else:
            total = (total + section + digit if total or section or digit else 1) * _LARGE[char]
            section = digit = 0
            pending, last_step = False, _LARGE[char]
    # 一百二 is 120, 一万五 is 15000: a last digit stands for the next lower place.
    return total + section + (digit * last_step // 10 if pending and last_step > 10 else digit)


def scan(text: str) -> list[Quantity]:
    """All stated counts of the text, left to right, without overlap; offsets are the text's own."""
    found = []
    flat = text.translate(_WIDE)
    at = 0
    while match := _QUANTITY.search(flat, at):
        quantity = _quantity(match)
        at = match.end() if quantity else match.start("first") + 1
        if quantity:
            at = quantity.end
            found.append(quantity)
    return found


def read(text: str) -> Quantity | None:
    """The count that a whole cell or phrase states (1500余个, １２, 近百名), or None."""
    flat = text.strip()
    if " " in flat and not re.fullmatch(r"\D*\d{1,3}( \d{3})+\D*", flat):
        flat = flat.replace(" ", "")
    found = scan(flat)
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(flat)) else None


def _quantity(match: re.Match[str]) -> Quantity | None:
    before, printed = match["before"], match["first"]
    chinese = printed[0] not in "0123456789"
    loose = match["loose"] or next((char for char in printed if char in "多余来几"), None)
    first = _integer(printed)
    if chinese and (pair := _ADJACENT.fullmatch(printed)):
        return _adjacent(match, pair)
    if first is None:
        return None
    if printed[0] in "百千万亿" and not loose and before is None:
        return None
    if before in _WEAK_ALONE and printed[0] not in "百千万":
        before = None
    start = match.start() if before else match.start("first")
    end = match.end("after") if match["after"] else match.end("unit" if match["unit"] else "first")
    if not match["unit"] and not match["after"]:
        end = max(match.end("loose"), match.end("loose2"), match.end("second"), match.end("first"))
    second = _integer(match["second"]) if match["second"] else None
    unit = match["unit"]
    if second is not None and second > first:
        bounds = _range(first, second, match["loose2"])
    elif match["second"]:
        # 12个到3家 is no range: only the first number is read here
        end = max(match.end("middle"), match.end("loose"), match.end("first"))
        unit = match["middle"]
        bounds = _bounds(first, _BEFORE.get(before or ""), loose, None)
    else:
        bounds = _bounds(first, _BEFORE.get(before or ""), loose, _AFTER.get(match["after"] or ""))
    low, high, qualifier = bounds
    return Quantity(first, low, high, qualifier, unit, start, match.start("first"), end, chinese)


def _bounds(
    value: int, before: Qualifier | None, loose: str | None, after: Qualifier | None
) -> tuple[int | None, int | None, Qualifier]:
    if loose == "几":
        step = 10 if value % 10 == 0 else 1
        return value + 1, value + step - 1, "range"
    if before == "about" or after == "about" or loose == "来":
        return value, value, "about"
    if loose in ("多", "余"):
        # 近1500余 says both below and above: only the rough size is certain
        if before == "fewer_than":
            return value, value, "about"
        return value + 1, None, "more_than"
    stated = before if before and before != "exact" else after or "exact"
    if stated == "more_than":
        return value + 1, None, stated
    if stated == "at_least":
        return value, None, stated
    if stated in ("fewer_than", "at_most"):
        return None, value, stated
    return value, value, "exact"


def _range(first: int, second: int, loose: str | None) -> tuple[int | None, int | None, Qualifier]:
    if loose in ("多", "余"):
        return first, None, "at_least"
    return first, second, "range"


def _adjacent(match: re.Match[str], pair: re.Match[str]) -> Quantity | None:
    """两三个 is two to three, 三四十家 thirty to forty; 一三 or 二八 is no count."""
    first, second = _DIGIT[pair[1]], _DIGIT[pair[2]]
    if second != first + 1 or not match["unit"]:
        return None
    step = _MULTIPLIER.get(pair[3], 1)
    return Quantity(
        first * step, first * step, second * step, "range", match["unit"],
        match.start("first"), match.start("first"), match.end("unit"), True,
    )  # fmt: skip


def _integer(printed: str) -> int | None:
    """1.5万, 1,234, 10余万, 三百八十, 百: the number without its qualifying words, if it is whole."""
    bare = re.sub(r"[多余来几 ,\u00a0\u2009\u202f]", "", printed)
    if len(bare) > _LONGEST:
        return None
    if mixed := re.fullmatch(r"(\d+)万(\d+)([千百]?)", bare):
        return int(mixed[1]) * 10_000 + int(mixed[2]) * _MULTIPLIER.get(mixed[3], 1)
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([百千万亿]{0,4})", bare)
    if match is None:
        return read_chinese(bare)
    scale = 1
    for char in match[2]:
        scale *= _MULTIPLIER[char]
    whole, _, fraction = match[1].partition(".")
    if len(fraction) > 8 or len(whole) > 15:
        return None
    numerator = int(whole + fraction) * scale
    quotient, rest = divmod(numerator, 10 ** len(fraction))
    return quotient if rest == 0 else None
