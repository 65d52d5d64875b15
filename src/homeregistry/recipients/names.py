"""One key for the spellings of one recipient, and the parent of a sub-unit where its name says it.

Only what is certain is made equal here: width, spaces, brackets, ordinals, the words for "its
union", the old inverted names. Whatever needs judgement (a province left out, a legal form that
differs) stays a different key and is left to `similarity`, which holds it for a person.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from homeregistry import numerals, text
from homeregistry.industries import INDUSTRY
from homeregistry.kinds import kinds
from homeregistry.vocabulary import RecipientType

_is_folded: Final = re.compile("[〇\u4e00-\u9fff0-9a-z()]+").fullmatch
_NOISE: Final = str.maketrans({'"': None, "'": None, "<": None, ">": None, "○": "〇", ".": "·"})
_EDGES: Final = " ,;:、。*·-"

_ORDINAL: Final = re.compile("第([〇零一二两三四五六七八九十百]+)")

_FEDERATIONS: Final = ("总", "联合")
"""总工会 and 联合工会 are bodies of their own, never "the union of" what stands before."""

_UNION_ENDS: Final = (
    "工会基层委员会", "基层工会委员会", "工会委员会", "(工会委员会)", "基层工会", "(工会)", "工会",
)  # fmt: skip
_PART_ENDS: Final = (
    ("工会分会委员会", "分会"), ("分工会委员会", "分会"), ("(分工会)", "分会"), ("工会分会", "分会"),
    ("分工会", "分会"), ("(工会小组)", "小组"), ("工会小组", "小组"), ("分会", "分会"),
)  # fmt: skip
"""How the union of a part of a unit is written, and the one form kept where it must be kept."""
_PART_WORDS: Final = tuple(end for end, _ in _PART_ENDS)
_COUNTED: Final = "0123456789一二三四五六七八九十"
_UNION_PARTS: Final = ("工会小组", "工会分会", "分工会", "分会", "分工会委员会", "分会委员会")
_SOCIETIES: Final = ("协会", "学会", "商会", "研究会", "联合会", "促进会")

_NOT_A_UNION: Final = (
    "干部", "干校", "管理干部", "大厦", "俱乐部", "工作", "女职工", "办公", "文化宫", "疗养", "经审",
    "经费", "会员",
    "主席", "帮扶", "职工", "联合会",
)  # fmt: skip
"""After 工会 these make another word (工会干部学校, 工会女职工委员会): no unit ends before them."""

_UNIT_ENDS: Final = (
    "公司", "集团", "大学", "学院", "学校", "中学", "小学", "幼儿园", "医院", "银行", "中心", "局", "厂",
    "院", "所", "站", "行", "段", "矿", "社", "馆", "处", "队", "部", "校", "场", "库", "厅", "委", "办",
    "园", "宫", "台", "署",
)  # fmt: skip
_LEVELS: Final = "省市县区州盟旗镇乡"
_PLACE_ENDS: Final = ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "街道")

_INVERTED: Final = re.compile(
    rf"(?:(?:中国|全国)(?P<industry>(?:{INDUSTRY}){{0,6}})"
    rf"|(?P<place>.{{2,8}}?[省市县区州])(?P<trade>(?:{INDUSTRY}){{1,6}}))"
    r"工会(?P<unit>.{2,}?)(?:基层)?委员会(?P<part>.*)"
)
_is_trade: Final = re.compile(f".*(?:{INDUSTRY})").fullmatch

_PERSON_NOTE: Final = re.compile(r"\((?:女|同志|[^()]{1,5}族|女[,、·]?[^()]{1,5}族|[^()]{1,5}族[,、·]?女)\)$")


@dataclass(frozen=True, slots=True)
class SubUnit:
    """A sub-unit's own name and its parent as printed; `parent` None where the name does not say."""

    parent: str | None
    unit: str


def recipient_key(name: str, kind_of: RecipientType) -> str:
    """The key under which all spellings of one recipient meet.

    Organisations and sub-units share one form: X有限公司, X有限公司工会 and X有限公司工会委员会 have
    one key, and so have X公司第四车间, its 工会小组 and its 分工会. A federation (工会联合会, 总工会) keeps
    its own. The province or city in front is kept. For a person this is the name alone; two
    units may each have one, see `person_key`.
    """
    folded = name if _is_folded(name) else _fold(name)
    if kind_of == "person":
        return _person(folded)
    if "第" in folded:
        folded = _ORDINAL.sub(_arabic, folded)
    if "工会" in folded or folded.endswith(("分会", "分会委员会")):
        bare = _without_union(folded)
        return bare.strip(_EDGES) or bare
    return folded


