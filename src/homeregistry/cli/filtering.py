"""The filters that `count`, `list`, `reconcile` and `export` share: options in, one `CountRequest` out."""

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli import tier_option
from homeregistry.cli.days import before_the_first_year, day_from, map_day_from
from homeregistry.cli.output import say
from homeregistry.errors import UsageMistake
from homeregistry.stated_years import FIRST_YEAR

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from homeregistry.queries import CountRequest
    from homeregistry.queries.placing import Boundaries
    from homeregistry.regions.table import Region

_OPTIONS = (
    click.option("--kind", metavar="KIND", help="Kind code or Chinese title."),
    click.option(
        "--tier", metavar="TIER",
        help="Tier of the title: national, provincial, prefecture, county, township, unit, or words (省级).",
    ),
    click.option("--or-above", is_flag=True, help="That tier or a higher one."),
    click.option("--system", metavar="SYSTEM", help="Industry system of the title (邮政, 省直机关 …)."),
    click.option("--year", metavar="YEAR|A-B", help="Rounds of a year, or that overlap a range."),
    click.option("--region", metavar="R", help="A region with all below it."),
    click.option("--body", metavar="B", help="The union that recommended."),
    click.option("--as-of", metavar="DATE", help="What was conferred by that day."),
    click.option(
        "--boundaries", default="as-awarded", show_default=True, metavar="as-awarded|DATE|today",
        help="Whose map: of the award, of a day, of today.",
    ),
    click.option(
        "--measure", type=click.Choice(("awards", "holders")), default="awards", show_default=True,
        help="Recognitions ever conferred, or recipients whose title is in force.",
    ),
    click.option(
        "--year-basis", type=click.Choice(("stated", "decision", "statistical")), default="stated",
        show_default=True, help="The stated year, the decision's, or the federation's statistical year.",
    ),
)  # fmt: skip


revision_option = click.option(
    "--as-of-revision", type=click.IntRange(min=0), help="The registry as of a revision."
)
"""For what can ask the registry as it stood; `require_revision` says whether it ever stood so."""


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the shared filters to a command; it gets them as keyword arguments for `request_from`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def request_from(by: str | None = None, **options: Any) -> "CountRequest":
    """The request that the options say. Raises UsageMistake for what cannot be."""
    from homeregistry.queries import DIMENSIONS, CountRequest, Filters

    dimensions = tuple(part.strip() for part in (by or "").split(",") if part.strip())
    for dimension in dimensions:
        if dimension not in DIMENSIONS:
            raise UsageMistake(
                "unknown_dimension", "“{value}” is not a dimension; choose from {known}.",
                value=dimension, known=", ".join(DIMENSIONS),
            )  # fmt: skip
        if dimensions.count(dimension) > 1:
            raise UsageMistake(
                "dimension_twice",
                "“{value}” stands twice in --by; name each dimension once.",
                value=dimension,
            )
    first, last = years_from(options.get("year"))
    boundaries = boundaries_from(options.get("boundaries") or "as-awarded")
    as_of = day_from(options["as_of"]) if options.get("as_of") else None
    if options.get("measure") == "holders" and as_of is None:
        as_of = date.today()
    region = region_from(options["region"], boundaries) if options.get("region") else None
    if options.get("or_above") and not options.get("tier"):
        raise UsageMistake("tier_missing", "--or-above needs --tier: that tier or a higher one.")
    tier, above = tier_option.tier_from(options.get("tier"), region, "--region")
    filters = Filters(
        kind=kind_from(options.get("kind")),
        tier=tier,
        or_above=above or bool(options.get("or_above")),
        system=system_from(options.get("system")),
        year_from=first,
        year_to=last,
        body=options.get("body"),
        as_of=as_of,
        year_basis=options.get("year_basis") or "stated",
        revision=options.get("as_of_revision"),
        recipients=frozenset({options["recipient"]}) if options.get("recipient") else None,
    )
    return CountRequest(filters, dimensions, region, boundaries, options.get("measure") or "awards")


def system_from(text: str | None) -> str | None:
    """A system as rounds say it: 邮政 of 邮政系统."""
    return text if text is None else text.strip().removesuffix("系统") or text


def require_revision(connection: "Connection", request: "CountRequest") -> None:
    """Raise NotFound where the registry has no revision such as is asked for."""
    if request.filters.revision is not None:
        from homeregistry.exports.options import stand_of

        stand_of(connection, request.filters.revision)


