"""The tier that printed words mean: 市级 is provincial in a municipality, prefecture tier under a
prefecture-level city, county tier under a county-level city, and it depends on the date.

Before March 1997 重庆 was a city of 四川 and its 市级 was prefecture tier. A system's award
(全国邮政系统, 省直机关) has its issuer's tier and is kept apart by its system. Without an issuer an
ambiguous word stays ambiguous.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from homeregistry.bodies import BodyReading, read_body, tier_of
from homeregistry.regions.gazetteer import Gazetteer, gazetteer
from homeregistry.regions.table import Day, Region, is_municipality, iso
from homeregistry.text import key
from homeregistry.vocabulary import TIERS, Tier

TierReason = Literal["stated", "by_issuer", "by_place", "by_body", "ambiguous", "unknown", "contradiction"]

_ABOVE: Final = re.compile(r"(?:或|及|\(含\)|含)?以上(?:的)?$")
_TITLE_TAIL: Final = re.compile(r"(?:的|先进|荣誉|称号|表彰)+$")
_SYSTEM: Final = re.compile(r"^(?P<front>.*?)(?P<system>[\u4e00-\u9fff]{2,12}?)系统$")
_ORGANS: Final = re.compile(
    r"^(?P<place>.*?)(?P<word>省|市|区|县|州|自治区|地)(?:直|级机关|直属机关|直机关|直单位)(?:机关|单位|系统|属|工委)*$"
)
_CENTRAL: Final = re.compile(r"^(中央和国家机关|中央国家机关|中直机关|中央直属机关)$")

_FIXED: Final[dict[str, Tier]] = {
    "全国": "national", "国家级": "national", "国家": "national", "全国级": "national",
    "部级": "national", "中央级": "national",
    "省级": "provincial", "全省": "provincial", "我省": "provincial", "该省": "provincial",
    "本省": "provincial", "省": "provincial", "自治区级": "provincial", "自治区": "provincial",
    "全自治区": "provincial", "我自治区": "provincial", "省部级": "provincial",
    "直辖市级": "provincial", "省(区、市)级": "provincial", "省(自治区、直辖市)级": "provincial",
    "省区市级": "provincial", "兵团级": "provincial", "兵团": "provincial",
    "地市级": "prefecture", "地级": "prefecture", "地级市": "prefecture", "设区市级": "prefecture",
    "设区市": "prefecture", "设区的市级": "prefecture", "地区级": "prefecture",
    "地厅级": "prefecture", "全地区": "prefecture", "我地区": "prefecture", "州级": "prefecture",
    "州": "prefecture", "全州": "prefecture", "我州": "prefecture", "该州": "prefecture",
    "市州级": "prefecture", "州市级": "prefecture", "市(州)级": "prefecture",
    "市、州级": "prefecture", "州(市)级": "prefecture", "盟市级": "prefecture",
    "师级": "prefecture", "师市级": "prefecture",
    "盟": "prefecture", "盟级": "prefecture", "全盟": "prefecture", "我盟": "prefecture",
    "县级": "county", "县": "county", "全县": "county", "我县": "county", "该县": "county",
    "本县": "county", "区县级": "county", "县区级": "county", "县(区)级": "county",
    "区(县)级": "county", "县市级": "county", "县(市、区)级": "county", "县(市)级": "county",
    "区市县级": "county", "县市区级": "county", "旗县级": "county", "旗级": "county",
    "全旗": "county", "我旗": "county", "旗": "county", "县级市": "county", "区县": "county",
    "乡镇级": "township", "乡级": "township", "镇级": "township", "街道级": "township",
    "全镇": "township", "全乡": "township", "我镇": "township", "我街道": "township",
    "乡镇(街道)级": "township", "镇街级": "township", "镇(街道)级": "township",
    "集团级": "unit", "公司级": "unit", "企业级": "unit", "厂级": "unit", "校级": "unit",
    "院级": "unit", "单位级": "unit", "基层级": "unit", "我公司": "unit", "全公司": "unit",
    "我校": "unit", "全校": "unit", "我院": "unit", "全院": "unit", "我厂": "unit", "全厂": "unit",
    "本单位": "unit", "本公司": "unit", "本校": "unit", "处级": "unit", "车间级": "unit",
}  # fmt: skip
_CITY: Final = frozenset({"市级", "全市", "我市", "该市", "本市", "市"})
_DISTRICT: Final = frozenset({"区级", "全区", "我区", "该区", "本区", "区"})
_OWN: Final = frozenset({"本级", "我级", "同级", "本地", "全域"})


_LEVEL_OF_PLACE: Final = re.compile(r"(?P<place>.+[省市区县州盟旗])(?P<level>(?:自治区|[省市区县州盟旗])级)")


@dataclass(frozen=True, slots=True)
class TierReading:
    """A tier, whether higher ones are meant too (以上), and the system of an industry's award."""

    tier: Tier | None
    or_above: bool
    system: str | None
    reason: TierReason


