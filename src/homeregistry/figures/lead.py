"""The words directly before a title: years, tier, place, system, body (获评2021年全市邮政|模范职工小家).

They are taken off from the right, one at a time, so that the verb in front of them never slips in:
将评出省模范职工之家 leaves 省, 获湖南省模范职工小家 leaves 湖南省.
"""

import re
from dataclasses import dataclass
from typing import Final

from homeregistry.figures.territory import place_before
from homeregistry.industries import INDUSTRY

_ABOVE: Final = r"(?:及?以上|\(含\)?以上)"
LEVEL: Final = (
    r"(?:地区级|(?<![全我本该])(?:国家|全国|省|市|区|县|州|乡镇?|镇|部|厅)"
    r"(?:[、,，/]?(?:省|市|区|县|州|旗|乡|镇|部|厅|\([、市区县部厅]+\)))*"
    r"(?:级|[两二三]级)|国家级|省部级|省\(部\)级|自治区级|直辖市级|地市级|地级市级|地\(市\)级|市\(厅\)级|市\(地\)级|市州级|州市级|州级|盟级|"
    r"区\(县\)级|县\(区\)级|县\(市[、,，]?区\)级|县市区级|市县区级|区市县级|旗县级|旗县区级|旗级|乡镇级|乡镇\(街道\)级|镇街级|(?:镇街|镇|乡镇|街道|省|市|县|区|州|旗)一级|"
    r"街道级|本级|校级|院级|公司级|企业级|集团级|局级|厂级|系统级|行业级|产业级|兵团级|师市级|师级)"
)
"""A tier in words of its own; usable without a title behind it (市级1个)."""
_WHOLE: Final = r"(?:全国|全省|全市|全区|全县|全州|全盟|全旗|全自治区)"
_OWN: Final = r"(?:国家|自治区|[省市区县州盟旗])"
_ORDINAL: Final = (
    r"(?:首批|首届|第[一二三四五六七八九十百\d]+[批届轮次]|新一[批届轮]|"
    r"年度|当年|今年|去年|上年度?|本年度?|历年)"
)
_YEARS: Final = re.compile(
    r"(?P<first>(?:19|20)\d\d)年?(?:度)?(?:(?:-{1,3}|~|至|到|、)(?P<last>(?:19|20)\d\d))?年(?:度)?(?:的)?$"
)
_INDUSTRY: Final = rf"{INDUSTRY}|移动|联通|铁塔|国网|卫健委|卫健|教体"
_SYSTEM: Final = re.compile(
    rf"(?:(?P<tier>{LEVEL}|{_WHOLE}|中国)(?P<long>(?:(?!{_WHOLE})[\u3400-\u9fff]){{2,10}}?)|(?P<short>(?:{_INDUSTRY})(?:和?(?:{_INDUSTRY}))*+))"
    r"(?:系统|行业|产业)(?:工会)?$"
)
_TRADE: Final = re.compile(rf"(?:(?:{_INDUSTRY})(?:和?(?:{_INDUSTRY}))*+)(?:工会)?$")
_DIRECT: Final = re.compile(
    r"(?:(?P<place>[省市区县州旗]|自治区)(?:直(?:属)?(?:机关|单位|系统|企业|企事业单位|基层工会)*|级(?:机关|直属机关|单位)|属(?:企业|单位))|"
    r"中央(?:和)?(?:国家|直属)?机关|中直机关|直属机关)(?:系统)?(?:工会|工委)?$"
)
_ENTERPRISE: Final = re.compile(
    r"(?:[省市县](?:[、和][省市县])*(?:级)?(?:分?公司|邮政公司|局)|(?:本|总|集团|我|股份)公司|集团|公司|全行|全校|全院|本校|本院)(?:级|工会)?$|"
    r"(?:总行|省行|分行|支行|总部|路局|全局|分局|矿|段|处|车间|事业部)级$|"
    r"(?:^|(?<=[志人员予获评为、，,。;:号]))(?:校|院|厂)$"
)
_BODY: Final = re.compile(r"(?:(?:中华)?全国总工会|全总|(?:自治区|[省市区县州旗])总(?:工会)?)$")
_TIER: Final = re.compile(rf"(?P<words>{LEVEL}|{_WHOLE}级?)(?P<above>{_ABOVE})?的?$")
_LETTER: Final = re.compile(rf"(?P<words>{_OWN}|街道|(?<=[名个家])[镇乡])(?P<above>{_ABOVE})?$")
_WINDOW: Final = 44


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a title, as printed; `start` is where it begins in the view.

    `tier` are the tier words with place and 以上 (市级以上, 福建省), `system` the industry or directly led
    system, `body` a conferring union, `enterprise` words of a company's own ladder (省、市公司).
    """

    start: int
    tier: str | None = None
    place: str | None = None
    system: str | None = None
    body: str | None = None
    enterprise: str | None = None
    years: tuple[int, int] | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing here says anything about the tier."""
        return not (self.tier or self.place or self.system or self.body or self.enterprise)


