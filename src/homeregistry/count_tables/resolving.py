"""From printed words to figures: which region, which tier, as of which day.

A table's cells are declared figures like those of a sentence, so they end in the same `Figure`; what
cannot be settled without a guess keeps its printed words, a flag on the figure and one problem.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from homeregistry.bodies import BodyReading, read_body
from homeregistry.count_tables.model import CountCell, CountContext, CountTable
from homeregistry.figures.model import Figure
from homeregistry.figures.territory import Territory
from homeregistry.headings.places import is_industry, is_place
from homeregistry.problems import Problem
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.table import Region
from homeregistry.tiers import resolve_tier
from homeregistry.vocabulary import Tier

_NATION: Final = frozenset({"全国", "中国", "全国合计", "全国工会", "中华全国"})
_OWN: Final = re.compile(r"(?:[全我本该](?P<word>[省市区县州盟旗]|自治区)|本级)")
_LATEST: Final = date(9999, 12, 31)


_Tiered = tuple[Tier | None, str | None, str | None]
"""A tier, its system, and the problem code where the tier stays open."""


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A figure with the address of its cell; its `quote` is the cell's text, its span the whole of it."""

    figure: Figure
    sheet: str
    row: int
    column: str
    label: str


@dataclass(slots=True)
class _Resolver:
    """One sheet's words and what they came to; every distinct word is settled once for each day."""

    issuer: BodyReading | Region | None
    home: Region | None
    problems: list[Problem] = field(default_factory=list)
    scopes: dict[tuple[str, date], tuple[str | None, str | None]] = field(default_factory=dict)
    tiers: dict[tuple[str, date, str | None], _Tiered] = field(default_factory=dict)
    bodies: dict[tuple[str, date], str | None] = field(default_factory=dict)
    said: set[tuple[str, str]] = field(default_factory=set)

    def say(self, problem: Problem) -> None:
        """Keeps one problem for each code and value: a column of 市级 is one question."""
        mark = (problem.code, problem.value or "")
        if mark not in self.said:
            self.said.add(mark)
            self.problems.append(problem)


def figures_of(
    table: CountTable, context: CountContext | None = None
) -> tuple[tuple[CellFigure, ...], tuple[Problem, ...]]:
    """The table's cells as figures in the same order (`part_of` stays valid), and what stays open."""
    context = context or CountContext()
    speaker = context.issuer or table.issuer or table.scope
    day = context.as_of or _LATEST
    issuer, home = _speaker(speaker, day)
    if home is None and table.scope:
        home = _speaker(table.scope, day)[1]
    resolver = _Resolver(issuer, home)
    figures = tuple(_figure(cell, resolver, context) for cell in table.cells)
    if table.cells and all(cell.tier_printed is None for cell in table.cells):
        first = table.cells[0]
        resolver.say(Problem("missing_tier", first.sheet, first.row, first.column, first.stated))
    return figures, tuple(resolver.problems)


def _speaker(printed: str | None, day: date) -> tuple[BodyReading | Region | None, Region | None]:
    """The body or place behind the sheet, and its region where it has one."""
    if not printed:
        return None, None
    place = gazetteer().resolve(printed, (day, day))
    if place.region is not None and not place.rest:
        return place.region, place.region
    body = read_body(printed, None if day == _LATEST else day)
    home = gazetteer().by_id(body.region_id) if body.region_id is not None else None
    return body, home


def _figure(cell: CountCell, resolver: _Resolver, context: CountContext) -> CellFigure:
    day = date(cell.year_to, 12, 31) if cell.year_to else context.as_of or _LATEST
    flags: list[str] = []
    code: str | None = None
    if cell.scope_printed is None:
        flags.append("ambiguous_scope")
    else:
        code, fault = _scope(cell, day, resolver)
        flags += [fault] if fault else []
    tier, system, fault = _tier(cell, day, code, resolver)
    flags += [fault] if fault else []
    figure = Figure(
        scope=cell.scope_printed,
        region_code=code,
        kinds=cell.kinds,
        tier=tier,
        or_above=cell.or_above,
        system=cell.system or system,
        measure=cell.measure,
        low=cell.low,
        high=cell.high,
        stated=cell.stated,
        qualifier=cell.qualifier,
        year_from=cell.year_from,
        year_to=cell.year_to,
        implied=False,
        part_of=cell.part_of,
        stars=cell.stars,
        quote=cell.stated,
        start=0,
        end=len(cell.stated),
        tier_printed=cell.tier_printed,
        flags=tuple(flags),
        body=None if code else _body(cell.scope_printed, day, resolver),
    )
    return CellFigure(figure, cell.sheet, cell.row, cell.column, cell.label)


