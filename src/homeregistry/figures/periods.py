"""The years a figure speaks of, only as stated: 2018年, 2017—2019年度, 自1983年起, 截至2023年底, 十四五期间.

今年 and 去年 are read against the document's date; with no date they say nothing.
"""

import re
from typing import Final

from homeregistry.years import PartialDate

_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = r"(?:年?(?:度)?(?:\d{1,2}月(?:\d{1,2}[日号]?)?(?:份)?|底|末|初)?)"
_PERIOD: Final = re.compile(
    rf"(?P<until>截至|截止到?|至|到)(?P<a>{_YEAR}){_MONTH}"
    rf"|(?P<b>{_YEAR})年?(?:度)?(?:\d{{1,2}}月)?(?:-{{1,3}}|~|至|到|、)(?P<c>{_YEAR}){_MONTH}(?=年|[^\d])"
    rf"|(?:自|从)?(?P<d>{_YEAR}){_MONTH}(?P<since>起|以来|开始|至今|后)"
    rf"|(?P<e>{_YEAR})年"
    r"|(?P<plan>十二五|十三五|十四五|十五五)(?:期间|时期|以来)"
    r"|(?P<word>今年|本年度|去年|上年度?|前年)"
)
_PLANS: Final = {
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
}
_WORDS: Final = {"今年": 0, "本年度": 0, "去年": 1, "上年": 1, "上年度": 1, "前年": 2}

Years = tuple[int | None, int | None]


def read_period(text: str, as_of: PartialDate | None) -> Years | None:
    """The last period that the text states, as (from, to), or None where it states none."""
    found: Years | None = None
    for match in _PERIOD.finditer(text):
        years = _years(match, as_of)
        if years is None:
            continue
        if found is not None and found[1] is None and years[0] is None:
            years = (found[0], years[1])  # 自1983年起, 截至2023年底
        found = years
    return found


def _years(match: re.Match[str], as_of: PartialDate | None) -> Years | None:
    today = as_of.year if as_of else None
    if match["a"]:
        return None, int(match["a"])
    if match["b"]:
        first, last = int(match["b"]), int(match["c"])
        return (first, last) if first <= last else None
    if match["d"]:
        return int(match["d"]), today
    if match["e"]:
        return int(match["e"]), int(match["e"])
    if match["plan"]:
        return _PLANS[match["plan"]]
    if today is None:
        return None, None  # 今年 of an unknown day is no year, and not that of the words before
    year = today - _WORDS[match["word"]]
    return year, year
