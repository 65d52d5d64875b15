"""One sentence: its pairs and implied counts become drafts with kind, tier, scope, measure and years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from homeregistry.figures.conferring import Conferral, TierReader, first_known
from homeregistry.figures.implied import (
    Implied,
    count_names,
    joins_ranks,
    read_honour,
    read_implied,
    read_ordinals,
    rechecked,
)
from homeregistry.figures.measures import read_measure
from homeregistry.figures.mentions import Mention
from homeregistry.figures.pairing import RESPECTIVELY, Pair
from homeregistry.figures.periods import Years, read_period
from homeregistry.figures.scoping import Scoped, settle_scope
from homeregistry.figures.setting import Draft, Setting
from homeregistry.problems import Problem
from homeregistry.vocabulary import TIERS, Measure, Qualifier

_NATIONAL_KINDS: Final = frozenset(
    {
        "model_home", "model_small_home", "outstanding_worker", "home_red_banner",
        "worker_pacesetter", "activist", "union_friend",
    }
)  # fmt: skip
_CONFERS: Final = re.compile(r"授予|命名|评选|表彰|评出|评定|认定|确认|创建|建成|培育|打造|推荐|申报")
_RECEIVES: Final = re.compile(r"获|被评为|当选|入选|摘得|捧回|拿到")
_VISITS: Final = re.compile(r"邀请|走访|慰问|参观|观摩|考察|看望|座谈|采访|组织(?!评)")
_TAKES_PART: Final = re.compile(
    r"(?:[\u3400-\u9fff]{0,4})?(?:参加|出席|参与|现身说法|作了?(?:典型|经验)?(?:发言|交流|介绍)|围绕|座谈|登台|宣讲|疗养)"
)
_OF_NATION: Final = re.compile(r"全国$")
_ONE_OF: Final = re.compile(r"之一|[之当]?[中里](?:[，,]|$)")
_NEXT_GIVEN: Final = re.compile(r"^[、，,](?:授予)?[^、，,;。:\d]{2,40}$")
"""授予甲工会模范职工之家、乙分会模范职工小家: the next name and its title."""
_AND: Final = ("、", "和", "及", "与", "以及")
_OF_IT: Final = re.compile(r"其中|从中|择优|包括")


@dataclass(frozen=True, slots=True)
class Reading:
    """The drafts of one sentence and its problems."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]


@dataclass
class _Items:
    """Working state of one sentence: what the last item leaves to the next."""

    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    carried: Conferral = field(default_factory=Conferral)
    carried_from: int = 0
    carried_measure: Measure | None = None
    whole: Conferral | None = None
    """The conferral of the figure that 其中 takes a part of: behind a semicolon it stands again."""
    decision: Conferral | None = None


def read_sentence(text: str, setting: Setting) -> Reading:
    """Drafts and problems of one sentence, in the order of its words."""
    state = _Items(decision=setting.conferral_before)
    tiers = TierReader(setting.given, setting.near, text, setting.scopes)
    items = _items(text, setting, state)
    index: dict[int, int] = {}
    for item in items:
        _note_unknown(item, state)
        known = [m for m in item.mentions if m.known]
        if _present(text, item):
            continue
        if not known:
            state.carried = Conferral()
            continue
        index[id(item.source)] = len(state.drafts)
        _add(text, setting, state, tiers, item, known)
    drafts = _linked(text, items, state.drafts, index)
    return Reading(tuple(drafts), tuple(state.problems))


@dataclass(frozen=True, slots=True)
class _Item:
    """A pair or an implied count, in one form."""

    source: Pair | Implied
    mentions: tuple[Mention, ...]
    low: int | None
    high: int | None
    qualifier: Qualifier
    start: int
    end: int
    stated: tuple[int, int]
    implied: bool
    cumulative: bool = False

    @property
    def anchor(self) -> int:
        """Where the item begins to speak: scopes and verbs before it govern it."""
        if isinstance(self.source, Pair) and self.source.shape in ("inherited", "part"):
            return self.start
        return min(self.start, self.mentions[0].start)


