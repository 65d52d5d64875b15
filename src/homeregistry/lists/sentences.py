"""Names inside sentences: A、B、C等3家单位荣获…;D获…, 命名A为X,B、C为Y, 获得…的有:A、B.

A sentence is read clause by clause around its titles. Names stand before the verb or, behind a
colon, after the title; what does not have the form of a name makes the clause prose. Sentences about
figures (本市2个集体获…) name nobody and give nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.headings.heading import Heading, read_heading
from homeregistry.headings.places import is_body
from homeregistry.headings.stated import COUNTERS, read_exact
from homeregistry.kinds import fold_letter, kinds, title_pattern
from homeregistry.lists.lines import Line
from homeregistry.lists.persons import UNIT_END, Person, behind_post, split_people
from homeregistry.lists.splitting import is_whole_name, may_be_name, split_names
from homeregistry.patterns import either
from homeregistry.records import HeadingContext
from homeregistry.years import YEAR_TOKEN

_WON: Final = "荣获 喜获 获得 获评 获颁 斩获 摘得 夺得"
"""How notices and newspapers say that somebody won a title."""
_WAS_NAMED: Final = "被授予 被评定为 被评为 被命名为 被认定为 被确认为 被表彰为 分别被评为"
"""How decisions say it of those who received."""
_NAMED: Final = "评为 评定为 命名为 认定为 确认为 授予"
"""How they say it of the one that gave."""
_BECAME: Final = "创成 创建成 创建为 建成 荣膺 入选 列为 上榜 成为 达标 达到 当选 获 为"
"""How units say it of themselves; the shortest last, which begin or end longer ones."""
_IS_LISTED: Final = "榜上有名 金榜题名 名列其中 位列其中"
"""How newspapers close a sentence about those who won."""
_CONFERS: Final = "授予 命名 评定 认定 确认 表彰 表扬 评选 追授"
"""What a federation does in a decision."""
_CONFERRING: Final = re.compile(either(_CONFERS))
_VERB: Final = either(_WON, _WAS_NAMED, _NAMED, _BECAME)
_BEFORE_TITLE = re.compile(rf"^(?P<names>.*)(?P<verb>{_VERB})(?P<prefix>[^、,，;；:：]{{0,30}})$")
_BETWEEN: Final = "被 分别 同时 均 也 还 又 , ， 被.{1,12}(?=评为)"
"""What may stand among several such verbs."""
_TRAILING_VERB = re.compile(rf"{either(_WON, _WAS_NAMED, _NAMED, _BECAME, _IS_LISTED, _BETWEEN)}+$")
_CONFERRED = re.compile(rf"^.*?{either(_CONFERS)}(?P<names>.+)$")
_NAMES_THEN_PREFIX = re.compile(rf"^(?P<names>.*(?:{UNIT_END}|单位|集体))(?P<prefix>[^、,，]{{0,16}})$")
_NUMBER: Final = r"[0-9０-９]{1,5}|[一二两三四五六七八九十百]{1,5}"
_AFTER_TITLE = re.compile(
    rf"^(?:荣誉)?(?:称号|荣誉)?(?:[（(]共?(?P<stated>(?P<number>{_NUMBER})(?:{COUNTERS}))[)）](?=[:：]))?的?(?:单位|集体|个人|获得者|名单)?(?:的?(?:有|是|分别是|为|包括)[:：]?|[:：])(?P<names>.+)$"
)
_TAIL = re.compile(r"^(?:荣誉)?(?:称号|荣誉|奖牌|牌匾)?(?:的?表彰)?[,，;；、。]?(?:和|及|并|另有|以及)?")
_RECIPIENTS: Final = (
    "基层 先进 单位 集体 个人 工会 组织 分会 小组 委员会 同志 企业 职工 干部 会员 部门 或 和 、"
)
"""What a sum names behind its counter (等3家先进单位和个人)."""
_STATED = re.compile(
    rf"(?P<etc>等)?(?<!第)(?P<stated>(?P<number>{_NUMBER})(?:{COUNTERS}|所){either(_RECIPIENTS)}*)$"
)
_ETC = re.compile(r"等(?:单位|集体|个人|同志|人)?$")
_OPENS: Final = "其中 日前 近日 决定 研究 批准 同意 通报 揭晓 公布 名单如下 分别是"
"""Words of a sentence's lead, which end before the names begin."""
_BEFORE_NAMES: Final = "推荐 申报 拟 对 将 由 经 并 和 及 , ， 、"
"""Words between the verb and the first name."""
_LEAD = re.compile(
    rf"^(?:{YEAR_TOKEN}(?:[-—–至]+{YEAR_TOKEN})?年度?的?)|^.*?{either(_OPENS)}[,，:：]?|"
    rf"^[^、:：]{{0,12}}(?:结果|情况|名单)(?:如下)?[:：]|^{either(_CONFERS, _BEFORE_NAMES)}+"
)
_OUR: Final = re.compile(r"^(?:我[省市区县州盟旗]|全[省市县州]|该[省市区县]|本[省市区县])(?:的)?(?!总?工会)")
_FIGURE_ONLY = re.compile(rf"^.{{0,12}}?(?:共有|共|有)?(?:{_NUMBER})(?:{COUNTERS})[^、,，]{{0,12}}$")
_PROSE: Final = (
    "先后 曾 多次 分别 ^该 ^其 ^他 ^她 ^这 ^并 ^并且 ^连续 ^还 继 今年 去年 年度?$ 以来 称号 荣誉 名单 "
    "活动 工作中 奖 [0-9]+% [0-9一二三四五六七八九十]+[家名个] 星级"
)
"""Words that no name holds, or begins with: what has them is prose about somebody."""
_NO_NAME = re.compile(either(_PROSE))
_NOMINATED = re.compile(r"推荐|拟(?:命名|授予|表彰|推荐|认定|确认|评)|申报|候选|公示|争创|力争|参评")
_RECHECKED = re.compile(r"复查|复验|复核|复评")
_REVOKED = re.compile(r"撤销|取消|收回")
_TITLE_LINE = re.compile(r"^(?:.{0,30})关于.*(?:决定|通知|通报|公告|意见|报告|函|名单)$")
_ACTING = re.compile(
    r"(?:^|[,，:：、]|[日月年](?:上午|下午)?|经|由|获|据|被|近日|日前)(?P<body>[\u3400-\u9fff]{2,16}?(?:总工会|工会联合会))"
    rf"(?:[^,，。；;获]{{0,16}}?(?:决定|公布|通报|印发)|(?:共|还|也|新)?{either(_CONFERS)})"
)
_QUOTES: Final = "“”\"'‘’「」『』《》"
_OPENING: Final = "“‘「『《"


