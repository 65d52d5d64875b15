"""Counts that no numeral states: 甲、乙获… (two), 戊为… (one), 第三次 (three), 唯一 and 首家 (one).

Only what is said to have happened is counted: 争创, 拟推荐 and 深入推进 confer nothing, and a subject without
names (各单位, 一批企业) has no number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.figures.joining import LINK
from homeregistry.figures.mentions import Mention
from homeregistry.figures.numbers import Ordinal
from homeregistry.patterns import either

_ACTS: Final = "授予 命名 评定 确认 认定 表彰 撤销 取消"
"""What a decision does with a title."""
_GIVEN: Final = re.compile(rf"{either(_ACTS)}(?:了)?(?P<object>(?:(?!称号|荣誉)[^，,;:。]){{1,300}})$")
_HOLDERS: Final = "单位 企业 集体 职工 个人 基层工会 工会"
"""Whoever holds a title, unnamed."""
_PAYMENTS: Final = "补助 奖励 给予 发放"
"""What holders are promised; such a sentence is a rule and counts nobody."""
_WHOEVER: Final = re.compile(
    rf"(?:[、和与及][^，,;。]{{0,30}}?){{0,3}}的{either(_HOLDERS)}"
    rf"(?:[^，,;。]{{0,6}}{either(_PAYMENTS)}|[，,]?(?:分别|各|每))"
)
"""对新获模范职工之家的单位补助5万元: whoever receives it."""
_GIVING: Final = "由 授予 发给 颁给 授给 颁发给 授予了"
"""Words before those to whom a title went."""
_GIVEN_TO: Final = re.compile(
    rf"(?:荣誉|奖牌|牌匾)?{either(_GIVING)}(?P<names>[^，,;:。\d]{{4,200}}?)(?:摘得|获得|获)?(?=[，,。;]|$)"
)
"""…称号授予甲、乙和丙: the names stand behind the title."""
_WISHES: Final = (
    "争创 力争 争取 努力 计划 拟 将(?!军) 应当 应 要求 要把 要 可以 可申报 必须 能够 未能 未 没有 尚无 "
    "无一 尚未 不得"
)
"""Words of what is wanted, due, allowed or did not happen."""
_CONDITIONS: Final = "符合 具备 条件 标准 申报 推荐"
"""Words of rules: who may apply."""
_WORK: Final = (
    "创建 推进 开展 深化 建设 打造 如何 怎样 是否 曾经?受 奖励 补助 凡 鼓励 支持 引导 推动 围绕 关于 审核 "
    "公示"
)
"""Words of work plans and notices, which speak of titles and confer none."""
_MOOD: Final = re.compile(either(_WISHES, _CONDITIONS, _WORK))
_UNCOUNTED: Final = (
    "各级 各 所有 一批 一大批 多家 多个 多名 部分 一些 许多 不少 数十 若干 每 全部 有的 其他 其余 广大 "
    "大批 众多"
)
"""Subjects without a number."""
_UNNAMED: Final = (
    r"获奖 受表彰 单位和个人 者$ 名单$ 们$ 的$ ^(?:全国|全省|全市|全区|我市|我省|我区)$ 会议 活动 通知 "
    r"意见 办法 职工之家建设 ^[一二两三四五六七八九十\d]+[批届轮次]$"
)
"""Subjects that are no names: groups, places, meetings, rounds."""
_SHARES: Final = "[一二三四五六七八九]成 过半 半数 百分之 [%％] 多数 一半"
"""Shares of a whole, which are no names either."""
_VAGUE: Final = re.compile(either(_UNCOUNTED, _UNNAMED, _SHARES))
_OPENINGS: Final = (
    r"近日 日前 今年 去年 同年 当年 同时 并 还 也 再 又 先后 一举 光荣 成功 荣 分别 均 都 已 其中 此外 "
    r"另外 另 据悉 最终 , 会上 经.{1,12}评审 (?:19|20)\d\d年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)? 由 对 将"
)
"""Words that open a clause before its subject: time, order, source."""
_LEADING: Final = re.compile(rf"^(?:{either(_OPENINGS)}+)")
_RECEIVED: Final = re.compile(r"获|评为|授予|命名|当选|入选|荣膺|认定|确认|摘得")
_BEFORE_VERB: Final = (
    r"此番 此次 这次 前不久 近日 日前 今年 去年 同年 当年 同时 并 还 也 再 又 再次 再度 先后 一举 光荣 "
    r"成功 分别 均 都 已 双双 首次 连续[一二三四五六七八九十\d]+年 \d{4}年(?:度)?(?:\d{1,2}月)?、? 于 在 "
    r"曾 近年来 通过复查 同志 工会 被.{0,24}"
)
"""Words between the subject and its verb."""
_ADVERBS: Final = re.compile(rf"{either(_BEFORE_VERB)}+$")
_STEMS: Final = re.compile(r"[甲乙丙丁戊己庚辛壬癸]{2,}$")
_COUNTED_UNITS: Final = "工会小组 工会分会 工会 单位 集体 公司 企业 同志 人 小组 支局 分会"
"""What a number behind the names counts (甲、乙两家单位)."""
_COUNTED: Final = re.compile(
    rf"(?:[一二两三四五六七八九十\d]+)(?:家|个|名|位)?(?:基层)?{either(_COUNTED_UNITS)}?$"
)
_GOES_ON: Final = (
    "名单 行列 $ [，,;。、!)(] 之?后 并 和 与 及 殊荣 荣誉 (?:的)?(?:奖牌|牌匾|牌子|铜牌|奖杯|证书) 。"
)
"""How a sentence may go on behind a title that was conferred."""
_AFTER: Final = re.compile(rf"(?:的)?{either(_GOES_ON)}")
_AND_INSIDE: Final = re.compile(r"和(?=平|谐|田|县|龙|静|硕|林|顺|政)|(?<=[呼共协人祥太永政泰仁颐信])和|与时")
"""和平, 和谐, 颐和: no 'and'."""
_ENDS: Final = re.compile(r"的(?:[，,;。]|$)")
"""是市直单位中唯一获全国模范职工之家的: who it is, no activity."""
_IS_THE: Final = re.compile(
    r"(?:[，,](?:该|这一?)[省市区县级]*(?:称号|荣誉)[^，,;]{0,14}?|[，,](?:在[^，,;]{1,18}?)?|^在[^，,;]{1,10})"
    r"(?:这|此|也|还|已|成)?(?:是|成为|为)[^，,;]{0,32}$"
)
"""…,是全市首家: the ordinal is said of the title before."""
_ROUND_REFERS: Final = re.compile(
    r"(?:这一?|该|此)(?:[省市区县]级|国家级|项)?(?:称号|荣誉|殊荣|奖项)|(?:[省市区县]级|国家级)建家(?:称号|荣誉)"
)
"""这一称号: a title named before."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A count that words imply: `start` to `end` is the quote, `names` what was counted."""

    mention: Mention
    count: int
    open_ended: bool
    start: int
    end: int
    stated: str
    cumulative: bool = False


