"""Which number belongs to which title: the grammar of one sentence.

Two orders are in use, 模范职工之家1500余个 (title first) and 997个单位模范职工之家 (number first),
beside verbs between the two (28家集体获…), parallel lists with 分别, 各, one number over several
titles, and numbers that only a scope or 其中 joins to the title before. Every join has a cost; the
cheapest joins are made first and a number serves once.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from homeregistry.figures.mentions import Mention
from homeregistry.figures.numbers import Number

RECIPIENT: Final = (
    r"(?:(?:先进|基层|直属|部门|车间|机关|企业|非公企业|下属|所属|所辖|优秀|市直|省直|本市|工会)*"
    r"(?:单位|集体|工会(?:组织|委员会|小组|分会|干部|工作者|主席)?|基层组织|分会|分工会|小组|班组|车间|企业|公司|同志|职工|"
    r"干部|个人|会员|人员|人|先进典型|科室|院系|支部|职工之家|支局|站所)(?:和|或|及|、)?(?:工会小组|分会|个人|小组|车间|班组)?)"
)
_SAY: Final = (
    r"(?:共计|总共|共有|共|合计|总计|累计|已有|现有|目前有|有|已?达到?了?|为|是|增至|增加到|增长到|扩大到|各有|各|"
    r"约|:|\(|-|也|已|仅|只|则|才|由|从|本次|此次|本轮|这次|那一轮|该轮|同年|一次|一共|就|又|都|均|实|眼下|目前|如今|去年|今年|上年|当年|认定|评定|确认|评出|数|总数|总量|数量|名额|评选|表彰|命名|授予)*+"
)
_TITLE_NUMBER: Final = re.compile(
    r"(?:推荐名额|名额|推荐对象|候选\w{0,3}|申报|推荐|复查合格|奖牌|名单|荣誉|获得者|命名|入选|获评|上榜|获批)?的?"
    rf"{RECIPIENT}?(?:工作室)?{_SAY}"
)
_TITLE_SAYS: Final = re.compile(
    rf"[^、，,;:。]{{0,24}}?(?:共|有|达到?|计|为|增至|新增|净增|增加|[再新]?添|占|给|累计|拥有)了?{_SAY}"
)
_TITLE_NAMES: Final = re.compile(
    r"(?:名单|荣誉|名额(?:分配)?)?(?:\(|:|的?(?:有|是|为|包括|分别是|分别为|单位有|单位:)).{0,260}?等?"
)
_TITLE_GIVEN: Final = re.compile(
    r"(?:荣誉)?(?:由|授予|给了|发给|颁给|颁发给|授给|授予给|花落|归|给予).{0,160}"
)
_TITLE_COMMA: Final = re.compile(
    rf"[^、;:。]{{0,24}}[，,][^、，,;:。]{{0,14}}?(?:共|有|达到?|计|为|累计|拥有|建成|创建|评出){_SAY}"
)
_TITLE_TAKEN: Final = re.compile(
    r"(?:(?:的?新?(?:榜|名单|名额))(?:上|中|里|内)[，,]?|[，,])[^，,。;]{2,12}?独?占(?:了|得|据)?"
)
"""…先进职工之家榜上,供电系统占了五家."""
_TITLE_ONLY: Final = re.compile(r"[，,][^，,、。;:]{2,10}")
"""…先进职工之家,全省高校仅8家; 申报…,每校不超过3个: the qualifier ties the clause to the title."""
_TITLE_BATCH: Final = re.compile(
    r"(?:名单|称号)?[，,:](?:其中)?(?:首批|第[一二三四五六七八九十\d]{1,3}[批届轮次])(?:为|有|共)*"
)
_TITLE_LISTED: Final = re.compile(
    r"(?:的|入选)?名单[)》]?(?:公布|公示|发布|揭晓|出炉)?[，,:][^。;]{0,60}?|[，,:][^，,、。;]{0,12}?"
)
_CHOSEN: Final = re.compile(
    r"(?:(?![，,;。、])[\u3400-\u9fff]){0,10}?(?:入选|上榜|在列|入围|榜上有名|名列其中|位列其中)"
)
"""…模范职工之家名单,全省有4个营业所入选."""
_TITLE_YEAR: Final = re.compile(
    r"(?:称号)?[，,:]?(?:19|20)\d\d年(?:度)?(?:底|末)?(?:一次|就|又|实|为|是|有|共|评出|命名|表彰|授予)*了?"
)
"""全国模范职工之家,2018年997个: the first year of a row of years."""
_TITLE_CHECKED: Final = re.compile(r"(?:称号)?(?:进行|的)?复[查核验](?:后|中|时|结果)?[，,:]?(?:共有|有)?")
_PASSES: Final = re.compile(r"(?:单位|企业)?(?:复查)?(?:合格|通过|达标|保留)")
"""对…模范职工之家复查后,168家合格."""
_TITLE_TALLY: Final = re.compile(
    r"[^。;]{0,40}[，,](?:其|总)?(?:数量|总数|总量|个数|数)(?:由|从|为|已|达到?|有|增至|升至|:)*(?:去年的|上年的|原来的)?"
)
"""A clause about something else (a rate) between the title and its tally."""
_NUMBER_TITLE: Final = re.compile(
    rf"(?:新建|新创建?|新命名|新评|新晋|新增|已建)?的?(?:{RECIPIENT})?(?:\([^()]{{0,12}}\))?的?"
)
_GIVE: Final = re.compile(r"授予|命名|表彰|表扬|评选|评定|认定|确认|通报|推荐|申报|复查|撤销|取消")
LINK: Final = re.compile(
    r"(?:评上|已是|均是|都是|也是|(?<![只还曾])是|颁发|颁授|领到|领取|新晋|晋级|升格|升格为|进入|当上|成|得|列入|升到|升为|领回|挂上|跨进|迈进|迈入|步入|问鼎|摘下|拿|揽获|荣获|喜获|斩获|荣膺|获得|获评|获颁|获授|获批|获|评为|评定为|评选为|选为|评上|授予|命名为|命名|认定为|认定|"
    r"确认为|确认|列为|定为|升为|晋升为|升级为|成为|当选|当选为|入选|入围|荣登|名列|创成|创建成|创建为|建成|达标|达到|跻身|上榜|上了|登上|"
    r"保留|保住|继续保持|拿到|拿下|摘得|摘取|夺得|捧回|捧得|取得|收获|推荐为|推荐|拟推荐|通过|为|称为|表彰为|通报为|撤销|取消|被授|再获|拟命名为)"
    r"(?:了|过|到|为)?(?:其|的)?$"
)
_ASIDE: Final = re.compile(r"\([^()]*\)")
_JOIN: Final = re.compile(r"[、和与及/或暨]|以及|及其|或者|")
_SENT: Final = re.compile(r"的?代表(?!队|颁奖|颁发|授牌|授奖)|负责人|主席|选手")
"""46名优秀工会工作者代表 sat in a meeting: how many hold the title is not said."""
_BREAK: Final = re.compile(r"[;。]")
_EACH: Final = re.compile(r"各(?:有|评选|表彰|为|推荐|获|获评)?$")
RESPECTIVELY: Final = re.compile(r"分别|依次|分获|分列")
"""What says that numbers and names pair in order."""

Shape = Literal["number_first", "title_first", "inherited", "part"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One number with the mentions it counts; `shape` says in which order they stand.

    `parent` is the pair that this one is a part of (其中), `base` the pair it only borrows its title
    from (全国…997个,我省35家). `one_each`: the number is divided among the titles (2名干部分别获评A、B).
    `scope_at` is where the scope begins that governs it, where that is not the nearest before it.
    """

    mentions: tuple[Mention, ...]
    number: Number
    shape: Shape
    parent: "Pair | None" = None
    base: "Pair | None" = None
    one_each: bool = False
    scope_at: int | None = None

    @property
    def start(self) -> int:
        """Where its words begin in the view."""
        borrowed = self.shape in ("inherited", "part") or self.number.start < self.mentions[0].start
        return self.number.start if borrowed else min(self.number.start, self.mentions[0].start)

    @property
    def end(self) -> int:
        """Where its words end in the view."""
        if self.shape in ("inherited", "part"):
            return self.number.end
        return max(self.number.end, self.mentions[-1].end)