@dataclass(frozen=True, slots=True)
class Named:
    """A name read in a sentence, with its row: a unit's name or a person."""

    row: int
    unit: str | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The names of one title in a sentence; `elliptical` when 等 says that others are left out."""

    heading: Heading
    names: tuple[Named, ...]
    row: int
    declared: int | None = None
    stated: str | None = None
    elliptical: bool = False
    nomination: str | None = None
    not_awarded: str | None = None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause without quotes and spaces; `index` leads back to the line's offsets."""

    text: str
    index: tuple[int, ...]
    quoted: frozenset[int]

    def part(self, start: int, end: int) -> "_Clause":
        return _Clause(self.text[start:end], self.index[start:end], self.quoted)

    def offset(self, position: int) -> int:
        return self.index[min(position, len(self.index) - 1)] if self.index else 0


def read_sentences(line: Line, root: HeadingContext) -> list[Group]:
    """The groups of names in a line of running text; empty where it names nobody."""
    if _TITLE_LINE.match(re.sub(r"\s", "", line.text)):
        return []
    groups: list[Group] = []
    for sentence in _split(_clause_of(line.text), "。！？!?"):
        root = with_issuer(root, sentence.text)
        rechecked = bool(_RECHECKED.search(sentence.text))
        revoked = bool(_REVOKED.search(sentence.text))
        conferring = False
        governed = root
        for clause in _split(sentence, "；;"):
            conferring = conferring or bool(_CONFERRING.search(clause.text))
            for group in _groups(clause, line, governed, conferring):
                root = _with_years(root, group.heading)
                governed = _with_owner(_with_years(governed, group.heading), group.heading)
                state = "recheck" if rechecked else "revoked" if revoked else None
                groups.append(group if state is None else _with_state(group, state))
    return groups


