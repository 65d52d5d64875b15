"""The tally against the rows: a number that was altered would be every count's number."""

from collections.abc import Iterator, Mapping
from itertools import groupby, islice

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.errors import DatabaseRefused
from homeregistry.tally import AWARD_OF, LINE, Award, Line, Unpacking, made_from_rows, years_words
from homeregistry.verifying.findings import MOST, Finding

_HERE = "kind = :kind AND tier = :tier AND system = :system"


def check_tally(connection: Connection) -> Iterator[Finding]:
    """Every line is what the live rows make, and there is no other one."""
    yield from islice(_differences(connection), MOST)


def _differences(connection: Connection) -> Iterator[Finding]:
    """Award by award: the lines of one fit in memory, those of all may not."""
    seen = set[Award]()
    for award, lines in groupby(made_from_rows(connection), AWARD_OF):
        seen.add(award)
        yield from _of_award(_stored(connection, award), {line[3]: line for line in lines})
    awards = connection.exec_driver_sql("SELECT DISTINCT kind, tier, system FROM recognition_tally")
    for award in sorted({(str(kind), str(tier), str(system)) for kind, tier, system in awards} - seen):
        yield from _of_award(_stored(connection, award), {})


def _stored(connection: Connection, award: Award) -> dict[int, Line]:
    statement = sa.text(f"SELECT {', '.join(LINE)} FROM recognition_tally WHERE {_HERE}")
    found = connection.execute(statement, dict(zip(("kind", "tier", "system"), award, strict=True)))
    return {int(row[3]): (*award, int(row[3]), int(row[4]), str(row[5])) for row in found}


def _of_award(stored: Mapping[int, Line], made: Mapping[int, Line]) -> Iterator[Finding]:
    for region in sorted(stored.keys() | made.keys()):
        if stored.get(region) != made.get(region):
            yield from _of_line(stored.get(region), made.get(region))


def _of_line(stored: Line | None, made: Line | None) -> Iterator[Finding]:
    """Year by year; where the years agree, what the whole line says."""
    line = stored or made
    assert line is not None
    where = " ".join(str(part) for part in line[:4] if part != "")
    unpack = Unpacking()
    try:
        told, found = unpack(stored[5] if stored else ""), unpack(made[5] if made else "")
    except DatabaseRefused:
        told, found = {}, {}
    years = [one for one in sorted(told.keys() | found.keys()) if told.get(one, 0) != found.get(one, 0)]
    for one in years:
        params = {"stated": told.get(one, 0), "found": found.get(one, 0)}
        yield Finding("tally_differs", f"{where} {years_words(one)}", params)
    if not years:
        yield Finding(
            "tally_differs", where, {"stated": stored[4] if stored else 0, "found": made[4] if made else 0}
        )
