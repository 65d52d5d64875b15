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

from homeregistry.figures.joining import BREAK, LINK, RECIPIENT, number_cost, title_cost
from homeregistry.figures.mentions import Mention
from homeregistry.figures.numbers import Number

_JOIN: Final = re.compile(r"[、和与及/或暨]|以及|及其|或者|")
_SENT: Final = re.compile(r"的?代表(?!队|颁奖|颁发|授牌|授奖)|负责人|主席|选手")
"""46名优秀工会工作者代表 sat in a meeting: how many hold the title is not said."""
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
            cost = None if _SENT.match(text, left.end) else title_cost(text, gap, right)
        elif isinstance(left, Number) and isinstance(right, Mention):
            persons = right.title.of_persons or left.quantity.unit in ("名", "人", "位")
            sent = persons and _SENT.match(text, right.end) is not None
            owned = right.title.form == "short" and gap.endswith("的")  # 17个班组的小家设施陈旧
            cost = None if sent or owned else number_cost(text, gap, left)
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
        if len(left) < 2 or len(left) != len(right) or len(gap) > 24 or BREAK.search(gap):
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
        if (run and type(token) is not type(run[0])) or BREAK.search(text[low:high]):
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
