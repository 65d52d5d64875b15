"""Document numbers: one normal form for every way of printing them, the printed one kept.

The number of a decision is what makes two reports of it one, so 总工发【2024】15号, 总工发[2024]15
and 总工发（2024）15 号 must meet, and a number with lost characters must meet nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from homeregistry.text import squeeze
from homeregistry.years import YEAR_TOKEN, read_year

_OPEN: Final = r"[〔【\[［(（{﹝〖]"
_CLOSE: Final = r"[〕】\]］)）}﹞〗]"
_SQUARE: Final = "〔【[［﹝〖"
# Words that stand before a number in running text and are never part of an agency's code.
_BEFORE: Final = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|文件|文号|编号|印发|下发|转发|撤销|废止|关于|决定|通知|通报|号|以|的|见|由|将|在)"
)
_JOINED: Final = re.compile(r"^[和及与或并]+")
_CODE_ENDS: Final = "发办字函工组通文令规会宣建政"
_NUMBER = re.compile(
    rf"(?P<code>[\u3400-\u9fff]{{1,24}})\s*(?P<open>{_OPEN})\s*(?P<year>{YEAR_TOKEN})\s*年?\s*{_CLOSE}"
    r"\s*(?:第\s*)?(?P<serial>[0-9０-９]{1,4})(?![0-9０-９])(?P<mark>\s*号)?"
)
_LONGEST_CODE: Final = 12


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number: `normal` like 总工发〔2018〕29号, `printed` as the source has it.

    Two numbers are the same document when their normal forms are equal.
    """

    normal: str
    printed: str


def read_document_number(text: str) -> DocumentNumber | None:
    """The number that is the whole of the text, or None (damaged, or something else besides)."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or (match["mark"] is None and not _is_coded(match, match["code"])):
        return None
    return _document(match, match["code"], text.strip())


def find_document_numbers(text: str) -> list[tuple[DocumentNumber, int, int]]:
    """The document numbers in running text, with their places [start:end]."""
    found = []
    for match in _NUMBER.finditer(text):
        code = _JOINED.sub("", _BEFORE.sub("", match["code"]))
        if match["mark"] is None and not _is_coded(match, code):
            continue
        start = match.end("code") - len(code)
        document = _document(match, code, text[start : match.end()])
        if document:
            found.append((document, start, match.end()))
    return found


def _is_coded(match: re.Match[str], code: str) -> bool:
    """Without its 号 a number is believed only in square brackets or after a usual code."""
    return match["open"] in _SQUARE or code[-1:] in _CODE_ENDS


def _document(match: re.Match[str], code: str, printed: str) -> DocumentNumber | None:
    year = read_year(match["year"])
    if year is None or not 1 <= len(code) <= _LONGEST_CODE:
        return None
    serial = int(unicodedata.normalize("NFKC", match["serial"]))
    if serial == 0:
        return None
    return DocumentNumber(f"{squeeze(code)}〔{year.first}〕{serial}号", printed)