def count_names(text: str) -> int:
    """How many names a list states: 、 separates, 和 before the last one; 丙丁戊 are three stand-ins."""
    parts = [part for part in re.split(r"[、/]", text) if part.strip()]
    if not parts:
        return 0
    last = _AND_INSIDE.sub("\0", _COUNTED.sub("", parts[-1]) or parts[-1])
    parts[-1:] = [part for part in re.split(r"以及|和|与|及", last) if part.strip()]
    return sum(len(part) if _STEMS.fullmatch(part) else 1 for part in parts)


def read_implied(text: str, mention: Mention, floor: int) -> Implied | None:
    """The count of names that the words before an unnumbered mention imply, or None.

    `floor` is where the previous statement ends in the view.
    """
    given_to = _GIVEN_TO.match(text, mention.end)
    follows = (
        given_to or _AFTER.match(text, mention.end) or text[mention.end :].startswith(("的名单", "名单"))
    )
    if not follows and not rechecked(text, mention):
        return None
    if _WHOEVER.match(text, mention.end):
        return None
    if given_to:
        found = _counted(text, mention, given_to["names"], mention.start)
        return replace(found, end=given_to.end("names")) if found else None
    window = text[floor : mention.start]
    cut = max(window.rfind(mark) for mark in ";。\n:")
    window, base = window[cut + 1 :], floor + cut + 1
    if after := re.match(r"(?:之?后)", text[mention.end :]):
        if before := re.search(r"继[^，,;。]{0,80}$", text[: mention.start]):
            return _one(text, mention, max(floor, before.start()), mention.end + after.end())
        return None
    given = _GIVEN.search(window)
    link = LINK.search(window)
    if (
        link
        and re.search(r"对[^，,;。]{0,24}$", window[: link.start()])
        and link.group().endswith(("命名的", "授予的", "表彰的", "评定的", "认定的", "确认的"))
    ):
        return None  # 对2010年以来命名的模范职工之家进行复查 speaks of them all
    if given and not (link and re.search(r"被[^，,;]{0,40}$", window[: given.start()])):
        names = re.sub(r"(?:同志)?(?:等)?(?:为|成为)$", "", given["object"])
        names = re.sub(r"^(?:了|了一批)", "", names)
        mood = re.split("[，,]", window[: given.start()])[-1]
        if names and not _vague(names) and not _undone(mood):
            return _counted(text, mention, names, base + given.start("object"))
        if link is None:
            return None
    if link is None:
        return None
    return _subject(text, mention, window[: link.start()], base)


