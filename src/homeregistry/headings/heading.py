"""What a title row, section row, sheet name or heading line says about the names below it.

A heading is read by its grammar alone: (ordinal) (year) (who, tier, system) title (count). Nothing is
resolved: 市级 and 重庆市 stay printed words. A title that the kinds table does not know is kept as
`other_title`, so that the names below become problems and never records of a similar kind.
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from homeregistry.documents import find_document_numbers
from homeregistry.headings.announced import take_announced
from homeregistry.headings.conferrers import conferring_body, owner_of
from homeregistry.headings.places import PLACE, is_body, is_industry, is_place, is_trade
from homeregistry.headings.prefixes import Prefix, read_prefix
from homeregistry.headings.stated import StatedCount, read_stated_count
from homeregistry.kinds import TitleReading, fold_letter, kinds, read_title, title_pattern
from homeregistry.records import HeadingContext
from homeregistry.text import MARKS, clean, squeeze
from homeregistry.years import YearSpan, find_dates, find_years

_YEAR_AT_END = re.compile(
    r"[(（]\s*(?P<first>(?:19[89]|20[0-4])\d)(?:[-—–~～至](?P<last>(?:19[89]|20[0-4])\d))?\s*[)）]\s*$"
)
"""模范职工之家名单(2020): a bare year in a bracket at the end."""

_HAN: Final = "一二三四五六七八九十"
_APPENDIX = re.compile(
    rf"^[【\[(（]?附(?:件|表|录)?\s*[0-9０-９{_HAN}]*[】\])）]?\s*(?:[-—_]\s*[0-9]+)?\s*[:：、.．]?\s*"
)
_ORDINAL = re.compile(
    rf"^(?:第[{_HAN}0-9０-９]+(?:部分|批|类)[:：、\s]*|[{_HAN}]{{1,3}}\s*[、.．,，]\s*|[(（]\s*[{_HAN}0-9０-９]{{1,3}}\s*[)）]\s*[、.．]?|"
    r"[0-9０-９]{1,3}\s*(?:[、．)）]|\.(?![0-9]))\s*|[①-⑳]\s*|" + rf"[{MARKS}]+\s*)"
)
_NOMINATION = re.compile(
    r"拟推荐(?:对象|名单)?|拟表彰|拟命名|拟授予|拟认定|拟评定|拟确定|推荐汇总表|推荐名单|推荐表|推荐对象|推荐(?!单位$)|候选|"
    r"申报汇总表|申报表|申报|申请表|申请|报名|审批表|呈报表|登记表|名额分配表|名额|公示|入围|初审|初评|参评"
)
_RECOMMENDED_BY = re.compile(
    rf"^(?:{PLACE}|.{{0,8}}工会|各?[省市州盟区县旗]{{2,3}}|产业|系统|机关|直属.{{0,4}})推荐$"
)
"""区县推荐(3个) above names of an awards list says who recommended them."""
_RECHECK = re.compile(r"复查|复验|复核|复评|重新认定|重新确认|保留.{0,4}称号")
_REVOKE = re.compile(r"撤销|取消|收回")
_LIST_TAIL = re.compile(
    r"(?:的?(?:名单|一览表?|花名册|名册|汇总表?|情况表|情况|统计表|明细表?|目录|表)|(?:的)?(?:公示|公告|通报|决定|通知|公布)|"
    r"荣誉?称号|称号|获得者|获奖(?:单位|个人|集体|名单)|获得(?:单位|集体|个人)|单位|集体|个人|人员|如下|有|推荐|申报|审批|候选人?|"
    r"[(（](?:排名不分先后|以下排名不分先后|不分先后|按.{1,8}为序|续表?|单位|个人|集体)[)）]|[:：。])+$"
)
_LIST_WORD = re.compile(r"名单|一览表|花名册|名册|汇总表|明细表|目录|公示")
_GRADES: Final = "模范|先进|合格|示范"
_NOUNS: Final = r"职工之家\(小家\)|职工之\(小\)家|职工之家|职工小家|教工之家|教工小家|教职工之家|教职工小家"
_STAR: Final = "[一二三四五1-5](?:星级?|颗星)"
_NOUN = re.compile(_NOUNS)
_SHARED_NOUN = re.compile(
    rf"(?P<grades>(?:{_GRADES}|{_STAR})(?:[、,和及与](?:{_GRADES}|{_STAR}))+)(?P<noun>{_NOUNS}|小家|之家)"
)
_GRADE_ONLY = re.compile(rf"(?P<grade>{_GRADES}|{_STAR})(?P<noun>小家|之家)?(?:单位|称号)?")
_NEXT_SHORT = re.compile(
    r"^(?:称号)?[、,和及与](?P<short>(?:职工)?(?:小家|之家)|(?:工会)?积极分子|工会之友|(?:工会)?工作者(?:标兵)?)"
)
# What may follow a title in a heading; anything else (创建先进单位) makes it another one.
_CHANGES_TITLE = re.compile(
    r"^(?:的)?(?:创建|建设|达标|先进|示范|优秀|红旗|活动|标准|考核|班组|岗|工作室|评比|验收|办公室|领导小组|管理)"
)
_OTHER_TITLE = re.compile(
    r"(?:之家|小家|集体|先进单位|示范单位|先进个人|优秀个人|先锋号|奖状|奖章|标兵|能手|工作者|积极分子|之友|工匠|"
    r"示范点|示范岗|职代会|先进班组|优秀班组|主席|先进工会|优秀工会|劳动模范|文明单位|小组|巾帼.{2,6})$"
)
_GROUP = re.compile(
    "机关|事业单位|机关事业单位|企业|企事业单位|国有企业|非公(?:有制)?企业|民营企业|外资企业|学校|医院|"
    "各?[省市州盟区县旗]{2,3}|乡镇|街道|乡镇街道|社会组织|其[他它]|产业|地区|个人|集体|单位|直属单位|局属单位"
)
_TOTAL = re.compile(r"^(?:总计|合计|共计|小计|总数|以上)$")
_GENERIC: Final = re.compile(r"^(?:获奖|表彰|受表彰|先进|荣誉|附件|正式|最终|各类|评选|结果|入选|获评)*$")
_PART_OF = re.compile(rf"\((?P<place>{PLACE})(?:部分|地区|片区)?\)")
"""全国模范职工之家名单(吉林省部分): the names of one place out of a longer list."""
_DECISION_WORDS = re.compile(r"决定|发文|印发|表彰|授予|命名|公布|文件|通报")

NotAwarded = Literal["recheck", "revoked"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as read. `context` is the given context with what the heading adds to it.

    `kinds` are the titles named (several possible; `context.kind` is set for exactly one),
    `other_title` a title that is no kind of the table. `declared` and `stated` are the count and its
    words; `announced` is one in the words before the title (授予甲厂工会等2个单位…). `scope` is the
    place, body or group that the heading consists of. `nomination` is the word that makes it a list of
    candidates; `not_awarded` says that names below kept or lost a title.
    `noun` (职工之家, 教工小家) is what 一、模范 below it abbreviates. `owner` is the place that
    commends (宁波市表彰名单) where the heading names no title; 宁波市获奖名单 may list other bodies' awards.
    """

    text: str
    context: HeadingContext
    kinds: tuple[str, ...] = ()
    stars: int | None = None
    years: YearSpan | None = None
    declared: int | None = None
    stated: str | None = None
    nomination: str | None = None
    not_awarded: NotAwarded | None = None
    other_title: str | None = None
    announced: StatedCount | None = None
    scope: str | None = None
    owner: str | None = None
    noun: str | None = None
    is_list_title: bool = False
    is_label: bool = False

    @property
    def says_something(self) -> bool:
        """Whether the text is a heading at all: a name of a recipient says nothing here."""
        return bool(
            self.kinds
            or self.other_title
            or self.scope
            or self.is_list_title
            or self.is_label
            or self.nomination
            or self.declared is not None
            or (self.context.decision_no and find_document_numbers(self.text))
        )


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of a text and the text before and behind them."""

    kinds: tuple[str, ...] = ()
    stars: int | None = None
    other: str | None = None
    before: str = ""
    behind: str = ""


def read_heading(text: str, given: HeadingContext, noun: str | None = None) -> Heading:
    """Reads one heading under the context of the title that governs it.

    `given` is the context of the governing title (not of a neighbouring section); `noun` that title's
    noun, without which 一、模范(12个) names no kind. A line that is no heading gives a `Heading` for
    which `says_something` is False; sentences are for `lists`, not for here.
    """
    printed = clean(text)
    context, rest, years = _evidence(printed, given)
    rest, ordinal = _without_ordinal(rest)
    count = read_stated_count(rest)
    core = _TOTAL.sub("", _without_count(rest, count)) if count else rest
    nomination = _NOMINATION.search(_RECOMMENDED_BY.sub("", squeeze(core)))
    not_awarded = _not_awarded(squeeze(core))
    folded = _fold(core)
    bare = _LIST_TAIL.sub("", folded)
    titles = _read_titles(folded) or _read_short(bare, given, noun)
    listing = bool(_LIST_WORD.search(folded))
    found_noun = _noun(folded)
    scope = announced = None
    if titles is not None:
        before, announced = take_announced(titles.before)
        prefix = read_prefix(before)
        if prefix.praise:
            titles = _Titles(other=prefix.praise + bare.rpartition(prefix.praise)[2])
        context = _with_prefix(context, prefix, titles)
        part = _PART_OF.search(titles.behind)
        if part and is_place(part["place"]):
            context = replace(context, region_printed=part["place"])
    else:
        titles = _Titles()
        scope = _scope(bare, folded, count, bool(ordinal))
        if scope:
            context = _with_scope(context, scope)
        else:
            context = replace(context, issuer_printed=conferring_body(bare) or context.issuer_printed)
            if listing or (count is not None and not (count.counter is None and count.start > 0)):
                titles, context = _unknown_title(bare, context)
    heading = Heading(
        text=printed,
        context=context,
        kinds=titles.kinds,
        stars=titles.stars,
        years=years,
        nomination=nomination.group() if nomination else None,
        not_awarded=not_awarded,
        other_title=titles.other,
        announced=announced if len(titles.kinds) == 1 else None,
        scope=scope,
        owner=None if titles.kinds or titles.other or nomination else owner_of(folded),
        noun=found_noun or noun,
        is_list_title=listing,
        is_label=not core and count is None and bool(_APPENDIX.match(ordinal)),
    )
    believed = titles.kinds or titles.other or scope or listing or (count and not core)
    if count is not None and believed:
        heading = replace(heading, declared=count.value, stated=count.printed)
    return heading


def _evidence(text: str, given: HeadingContext) -> tuple[HeadingContext, str, YearSpan | None]:
    """Takes document number, date and years out of the text into the context."""
    context = given
    numbers = find_document_numbers(text)
    if len({number.normal for number, _, _ in numbers}) == 1:
        context = replace(context, decision_no=numbers[0][0].normal)
    rest = _cut(text, [(start, end) for _, start, end in numbers])
    dates = find_dates(rest)
    if len(dates) == 1 and (numbers or _DECISION_WORDS.search(rest)):
        context = replace(context, decision_date=str(dates[0][0]))
    rest = _cut(rest, [(start, end) for _, start, end in dates])
    spans = find_years(rest)
    years = _stated_years(rest, spans)
    bracketed = _YEAR_AT_END.search(rest) if not spans else None
    if bracketed:
        years = YearSpan(int(bracketed["first"]), int(bracketed["last"] or bracketed["first"]))
        rest = rest[: bracketed.start()]
    if years:
        context = replace(context, year_from=years.first, year_to=years.last)
    rest = _cut(rest, [(start, end) for _, start, end in spans])
    rest = re.sub(r"([(（【\[〔])[\s,，、;；]+", r"\1", rest)
    return context, re.sub(r"[(（【\[〔][\s,，、;；]*[)）】\]〕]", "", rest).strip(), years


def _stated_years(text: str, spans: list[tuple[YearSpan, int, int]]) -> YearSpan | None:
    """The one stated year; of several the one written 年度, else none is believed."""
    if len({span for span, _, _ in spans}) == 1:
        return spans[0][0]
    rounds = {span for span, start, end in spans if "年度" in text[start:end]}
    return rounds.pop() if len(rounds) == 1 else None


def _fold(text: str) -> str:
    """Folded as titles are, letters kept as printed (XX省级)."""
    return "".join(char if char.isascii() and char.isalnum() else fold_letter(char) for char in text)


def of_owner(heading: Heading) -> Heading:
    """The heading of a whole list, with its owner's tier and federation where it states none itself.

    宁波市表彰名单 above a list is what 宁波市模范职工之家名单 is; below another title it only names a place.
    """
    context = heading.context
    if heading.owner is None or context.tier_printed or context.issuer_printed:
        return heading
    return replace(
        heading, context=replace(context, tier_printed=heading.owner, issuer_printed=heading.owner)
    )


def _cut(text: str, places: list[tuple[int, int]]) -> str:
    for start, end in reversed(places):
        text = text[:start] + text[end:]
    return text


def _without_ordinal(text: str) -> tuple[str, str]:
    """The text without 附件1: and 一、 in front, and what was taken off."""
    rest = _APPENDIX.sub("", text, count=1) if _APPENDIX.match(text) else text
    for _ in range(2):
        rest = _ORDINAL.sub("", rest, count=1)
    return rest.strip(), text[: len(text) - len(rest)]


def _without_count(text: str, count: StatedCount | None) -> str:
    return text if count is None else (text[: count.start] + text[count.end :]).strip(" :：、,，")


def _not_awarded(text: str) -> NotAwarded | None:
    if _REVOKE.search(text):
        return "revoked"
    return "recheck" if _RECHECK.search(text) else None


def _noun(folded: str) -> str | None:
    nouns = set(_NOUN.findall(folded))
    return nouns.pop() if len(nouns) == 1 else None


def _read_titles(folded: str) -> _Titles | None:
    """Every title of a folded text: 模范、先进职工之家 and 模范职工之家、小家 name two each."""
    shared = _SHARED_NOUN.search(folded)
    if shared:
        noun = shared["noun"] if len(shared["noun"]) > 2 else "职工" + shared["noun"]
        grades = re.split("[、,和及与]", shared["grades"])
        before, behind = folded[: shared.start()], folded[shared.end() :]
        known = [reading for grade in grades if (reading := read_title(grade + noun))]
        if len(known) < len(grades) or not all(reading.kinds for reading in known):
            return _Titles(other=shared.group(), before=before, behind=behind)
        return _gather(known, before, behind)
    matches = list(title_pattern().finditer(folded))
    if not matches:
        return None
    readings: list[TitleReading] = []
    for match in matches:
        reading = read_title(match.group())
        behind = folded[match.end() :]
        if reading is None or not reading.kinds or _CHANGES_TITLE.match(behind):
            word = _CHANGES_TITLE.match(behind)
            return _Titles(
                other=match.group() + (_LIST_TAIL.sub("", behind) if word else ""),
                before=folded[: matches[0].start()],
                behind=behind,
            )
        readings.append(reading)
        readings.extend(_abbreviated(match.group(), behind))
    return _gather(readings, folded[: matches[0].start()], folded[matches[-1].end() :])


def _abbreviated(title: str, behind: str) -> list[TitleReading]:
    """小家 behind 模范职工之家、 is 模范职工小家; 积极分子 behind 优秀工会工作者和 likewise."""
    match = _NEXT_SHORT.match(behind)
    if match is None:
        return []
    short = match["short"]
    if short.endswith("家"):
        spelling = title[:2] + (short if short.startswith("职工") else "职工" + short)
    else:
        spelling = title[:2] + (short if short.startswith("工会") else "工会" + short)
    reading = read_title(spelling)
    return [reading] if reading and reading.kinds else []


def _gather(readings: list[TitleReading], before: str, behind: str) -> _Titles:
    codes = tuple(dict.fromkeys(code for reading in readings for code in reading.kinds))
    stars = {reading.stars for reading in readings}
    return _Titles(codes, stars.pop() if len(stars) == 1 else None, None, before, behind)


def _read_short(bare: str, given: HeadingContext, noun: str | None) -> _Titles | None:
    """模范 or 五星级 under a title that gives the noun, 小家 under one that gives the grade."""
    match = _GRADE_ONLY.fullmatch(bare)
    if match:
        grade = match["grade"].removesuffix("颗星")
        grade += "级" if grade.endswith("星") else ""
        if match["noun"]:
            own = "教工" if noun and noun.startswith("教工") else "职工"
            spelling = grade + own + match["noun"]
        elif noun:
            spelling = grade + noun
        else:
            return None
        return _as_titles(spelling)
    if bare in ("小家", "职工小家", "之家", "职工之家") and given.kind:
        grade = kinds()[given.kind].title[:2]
        if grade in _GRADES.split("|"):
            return _as_titles(grade + "职工" + bare[-2:])
    return None


def _as_titles(spelling: str) -> _Titles:
    reading = read_title(spelling)
    if reading is None or not reading.kinds:
        return _Titles(other=spelling)
    return _Titles(reading.kinds, reading.stars)


def _scope(bare: str, folded: str, count: StatedCount | None, numbered: bool) -> str | None:
    """The place, body or group that a heading without a title consists of.

    机关 alone or 机关(1) may be the name of a recipient: a group needs a number before or a 个 behind.
    """
    counted = count is not None and count.counter is not None and count.start > 0
    for words in (folded.rstrip(":"), bare):
        if is_place(words) or is_body(words):
            return words
        if is_industry(words) or (_GROUP.fullmatch(words) and (counted or numbered)):
            return words
        if is_trade(words) and (count is not None or words.startswith("全国")):
            return words
    if counted and bare and not _OTHER_TITLE.search(bare) and not _GENERIC.match(bare):
        return bare
    return None


def _with_scope(context: HeadingContext, scope: str) -> HeadingContext:
    if scope.endswith("兵团"):
        # The corps recommends as a province does and is no region of the map.
        return replace(context, body_printed=scope)
    if is_place(scope):
        return replace(context, region_printed=scope)
    if is_body(scope) or is_trade(scope) or scope.endswith("工委"):
        return replace(context, body_printed=scope)
    return context


def _with_prefix(context: HeadingContext, prefix: Prefix, titles: _Titles) -> HeadingContext:
    """The context under a title: its kind and what its prefix adds."""
    several = len(titles.kinds) != 1
    same_kind = not several and context.kind == titles.kinds[0]
    context = replace(
        context,
        kind=None if several else titles.kinds[0],
        stars=None if several else titles.stars,
    )
    if same_kind and context.tier_printed == "全国" and prefix.issuer and is_place(prefix.issuer):
        # 北京市模范职工之家(35个) inside the national list: Beijing's part, not Beijing's award.
        return replace(context, region_printed=prefix.issuer)
    return HeadingContext(
        kind=context.kind,
        stars=context.stars,
        tier_printed=prefix.tier or context.tier_printed,
        system=prefix.system or context.system,
        year_from=context.year_from,
        year_to=context.year_to,
        issuer_printed=_issuer(prefix.issuer, context.issuer_printed),
        region_printed=prefix.region or context.region_printed,
        body_printed=prefix.body or context.body_printed,
        decision_no=context.decision_no,
        decision_date=context.decision_date,
    )


def _issuer(said: str | None, known: str | None) -> str | None:
    """重庆市 in front of a title says no more than the 重庆市总工会 already known."""
    if said and known and is_place(said) and known.startswith(said):
        return known
    return said or known


def _unknown_title(bare: str, context: HeadingContext) -> tuple[_Titles, HeadingContext]:
    """A list title without a known title: 获奖名单 names none, 最美车间名单 names another."""
    if not _GENERIC.match(bare) and not _OTHER_TITLE.search(bare):
        place = re.match(PLACE, bare)
        if place and is_place(place.group()):
            context = replace(context, region_printed=place.group())
    if _GENERIC.match(bare) or not _OTHER_TITLE.search(bare):
        return _Titles(), context
    return _Titles(other=bare), replace(context, kind=None, stars=None)