Token = Mention | Number


def pair_in_order(text: str, mentions: Sequence[Mention], numbers: Sequence[Number]) -> list[Pair]:
    """The pairs that the sentence states list against list."""
    tokens = _tokens(text, mentions, numbers)
    pairs = _respectively(text, tokens)
    return pairs + _parallel(text, tokens, _used(pairs))


def pair_up(
    text: str, mentions: Sequence[Mention], numbers: Sequence[Number], ordered: Sequence[Pair] = ()
) -> list[Pair]:
    """The pairs of one sentence, in the order of their numbers; `ordered` are those found before."""
    tokens = _tokens(text, mentions, numbers)
    pairs = list(ordered)
    used = _used(pairs)
    for cost, _, _, index in sorted(_joins(text, tokens)):
        left, right = tokens[index], tokens[index + 1]
        if left.start in used or right.start in used or cost > 3:
            continue
        if isinstance(left, Number) and isinstance(right, Mention):
            pairs.append(Pair((right,), left, "number_first"))
        elif isinstance(left, Mention) and isinstance(right, Number):
            pairs.append(Pair((left,), right, "title_first"))
        used |= {left.start, right.start}
    pairs = _each(text, tokens, pairs)
    pairs = [one for pair in pairs for one in _one_each(text, _widened(text, tokens, pair, pairs))]
    return sorted(pairs, key=lambda pair: pair.number.start)