def kind_from(text: str | None) -> str | None:
    """A kind code, from the code or a title spelling."""
    if text is None:
        return None
    from homeregistry.kinds import kind_asked_for

    return kind_asked_for(text)


def years_from(text: str | None) -> tuple[int | None, int | None]:
    """First and last year of YEAR or A-B; A- and -B are open."""
    if text is None:
        return None, None
    match = re.fullmatch(r"\s*(\d{4})?\s*([-—–~至])?\s*(\d{4})?\s*", text)
    if not match or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        raise UsageMistake(
            "bad_year", "“{value}” is not a year; write 2020 or 2017-2019.", value=text
        )  # fmt: skip
    first = int(match[1]) if match[1] else None
    last = int(match[3]) if match[3] else (None if match[2] else first)
    if first is not None and last is not None and first > last:
        raise UsageMistake("years_reversed", "The years {value} are in reverse order.", value=text)
    if any(year is not None and year < FIRST_YEAR for year in (first, last)):
        raise before_the_first_year(text)
    return first, last


def boundaries_from(text: str) -> "Boundaries":
    """`as-awarded`, or the day of the map."""
    return "as-awarded" if text == "as-awarded" else map_day_from(text)


def region_from(text: str, boundaries: "Boundaries") -> "Region":
    """The one region that a code or name means on the map asked for. Raises UsageMistake."""
    from homeregistry.regions.gazetteer import gazetteer

    place = gazetteer()
    matches = list(place.of_code(text)) if re.fullmatch("[0-9]{6}", text) else place.lookup(text)
    if not matches:
        from homeregistry.cli.region_choice import body_instead

        body_instead(text)
        near = "、".join(dict.fromkeys(place.path(region) for region in place.suggest(text)[:20]))
        raise UsageMistake(
            "unknown_region", "“{value}” is not a known region{near}; see: homeregistry region lookup",
            value=text, near=near,
        )  # fmt: skip
    if boundaries != "as-awarded":
        there = [region for region in matches if region.in_force(boundaries)]
        if not there:
            from homeregistry.cli.region_choice import not_on_map

            raise not_on_map(text, boundaries.isoformat(), matches)
        matches = there
    by_code = {region.code: region for region in matches}
    top = min(("province", "prefecture", "county").index(region.level) for region in matches)
    highest = {
        code: one for code, one in by_code.items() if ("province", "prefecture", "county")[top] == one.level
    }
    if len(by_code) > 1 and len(highest) == 1:
        one = next(iter(highest.values()))
        if all(one.code in region.chain for region in by_code.values()):
            return one
    if len(by_code) > 1 and (latest := _one_line(matches)):
        _say_which(text, latest, [region for region in matches if region.code != latest.code])
        return latest
    if len(by_code) > 1:
        from homeregistry.regions.ambiguity import ambiguous_region

        raise ambiguous_region(text, by_code.values())
    chosen = matches[-1]
    if boundaries == "as-awarded":
        from homeregistry.regions.succession import same_place

        # A code that was given anew (500110: 万盛区, then 綦江区) is one place here, and not the other.
        others = [region for region in matches if region.id not in same_place(chosen)]
        if others:
            _say_which(text, chosen, others)
    return chosen


def _say_which(text: str, latest: "Region", earlier: "list[Region]") -> None:
    from homeregistry.regions.gazetteer import gazetteer

    place = gazetteer()
    say(
        "“{value}” is taken as {latest} {code}, not as it was before: {earlier}.",
        value=text, latest=place.path(latest), code=latest.code,
        earlier="、".join(f"{place.path(one)} {one.code} (– {one.valid_to})" for one in earlier),
    )  # fmt: skip


def _one_line(regions: "list[Region]") -> "Region | None":
    """The newest of regions that are one place over time (四川省重庆市, 重庆市); None for several places."""
    from homeregistry.regions.gazetteer import gazetteer

    newest = max(regions, key=lambda region: region.valid_from)
    for region in regions:
        number, seen = region.id, set[int]()
        while number != newest.id and number not in seen:
            seen.add(number)
            onward = [
                move.to_id for move in gazetteer().onward(number) if move.extent != "part" and move.to_id
            ]
            if len(onward) != 1:
                return None
            number = onward[0]
        if number != newest.id:
            return None
    return newest
