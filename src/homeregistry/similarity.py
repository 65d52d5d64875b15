"""Which known names may be the same unit as a new one, without comparing every pair.

Every name has at most two block keys; only names that share one are compared. What is like enough
and not vetoed is held for a person: a pair held in vain costs a minute, a pair missed makes one unit
two, so the threshold leans towards holding.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz

from homeregistry.names import recipient_key
from homeregistry.vetoes import FORMS, different_keys, numbers

Likeness = Literal["form", "place", "short", "spelling"]
"""Why a pair is held: legal form or bracket, a place left out, a shortened name, a few characters."""

THRESHOLD: Final = 82.0
"""Least score, of 100, at which a pair is held; tuned on the labelled pairs of the tests."""

_PROVINCES: Final = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃",
    "青海", "宁夏", "新疆", "中国",
)  # fmt: skip
_LEADING_PLACES: Final = re.compile(
    "(?:[^省市县区州盟旗()]{2,4}(?:省|自治区))?(?:[^省市县区州盟旗()]{1,5}(?:(?<![城超门都])市(?!场|政)|自治州|州(?=.{2,5}[县市])|盟|地区))?"
    "(?:[^省市县区州盟旗()]{1,6}(?:县|(?<![社校园小库矿景厂牧工院片开地发务业])区|旗|(?<![城超门都])市(?!场|政)))?"
)
_LAST_STEM: Final = re.compile("([^省市县区州盟旗]{1,6})(?:省|自治区|市|自治州|州|盟|地区|县|区|旗)$")
_NUMERALS: Final = re.compile("第?[0-9〇一二三四五六七八九十]+(号|中$)?")
_COMPANY_WORDS: Final = re.compile("公司|集团|银行|厂")
_GENERIC: Final = re.compile(
    "人民|中心|中医|医院|卫生院|卫生|健康|妇幼|保健院?|疾病预防控制|实验|小学|中学|大学|学院|高级|初级|职业|技术|学校|幼儿园|政协"
    "|人大|常委会|政府|机关|委员会|办公室|公安|税务|财政|教育|体育|交通|运输|民政|水利|水务|林业|农业|农村|法院|检察院|司法|审计"
    "|统计|市场|监督|自然资源|规划|应急|文化|旅游|广播电视|城市|供电|邮政|支局|烟草|电信|住房|公积金|管理[局处所站]?|服务|总工会"
    "|工会联合会|联合工会|图书馆|党校|进修|教师|公路|街道|本部|总部|[局委办厅院]$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known name that may be the same unit: its score (0 to 100) and why it is alike."""

    name: str
    score: float
    reason: Likeness


def block_keys(name: str) -> tuple[str, ...]:
    """One or two short keys; two names that may be one unit nearly always share one of them.

    Takes a printed name or a recipient key. The first key holds the beginning of what is distinctive
    in the name, the second its end, so that a misprint spoils only one; both carry the numbers,
    since names with other numbers are never alike. Places in front and legal forms are left out
    where something distinctive remains. For a person's key ("name unit") the name is part of both.
    """
    person, space, unit = name.strip().partition(" ")
    if space and unit and len(person) < 5:
        return tuple(f"{person} {block}" for block in block_keys(unit))
    key = recipient_key(name, "organisation")
    if not key:
        return ()
    counted = numbers(key)
    sign = "|" + ",".join(map(str, counted)) if counted else ""
    core = _distinctive(key)
    size = min(4, max(2, (len(core) + 1) // 2))
    head, tail = core[:size], core[-size:]
    return (head + sign,) if len(core) < 4 or head == tail else (head + sign, f"~{tail}{sign}")


def _distinctive(key: str) -> str:
    """The name without leading places, legal forms, numerals and, for public bodies, generic words."""
    place, rest = _without_place(FORMS.sub("", key))
    rest = _NUMERALS.sub(_number_word, rest)
    if _COMPANY_WORDS.search(key):
        return rest if len(rest) > 2 else place + rest
    own = _GENERIC.sub("", rest)
    # 第一人民医院 says nothing without its place.
    return own if len(own) > 1 else f"{place}{own}{rest[-2:]}"


def _number_word(match: re.Match[str]) -> str:
    return "中学" if match[1] == "中" else ""


def _without_place(body: str) -> tuple[str, str]:
    """The stem of the last leading place (万州 of 重庆市万州区), and the rest of the name."""
    match = _LEADING_PLACES.match(body)
    end = match.end() if match else 0
    if end == len(body):
        return "", body
    if end:
        stem = _LAST_STEM.search(body[:end])
        return (stem[1] if stem else ""), body[end:]
    if body.startswith(_PROVINCES) and len(body) > 5:
        short = 3 if body.startswith(("内蒙古", "黑龙江")) else 2
        return body[:short], body[short:]
    return "", body


def similar(name: str, candidates: Iterable[str]) -> list[Candidate]:
    """Those candidates that may be the same unit, best first; equal keys and vetoed ones left out.

    `candidates` are printed names or recipient keys, commonly those that share a block key. The
    caller knows regions: where both sides have one, candidates of another region are left out.
    """
    key = recipient_key(name, "organisation")
    found = []
    for candidate in candidates:
        other = recipient_key(candidate, "organisation")
        judged = _compare(key, other)
        if judged is not None:
            found.append(Candidate(candidate, *judged))
    return sorted(found, key=lambda each: (-each.score, each.name))


def _compare(key: str, other: str) -> tuple[float, Likeness] | None:
    if key == other or not key or not other:
        return None
    if " " in key or " " in other:
        return None
    one, two = FORMS.sub("", key), FORMS.sub("", other)
    likeness = _likeness(one, two)
    if likeness is None or different_keys(key, other) is not None:
        return None
    return likeness


def _likeness(one: str, two: str) -> tuple[float, Likeness] | None:
    if one == two:
        return 99.0, "form"
    short, long = (one, two) if len(one) < len(two) else (two, one)
    place, rest = _without_place(long)
    own_place, own = _without_place(short)
    if len(own) > 2 and own == rest and (not place or not own_place or place == own_place):
        return 95.0, "place"
    if len(short) > 3 and long.endswith(short) and len(long) - len(short) < 9:
        return 93.0, "place"
    score = fuzz.ratio(one, two)
    if score >= THRESHOLD:
        return round(score, 1), "spelling"
    if len(short) > 3 and len(short) * 2 >= len(long) and _is_shortened(short, long):
        return 84.0, "short"
    return None


def _is_shortened(short: str, long: str) -> bool:
    """Whether the short name's characters stand in the long one in the same order (临汐1中)."""
    rest = iter(long)
    return all(char in rest for char in short)
