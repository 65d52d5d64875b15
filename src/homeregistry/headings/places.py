"""Place and body words by their form alone: what looks like 北京市, 中国金融工会 or 中央和国家机关.

Headings are read before anything is resolved, so these are questions of grammar; whether such a
place or body exists, and when, is answered by the gazetteer and the list of union bodies. The table
of regions is asked only for names that the grammar alone would turn away, and which place lies in which.
"""

import re
from functools import cache
from typing import Final

from homeregistry.industries import INDUSTRY
from homeregistry.regions.table import Region, regions

_PROVINCE: Final = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|"
    "湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
_SUFFIX: Final = (
    "特别行政区|自治区|自治州|自治县|自治旗|生产建设兵团|兵团|地区|新区|经济技术开发区|高新技术产业开发区|"
    "经济开发区|开发区|经开区|高新区|管委会|示范区|保税区|省|市|州|盟|区|县|旗"
)
_DIVISION: Final = rf"[\u3400-\u9fff]{{1,12}}?(?:{_SUFFIX})"
PLACE: Final = rf"(?:{_DIVISION}){{1,4}}"
"""One or more names with the suffix of a division (the source of a pattern)."""

_PLACE = re.compile(PLACE)
# 服务区, 工区 and the like end in 区 and are recipients or parts of them, never divisions.
_NO_DIVISION = re.compile(
    r"(?:社区|小区|校区|园区|景区|厂区|病区|院区|辖区|片区|服务区|作业区|矿区|工区|林区|灌区|牧区|库区|大区|采区|"
    r"战区|军区|超市|门市|集市|菜市|夜市|城市|股市|楼市|都市|上市|管理区|分局.*|公司.*)$"
)
_UNIT_INSIDE: Final = re.compile(
    r"公司|集团|厂|银行|医院|学校|中学|小学|大学|学院|支局|分局|车间|班组|分会|小组|委员会|中心|站|所$|队$|部$"
)
_LEVELS_ONLY: Final = re.compile("各?[省市州盟区县旗]+|[我本该全][省市州盟区县旗]|各?地区")
"""区县, 市州, 各区县, 我县: words for divisions, none of them."""
_OF_PLACE: Final = "省|市|区|县|州|盟|旗|自治区|兵团"
_FEDERATION = re.compile(
    rf"(?:中华)?全国总工会|(?:[\u3400-\u9fff]{{1,12}}(?:{_OF_PLACE})|省|市|区|县|州|盟|旗|自治区|兵团|"
    rf"{_PROVINCE})"
    r"(?:级机关|级|直属机关|直机关|直属企事业|直属|直)?(?:总工会|工会联合会|工会工作委员会|机关工会联合会|机关工会)"
)
_INDUSTRY_UNION = re.compile(
    rf"(?:(?:中国|全国)[\u3400-\u9fff]{{2,14}}?|(?:[\u3400-\u9fff]{{1,8}}(?:省|市|区|县|州)|省|市)?"
    rf"(?:{INDUSTRY})[\u3400-\u9fff]{{0,6}}?)(?:产业|行业|系统)*(?:工会|总工会)(?:联合会|全国委员会|委员会)?"
)
_CENTRAL = re.compile(
    r"中央和国家机关(?:工会联合会)?|中央国家机关(?:工会联合会)?|中直机关|国家机关|中央(?:直属)?机关(?:工会联合会)?"
)
_DIRECT = re.compile(
    rf"(?:[\u3400-\u9fff]{{1,8}}(?:{_OF_PLACE})|{_OF_PLACE})(?:级机关|属)|"
    rf"(?:[\u3400-\u9fff]{{0,8}}(?:{_OF_PLACE}))直属?(?:机关|单位|企业|系统|企事业单位|基层工会)?|直属(?:机关|单位|基层工会|工会|企业)"
)
_DIRECT_UNIONS: Final = frozenset({"中国邮政集团工会", "中国邮政集团公司工会", "中国邮政集团有限公司工会"})
"""Unions of one enterprise that recommend beside the national industry unions."""
_OF_A_PLACE = re.compile(r"总工会$|工会联合会$|^中国|^全国|^中央|直")
_TRADE = re.compile(
    rf"(?:全国|全省|全市|中国)?(?:{INDUSTRY})(?:和?(?:{INDUSTRY}))*+(?:系统|产业|行业)?|"
    rf"(?:全国|全省|全市)?[\u3400-\u9fff]{{2,12}}(?:系统|产业|行业)"
)