def with_issuer(root: HeadingContext, sentence: str) -> HeadingContext:
    """重庆市总工会决定授予…: the federation that acts in a sentence confers, where nobody signed."""
    acting = _ACTING.search(sentence)
    if root.issuer_printed or acting is None or not is_body(acting["body"]):
        return root
    return replace(root, issuer_printed=acting["body"])


def _with_years(root: HeadingContext, heading: Heading) -> HeadingContext:
    """A year said once holds for the titles after it in the same line."""
    if heading.years is None:
        return root
    return replace(root, year_from=heading.years.first, year_to=heading.years.last)


def _with_owner(root: HeadingContext, heading: Heading) -> HeadingContext:
    """鄂州市模范职工之家:A;模范职工小家:B: who was said governs to the full stop what nothing else does."""
    if root.tier_printed or root.issuer_printed or root.system:
        return root
    said = heading.context
    return replace(
        root, tier_printed=said.tier_printed, issuer_printed=said.issuer_printed, system=said.system
    )


def _with_state(group: Group, state: str) -> Group:
    return replace(group, not_awarded=state)


def _clause_of(text: str) -> _Clause:
    kept = [index for index, char in enumerate(text) if char not in _QUOTES and not char.isspace()]
    quoted = frozenset(
        position for position, index in enumerate(kept) if index > 0 and text[index - 1] in _OPENING
    )
    return _Clause("".join(text[index] for index in kept), tuple(kept), quoted)


def _split(clause: _Clause, marks: str) -> Iterator[_Clause]:
    start = 0
    for position, char in enumerate(clause.text + marks[0]):
        if char in marks:
            if position > start:
                part = clause.part(start, position)
                quoted = frozenset(mark - start for mark in clause.quoted if mark >= start)
                yield _Clause(part.text, part.index, quoted)
            start = position + 1


def _groups(clause: _Clause, line: Line, root: HeadingContext, conferring: bool) -> Iterator[Group]:
    """One group for each title of the clause that has names."""
    folded = "".join(fold_letter(char)[:1] or char for char in clause.text)
    titles = list(title_pattern().finditer(folded))
    start = 0
    for number, title in enumerate(titles):
        begin = start + _length(_TAIL, clause.text[start : title.start()]) if number else start
        before = clause.part(begin, title.start())
        quotes = [mark - begin for mark in clause.quoted if begin <= mark <= title.start()]
        names, prefix = _names_before(before.text, max(quotes, default=None), conferring)
        stop = titles[number + 1].start() if number + 1 < len(titles) else len(clause.text)
        start = title.end()
        words = prefix + title.group()
        heading = read_heading(words, root)
        root = _with_owner(_with_years(root, heading), heading)
        if names is not None:
            group = _group(before, names, heading, line)
        else:
            after = _AFTER_TITLE.match(clause.text[title.end() : stop])
            if after is None or number + 1 < len(titles):
                continue
            behind = clause.part(title.end() + after.start("names"), stop)
            group = _group(behind, behind.text, heading, line)
            if group is not None and after["stated"]:
                group = replace(group, declared=read_exact(after["number"]), stated=after["stated"])
        if group is not None:
            yield group


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _names_before(text: str, quote: int | None, conferring: bool) -> tuple[str | None, str]:
    """The words of the names before a title, and the title's prefix."""
    head, prefix = (text[:quote], text[quote:]) if quote is not None else (text, None)
    match = _BEFORE_TITLE.match(head)
    confers = match and _CONFERRING.fullmatch(match["verb"]) and not match["names"].endswith("被")
    if match and not confers:
        named = _TRAILING_VERB.sub("", match["names"] + match["verb"])
        own = match["prefix"] + (prefix or "")
        if prefix is None or not is_whole_name(match["prefix"]):
            return (named or None), own
    if conferring:
        conferred = _CONFERRED.match(head)
        names = conferred["names"] if conferred else head
        if prefix is not None:
            return names or None, prefix
        whole = _NAMES_THEN_PREFIX.match(names)
        if whole:
            return whole["names"], whole["prefix"]
    said = match["prefix"] if match else head[-12:]
    return None, said + (prefix or "")


