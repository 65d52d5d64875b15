"""Text as it comes in and as it is compared: cleaning at the door, one key for equal spellings.

Stored text is NFC and free of control characters (PostgreSQL refuses NUL, both drivers refuse lone
surrogates); keys are NFKC, without spaces, with brackets and dashes in one form.
"""

import re
import unicodedata
from typing import Final

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u200b-\u200f\u2028-\u202e\u2060]"
)
_PICTOGRAPH = "[\U0001f000-\U0001faff\u2600-\u2604\u2705\u2714\u2728\u2b50\u25b6\ufe0f\u200d]"
_PICTURED = re.compile(rf"^\s*(?:{_PICTOGRAPH}\s*)+|(?:\s*{_PICTOGRAPH})+\s*$")
MARKS: Final = "★☆■□◆◇●○◎◉▲△▼▽▪▫►▷➤➢→☞❖✦✧✪♦※*#·•"
"""What stands before a name or a heading of a list in place of a number."""
_SPACES = re.compile(r"\s+")
_FOLD = str.maketrans(
    {
        "【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "{": "(", "}": ")",
        "〈": "<", "〉": ">", "《": "<", "》": ">",
        "—": "-", "–": "-", "―": "-", "−": "-", "－": "-", "─": "-", "‐": "-", "‑": "-",
        "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "『": '"', "』": '"',
        "·": "·", "•": "·", "・": "·", "‧": "·", "．": ".",
    }
)  # fmt: skip


def clean(text: str) -> str:
    """Text fit to be stored: NFC, control characters and lone surrogates out, ends trimmed."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def count_control(text: str) -> int:
    """How many characters `clean` takes out of this text because they may not be stored."""
    return len(_CONTROL.findall(text))


def key(text: str) -> str:
    """The comparison key: NFKC, lower case, no spaces, one form of brackets, dashes and quotes."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD)
    bare = _SPACES.sub("", folded)
    lower = bare.lower()
    # A mark that a space held apart joins the letter before it; some letters join theirs only as small ones.
    return lower if unicodedata.is_normalized("NFKC", lower) else unicodedata.normalize("NFKC", lower)


def squeeze(text: str) -> str:
    """The text without any white space (宋 辉 becomes 宋辉; NBSP and full-width spaces too)."""
    return _SPACES.sub("", text)


def has_cjk(text: str) -> bool:
    """Whether the text holds at least one Chinese character."""
    return any("\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" for char in text)


def without_pictographs(text: str) -> str:
    """The text without the little pictures that a chat puts before and behind it."""
    return text if text.isascii() else _PICTURED.sub("", text)
