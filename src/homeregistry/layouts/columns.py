"""What each column of a block means, decided once from its header and a sample of its rows.

The roles that a header can have are resolved against each other here: 单位名称 is the recipient, or
the unit of the person beside it, or the parent of the small home beside it. Columns headed with a
title hold ticks, counts or names: their cells decide.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from homeregistry.grid import column_letter
from homeregistry.headings import Heading, read_heading
from homeregistry.kinds import fold_title, read_title, title_pattern
from homeregistry.layouts.cells import is_count, is_nothing
from homeregistry.layouts.declaration import Layout, header_forms
from homeregistry.personal import is_identity_number, is_old_identity_number, is_phone
from homeregistry.records import HeadingContext
from homeregistry.text import key, squeeze
from homeregistry.vocabulary import PERSONAL_FIELDS
from homeregistry.years import read_year

LONGEST_HEADER: Final = 60
_NAMING: Final = frozenset({"recipient", "unit_name", "small_home", "person", "person_unit_post"})
_PLACING: Final = frozenset(
    {
        "region",
        "province",
        "prefecture",
        "county",
        "body",
        "serial",
        "unit_name",
        "system",
        "kind",
        "year",
        "township",
    }
)
_ENOUGH: Final = 0.6


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a header: its place, printed header, role, and the title it is headed with."""

    index: int
    header: str
    role: str
    rank: int = 0
    heading: Heading | None = None

    @property
    def letter(self) -> str:
        """The sheet's own name of the column."""
        return column_letter(self.index)


def read_header(rows: Sequence[Sequence[str]], layout: Layout) -> tuple[Column, ...] | None:
    """The columns of a header of one or more levels, or None where the rows are no header.

    `rows` holds the header rows from the top, group cells already repeated over their columns.
    """
    width = max(map(len, rows), default=0)
    columns = []
    filled = known = 0
    for index in range(width):
        levels = [squeeze(row[index]) if index < len(row) else "" for row in rows]
        levels = [level for place, level in enumerate(levels) if level and level not in levels[:place]]
        if not levels:
            continue
        if any(len(level) > LONGEST_HEADER or level.endswith((":", "：")) for level in levels):
            return None
        filled += 1
        column = _column(index, levels, layout)
        known += column.role != "?"
        columns.append(column)
    if not _is_header(columns, known, filled):
        return None
    known_only = (replace(column, role="other") if column.role == "?" else column for column in columns)
    return tuple(known_only)


def _is_header(columns: Sequence[Column], known: int, filled: int) -> bool:
    roles = {column.role for column in columns}
    # A serial and a name column are header enough beside columns that nobody could foresee.
    fewest = 0.2 if "serial" in roles and roles & _NAMING else 0.5
    if not known or known / filled < fewest:
        return False
    titles = sum(column.role == "title" for column in columns)
    measures = titles + sum(column.role in ("count", "years") for column in columns)
    if filled == 1:
        return bool(roles & _NAMING) and key(columns[0].header) != "单位"
    if titles and titles == filled:
        return titles > 1
    if roles & _NAMING:
        return known >= 2 or filled == 2
    return bool(measures and roles & _PLACING) and len(roles) + measures > 2


def _column(index: int, levels: Sequence[str], layout: Layout) -> Column:
    header = "".join(levels)
    if len(levels) > 1 and any(key(levels[0]).startswith(word) for word in layout.words["ignore_groups"]):
        found = layout.role_of(header)
        personal = found or layout.role_of(levels[-1])
        role = personal[0] if personal and personal[0] in PERSONAL_FIELDS else "other"
        return Column(index, header, role)
    for printed in (header, *reversed(levels)):
        found = layout.role_of(printed)
        if found:
            return Column(index, header, found[0], found[1], _title_of(levels[:-1]))
    heading = (
        _tiered("".join(reversed(levels)))
        or _title_of([header])
        or _title_of(levels[-1:])
        or _title_of(levels[:-1])
    )
    if heading:
        return Column(index, header, "title", heading=heading)
    if read_year(levels[-1]) is not None:
        return Column(index, header, "years")
    return Column(index, header, "?")


@lru_cache(maxsize=512)
def _title_heading(text: str) -> Heading | None:
    """The heading that a header cell is, where it is a title and nothing else."""
    heading = read_heading(text, HeadingContext())
    if heading.kinds or (heading.other_title and title_pattern().search(fold_title(text))):
        return heading
    return None


def _tiered(text: str) -> Heading | None:
    """市级 below 模范职工之家 is read as 市级模范职工之家."""
    heading = _title_of([text])
    return heading if heading and heading.context.tier_printed else None