def resolve_tier(printed: str, issuer: BodyReading | Region | None, day: Day | None) -> TierReading:
    """The tier of printed words such as 市级以上, 我省, 区级, 全国邮政系统 or 省直机关.

    `issuer` is who confers or whose paper speaks, `day` the day it does (None: today's map). An
    issuer that stood under another status on that day is read as it then was.
    """
    bare, above = _bare(printed)
    if bare in _FIXED:
        return _fixed(bare, above)
    return _by_issuer(bare, above, issuer, day)


@lru_cache(maxsize=8192)
def _by_issuer(bare: str, above: bool, issuer: BodyReading | Region | None, day: Day | None) -> TierReading:
    place = _issuer_region(issuer, day)
    tier, system, reason = _read(bare, issuer, place, day)
    return TierReading(tier, above, system, reason)


@lru_cache(maxsize=1024)
def _bare(printed: str) -> tuple[str, bool]:
    """The folded words without 以上 and 称号, and whether 以上 was there."""
    text = key(printed)
    bare = _ABOVE.sub("", text)
    return _TITLE_TAIL.sub("", bare), bare != text


@cache
def _fixed(bare: str, above: bool) -> TierReading:
    return TierReading(_FIXED[bare], above, None, "stated")


_Answer = tuple[Tier | None, str | None, TierReason]


def _read(text: str, issuer: BodyReading | Region | None, place: Region | None, day: Day | None) -> _Answer:
    if text in TIERS:
        return text, None, "stated"
    if text in _FIXED:
        return _FIXED[text], None, "stated"
    if text in _CITY:
        return _city(place)
    if text in _DISTRICT:
        return _district(text, place)
    if text in _OWN or not text:
        return _own(issuer, place)
    if _CENTRAL.match(text):
        return "national", text, "stated"
    organs = _ORGANS.match(text)
    if organs:
        return _organs(text, organs, place, day)
    system = _SYSTEM.match(text)
    if system:
        return _system(text.removesuffix("系统"), issuer, place, day)
    return _by_name(text, place, day)


def _city(place: Region | None) -> _Answer:
    if place is None:
        return None, None, "ambiguous"
    if place.level == "province":
        # A province speaks of its cities; a municipality of itself.
        return ("provincial" if is_municipality(place) else "prefecture"), None, "by_issuer"
    if place.level == "prefecture" or place.name.endswith("市"):
        return tier_of(place), None, "by_issuer"
    upper = gazetteer().ancestors(place)
    return (tier_of(upper[0]), None, "by_issuer") if upper else (None, None, "ambiguous")


def _district(text: str, place: Region | None) -> _Answer:
    if place is None:
        return None, None, "ambiguous"
    if place.level == "province" and place.name.endswith("自治区"):
        return "provincial", None, "by_issuer"
    if place.level == "county":
        return "county", None, "by_issuer"
    if text == "区级":
        return "county", None, "by_issuer"
    return None, None, "ambiguous"  # 我区 in the mouth of a city is nobody's district