def _tokens(text: str, mentions: Sequence[Mention], numbers: Sequence[Number]) -> list[Token]:
    free = [n for n in numbers if not any(m.start < n.end and n.start < m.end for m in mentions)]
    tokens: list[Token] = sorted([*mentions, *free], key=lambda token: token.start)
    return [token for index, token in enumerate(tokens) if not _is_recipient(text, tokens, index)]


def _is_recipient(text: str, tokens: Sequence[Token], index: int) -> bool:
    """3个职工小家获全国邮政系统模范职工小家: the bare word behind the number names who received the title."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, token, after = tokens[index - 1 : index + 2]
    if not isinstance(token, Mention) or token.title.form != "bare" or not isinstance(before, Number):
        return False
    gap = text[token.end : after.start]
    return (
        isinstance(after, Mention)
        and after.known
        and text[before.end : token.start] in ("", "的")
        and (not gap or (not re.search("[，,;。]", gap) and LINK.search(gap) is not None))
    )


def _used(pairs: Sequence[Pair]) -> set[int]:
    """Where the paired numbers and titles begin: no two tokens of a sentence share a start."""
    return {p.number.start for p in pairs} | {m.start for p in pairs for m in p.mentions}


def _joins(text: str, tokens: Sequence[Token]) -> list[tuple[int, int, int, int]]:
    """(cost, against the order in use, distance, index of the left token) of neighbours that fit."""
    joins = []
    for index, (left, right) in enumerate(itertools.pairwise(tokens)):
        gap = text[left.end : right.start]
        if isinstance(left, Mention) and isinstance(right, Number):
            cost = None if _SENT.match(text, left.end) else _title_first(text, gap, right)
        elif isinstance(left, Number) and isinstance(right, Mention):
            persons = right.title.of_persons or left.quantity.unit in ("名", "人", "位")
            sent = persons and _SENT.match(text, right.end) is not None
            owned = right.title.form == "short" and gap.endswith("的")  # 17个班组的小家设施陈旧
            cost = None if sent or owned else _number_first(text, gap, left)
        else:
            continue
        if cost is not None:
            order = _title_leads(text, tokens, index) is not isinstance(left, Mention)
            joins.append((cost, int(order), len(gap), index))
    return joins


def _title_leads(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether titles stand before their numbers in the stretch that this token belongs to."""
    first = index
    while first and not re.search(r"[;。、，,]", text[tokens[first - 1].end : tokens[first].start]):
        first -= 1
    return isinstance(tokens[first], Mention)


