"""Which award an entry speaks of: kind, tier, system, conferring body, years, decision.

Pure and memoised: the rows of a block mean the same award, so it is worked out once per block and per
distinct printed words. What is not certain is a problem on the field that would settle it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeVar

from homeregistry.bodies import BodyReading, federation_reading, read_body
from homeregistry.documents import read_document_number
from homeregistry.headings.heading import read_heading
from homeregistry.kinds import kinds
from homeregistry.problems import Problem
from homeregistry.records import Entry, HeadingContext, ListOptions
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.resolving.issuers import candidates, paths_of, read_issuer
from homeregistry.resolving.stars import Titles, with_stars
from homeregistry.stated_years import FIRST_YEAR
from homeregistry.tiers import resolve_tier
from homeregistry.vocabulary import TIERS, Severity
from homeregistry.years import YearSpan, read_date, read_year

_REMEMBERED: Final = 20_000
"""How many different words of one kind are kept in mind."""

_K = TypeVar("_K")
_V = TypeVar("_V")

AWARD_FIELDS: Final = (
    "kind", "stars", "tier", "system", "year", "conferred_by", "decision_no", "decision_date",
)  # fmt: skip
"""What a row says of its award."""
PLACE_FIELDS: Final = ("province", "prefecture", "county", "region")
"""What a row says of its place, from the widest to the nearest."""


# A tuple: there may be as many awards as rows, and each is looked up by its whole identity.
class Award(NamedTuple):
    """The identity of an award round; empty text and 0 mean none."""

    kind: str
    stars: int
    tier: str
    system: str
    conferred_by: BodyReading
    year_from: int
    year_to: int
    decision_no: str = ""
    decision_date: str = ""
    decision_printed: str = ""

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day the list speaks of: from the first year to the decision."""
        return _days(self.year_from, self.year_to, self.decision_date)


@lru_cache(maxsize=4096)
def _days(year_from: int, year_to: int, decision_date: str) -> tuple[date, date]:
    first = date(year_from, 1, 1)
    decided = read_date(decision_date) if decision_date else None
    last = max(decided.last_day, date(year_to, 1, 1)) if decided else date(year_to, 12, 31)
    return first, max(first, last)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem on a field, not yet on a cell; `row` of the entry and its columns give the place."""

    code: str
    field: str
    value: str | None = None
    params: tuple[tuple[str, object], ...] = ()
    severity: Severity | None = None

    def at(self, entry: Entry) -> Problem:
        """The problem at the cell of this entry that holds the field, or on its row."""
        column = entry.columns.get(self.field)
        params = dict(self.params)
        return Problem(self.code, entry.sheet, entry.row, column, self.value, params, self.severity)


@dataclass(frozen=True, slots=True)
class AwardReading:
    """The awards of an entry (several where ticks or a title name several) and what is not certain."""

    awards: tuple[Award, ...]
    mistakes: tuple[Mistake, ...]
    by_place: bool = False
    """Whether the row's own place had to say whose award it is."""


Mistakes = tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class _Titled:
    """The kinds and stars of an entry, and its context with what the title cell adds (全国…, 市级…)."""

    titles: Titles
    context: HeadingContext
    mistakes: Mistakes = ()
    own_tier: str | None = None
    """The tier that the title cell itself prints: 省 of 省模范职工之家."""


@dataclass(slots=True)
class _Memory:
    """What was read under one heading: whole rows of words, and each word by itself.

    A list may state as many different awards as it has rows, but few titles, years and decisions.
    """

    context: HeadingContext
    readings: dict[tuple[object, ...], AwardReading] = field(default_factory=dict)
    titles: dict[tuple[object, ...], _Titled] = field(default_factory=dict)
    years: dict[tuple[object, ...], tuple[YearSpan | None, Mistakes]] = field(default_factory=dict)


