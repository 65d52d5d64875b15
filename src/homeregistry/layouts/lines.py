"""Rows that are no data: captions, totals, footers and notes, told by their words.

Only the words decide, never the place alone: a unit whose name begins with 注 or 合 stays a unit.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from homeregistry.headings.places import is_body, is_place
from homeregistry.headings.stated import read_stated_count
from homeregistry.kinds import fold_title, title_pattern
from homeregistry.layouts.cells import as_integer
from homeregistry.layouts.declaration import Layout
from homeregistry.personal import without_personal
from homeregistry.text import key, squeeze
from homeregistry.years import read_date, read_year

SUSPECT: Final = frozenset(
    "合小总共本以全填审制报联经复单注备说附统监负校抄分主打签数资来盖公录上【(（※*tTsSgGnNpPcCrR-—第续"
)
"""First characters of footers, notes and totals: a row without a serial number that begins so is
looked at closely before it is taken for data."""

_UNIT_ENDS: Final = (
    "公司工会",
    "厂工会",
    "校工会",
    "院工会",
    "局工会",
    "学工会",
    "中心工会",
    "工会委员会",
    "分会",
    "工会小组",
    "公司",
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff0-9]{3,40}")
_PAGE = re.compile(
    r"[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d+\s*页.*|共\s*\d+\s*页.*|\d+\s*/\s*\d+\s*页?|(?:待续|续表|续上表|\(?接上页\)?)"
)
_TOTAL_TAIL = re.compile(
    r"[:：]?\s*[(（]?\s*(?:[共计]*\s*[\d,，]+\s*[个家名人户件项位支]*(?:单位|集体|工会|个人)?|[个家名人单位:：]+)?\s*[)）]?[。.]?"
)
_TOTAL_SENTENCE = re.compile(
    r"(?:以上|全部|本表|总|合|全市|全省|全区)?(?:共有|共计|合计|总计|共)[:：]?\s*[\d,，]+\s*[个家名人户件项位支](?:单位|集体|工会|个人|基层工会)*[。.]?"
)
_REMARK = re.compile(r"\((?:以[上下]|排名|按|顺序|名单)[^()]*\)")
"""A remark in brackets between rows: (以下为机关单位), (排名不分先后)."""
_LABEL = re.compile(r"([^\s:：]{2,16})\s*[:：]\s*(.*?)\s*(?=(?:\s{2,}|[;；,，]\s*)[^\s:：]{2,16}[:：]|$)")
_MEASURE = re.compile(r"[(（]?单位[:：]\s*(?:个|家|名|人|万?元|人次|万人|%|％|个、?[名人])\s*[)）]?")

_CONTEXT_LABELS: Final[Mapping[str, str]] = {
    "conferred_by": "issuer_printed",
    "tier": "tier_printed",
    "system": "system",
    "region": "region_printed",
    "province": "region_printed",
    "prefecture": "region_printed",
    "county": "region_printed",
    "body": "body_printed",
    "decision_no": "decision_no",
    "decision_date": "decision_date",
}


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total row: which words, whether it is a subtotal, and the cell the words stand in."""

    label: str
    subtotal: bool
    index: int


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key(word) for word in words)


def is_surely_a_unit(text: str) -> bool:
    """Whether a lone cell can be nothing but the name of a unit: spares it the closer look.

    Places and recommending bodies end alike and head sections, so they are looked at closely.
    """
    return (
        text.endswith(_UNIT_ENDS)
        and _HAN_NAME.fullmatch(text) is not None
        and not is_body(text)
        and not is_place(text)
        and not title_pattern().search(text)
    )


def find_total(texts: Sequence[str], layout: Layout) -> TotalRow | None:
    """The total row that the texts are, by a cell that holds nothing but the word and its count."""
    total, subtotal = _folded(layout.words["total"]), _folded(layout.words["subtotal"])
    for index, text in enumerate(texts):
        if not text:
            continue
        folded = key(text)
        if folded in total or folded in subtotal:
            return TotalRow(text, folded in subtotal, index)
        if len(folded) > 30:
            return None
        word = next((w for w in (*subtotal, *total) if folded.startswith(w)), None)
        if word and _TOTAL_TAIL.fullmatch(folded[len(word) :]):
            return TotalRow(text, word in subtotal, index)
        if word and folded[len(word) : len(word) + 1] == ":":
            return TotalRow(text, word in subtotal, index)
        if _TOTAL_SENTENCE.fullmatch(squeeze(text)):
            return TotalRow(text, False, index)
        ending = next((w for w in (*subtotal, *total) if len(w) > 1 and folded.endswith(w)), None)
        if ending and len(folded) < 16 and _only_numbers(texts[index + 1 :]):
            return TotalRow(text, ending in subtotal, index)
        if as_integer(text) is None and index > 2:
            return None
    return None