def _title_first(text: str, gap: str, number: Number) -> int | None:
    if _TITLE_NUMBER.fullmatch(gap):
        return 0 if not _counts_others(text, number) else None
    if number.bare or _BREAK.search(gap) or _counts_others(text, number):
        return None
    said = text[number.start : number.quantity.number_start]
    if _TITLE_SAYS.fullmatch(gap + (said if said.startswith(_ONLY) else "")) or _TITLE_YEAR.fullmatch(gap):
        return 1
    if _TITLE_NAMES.fullmatch(gap) or _TITLE_GIVEN.fullmatch(gap):
        return 2
    if _TITLE_LISTED.fullmatch(gap) and _CHOSEN.match(text, number.end):
        return 3
    if _TITLE_CHECKED.fullmatch(gap) and _PASSES.match(text, number.end):
        return 3
    if _TITLE_TAKEN.fullmatch(gap) or _TITLE_TALLY.fullmatch(gap) or _TITLE_BATCH.fullmatch(gap):
        return 3
    if _TITLE_ONLY.fullmatch(gap) and said.startswith(_RESTRICTS) and _ends(text, number):
        return 3
    reached = gap + said if said.startswith(("达", "多达", "高达")) else gap
    return 3 if _TITLE_COMMA.fullmatch(reached) and _ends(text, number) else None


_OTHERS: Final = re.compile(
    r"(?:区县|县区|市州|街道|乡镇|镇街|城市|行业|产业|会员|农民工|项目|平台|岗位|名额分配|省区市|省份|省市|地市|市县|学校|赛|奖)"
)


def _counts_others(text: str, number: Number) -> bool:
    return _OTHERS.match(text, number.end) is not None


_ONLY: Final = ("只有", "仅有", "约有", "大约有")
"""Qualifiers that carry their own verb (我省只有1个)."""
_RESTRICTS: Final = ("仅", "才", "只有", "不超过", "最多", "至多")
_ENDING: Final = re.compile(
    rf"{RECIPIENT}?(?:上榜|入选|入围|在列|榜上有名|获奖|获评|受到?表彰|通过(?:评审|验收))?(?:[、，,;。)(]|$)"
)


def _ends(text: str, number: Number) -> bool:
    return _ENDING.match(text[number.end : number.end + 20]) is not None


def _number_first(text: str, gap: str, number: Number) -> int | None:
    if number.bare and not gap.startswith(("单位", "集体")):
        return None
    if _NUMBER_TITLE.fullmatch(gap):
        return 0
    if _BREAK.search(gap) or len(gap) > 80:
        return None
    commas = len(re.findall(r"[，,]", gap))
    if ":" in gap or re.search(r"没有|未曾|无人|尚无", gap):
        return None
    if LINK.search(gap):
        if commas and not _may_cross(gap):
            return None
        return 1 if not commas and "、" not in gap else 2
    clause = text[: number.start]
    clause = clause[max(clause.rfind(mark) for mark in ";。") + 1 :]
    plain = _ASIDE.sub("", gap)
    if not commas and len(plain) <= 26 and not re.search(r"[、:(]", plain) and _GIVE.search(clause[-60:]):
        return None if re.match(r"(?:方面|年(?!级)|月|.*?(?:开展|组织|举办|召开))", gap) else 2
    return None


