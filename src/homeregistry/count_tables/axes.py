"""The two axes of a table of counts: what each column counts and what each row is about.

Rows and columns are read by the same grammar, so a transposed table needs nothing of its own: the
axis that carries the titles says what is counted, what remains on the other one says where.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.count_tables.heading import TableHeading
from homeregistry.count_tables.labels import (
    NOT_AWARD,
    Grade,
    Label,
    complete,
    fold,
    grade_of,
    join,
    read_label,
)
from homeregistry.count_tables.lines import role_of_header
from homeregistry.count_tables.shape import Block, BodyRow, LabelCell
from homeregistry.count_tables.sums import Item
from homeregistry.headings.places import is_body, is_place

_PEOPLE_COUNT = re.compile(r"^(?:全国|省级?|市级?)?[^,、]*?(?:工作者|标兵|积极分子|之友)(?:总)?人数$")
_OTHER_GROUP = re.compile(r"推荐|申报|候选|率|占比|比例|增减|人数")
_OWN_TOTAL: Final = re.compile(
    r"(?:全国|[全我本该][省市区县州盟旗系]统?|全行业|全公司|全集团|全校)(?:合计|总计)?"
)


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column of counts; `fault` is a problem code where it cannot be read as awards."""

    label: Label
    item: Item
    counted: bool
    place: str = ""
    fault: str | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class RowUse:
    """One row; `places` are its places or bodies, outermost first, empty for a total of all."""

    label: Label
    item: Item
    counted: bool
    places: tuple[str, ...] = ()
    fault: str | None = None
    printed: str = ""


def read_axes(block: Block, heading: TableHeading) -> tuple[list[ColumnUse], list[RowUse]]:
    """Both axes of a block, in the order of its `columns` and `rows`."""
    rows = [_row_label(row, heading) for row in block.rows]
    rows_name = any(label.kinds or label.stars or label.short or label.near_title for label, _, _ in rows)
    columns = _columns(block, heading, rows_name)
    columns_name = any(column.label.kinds for column in columns)
    return columns, _rows(block, rows, rows_name and not columns_name, heading)


def _columns(block: Block, heading: TableHeading, rows_name: bool) -> list[ColumnUse]:
    raw = [_column_label(column.path) for column in block.columns]
    grade: Grade | None = heading.label.grade or grade_of(heading.label.kinds)
    starred = "star_home" in heading.label.kinds
    full: list[Label] = []
    for label in raw:
        label = complete(label, grade, starred)
        grade = grade_of(label.kinds) or label.grade or grade
        full.append(label)
    named = any(label.kinds for label in full)
    uses = []
    for column, label in zip(block.columns, full, strict=True):
        printed = "/".join(column.path)
        total_at = next(
            (at for at, text in enumerate(column.path) if read_label(text).total), len(column.path)
        )
        group = (
            tuple(text for text in column.path[:total_at] if not read_label(text).speaks)
            if label.total
            else column.path
        )
        item = Item(label, group if label.total else column.path, rank=_rank(label, printed))
        counted, place, fault = _use_of_column(label, column.path, named, rows_name)
        uses.append(ColumnUse(label, item, counted, place, fault, printed))
    return uses


def _column_label(path: Sequence[str]) -> Label:
    labels = [read_label(text) for text in path]
    label = join(labels)
    leaf = path[-1] if path else ""
    groups_other = any(_OTHER_GROUP.search(fold(text)) for text in path[:-1])
    people = bool(_PEOPLE_COUNT.match(fold(leaf)))
    label = replace(label, not_award=(bool(labels) and labels[-1].not_award and not people) or groups_other)
    if people:
        label = replace(label, rest="")
    if not label.kinds and len(path) > 1:
        whole = read_label("".join(fold(text) for text in path))
        if whole.kinds:
            label = replace(
                label, kinds=whole.kinds, stars=whole.stars or label.stars, near_title=None, rest=""
            )
    return label


