"""Which award an entry speaks of: kind, tier, system, conferring body, years, decision.

Pure and memoised: the rows of a block mean the same award, so it is worked out once per block and per
distinct printed words. What is not certain is a problem on the field that would settle it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from homeregistry.bodies import BodyReading, federation_of, read_body, tier_of
from homeregistry.documents import read_document_number
from homeregistry.headings import read_heading
from homeregistry.kinds import kinds
from homeregistry.problems import Problem
from homeregistry.records import Entry, HeadingContext, ListOptions
from homeregistry.regions import Region, gazetteer
from homeregistry.tiers import resolve_tier
from homeregistry.vocabulary import TIERS
from homeregistry.years import YearSpan, read_date, read_year

FIRST_YEAR = 1983
"""The first national round; earlier years are misprints."""

_AWARD_FIELDS = (
    "kind", "stars", "tier", "system", "year", "conferred_by", "decision_no", "decision_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Award:
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
        first = date(self.year_from, 1, 1)
        decided = read_date(self.decision_date) if self.decision_date else None
        last = max(decided.last_day, date(self.year_to, 1, 1)) if decided else date(self.year_to, 12, 31)
        return first, max(first, last)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem on a field, not yet on a cell; `row` of the entry and its columns give the place."""

    code: str
    field: str
    value: str | None = None
    params: tuple[tuple[str, object], ...] = ()

    def at(self, entry: Entry) -> Problem:
        """The problem at the cell of this entry that holds the field, or on its row."""
        column = entry.columns.get(self.field)
        return Problem(self.code, entry.sheet, entry.row, column, self.value, dict(self.params))