class AwardReader:
    """Reads the awards of entries under one set of options, up to a last year that may be stated."""

    def __init__(self, options: ListOptions, today: date) -> None:
        self._options = options
        self._today = today
        self._memories: dict[HeadingContext, _Memory] = {}
        self._memory = _Memory(HeadingContext())

    def read(self, entry: Entry) -> AwardReading:
        """The awards of one entry; the same words under the same headings are read once."""
        memory = self._memory
        if memory.context is not entry.context:
            memory = self._memory = self._memories.setdefault(entry.context, _Memory(entry.context))
        mark: tuple[object, ...] = (entry.kinds, *map(entry.values.get, AWARD_FIELDS))
        found = memory.readings.get(mark)
        if found is None:
            placed = (*mark, *map(entry.values.get, PLACE_FIELDS))
            found = memory.readings.get(placed)
            if found is None:
                found = self._work_out(entry, memory)
                _keep(memory.readings, placed if found.by_place else mark, found)
        return found

    def _work_out(self, entry: Entry, memory: _Memory) -> AwardReading:
        get = entry.values.get
        mark = (get("kind"), get("stars"), entry.kinds)
        titled = memory.titles.get(mark)
        if titled is None:
            titled = _keep(memory.titles, mark, self._titles(entry))
        decided = get("decision_date") or titled.context.decision_date
        year_mark = (get("year"), titled.context.year_from, titled.context.year_to, decided)
        year = memory.years.get(year_mark)
        if year is None:
            year = _keep(memory.years, year_mark, self._years(get("year"), decided, titled.context))
        years, wrong_year = year
        mistakes = titled.mistakes + wrong_year
        if not titled.titles or years is None:
            return AwardReading((), mistakes)
        day = _last_day_of(min(years.last, self._today.year))
        found: list[Mistake] = []
        issuer, by_place = self._issuer(entry.values, titled.context, day, found)
        placed = None if found else self._tier_and_body(entry.values, titled.context, day, issuer, found)
        if placed is not None and self._contradicts(titled.own_tier, placed[0], issuer, day):
            other = (("other", get("tier")),)
            found.append(Mistake("conflicting_title", "kind", get("kind"), other))
            placed = None
        if found:
            mistakes += tuple(found)
        if placed is None:
            return AwardReading((), mistakes, by_place)
        tier, system, body = placed
        decision_no, printed, decision_date = self._decision(entry.values, titled.context)
        return AwardReading(
            tuple(
                [
                    Award(kind, stars or 0, tier, system, body, years.first, years.last,
                          decision_no, decision_date, printed)
                    for kind, stars in titled.titles
                ]
            ),
            mistakes,
            by_place,
        )  # fmt: skip

    @staticmethod
    def _contradicts(own: str | None, tier: str, issuer: BodyReading | None, day: date) -> bool:
        """Whether the title cell says another tier than the row's column of tiers does."""
        reading = resolve_tier(own, issuer, day) if own else None
        return reading is not None and reading.tier not in (None, tier) and not reading.or_above

    def _titles(self, entry: Entry) -> _Titled:
        found, printed = self._without_stars(entry), entry.values.get("stars")
        starred = with_stars(found.titles, printed)
        wrong: Mistakes = ()
        if starred.wrong is not None:
            other = (("other", starred.other),) if starred.other else ()
            wrong = (Mistake(starred.wrong, "stars", printed, other),)
        return replace(found, titles=starred.titles, mistakes=found.mistakes + wrong)

    def _without_stars(self, entry: Entry) -> _Titled:
        context, printed, option = entry.context, entry.values.get("kind"), self._options.kind
        ticked = tuple(kind for kind, _own, _column in entry.kinds)
        if ticked:
            wrong = _against_option("kind", "、".join(kinds()[kind].title for kind in ticked), option, ticked)
            return _Titled(tuple((kind, own) for kind, own, _column in entry.kinds), context, wrong)
        if printed:
            heading = read_heading(printed, _without_title(context))
            if (
                heading.other_title
                or not heading.kinds
                or (len(heading.kinds) > 1 and option not in heading.kinds)
            ):
                return _Titled((), context, (Mistake("unknown_title", "kind", printed),))
            kind = option if option in heading.kinds else heading.kinds[0]
            wrong = _against_option("kind", printed, option, heading.kinds)
            own = heading.context.tier_printed
            own_tier = own if own != context.tier_printed else None
            return _Titled(((kind, heading.stars),), heading.context, wrong, own_tier)
        if context.kind:
            wrong = _against_option("kind", kinds()[context.kind].title, option, (context.kind,))
            return _Titled(((context.kind, context.stars),), context, wrong)
        if option:
            return _Titled(((option, None),), context)
        return _Titled((), context, (Mistake("missing_title", "kind"),))

    def _years(
        self, printed: str | None, decided: str | None, context: HeadingContext
    ) -> tuple[YearSpan | None, Mistakes]:
        """The stated years. The decision's year is never taken for them: 2015年度 was decided in 2016."""
        options = self._options
        said = (
            YearSpan(options.year_from, options.year_to or options.year_from) if options.year_from else None
        )
        if printed:
            years = read_year(printed) or said
            if years is None:
                return None, (Mistake("unknown_year", "year", printed),)
        elif context.year_from:
            years = YearSpan(context.year_from, context.year_to or context.year_from)
        elif said:
            years = said
        else:
            code = "only_decision_year" if decided and read_date(decided) else "missing_year"
            return None, (Mistake(code, "year", decided),)
        if years is not None and not FIRST_YEAR <= years.first <= years.last <= self._today.year:
            return None, (Mistake("year_out_of_range", "year", printed or str(years)),)
        if said and said != years:
            return years, _against_option("year", printed or str(years), str(said), ())
        return years, ()

    def _decision(self, values: Mapping[str, str], context: HeadingContext) -> tuple[str, str, str]:
        printed = values.get("decision_no") or context.decision_no or self._options.document_no or ""
        day = values.get("decision_date") or context.decision_date or ""
        return _read_decision(printed, day) if printed or day else ("", "", "")

    def _issuer(
        self, values: Mapping[str, str], context: HeadingContext, day: date, mistakes: list[Mistake]
    ) -> tuple[BodyReading | None, bool]:
        """Who issued the list, and whether only the row's own place could tell."""
        printed = self._options.issuer or values.get("conferred_by") or context.issuer_printed
        if not printed:
            return None, False
        when = day.isoformat()
        if not candidates(read_issuer(printed, when), printed, when):
            return read_issuer(printed, when), False
        issuer = read_issuer(printed, when, self._near(values, context, when, printed))
        if candidates(issuer, printed, when):
            found = (("candidates", paths_of(candidates(issuer, printed, when))),)
            mistakes.append(Mistake("ambiguous_body", "conferred_by", printed, found))
        return issuer, True

    def _near(
        self, values: Mapping[str, str], context: HeadingContext, day: str, issuer: str
    ) -> tuple[int, ...]:
        """Ids of the places that row, heading, options and the list's own issuer name, in this order."""
        own = " ".join(values[name] for name in PLACE_FIELDS if values.get(name))
        table = gazetteer()
        named = [table.resolve(place, (day, day)).region
                 for place in (own, self._options.region, context.region_printed) if place]  # fmt: skip
        numbers = [region.id for region in named if region is not None]
        for above in (self._options.issuer, context.issuer_printed):
            if above and above != issuer:
                numbers.append(read_issuer(above, day).region_id or 0)
        return tuple(number for number in numbers if number)

    def _tier_and_body(
        self, values: Mapping[str, str], context: HeadingContext, day: date, issuer: BodyReading | None,
        mistakes: list[Mistake],
    ) -> tuple[str, str, BodyReading] | None:  # fmt: skip
        system = self._options.system or values.get("system") or context.system or ""
        tier_printed = values.get("tier") or context.tier_printed
        spoken_of = None if issuer or system else _federation_spoken_of(context, day)
        said, tier = self._options.tier, None
        if tier_printed:
            reading = resolve_tier(tier_printed, issuer or spoken_of, day)
            if reading.tier is None and said is not None:
                reading = resolve_tier(said, None, day)  # 市级 that nothing else explains
            if reading.tier is None:
                code = "ambiguous_tier" if reading.reason == "ambiguous" else "unknown_tier"
                mistakes.append(Mistake(code, "tier", tier_printed))
                return None
            tier, system = reading.tier, system or reading.system or ""
            if said not in (None, tier):
                mistakes.extend(_against_option("tier", tier_printed, said, ()))
        if tier is None and issuer is not None:
            tier = issuer.tier
            system = system or issuer.system or ""
        if tier is None:
            mistakes.append(Mistake("missing_tier", "tier"))
            return None
        if spoken_of is not None and not system and spoken_of.tier is not None:
            # 省级 over a city's list is its province's; 区级 there is some district's, nobody says which.
            issuer = spoken_of if TIERS.index(tier) <= TIERS.index(spoken_of.tier) else None
        if issuer is not None and _confers_otherwise(issuer, tier, system):
            printed = tier_printed or said or tier
            mistakes.append(
                Mistake("conferring_body_conflict", "conferred_by", printed, (("other", issuer.name),))
            )
        body = self._conferring(tier, system, issuer, day, mistakes)
        return (tier, system, body) if body else None

    def _conferring(
        self, tier: str, system: str, issuer: BodyReading | None, day: date, mistakes: list[Mistake]
    ) -> BodyReading | None:
        """Who confers at this tier: the issuer, or the federation above it whose tier this is."""
        if issuer is None:
            if tier == "national" and not system:
                return read_body("中华全国总工会", day)
            mistakes.append(Mistake("missing_issuer", "conferred_by"))
            return None
        if issuer.tier in (None, tier) or _confers_otherwise(issuer, tier, system):
            return issuer
        above = federation_above(issuer, tier, day)
        if above is None:
            mistakes.append(Mistake("missing_issuer", "conferred_by"))
        return above


