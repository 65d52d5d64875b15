"""What one header or row label of a table of counts says: kind, tier, years, measure, total, place.

A label is taken apart piece by piece; what no piece explains is `rest`, which the table's shape then
takes for a place, a body, or a column that counts something else. Short titles (小家 below 模范职工)
are completed only from words that stand in the same table.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from homeregistry.count_tables.cells import SCALES
from homeregistry.headings.heading import read_heading
from homeregistry.headings.places import is_body, is_place, is_trade
from homeregistry.headings.prefixes import read_prefix
from homeregistry.kinds import fold_title, title_pattern, title_spellings
from homeregistry.records import HeadingContext
from homeregistry.text import squeeze
from homeregistry.vocabulary import Measure
from homeregistry.years import YearSpan, find_dates, find_years, read_year

Total = Literal["grand", "sub"]
Grade = Literal["模范", "先进", "合格", "优秀"]

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+[、.,]|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d))")
_FOOTNOTE = re.compile(r"[*※△▲†‡①-⑩]+|[(\[]注\s*\d?[)\]]|\[\d\]")
_SCALE = re.compile(r"\(?(?:单位|计量单位)?[::]?(万|千)(?:个|名|家|人)?[、,/]?(?:名|人|个)?\)")
_UNIT = re.compile(
    r"\((?:单位:?)?(?:个|名|家|人|位|户|次)(?:[、,/](?:个|名|家|人|位))*\)|单位:(?:个|名|家|人)(?:[、,/](?:个|名|家|人))*"
)
_LEVEL: Final = (
    "国家|省部|省|自治区|市|地市|地|州|盟|区县|县区|县市区|县|区|旗|乡镇|镇街|街道|镇|乡|基层|本|单位|企业"
)
_TIER = re.compile(
    rf"全国级?(?:及?以上)?(?=$|[、(\d]|职工|模范|先进|优秀)|(?:{_LEVEL})级(?:及?以上)?|(?:全国|省|市|区|县)(?:及以上|以上)"
)
_BARE_TIER = re.compile(r"(?:全国|省|市|区|县)总工会(?:命名|表彰|授予|评定)?$")
_GRADE = re.compile(r"模范|先进|合格|优秀")
_STARS = re.compile(r"([一二三四五1-5])星级?")
_STAR_VALUES: Final = {char: value for value, char in enumerate("一二三四五", start=1)}
_SHORT: Final = {
    "职工之家": "home", "之家": "home", "家": "home", "职工小家": "small_home", "小家": "small_home",
    "工会工作者": "outstanding_worker", "工作者": "outstanding_worker", "积极分子": "activist",
    "工会之友": "union_friend", "之友": "union_friend", "标兵": "worker_pacesetter",
    "红旗单位": "home_red_banner",
}  # fmt: skip
_SHORT_PATTERN = re.compile("|".join(sorted(_SHORT, key=len, reverse=True)))
_GRADE_PREFIX: Final[dict[str, str]] = {"模范": "model", "先进": "advanced", "合格": "qualified"}
_TOTALS: Final = re.compile(r"合计|总计|共计|总数|总和|全部合计|^计$|^总$|小计|分计")
_MEASURES: Final[tuple[tuple[re.Pattern[str], Measure], ...]] = (
    (re.compile(r"撤销|摘牌|取消称号|收回"), "revoked"),
    (re.compile(r"复查|复核|复验|重新确认"), "recheck"),
    (re.compile(r"名额|指标数|分配数|推荐指标"), "quota"),
    (re.compile(r"计划|规划|目标|任务|拟评|拟命名|拟表彰|力争|预计"), "plan"),
    (re.compile(r"累计|至今|以来"), "cumulative"),
    (re.compile(r"现有|现存|实有|存量|保有|在册|年末数|期末数"), "stock"),
    (re.compile(r"建成|已建|创建数|建家数|建设数"), "built"),
    (re.compile(r"本年度?|当年|本期|本届|本次|新增|新命名|新评|新获|完成数?|实际"), "in_round"),
    (re.compile(r"截至|截止|止$"), "stock"),
)
_NOISE = re.compile(
    r"数量|个数|年份|年次|届次|上年度?|去年|年初|期初|期末|家数|人数合计|数目|数据|情况|统计|汇总|一览|明细|分布|对照|报表|年报|登记|简表|表|总数|"
    r"授予|命名|表彰|评选|评定|认定|获评|获得|荣获|获|称号|荣誉|奖项|创建|建设|工作|分地区|分区县|各地区?|各省\(?区?、?市?\)?|"
    r"各区县|各县区|各县\(?市?、?区?\)?|各市县?|各单位|各产业|各行业|各系统|各类|各级|年度?|截至|截止|底|末|累计|历年|历次|历届|"
    r"名额|分配|计划|目标|现有|实有|新增|本|当|按|及|和|与|以来|[的、,,::;。.\"'<>()\-/\s]"
)
_LEFTOVER = re.compile(r"^(?:个|家|名|人|数|共|数字|值|级|等级|类|其中|称|项|次|单位|集体|个人)?$")
NOT_AWARD = re.compile(
    r"人数|职工总?数|会员|基层工会数?|工会组织|建会|率|占比|比例|比重|百分|%|同比|环比|增减|增长|增幅|排名|名次|位次|经费|金额|"
    r"投入|资金|万元|\(元\)|面积|平方|推荐|申报|上报数|拟推荐|候选|活动|场次|培训|得分|分值|评分|权重|备注|说明|电话|联系|"
    r"负责人|法人|编码|代码|邮编"
)
_OWN: Final = re.compile(r"全国|[全我本该][省市区县州盟旗]|全系统|全行业")
_SHARED: Final = re.compile(r"(?:模范|先进|合格|星级?)[、和及与/]$")
_EACH = re.compile(
    r"各(?:设区市|直属|地市|地级市)|各[一-龥]{0,3}?(?:区县|县区|县\(市、区\)|县市区|市县|省区市|省\(区、市\)|市州|市|省|县|区|单位|产业|行业|系统|地区|地)|分(?:地区|区县|省市?|市县|行业|产业|单位|年度|级别|性质|类别)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """The pieces of one label; every field is empty where the label does not speak of it."""

    kinds: tuple[str, ...] = ()
    stars: int | None = None
    near_title: str | None = None
    grade: Grade | None = None
    short: str | None = None
    tier: str | None = None
    or_above: bool = False
    system: str | None = None
    years: YearSpan | None = None
    until: int | None = None
    measure: Measure | None = None
    series: bool = False
    earlier: bool = False
    total: Total | None = None
    subset: bool = False
    scale: int = 1
    not_award: bool = False
    rest: str = ""

    @property
    def speaks(self) -> bool:
        """Whether any piece of it belongs to a count of awards."""
        return bool(
            self.kinds or self.stars or self.short or self.grade or self.tier or self.years
            or self.measure or self.total
        )  # fmt: skip

    @property
    def speaks_of_award(self) -> bool:
        """Whether it names an award, a tier or a year, that is more than a place or a total."""
        return bool(self.kinds or self.stars or self.short or self.grade or self.tier or self.years)


def fold(text: str) -> str:
    """A label without spaces, footnote marks and width differences; 〔〕【】 become round brackets."""
    marked = _FOOTNOTE.sub("", text)
    folded = unicodedata.normalize("NFKC", squeeze(marked))
    return folded.translate(str.maketrans("【】〔〕[]{}—–－―", "()()()()----")).strip(":;,。、")


@lru_cache(maxsize=4096)
def read_label(text: str) -> Label:
    """The pieces of one label as printed."""
    words = _ORDINAL.sub("", fold(text))
    label = Label(
        not_award=NOT_AWARD.search(words) is not None,
        series=re.search(r"历年|历次|历届", words) is not None,
        earlier=re.search(r"上年|去年|年初|期初", words) is not None,
    )
    if re.fullmatch(r"\d{4}", words) and (span := read_year(words)):
        return replace(label, years=span)
    if match := re.match(r"其中[::]?", words):
        words = words[match.end() :]
        label = replace(label, subset=True)
    words, label = _units(words, label)
    words, label = _times(words, label)
    for pattern, measure in _MEASURES:
        if pattern.search(words):
            label = replace(label, measure=label.measure or measure)
            break
    words, label = _titles(words, label)
    if label.tier is None and (match := _TIER.search(words) or _BARE_TIER.match(words)):
        printed = match.group()
        words = words[: match.start()] + words[match.end() :]
        label = replace(label, tier=_without_above(printed), or_above="以上" in printed)
    if match := _TOTALS.search(words):
        label = replace(label, total="sub" if match.group() in ("小计", "分计") else "grand")
        words = words[: match.start()] + words[match.end() :]
    if not label.kinds and label.near_title is None:
        words, label = _short_titles(words, label)
    rest = _NOISE.sub("", words)
    return replace(label, rest="" if _LEFTOVER.match(rest) else words.strip("()、-:"))


def join(labels: list[Label]) -> Label:
    """A path of labels as one, the inner one winning; `rest` is joined from the outside in."""
    joined = Label()
    for label in labels:
        total = label.total or joined.total
        if joined.total == "sub" or label.total == "sub":
            total = "sub"
        joined = Label(
            kinds=label.kinds or joined.kinds,
            stars=label.stars or joined.stars,
            near_title=None if label.kinds else label.near_title or joined.near_title,
            grade=label.grade or joined.grade,
            short=label.short or (None if label.kinds else joined.short),
            tier=label.tier or joined.tier,
            or_above=label.or_above if label.tier else joined.or_above,
            system=label.system or joined.system,
            years=label.years or joined.years,
            until=label.until or joined.until,
            measure=label.measure or joined.measure,
            series=label.series or joined.series,
            earlier=label.earlier or joined.earlier,
            total=total,
            subset=label.subset or joined.subset,
            scale=max(label.scale, joined.scale),
            not_award=label.not_award or joined.not_award,
            rest=label.rest if label.rest.startswith(joined.rest) else joined.rest + label.rest,
        )
    return joined


def complete(label: Label, grade: Grade | None, starred: bool) -> Label:
    """A short title made whole by the grade of its neighbours or of the table's heading."""
    if label.kinds:
        return label
    if label.stars and (starred or label.short in (None, "home")):
        return replace(label, kinds=("star_home",), near_title=None)
    if label.short is None:
        return label
    if label.short not in ("home", "small_home"):
        return replace(label, kinds=(label.short,), near_title=None) if grade or label.grade else label
    prefix = _GRADE_PREFIX.get(label.grade or grade or "")
    if prefix is None:
        return label
    return replace(label, kinds=(f"{prefix}_{label.short}",), near_title=None)


