"""Identity numbers and telephone numbers, found by what they are, so that they are never stored.

Officers' sheets carry them in columns with and without a header, and inside other cells. The number
is recognised by its make (province prefix, date of birth, check digit), also where a spreadsheet
program turned its last three digits into zeros or somebody mistyped the check digit: a wrong
identity number still names a person. A credit code (统一社会信用代码) of 18 digits is not one.
"""

import re
from datetime import date
from typing import Final

from stdnum.cn import ric, uscc

_PROVINCES: Final = frozenset(
    [
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64"),
        *("65", "71", "81", "82", "83"),
    ]
)

PERSONAL_HINT: Final = re.compile(r"[0-9０-９][0-9０-９ —－-]{6}")
"""Finds every cell (or row of cells joined by bars) that could hold a personal number.

Searching is one call for a whole row; only where it matches are the cells looked at one by one.
"""

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-8][0-9]{5}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
_OLD_IDENTITY = re.compile(r"[1-8]\d{5}(\d\d)(\d\d)(\d\d)\d{3}")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+|00)?86[- ]?)?1[3-9][0-9]([- ]?)[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z])"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])\(?0[0-9]{2,3}(?:[-—)]|\)-)[0-9]{7,8}(?:[-转][0-9]{1,6})?(?![0-9A-Za-z])"
)
_LEFT_OVER = re.compile(
    r"(?:(?:联系|监督|咨询|举报|投诉|受理|服务|值班|办公室?)?(?:电话|传真)(?:号码)?|手机(?:号码?)?|(?:公民)?身份证(?:号码?)?|"
    r"证件号码?|联系方式|TEL|Tel|tel)?\s*[:：]?\s*\uE000"
)
"""A number taken out, with the label in front of it: what is left of 监督电话：0000-0000000 is nobody."""
_EMPTY_BRACKETS = re.compile(r"[(（\[【]\s*[,，、;；]*\s*[)）\]】]")
_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X", ord("－"): "-"}
_MARK: Final = "\ue000"


def is_identity_number(text: str) -> bool:
    """Whether the whole text is an identity number of 18 characters.

    True for one whose check digit is wrong or whose last three digits a spreadsheet program turned
    into zeros, as long as province and date of birth are possible; False for a valid credit code.
    """
    number = text.translate(_WIDE).replace(" ", "").replace("-", "").upper()
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    if number[17] not in "0123456789X" or number[:2] not in _PROVINCES:
        return False
    if not _possible_birth(number[6:10], number[10:12], number[12:14]):
        return False
    return number[17] == ric.calc_check_digit(number) or not uscc.is_valid(number)


def is_old_identity_number(text: str) -> bool:
    """Whether the text may be an identity number of 15 digits (issued until 1999).

    Without a check digit this is a hint only: it decides about a column, never about one cell.
    """
    match = _OLD_IDENTITY.fullmatch(text.translate(_WIDE).strip())
    if match is None or match[0][:2] not in _PROVINCES:
        return False
    return _possible_birth("19" + match[1], match[2], match[3])


def is_phone(text: str) -> bool:
    """Whether the whole text is a mobile number, or a fixed line with its area code."""
    number = text.translate(_WIDE).strip()
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number))


def without_personal(text: str) -> tuple[str, int]:
    """The text without identity and telephone numbers, and how many were taken out.

    Emptied brackets and the label in front (电话：) go with the number: 林汐（13800000000） is 林汐.
    """
    if not PERSONAL_HINT.search(text):
        return text, 0
    plain = text.translate(_WIDE)
    taken = 0

    def take_identity(match: re.Match[str]) -> str:
        nonlocal taken
        if not is_identity_number(match[0]):
            return match[0]
        taken += 1
        return _MARK

    def take_phone(match: re.Match[str]) -> str:
        nonlocal taken
        taken += 1
        return _MARK

    plain = _IDENTITY.sub(take_identity, plain)
    plain = _LANDLINE.sub(take_phone, _MOBILE.sub(take_phone, plain))
    if not taken:
        return text, 0
    plain = _EMPTY_BRACKETS.sub("", _LEFT_OVER.sub("", plain))
    return plain.strip(" ,，、;；/"), taken


def _possible_birth(year: str, month: str, day: str) -> bool:
    if not "1900" <= year <= "2099":
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