def _group(where: _Clause, names: str, heading: Heading, line: Line) -> Group | None:
    """The group of these words, or None where they are no names."""
    begin = max(0, where.text.find(names))
    nominated = _NOMINATED.search(where.text[max(0, begin - 8) : begin] + names[:6])
    stated = _STATED.search(names)
    declared = None
    if stated:
        declared = read_exact(stated["number"])
        rest = names[: stated.start()]
        if not rest or not (stated["etc"] or is_whole_name(rest) or _are_people(rest, heading, declared)):
            return None
        names = rest
    elliptical = bool(stated and stated["etc"]) or bool(_ETC.search(names))
    names = _ETC.sub("", names)
    if _FIGURE_ONLY.match(names) and not is_whole_name(names):
        return None
    names = _without_lead(names)
    offset = where.text.find(names)
    if not names or offset < 0:
        return None
    found = _read_names(names, heading, stated is not None and stated["etc"] is not None, declared)
    row = line.row_at(where.offset(offset))
    words = stated["stated"] if stated else None
    if found is None:
        if stated is None and not _may_be_people(names, heading):
            return None
        return Group(heading, (), row, declared, words, elliptical, unread=names)
    named = tuple(Named(line.row_at(where.offset(offset + at)), unit, person) for unit, person, at in found)
    return Group(
        heading,
        named,
        row,
        declared,
        words,
        elliptical and declared != len(named),
        nominated.group() if nominated else None,
    )


def _without_lead(names: str) -> str:
    """The names without 其中, 决定, 我市 and the verb that confers in front."""
    before = None
    while before != names:
        before = names
        names = _LEAD.sub("", names, count=1)
    return _OUR.sub("", names).strip(",，、 :：")


def _read_names(
    names: str, heading: Heading, counted: bool, declared: int | None
) -> list[tuple[str | None, Person | None, int]] | None:
    """Units or persons of the words, each with its offset; None where they are prose.

    Words before a comma that are no name are the sentence's lead: 日前,某公司工会荣获…. `counted`
    (等3家) says that the words are names whatever their form, `declared` how many they are.
    """
    cut = 0
    while True:
        rest = names[cut:]
        found = _people(rest, declared) if _is_personal(heading) else _units(rest, counted, declared)
        if found is not None:
            return [(unit, person, at + cut) for unit, person, at in found]
        comma = re.search("[,，]", rest)
        if comma is None:
            return None
        cut = len(names) - len(_without_lead(rest[comma.end() :]))


def _are_people(names: str, heading: Heading, declared: int | None) -> bool:
    """林汐、欧阳澄2名同志: several persons before their count; 全省2名同志 names nobody."""
    if not _is_personal(heading):
        return False
    said = _without_lead(names)
    people = split_people(said, declared)
    several = len(people) if people is not None else said.count("、") + 1
    return several > 1 and (people is not None or several == declared)


def _may_be_people(names: str, heading: Heading) -> bool:
    """镇总工会主席望军、村工会主席许多: posts with a word behind each, in doubt only for their surnames."""
    pieces = [piece for piece in re.split("[、，,]", names) if piece]
    return _is_personal(heading) and all(map(behind_post, pieces)) and not _NO_NAME.search(names)


def _people(names: str, declared: int | None) -> list[tuple[str | None, Person | None, int]] | None:
    people = split_people(names, declared)
    if people is None or any(_NO_NAME.search(person.unit or "") for person in people):
        return None
    found: list[tuple[str | None, Person | None, int]] = []
    at = 0
    for person in people:
        at = max(at, names.find(person.name, at))
        found.append((None, person, at))
    return found


def _units(
    names: str, counted: bool, declared: int | None
) -> list[tuple[str | None, Person | None, int]] | None:
    pieces = split_names(names, declared)
    if any(_NO_NAME.search(name) or not may_be_name(name) for name, _ in pieces):
        return None
    whole = [is_whole_name(name) for name, _ in pieces]
    commas = re.search("[,，]", names)
    if not pieces or not (all(whole) if commas else any(whole) or counted):
        return None
    return [(name, None, at) for name, at in pieces]


def _is_personal(heading: Heading) -> bool:
    table = kinds()
    return bool(heading.kinds) and all(table[code].recipient_type == "person" for code in heading.kinds)
