"""`region`: the gazetteer on the command line; it needs no database and loads only the table."""

from collections.abc import Iterable
from typing import Any

import click

from homeregistry.cli.days import map_day_from
from homeregistry.cli.output import emit, format_option, say
from homeregistry.cli.quick_table import quick_table
from homeregistry.cli.wording import TranslatedGroup
from homeregistry.errors import UsageMistake
from homeregistry.regions.gazetteer import Gazetteer, gazetteer
from homeregistry.regions.table import Change, Region


@click.group("region", cls=TranslatedGroup, help="Regions by name and by day, and what became of them.")
def region() -> None:
    """The topic."""


@region.command(
    "lookup",
    help="All regions that ever bore NAME, with their intervals and paths.\n\n"
    "NAME may be a short form (渝北), a former name, a path (广东省湛江市雷州市) or a code.",
)
@click.argument("name")
@click.option("--on", "on", metavar="DATE", help="Only regions on the map of this day (2011-10-22).")
@click.option("--within", metavar="REGION", help="Only regions inside this one (a name or a code).")
@format_option
def lookup(name: str, on: str | None, within: str | None, format_: str) -> None:
    """Print all matches, never a silent first."""
    table = gazetteer()
    day = map_day_from(on).isoformat() if on is not None else None
    codes = _within(table, within) if within is not None else None
    found = [row for row in _ever(table, name, codes) if day is None or row.in_force(day)]
    if not found:
        raise _unknown(table, name, day, codes)
    rows = [_row(table, row) for row in found]
    headers = ["code", "name", "level", "path", "valid_from", "valid_to"]
    emit(format_, {"matches": rows}, headers, [_cells(row, headers, format_) for row in rows], quick_table)


@region.command(
    "history",
    help="What a CODE meant over time, where its regions came from, and what is there now.\n\n"
    "A name is taken as well where only one line of regions bore it.",
)
@click.argument("code")
@format_option
def history(code: str, format_: str) -> None:
    """Print the changes, then the regions of today."""
    table = gazetteer()
    rows, changes = _line(table, code)
    today = [row for row in rows if not row.valid_to]
    entries = [_entry(table, change) for change in changes]
    payload = {
        "code": code,
        "regions": [_row(table, row) for row in rows],
        "changes": entries,
        "today": [_row(table, row) for row in today],
    }
    headers = ["date", "from_code", "from", "to_code", "to", "extent", "towns", "basis"]
    emit(format_, payload, headers, [_cells(entry, headers, format_) for entry in entries])
    if format_ == "table":
        own = _list(
            _interval(row)
            for row in sorted(table.of_code(code) or table.lookup(code), key=lambda row: row.valid_from)
        )
        say("{code}: {intervals}", code=code, intervals=own)
        say("Today: {places}", places=_list(table.path(row) for row in today) or "-")


def _cells(entry: dict[str, Any], headers: list[str], format_: str) -> list[Any]:
    """The cells of a line; in a table codes stand in words."""
    cells = [" ".join(v) if isinstance(v := entry[h], list) else v for h in headers]
    if format_ != "table":
        return cells
    from homeregistry.words.labels import basis_label, label

    return [
        basis_label(cell) if header == "basis" else label(header, cell)
        for header, cell in zip(headers, cells, strict=True)
    ]


def _row(table: Gazetteer, row: Region) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "level": row.level,
        "path": table.path(row),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to or None,
    }


def _entry(table: Gazetteer, change: Change) -> dict[str, Any]:
    source, target = table.by_id(change.from_id), table.by_id(change.to_id)
    return {
        "date": change.date,
        "from_code": source.code,
        "from": source.name,
        "to_code": target.code,
        "to": target.name,
        "extent": change.extent,
        "towns": list(change.towns),
        "basis": change.basis,
    }


def _interval(row: Region) -> str:
    return f"{row.name} {row.valid_from}–{row.valid_to}"


def _list(words: Iterable[str]) -> str:
    return "、".join(words)


def _ever(table: Gazetteer, text: str, within: set[str] | None) -> list[Region]:
    """Every region that a code or a name ever meant, inside the region given."""
    if not (text.isascii() and text.isdigit()):
        return table.lookup(text, within=within)
    return [row for row in table.of_code(text) if within is None or within & set(row.chain)]


def _within(table: Gazetteer, text: str) -> set[str]:
    found = table.of_code(text) if text.isdigit() else table.lookup(text)
    if not found:
        raise _unknown(table, text, None, None)
    return {row.code for row in found}


def _line(table: Gazetteer, text: str) -> tuple[list[Region], list[Change]]:
    """The rows and changes of a code, or of the one place that bore a name.

    A city that stood in a prefecture and gave it its name is one place with it: 万县市 was both in turn.
    """
    if table.of_code(text):
        return table.history(text)
    named = table.lookup(text)
    if not named:
        raise _unknown(table, text, None, None)
    lines = {row.code: table.history(row.code) for row in named}
    for rows, _changes in lines.values():
        line = {row.code for row in rows}
        if all(row.code in line or row.parent_code in line for row in named):
            break
    else:
        raise UsageMistake(
            "ambiguous_region",
            "“{value}” is the name of several regions; give one of the codes {codes}.",
            value=text, codes=", ".join(sorted(lines)),
        )  # fmt: skip
    rows = sorted({row for found, _ in lines.values() for row in found}, key=lambda r: (r.valid_from, r.code))
    changes = {change for _, found in lines.values() for change in found}
    return rows, sorted(changes, key=lambda one: (one.date, one.from_id, one.to_id))


def _unknown(table: Gazetteer, name: str, day: str | None, within: set[str] | None) -> UsageMistake:
    ever = _ever(table, name, within)
    if ever and day is not None:
        from homeregistry.cli.region_choice import not_on_map

        return not_on_map(name, day, ever)
    from homeregistry.cli.region_choice import body_instead, first_of

    elsewhere = _ever(table, name, None)
    if within is not None and elsewhere:
        return UsageMistake(
            "region_elsewhere", "“{value}” is not inside the region given; it is {listed}.",
            value=name, listed=first_of([f"{table.path(row)} {row.code}" for row in elsewhere]),
        )  # fmt: skip
    body_instead(name)
    similar = _list(dict.fromkeys(table.path(row) for row in table.suggest(name, within)[:20]))
    if similar:
        return UsageMistake(
            "unknown_region",
            "“{value}” is not a known region; similar names: {similar}.",
            value=name, similar=similar,
        )  # fmt: skip
    return UsageMistake(
        "unknown_region", "“{value}” is not a known region; check the name or the code.", value=name
    )