def person_key(name: str, unit: str | None) -> str:
    """Key of a person in a unit: the same name in two units is two persons until somebody decides.

    Keys hold no spaces, so the space between the two parts cannot be forged by a name.
    """
    own = recipient_key(name, "person")
    return f"{own} {recipient_key(unit, 'organisation')}" if unit else own


def placed_name(name: str, place: str) -> str:
    """The name with its place where it leaves out just that: 区政协机关 in 万州区 is 万州区政协机关.

    Lists name the bodies of their own district by its level alone, so without this every county's
    县总工会 would be one recipient. `place` is the region's own name (万州区), not its path. Other
    names come back as they are.
    """
    level = place[-1:]
    return place + name[1:] if level and level in _LEVELS and name.startswith(level) else name


def type_of(kind: str, name: str) -> RecipientType:
    """What kind of recipient this is: the kind's own, but a 工会小组 or 分会 is always a sub-unit.

    A star rating or a home "(小家)" goes to unions and to their parts under one title. Raises
    KeyError for a kind that the table does not have.
    """
    own = kinds()[kind].recipient_type
    if own != "organisation":
        return own
    squeezed = text.squeeze(name) if " " in name or not name.isprintable() else name
    if squeezed.endswith(_UNION_PARTS) and not _is_society_branch(squeezed):
        return "sub_unit"
    return own


def _fold(name: str) -> str:
    folded = text.key(name)
    quiet = folded.translate(_NOISE)
    if len(quiet) < len(folded):
        quiet = text.key(quiet)  # a mark that a quotation mark held apart joins the letter before it
    return quiet.strip(_EDGES) or folded


def _person(folded: str) -> str:
    # (男) stays: it is printed only where a list tells two namesakes apart.
    if folded.endswith(")"):
        folded = _PERSON_NOTE.sub("", folded) or folded
    if len(folded) > 3 and folded.endswith("同志"):
        return folded[:-2]
    return folded


def _arabic(match: re.Match[str]) -> str:
    value = numerals.read_chinese(match[1])
    return match[0] if value is None else f"第{value}"


def _is_society_branch(name: str) -> bool:
    """Whether 分会 here is a branch of a society (商会分会), not of a union."""
    return "工会" not in name and any(word in name for word in _SOCIETIES)


def _without_union(folded: str) -> str:
    at = folded.find("工会")
    if at > 1 and folded[at - 1] not in "分总合层会(" and folded[at + 2 :] in ("", "委员会"):
        return folded[:at]
    while True:
        bare = _without_union_end(_turned_round(folded))
        if bare == folded or not bare:
            return folded
        folded = bare


def _without_union_end(folded: str) -> str:
    for end, mark in _PART_ENDS if folded.endswith(_PART_WORDS) else ():
        if folded.endswith(end):
            rest = folded[: -len(end)]
            if len(rest) < 2 or _is_society_branch(folded):
                return folded
            rest = _without_inner_union(rest)
            # 第一分会 and 第一小组 are two units: an ordinal keeps the word that it counts.
            return rest + mark if rest[-1] in _COUNTED else rest
    if folded.endswith("小组"):
        return _without_inner_union(folded)
    for end in _UNION_ENDS:
        if folded.endswith(end):
            rest = folded[: -len(end)]
            if rest.endswith(_FEDERATIONS):
                return rest + "工会"
            return _without_inner_union(rest) if len(rest) > 1 else folded
    return folded


def _without_inner_union(rest: str) -> str:
    """Take 工会 out of A工会B, where B is a part of A: A公司工会财务部分会 is A公司's 财务部."""
    at = rest.find("工会", 2)
    if at < 0 or rest.endswith("工会") or rest[:at].endswith(_FEDERATIONS):
        return rest
    after = at + len("工会委员会") if rest.startswith("工会委员会", at) else at + 2
    if rest.startswith(_NOT_A_UNION, after) or after == len(rest):
        return rest[:at] if after == len(rest) else rest
    return rest[:at] + rest[after:]


def _may_be_inverted(name: str) -> bool:
    """Whether a 委员会 follows a unit of two characters or more behind 工会, as the old form has it: most
    names are 工会委员会 and need not be taken apart."""
    return "委员会" in name and name.rfind("委员会") > name.find("工会") + 3


