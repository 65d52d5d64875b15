"""Cells as text: what a person sees in them, and which of them hold marks, counts or damaged numbers.

A number that a spreadsheet program has cut to 15 digits cannot be mended here; it is shown as
damaged. A personal number keeps its digits just long enough to be recognised and dropped.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from homeregistry.grid import CellValue
from homeregistry.numerals import read as read_quantity
from homeregistry.personal import is_identity_number
from homeregistry.text import clean, count_control, has_cjk

SAFE_INTEGER: Final = 10**15
"""From here on a spreadsheet number may have lost its last digits (15 are kept)."""

DAMAGED: Final = re.compile(r"[-+]?\d(?:\.\d+)?[Ee]\+\d{2,}")
_LINES = re.compile(r"[ \t\u3000\xa0]*[\r\n\v\f\u2028\u2029]+[ \t\u3000\xa0]*")
_UNIT_ENDS: Final = (
    *("工会", "委员会", "公司", "分会", "小组", "学校", "医院", "中心", "支行", "支局"),
    *("分局", "大学", "小学", "中学", "联合会"),
)
_ONLY_UNION: Final = re.compile("(?:基层|机关|联合|工作)?(?:工会|委员会|分工会|分会|小组|联合会|工作委员会)+")
_UNION: Final = re.compile("(?<!联合)(?:工会(?:委员会)?|分会|工会小组)$")
_NOTHING: Final = frozenset(
    ["", "-", "--", "—", "——", "－", "/", "／", "\\", "无", "×", "✗", "✘", "否", "0", "no", "No", "N"]
)
_COUNT = re.compile(r"(?:\d[\d,]*|\d+\.0+|\d+(?:\.\d+)?万?[余多]?)[个家名人户]?")


def printed(value: CellValue) -> str:
    """A cell as text: 2020.0 is 2020, dates are ISO, a number of more than 15 digits is damaged."""
    if type(value) is int and -SAFE_INTEGER < value < SAFE_INTEGER:
        return str(value)
    if type(value) is float and -SAFE_INTEGER < value < SAFE_INTEGER and value.is_integer():
        return str(int(value))
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return _long_number(value)
    if isinstance(value, float):
        return _long_number(value) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _long_number(value: int | float) -> str:
    mantissa, _, exponent = f"{float(value):.14e}".partition("e")
    kept = mantissa.replace(".", "") + "0" * max(int(exponent) - 14, 0)
    if is_identity_number(kept):
        return kept
    return str(value) if isinstance(value, int) and value % 1000 else f"{float(value):.6G}"


def tidy(text: str) -> tuple[str, int]:
    """Text on one line, fit to be stored, and how many characters had to be left out."""
    if text.isascii() and text.isprintable():
        return text.strip(), 0
    lost = count_control(text)
    text = clean(text)
    if "\n" in text or "\r" in text or "\v" in text or "\f" in text:
        text = _LINES.sub("" if has_cjk(text) else " ", text)
    return text.strip(), lost


def is_several_names(text: str) -> bool:
    """Whether one cell holds several whole names, one to a line."""
    lines = [line.strip() for line in _LINES.split(text) if line.strip()]
    return len(lines) > 1 and all(_is_unit(line) for line in lines)


def is_row_of_names(text: str) -> bool:
    """Whether one cell holds several unions (甲厂工会、乙厂工会); 甲厂、乙厂联合工会 is one."""
    pieces = [piece.strip() for piece in re.split("[、；;]", text) if piece.strip()]
    return len(pieces) > 1 and all(_UNION.search(piece) and _is_unit(piece) for piece in pieces)


def _is_unit(text: str) -> bool:
    """Whether the text ends as units do and is not just the end of a name (工会委员会)."""
    return text.endswith(_UNIT_ENDS) and len(text) > 3 and not _ONLY_UNION.fullmatch(text)


def is_nothing(text: str) -> bool:
    """Whether a cell of a tick column says no: blank, 无, ×, a dash."""
    return text in _NOTHING


def is_count(text: str) -> bool:
    """Whether a cell reads as a count, an approximate one included (12, 1500余, 12个)."""
    if text.isdigit():
        return len(text) < 8
    return bool(_COUNT.fullmatch(text)) or (len(text) < 12 and read_quantity(text) is not None)


def as_integer(text: str) -> int | None:
    """The whole number that a serial or total cell holds: 12, 12.0, 12、, (12), ①, 12个."""
    if text.isdigit() and text.isascii():
        return int(text) if len(text) < 10 else None
    stripped = text.strip(" .,、．)(（）个家名人户位:：")
    if stripped.endswith(".0"):
        stripped = stripped[:-2]
    if stripped.isdecimal() and len(stripped) < 10:
        return int(stripped)
    if len(stripped) == 1 and "①" <= stripped <= "⑳":
        return ord(stripped) - ord("①") + 1
    digits = stripped.replace(",", "").replace("，", "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def texts_of(cells: Sequence[CellValue]) -> list[str]:
    """A whole row as tidy text; for rows that are looked at closely, not for the fast road."""
    return [tidy(printed(cell))[0] for cell in cells]