def _use_of_column(
    label: Label, path: Sequence[str], named: bool, rows_name: bool
) -> tuple[bool, str, str | None]:
    """Whether the column counts awards, the place in its header, and what is wrong with it."""
    if label.not_award:
        return False, "", None
    if label.near_title:
        return False, "", "unknown_title"
    if label.kinds:
        return True, label.rest if _is_scope(label.rest) or label.subset else "", None
    if label.short or (label.grade and not label.total):
        return False, "", "unknown_title"
    if not label.rest or label.total:
        return True, label.rest if label.total and _is_scope(label.rest) else "", None
    if named and not rows_name:
        return False, "", "ambiguous_number"
    return True, label.rest, None


def _is_scope(text: str) -> bool:
    return bool(text) and (is_place(text) or is_body(text))


def _row_label(row: BodyRow, heading: TableHeading) -> tuple[Label, tuple[str, ...], tuple[str, ...]]:
    """The label of a row, its places, and the label texts outside its total (福州市 | 小计)."""
    labels: list[Label] = []
    places: list[str] = []
    group: list[str] = []
    for cell in row.labels:
        label, place = _label_cell(cell)
        words = fold(cell.text)
        own = _OWN_TOTAL.fullmatch(words) or (place and words == heading.scope and not places)
        if own and cell.role == "scope" and not label.kinds:
            label, place = replace(label, total="grand", rest=""), ""
        if label.total and not label.speaks_of_award:
            if place and not _OWN_TOTAL.fullmatch(place):
                group.append(place)
                places.append(place)
            labels.append(label)
            continue
        labels.append(label)
        if place:
            places.append(place)
            group.append(place)
    return join(labels), tuple(dict.fromkeys(places)), tuple(dict.fromkeys(group))


def _label_cell(cell: LabelCell) -> tuple[Label, str]:
    """One label cell by the role of its column: a tier, years, a title, or a place."""
    label = read_label(cell.text)
    words = re.sub(
        r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d))",
        "",
        fold(cell.text),
    )
    if cell.role == "tier":
        tier = None if label.total else label.tier or words.removesuffix("以上")
        return Label(tier=tier, or_above="以上" in words, total=label.total), ""
    if cell.role == "year" or (label.years and not label.rest and not label.kinds):
        return Label(years=label.years, until=label.until, measure=label.measure, total=label.total), ""
    if cell.role == "kind" or label.kinds or label.near_title or label.stars:
        return label, label.rest if _is_scope(label.rest) else ""
    if label.total:
        return Label(total=label.total), label.rest
    if label.subset:
        return Label(subset=True), label.rest or words
    if (
        not label.rest
        and (label.tier or label.short or label.grade)
        and role_of_header(cell.header) != "scope"
    ):
        return label, ""
    return Label(), words


def _rows(
    block: Block,
    labels: Sequence[tuple[Label, tuple[str, ...], tuple[str, ...]]],
    named: bool,
    heading: TableHeading,
) -> list[RowUse]:
    grade: Grade | None = heading.label.grade or grade_of(heading.label.kinds)
    starred = "star_home" in heading.label.kinds
    uses = []
    for row, (label, places, group) in zip(block.rows, labels, strict=True):
        printed = "/".join(cell.text for cell in row.labels)
        label = complete(label, grade, starred)
        grade = grade_of(label.kinds) or grade
        item = Item(label, group, row.section, _rank(label, printed), row.indent)
        counted, fault = True, None
        if label.near_title:
            counted, fault = False, "unknown_title"
        elif named and not label.kinds and not label.total:
            counted = False
            fault = "unknown_title" if label.short or label.grade else None
            if not (label.short or label.grade) and not NOT_AWARD.search(printed):
                fault = "ambiguous_number"
        uses.append(RowUse(label, item, counted, places, fault, printed))
    return uses


def _rank(label: Label, printed: str) -> int:
    if label.total is None:
        return 0
    if label.total == "sub":
        return 1
    words = fold(printed)
    return 3 if re.search(r"总计|总和|总数", words) or _OWN_TOTAL.search(words) else 2
