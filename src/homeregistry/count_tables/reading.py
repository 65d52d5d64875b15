"""Reads a sheet of counts into declared figures, cell by cell, and checks its totals.

The steps stand in `read_count_table`. Nothing is added up for the reader: a total is a figure of its
own that contains its parts, and where the two contradict each other both stay as printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from homeregistry.count_tables.axes import ColumnUse, RowUse, read_axes
from homeregistry.count_tables.cells import CountValue, NotReported, Unread, read_count, shown
from homeregistry.count_tables.heading import TableHeading, read_table_heading
from homeregistry.count_tables.labels import Label, read_label, section_words
from homeregistry.count_tables.lines import LineUse, lines_of
from homeregistry.count_tables.model import CountCell, CountContext, CountTable
from homeregistry.count_tables.nesting import nested
from homeregistry.count_tables.shape import Block, BodyRow, find_blocks
from homeregistry.count_tables.sums import check, comparable, parents, parts_of
from homeregistry.grid import CellValue, Row, Sheet, column_letter
from homeregistry.headings.places import is_province
from homeregistry.problems import Problem
from homeregistry.records import NotData
from homeregistry.vocabulary import MEASURES
from homeregistry.years import YearSpan

_REASONS: dict[LineUse, str] = {
    "title": "title", "form": "note", "header": "header", "numbers": "header",
    "section": "section", "footer": "footer",
}  # fmt: skip

Reading = CountValue | NotReported | Unread


@dataclass(slots=True)
class _Found:
    """What has been read so far; `places` finds a cell's index by row number and column."""

    cells: list[CountCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_data: list[NotData] = field(default_factory=list)
    issuer: str | None = None
    scope: str | None = None


def read_count_table(sheet: Sheet, context: CountContext | None = None) -> CountTable:
    """All tables of counts on one sheet. `sheet.rows` is read once; nothing is resolved."""
    context = context or CountContext()
    found = _Found()
    rows = _visible(sheet, context, found)
    lines, merges = lines_of(rows, sheet.merged)
    for block in find_blocks(lines, merges):
        _read_block(sheet, block, context, found)
    return CountTable(
        sheet.name,
        tuple(found.cells),
        tuple(found.problems),
        tuple(found.not_data),
        found.issuer,
        found.scope,
    )


def _visible(sheet: Sheet, context: CountContext, found: _Found) -> list[Row]:
    """The rows to read: hidden rows and columns are left out and said so, never silently included."""
    damaged: dict[int, list[int]] = {}
    for row, column in sheet.damaged:
        damaged.setdefault(row, []).append(column)
    rows = [(number, _with_damaged(sheet, number, values, damaged.get(number))) for number, values in sheet]
    if context.include_hidden:
        return rows
    hidden = [number for number, _ in rows if number in sheet.hidden_rows]
    if hidden:
        found.problems.append(
            Problem("hidden_rows", sheet.name, hidden[0], None, str(hidden[0]), {"count": len(hidden)})
        )
    if sheet.hidden_columns:
        letters = ", ".join(column_letter(column) for column in sorted(sheet.hidden_columns)[:20])
        found.problems.append(
            Problem("hidden_columns", sheet.name, value=letters, params={"count": len(sheet.hidden_columns)})
        )
    return [
        (number, [None if at in sheet.hidden_columns else value for at, value in enumerate(values)])
        for number, values in rows
        if number not in sheet.hidden_rows
    ]


def _with_damaged(
    sheet: Sheet, number: int, values: Sequence[CellValue], columns: Sequence[int] | None
) -> Sequence[CellValue]:
    """Damaged cells shown by what the file holds: readers give them as blank, which they are not."""
    if not columns:
        return values
    filled = [*values, *([None] * (max(columns) + 1 - len(values)))]
    for column in columns:
        if filled[column] is None or filled[column] == "":
            filled[column] = sheet.damaged[number, column].raw or "?"
    return filled


def _read_block(sheet: Sheet, block: Block, context: CountContext, found: _Found) -> None:
    uses = [(line, use) for line, use in block.uses if use in ("title", "form", "footer")]
    heading = read_table_heading(uses, sheet.name, context)
    found.issuer = found.issuer or heading.issuer
    found.scope = found.scope or heading.scope
    read = {row.number for row in block.rows}
    for line, use in block.uses:
        if use != "body" or line.number not in read:
            # a row whose only numbers stand in label columns counts nothing, and is still named
            text = " ".join(dict.fromkeys(text for text in line.texts if text))
            reason = "other" if use == "body" else _REASONS[use]
            found.not_data.append(NotData(sheet.name, line.number, reason, text))
    if not block.rows:
        return
    if heading.nomination:
        first = block.titles[0].number if block.titles else block.rows[0].number
        found.problems.append(Problem("nomination_list", sheet.name, first, None, heading.nomination))
        return
    columns, flat = read_axes(block, heading)
    rows = nested(flat)
    table = _Table(sheet, block, heading, columns, rows, context)
    table.values = _values(table, found)
    _report_faults(table, found)
    indexes = _cells(table, found)
    _link_totals(table, indexes, found)


@dataclass(slots=True)
class _Table:
    """One block with its axes and the readings of its cells, by (row, column) of the block."""

    sheet: Sheet
    block: Block
    heading: TableHeading
    columns: Sequence[ColumnUse]
    rows: Sequence[RowUse]
    context: CountContext
    values: dict[tuple[int, int], tuple[int, Reading]] = field(default_factory=dict)

    def counts(self, row: int, column: int) -> bool:
        """Whether this cell may be a count of awards at all."""
        return self.rows[row].counted and self.columns[column].counted


def _values(table: _Table, found: _Found) -> dict[tuple[int, int], tuple[int, Reading]]:
    """Every cell of the counting columns as read; damaged and unreadable ones become problems."""
    values: dict[tuple[int, int], tuple[int, Reading]] = {}
    scale = table.heading.label.scale
    for at, row in enumerate(table.block.rows):
        for number, column, value in row.counts:
            if not table.counts(at, number):
                continue
            own = table.columns[number].label.scale
            values[at, number] = (column, _value(table, row, column, value, own if own > 1 else scale, found))
    return values


def _value(table: _Table, row: BodyRow, column: int, value: CellValue, scale: int, found: _Found) -> Reading:
    name, letter = table.sheet.name, column_letter(column)
    damaged = table.sheet.damaged.get((row.number, column))
    if damaged is not None:
        found.problems.append(Problem(damaged.code, name, row.number, letter, damaged.raw))
        return Unread(damaged.raw)
    reading = read_count(value, scale)
    if isinstance(reading, Unread):
        found.problems.append(Problem("unread_cell", name, row.number, letter, reading.raw))
    return reading


def _report_faults(table: _Table, found: _Found) -> None:
    name = table.sheet.name
    head = table.block.header[-1].number if table.block.header else None
    for column, use in zip(table.block.columns, table.columns, strict=True):
        if use.fault:
            found.problems.append(Problem(use.fault, name, head, column_letter(column.index), use.printed))
    for row, line in zip(table.rows, table.block.rows, strict=True):
        if row.fault:
            found.problems.append(Problem(row.fault, name, line.number, "A", row.printed))
        if not row.counted:
            found.not_data.append(NotData(name, line.number, "other", row.printed))


def _cells(table: _Table, found: _Found) -> dict[tuple[int, int], int]:
    """The figures of the block in the order of the sheet; their index by (row, column)."""
    column_parts = parts_of([use.item for use in table.columns])
    row_parts = parts_of([use.item for use in table.rows])
    columns = [_whole(at, table.columns, column_parts) for at in range(len(table.columns))]
    rows = [_whole(at, table.rows, row_parts) for at in range(len(table.rows))]
    indexes: dict[tuple[int, int], int] = {}
    missing: set[str] = set()
    order = sorted(
        table.values, key=lambda place: (table.block.rows[place[0]].number, table.values[place][0])
    )
    for place in order:
        at, number = place
        letter, reading = table.values[place]
        if not isinstance(reading, CountValue):
            continue
        row, column = table.rows[at], table.columns[number]
        address = (table.sheet.name, table.block.rows[at].number, column_letter(letter))
        if rows[at].kinds and columns[number].kinds and not set(rows[at].kinds) & set(columns[number].kinds):
            found.problems.append(
                Problem("conflicting_title", *address, column.printed, {"other": row.printed})
            )
            continue
        label = _merged(table, at, columns[number], rows[at])
        if not label.kinds:
            _once(missing, found, Problem("missing_title", *address, reading.stated))
            continue
        scope = _scope(table, row, column, at)
        if scope is None:
            _once(missing, found, Problem("ambiguous_scope", *address, row.printed or reading.stated))
        indexes[place] = len(found.cells)
        found.cells.append(_cell(address, reading, label, scope, table, f"{row.printed} {column.printed}"))
    told = {at for at, _ in indexes}
    for at, block_row in enumerate(table.block.rows):
        if table.rows[at].counted and at not in told:
            found.not_data.append(
                NotData(table.sheet.name, block_row.number, "not_reported", table.rows[at].printed)
            )
    return indexes


def _once(said: set[str], found: _Found, problem: Problem) -> None:
    """A whole table without a title or a place is one problem, not one for each cell."""
    if problem.code not in said:
        said.add(problem.code)
        found.problems.append(problem)


def _whole(at: int, uses: Sequence[ColumnUse] | Sequence[RowUse], parts: dict[int, list[int]]) -> Label:
    """The label of a row or column; a total speaks of everything that its parts speak of."""
    label = uses[at].label
    if at not in parts or not parts[at]:
        return label
    labels = [uses[part].label for part in parts[at]]
    kinds = label.kinds or tuple(dict.fromkeys(kind for part in labels for kind in part.kinds))
    spans = [part.years for part in labels]
    years = label.years
    if years is None and all(spans):
        known = [span for span in spans if span]
        years = YearSpan(min(span.first for span in known), max(span.last for span in known))
    measures = {part.measure for part in labels}
    measure = label.measure or (measures.pop() if len(measures) == 1 else None)
    if label.years is None and len(set(spans)) > 1 and measure is None:
        measure = "cumulative"
    tiers = {(part.tier, part.or_above) for part in labels}
    tier, above = (
        (label.tier, label.or_above) if label.tier else (tiers.pop() if len(tiers) == 1 else ("", False))
    )
    stars = {part.stars for part in labels}
    return replace(
        label, kinds=kinds, years=years, measure=measure, tier=tier, or_above=above,
        stars=label.stars or (stars.pop() if len(stars) == 1 else None),
    )  # fmt: skip


def _merged(table: _Table, row: int, column: Label, own: Label) -> Label:
    """Column, row, section and title in this order: the nearer word wins, a mixed total says nothing."""
    section = table.block.rows[row].section
    within = read_label(table.block.sections[section]) if section is not None else Label()
    levels = (column, own, within, table.heading.label)
    tiered = next((level for level in levels if level.tier is not None), Label())
    dated = next((level for level in levels if level.years), Label())
    # 截至2023年底累计 in the title speaks of the columns without a year of their own
    own_year = dated in (column, own) and dated.years and table.heading.label.until
    timed = levels[:2] if own_year else levels
    measure = next((level.measure for level in timed if level.measure), None)
    if measure is None and table.heading.label.series and dated not in (column, own):
        # 历年 above columns of years is a series of rounds; above one column it is all of them together
        measure = "cumulative"
    return Label(
        kinds=next((level.kinds for level in levels if level.kinds), ()),
        stars=next((level.stars for level in levels if level.stars), None),
        tier=tiered.tier or None,
        or_above=tiered.or_above,
        system=next((level.system for level in levels if level.system), None),
        years=dated.years,
        until=_until(timed, column.earlier or own.earlier),
        measure=measure,
    )


def _scope(table: _Table, row: RowUse, column: ColumnUse, at: int) -> str | None:
    """The printed place of a cell: its row's, its column's, else the table's own."""
    places = [*row.places, column.place]
    if row.label.subset and at:
        whole = next((use for use in reversed(table.rows[:at]) if not use.label.subset), None)
        places = [*(whole.places if whole else ()), *places]
    elif column.label.subset and not row.places:
        places = [table.heading.scope or "", *places]
    words = [place for place in places if place]
    if (
        not words
        and table.heading.label.tier == "全国"
        and table.heading.scope is None
        and _nationwide(table)
    ):
        return "全国"
    section = table.block.rows[at].section
    if not words and section is not None and row.item.rank == 1:
        words = [section_words(table.block.sections[section])]
    return "".join(dict.fromkeys(words)) if words else table.heading.scope


def _until(levels: Sequence[Label], earlier: bool) -> int | None:
    """The year up to which a count runs; 上年末 is the year before the table's own."""
    year = next((level.until for level in levels if level.until), None)
    return year - 1 if year and earlier else year


def _nationwide(table: _Table) -> bool:
    """Whether most rows are provinces: only then is the whole of a table of 全国… titles the nation."""
    named = [use.places for use in table.rows if use.places]
    provinces = [
        places for places in named if is_province(places[0]) or places[0].endswith(("省", "自治区", "兵团"))
    ]
    return len(provinces) * 2 > len(named)


def _cell(
    address: tuple[str, int, str],
    value: CountValue,
    label: Label,
    scope: str | None,
    table: _Table,
    printed: str,
) -> CountCell:
    measure = label.measure or ("stock" if label.until and not label.years else "in_round")
    first, last = (label.years.first, label.years.last) if label.years else (None, None)
    if MEASURES[measure].running and first == last:
        first = None
    if label.until and (MEASURES[measure].running or last is None):
        last = label.until
    elif last is None and table.context.as_of is not None:
        last = table.context.as_of.year
    sheet, row, column = address
    return CountCell(
        sheet=sheet, row=row, column=column, stated=value.stated, low=value.low, high=value.high,
        qualifier=value.qualifier, kinds=label.kinds, stars=label.stars, scope_printed=scope,
        tier_printed=label.tier, or_above=label.or_above, system=label.system,
        year_from=first, year_to=last, measure=measure, label=printed.strip(),
    )  # fmt: skip


def _link_totals(table: _Table, indexes: dict[tuple[int, int], int], found: _Found) -> None:
    """Sets `part_of` and compares every total with its parts, down the columns and along the rows."""
    row_items = [use.item for use in table.rows]
    column_items = [use.item for use in table.columns]
    row_parts, column_parts = parts_of(row_items), parts_of(
        [item if use.counted else replace(item, label=replace(item.label, subset=True))
         for item, use in zip(column_items, table.columns, strict=True)]
    )  # fmt: skip
    row_parents, column_parents = parents(row_items, row_parts), parents(column_items, column_parts)
    for (at, number), index in indexes.items():
        above = indexes.get((row_parents.get(at, -1), number))
        beside = indexes.get((at, column_parents.get(number, -1)))
        part_of = above if above is not None else beside
        if part_of is not None:
            found.cells[index] = replace(found.cells[index], part_of=part_of)
    title = table.heading.label
    measure = None if title.until else title.measure
    for total, parts in row_parts.items():
        if comparable([row_items[part] for part in parts if table.rows[part].counted], measure):
            for number in range(len(table.columns)):
                places = [(part, number) for part in parts if table.rows[part].counted]
                _check(table, (total, number), places, found)
    for total, parts in column_parts.items():
        if comparable([column_items[part] for part in parts], measure):
            for at in range(len(table.rows)):
                _check(table, (at, total), [(at, part) for part in parts], found)


def _check(table: _Table, total: tuple[int, int], parts: Sequence[tuple[int, int]], found: _Found) -> None:
    column, value = table.values.get(total, (0, NotReported()))
    if not isinstance(value, CountValue) or not parts:
        return
    readings = [table.values.get(part, (0, NotReported()))[1] for part in parts]
    result = check(value, readings)
    if result is None or result[0] == "agrees":
        return
    row = table.block.rows[total[0]].number
    found.problems.append(
        Problem(
            "sum_differs", table.sheet.name, row, column_letter(column), shown(value.stated),
            {
                "stated": table.rows[total[0]].printed or table.columns[total[1]].printed,
                "declared": value.value,
                "listed": result[1],
            },
            "note" if result[0] == "open" else None,
        )
    )  # fmt: skip
