"""From a report's text to its declared figures: sentence by sentence, with what headings and issuer add.

Pure: the same text and context give the same figures. Nothing is guessed: what the words leave
open stays empty in the figure and stands in the problems.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from homeregistry.documents import find_document_numbers
from homeregistry.figures.conferring import Conferral, ReportContext, with_issuer
from homeregistry.figures.frame import Frame
from homeregistry.figures.in_order import find_rows, in_order
from homeregistry.figures.mentions import find_mentions
from homeregistry.figures.model import Extraction, Figure
from homeregistry.figures.numbers import find_numbers, find_ordinals
from homeregistry.figures.pairing import pair_in_order, pair_up
from homeregistry.figures.parts import borrow, total_of, under_heading
from homeregistry.figures.reading import read_sentence
from homeregistry.figures.referring import HONOUR, SAME_DECISION, by_recipient, each_place, honoured
from homeregistry.figures.scopes import Scope, find_scopes
from homeregistry.figures.setting import Draft, Setting
from homeregistry.figures.territory import Territory, find_places
from homeregistry.figures.view import View, view
from homeregistry.problems import Problem
from homeregistry.regions.gazetteer import Region
from homeregistry.regions.table import is_municipality

_SENTENCE: Final = re.compile(r"[^。!?\n]+")
_LONGEST: Final = 1200


def extract(text: str, given: ReportContext) -> Extraction:
    """All declared figures of a text, and the problems met.

    `text` is the decoded text without a byte-order mark; offsets are its code points. `given` says
    who issued the report and its date, as far as known.
    """
    seen = view(text)
    given = with_issuer(seen.text, given)
    frame = Frame()
    drafts: list[Draft] = []
    problems: list[Problem] = []
    territory = Territory(given.region, given.day)
    for start, end in _sentences(seen):
        sentence = seen.text[start:end]
        setting = _setting(seen, start, end, frame, given, territory)
        reading = read_sentence(sentence, setting)
        drafts += [draft.moved(start, len(drafts)) for draft in reading.drafts]
        problems += [_placed(problem, seen, text, start) for problem in reading.problems]
        alone = (start == 0 or seen.text[start - 1] == "\n") and seen.text[end : end + 1] in ("\n", "")
        frame.carry(setting, reading.drafts, alone)
    decision = _decision(text)
    figures = [_figure(draft, seen, text, decision) for draft in drafts]
    return _ordered(figures, _once(problems))


def _sentences(seen: View) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(seen.text):
        start, end = match.span()
        while end - start > _LONGEST:
            # A page without a full stop is cut at a comma: the grammar looks only so far anyway.
            cut = max(seen.text.rfind(mark, start, start + _LONGEST) for mark in ";，,、") + 1
            cut = cut if cut > start else start + _LONGEST
            yield start, cut
            start = cut
        if seen.text[start:end].strip():
            yield start, end


def _setting(
    seen: View, start: int, end: int, frame: Frame, given: ReportContext, territory: Territory
) -> Setting:
    """Everything the grammar of one sentence works on."""
    sentence = seen.text[start:end]
    frame.enter(seen.text.count("\n", 0, start))
    mentions = tuple(find_mentions(sentence, frame.titles))
    numbers = tuple(find_numbers(sentence))
    scopes = tuple(find_scopes(sentence, [(m.start, m.end) for m in mentions], territory.region))
    ordered = pair_in_order(sentence, mentions, numbers)
    rows = find_rows(sentence, mentions, numbers, ordered)
    held = {number.start for row in rows for number in row.numbers}
    led = {row.title.start for row in rows if row.title}
    free = [number for number in numbers if number.start not in held]
    pairs = pair_up(sentence, [m for m in mentions if m.start not in led], free, ordered)
    pairs += in_order(sentence, rows, pairs, mentions, frame.counted)
    pairs = borrow(sentence, pairs, free, scopes)
    earlier = [frame.honour] if frame.honour else []
    pairs += honoured(sentence, free, pairs, [*earlier, *mentions])
    same = SAME_DECISION.search(sentence) is not None
    if same:
        pairs = sorted([*pairs, *by_recipient(sentence, free, pairs)], key=lambda pair: pair.number.start)
    pairs += each_place(sentence, pairs, scopes)
    leans = same or HONOUR.search(sentence) or (rows and not mentions)
    if not mentions and not pairs:
        above = frame.heading.mention if frame.heading else None
        line = total_of(sentence, numbers, frame.items) or under_heading(sentence, numbers, above)
        pairs = [line] if line else []
    heading = frame.heading_of(sentence, mentions)
    named = [territory.named(place.name) for place in find_places(sentence)]
    near = tuple(dict.fromkeys(region for region in named if region)) or frame.near
    return Setting(
        text=sentence, given=given, territory=territory, near=near, mentions=mentions,
        numbers=numbers, ordinals=tuple(find_ordinals(sentence)), pairs=tuple(pairs), scopes=scopes,
        scope_before=frame.scope or frame.heading_scope, years_before=frame.years,
        conferral_before=(frame.conferral or _above_provinces(scopes, named))
        if leans
        else frame.announced or (heading.conferral if heading else None),
        measure_above=heading.measure if heading else None, honours=frame.honours,
    )  # fmt: skip


def _above_provinces(scopes: Sequence[Scope], named: Sequence[Region | None]) -> Conferral | None:
    """同一决定里福建有…: a decision of which a province is a share is the nation's."""
    places = {scope.printed for scope in scopes if scope.sort == "place"}
    provinces = [r for r in named if r and r.level == "province" and not is_municipality(r)]
    if any(place in region.name for region in provinces for place in places):
        return Conferral("national")
    return None