@dataclass(frozen=True, slots=True)
class AwardReading:
    """The awards of an entry (several where ticks or a title name several) and what is not certain."""

    awards: tuple[Award, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """The words about the award that stand in the row itself."""

    values: Mapping[str, str]
    ticks: tuple[tuple[str, int | None, str], ...]
    context: HeadingContext


class AwardReader:
    """Reads the awards of entries under one set of options, up to a last year that may be stated."""

    def __init__(self, options: ListOptions, today: date) -> None:
        self._options = options
        self._today = today
        self._known: dict[tuple[object, ...], AwardReading] = {}

    def read(self, entry: Entry) -> AwardReading:
        """The awards of one entry; the same words under the same headings are read once."""
        values = entry.values
        mark = (entry.context, entry.kinds, *(values.get(name) for name in _AWARD_FIELDS))
        found = self._known.get(mark)
        if found is None:
            found = self._known[mark] = self._work_out(_Said(values, entry.kinds, entry.context))
        return found

    def _work_out(self, said: _Said) -> AwardReading:
        mistakes: list[Mistake] = []
        titles, context = self._titles(said, mistakes)
        years = self._years(said.values.get("year"), context, mistakes)
        decision_no, printed, decision_date = self._decision(said.values, context)
        if not titles or years is None:
            return AwardReading((), tuple(mistakes))
        day = date(min(years.last, self._today.year), 12, 31)
        placed = self._tier_and_body(said.values, context, day, mistakes)
        if placed is None:
            return AwardReading((), tuple(mistakes))
        tier, system, body = placed
        awards = tuple(
            Award(
                kind,
                stars or 0,
                tier,
                system,
                body,
                years.first,
                years.last,
                decision_no,
                decision_date,
                printed,
            )
            for kind, stars in titles
        )
        return AwardReading(awards, tuple(mistakes))

    def _titles(
        self, said: _Said, mistakes: list[Mistake]
    ) -> tuple[list[tuple[str, int | None]], HeadingContext]:
        """The kinds of the entry, and the context with what a title cell adds to it (全国…, 市级…)."""
        context, printed = said.context, said.values.get("kind")
        stars = _stars(said.values.get("stars"))
        if said.ticks:
            return [(kind, tick_stars or stars) for kind, tick_stars, _column in said.ticks], context
        if printed:
            heading = read_heading(printed, _without_title(context))
            if heading.other_title or not heading.kinds:
                mistakes.append(Mistake("unknown_title", "kind", printed))
                return [], context
            if self._options.kind and self._options.kind not in heading.kinds:
                mistakes.append(
                    Mistake(
                        "conflicting_title", "kind", printed, (("other", kinds()[self._options.kind].title),)
                    )
                )
                return [], context
            if len(heading.kinds) > 1 and not self._options.kind:
                mistakes.append(Mistake("unknown_title", "kind", printed))
                return [], context
            kind = self._options.kind or heading.kinds[0]
            return [(kind, heading.stars or stars)], heading.context
        if self._options.kind:
            return [(self._options.kind, stars or context.stars)], context
        if context.kind:
            return [(context.kind, context.stars or stars)], context
        mistakes.append(Mistake("missing_title", "kind"))
        return [], context

    def _years(
        self, printed: str | None, context: HeadingContext, mistakes: list[Mistake]
    ) -> YearSpan | None:
        if self._options.year_from:
            years: YearSpan | None = YearSpan(
                self._options.year_from, self._options.year_to or self._options.year_from
            )
        elif printed:
            years = read_year(printed)
            if years is None:
                mistakes.append(Mistake("unknown_year", "year", printed))
                return None
        elif context.year_from:
            years = YearSpan(context.year_from, context.year_to or context.year_from)
        else:
            mistakes.append(Mistake("missing_year", "year"))
            return None
        if years is not None and not FIRST_YEAR <= years.first <= years.last <= self._today.year:
            mistakes.append(Mistake("year_out_of_range", "year", printed or str(years)))
            return None
        return years

    def _decision(self, values: Mapping[str, str], context: HeadingContext) -> tuple[str, str, str]:
        printed = self._options.document_no or values.get("decision_no") or context.decision_no or ""
        number = read_document_number(printed) if printed else None
        day_printed = values.get("decision_date") or context.decision_date or ""
        day = read_date(day_printed) if day_printed else None
        return number.normal if number else printed, printed, str(day) if day else ""

    def _tier_and_body(
        self, values: Mapping[str, str], context: HeadingContext, day: date, mistakes: list[Mistake]
    ) -> tuple[str, str, BodyReading] | None:
        system = self._options.system or values.get("system") or context.system or ""
        tier_printed = values.get("tier") or context.tier_printed
        issuer_printed = self._options.issuer or values.get("conferred_by") or context.issuer_printed
        issuer = read_issuer(issuer_printed, day) if issuer_printed else None
        tier: str | None = self._options.tier
        if tier is None and tier_printed:
            reading = resolve_tier(tier_printed, issuer, day)
            if reading.tier is None:
                code = "ambiguous_tier" if reading.reason == "ambiguous" else "unknown_tier"
                mistakes.append(Mistake(code, "tier", tier_printed))
                return None
            tier, system = reading.tier, system or reading.system or ""
        if tier is None and issuer is not None:
            tier = issuer.tier
            system = system or issuer.system or ""
        if tier is None:
            mistakes.append(Mistake("missing_tier", "tier"))
            return None
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
        if issuer.tier in (None, tier) or system or issuer.kind != "federation":
            if issuer.tier not in (None, tier):
                mistakes.append(
                    Mistake("conferring_body_conflict", "conferred_by", tier, (("other", issuer.name),))
                )
            return issuer
        if TIERS.index(tier) > TIERS.index(issuer.tier):  # type: ignore[arg-type]
            mistakes.append(
                Mistake("conferring_body_conflict", "conferred_by", tier, (("other", issuer.name),))
            )
            return issuer
        above = federation_above(issuer, tier, day)
        if above is None:
            mistakes.append(Mistake("missing_issuer", "conferred_by"))
        return above


def read_issuer(printed: str, day: date) -> BodyReading:
    """The body that a printed issuer means: a body's name, or a place, whose federation it is."""
    place = gazetteer().resolve(printed, (day, day))
    if place.region is not None and not place.rest:
        return _federation(place.region)
    return read_body(printed, day)


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
            return _federation(upper)
    return None


def _federation(region: Region) -> BodyReading:
    body = federation_of(region)
    return BodyReading(body.code, body.name, "federation", region.id, tier_of(region))


def _stars(printed: str | None) -> int | None:
    if not printed:
        return None
    digits = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
    for char in printed:
        if char in digits:
            return digits[char]
        if char in "12345":
            return int(char)
    return None


def _without_title(context: HeadingContext) -> HeadingContext:
    """The context for a title cell: a cell's own title stands alone, its 全国 is not a heading's."""
    return HeadingContext(
        tier_printed=context.tier_printed, system=context.system, year_from=context.year_from,
        year_to=context.year_to, issuer_printed=context.issuer_printed, region_printed=context.region_printed,
        body_printed=context.body_printed, decision_no=context.decision_no,
        decision_date=context.decision_date,
    )  # fmt: skip