def is_province(text: str) -> bool:
    """Whether the words are a province's short name (北京, 内蒙古)."""
    return re.fullmatch(_PROVINCE, text) is not None


def is_industry(text: str) -> bool:
    """Whether the words are an industry's bare name (铁路, 教科文卫体)."""
    return re.fullmatch(INDUSTRY, text) is not None


def is_place(text: str) -> bool:
    """Whether the words have the form of a province, city, district, county, zone or corps."""
    if is_province(text):
        return True
    if _is_look_alike(text):
        return True
    if not _PLACE.fullmatch(text) or _NO_DIVISION.search(text):
        return False
    return not _UNIT_INSIDE.search(text) and not _LEVELS_ONLY.fullmatch(text)


def lies_in(inner: str, outer: str) -> bool:
    """Whether a region of the first name has ever been part of one of the second (清徐县, 太原市)."""
    above = {region.code for region in _named(outer)}
    return inner != outer and any(not above.isdisjoint(region.chain[1:]) for region in _named(inner))


def _named(name: str) -> tuple[Region, ...]:
    """Regions of this name at any time; a province's short name is its own."""
    found = _by_name().get(name, ())
    if found or not is_province(name):
        return found
    return tuple(one for one in regions() if one.level == "province" and one.name.startswith(name))


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    names: dict[str, tuple[Region, ...]] = {}
    for region in regions():
        names[region.name] = (*names.get(region.name, ()), region)
    return names


def _is_look_alike(text: str) -> bool:
    """Whether the words end in a region whose name looks like something else, a place before it or not.

    成都市 ends as 都市 does and 厦门市 as 门市: by form alone sixty cities would be no places.
    """
    ending = next((text[-size:] for size in _look_alikes()[1] if text[-size:] in _look_alikes()[0]), None)
    if ending is None:
        return False
    before = text[: -len(ending)]
    return not before or is_place(before)


@cache
def _look_alikes() -> tuple[frozenset[str], tuple[int, ...]]:
    """Names of regions that the form would turn away, and how long they are, longest first."""
    names = frozenset(
        region.name
        for region in regions()
        if _NO_DIVISION.search(region.name) or _UNIT_INSIDE.search(region.name)
    )
    return names, tuple(sorted({len(name) for name in names}, reverse=True))


def is_body(text: str) -> bool:
    """Whether the words have the form of a recommending or conferring body, not of a basic union.

    镇总工会 and 街道工会联合会 are basic-level unions, that is recipients, and no bodies here.
    """
    if re.search(r"镇|乡|街道|公司|厂|村|社区|集团(?!军)|中国(?:银行|石油|石化|电信|移动|联通|烟草总)", text):
        return text in _DIRECT_UNIONS
    if re.match("中国|全国", text) and _UNIT_INSIDE.search(
        re.sub("(?:工会)?(?:全国)?(?:委员会|联合会)?$", "", text)
    ):
        return text in _DIRECT_UNIONS  # 中国工商银行福建省分行工会 is a recipient
    return any(pattern.fullmatch(text) for pattern in (_FEDERATION, _INDUSTRY_UNION, _CENTRAL, _DIRECT))


def heads_names(body: str) -> bool:
    """Whether a body on a line of its own stands over names; a local industry union may itself be one."""
    return _OF_A_PLACE.search(body) is not None


def is_trade(text: str) -> bool:
    """Whether the words name an industry or a system: 铁路, 全国邮政系统, 教科文卫体产业."""
    return _TRADE.fullmatch(text) is not None