def _own(issuer: BodyReading | Region | None, place: Region | None) -> _Answer:
    if isinstance(issuer, BodyReading) and issuer.tier is not None and place is None:
        return issuer.tier, issuer.system, "by_issuer"
    if place is None:
        return None, None, "ambiguous"
    system = issuer.system if isinstance(issuer, BodyReading) else None
    return tier_of(place), system, "by_issuer"


def _organs(text: str, match: re.Match[str], place: Region | None, day: Day | None) -> _Answer:
    word = match["word"]
    named = _region(match["place"] + word, day, None) if match["place"] else None
    system = word + "直机关" if word != "地" else "地直机关"
    if named is not None:
        return tier_of(named), system, "by_place"
    if match["place"]:
        return None, None, "unknown"
    level = {"省": "省级", "自治区": "自治区级", "州": "州级", "地": "地级", "县": "县级"}.get(word)
    if level is not None:
        return _FIXED[level], system, "stated"
    tier, _, reason = _city(place) if word == "市" else _district("区级", place)
    return tier, system, reason


def _system(text: str, issuer: BodyReading | Region | None, place: Region | None, day: Day | None) -> _Answer:
    for size in range(min(len(text) - 2, 12), 0, -1):
        front, system = text[:size], text[size:]
        if front in _FIXED or front in _CITY or front in _DISTRICT:
            tier, _, reason = _read(front, issuer, place, day)
            return tier, system, reason
        named = _region(front, day, None)
        if named is not None:
            return tier_of(named), system, "by_place"
    # 邮政系统 alone: the tier is its issuer's.
    tier, _, reason = _own(issuer, place)
    return tier, text, reason


def _by_name(text: str, place: Region | None, day: Day | None) -> _Answer:
    named = _region(text.removesuffix("级"), day, place)
    if named is not None:
        return tier_of(named), None, "by_place"
    if (tier := _tier_of_all(text.removesuffix("级"), day)) is not None:
        return tier, None, "by_place"
    level = _LEVEL_OF_PLACE.fullmatch(text)
    owner = _region(level["place"], day, place) if level else None
    if level and owner is not None:  # 重庆市市级: the 市级 of Chongqing
        return _read(level["level"], owner, owner, day)
    body = read_body(text, day, place)
    if body.tier is not None:
        return body.tier, body.system, "by_body"
    return None, None, "unknown"


def _region(text: str, day: Day | None, near: Region | None) -> Region | None:
    table = gazetteer()
    if len(text) < 2:
        return None
    when = iso(day) if day is not None else "9999-12-31"
    for within in (near, None) if near is not None else (None,):
        reading = table.resolve(text, (when, when), within)
        if reading.region is not None and not reading.rest:
            return reading.region
    return None


def _tier_of_all(text: str, day: Day | None) -> Tier | None:
    """The tier of a name that several places bear, where all of them have it (南山区 is a county's)."""
    if len(text) < 3:
        return None
    when = iso(day) if day is not None else "9999-12-31"
    reading = gazetteer().resolve(text, (when, when))
    tiers = {tier_of(region) for region in reading.candidates} if reading.reason == "ambiguous" else set()
    return tiers.pop() if len(tiers) == 1 else None


def _issuer_region(issuer: BodyReading | Region | None, day: Day | None) -> Region | None:
    table = gazetteer()
    if isinstance(issuer, BodyReading):
        if issuer.region_id is None or issuer.kind == "zone":
            return None
        issuer = table.by_id(issuer.region_id)
    if issuer is None or day is None or issuer.in_force(day):
        return issuer
    return _as_it_was(issuer, iso(day), table)


def _as_it_was(region: Region, day: str, table: Gazetteer) -> Region:
    """The row of the same place on another day: the one of its line that bears its name, else
    the one with its code, else the region itself."""
    rows, _ = table.history(region.code)
    same = [row for row in rows if row.name == region.name and row.in_force(day)]
    same = same or [row for row in rows if row.code == region.code and row.in_force(day)]
    return same[0] if same else region
