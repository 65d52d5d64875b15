"""Which known names may be the same unit as a new one, without comparing every pair.

Every name has at most two block keys; only names that share one are compared. What is like enough
and not vetoed is held for a person: a pair held in vain costs a minute, a pair missed makes one unit
two, so the threshold leans towards holding.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz

from homeregistry.recipients.names import recipient_key
from homeregistry.recipients.vetoes import FORMS, different_keys, numbers

Likeness = Literal["form", "place", "short", "spelling"]
"""Why a pair is held: legal form or bracket, a place left out, a shortened name, a few characters."""

_SHORT_NAME_HANDICAP: Final = 5.0
THRESHOLD: Final = 82.0
"""Least score, of 100, at which a pair is held; tuned on the labelled pairs of the tests."""

_PROVINCES: Final = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
    "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏",
    "陕西", "甘肃",
    "青海", "宁夏", "新疆", "中国",
)  # fmt: skip
_LONG_PROVINCES: Final = ("内蒙古", "黑龙江")
_SYSTEMS: Final = ("国家税务总局", "国家税务局", "中国共产党", "中共", "国网")
_CITY_WORDS: Final = ("市场", "市政")
_has_place_word: Final = re.compile("[省市区县镇乡]").search
_COMPANY_ENDS: Final = ("有限", "有限责任", "股份", "集团", "总")
_NOT_A_CITY: Final = "城超门都夜"
_NOT_A_DISTRICT: Final = "社校园小库矿景厂牧工院片开新地发务业"
"""Before 市 or 区 these make another word (超市, 社区, 开发区)."""
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_DIGITS: Final = str.maketrans("一二三四五六七八九", "123456789", "第")
_PUBLIC_CACHE: Final = 4096
_COMPARED_CACHE: Final = 8192
_NUMERALS: Final = re.compile("第?[0-9〇一二三四五六七八九十]+(号|中$)?")
_GENERIC: Final = re.compile(
    "人民|中心|中医|医院|卫生院|卫生|健康|妇幼|保健院?|疾病预防控制|疾控|实验|小学|中学|大学|学院|高级|初级|职业|技术|学校|幼儿园|政协"
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

    Takes a printed name; see `blocks_of_key`.
    """
    return blocks_of_key(recipient_key(name, "organisation"))


def blocks_of_key(key: str) -> tuple[str, ...]:
    """The block keys of a recipient key. The first holds the beginning of what is distinctive
    in the name, the second its end, so that a misprint spoils only one; both carry the numbers,
    since names with other numbers are never alike. Places in front and legal forms are left out
    where something distinctive remains.
    """
    if not key:
        return ()
    if key[-1] == ")":
        key = key[: key.rfind("(")] or key
    if key.startswith(_SYSTEMS):
        key = _without_system(key)
    counted = numbers(key)
    sign = "|" + ",".join(counted) if counted else ""
    start, end = leading_places(key)
    company = key.find("公司", end)
    if company < 0:
        own, first, kind = _public_core(key[end:])
        if len(own) < 2:
            # 第一人民医院 says nothing without its place.
            place = key[start : end - 1] if end else ""
            return f"{place}{own}{kind}{sign}", f"{place}{own}~{first}{sign}"
        if len(own) < 3:
            return f"{own}{kind}{sign}", f"{own}~{first}{sign}"
    else:
        own = _company_core(key, end, company, bool(counted))
        if len(own) < 3 and end:
            return f"{key[start : end - 1]}{own}{sign}", f"~{own}{sign}"
    size = len(own)
    if size < 4:
        return (own + sign,)
    head = 2 if size == 4 else 3
    # The end of a name is often its trade (机电设备): with the place it picks fewer names.
    tail = own[-min(4, size - head) :]
    if end:
        return own[:head] + sign, f"{key[start : end - 1]}~{tail}{sign}"
    return own[:head] + sign, f"~{tail}{sign}"


def person_block_keys(key: str) -> tuple[str, ...]:
    """Block keys of a person's key (`names.person_key`): the whole name with each of the unit's."""
    own, _, unit = key.partition(" ")
    return tuple(f"{own} {block}" for block in blocks_of_key(unit)) or (own,)


def _company_core(key: str, end: int, company: int, counted: bool) -> str:
    """A company's name from its places to its legal form, and what of a part of it follows."""
    own, part = key[end:company], key[company + 2 :]
    if own.endswith(_COMPANY_ENDS):
        own = _without_form(own)
    if part:
        own += FORMS.sub("", part) if "公司" in part or "集团" in part or "(" in part else part
    if counted:
        own = _NUMERALS.sub("", own)
    if "(" in own:
        own = own.replace("(", "").replace(")", "")
    return own if end else _without_province(own)


def _without_form(own: str) -> str:
    for end in ("责任", "有限", "总", "股份", "集团"):
        if own.endswith(end):
            own = own[: -len(end)]
    return own