def grade_of(kinds: tuple[str, ...]) -> Grade | None:
    """The one grade that these kinds share (model, advanced, qualified), or None."""
    grades: dict[str, Grade] = {"model": "模范", "advanced": "先进", "qualified": "合格"}
    found = {grades[prefix] for kind in kinds if (prefix := kind.partition("_")[0]) in grades}
    return found.pop() if len(found) == 1 else None


def section_words(text: str) -> str:
    """The words of a section line without its ordinal and its count (一、区县总工会(24个))."""
    return re.sub(r"\(?\d+[个家名]\)?$", "", _ORDINAL.sub("", fold(text)))


def without_each(text: str) -> str:
    """The text without 各区县, 分行业 and the like, which say how a table is cut, not where it is."""
    return _EACH.sub("", text)


def heading_scope(text: str) -> str | None:
    """The place, body or industry at the head of a title line (重庆市万州区2020年度…), or None."""
    words = _EACH.sub("", _ORDINAL.sub("", fold(text)))
    if years := find_years(words):
        span_start, span_end = years[0][1:]
        words = words[span_end:].lstrip("度") if span_start == 0 else words[:span_start]
    words = words.removeprefix("关于").strip("()")
    if title := re.search(r"模范|先进|合格|优秀|职工之家|小家|获|命名|表彰|评选|授予", words):
        words = words[: title.start()]
    for length in range(min(len(words), 24), 1, -1):
        head = words[:length]
        if _OWN.fullmatch(head) or is_place(head):
            # 全国 right before a title is the tier of the title, not where the table is
            return None if head == "全国" and title and length == len(words) else head
        if (
            is_body(head)
            or is_trade(head)
            or re.fullmatch(r"[一-龥]{2,16}(?:公司|集团|大学|学院)(?:工会)?", head)
        ):
            return head.removesuffix("总工会").removesuffix("工会") or head
    return None


