"""What the cells of a header say, column by column: a known field, a title, a year, or nothing known.

A header of several levels is read from its lowest level up: 模范职工小家 below 荣誉称号 is a column of
marks for that title, while 姓名 below 工会主席 speaks of somebody who is not honoured.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from homeregistry.grid import column_letter
from homeregistry.headings.heading import Heading, read_heading
from homeregistry.kinds import fold_title, read_title, title_pattern
from homeregistry.layouts.declaration import Layout, header_forms
from homeregistry.records import HeadingContext
from homeregistry.text import key, squeeze
from homeregistry.tiers import resolve_tier
from homeregistry.vocabulary import PERSONAL_FIELDS
from homeregistry.years import read_year

LONGEST_HEADER: Final = 60
NAMING: Final = frozenset({"recipient", "unit_name", "small_home", "person", "person_unit_post"})
"""Roles that name who is honoured."""

_TIERED: Final = re.compile("[级国省市区县州盟旗]|系统|直")
_PLACING: Final = frozenset(
    {
        *("region", "province", "prefecture", "county", "township", "body", "serial", "unit_name"),
        *("system", "kind", "year"),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a header: its place, printed header, role, and the title or year it is headed with.

    `label` is the lowest level of the header alone: lists printed side by side share their labels.
    """

    index: int
    header: str
    role: str
    rank: int = 0
    heading: Heading | None = None
    label: str = ""

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
    fewest = 0.2 if "serial" in roles and roles & NAMING else 0.5
    if not known or known / filled < fewest:
        return False
    titles = sum(column.role in ("title", "under_title") for column in columns)
    measures = titles + sum(column.role in ("count", "years") for column in columns)
    if filled == 1:
        return bool(roles & NAMING) and key(columns[0].header) != "单位"
    if titles and titles == filled:
        return titles > 1
    if roles & NAMING:
        return known >= 2 or filled == 2
    return bool(measures and roles & _PLACING) and len(roles) + measures > 2


def _column(index: int, levels: Sequence[str], layout: Layout) -> Column:
    header, label = "".join(levels), levels[-1]
    if len(levels) > 1 and any(key(levels[0]).startswith(word) for word in layout.words["ignore_groups"]):
        found = layout.role_of(header)
        personal = found or layout.role_of(label)
        role = personal[0] if personal and personal[0] in PERSONAL_FIELDS else "other"
        return Column(index, header, role, label=label)
    above = title_of(levels[:-1])
    if above and label.endswith("级") and _qualifies(label, layout):
        return Column(index, header, "title", 0, title_of([label + "".join(levels[:-1])]) or above, label)
    for printed in (header, label):
        found = layout.role_of(printed)
        if found:
            return Column(index, header, *found, above, label)
    heading = title_of([header] if _qualifies("".join(levels[:-1]), layout) else [label])
    if heading:
        return Column(index, header, "title", 0, heading, label)
    if above and _qualifies(label, layout):
        heading = title_of([_as_year(label) + "".join(levels[:-1])])
        return Column(index, header, "title", 0, heading or above, label)
    if read_year(label) is not None:
        return Column(index, header, "years", 0, read_heading(_as_year(label), HeadingContext()), label)
    for printed in reversed(levels[:-1]):
        found = layout.role_of(printed)
        if found:
            return Column(index, header, *found, above, label)
    return Column(index, header, "under_title" if above else "?", 0, above, label)


def _qualifies(words: str, layout: Layout) -> bool:
    """Whether header words beside a title say when or at which tier: 2018, 市级, 重庆市, 全国邮政系统.

    荣誉称号 above a title says neither, though 称号 alone is no obstacle to reading a tier.
    """
    if read_year(words) is not None:
        return True
    if not _TIERED.search(words) or (layout.role_of(words) is not None and not words.endswith("级")):
        return False
    return resolve_tier(words, None, None).reason != "unknown"


def _as_year(label: str) -> str:
    """2018 in a header is read as 2018年."""
    return label + "年" if label[-1:].isdecimal() else label


@lru_cache(maxsize=512)
def _title_heading(text: str) -> Heading | None:
    """The heading that a header cell is, where it is a title and nothing else."""
    heading = read_heading(text, HeadingContext())
    if heading.kinds or (heading.other_title and title_pattern().search(fold_title(text))):
        return heading
    return None


def title_of(levels: Sequence[str]) -> Heading | None:
    """The first of the texts that is a title and nothing else, as a heading."""
    for level in levels:
        for form in header_forms(level):
            reading = read_title(form)
            if (reading or title_pattern().search(fold_title(form))) and len(form) < 30:
                heading = _title_heading(form)
                if heading:
                    return heading
    return None
