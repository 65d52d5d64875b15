"""What each column of a block means, decided once from its header and a sample of its rows.

The roles that a header can have are resolved against each other here: 单位名称 is the recipient, or
the unit of the person beside it, or the parent of the small home beside it. Columns headed with a
title hold ticks, counts or names: their cells decide.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.headings.heading import Heading
from homeregistry.kinds import kinds
from homeregistry.layouts.cells import is_count, is_nothing
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.headcells import NAMING, Column, title_of
from homeregistry.personal import is_identity_number, is_old_identity_number, is_phone
from homeregistry.text import key, squeeze
from homeregistry.vocabulary import PERSONAL_FIELDS
from homeregistry.years import read_year

_ENOUGH: Final = 0.6
_YEARS: Final = re.compile(r"(?:19|20)\d\d(?:年度?)?|(?:19|20)\d\d年?[-—–至]+(?:19|20)\d\d年?度?")
_MARKS: Final = frozenset({"title", "year_tick", "count"})
_RECOMMENDING: Final = frozenset(
    {"serial", "body", "region", "province", "prefecture", "county", "township", "system"}
)
"""Who recommended, and from where, is told of awards too: 推荐单位 below 推荐情况 makes no nomination."""


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
    """A column whose marks confer a title, or whose header is a year and whose marks or titles say
    that the award fell into it.
    """

    index: int
    kinds: tuple[str, ...]
    heading: Heading
    of_year: bool = False


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
    columns = _dated(columns, sample)
    columns = _marked(columns, sample, frozenset(layout.words["ticks"]))
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
                role = "person" if _goes_to_persons(column) else "recipient"
                resolved = _resolve_roles([*shared, *rest, replace(column, role=role)])
                final.extend(resolved)
                strips.append(_strip(resolved))
        else:
            resolved = _resolve_roles([*shared, *group])
            final.extend(resolved)
            strips.extend(_by_tier(_strip(resolved)))
    unique = {column.index: column for column in final}
    told_once = [strip for place, strip in enumerate(strips) if strip not in strips[:place]]
    nominated = next(
        (
            column.header
            for column in columns
            if column.role not in _RECOMMENDING
            and any(word in column.header for word in layout.words["nomination"])
        ),
        None,
    )
    return Block(tuple(unique[index] for index in sorted(unique)), tuple(told_once), nominated_by=nominated)


def _by_tier(strip: Strip) -> list[Strip]:
    """Tick columns of several tiers (市级, 区级) or years are several awards: a strip for each."""
    groups: dict[object, list[Tick]] = {}
    for tick in strip.ticks:
        said = tick.heading.context
        mark = (said.tier_printed, said.system, said.issuer_printed, said.year_from, said.year_to)
        groups.setdefault(mark, []).append(tick)
    if len(groups) < 2:
        return [strip]
    return [replace(strip, ticks=tuple(ticks)) for ticks in groups.values()]


def _has_name(columns: Sequence[Column]) -> bool:
    return any(column.role in NAMING for column in columns)


def _by_content(column: Column, sample: Sequence[str]) -> Column:
    """Personal numbers and years give a column away whatever stands above it."""
    if column.role in PERSONAL_FIELDS or column.role in ("uscc", "union_code", "serial"):
        return column
    personal = personal_role(sample)
    return replace(column, role=personal) if personal else column


def _dated(columns: Sequence[Column], sample: Sequence[Sequence[str]]) -> list[Column]:
    """获奖时间 is the stated year where its cells are years and nothing more, else the decision's date."""
    if any(column.role == "year" for column in columns):
        return list(columns)
    return [
        replace(column, role="year")
        if column.role == "decision_date" and _all_years(sample, column)
        else column
        for column in columns
    ]


def _all_years(sample: Sequence[Sequence[str]], column: Column) -> bool:
    cells = _said(sample, column.index)
    return bool(cells) and all(_YEARS.fullmatch(squeeze(cell)) for cell in cells)


def _marked(
    columns: Sequence[Column], sample: Sequence[Sequence[str]], ticks: frozenset[str]
) -> list[Column]:
    """Columns headed with a year, or with a word below a title: marks confer, numbers are counts.

    模范职工之家 over 序号, 单位名称 and 所属片区 makes no tick column of the last one.
    """
    filled = {column.index: _said(sample, column.index) for column in columns}
    years = [cell for column in columns if column.role == "years" for cell in filled[column.index]]
    conferring = _has_name(columns) and years and all(_is_mark(cell, ticks) for cell in years)
    found = []
    for column in columns:
        cells = filled[column.index]
        if column.role == "years":
            column = replace(column, role="year_tick" if conferring else "count")
        elif column.role == "under_title":
            marks = cells and all(cell in ticks or is_count(cell) or read_year(cell) for cell in cells)
            column = replace(column, role="title" if marks else "other")
        found.append(column)
    return found


