"""What the officer says about a report: who issued it, on which day it stood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from homeregistry.bodies import BodyReading, read_body
from homeregistry.count_tables import CountContext
from homeregistry.errors import UsageMistake
from homeregistry.figures import ReportContext
from homeregistry.regions.ambiguity import ambiguous_region
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.succession import Placed, Rehomer
from homeregistry.regions.table import Region
from homeregistry.years import PartialDate

_LATEST: Final = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options of `report extract` and `report import`; `issuer` is printed, a place or a body."""

    issuer: str | None = None
    as_of: PartialDate | None = None
    include_hidden: bool = False

    @property
    def day(self) -> date | None:
        """The last day the report's date allows."""
        return self.as_of.last_day if self.as_of else None

    def for_prose(self) -> ReportContext:
        """What the prose extractor takes. Raises UsageMistake for an issuer that is several places."""
        return ReportContext(issuer_from(self.issuer, self.day), self.as_of)

    def for_tables(self, sheet_name_speaks: bool) -> CountContext:
        """What the reader of tables of counts takes."""
        issuer = self.issuer
        if issuer and re.fullmatch("[0-9]{6}", issuer):
            place = issuer_from(issuer, self.day)
            issuer = gazetteer().path(place) if isinstance(place, Region) else issuer
        return CountContext(issuer, self.day, self.include_hidden, sheet_name_speaks)

    def to_json(self) -> dict[str, object]:
        """The options that were given, for the batch and its fingerprint."""
        given = {"issuer": self.issuer, "as_of": str(self.as_of) if self.as_of else None}
        said: dict[str, object] = {name: value for name, value in given.items() if value}
        return said | ({"include_hidden": True} if self.include_hidden else {})


def issuer_from(printed: str | None, day: date | None) -> Region | BodyReading | None:
    """The place or body that an issuer names on a day (None: the latest map).

    Raises UsageMistake for a name that several places bear, and for a code that none bears.
    """
    if not printed:
        return None
    table, when = gazetteer(), day or _LATEST
    if re.fullmatch("[0-9]{6}", printed):
        rows = table.of_code(printed)
        if not rows:
            raise UsageMistake(
                "unknown_region", "“{value}” is not a known region{near}; see: homeregistry region lookup",
                value=printed, near="",
            )  # fmt: skip
        return table.at(printed, when) or rows[-1]
    named = table.lookup(printed, on=day)
    places = _places(named) if day is None else {row.code: row for row in named}
    if len(places) > 1:
        raise ambiguous_region(printed, places.values())
    place = table.resolve(printed, (when, when))
    if place.region is not None and not place.rest:
        return place.region
    return read_body(printed, day)


def _places(rows: Sequence[Region]) -> dict[str, Region]:
    """The different places among rows of one name, by the code they have today.

    Without a date 江北区 may be Ningbo's or the one that Chongqing had until 2025; but 四川省重庆市 and
    重庆市 are one place, for the one became the other.
    """
    today = Rehomer(_LATEST)
    found: dict[str, Region] = {}
    ends: dict[str, Region] = {}
    for row in rows:
        outcome = today.place(row)
        end = outcome.region if isinstance(outcome, Placed) else row
        found[end.code], ends[end.code] = row, end
    # The county-level 南平市 of old lies in the prefecture that took over its name.
    within = {code for code, end in ends.items() if ends.keys() & set(end.chain[1:])}
    return {code: row for code, row in found.items() if code not in within}
