"""The words in front of a title: tier, place, system and body as printed (全国邮政系统, XX省级, 省直机关).

They are taken apart by form and kept as printed; what 市级 means is settled where issuer and date
are known. Words of approval (十佳, 金牌) in front of a known title make it another award.
"""

import re
from dataclasses import dataclass
from typing import Final

from homeregistry.headings.places import PLACE, is_body, is_industry, is_place
from homeregistry.patterns import either

_NATION: Final = "全国级|全国|国家级"
_DEIXIS: Final = "[我该本全][省市区县州盟旗校院厂局系]|本级|自治区|兵团"
_LEVELS_OF_PLACES: Final = (
    "省部级 省级 自治区级 直辖市级 地市级 地级 州级 盟级 市级 区县级 县区级 县市级 市县级 区级 县级 旗级 "
    "乡镇级 街镇级 镇街级 镇级 乡级 街道级 兵团级 师级"
)
"""Tiers of the territory as lists print them, the corps' own (兵团, 师) with them."""
_LEVELS_WITHIN: Final = "厂级 校级 院级 公司级 集团级 局级 行业级 系统级"
"""Tiers within a unit or an industry."""
_LEVELS_BARE: Final = "省 市 区 县 州 盟 旗"
"""省、市 alone, where the word for the tier is left out."""
_LEVELS: Final = either(_LEVELS_OF_PLACES, _LEVELS_WITHIN, _LEVELS_BARE)
_TIER = re.compile(rf"(?:{_NATION}|(?:{_DEIXIS}|{_LEVELS})级?)(?:及?以上)?")
_ACTS: Final = (
    "关于 拟 通过 新(?=[命评认授表获]) 表彰 命名 授予 评选 评定 评审 认定 确认 公布 推荐 申报 报送 上报 撤销 "
    "复查 获评 获颁 获得? 荣获 喜获 做好 开展 表扬 通报 申请 被评为 评为 荣膺"
)
"""What a document does with titles, as its own title says (关于表彰…的决定)."""
_SMALL: Final = r"对 为 的 和 及 与 、 等 第[一二三四五六七八九十\d]+[批届次] 首批"
"""Small words and rounds between the act and the title."""
_WHOM: Final = (
    r"(?:下列|以下)(?:先进)?(?:单位|集体|个人|人员|同志|基层工会)? 历年 历届 历次 候选 年度 届 度 称号 "
    r"先进典型 典型 集体 个人 以下 \d+[个名家]"
)
"""Whom or which of them the document means, without a name."""
_VERBS: Final = f"{either(_ACTS, _SMALL, _WHOM)}*"
_VERB_RUN = re.compile(rf"^{_VERBS}")
_VERB_TAIL = re.compile(rf"{_VERBS}$")
_SUBJECT = re.compile(
    r"^(?P<subject>.*?)(?:关于|印发|荣获|喜获|获得|获评|获颁|获|被评为|评为|被授予|推荐|申报|报送|上报|决定|受|拟)(?P<rest>.*)$"
)
_SYSTEM = re.compile(r"^(?P<where>.*?)(?P<system>[\u3400-\u9fff]{2,14}?)系统(?P<rest>.*)$")
_DIRECT = re.compile(
    r"(?P<place>(?:[\u3400-\u9fff]{0,8}?)(?:省|市|区|县|州|盟|自治区))(?:直属?(?:机关|单位|企业|系统)?|级机关)"
)
_CENTRAL = re.compile(r"中央(?:和)?(?:国家|直属)?机关|中直机关|国家机关")
_PLACE_TIER = re.compile(rf"(?P<place>{PLACE})(?P<level>本?级)?(?:及?以上)?")
_PRAISES: Final = (
    "十佳 百佳 百强 十大 最美 最佳 金牌 银牌 标杆 示范性? 优秀 明星 特色 智慧 温馨 标准化 双优 优质 星级 "
    "五好 四星 五星"
)
"""Words of approval that federations and newspapers set before a title; the award is another one then."""
_PRAISE: Final = re.compile(rf"{either(_PRAISES)}$")
_UNIT_ENDS: Final = "公司 集团 大学 学院 医院 学校 中学 小学 银行 厂 矿 局 所 院 中心 部 厅 社 馆 委"
"""What the names of companies, schools and offices end with."""
_UNIT = re.compile(rf"[\u3400-\u9fff()]{{2,30}}{either(_UNIT_ENDS)}")

