"""The command lines that show the records behind a number and the figures beside it, for people to copy."""

import shlex
from dataclasses import replace
from datetime import date

from homeregistry.queries import CountRequest
from homeregistry.stated_years import years_said


def list_command(request: CountRequest) -> str:
    """`homeregistry list …` with every filter of a request but single recipients."""
    return _command("list", request)


def reconcile_command(request: CountRequest) -> str:
    """`homeregistry reconcile …` with the same filters; figures have no earlier revision to ask for."""
    return _command("reconcile", replace(request, filters=replace(request.filters, revision=None)))


def _command(name: str, request: CountRequest) -> str:
    filters, words = request.filters, ["homeregistry", name]
    pairs = [
        ("--kind", filters.kind),
        ("--tier", filters.tier),
        ("--system", filters.system),
        ("--year", years_said(filters.year_from, filters.year_to) or None),
        ("--year-basis", None if filters.year_basis == "stated" else filters.year_basis),
        ("--body", filters.body),
        ("--as-of-revision", None if filters.revision is None else str(filters.revision)),
        ("--as-of", filters.as_of.isoformat() if filters.as_of else None),
        ("--region", request.region.code if request.region else None),
        ("--boundaries", _map_of(request)),
        ("--measure", "holders" if request.measure == "holders" else None),
    ]
    for name, value in pairs:
        if value is not None:
            words += [name, value]
    if filters.or_above:
        words.append("--or-above")
    return shlex.join(words)


def _map_of(request: CountRequest) -> str | None:
    if request.boundaries == "as-awarded":
        return None
    return "today" if request.boundaries == date.today() else request.boundaries.isoformat()
