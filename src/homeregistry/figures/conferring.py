"""Who confers, and at which tier: the words before the title, those carried from the item before, the
conferring union, the unit or the issuer, in this order.

What 市级 and 本级 mean is decided in `tiers` alone; here it is only found out whose 市 it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from homeregistry.bodies import BodyReading, read_body
from homeregistry.figures.lead import Lead, read_lead
from homeregistry.figures.scopes import Scope
from homeregistry.figures.territory import place_before
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.tiers import TierReading, resolve_tier
from homeregistry.vocabulary import TIERS, Tier
from homeregistry.years import PartialDate

Issuer = BodyReading | Region | None

_FORMS: Final = {
    "市厅级": "地市级", "市(厅)级": "地市级", "市(地)级": "地市级", "地(市)级": "地市级", "地市级": "地市级",
    "省(部)级": "省级", "省部级": "省级",
    "县(市,区)级": "县级", "县(市，区)级": "县级", "市县区级": "县级", "镇街级": "镇级",
    "中国": "全国", "街道": "街道级", "镇": "镇级", "乡": "乡级", "全旗": "旗级", "全自治区": "自治区级",
}  # fmt: skip
_SEVERAL: Final = re.compile(r"(国家|全国|省|市|区|县|州|旗|乡|镇)")
_BODY: Final = re.compile(
    r"(?P<body>全总|地区工会(?:办事处)?|(?:中华)?全国总工会|中国[\u3400-\u9fff]{2,14}工会|(?:(?:(?![被由经])[\u3400-\u9fff]){0,10}?(?:省|市|自治区|区|县|州|旗))?(?<!全)总工会|"
    r"(?<![\u3400-\u9fff])[省市区县州]总(?!工会)|(?:被|由)[省市区县州]总(?!工会)|[省市区县州](?:(?![被由经])[\u3400-\u9fff]){2,8}工会|(?:学校|校|公司|集团|集团公司|局|院|厂)(?:党委)?工会)"
    r"(?:委员会)?(?P<act>[^。;]{0,30}?(?:授予|命名|表彰|评选|评出|评为|评定|认定|确认|通报|决定|组织|撤销|开展))"
)
_NOT_ACTING: Final = re.compile(r"推荐|申报|转发|荣获|获得|获评|被(?!评)|获")
_HONOURED_BY: Final = re.compile(
    r"(?:受到?|获得?|得到|受)(?P<body>全总|(?:中华)?全国总工会|(?:(?![，,;。获受])[\u3400-\u9fff]){0,8}?[省市区县州旗]总工会|[省市区县州旗]总(?!工会))(?:的|通报)*(?:表彰|命名|授予|表扬|认定)"
)
_FEDERATIONS: Final = re.compile(
    r"(?<![全我本该])(?P<tier>省|市|地市|市州|县|区县|县区|县市区|区|乡镇|乡)级?(?P<above>及?以上)(?:各级|地方)*(?:总?工会|工会组织)"
    r"[^。;，,]{0,12}?(?:授予|命名|表彰|评选|评出|评定|认定|确认)"
)
"""县以上工会命名…: all federations from one tier upwards confer, the figure is theirs together."""
_EVERY_TIER: Final = re.compile(
    r"(?:[两二三四]级|各级)(?:总?工会|工会组织)[^。;，,]{0,12}?(?:授予|命名|表彰|评选|评出|评定|认定)"
)
"""省、市两级工会表彰…: the tier of each award is not said."""
_UNIT_SCOPE: Final = re.compile(
    r"(?:全|本|我|该)(?:校|院|公司|集团|厂|行|学院|学校|分公司)(?!工会)|(?:[校院厂局行司矿]|公司|集团|企业)内(?:部)?|(?:[校院厂局行矿]|公司|集团)自[己行](?=评|命名|表彰|授予|创)|"
    r"(?:大学|学院|学校|医院|公司|集团|厂|局|分院|研究院|研究所|银行|矿|油田|(?<![\u3400-\u9fff])[校院厂局行])(?:党委)?工会[^，,。;]{0,10}会议?上|"
    r"(?:(?<![\u3400-\u9fff])|(?<=[年月日]))(?:学校|公司|集团|我校|我院|本公司|集团公司|校|院)(?:党委|党政|行政|工会|[、和与]|联合)*(?:决定|共|分别|今年|年度)?(?:评|授予|表彰|命名|认定|涌现)"
)
_MEETING: Final = re.compile(
    r"(?:^|(?<=[，,。;:]))(?P<body>中国[\u3400-\u9fff]{2,14}工会|[\u3400-\u9fff]{2,12}[省市区县州旗][\u3400-\u9fff]{0,8}工会)"
    r"(?:[^，,。;]{0,8}会议?上|的?[^，,。;]{0,6}名单[里中上])[，,]"
)
"""西安市教科文卫工会总结会上,…: who holds the meeting confers."""
_OWN_UNION: Final = re.compile(
    r"(?:大学|学院|学校|医院|公司|集团|厂|局|分院|研究院|研究所|银行|分行|矿|油田|总社|农场|[校院行])(?:党委)?工会|"
    r"(?:医院|学校|公司|集团|学院|大学)[^，,。;]{0,8}(?:表彰会|总结会|年会|大会)|[校院厂]级|分工会"
)
_TERRITORIAL: Final = re.compile(
    r"总工会|[省市区县州旗]总(?!社)|全总|[省市区县州旗][\u3400-\u9fff]{2,8}工会|系统|地区工会"
)
_OF_UNIT: Final = re.compile(
    r"(?:大学|学院|学校|中学|小学|公司|集团|厂|矿|油田|医院|银行|分院|研究院|研究所)(?:党委)?(?:工会(?:委员会)?)?$"
)
_BUREAU: Final = re.compile(
    r"局集团|路局|供电局|矿务局|油田|工程局|勘探局|管理局|(?<![\u3400-\u9fff])[全我本]局|"
    r"(?:集团公司|公司)(?:党委)?(?:工会)?[^，,;。]{0,8}(?:评|命名|表彰|授予)"
)
_BY: Final = re.compile(
    r"(?:被|由|经|获)(?P<body>[\u3400-\u9fff]{2,10}[省市区县州旗盟]总工会)(?:评为|评定为|授予|命名为|认定为|表彰为|评选为)"
)
_BEHIND: Final = re.compile(
    r"\((?:(?:由|经)?(?P<body>[\u3400-\u9fff]{1,16}总?工会)(?:授予|评定|命名|认定|颁发|评选|表彰)|"
    r"(?:均?为)?(?P<tier>国家级|全国|省级|自治区级|市级|地市级|区级|县级|州级|盟级|旗级|镇级))\)"
)
_OWN_ACTS: Final = re.compile(
    r"(?P<own>全国|[我全本](?:省|市|区|县|州|旗|自治区))(?:(?:工会系统|各级工会|总工会)?[^，,;。获]{0,12}(?:评选|表彰|命名|授予|评出|评定)|首批|首届|第[一二三四五六七八九十]批)"
)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What is known of a report beside its text: who issued it, and its date."""

    issuer: Issuer = None
    as_of: PartialDate | None = None

    @property
    def day(self) -> str | None:
        """The last day the date allows, for the map and the issuer's status; None without a date."""
        return self.as_of.last_day.isoformat() if self.as_of else None

    @property
    def region(self) -> Region | None:
        """The issuer's region, where it has one."""
        if isinstance(self.issuer, BodyReading):
            number = self.issuer.region_id
            return gazetteer().by_id(number) if number is not None else None
        return self.issuer