def _confers_otherwise(issuer: BodyReading, tier: str, system: str) -> bool:
    """Whether a title of this tier is not the issuer's, and no federation above it is meant either."""
    if issuer.tier in (None, tier):
        return False
    return bool(system) or issuer.kind != "federation" or TIERS.index(tier) > TIERS.index(issuer.tier or tier)


def _against_option(field: str, printed: str, said: str | None, fits: Sequence[str]) -> Mistakes:
    """A list that prints something else than the officer says of it is believed, and she is told."""
    if said is None or said in fits:
        return ()
    shown = kinds()[said].title if field == "kind" else said
    return (Mistake("option_differs", field, printed, (("said", shown),)),)


def _keep(memory: dict[_K, _V], mark: _K, value: _V) -> _V:
    """Remember a value; a column of endless different words forgets what it said before."""
    if len(memory) > _REMEMBERED:
        memory.clear()
    memory[mark] = value
    return value


@lru_cache(maxsize=4096)
def _read_decision(printed: str, day_printed: str) -> tuple[str, str, str]:
    """The number in its normal form, as printed, and the day as ISO text; empty text for none."""
    number = read_document_number(printed) if printed else None
    day = read_date(day_printed) if day_printed else None
    return number.normal if number else printed, printed, str(day) if day else ""


