"""Numbers that borrow their title from another: 全国…997个,我省35家; 其中非公企业10家; 11名同志分获后两项;
北京市(35个) under a heading that names the title.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from homeregistry.figures.joining import LINK, RECIPIENT
from homeregistry.figures.mentions import Mention
from homeregistry.figures.numbers import Number
from homeregistry.figures.pairing import Pair
from homeregistry.figures.scopes import Scope
from homeregistry.patterns import either

_OPENS: Final = r"其中 之中 [中里](?=[，,有]|$) 包括 内含 含 \( : ， , 、 并且 而"
"""Words and marks that open a part of the figure before."""
_BRINGS: Final = r"共有 共 有 占 为 达 获得 获评 获 入选 各 则 也 : \( 了 得"
"""Verbs between the part and its number (其中非公企业占10家)."""
_LEFT: Final = re.compile(rf"{either(_OPENS)}*(?P<who>[\u3400-\u9fff]{{0,16}}?){either(_BRINGS)}*+")
_OUTCOMES: Final = (
    "入选 获此殊荣 榜上有名 上榜 获评 在列 复查合格 通过复查 合格 获奖 受到?表彰 获此称号 当选 过关 达标 "
    "(?:来自|为|是|属于|分布在)[^，,;]{1,20}"
)
"""What may be said of the part behind its number."""
_RIGHT: Final = re.compile(rf"(?:{RECIPIENT})?{either(_OUTCOMES)}?\)?(?:[、，,;。)(]|$)")
_WORK: Final = (
    "帮 扶 建会 组建 参加 出席 交流 发言 投入 补助 奖励 培训 服务 走访 慰问 发放 举办 开展 召开 检查 验收 "
    "申报 吸纳 覆盖 复查 签 达成 结对 工会主席 名额 会员 职工[^之] 区县 乡镇 街道"
)
"""Work and people that reports count beside titles (帮扶12家, 培训300名)."""
_OTHER_VERB: Final = re.compile(either(_WORK))
_ROW: Final = re.compile(rf"{RECIPIENT}[、和与及](?P<who>(?:(?![获评为被])[\u3400-\u9fff]){{0,12}})")
_ITEMS: Final = re.compile(
    r"分?(?:获|获得|别获得|别获评)(?P<side>后|前|这)(?P<count>[两二三四])(?:项|类|种|个)"
)
_SMALL: Final = {"两": 2, "二": 2, "三": 3, "四": 4}


def borrow(
    text: str, pairs: Sequence[Pair], numbers: Sequence[Number], scopes: Sequence[Scope]
) -> list[Pair]:
    """Pairs for numbers that no title of their own claims."""
    result = list(pairs)
    used = {pair.number.start for pair in pairs}
    spans = [(m.start, m.end) for pair in pairs for m in pair.mentions]
    for pair in pairs:
        parts = [p for p in _split(text, pair, numbers) if p.number.start not in used]
        result += parts
        used |= {p.number.start for p in parts}
    for number in numbers:
        if number.start in used or any(s < number.end and number.start < e for s, e in spans):
            continue
        found = (
            _items(text, result, number) or _sum(text, result, number) or _part(text, result, number, scopes)
        )
        if found is not None:
            result.append(found)
    result += _each_title(text, result)
    result += _forward(text, result, numbers, scopes)
    return sorted(result, key=lambda pair: pair.number.start)


_WHEN: Final = r"今年 去年 明年 当年 20\d\d年(?:度|底)? 目前 现在 本轮 本次 年内"
"""When the number came about."""
_HOW: Final = "计划 将 拟 再 又 新 另 已 实际 实有 累计 力争 预计 的 经[^，,;]{0,8}评审 经审核 最终 终"
"""Planned, done or settled in the end."""
_GREW: Final = (
    "确定 核定 核准 评定 认定 命名 评选 评出 创建 授予 表彰 补选 增补 递补 新增 增加 增长 增至 升至 上升 "
    "升 发展 提高 扩大 达 超过 突破 减少 减 降 缩减 斩获 摘得 拿下 捧回 收获 揽获 新添 添 建成 完成 实现"
)
"""What made the number: an act of awarding, or growth and decline."""
_AGAIN: Final = re.compile(
    rf"(?:其中)?(?:{either(_WHEN)}*){either(_HOW)}*{either(_GREW)}(?:了|到|至|为|达)*(?:20\d\d年(?:底)?的?)?"
)
"""评定…12家,今年又新增3家: a further count of the same titles."""


_LATER: Final = re.compile(r";(?:而)?(?:到|至|截至|截止)[^，,;]{2,12}[，,]?[^，,;]*$")
"""1990年为42家…;到2019年底,已超过400家: the series goes on behind the semicolon."""
_IN_THE_END: Final = re.compile(r"(?:最终|最后|实际|终|经[^，,;]{0,10}(?:审核|评审|考核|验收))+(?:有|为)?")
_PASSED: Final = re.compile(
    rf"(?:{RECIPIENT})?(?:获得?|顺利|成功)*(?:通过|过关|获批|获评|入选|命名|表彰|达标|合格)"
)
_BATCH: Final = re.compile(r"(?:首批|第[一二三四五六七八九十\d]{1,3}[批届轮次])(?:为|有|共)*")
_BEFORE_VERDICT: Final = "其中 其余 另有 另 经[^，,;]{0,6}复查 复[查核验]"
"""Which titles, or after what."""
_VERDICTS: Final = (
    "通过 合格 达标 保留 继续保留 重新确认 再次确认 重新认定 确认 予以保留 撤销 取消 摘牌 摘帽 注销 收回"
)
"""What a re-examination ends in."""
_CHECKED: Final = re.compile(
    rf"{either(_BEFORE_VERDICT)}*{either(_VERDICTS)}"
    r"(?:了|的|其)?(?:不合格|不达标|复查不合格)?(?:的)?(?:原(?:有|先|来)?)?(?:称号|资格|荣誉|牌匾|命名|授予)?(?:的)?(?:有|为|共)?"
)
"""What became of titles that were looked at again: 保留称号112个, 摘牌2个."""


def _items(text: str, pairs: Sequence[Pair], number: Number) -> Pair | None:
    match = _ITEMS.search(text, number.end, number.end + 30)
    if match is None:
        return None
    before = [m for pair in pairs for m in pair.mentions if m.end <= number.start and m.known]
    count = _SMALL[match["count"]]
    if len(before) < count:
        return None
    chosen = before[:count] if match["side"] == "前" else before[-count:]
    return Pair(tuple(chosen), number, "inherited")


_NEXT_PART: Final = re.compile(r"[、，,](?:(?![获评为被参出])[\u3400-\u9fff]){2,10}")
"""其中专职工会工作者62名、企业工会主席118名: parts in a row."""
_SPLIT: Final = re.compile(r"(?:^|[、，,和与及])(?:其中)?[\u3400-\u9fff]{2,14}")


def _split(text: str, pair: Pair, numbers: Sequence[Number]) -> list[Pair]:
    """命名35个:邮政企业和寄递30个,邮储与保险5个: what stands behind the colon and adds up are its parts."""
    whole = pair.number.quantity
    if whole.qualifier != "exact" or text[pair.end : pair.end + 1] != ":":
        return []
    found: list[Number] = []
    at = pair.end + 1
    for number in (n for n in numbers if n.start > pair.end):
        if number.bare or not _SPLIT.fullmatch(text[at : number.start]):
            break
        found.append(number)
        at = number.end
        if sum(n.quantity.value for n in found) == whole.value and len(found) > 1:
            return [Pair(pair.mentions, n, "part", parent=pair) for n in found]
    return []


_TAKING: Final = "独?占 分[到得] 独揽 包揽 揽下 揽获 拿走 拿下 贡献 摘走 捧走 收获 斩获"
"""How newspapers say that somebody has a share of them."""
_TAKES: Final = re.compile(rf"(?:其中)?(?:仅|单|光)?[\u3400-\u9fff]{{2,12}}?{either(_TAKING)}(?:了|得|据)?")
"""江西占了3席, 非公企业贡献了217个: whoever takes it, it is taken from the figure before."""
_NAMED_BY: Final = re.compile(
    r"(?:其中)?(?:由|经|被)[\u3400-\u9fff]{1,12}?总?工会(?:授予|命名|评定|表彰|认定)(?:者|的)?(?:有|为)?"
)
_YEAR_ALONE: Final = re.compile(
    r"(?:到|至)?(?:(?:19|20)\d\d年(?:度)?(?:底|末)?|目前|现在|眼下)(?:为|是|有|则|又|仍|也|实)*"
)
_EACH_OF: Final = re.compile(r"[，,][\u3400-\u9fff]{0,10}各(?:有|占|获|得|评)?$")
_SUM: Final = re.compile(
    r"(?:[^;。]*?[，,;])?(?:以上|三级|两级|各级|三项|两项|几项|[两二三四五六七八九十\d]+年(?:来|间)?)*(?:累计|合计|共计|总计|总共|一共|共)(?:为|有|达)?"
)


def _sum(text: str, pairs: Sequence[Pair], number: Number) -> Pair | None:
    """国家级25家、省级69家、市级318家,合计412家: the total of all the items before it, of no one tier."""
    before = sorted((p for p in pairs if p.end <= number.start), key=lambda p: p.number.start)
    if len(before) < 2 or not _SUM.fullmatch(text[max(p.number.end for p in before) : number.start]):
        return None
    if sum(p.number.quantity.value for p in before) != number.quantity.value:
        return None
    leads = {p.mentions[0].lead.tier for p in before if p.mentions[0].lead.tier or p.mentions[0].elided}
    titles = {p.mentions[0].title.kinds: p.mentions[0] for p in before}
    mentions = [
        m if len(leads) < 2 else replace(m, lead=replace(m.lead, tier="各级")) for m in titles.values()
    ]
    return Pair(tuple(mentions), number, "inherited")


_LOST: Final = re.compile(
    r"(?:[^，,;。、\d]{0,14}?)(?:被|已|予以|依法)*(?:(?:撤销|取消|收回)(?:了|其)?(?:称号|资格|荣誉称号|命名)?|摘牌|通过复查|复查合格|(?:合格)?(?:予以)?保留(?:称号|资格)?)(?:[、，,;。)(]|$)"
)
_ALSO: Final = re.compile(r"(?:其中|另外?|其余|还|此外|同时|有|的|对)*")


def _same_sort(one: str | None, other: str | None) -> bool:
    """Whether two measure words can count the same things: 个 and 家 count unions alike."""
    return one == other or {one, other} <= set("个家户所")


_ACT: Final = re.compile(
    r"(?:(?:总工会|工会|系统|市|县|区)?(?:共|也|各|则|分别)*)(?P<verb>推荐|申报|上报|获评|获得|荣获|获|命名|评选|表彰|新增|创建|建成|拥有)"
)


def _same_act(text: str, clause: str, last: Pair, here: Sequence[Scope]) -> bool:
    """渝中区推荐市级模范职工之家4个,南岸区推荐5个: another place and the same verb repeat the title."""
    if not here or not clause.startswith(here[-1].printed):
        return False
    act = _ACT.fullmatch(clause.removeprefix(here[-1].printed))
    before = re.split("[，,;。]", text[: last.start])[-1]
    return act is not None and act["verb"] in before


def _part(text: str, pairs: Sequence[Pair], number: Number, scopes: Sequence[Scope]) -> Pair | None:
    before = [p for p in pairs if p.end <= number.start and p.number.end <= number.start]
    before.sort(key=lambda p: p.number.start)
    if not before or number.bare:
        return None
    last = before[-1]
    parent = last.parent or last
    between = text[last.end : number.start]
    clause = re.split(r"[，,、:]", between)[-1]
    first = max(text.rfind(mark, 0, last.start) for mark in "，,;。") + 1
    if (
        clause.startswith(("累计", "总数", "共"))
        and len({p.number.start for p in before if p.start >= first}) > 1
    ):
        return None  # 新增A 12个、B 15个,累计达到158个: of which of them?
    lost = _LOST.match(text, number.end) and _ALSO.fullmatch(clause)
    passed = _PASSED.match(text, number.end) and _IN_THE_END.fullmatch(clause)
    apart = ";" in between and not _LATER.search(between)
    if not apart and (lost or passed):
        return Pair(last.mentions, number, "inherited", base=last)
    if apart or not _RIGHT.match(text, number.end):
        return None
    said = text[number.start : number.quantity.number_start]
    again = _AGAIN.fullmatch(clause + (said if said.startswith(("达", "超过", "突破")) else ""))
    again = again or _CHECKED.fullmatch(clause) or _BATCH.fullmatch(clause)
    if again and _same_sort(number.quantity.unit, last.number.quantity.unit):
        return Pair(last.mentions, number, "inherited", base=last)
    if _TAKES.fullmatch(clause) or _NAMED_BY.fullmatch(clause):
        return Pair(last.mentions, number, "part", parent=parent)
    if _YEAR_ALONE.fullmatch(clause) and _same_sort(number.quantity.unit, last.number.quantity.unit):
        return Pair(last.mentions, number, "inherited", base=last)
    if _same_act(text, clause, last, [s for s in scopes if last.end <= s.start and s.end <= number.start]):
        return Pair(last.mentions, number, "inherited", base=last)
    left = _LEFT.fullmatch(clause)
    if last.shape == "part" and _NEXT_PART.fullmatch(between):
        return Pair(last.mentions, number, "part", parent=parent)
    if left is None or _OTHER_VERB.search(left["who"]) or LINK.search(left["who"]):
        return None
    here = [s for s in scopes if last.end <= s.start and s.end <= number.start]
    among = re.match(r"(?:称号)?(?:的单位)?(?:之中|中|里)(?:[，,有]|$)", between)
    inside = (
        among is not None
        or "其中" in between
        or re.match(r"[(，,](?:其中)?(?:含|包括|包含)", between) is not None
        or ("其中" in text[parent.end : number.start] and last.parent is not None)
    )
    if inside and len(re.findall(r"[，,]", between)) <= 1:
        return Pair(last.mentions, number, "part", parent=parent)
    if here and text[here[-1].start : here[-1].end] == left["who"] and here[-1].sort == "place":
        return Pair(last.mentions, number, "inherited", base=last)
    if (here and here[-1].printed == left["who"]) or (here and left["who"].startswith(here[-1].printed)):
        return Pair(last.mentions, number, "inherited", parent=None, base=last)
    return None


def _each_title(text: str, pairs: Sequence[Pair]) -> list[Pair]:
    """…之家20个、小家30个,我省各占1个: the number once more for every other title of the row before it."""
    found: list[Pair] = []
    for pair in pairs:
        if pair.shape not in ("inherited", "part") or not _EACH_OF.search(text[: pair.number.start]):
            continue
        before = [
            p for p in pairs if p.end <= pair.number.start and p.shape in ("number_first", "title_first")
        ]
        others = {p.mentions[0].title.kinds: p for p in before if p.mentions != pair.mentions}
        found += [
            replace(pair, mentions=p.mentions, parent=p if pair.parent else None) for p in others.values()
        ]
    return found


def _forward(
    text: str, pairs: Sequence[Pair], numbers: Sequence[Number], scopes: Sequence[Scope]
) -> list[Pair]:
    """鼓楼区2家、云龙区1家单位获评…: places in a row share the title at the end."""
    found: list[Pair] = []
    taken = {pair.number.start for pair in pairs}
    for pair in pairs:
        after = pair.number
        for number in reversed([n for n in numbers if n.end <= after.start]):
            if pair.shape != "number_first" or number.bare or number.start in taken:
                break
            row = _ROW.fullmatch(text[number.end : after.start])
            same = number.quantity.unit == after.quantity.unit
            item = re.split(r"[、，,;:]", text[: number.start])[-1] + text[number.end : after.start]
            if row and same and not _OTHER_VERB.search(item):
                found.append(Pair(pair.mentions, number, "inherited", base=pair))
                after = number
                continue
            here = [s for s in scopes if number.end <= s.start and s.end <= after.start]
            own = [s for s in scopes if text[s.end : number.start] in ("", "有")]
            gap = text[number.end : after.start].rstrip("有").lstrip("、，,和与及")
            if not own or not here or gap != here[-1].printed:
                break
            found.append(Pair(pair.mentions, number, "inherited", base=pair))
            after = number
    return found


_TOTAL: Final = re.compile(r"(?:以上)?(?:共计|合计|总计|小计|共)(?:有|为)?[(:]?")


def total_of(text: str, numbers: Sequence[Number], items: Sequence[tuple[Mention, int]]) -> Pair | None:
    """以上共76家 below 五星级9家, 四星级21家, 三星级46家: the total of the lines above it."""
    if not numbers or len(items) < 2 or not _TOTAL.fullmatch(text[: numbers[0].start]):
        return None
    if sum(count for _, count in items) != numbers[0].quantity.value:
        return None
    titles = {m.title.kinds: replace(m, title=replace(m.title, stars=None)) for m, _ in items}
    return Pair(tuple(titles.values()), numbers[0], "inherited")


def under_heading(text: str, numbers: Sequence[Number], heading: Mention | None) -> Pair | None:
    """北京市(35个), --35家--: a line that is only a place and a number, below a title."""
    if heading is None or len(numbers) != 1:
        return None
    number = numbers[0]
    outside = (text[: number.start] + text[number.end :]).strip("()-:、 ")
    if re.fullmatch(
        r"(?:[一二三四五六七八九十\d]+[、.])?(?:(?![的未不可于将])[\u3400-\u9fff]){0,14}(?:共|合计|小计)?[(:-]*",
        outside,
    ):
        return Pair((heading,), number, "inherited")
    return None