def _turned_round(folded: str) -> str:
    """中国教育工会X大学委员会 as X大学, 中国教育工会X县委员会 as X县教育; other names unchanged.

    A unit known only as 邮政 (中国邮电工会湛江市邮政委员会) keeps that word: whether 邮政局 or
    邮政公司 succeeded it is a person's decision.
    """
    match = _INVERTED.fullmatch(folded) if _may_be_inverted(folded) else None
    if match is None:
        return folded
    unit, part, place = match["unit"], match["part"], match["place"] or ""
    industry = match["industry"] or match["trade"] or ""
    if part and not part.endswith(_UNION_PARTS):
        return folded
    if unit == "全国":
        return f"中国{industry}工会{part}"
    if unit.endswith(_PLACE_ENDS) and industry:
        return f"{unit}{industry}工会{part}"
    if len(unit) > 2 and (unit.endswith(_UNIT_ENDS) or (industry and _is_trade(unit))):
        # 第一中学 alone would meet every other city's: the place stays unless the unit has it.
        return f"{'' if unit.startswith(place[:-1]) else place}{unit}工会{part}"
    return folded


_BARE_ENDS: Final = (*_UNION_PARTS, "工会委员会", "工会")
_PARENT_UNIONS: Final = ("工会联合会", "工会委员会", "工会")
_PARENT_COMPANIES: Final = ("公司",)
_PARENT_SCHOOLS: Final = ("大学", "医院", "中学", "小学")
_OWN_UNIT: Final = ("附属", "附设", "医院", "中学", "小学", "公司", "大学")
_PARTS: Final = (
    "分会", "分工会", "工会小组", "小组", "车间", "班", "组", "部", "科", "室", "处", "队", "站", "所", "店",
    "中心", "分公司", "支公司", "支局", "分局", "支行", "分行", "网点", "营业厅", "分厂", "机关", "段", "库",
    "矿", "分院", "工区", "片区", "线", "岗", "系", "台", "食堂", "门诊", "病区", "柜台", "船", "平台", "厂",
    "生产线", "作业区", "管理区", "收费站", "服务区", "场", "馆",
)  # fmt: skip
"""Last words of the name of a part of a unit, without the word for its union."""


def split_sub_unit(name: str) -> SubUnit:
    """The parent that a sub-unit's printed name contains, where that is certain; else parent None.

    Certain are A工会(委员会)B and A公司B, where B is named as a part, and A大学B or A医院B where B says
    that it is a part of the union. Of several companies in a row the last is the parent. A管理局B分局C
    is not split: which of the two has the union cannot be read from the name.
    """
    printed = name.strip()
    turned = _INVERTED.fullmatch(printed) if _may_be_inverted(printed) else None
    if turned is not None and turned["part"]:
        return SubUnit(printed[: turned.start("part")], turned["part"])
    for marks, is_part in _PARENTS:
        found = _split_at(printed, marks, is_part)
        if found is not None:
            return found
    return SubUnit(None, printed)


def _split_at(printed: str, marks: tuple[str, ...], is_part: Callable[[str], bool]) -> SubUnit | None:
    for mark in marks:
        at = printed.rfind(mark)
        while at > 1:
            end = at + len(mark)
            unit = printed[end:].strip()
            if is_part(unit):
                return SubUnit(printed[:end].strip(), unit)
            at = printed.rfind(mark, 0, at)
    return None


_NOT_A_PART: Final = (*_NOT_A_UNION, "小组", "分会", "委员会")
_UNION_PART_ENDS: Final = ("分会", "小组", "分工会", "分会委员会", "分工会委员会")


def _is_union_part(unit: str) -> bool:
    return len(unit) > 2 and unit.endswith(_UNION_PART_ENDS) and not unit.startswith(_NOT_A_PART)


def _is_company_part(unit: str) -> bool:
    bare = _bare_part(unit)
    return len(bare) > 1 and bare[0] not in "(（工" and bare.endswith(_PARTS)


def _is_school_part(unit: str) -> bool:
    if not unit.endswith(_UNION_PARTS) or any(word in unit for word in _OWN_UNIT):
        return False
    return len(_bare_part(unit)) > 1 and unit[0] not in "(（"


_PARENTS: Final = (
    (_PARENT_UNIONS, _is_union_part),
    (_PARENT_COMPANIES, _is_company_part),
    (_PARENT_SCHOOLS, _is_school_part),
)


def _bare_part(unit: str) -> str:
    for end in _BARE_ENDS if unit.endswith(_BARE_ENDS) else ():
        if unit.endswith(end):
            return unit[: -len(end)]
    return unit
