"""The count a heading states about the list below it: (12个), (23), --35家--, 13项, 共28家.

Only exact counts are read: they are a check on the list. Approximate ones (35余个) are figures and
belong to `figures`. A serial such as 名单(三) or 第3项 is no count.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from homeregistry.numerals import read_chinese

COUNTERS: Final = "个|家|名|人|项|位|件|户|支"
_HAN: Final = "〇零一二三四五六七八九十百千两"
_ARABIC: Final = r"[0-9０-９](?:[0-9０-９]|[,，](?=[0-9０-９]{3}(?![0-9０-９])))*"
NUMBER: Final = rf"(?:{_ARABIC}|[{_HAN}]+)"
COUNTED_THINGS: Final = r"(?:先进)?(?:基层)?(?:单位|集体|个人|同志|工会组织|工会|项目|组织)?"
_TOTAL: Final = r"(?:总共|总计|合计|共计|共有|共|计|总数|数量|数)?\s*[:：为]?\s*"
_ONE: Final = rf"(?P<number>{NUMBER})\s*(?P<counter>{COUNTERS})?\s*{COUNTED_THINGS}"
_TWO: Final = (
    rf"(?P<groups>{NUMBER})\s*(?:{COUNTERS})?(?:先进)?(?:集体|单位)\s*[、,，;；和及]?\s*"
    rf"(?P<persons>{NUMBER})\s*(?:{COUNTERS})?(?:先进)?(?:个人|人|同志)"
)
_BODY: Final = rf"{_TOTAL}(?:{_TWO}|{_ONE})"
_DASHES: Final = r"[-—–―−－─~～]+"
_END: Final = r"\s*[:：。.;；]?\s*$"

_REMARK: Final = r"(?:\s*[,，、;；]\s*[^（()）]{0,12}(?:先后|为序|排列|排序))?"
"""(共3个,排名不分先后)"""
_BRACKETED = re.compile(rf"\s*[（(【\[［〔]\s*(?P<said>{_BODY}){_REMARK}\s*[）)】\]］〕]{_END}")
_DASHED = re.compile(rf"\s*{_DASHES}\s*{_BODY}\s*{_DASHES}{_END}")
_BARE = re.compile(
    rf"(?<!第)(?<![0-9０-９{_HAN}])"
    rf"(?:[,，:：\s]*(?:总共|总计|合计|共计|共有|共)\s*|[,，:：\s]+|(?=[0-9０-９]))"
    rf"(?:{_TWO}|(?P<number>{NUMBER})\s*(?P<counter>{COUNTERS}){COUNTED_THINGS}){_END}"
)
_A_YEAR = re.compile(r"\s*[（(【\[［〔]\s*(?:19[89]|20[0-4])\d\s*[）)】\]］〕]\s*")
"""名单(2020) says when, not how many."""

_AROUND: Final = " \t\u3000\xa0:：。.;；,，()（）[]【】［］〔〕-—–―−－─~～"


@dataclass(frozen=True, slots=True)
class StatedCount:
    """`printed` is what text[start:end] says without brackets and dashes; `counter` its 个 or 人."""

    value: int
    printed: str
    start: int
    end: int
    counter: str | None = None


def read_stated_count(text: str) -> StatedCount | None:
    """The exact count at the end of a heading line, or None.

    A bracket with a bare Chinese numeral, 名单(三), is a serial: Chinese numerals need a counter.
    """
    for pattern in (_BRACKETED, _DASHED, _BARE):
        match = pattern.search(text)
        if match is None:
            continue
        parts = match.groupdict()
        if parts["groups"]:
            value = read_exact(parts["groups"]), read_exact(parts["persons"])
            total = None if value[0] is None or value[1] is None else value[0] + value[1]
            counter = None
        else:
            counter = parts["counter"]
            if counter is None and (parts["number"][0] in _HAN or _A_YEAR.fullmatch(match.group())):
                continue
            total = read_exact(parts["number"])
        if total is not None:
            printed = (parts.get("said") or match.group()).strip(_AROUND)
            return StatedCount(total, printed, match.start(), match.end(), counter)
    return None


def read_exact(text: str) -> int | None:
    """A whole number in Arabic (1,234; full width) or Chinese (三十五, 一百零二, 二三五) digits."""
    flat = unicodedata.normalize("NFKC", text).replace(",", "")
    return int(flat) if flat.isdecimal() else read_chinese(flat)