def _said(sample: Sequence[Sequence[str]], index: int) -> list[str]:
    return [cell for cell in sample_of(sample, index) if not is_nothing(cell)]


def _is_mark(cell: str, ticks: frozenset[str]) -> bool:
    """A tick or a title below a year; a number there may be a count of awards."""
    return not cell.isdecimal() and (cell in ticks or title_of([cell]) is not None)


def _holds_counts(column: Column, sample: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    """Whether a column headed with a title, a year or 数量 holds numbers of recognitions.

    A lone 1 under a title is a tick where the row names a recipient, and a count where it does not.
    """
    if column.role not in ("title", "count"):
        return False
    cells = _said(sample, column.index)
    if not cells or not all(map(is_count, cells)) or all(read_year(cell) for cell in cells):
        return False
    names = [other for other in columns if other.role in NAMING]
    if not names:
        return True
    if any(other.role in ("person", "person_unit_post", "small_home") for other in names):
        return False
    body = [row for row in sample if column.index < len(row) and row[column.index] and not _is_sum(row)]
    return any(row[column.index] != "1" for row in body if not is_nothing(row[column.index]))


def _is_sum(row: Sequence[str]) -> bool:
    return any(key(cell) in ("合计", "总计", "小计", "共计", "total", "subtotal") for cell in row[:4])


def _holds_names(column: Column, sample: Sequence[Sequence[str]]) -> bool:
    cells = _said(sample, column.index)
    fewest = 2 if _goes_to_persons(column) else 4
    names = [cell for cell in cells if len(cell) >= fewest and not is_count(cell) and read_year(cell) is None]
    return bool(cells) and len(names) / len(cells) > 0.5


def _goes_to_persons(column: Column) -> bool:
    """Whether the title above a column is one that persons get: their names may be of two characters."""
    titles = column.heading.kinds if column.heading else ()
    return bool(titles) and all(kinds()[kind].recipient_type == "person" for kind in titles)


def _side_by_side(columns: Sequence[Column]) -> tuple[list[Column], list[list[Column]]]:
    """Columns shared by all lists, and the columns of each list printed beside another.

    Lists side by side are told by a repeated label (序号, 单位名称, 序号, 姓名) or by the titles
    above their names (模范职工之家 over one, 模范职工小家 over the other).
    """
    starts = _titled_starts(columns) or _repeated_starts(columns)
    ends = [*starts[1:], len(columns)]
    groups = [list(columns[start:end]) for start, end in zip(starts, ends, strict=False)]
    if len(groups) < 2 or not all(map(_has_name, groups)):
        return [], [list(columns)]
    return list(columns[: starts[0]]), groups


def _titled_starts(columns: Sequence[Column]) -> list[int]:
    """Where a group of columns under another title begins, for titles above names."""
    above = [
        column.heading.text if column.heading and column.role not in _MARKS else "" for column in columns
    ]
    titles = {title for title, column in zip(above, columns, strict=True) if title and column.role in NAMING}
    if len(titles) < 2:
        return []
    return [
        place
        for place, title in enumerate(above)
        if title in titles and (not place or above[place - 1] != title)
    ]


def _repeated_starts(columns: Sequence[Column]) -> list[int]:
    """Where the first label stands once more, as often as a name's or the serial's label does."""
    labels = [key(column.label or column.header) for column in columns]
    times = Counter(
        label
        for label, column in zip(labels, columns, strict=True)
        if label and column.role in (*NAMING, "serial")
    )
    repeated = [label for label in labels if times[label] > 1]
    if not repeated:
        return []
    lists = times[repeated[0]]
    first = next((label for label in labels if labels.count(label) == lists), repeated[0])
    return [place for place, label in enumerate(labels) if label == first]


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
        elif "small_home" in roles and role == "unit" and not has_person:
            role = "parent" if not roles & {"parent", "recipient", "unit_name"} else "other"
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
        if column.role in ("title", "year_tick", "other", "note")
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
        "year_tick",
        "other",
        "note",
        "count",
    }
)


def _strip(columns: Sequence[Column]) -> Strip:
    place = {column.role: column.index for column in columns}
    person = place.get("person", place.get("person_unit_post", -1))
    named = next((column for column in columns if column.role == "recipient"), None) or next(
        (column for column in columns if column.role == "person"), None
    )
    ticks = tuple(
        Tick(column.index, column.heading.kinds, column.heading, column.role == "year_tick")
        for column in columns
        if column.role in ("title", "year_tick") and column.heading
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
    return {"person_unit_post": "person", "unit_post": "unit", "title": "kind", "year_tick": "year"}.get(
        role, role
    )