_INNER = re.compile(r"(?P<unit>.{3,30}?)(?P<tier>校级|院级|厂级|局级|公司级|集团级|单位级)")
_OWNER = re.compile(r"(?P<body>.{1,20}?(?:总工会|工会联合会|(?:产业|系统|行业)工会))(?P<rest>.+)")
_SEVERAL = re.compile(r"(?P<place>.*?)(?:获得?|荣获|历年|历届)*各级(?:各类)?(?:荣誉|表彰|命名)?")
"""各级模范职工之家 is about awards of several tiers: each row says its own."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before a title, as printed; `praise` are words that make it another award."""

    tier: str | None = None
    system: str | None = None
    issuer: str | None = None
    region: str | None = None
    body: str | None = None
    praise: str | None = None


def read_prefix(text: str) -> Prefix:
    """Takes the folded text before a title apart; words not understood are kept in `tier`.

    Examples: 全国; 重庆市 (tier and issuer); 湛江市…全国 (the place is where they are); 全国邮政系统;
    省直机关; 中国金融工会 (issuer).
    """
    text = text.strip("、,:;()\"' ")
    several = _SEVERAL.fullmatch(text)
    if several:
        return Prefix(region=several["place"] if is_place(several["place"]) else None)
    praise = _PRAISE.search(text)
    if praise:
        text = text[: praise.start()]
    subject, rest = _split_subject(text)
    nation = re.search(_NATION, rest)
    if nation and nation.start() > 0:
        before = _bare(rest[: nation.start()])
        subject = subject or before
        rest = rest[nation.start() :]
    tier, system, issuer = _qualifier(_bare(rest))
    issuer_of, region, body = _subject(subject)
    return Prefix(
        tier,
        system,
        issuer or issuer_of,
        region,
        body,
        praise.group() if praise else None,
    )


def _split_subject(text: str) -> tuple[str, str]:
    """The party that acts or receives, and the words of the title itself."""
    match = _SUBJECT.match(text)
    if match is None:
        return "", text
    rest = match["rest"]
    deeper = _SUBJECT.match(rest)
    while deeper:
        rest = deeper["rest"]
        deeper = _SUBJECT.match(rest)
    return _bare(match["subject"]), rest


def _bare(text: str) -> str:
    return _VERB_TAIL.sub("", _VERB_RUN.sub("", text)).strip("、,:;()\"' ")


def _subject(text: str) -> tuple[str | None, str | None, str | None]:
    """Issuer, region, body that a subject names: a federation confers, a place received."""
    if not text:
        return None, None, None
    if is_body(text) or text.endswith(("工会", "工会委员会", "工会联合会")):
        return text, None, None
    if is_place(text):
        return None, text, None
    return None, None, None


def _qualifier(text: str) -> tuple[str | None, str | None, str | None]:
    """Tier words, system and issuer of the words directly before a title."""
    if not text:
        return None, None, None
    if is_body(text) and text.endswith(("工会", "联合会", "委员会")):
        return None, None, text
    central = _CENTRAL.fullmatch(text)
    if central:
        return text, text, None
    direct = _DIRECT.fullmatch(text)
    if direct:
        place = direct["place"]
        return text, text, place if is_place(place) else None
    system = _SYSTEM.match(text)
    if system and not system["rest"]:
        return _system(text[:-2])
    trade = re.match(rf"{_NATION}|{_DEIXIS}", text)
    if trade and is_industry(text[trade.end() :]):
        return trade.group(), text[trade.end() :], None
    if _TIER.fullmatch(text):
        return text, None, None
    owner = _OWNER.fullmatch(text)
    if owner and is_body(owner["body"]):
        # 江北区总工会区级, 重庆市总工会2020年度重庆市: who confers, then which tier.
        said = _qualifier(_bare(owner["rest"]))
        return said[0], said[1], owner["body"]
    place_tier = _PLACE_TIER.fullmatch(text)
    if place_tier and is_place(place_tier["place"]):
        return text, None, place_tier["place"]
    inner = _INNER.fullmatch(text)
    if inner and _UNIT.fullmatch(inner["unit"]):
        return inner["tier"], None, inner["unit"]
    if text.endswith("级") and is_place(text[:-1]):
        return text, None, text[:-1]
    if _UNIT.fullmatch(text) or text.endswith("工会"):
        return None, None, text
    return text, None, None


def _system(text: str) -> tuple[str | None, str | None, str | None]:
    """全国邮政, 重庆市教育, 省交通: the tier or place in front, then the system."""
    lead = re.match(rf"{_NATION}|{_DEIXIS}|{_LEVELS}", text)
    if lead and lead.end() < len(text):
        return lead.group(), text[lead.end() :], None
    place = re.match(r"[\u3400-\u9fff]{1,8}?(?:自治区|自治州|省|市|区|县|州|盟)", text)
    if place and place.end() < len(text):
        return place.group(), text[place.end() :], place.group()
    return None, text, None