def _title_of(levels: Sequence[str]) -> Heading | None:
    for level in levels:
        for form in header_forms(level):
            reading = read_title(form)
            if (reading or title_pattern().search(fold_title(form))) and len(form) < 30:
                heading = _title_heading(form)
                if heading:
                    return heading
    return None


def sample_of(rows: Iterable[Sequence[str]], index: int) -> list[str]:
    """The filled cells of one column in the sampled rows."""
    return [row[index] for row in rows if index < len(row) and row[index]]


def personal_role(sample: Sequence[str]) -> str | None:
    """`id_number` or `phone` where most cells of a column are such, whatever its header says."""
    if len(sample) < 2 and not any(map(is_identity_number, sample)):
        return None
    for role, test in (
        ("id_number", is_identity_number),
        ("phone", is_phone),
        ("id_number", is_old_identity_number),
    ):
        if sum(map(test, sample)) / max(len(sample), 1) >= _ENOUGH:
            return role
    return None


@dataclass(frozen=True, slots=True)
class Tick:
    """A column whose marks confer a title."""

    index: int
    kinds: tuple[str, ...]
    heading: Heading


@dataclass(frozen=True, slots=True)
class Strip:
    """The columns of one entry: the whole block, or one of several lists printed side by side.

    `fields` are (column index, field) of plain columns. `recipient`, `person`, `unit` and `serial`
    are indexes or -1. `splits` says that the person's or unit's cell holds several things.
    `heading` is the title above a column of names.
    """

    fields: tuple[tuple[int, str], ...]
    recipient: int = -1
    person: int = -1
    unit: int = -1
    serial: int = -1
    post: int = -1
    person_holds_all: bool = False
    unit_holds_post: bool = False
    ticks: tuple[Tick, ...] = ()
    heading: Heading | None = None

    def is_ticked(self, texts: Sequence[str]) -> bool:
        """Whether a row has a mark in this strip; a strip without tick columns is always meant."""
        return not self.ticks or any(not is_nothing(texts[tick.index]) for tick in self.ticks)

    @property
    def names(self) -> tuple[int, ...]:
        """The columns of which one must be filled for the row to name somebody."""
        return tuple(index for index in (self.recipient, self.person) if index >= 0)


@dataclass(frozen=True, slots=True)
class Block:
    """A header resolved: its columns with their final fields, its strips, and what it is."""

    columns: tuple[Column, ...]
    strips: tuple[Strip, ...]
    counts: bool = False
    nominated_by: str | None = None


def resolve(columns: Sequence[Column], sample: Sequence[Sequence[str]], layout: Layout) -> Block:
    """The final meaning of the columns, from each other and from the sampled rows below."""
    columns = [_by_content(column, sample_of(sample, column.index)) for column in columns]
    if any(_holds_counts(column, sample, columns) for column in columns):
        return Block(tuple(columns), (), counts=True)
    final: list[Column] = []
    strips: list[Strip] = []
    shared, groups = _side_by_side(columns)
    for group in groups:
        named = [column for column in group if column.role == "title" and _holds_names(column, sample)]
        if named and not _has_name(group):
            rest = [column for column in group if column not in named]
            for column in named:
                resolved = _resolve_roles([*shared, *rest, replace(column, role="recipient")])
                final.extend(resolved)
                strips.append(_strip(resolved))
        else:
            resolved = _resolve_roles([*shared, *group])
            final.extend(resolved)
            strips.extend(_by_tier(_strip(resolved)))
    unique = {column.index: column for column in final}
    nominated = next(
        (
            column.header
            for column in columns
            if any(word in column.header for word in layout.words["nomination"])
        ),
        None,
    )
    return Block(tuple(unique[index] for index in sorted(unique)), tuple(strips), nominated_by=nominated)


def _by_tier(strip: Strip) -> list[Strip]:
    """Tick columns of several tiers (市级, 区级) are several awards: a strip for each tier."""
    groups: dict[object, list[Tick]] = {}
    for tick in strip.ticks:
        said = tick.heading.context
        groups.setdefault((said.tier_printed, said.system, said.issuer_printed), []).append(tick)
    if len(groups) < 2:
        return [strip]
    return [replace(strip, ticks=tuple(ticks)) for ticks in groups.values()]


def _has_name(columns: Sequence[Column]) -> bool:
    return any(column.role in _NAMING for column in columns)


def _by_content(column: Column, sample: Sequence[str]) -> Column:
    """Personal numbers and years give a column away whatever stands above it."""
    if column.role in PERSONAL_FIELDS or column.role in ("uscc", "union_code", "serial"):
        return column
    personal = personal_role(sample)
    if personal:
        return replace(column, role=personal)
    if column.role == "years":
        return replace(column, role="count")
    return column