def _federation_spoken_of(context: HeadingContext, day: date) -> BodyReading | None:
    """The federation of the place that a heading is about: its list's 市级 is that city's.

    A county-level city is left out: its 市级 may be its own or that of the city above it.
    """
    if not context.region_printed:
        return None
    region = gazetteer().resolve(context.region_printed, (day, day)).region
    if region is None or (region.level == "county" and region.name.endswith("市")):
        return None
    return federation_reading(region)


@cache
def _last_day_of(year: int) -> date:
    return date(year, 12, 31)


def federation_above(body: BodyReading, tier: str, day: date) -> BodyReading | None:
    """The federation at a higher tier over a territorial one: a district's 市级 awards are its city's."""
    if tier == "national":
        return read_body("中华全国总工会", day)
    if body.region_id is None:
        return None
    level = {"provincial": "province", "prefecture": "prefecture", "county": "county"}.get(tier)
    place = gazetteer()
    region = place.by_id(body.region_id)
    for upper in (region, *place.ancestors(region, day)):
        if upper.level == level:
            return federation_reading(upper)
    return None


def _without_title(context: HeadingContext) -> HeadingContext:
    """The context for a title cell: a cell's own title stands alone, its 全国 is not a heading's."""
    return HeadingContext(
        tier_printed=context.tier_printed, system=context.system, year_from=context.year_from,
        year_to=context.year_to, issuer_printed=context.issuer_printed, region_printed=context.region_printed,
        body_printed=context.body_printed, decision_no=context.decision_no,
        decision_date=context.decision_date,
    )  # fmt: skip