@lru_cache(maxsize=_PUBLIC_CACHE)
def _public_core(rest: str) -> tuple[str, str, str]:
    """What distinguishes a public body; the first character of its type, and the last two.

    水利局 and 水务局 meet by the first, 医院 and 人民医院 by the last.
    """
    bare = _without_province(_NUMERALS.sub(_number_word, FORMS.sub("", rest)))
    bare = bare.removesuffix("机关") or bare
    own = _GENERIC.sub("", bare)
    kind = bare.rstrip("局委办厅") or bare
    return own, kind[len(own) :][:1] if kind.startswith(own) else kind[:1], kind[-2:]


def _without_province(name: str) -> str:
    if len(name) < 5 or not name.startswith(_PROVINCES):
        return name
    if name.startswith("中国"):
        return _without_province(name[2:])
    return name[3:] if name.startswith(_LONG_PROVINCES) else name[2:]


def _number_word(match: re.Match[str]) -> str:
    return "中学" if match[1] == "中" else ""


def _without_system(key: str) -> str:
    """白榆县税务局 for 国家税务总局白榆县税务局: what every body of a system begins with tells nothing."""
    for system in _SYSTEMS:
        if key.startswith(system) and len(key) > len(system) + 3:
            return key[len(system) :]
    return key


def leading_places(key: str) -> tuple[int, int]:
    """Where the last of the places at the beginning of a name starts and ends; (0, 0) where none is.

    Of 广东省湛江市雷州市人民医院 that is 雷州市.
    """
    if _has_place_word(key) is None:
        return 0, 0
    start = 0
    end = key.find("省", 2, 5) + 1
    if end == 0 and (at := key.find("自治区", 2, 6)) > 0:
        end = at + 3
    at = key.find("市", end + 1, end + 7)
    while at > 0 and key[at - 1] not in _NOT_A_CITY and not key.startswith(_CITY_WORDS, at):
        start, end = end, at + 1
        at = key.find("市", end + 1, end + 7)
    at = key.find("区", end + 1, end + 8)
    if at < 0 or key[at - 1] in _NOT_A_DISTRICT:
        at = key.find("县", end + 1, end + 8)
    if at > 0:
        start, end = end, at + 1
    at = max(key.find("镇", end + 2, end + 5), key.find("乡", end + 2, end + 5))
    if 0 < at < len(key) - 1:
        return end, at + 1
    return (start, end) if end < len(key) else (0, 0)


def _without_place(body: str) -> tuple[str, str]:
    """The stem of the last leading place (万州 of 重庆市万州区), and the rest of the name."""
    start, end = leading_places(body)
    if end:
        return body[start : end - 1], body[end:]
    rest = _without_province(body)
    return body[: len(body) - len(rest)], rest


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


def similar_persons(key: str, candidates: Iterable[str]) -> list[Candidate]:
    """The same for person keys: another name is another person; the unit may be spelled otherwise.

    A name in two unlike units is two persons, and is not held: 王伟 works in a thousand places.
    """
    own, _, unit = key.partition(" ")
    found = []
    for candidate in candidates:
        name, _, other = candidate.partition(" ")
        judged = _compare(unit, other) if name == own and unit and other else None
        if judged is not None:
            found.append(Candidate(candidate, *judged))
    return sorted(found, key=lambda each: (-each.score, each.name))


def _compare(key: str, other: str) -> tuple[float, Likeness] | None:
    if key == other or not key or not other:
        return None
    likeness = _likeness(key, other)
    if likeness is None or different_keys(key, other) is not None:
        return None
    return likeness


def _likeness(key: str, other: str) -> tuple[float, Likeness] | None:
    one, two = _compared(key), _compared(other)
    if one == two or (("(" in key) != ("(" in other) and _unbracketed(key) == _unbracketed(other)):
        return 99.0, "form"
    short, long = (one, two) if len(one) < len(two) else (two, one)
    place, rest = _without_place(long)
    own_place, own = _without_place(short)
    if len(own) > 2 and own == rest and (not place or not own_place or place == own_place):
        return 95.0, "place"
    if len(short) > 3 and len(long) - len(short) < 9 and long.endswith(short):
        return 93.0, "place"
    score = fuzz.ratio(one, two)
    if score < THRESHOLD and one != key and two != other and len(one) == len(two):
        # One character is a quarter of 沁园食品: a short name is measured with its legal form.
        score = fuzz.ratio(key, other) - _SHORT_NAME_HANDICAP
    if score >= THRESHOLD:
        return round(score, 1), "spelling"
    if len(short) > 3 and len(short) * 2 >= len(long) and _is_shortened(short, long):
        return 84.0, "short"
    if long.removesuffix("机关") == short:
        return 90.0, "short"
    return None


@lru_cache(maxsize=_COMPARED_CACHE)
def _compared(key: str) -> str:
    """The form in which likeness is measured: no legal forms, one form of numbers (一中, 第1中学)."""
    return FORMS.sub("", key).translate(_DIGITS)


def _unbracketed(key: str) -> str:
    return FORMS.sub("", _BRACKETED.sub("", key))


def _is_shortened(short: str, long: str) -> bool:
    """Whether the short name's characters stand in the long one in the same order (临汐1中)."""
    rest = iter(long)
    return all(char in rest for char in short)