def _holds_counts(column: Column, sample: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    """Whether a column headed with a title, a year or 数量 holds numbers of recognitions.

    A lone 1 under a title is a tick where the row names a recipient, and a count where it does not.
    """
    if column.role not in ("title", "count"):
        return False
    cells = [cell for cell in sample_of(sample, column.index) if not is_nothing(cell)]
    if not cells or not all(map(is_count, cells)) or all(read_year(cell) for cell in cells):
        return False
    names = [other for other in columns if other.role in _NAMING]
    if not names:
        return True
    if any(other.role in ("person", "person_unit_post", "small_home") for other in names):
        return False
    body = [row for row in sample if column.index < len(row) and row[column.index] and not _is_sum(row)]
    return any(row[column.index] != "1" for row in body if not is_nothing(row[column.index]))


def _is_sum(row: Sequence[str]) -> bool:
    return any(key(cell) in ("合计", "总计", "小计", "共计", "total", "subtotal") for cell in row[:4])


def _holds_names(column: Column, sample: Sequence[Sequence[str]]) -> bool:
    cells = [cell for cell in sample_of(sample, column.index) if not is_nothing(cell)]
    names = [cell for cell in cells if len(cell) > 3 and not is_count(cell) and read_year(cell) is None]
    return bool(cells) and len(names) / len(cells) > 0.5


def _side_by_side(columns: Sequence[Column]) -> tuple[list[Column], list[list[Column]]]:
    """Columns shared by all lists, and the columns of each list printed beside another."""
    times = Counter(key(column.header) for column in columns)
    repeated = [
        key(column.header) for column in columns if column.role in _NAMING and times[key(column.header)] > 1
    ]
    if not repeated:
        return [], [list(columns)]
    lists = times[repeated[0]]
    first = next(column for column in columns if times[key(column.header)] == lists)
    starts = [place for place, column in enumerate(columns) if key(column.header) == key(first.header)]
    ends = [*starts[1:], len(columns)]
    return list(columns[: starts[0]]), [
        list(columns[start:end]) for start, end in zip(starts, ends, strict=True)
    ]


def _resolve_roles(columns: Sequence[Column]) -> list[Column]:
    """Each role settled against the others; a second column of a role is kept, not interpreted."""
    roles = {column.role for column in columns}
    has_person = bool(roles & {"person", "person_unit_post"})
    settled = list(columns)
    for place, column in enumerate(settled):
        role = column.role
        if role == "small_home":
            role = "recipient"
        elif "small_home" in roles and role in ("recipient", "unit_name"):
            role = "parent" if "parent" not in roles else "other"
        elif role == "unit_name":
            if "recipient" not in roles:
                role = "recipient"
            elif has_person and not roles & {"unit", "unit_post"}:
                role = "unit"
            else:
                role = "other"
        settled[place] = replace(column, role=role)
    best: dict[str, Column] = {}
    for column in settled:
        rival = best.get(column.role)
        if rival is None or column.rank < rival.rank:
            best[column.role] = column
    return [
        column
        if column.role in ("title", "other", "note")
        or column.role in PERSONAL_FIELDS
        or best[column.role] is column
        else replace(column, role="other")
        for column in settled
    ]


_OWN: Final = frozenset(
    {
        "recipient",
        "person",
        "person_unit_post",
        "unit",
        "unit_post",
        "serial",
        "post",
        "title",
        "other",
        "note",
        "count",
    }
)


def _strip(columns: Sequence[Column]) -> Strip:
    place = {column.role: column.index for column in columns}
    person = place.get("person", place.get("person_unit_post", -1))
    named = next((column for column in columns if column.role == "recipient"), None)
    ticks = tuple(
        Tick(column.index, column.heading.kinds, column.heading)
        for column in columns
        if column.role == "title" and column.heading
    )
    return Strip(
        fields=tuple(
            (column.index, column.role)
            for column in columns
            if column.role not in _OWN and column.role not in PERSONAL_FIELDS
        ),
        recipient=place.get("recipient", -1),
        person=person,
        unit=place.get("unit", place.get("unit_post", -1)),
        serial=place.get("serial", -1),
        post=place.get("post", -1),
        person_holds_all="person_unit_post" in place and "person" not in place,
        unit_holds_post="unit_post" in place and "unit" not in place,
        ticks=ticks,
        heading=named.heading if named else None,
    )


def field_of(role: str) -> str:
    """The field name under which a resolved column is shown to people."""
    return {"person_unit_post": "person", "unit_post": "unit", "title": "kind", "years": "count"}.get(
        role, role
    )