def _units(words: str, label: Label) -> tuple[str, Label]:
    if match := _SCALE.search(words):
        return words[: match.start()] + words[match.end() :], replace(label, scale=SCALES[match[1]])
    return _UNIT.sub("", words), label


def _times(words: str, label: Label) -> tuple[str, Label]:
    dates = find_dates(words)
    if dates:
        day, start, end = dates[-1]
        words = words[:start] + words[end:]
        label = replace(label, until=day.year, measure=label.measure)
    years = find_years(re.sub("[()]", " ", words))
    if years:
        span, start, end = years[0]
        tail = words[end : end + 2]
        words = words[:start] + words[end:]
        if tail[:1] in ("底", "末", "止") or words[:start].endswith(("截至", "截止", "至")):
            label = replace(label, until=span.last)
        else:
            label = replace(label, years=span)
    return words, label


def _titles(words: str, label: Label) -> tuple[str, Label]:
    """The titles in the label with the words directly before the first of them."""
    folded = fold_title(words)
    found = list(title_pattern().finditer(folded))
    if not found:
        return words, label
    kinds: list[str] = []
    for match in found:
        reading = title_spellings()[match.group()]
        if match.group() in ("职工之家", "职工小家"):
            continue
        if not reading.kinds:
            label = replace(label, near_title=match.group())
        kinds += [kind for kind in reading.kinds if kind not in kinds]
        label = replace(label, stars=label.stars or reading.stars)
    label = replace(label, kinds=tuple(kinds))
    before, after = folded[: found[0].start()], folded[found[-1].end() :]
    if not kinds and label.near_title is None:
        return folded, label
    if _SHARED.search(before):
        heading = read_heading(folded, HeadingContext())
        label = replace(label, kinds=heading.kinds, stars=heading.stars)
        before = ""
    label = _with_prefix(_EACH.sub("", before), label)
    before = ""
    words = before + after
    if (
        kinds
        and re.match(r"[、,和及]?(?:职工)?小家", after)
        and len(kinds) == 1
        and kinds[0].endswith("_home")
    ):
        small = kinds[0].replace("_home", "_small_home")
        label = replace(label, kinds=(kinds[0], small))
        words = before + re.sub(r"^[、,和及]?(?:职工)?小家", "", after)
    return words, label