def _scope(cell: CountCell, day: date, resolver: _Resolver) -> tuple[str | None, str | None]:
    """The region code of a printed scope, and the problem code where a place stays open."""
    printed = cell.scope_printed or ""
    if (printed, day) not in resolver.scopes:
        resolver.scopes[printed, day] = _settle_scope(printed, day, cell, resolver)
    return resolver.scopes[printed, day]


def _settle_scope(
    printed: str, day: date, cell: CountCell, resolver: _Resolver
) -> tuple[str | None, str | None]:
    if printed in _NATION:
        return None, None
    address = (cell.sheet, cell.row, cell.column)
    if match := _OWN.fullmatch(printed):
        own = Territory(resolver.home, day.isoformat()).own(match["word"] or "本级")
        if own is None:
            resolver.say(Problem("ambiguous_scope", *address, printed))
        return (own.code, None) if own else (None, "ambiguous_scope")
    first = date(cell.year_from, 1, 1) if cell.year_from else day
    within = [resolver.home.code] if resolver.home else []
    for where in (*within, None):
        found = gazetteer().resolve(printed, (first, day), where)
        if found.region is not None:
            # a town's count is not its county's
            return (None if found.rest else found.region.code), None
        if found.reason == "ambiguous":
            names = "、".join(gazetteer().path(row) for row in found.candidates[:6])
            resolver.say(Problem("ambiguous_region", *address, printed, {"candidates": names}))
            return None, "ambiguous_region"
    body = read_body(printed, None if day == _LATEST else day, within[0] if within else None)
    if body.kind == "federation" and body.region_id is not None:
        return gazetteer().by_id(body.region_id).code, None
    if body.kind == "unlisted" and is_place(printed) and not printed.endswith(("镇", "乡", "街道")):
        resolver.say(Problem("unknown_region", *address, printed, {"near": ""}, "warning"))
        return None, "unknown_region"
    return None, None


def _body(printed: str | None, day: date, resolver: _Resolver) -> str | None:
    """The union body of a scope that is no region: an industry of the table's place (铁路), a zone."""
    if printed is None or printed in _NATION:
        return None
    if (printed, day) not in resolver.bodies:
        place = resolver.home.name if resolver.home else "全国"
        bare = printed.removesuffix("系统").removesuffix("产业")
        name = f"{place}{bare}工会" if is_industry(bare) else printed
        within = resolver.home.code if resolver.home else None
        body = read_body(name, None if day == _LATEST else day, within)
        resolver.bodies[printed, day] = body.code if body.kind in ("industry", "zone", "direct") else None
    return resolver.bodies[printed, day]


def _tier(cell: CountCell, day: date, code: str | None, resolver: _Resolver) -> _Tiered:
    """The tier of printed words in the mouth of the table's issuer; 市级 that means nothing there (a
    nationwide table) is that of the row's own region, whose code is given."""
    printed = cell.tier_printed
    if printed is None:
        return None, None, None
    mark = (printed, day, code)
    if mark not in resolver.tiers:
        when = None if day == _LATEST else day
        reading = resolve_tier(printed, resolver.issuer, when)
        own = gazetteer().at(code, day) if code else None
        if reading.tier is None and own is not None:
            reading = resolve_tier(printed, own, when)
        fault = None
        if reading.tier is None:
            fault = "ambiguous_tier" if reading.reason == "ambiguous" else "unknown_tier"
            resolver.say(Problem(fault, cell.sheet, cell.row, cell.column, printed))
        resolver.tiers[mark] = (reading.tier, reading.system, fault)
    return resolver.tiers[mark]