def _may_cross(gap: str) -> bool:
    """A number may wait over one comma for its verb: 12家单位脱颖而出,荣获…; not over a new subject."""
    first, *_, last = re.split(r"[，,]", gap)
    if re.search(r"获|得了|荣膺|捧|摘|拿|当选", first):
        return False  # 5个站段得了火车头奖杯,路局命名的…: the number has its own object
    if not first and len(LINK.sub("", last)) > 2:
        return False  # 全市仅有50家,朱某同时获…: another subject
    return len(re.findall(r"[，,]", gap)) <= 1 and len(LINK.sub("", last)) <= 8


def _respectively(text: str, tokens: Sequence[Token]) -> list[Pair]:
    """98名干部、187名会员分别获评A和B: the numbers and titles on both sides pair in order."""
    pairs: list[Pair] = []
    for match in RESPECTIVELY.finditer(text):
        left = _run(text, [t for t in tokens if t.end <= match.start()][::-1], match.start())[::-1]
        right = _run(text, [t for t in tokens if t.start >= match.end()], match.end())
        numbers = [t for t in left if isinstance(t, Number)]
        titles = [t for t in right if isinstance(t, Mention)]
        if left and right and isinstance(left[0], Mention) and isinstance(right[0], Number):
            named = [t for t in left if isinstance(t, Mention)]
            counts = [t for t in right if isinstance(t, Number)]
            if len(named) == 1 and len(levels := _by_level(named[0])) == len(counts):
                named = levels
            if 1 < len(counts) <= len(named):
                size = len(counts)
                for title, number in zip(named[-size:], counts, strict=True):
                    pairs.append(Pair((_completed(title, named),), number, "title_first"))
            continue
        if len(titles) == 1 and len(levels := _by_level(titles[0])) == len(numbers):
            titles = levels
        if len(titles) < 2 or not numbers or numbers[-1].start in _used(pairs):
            continue
        if len(numbers) >= len(titles):
            for number, title in zip(numbers[-len(titles) :], titles, strict=True):
                pairs.append(Pair((title,), number, "number_first"))
        elif len(numbers) == 1 and numbers[0].quantity.low == numbers[0].quantity.high == len(titles):
            pairs += [Pair((title,), numbers[0], "number_first", one_each=True) for title in titles]
        elif len(numbers) == 1:
            pairs.append(Pair(tuple(titles), numbers[0], "number_first"))
    return pairs


_LIST_GAP: Final = re.compile(rf"(?:的)?(?:{RECIPIENT}|[\u3400-\u9fff]{{0,8}})[、和与及]")


def _parallel(text: str, tokens: Sequence[Token], used: set[int]) -> list[Pair]:
    """60个单位、120个班组…模范职工之家、模范职工小家: two lists of one length pair in order without 分别."""
    pairs: list[Pair] = []
    runs = _runs(text, [token for token in tokens if token.start not in used])
    for left, right in itertools.pairwise(runs):
        gap = text[left[-1].end : right[0].start]
        if len(left) < 2 or len(left) != len(right) or len(gap) > 24 or _BREAK.search(gap):
            continue
        for one, other in zip(left, right, strict=True):
            if isinstance(one, Number) and isinstance(other, Mention):
                pairs.append(Pair((other,), one, "number_first"))
            elif isinstance(one, Mention) and isinstance(other, Number):
                pairs.append(Pair((one,), other, "title_first"))
    return pairs