def joins_ranks(text: str, mention: Mention) -> bool:
    """跨进省先进职工之家行列: said of ranks, and meant of the title."""
    return (
        text.startswith("行列", mention.end)
        and re.search(r"(?:跨[进入]|跻身|迈[进入]|步入|进入|加入|升入)(?:了)?$", text[: mention.start])
        is not None
    )


_HONOUR_BEFORE: Final = re.compile(
    r"(?:(?P<names>[^;:]*):)?(?:[-*•·●]|\(?\d{1,2}[).、])?(?:[\u3400-\u9fff]{2,30}-{1,2})?"
    r"(?:(?:19|20)\d\d(?:[-~至](?:19|20)?\d\d)?(?:年度?|[./])?(?:\d{1,2}月?)?[:、,，]?)?(?:被?(?:授予|评为|命名为|认定为)|荣获|获得?)?"
)
_HONOUR_BEHIND: Final = re.compile(r"(?:\((?P<said>[^()]*)\))?(?=[;。,，、]|$)")


def read_honour(text: str, mention: Mention) -> Implied | None:
    """An entry of a list of honours that is only a year and a title: 2008年 全国模范职工之家 states one,
    全国模范职工之家(2007、2016) two."""
    behind = _HONOUR_BEHIND.match(text, mention.end)
    begins = [text.rfind(mark, 0, mention.start) + 1 for mark in ";、"]
    before = next((m for at in begins if (m := _HONOUR_BEFORE.fullmatch(text, at, mention.start))), None)
    if behind is None or before is None:
        return None
    years = re.findall(r"(?:19|20)\d\d", behind["said"] or "")
    count = max(1, len(years)) if "-" not in (behind["said"] or "") else 1
    if mention.title.of_persons and before["names"]:
        count = max(count, count_names(before["names"]))  # 王某、赵某、孙某:优秀工会工作者
    return Implied(mention, count, False, mention.start, mention.end, text[mention.start : mention.end])


def rechecked(text: str, mention: Mention) -> bool:
    """通过全国模范职工之家复查: the unit keeps its title."""
    return (
        re.match(r"(?:的)?复[查核验]", text[mention.end :]) is not None
        and re.search(r"通过[^，,;。]{0,20}$", text[: mention.start]) is not None
    )


def _subject(text: str, mention: Mention, before: str, base: int) -> Implied | None:
    clauses = re.split(r"[，,]", before)
    subject = clauses[-1]
    offset = base + len(before) - len(subject)
    bare = _ADVERBS.sub("", subject) if not subject.endswith("工会") else subject
    lead = _LEADING.match(bare)
    if lead:
        offset += lead.end()
        bare = bare[lead.end() :]
    if _undone(subject):
        return None
    if not bare:
        earlier = "，".join(clauses[:-1])
        if len(clauses) > 1 and (names := _listed(clauses[-2])) and not _undone(earlier):
            return _counted(text, mention, names, text.rindex(names, 0, base + len(before)))
        if _undone(earlier):
            return None
        if not earlier.strip("，, ") and not _RECEIVED.search(text[: max(base - 1, 0)]):
            return None  # ;已获得省级模范职工之家称号; in a list of conditions: of whom?
        return _one(text, mention, base + len(before), mention.end)
    return None if _vague(bare) else _counted(text, mention, bare, offset)


