"""Is this sheet a table of counts? The question that the recognition of sheets asks before reading.

A list of recognitions has columns of numbers too (职工数, 会员数, 序号), and a table of counts may have
a column 单位名称. What decides is whether the numbers stand under or beside titles, and whether the
rows are recipients that were ticked with 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from homeregistry.count_tables.axes import ColumnUse, read_axes
from homeregistry.count_tables.cells import CountValue, NotReported, read_count
from homeregistry.count_tables.heading import read_table_heading
from homeregistry.count_tables.labels import fold
from homeregistry.count_tables.lines import lines_of
from homeregistry.count_tables.model import CountContext
from homeregistry.count_tables.shape import Block, find_blocks
from homeregistry.grid import MergedRange, Row

_ENOUGH = 0.6
_RECIPIENT = re.compile(
    r"^(?:获奖|受表彰|表彰|先进|基层)?(?:单位名称|工会名称|工会全称|单位全称|单位\(工会\)名称|获奖单位|小家名称|姓名|名称|集体名称|获得者|获奖者|先进集体)"
)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The verdict and, in one English word, what decided it."""

    is_counts: bool
    reason: str


def is_count_table(head_rows: Sequence[Row], merged: Sequence[MergedRange] = ()) -> Recognition:
    """Whether these first rows of a sheet (some sixty suffice) are a table of award counts."""
    lines, merges = lines_of(head_rows, merged)
    reason = "no_numbers"
    for block in find_blocks(lines, merges):
        if not block.rows or not block.columns:
            continue
        reason = _reason(block)
        if reason == "counts":
            return Recognition(True, reason)
    return Recognition(False, reason)


def _reason(block: Block) -> str:
    uses = [(line, use) for line, use in block.uses if use in ("title", "form", "footer")]
    heading = read_table_heading(uses, "", CountContext(sheet_name_speaks=False))
    columns, rows = read_axes(block, heading)
    labels = [*(use.label for use in columns), *(use.label for use in rows)]
    titled = bool(heading.label.kinds) or any(label.kinds for label in labels)
    if not titled:
        return "no_title"
    counting = {at for at, use in enumerate(columns) if use.counted}
    if not counting:
        return "no_counting_column"
    if not any(label.kinds for label in labels) and not _plain(columns, counting):
        return "no_counting_column"
    readings = [
        read_count(value, heading.label.scale) for at, row in enumerate(block.rows) if rows[at].counted
        for number, _, value in row.counts if number in counting
    ]  # fmt: skip
    filled = [reading for reading in readings if not isinstance(reading, NotReported)]
    numbers = [reading for reading in filled if isinstance(reading, CountValue)]
    if not numbers or len(numbers) < _ENOUGH * len(filled):
        return "no_numbers"
    if _names_recipients(block) and all(reading.value <= 1 for reading in numbers):
        return "ticks"
    if _lists_titles(block):
        return "titles_in_rows"
    return "counts"


def _plain(columns: Sequence[ColumnUse], counting: set[int]) -> bool:
    """Whether every counting column speaks of counts or places, where only the title names a kind."""
    return any(not columns[at].label.rest or columns[at].label.speaks for at in counting) or all(
        columns[at].place for at in counting
    )


def _names_recipients(block: Block) -> bool:
    return any(_RECIPIENT.match(fold(cell.header)) for row in block.rows for cell in row.labels)


def _lists_titles(block: Block) -> bool:
    """A recipient beside its own title in every row: the numbers are memberships or serials."""
    named = [
        row for row in block.rows
        if any(cell.role == "kind" for cell in row.labels)
        and any(_RECIPIENT.match(fold(cell.header)) for cell in row.labels)
    ]  # fmt: skip
    return bool(named) and len(named) >= len(block.rows) / 2