def is_total_alone(texts: Sequence[str], layout: Layout) -> bool:
    """Whether a row is a total's words and its numbers behind them, and nothing else: 合计, 5家."""
    total = find_total(texts, layout)
    return total is not None and not any(texts[: total.index]) and _only_numbers(texts[total.index + 1 :])


def _only_numbers(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and all(as_integer(text) is not None for text in filled)


def total_count(texts: Sequence[str], total: TotalRow, may_hold: Callable[[int], bool]) -> int | None:
    """The number a total row states about the list: in its words, else in a cell that may hold it.

    `may_hold` says whether a column may hold a count of entries: a sum of members is none.
    """
    numbers = re.findall(r"\d[\d,，]*", total.label)
    if len(numbers) > 1 or (numbers and title_pattern().search(fold_title(total.label))):
        return None  # 合计：模范职工之家12个，小家8个 speaks of parts, not of all rows
    stated = read_stated_count(total.label)
    if stated is not None:
        return stated.value
    if numbers:
        return as_integer(numbers[0])
    for index, text in enumerate(texts):
        if index != total.index and text and may_hold(index):
            value = as_integer(text)
            if value is not None:
                return value
    for index, text in enumerate(texts):
        if index != total.index and text and text[-1] in "个家名" and as_integer(text) is not None:
            return as_integer(text)
    return None


def is_footer(text: str, layout: Layout) -> bool:
    """Whether a cell begins a footer: 填表人：, 审核（签字）, 联系电话, a date alone, a page number."""
    folded = key(text)
    if _PAGE.fullmatch(text.strip()):
        return True
    for word in _folded(layout.words["footer"]):
        if folded.startswith(word):
            rest = folded[len(word) :]
            if not rest or rest[0] in ":(_" or (rest.startswith("人") and rest[1:2] in ("", ":", "(")):
                return True
    day = read_date(text) if len(folded) < 20 and not folded.isdecimal() else None
    return day is not None and day.month is not None


def is_note(text: str, layout: Layout) -> bool:
    """Whether a cell begins a note: 注：, 备注1., 说明：, but not 说明书印刷厂工会."""
    folded = key(text)
    for word in _folded(layout.words["note"]):
        if folded.startswith(word):
            rest = folded[len(word) :].lstrip("0123456789一二三四五六七八九十")
            if not rest or rest[0] in ":.、(*":
                return True
    return folded.startswith(("*注", "※", "(注")) or _REMARK.fullmatch(folded) is not None


def caption_values(texts: Sequence[str], layout: Layout) -> dict[str, str] | None:
    """The labels and values of a caption row (授予单位：重庆市总工会), or None where it is none.

    Keys are roles of the layout; a label that the layout does not know is left out (填报日期).
    """
    filled = [text for text in texts if text]
    line = "  ".join(filled)
    if len(filled) == 1 and _MEASURE.fullmatch(squeeze(line)):
        return {}
    found: dict[str, str] = {}
    labels = list(_LABEL.finditer(line))
    if not labels or labels[0].start() > 3:
        return None
    for match in labels:
        role = layout.role_of(match[1])
        if role and match[2] and not _MEASURE.fullmatch(squeeze(match[0])):
            found.setdefault(role[0], match[2].strip())
    known = found or any(_knows(match[1], layout) for match in labels)
    return found if known else None


def _knows(label: str, layout: Layout) -> bool:
    folded = key(label)
    return layout.role_of(label) is not None or any(
        folded.startswith(word) for word in _folded(layout.words["footer"])
    )


def caption_changes(values: Mapping[str, str]) -> dict[str, object]:
    """What the values of a caption row change in the context of the list below."""
    changes: dict[str, object] = {
        _CONTEXT_LABELS[role]: value for role, value in values.items() if role in _CONTEXT_LABELS
    }
    span = read_year(values["year"]) if "year" in values else None
    if span:
        changes.update(year_from=span.first, year_to=span.last)
    return changes


def shown(texts: Sequence[str]) -> str:
    """A row that is no data, as kept: its cells in one line, without personal numbers."""
    line = " ".join(text for text in texts if text)
    return without_personal(line)[0][:300]