def _items(text: str, setting: Setting, state: _Items) -> list[_Item]:
    items = [_from_pair(pair) for pair in setting.pairs]
    for pair in setting.pairs:
        _check_listed(text, pair, state)
    own = [pair for pair in setting.pairs if pair.shape in ("number_first", "title_first")]
    paired = {m.start for pair in own for m in pair.mentions}
    ordinals = read_ordinals(text, setting.ordinals, setting.mentions, paired)
    counted = {implied.mention.start for implied in ordinals}
    items += [_from_implied(implied) for implied in ordinals]
    last: Implied | None = None
    for mention in setting.mentions:
        if mention.start in paired | counted or mention.elided:
            continue
        if mention.title.activity and not rechecked(text, mention) and not joins_ranks(text, mention):
            continue
        levels = _levels_before(text, mention, setting.mentions)
        first = replace(mention, start=levels[0].start) if levels else mention
        implied = read_implied(text, first, _floor(first, items, setting.mentions))
        if implied is None and rechecked(text, mention):
            implied = Implied(mention, 1, False, mention.start, mention.end, "")
        if implied is None and setting.honours:
            implied = read_honour(text, mention)
        gap = text[last.mention.end : mention.start] if last is not None else ""
        if (
            implied is None
            and last is not None
            and (gap in _AND or (_NEXT_GIVEN.search(gap) and "授予" in text[: last.start]))
        ):
            # 我校获省模范职工之家、全国模范职工之家称号: one of each
            implied = replace(last, start=mention.start, end=mention.end)
        if (
            implied is not None
            and implied.count > 1
            and RESPECTIVELY.search(text, implied.start, mention.start)
        ):
            each = _joined_titles(text, mention, setting.mentions)
            implied = replace(implied, count=1) if each == implied.count else implied
        last = replace(implied, mention=mention) if implied and implied.count == 1 else None
        if implied is not None:
            items += [_from_implied(replace(implied, mention=m)) for m in (*levels, mention)]
    return sorted(
        items, key=lambda item: (item.mentions[0].start if item.implied else item.anchor, item.start)
    )


def _joined_titles(text: str, mention: Mention, mentions: Sequence[Mention]) -> int:
    """How many titles stand in the row that begins here (区级先进职工之家、区级先进职工小家 are two)."""
    row, end = 1, mention.end
    for following in (m for m in mentions if m.start >= mention.end):
        if text[end : following.start] not in _AND:
            break
        row, end = row + 1, following.end
    return row