def read_lead(text: str, end: int, floor: int = 0) -> Lead:
    """Takes the qualifying words off the text before `end`, not further left than `floor`."""
    tier = place = system = body = enterprise = None
    years: tuple[int, int] | None = None
    at = end
    for _ in range(7):
        window = text[max(floor, at - _WINDOW) : at]
        if match := _YEARS.search(window):
            last = match["last"] or match["first"]
            years = years or (int(match["first"]), int(last))
        elif match := re.search(rf"{_ORDINAL}(?:的)?$", window):
            pass
        elif tier is None and place is None and (match := _system(window)):
            system = match["long"] or match["short"]
            if match["tier"]:
                tier = match["tier"]
        elif system is None and tier is None and (match := _DIRECT.search(window)):
            system = match.group()
        elif enterprise is None and tier is None and (match := _ENTERPRISE.search(window)):
            enterprise = match.group()
        elif body is None and (union := _body(text, at, floor)):
            body, at = union
            continue
        elif tier is None and (match := _tier(text, window, at)):
            tier = match["words"] + (match["above"] or "")
        elif place is None and (found := _place(text, at, floor) or _owner(text, at, floor, tier)):
            place = found[0]
            tier = tier or place
            at = found[1]
            continue
        elif tier is None and system is None and (match := _trade(window)):
            system = match.group()
        elif tier is None and (match := _LETTER.search(window)):
            tier = match["words"] + (match["above"] or "")
        else:
            break
        at -= len(match.group())
    return Lead(at, tier, place, system, body, enterprise, years)


def _place(text: str, at: int, floor: int) -> tuple[str, int] | None:
    end = at - 1 if text[at - 1 : at] == "级" else at
    found = place_before(text, end)
    return (found.name, found.start) if found and found.start >= floor else None


def _owner(text: str, at: int, floor: int, tier: str | None) -> tuple[str, int] | None:
    """诸暨|市级: a county's short name is an ordinary word but for the 市 behind it; 建成|县级 is no 成县."""
    found = place_before(text, at + 1) if tier and tier[0] in "市县区旗" else None
    return (found.name, found.start) if found and len(found.name) > 2 and found.start >= floor else None


def _body(text: str, at: int, floor: int) -> tuple[str, int] | None:
    """A territorial federation as a possessive: 全总, 市总工会, 四川省总工会."""
    if text.endswith("总工会", floor, at):
        found = place_before(text, at - 3)
        if found and found.start >= floor:
            return found.name + "总工会", found.start
    match = _BODY.search(text[max(floor, at - 8) : at])
    return (match.group(), at - len(match.group())) if match else None


def _tier(text: str, window: str, at: int) -> re.Match[str] | None:
    """The tier words that end here; the 市 of 重庆市|市级 belongs to the place."""
    match = _TIER.search(window)
    if match is None or not re.match("[省市区县州][省市区县州]", match["words"]):
        return match
    inner = at - len(match.group()) + 1
    return _TIER.search(text[inner:at]) if place_before(text, inner) else match


def _system(window: str) -> re.Match[str] | None:
    return _SYSTEM.search(window)


def _trade(window: str) -> re.Match[str] | None:
    """An industry without 系统 counts only after tier words or a place: 全市邮政, 福建省教育."""
    match = _TRADE.search(window)
    if match is None:
        return None
    before = window[: match.start()]
    whole = re.search(rf"(?:{LEVEL}|{_WHOLE}|{_OWN})$", before)
    return match if whole or place_before(before, len(before)) else None