_NAME_ENDS: Final = (
    "工会 委员会 公司 集团 学校 小学 中学 大学 学院 医院 局 部 厂 所 站 队 中心 小组 分会 车间 班 支行 "
    "分行 银行 协会 社区 村 镇 街道 同志 矿 院 馆 店 社"
)
"""What the names of unions, their parts and their employers end with."""
_NAME_END: Final = re.compile(rf"{either(_NAME_ENDS)}(?:\([^()]*\))?$|^[甲乙丙丁戊己庚辛壬癸某]{{1,3}}$")


def _listed(clause: str) -> str | None:
    """A clause that is only a list of unit names: 甲公司工会、乙学校工会,被评为…"""
    clause = _LEADING.sub("", clause)
    parts = clause.split("、")
    named = all(_NAME_END.search(re.sub(r"等$", "", part)) for part in parts)
    return clause if len(parts) > 1 and named else None


def _undone(words: str) -> bool:
    return _MOOD.search(words) is not None


def _vague(names: str) -> bool:
    return len(names) > 300 or _VAGUE.search(names) is not None


def _counted(text: str, mention: Mention, names: str, start: int) -> Implied | None:
    open_ended = re.search(r"等(?:[\u3400-\u9fff]{0,8})$", names) is not None
    count = count_names(re.sub(r"等[\u3400-\u9fff]{0,8}$", "", names))
    if not count:
        return None
    return Implied(mention, count, open_ended, start, mention.end, names)


def _one(text: str, mention: Mention, start: int, end: int) -> Implied:
    return Implied(mention, 1, False, min(start, mention.start), end, text[mention.start : mention.end])


def read_ordinals(
    text: str, ordinals: Sequence[Ordinal], mentions: Sequence[Mention], paired: set[int]
) -> list[Implied]:
    """第三次…拿到这一称号, 唯一获…的单位, 首家…: the ordinal is the count so far."""
    found = []
    for ordinal in ordinals:
        mention = _ordinal_mention(text, ordinal, mentions, paired)
        if mention is None or re.search(r"拟|将|争创|力争", text[max(0, ordinal.start - 12) : ordinal.start]):
            continue
        start = min(ordinal.start, mention.start if mention.start >= ordinal.start else ordinal.start)
        end = max(ordinal.end, mention.end)
        if refers := _ROUND_REFERS.search(text, ordinal.end):
            end = refers.end() if mention.end <= ordinal.start else end
        found.append(
            Implied(mention, ordinal.value, False, start, end, text[ordinal.start : ordinal.end], True)
        )
    return found


def _ordinal_mention(
    text: str, ordinal: Ordinal, mentions: Sequence[Mention], paired: set[int]
) -> Mention | None:
    free = [
        m for m in mentions
        if m.known and m.start not in paired and (not m.title.activity or _ENDS.match(text, m.end))
    ]  # fmt: skip
    if text[ordinal.start] == "(":
        return next((m for m in free if m.end == ordinal.start), None)
    for mention in free:
        between = text[ordinal.end : mention.start]
        near = len(between) <= 40 and not re.search(r"[，,;。]", between)
        if mention.start >= ordinal.end and near and not mention.elided:
            return mention
    if _ROUND_REFERS.search(text, ordinal.end):
        earlier = [m for m in mentions if m.known and m.end <= ordinal.start]
        return earlier[-1] if earlier else None
    if re.match(r"(?:获|拿|得|被|荣)", text[ordinal.end :]):
        return None
    earlier = [m for m in free if m.end <= ordinal.start]
    if earlier and _IS_THE.search(text[earlier[-1].end : ordinal.start]):
        return earlier[-1]
    return None
