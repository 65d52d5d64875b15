"""What of a recognition a person may correct, and the words for each field turned into what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from homeregistry.bodies import BodyReading, read_body
from homeregistry.documents import read_document_number
from homeregistry.errors import UsageMistake
from homeregistry.kinds import kind_asked_for
from homeregistry.numerals import whole_number
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.resolving.issuers import read_issuer
from homeregistry.stated_years import FIRST_YEAR
from homeregistry.text import clean
from homeregistry.vocabulary import TIERS
from homeregistry.years import read_date, read_year

CORRECTABLE: Final = (
    "kind", "stars", "tier", "system", "year", "region", "body", "conferred_by", "decision_no",
    "decision_date", "recipient",
)  # fmt: skip
"""Fields of `correct --set`. The name as printed and the source are evidence and are not among them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The corrected values that were given; None where a field was not named."""

    kind: str | None = None
    stars: int | None = None
    tier: str | None = None
    system: str | None = None
    years: tuple[int, int] | None = None
    region: Region | None = None
    no_region: bool = False
    body: BodyReading | None = None
    no_body: bool = False
    conferred_by: BodyReading | None = None
    decision_no: tuple[str, str] | None = None
    decision_date: str | None = None
    recipient: int | None = None


def read_fields(said: Mapping[str, str], years: tuple[int, int], today: date) -> Wanted:
    """What the words mean; `years` are the recognition's own, for names that depend on the time.

    Raises UsageMistake for an unknown field or a value that cannot be.
    """
    unknown = [name for name in said if name not in CORRECTABLE]
    if unknown:
        raise UsageMistake(
            "unknown_field", "“{value}” cannot be corrected; choose from {known}.",
            value=unknown[0], known=", ".join(CORRECTABLE),
        )  # fmt: skip
    if not said:
        raise UsageMistake("nothing_to_change", "Say what to correct: --set FIELD=VALUE.")
    wanted = Wanted()
    if "year" in said:
        span = read_year(said["year"])
        if span is None or not FIRST_YEAR <= span.first <= span.last <= today.year:
            raise _bad("year", said["year"])
        years = (span.first, span.last)
        wanted = replace(wanted, years=years)
    days = (date(years[0], 1, 1), date(years[1], 12, 31))
    for name, words in said.items():
        wanted = _read(wanted, name, clean(words), days)
    return wanted


def _read(wanted: Wanted, name: str, words: str, days: tuple[date, date]) -> Wanted:
    if name == "kind":
        return replace(wanted, kind=kind_asked_for(words))
    if name == "stars":
        stars = whole_number(words or "0")
        if stars is None or stars > 5:
            raise _bad(name, words)
        return replace(wanted, stars=stars)
    if name == "tier":
        if words not in TIERS:
            raise _bad(name, words)
        return replace(wanted, tier=words)
    if name == "system":
        return replace(wanted, system=words)
    if name == "region":
        return replace(wanted, region=_region(words, days) if words else None, no_region=not words)
    if name == "body":
        return replace(wanted, body=read_body(words, days[1]) if words else None, no_body=not words)
    if name == "conferred_by":
        if not words:
            raise _bad(name, words)
        return replace(wanted, conferred_by=read_issuer(words, days[1].isoformat()))
    if name == "decision_no":
        number = read_document_number(words) if words else None
        return replace(wanted, decision_no=(number.normal if number else words, words))
    if name == "decision_date":
        day = read_date(words) if words else None
        if words and day is None:
            raise _bad(name, words)
        return replace(wanted, decision_date=str(day) if day else "")
    if name == "recipient":
        recipient = whole_number(words)
        if recipient is None:
            raise _bad(name, words)
        return replace(wanted, recipient=recipient)
    return wanted


def _region(words: str, days: tuple[date, date]) -> Region:
    """The one region of a name or code that existed in those years."""
    place = gazetteer()
    if words.isdigit():
        rows = [one for one in place.of_code(words) if any(one.in_force(day) for day in days)]
        if len({one.id for one in rows}) == 1:
            return rows[0]
        raise _bad("region", words)
    found = place.resolve(words, days)
    if found.region is None or found.rest:
        listed = "、".join(place.path(one) for one in found.candidates[:5])
        raise UsageMistake(
            "unknown_region", "“{value}” is not a known region{near}; see: homeregistry region lookup",
            value=words, near=listed,
        )  # fmt: skip
    return found.region


def _bad(field: str, value: str) -> UsageMistake:
    return UsageMistake("bad_value", "“{value}” is no value for the field {field}.", value=value, field=field)