def _runs(text: str, tokens: Sequence[Token]) -> list[list[Token]]:
    """Stretches of neighbours of one sort that only list words join."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and type(runs[-1][-1]) is type(token):
            gap = text[runs[-1][-1].end : token.start]
            pattern = _JOIN if isinstance(token, Mention) else _LIST_GAP
            if pattern.fullmatch(gap):
                runs[-1].append(token)
                continue
        runs.append([token])
    return runs


_LEVELS: Final = re.compile(r"国家|全国|[省市区县州旗镇乡](?=[级、,，省市区县州旗镇乡两二三四])")


def _by_level(mention: Mention) -> list[Mention]:
    """国家、省、市级模范职工之家 as three mentions, for lists that count each; empty for one tier."""
    words = mention.lead.tier or ""
    levels = _LEVELS.findall(words)
    if len(levels) < 2 or words.endswith("以上"):
        return []
    return [
        replace(mention, lead=replace(mention.lead, tier="全国" if "国" in level else level + "级"))
        for level in levels
    ]


def _completed(title: Mention, run: Sequence[Mention]) -> Mention:
    """国家级、省级模范职工之家分别为3个、12个: the tier alone takes the title that ends the run."""
    last = run[-1]
    if title.elided and not last.elided and last.known:
        return replace(title, title=replace(title.title, kinds=last.title.kinds, stars=last.title.stars))
    return title


def _run(text: str, tokens: Sequence[Token], edge: int) -> list[Token]:
    """Tokens of one sort, outwards from an edge, up to a stronger break or the other sort."""
    run: list[Token] = []
    for token in tokens:
        low, high = sorted((edge, token.start))
        if (run and type(token) is not type(run[0])) or _BREAK.search(text[low:high]):
            break
        run.append(token)
        edge = token.end if token.start >= edge else token.start
    return run


def _each(text: str, tokens: Sequence[Token], pairs: list[Pair]) -> list[Pair]:
    """模范职工之家、小家各12个 says twelve of each."""
    result = []
    for pair in pairs:
        result.append(pair)
        if pair.shape != "title_first" or not _EACH.search(text[: pair.number.start]):
            continue
        if levels := _by_level(pair.mentions[0]):
            result[-1:] = [Pair((level,), pair.number, "title_first") for level in levels]
            continue
        index = next(i for i, t in enumerate(tokens) if t.start == pair.mentions[0].start)
        for earlier in reversed(tokens[:index]):
            if not isinstance(earlier, Mention) or earlier.start in _used(result):
                break
            result.append(Pair((earlier,), pair.number, "title_first"))
    return result


def _one_each(text: str, pair: Pair) -> list[Pair]:
    """各有1个模范职工之家和先进职工之家 says one of each."""
    if len(pair.mentions) < 2 or pair.shape != "number_first" or not _EACH.search(text[: pair.number.start]):
        return [pair]
    return [replace(pair, mentions=(mention,)) for mention in pair.mentions]


def _widened(text: str, tokens: Sequence[Token], pair: Pair, pairs: Sequence[Pair]) -> Pair:
    """12个模范职工之家、小家、先进个人: titles that only 、 or 和 join share the number."""
    taken = {m.start for p in pairs for m in p.mentions}
    if _EACH.search(text[: pair.number.start]) and pair.shape == "title_first":
        return pair
    mentions = list(pair.mentions)
    places = {token.start: index for index, token in enumerate(tokens)}
    if mentions[0].start not in places or mentions[-1].start not in places:
        return pair
    index = places[mentions[-1].start]
    if pair.shape == "number_first":
        for following in tokens[index + 1 :]:
            if not _shares(text, mentions[-1], following, taken):
                break
            mentions.append(following)  # type: ignore[arg-type]
    else:
        first = places[mentions[0].start]
        for earlier in reversed(tokens[:first]):
            if not isinstance(earlier, Mention) or not _shares(text, earlier, mentions[0], taken, earlier):
                break
            mentions.insert(0, earlier)
    return replace(pair, mentions=tuple(mentions))


def _shares(
    text: str, left: Mention, right: Token, taken: set[int], candidate: Mention | None = None
) -> bool:
    if not isinstance(right, Mention):
        return False
    added = candidate or right
    if added.start in taken or added.title.activity:
        return False
    return _JOIN.fullmatch(text[left.end : right.start]) is not None