def _with_prefix(before: str, label: Label) -> Label:
    """What stands directly before a title: 市级以上, 全国邮政系统, 重庆市; praise makes another award."""
    if not before:
        return label
    prefix = read_prefix(before)
    if prefix.praise:
        return replace(label, kinds=(), near_title=prefix.praise + "…")
    tier = prefix.tier
    named = prefix.system or prefix.issuer or re.fullmatch("[省市区县州盟旗]", tier or "")
    if tier is None or not (named or _TIER.search(tier) or _OWN.fullmatch(tier)):
        return replace(label, system=prefix.system or label.system)
    return replace(
        label, tier=_without_above(tier), or_above="以上" in tier, system=prefix.system or label.system
    )


def _without_above(printed: str) -> str:
    return printed.removesuffix("及以上").removesuffix("以上")


def _short_titles(words: str, label: Label) -> tuple[str, Label]:
    if match := _STARS.search(words):
        digit = match[1]
        label = replace(label, stars=_STAR_VALUES.get(digit) or int(digit))
        words = words[: match.start()] + words[match.end() :]
    if match := _GRADE.fullmatch(words) or re.match(
        r"(?:模范|先进|合格|优秀)(?=$|职工|小家|之家|家|\()", words
    ):
        grade: dict[str, Grade] = {"模范": "模范", "先进": "先进", "合格": "合格", "优秀": "优秀"}
        label = replace(label, grade=grade[match.group()])
        words = words[match.end() :]
    if match := _SHORT_PATTERN.fullmatch(words):
        label = replace(label, short=_SHORT[match.group()])
        words = ""
    elif words == "职工":
        words = ""
    return words, label