_HEAD: Final = re.compile(
    r"\s*(?P<body>[\u3400-\u9fff]{2,26}?工会)(?:委员会)?(?:关于|(?:19|20)\d\d|工作要点|工作报告|工作总结|年度)"
)


def with_issuer(text: str, given: ReportContext) -> ReportContext:
    """The context with the issuer that the first line names (X总工会关于表彰…的决定), if none was given."""
    head = _HEAD.match(text) if given.issuer is None else None
    if head is None:
        return given
    body = read_body(head["body"], given.day)
    return replace(given, issuer=body) if body.tier or _OF_UNIT.search(body.name) else given


@dataclass(frozen=True, slots=True)
class Conferral:
    """The tier of a figure, with the words that gave it."""

    tier: Tier | None = None
    or_above: bool = False
    system: str | None = None
    printed: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True)
class TierReader:
    """Reads tiers for one sentence: `near` are the places it names, `text` its words."""

    given: ReportContext
    near: tuple[Region, ...]
    text: str
    scopes: tuple[Scope, ...] = ()
    said_year: int | None = None

    def at(self, year: int | None) -> "TierReader":
        """The reader for what the text says of a year: 1992年,命名市级… of 重庆 was a city of 四川's."""
        return replace(self, said_year=year) if year != self.said_year else self

    @property
    def day(self) -> str | None:
        """The day on whose map tiers are read: the end of the year said, at the latest the report's own."""
        said = f"{self.said_year}-12-31" if self.said_year else None
        return min(said, self.given.day) if said and self.given.day else said or self.given.day

    def lead(self, lead: Lead) -> Conferral:
        """The tier of the words before a title; an empty one where they do not say."""
        if lead.enterprise and not lead.tier:
            return Conferral("unit", False, lead.enterprise, lead.enterprise)
        printed = lead.tier or lead.place
        if lead.system and not printed:
            organs = re.search(r"直|机关|属", lead.system) is not None
            reading = self.words(lead.system if organs else lead.system + "系统")
            return Conferral(
                reading.tier, reading.or_above, reading.system or lead.system, lead.system, reading.ambiguous
            )
        if printed:
            reading = self.words(printed)
            if lead.place and lead.tier and lead.place != lead.tier:
                # 泰安市级 in the mouth of 新泰市 is the award of 泰安, not of the writer's own city
                placed = self._resolve(lead.place + lead.tier.removesuffix("以上"))
                if placed.tier is not None:
                    reading = replace(reading, tier=placed.tier, ambiguous=False)
            return Conferral(
                reading.tier, reading.or_above, lead.system or reading.system, printed, reading.ambiguous
            )
        if lead.body:
            return self.body(lead.body)
        return Conferral()

    def words(self, printed: str) -> Conferral:
        """The tier of printed words such as 市级以上, 福建省, 省直机关, 省、市级."""
        match = re.fullmatch(r"(.*?)(\(含\)以上|及?以上)?", printed)
        stem = match[1] if match else printed
        above = bool(match and match[2])
        stem = _FORMS.get(stem, stem).replace("一级", "级")
        reading = self._resolve(stem)
        if reading.tier is None and (several := self._several(stem)):
            return several
        ambiguous = reading.tier is None
        return Conferral(reading.tier, above or reading.or_above, reading.system, printed, ambiguous)

    def _resolve(self, stem: str) -> TierReading:
        reading = resolve_tier(stem, self.given.issuer, self.day)
        if reading.tier is not None:
            return reading
        answers = {resolve_tier(stem, region, self.day).tier for region in self.near}
        if len(answers) == 1 and (only := answers.pop()):
            return TierReading(only, False, None, "by_place")
        return self._contrast(stem) or reading

    def _contrast(self, stem: str) -> TierReading | None:
        """市级 between 省级 and 县级 in one sentence can only be the prefecture's; the 局级 of a bureau of
        the railways or of an oil field is its own."""
        between = re.search(r"省级|全省|自治区级", self.text) and re.search(r"县级|区级|县区级", self.text)
        if stem in ("市级", "全市", "市") and between:
            return TierReading("prefecture", False, None, "stated")
        if stem == "局级" and _BUREAU.search(self.text):
            return TierReading("unit", False, None, "stated")
        return None

    def _several(self, stem: str) -> Conferral | None:
        """国家、省、市级 is 市级 and above; 省、市级 names two tiers and no single one."""
        levels = _SEVERAL.findall(stem)
        if len(levels) < 2:
            return None
        tiers = [self._resolve(level if level in ("国家", "全国") else level + "级").tier for level in levels]
        known = [tier for tier in tiers if tier is not None]
        if len(known) == len(tiers) and known and known[0] == "national":
            lowest = max(known, key=TIERS.index)
            if len(set(known)) == TIERS.index(lowest) + 1:
                return Conferral(lowest, True, None, stem)
        return Conferral(None, False, None, stem, True)

    def body(self, printed: str) -> Conferral:
        """The tier of what a union confers: 全总, 省总工会, 四川省总工会, 市教育工会, 校工会."""
        name = printed.removeprefix("被").removeprefix("由")
        if re.match(r"(?:学校|校|公司|集团|集团公司|局|院|厂)(?:党委)?工会", name):
            return Conferral("unit", False, None, name) if name[0] != "局" else Conferral()
        if name.startswith("地区工会"):
            return self.words("地区级")
        if own := re.fullmatch(r"(自治区|[省市区县州旗])总(?:工会)?", name):
            return self.words(own[1] + "级")
        if name.endswith("总工会") and (place := place_before(name, len(name) - 3)):
            name = name[place.start :]
        if name == "总工会":
            return self.words("本级")
        named = "全国总工会" if name == "全总" else name
        reading = read_body(named, self.day, self.given.region)
        if reading.tier is None:  # a union above or beside the writer's own place
            reading = read_body(named, self.day)
        if reading.tier is None and (own := re.search(r"(自治区|[省市区县州旗])总工会$", name)):
            return self.words(own[1] + "级")  # 昨日下午区总工会: what stands before it is no place
        if reading.tier is None and (own := re.match(r"([省市区县州])([\u3400-\u9fff]{2,8})工会$", name)):
            tier = self.words(own[1] + "级")
            return Conferral(tier.tier, False, own[2], name, tier.ambiguous)
        if reading.tier is None and _OF_UNIT.search(name):
            return Conferral("unit", False, None, name)
        return Conferral(reading.tier, False, reading.system, name)

    def acting(self, end: int, start: int = 0) -> Conferral | None:
        """What the union confers that acts between `start` and `end` (X总工会授予, 被X评为)."""
        found = None
        if (meeting := _MEETING.search(self.text, start, end)) and not _NOT_ACTING.search(meeting["body"]):
            return self.body(meeting["body"])
        if several := _FEDERATIONS.search(self.text, start, end):
            return self.words(several["tier"] + "级" + several["above"])
        if every := _EVERY_TIER.search(self.text, start, end):
            return Conferral(None, False, None, every.group(), True)
        match = _BODY.search(self.text, start, end)
        while match:
            if not _NOT_ACTING.search(match["act"]):
                found = match
            match = _BODY.search(self.text, match.end("body"), end)
        if found is None and not start and (by := _HONOURED_BY.search(self.text)):
            return self.body(by["body"])
        return self.body(found["body"]) if found else None

    def spoken_by(self, start: int, end: int, lead: Lead) -> "TierReader":
        """The reader as the union that acts there sees it: 被金华市总工会评为市模范职工之家 is 金华's 市."""
        acts = _BY.search(self.text, start, end) if lead.tier and lead.tier[0] in "市区县" else None
        union = read_body(acts["body"], self.day) if acts else None
        if union is None or union.tier is None:
            return self
        return replace(self, given=replace(self.given, issuer=union))

    def named_behind(self, *ends: int) -> Conferral | None:
        """三星级职工之家(苏州市总工会评定), 24家(县级): who conferred it, or the tier, in a bracket behind
        the title or its number."""
        for end in ends:
            if match := _BEHIND.match(self.text, end):
                return self.body(match["body"]) if match["body"] else self.words(match["tier"])
        return None

    def announced(self) -> Conferral | None:
        """全区共获评省级以上: — the tier that a line without a title announces for the lines below it."""
        if not self.text.endswith(":"):
            return None
        lead = read_lead(self.text, len(self.text) - 1)
        found = self.lead(lead) if lead.tier else None
        return found if found and found.tier else None

    def own_act(self, start: int, end: int) -> Conferral | None:
        """我市评选表彰…: a place that confers by itself, between two figures."""
        if _FEDERATIONS.search(self.text, start, end) or _EVERY_TIER.search(self.text, start, end):
            return None  # others than the place itself confer
        matches = list(_OWN_ACTS.finditer(self.text, start, end))
        return self.words(matches[-1]["own"]) if matches else None

    def within_unit(self, end: int, start: int = 0) -> Conferral | None:
        """全校, 全公司, 行内: an award within the unit."""
        match = _UNIT_SCOPE.search(self.text, start, end)
        return Conferral("unit", False, None, match.group()) if match else None

    def of_unit(self) -> Conferral | None:
        """An award whose only union in sight is a unit's own (烟厂工会表扬了…), where no issuer is known."""
        if self.given.issuer is not None or _TERRITORIAL.search(self.text):
            return None
        match = _OWN_UNION.search(self.text)
        return Conferral("unit", False, None, match.group()) if match else None

    def system_before(self, end: int) -> Conferral | None:
        """全国金融系统共有120家单位获评…: the system as the sentence's subject."""
        whole = [s for s in self.scopes if s.sort == "system" and s.word and s.start < end]
        return self.words(whole[-1].printed) if whole else None

    @cached_property
    def issuers(self) -> Conferral:
        """What the issuer itself confers."""
        issuer = self.given.issuer
        if issuer is None:
            return Conferral()
        if isinstance(issuer, BodyReading) and issuer.tier is None and _OF_UNIT.search(issuer.name):
            return Conferral("unit", False, None, issuer.name)
        reading = resolve_tier("本级", self.given.issuer, self.day)
        return Conferral(reading.tier, False, reading.system, None)


def first_known(readings: Sequence[Conferral | None]) -> Conferral:
    """The first reading that says anything."""
    return next((r for r in readings if r and (r.tier or r.printed)), Conferral())
