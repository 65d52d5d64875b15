"""What decides who a recipient is before names do: valid codes; and how a person's decision is kept.

The check digits of a unified social credit code catch misprints. The union statistics code has no
published check; only its shape is tested (unverified: 8 to 20 digits or capital letters).
"""

import re
from dataclasses import dataclass
from operator import mul
from typing import Final, Literal

from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import ValidationError

from homeregistry import text

Decision = Literal["same", "different", "unsure"]
DECISIONS: Final[tuple[Decision, ...]] = ("same", "different", "unsure")

_DAMAGED: Final = re.compile(r"[+-]?\d(?:\.\d+)?e\+?\d{1,3}|[+-]?\d{15,}(?:\.0+)")
_ROUNDED: Final = re.compile(r"\d{15}0{2,}\d?")
_is_credit_code: Final = re.compile("[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}").fullmatch
_USCC_VALUES: Final = {char: value for value, char in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_USCC_WEIGHTS: Final = (*(pow(3, place, 31) for place in range(17)), 1)
_UNION_CODE: Final = re.compile("[0-9A-Z]{8,20}")


@dataclass(frozen=True, slots=True)
class Identity:
    """The valid codes of a recipient, normalised; None where absent or invalid."""

    uscc: str | None = None
    union_code: str | None = None

    def verdict(self, other: "Identity") -> Decision:
        """What the codes say of two recipients; the credit code goes before the union code.

        `unsure` where they share no kind of code, and where the two codes contradict each other:
        a unit and its union may each be entered under the other's credit code.
        """
        verdicts = {
            "same" if mine == theirs else "different"
            for mine, theirs in ((self.uscc, other.uscc), (self.union_code, other.union_code))
            if mine and theirs
        }
        if verdicts == {"same"}:
            return "same"
        return "different" if verdicts == {"different"} else "unsure"


def identity(uscc: str | None, union_code: str | None) -> Identity:
    """The codes as printed, read; what is not valid decides nothing."""
    return Identity(valid_uscc(uscc) if uscc else None, valid_union_code(union_code) if union_code else None)


def valid_uscc(printed: str) -> str | None:
    """The 18 characters of a credit code whose check digit is right, or None.

    Spaces, dashes and full width are forgiven. The letters I O Z S V are never part of one, and
    are not taken for 1 0 2 5: that would be a guess.
    """
    if _checks(printed):
        return printed
    compact = text.key(printed).replace("-", "").upper()
    if len(compact) != 18 or not compact.isascii():
        return None
    try:
        return str(stdnum_uscc.validate(compact))
    except ValidationError:
        return None


def _checks(printed: str) -> bool:
    """Whether these are 18 characters as the standard prints them, with the right check digit.

    GB 32100-2015. Most codes of a list are, and stdnum takes twenty times as long to say so.
    """
    if not _is_credit_code(printed):
        return False
    total: int = sum(map(mul, map(_USCC_VALUES.__getitem__, printed), _USCC_WEIGHTS))
    return total % 31 == 0


def valid_union_code(printed: str) -> str | None:
    """The union statistics code in capitals without spaces, or None where it has another shape."""
    compact = text.key(printed).replace("-", "").upper()
    if not _UNION_CODE.fullmatch(compact) or not any(char.isdigit() for char in compact):
        return None
    return None if set(compact) == {"0"} or is_damaged(printed) else compact


def is_damaged(printed: str) -> bool:
    """Whether a spreadsheet program has turned a long code into a number (1.0E+17, …000.0).

    Spreadsheets keep 15 digits: a longer run of digits that ends in zeros only has lost the rest.
    """
    compact = text.key(printed)
    return bool(_DAMAGED.fullmatch(compact) or _ROUNDED.fullmatch(compact))


def pair_key(a_key: str, b_key: str) -> str:
    """One key for an unordered pair of recipient keys, under which a decision is remembered.

    Keys hold no line feed, so two pairs never share one.
    """
    first, second = sorted((a_key, b_key))
    return f"{first}\n{second}"
