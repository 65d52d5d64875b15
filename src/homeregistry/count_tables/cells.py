"""One cell of a table of counts: a count with its bounds, a mark for "not reported", or neither.

A blank, a dash and a stroke all mean that nothing was reported; only a printed 0 (or 无) is zero.
What cannot be read is said so: a percentage or `12(3)` in a column of counts is somebody's meaning
that must not be guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from homeregistry import numerals
from homeregistry.grid import CellValue
from homeregistry.text import clean, squeeze
from homeregistry.vocabulary import Qualifier

_MARKERS: Final = "*＊※△▲★☆†‡#①②③④⑤⑥⑦⑧⑨⑩"
_FOOTNOTE = re.compile(
    rf"^[{_MARKERS}]+|[{_MARKERS}]+$|[(（\[〔【]注\s*[\d一二三四五六七八九{_MARKERS}]?\s*[)）\]〕】]$|[\[〔【]\d[\]〕】]$|注\d?$"
)
_NOT_REPORTED: Final = frozenset(
    {
        "-", "--", "---", "—", "——", "———", "–", "―", "－", "－－", "─", "/", "//", "\\", "／", "...", "…",
        "……", "未报", "未上报", "未统计", "不详", "暂缺", "缺", "无数据", "待报", "待统计", "空",
        "n/a", "na", "null",
    }
)  # fmt: skip
_SIGNS: Final = (
    ("≥", "不少于"), (">=", "不少于"), ("≤", "不超过"), ("<=", "不超过"),
    (">", "超过"), ("<", "不足"), ("≈", "约"), ("~", "约"),
)  # fmt: skip
_SCALED = re.compile(r"(?P<before>[^\d.,]*)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<after>[^\d.,万亿]*)")
SCALES: Final = {"千": 1_000, "万": 10_000}
"""What a table may count in, as printed (单位:万个)."""
_UNITS: Final = {scale: unit for unit, scale in SCALES.items()}
_LARGEST: Final = 10**12


@dataclass(frozen=True, slots=True)
class CountValue:
    """A count that a cell states; `value` is the printed number before a qualifier moves a bound.

    `slack` is how far the number may be off for having been rounded to the table's unit (万).
    """

    stated: str
    value: int
    low: int | None
    high: int | None
    qualifier: Qualifier
    slack: int = 0


@dataclass(frozen=True, slots=True)
class NotReported:
    """A blank cell or one with a mark for it; `mark` is what is printed, empty for a blank."""

    mark: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds something else than a count."""

    raw: str


def shown(value: CellValue) -> str:
    """The cell as a person sees it: 35.0 is 35, a date its day, text without control characters."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
        return str(int(value))
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)


def read_count(value: CellValue, scale: int = 1) -> CountValue | NotReported | Unread:
    """The count in a cell; `scale` is the table's unit (1, or one of `SCALES`)."""
    if type(value) is int and scale == 1 and 0 <= value < _LARGEST:
        return CountValue(str(value), value, value, value, "exact")
    text = shown(value)
    if isinstance(value, bool | date):
        return Unread(text)
    if isinstance(value, int | float):
        return _number(value, text, scale)
    flat = squeeze(text)
    if not flat or flat.lower() in _NOT_REPORTED:
        return NotReported(flat)
    if flat in ("无", "零"):
        return CountValue(text, 0, 0, 0, "exact")
    bare = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", flat))
    if bare.lower() in _NOT_REPORTED or not bare:
        return NotReported(flat)
    for sign, words in _SIGNS:
        if bare.startswith(sign):
            bare = words + bare[len(sign) :]
            break
    if bare.endswith("+"):
        bare = bare[:-1] + "以上"
    slack = 0
    if scale > 1 and (match := _SCALED.fullmatch(bare)):
        bare = f"{match['before']}{match['number']}{_UNITS[scale]}{match['after']}"
        slack = _slack(match["number"], scale)
    quantity = numerals.read(bare)
    if quantity is None:
        if re.fullmatch(r"0+", bare):
            return CountValue(text, 0, 0, 0, "exact")
        return Unread(text)
    return CountValue(
        _with_unit(text, scale), quantity.value, quantity.low, quantity.high, quantity.qualifier, slack
    )


def _number(value: int | float, text: str, scale: int) -> CountValue | Unread:
    count = value * scale
    whole = round(count) if abs(count) < _LARGEST else -1
    if whole < 0 or abs(count - whole) > 1e-6 * scale:
        return Unread(text)
    slack = _slack(text, scale) if scale > 1 else 0
    return CountValue(_with_unit(text, scale), whole, whole, whole, "exact", slack)


def _slack(number: str, scale: int) -> int:
    """Half a unit of the last printed place: 1.5 in 万 is 14,500 to 15,500."""
    decimals = len(number.partition(".")[2])
    return int(scale // (2 * 10 ** min(decimals, 8)))


def _with_unit(text: str, scale: int) -> str:
    """Without its unit a stated 1.5 would be misquoted."""
    return f"{text}(单位:{_UNITS[scale]})" if scale > 1 else text