def _figure(draft: Draft, seen: View, text: str, decision: str | None) -> Figure:
    start, end = seen.span(draft.start, draft.end)
    end = _with_closing_quote(text, start, end)
    stated_start, stated_end = seen.span(*draft.stated)
    return Figure(
        scope=draft.scope, region_code=draft.region_code,
        kinds=draft.kinds,
        tier=draft.conferral.tier, or_above=draft.conferral.or_above,
        system=draft.conferral.system, measure=draft.measure, low=draft.low, high=draft.high,
        stated=text[stated_start:stated_end], qualifier=draft.qualifier,
        year_from=draft.years[0], year_to=draft.years[1], implied=draft.implied,
        part_of=draft.part_of, stars=draft.stars, quote=text[start:end], start=start, end=end,
        verb=draft.verb, tier_printed=draft.conferral.printed, decision_no=decision,
        flags=draft.flags, body=draft.body,
    )  # fmt: skip


def _with_closing_quote(text: str, start: int, end: int) -> int:
    """A quotation mark opened inside the quote is closed inside it."""
    for opening, closing in ("“”", "「」", "『』", "《》", "‘’"):
        words = text[start:end]
        if text[end : end + 1] == closing and words.count(opening) > words.count(closing):
            return end + 1
    return end


def _decision(text: str) -> str | None:
    """The number of the decision, where the text names exactly one."""
    numbers = {number.normal for number, _, _ in find_document_numbers(text)}
    return numbers.pop() if len(numbers) == 1 else None


def _ordered(figures: list[Figure], problems: tuple[Problem, ...]) -> Extraction:
    """Sorts by place in the text; `part_of` keeps pointing at the same figure."""
    order = sorted(range(len(figures)), key=lambda i: (figures[i].start, figures[i].end, i))
    place = {old: new for new, old in enumerate(order)}
    moved = [
        replace(figures[i], part_of=None if (p := figures[i].part_of) is None else place[p]) for i in order
    ]
    return Extraction(tuple(moved), problems)


def _placed(problem: Problem, seen: View, text: str, start: int) -> Problem:
    """Puts the problem on its line of the source."""
    at = seen.starts[start]
    return replace(problem, row=text.count("\n", 0, at) + 1)


def _once(problems: list[Problem]) -> tuple[Problem, ...]:
    """One problem per code and words: 我市 without an issuer is one question, not ten."""
    return tuple({(problem.code, problem.value): problem for problem in reversed(problems)}.values())[::-1]
