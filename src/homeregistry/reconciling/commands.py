"""The command line that shows the records behind a number, for people to copy."""

import shlex

from homeregistry.queries import CountRequest
from homeregistry.stated_years import years_said


def list_command(request: CountRequest) -> str:
    """`homeregistry list …` with every filter of a request but single recipients."""
    filters, words = request.filters, ["homeregistry", "list"]
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
        ("--boundaries", None if request.boundaries == "as-awarded" else request.boundaries.isoformat()),
        ("--measure", "holders" if request.measure == "holders" else None),
    ]
    for name, value in pairs:
        if value is not None:
            words += [name, value]
    if filters.or_above:
        words.append("--or-above")
    return shlex.join(words)