def _levels_before(text: str, mention: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """市级、省级 before 国家级模范职工之家: tiers that share its title and its subject."""
    levels: list[Mention] = []
    after = mention
    for earlier in reversed([m for m in mentions if m.end <= mention.start]):
        if not earlier.elided or text[earlier.end : after.start] not in _AND:
            break
        levels.insert(0, earlier)
        after = earlier
    return levels


def _floor(mention: Mention, items: Sequence[_Item], mentions: Sequence[Mention]) -> int:
    ends = [item.end for item in items if item.end <= mention.start and not item.implied]
    ends += [m.end for m in mentions if m.end <= mention.start]
    return max(ends, default=0)


def _from_pair(pair: Pair) -> _Item:
    q = pair.number.quantity
    low, high = (1, 1) if pair.one_each else (q.low, q.high)
    return _Item(
        pair, pair.mentions, low, high, q.qualifier, pair.start, pair.end,
        (pair.number.start, pair.number.end), pair.one_each,
    )  # fmt: skip


def _from_implied(implied: Implied) -> _Item:
    high = None if implied.open_ended else implied.count
    qualifier: Qualifier = "at_least" if implied.open_ended else "exact"
    return _Item(
        implied, (implied.mention,), implied.count, high, qualifier, implied.start, implied.end,
        (implied.start, implied.end), True, implied.cumulative,
    )  # fmt: skip


def _add(
    text: str, setting: Setting, state: _Items, tiers: TierReader, item: _Item, known: list[Mention]
) -> None:
    kinds = tuple(dict.fromkeys(kind for mention in known for kind in mention.title.kinds))
    before, inside = _clause(text, state, item)
    tail = re.split(r"[。;，,、]", text[item.end : item.end + 16])[0]
    printed = any(not m.lead.empty for m in known)
    measure, verb = read_measure(before, inside, tail, printed or bool(state.carried.tier))
    if item.cumulative and measure == "in_round":
        measure = "cumulative"
    if setting.measure_above and measure == "in_round":
        measure = setting.measure_above
    years = _years(text, setting, item, known)
    tiers = tiers.at(years[1])
    conferral = _conferral(state, tiers, item, known, measure)
    flags = _conflict(tiers, item, known, conferral, state)
    scoped = _scoped(setting, state, item, conferral)
    if conferral.tier is None:
        code_ = "ambiguous_tier" if conferral.ambiguous else "missing_tier"
        state.problems.append(Problem(code_, value=conferral.printed or text[item.start : item.end]))
    state.drafts.append(
        Draft(
            kinds=kinds, conferral=conferral, measure=measure, verb=verb, low=item.low, high=item.high,
            qualifier=item.qualifier, start=item.start, end=item.end, stated=item.stated,
            scope=scoped.name, region_code=scoped.region_code, body=scoped.body,
            years=years, implied=item.implied,
            stars=known[0].title.stars, flags=flags,
        )
    )  # fmt: skip
    if re.search(r"其中|包括", text[state.carried_from : item.anchor]):
        state.whole = state.whole or state.carried
    state.carried, state.carried_measure = conferral, measure
    state.carried_from = max(item.end, known[-1].end)


def _present(text: str, item: _Item) -> bool:
    """邀请全国优秀工会工作者2人现身说法, 走访模范职工之家6家: who was there, not who was honoured."""
    before = re.split(r"[，,;。:]", text[: item.anchor])[-1]
    if item.implied or _CONFERS.search(before) or _RECEIVES.search(before):
        return False
    if _VISITS.search(before):
        return True
    return item.mentions[-1].title.of_persons and _TAKES_PART.match(text, item.end) is not None


def _clause(text: str, state: _Items, item: _Item) -> tuple[str, str]:
    """The words before the item, from the last break or item on, and the item's own words."""
    start = max(text.rfind(mark, 0, item.anchor) for mark in ";。") + 1
    return text[start : item.anchor], text[item.anchor : max(item.end, item.mentions[-1].end)]


def _conferral(
    state: _Items, tiers: TierReader, item: _Item, known: list[Mention], measure: Measure
) -> Conferral:
    """Own words, else the place that acts, the item before, the acting union, unit, issuer."""
    text = tiers.text
    kinds = {kind for mention in known for kind in mention.title.kinds}
    lead = next((m.lead for m in known if not m.lead.empty), None)
    if lead is not None:
        return tiers.spoken_by(state.carried_from, known[0].start, lead).lead(lead)
    if (behind := tiers.named_behind(known[-1].end, item.end)) is not None:
        return behind
    if kinds <= _NATIONAL_KINDS and _OF_NATION.search(text[: item.start]) and _ONE_OF.match(text, item.end):
        return Conferral("national")  # 全国505名优秀工会工作者之一
    gap = text[state.carried_from : item.anchor] if state.drafts else ""
    inside = text[item.start : known[0].start]
    own = tiers.own_act(state.carried_from, known[0].start)
    if own is not None:
        return own
    title = known[0].start if known[0].start >= state.carried_from else item.start
    between = tiers.acting(title, state.carried_from) if state.drafts else None
    if between is not None and between.tier:
        return between  # 另有3家被苏州市总工会评为…: another union acts now
    unit = tiers.within_unit(title, state.carried_from) if state.drafts else None
    if unit is not None:
        return unit  # 分行工会拿到全国…;行内有合格职工小家168家: the unit speaks of its own now
    if state.whole is not None and ";" in gap:
        state.carried, state.whole = state.whole, None
    carried = state.carried
    if state.drafts and (carried.tier or carried.printed):
        national = carried.tier == "national" and not kinds <= _NATIONAL_KINDS
        turned = _turned(text[: state.carried_from], gap + inside)
        other = state.carried_measure != measure and "recheck" in (state.carried_measure, measure)
        if not (national or turned or other):
            return carried
    acting = tiers.acting(known[0].start)
    system = tiers.system_before(known[0].start)
    unit = tiers.within_unit(item.end) or tiers.of_unit()
    return first_known([acting, state.decision, system, unit, tiers.issuers])


def _turned(before: str, gap: str) -> bool:
    """Whether the sentence turned from receiving to conferring (获…3个;评选表彰…50个) or back."""
    new_confers, new_receives = _CONFERS.search(gap), _RECEIVES.search(gap)
    if bool(new_confers) == bool(new_receives):
        return False
    confers = [m.start() for m in _CONFERS.finditer(before)]
    receives = [m.start() for m in _RECEIVES.finditer(before)]
    if not confers and not receives:
        return False
    was_receiving = max(receives, default=-1) > max(confers, default=-1)
    return was_receiving is not bool(new_receives)


def _conflict(
    tiers: TierReader, item: _Item, known: list[Mention], conferral: Conferral, state: _Items
) -> tuple[str, ...]:
    """A title above its conferring union's reach is kept as printed and flagged."""
    if known[0].lead.empty or conferral.tier is None or conferral.system:
        return ()
    acting = tiers.acting(known[0].start)
    if acting is None or acting.tier is None or acting.system or acting.tier == "unit":
        return ()
    if TIERS.index(acting.tier) <= TIERS.index(conferral.tier):
        return ()
    title = tiers.text[known[0].start : known[0].end]
    state.problems.append(
        Problem("conferring_body_conflict", value=title, params={"other": acting.printed or ""})
    )
    return ("conferring_body_conflict",)


def _scoped(setting: Setting, state: _Items, item: _Item, conferral: Conferral) -> Scoped:
    """Of whom the item speaks; a scope that nobody can place is one problem of the sentence."""
    reach = item.stated[0] if not item.implied else item.mentions[0].start
    own = item.source.scope_at if isinstance(item.source, Pair) else None
    said = setting.text[: item.anchor]
    acts = conferral.tier == "national" and re.search(r"表彰|评选|授予", said) is not None
    nation = acts or re.search(r"全总|全国总工会", said) is not None
    scoped = settle_scope(setting, max(reach, item.anchor) if own is None else own + 1, nation)
    if scoped.open:
        state.problems.append(Problem("ambiguous_scope", value=scoped.name))
    return scoped


def _years(text: str, setting: Setting, item: _Item, known: list[Mention]) -> Years:
    as_of = setting.given.as_of
    years: Years | None = next((m.lead.years for m in known if m.lead.years), None)
    years = years or read_period(text[: item.end], as_of) or setting.years_before
    if years is not None:
        return years
    return None, as_of.year if as_of else None


def _note_unknown(item: _Item, state: _Items) -> None:
    for mention in item.mentions:
        if not mention.known:
            state.problems.append(Problem("unknown_title", value=mention.title.printed))


def _check_listed(text: str, pair: Pair, state: _Items) -> None:
    """己、庚、辛、壬、癸、子等5家 names six: both numbers are said, neither is mended."""
    number = pair.number
    if not text[: number.start].endswith("等") or number.quantity.high is None:
        return
    before = text[: number.start - 1]
    names = re.split(r"[，,;。:(]", before)[-1]
    listed = count_names(names)
    if listed > number.quantity.high:
        state.problems.append(
            Problem(
                "declared_differs",
                value=text[number.start : number.end],
                params={
                    "stated": text[number.start : number.end],
                    "declared": number.quantity.high,
                    "listed": listed,
                },
            )
        )


def _linked(text: str, items: Sequence[_Item], drafts: list[Draft], index: dict[int, int]) -> list[Draft]:
    """Fills in `part_of`: 其中 and 从中 make what follows a part of the figure before."""
    sources = [item for item in items if id(item.source) in index]
    result = list(drafts)
    for item in sources:
        own = index[id(item.source)]
        parent = item.source.parent if isinstance(item.source, Pair) else None
        if parent is not None and id(parent) in index:
            result[own] = replace(result[own], part_of=index[id(parent)])
            continue
        for cue in reversed(list(_OF_IT.finditer(text, 0, item.anchor))):
            if ";" in text[cue.end() : item.anchor]:
                break
            above = [s for s in sources if s.end <= cue.start() and index[id(s.source)] != own]
            wide = [s for s in above if _holds(drafts[index[id(s.source)]], drafts[own])]
            if wide:
                result[own] = replace(result[own], part_of=index[id(wide[-1].source)])
            break
    return result


def _holds(whole: Draft, part: Draft) -> bool:
    """Whether a figure can contain another: its kinds, and a number that is not smaller."""
    if not set(part.kinds) <= set(whole.kinds) or (whole.high is None and whole.low is None):
        return False
    return whole.high is None or part.low is None or part.low <= whole.high
