"""Where things stand on a sheet of counts: title lines, header levels, label columns, rows of the body.

Only the shape is found here, from what cells hold and what is merged; what the labels mean is for
`labels` and `reading`. A sheet may hold several tables below each other, and a table may be folded
into panels side by side (地区 | 数量 | 地区 | 数量): a block is one table, its panels unfolded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from homeregistry.count_tables.cells import NotReported, read_count, shown
from homeregistry.count_tables.lines import (
    UNIT_WORDS,
    Line,
    LineUse,
    Merges,
    Role,
    is_body_line,
    is_column_numbers,
    is_form,
    is_form_text,
    is_number,
    is_title,
    is_year,
    is_year_header,
    role_of_header,
)
from homeregistry.grid import CellValue
from homeregistry.text import squeeze

HEADER_LEVELS: Final = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of counts: its header path from the outermost group to the innermost label."""

    index: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelCell:
    """One label of a row and the role of the column that it stands in."""

    text: str
    role: Role
    header: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row of the body of one panel; `counts` maps the block's column number to (column, value)."""

    number: int
    labels: tuple[LabelCell, ...]
    counts: tuple[tuple[int, int, CellValue], ...]
    section: int | None = None
    indent: int = 0


@dataclass(slots=True)
class Block:
    """One table of the sheet. `titles` are the lines above that speak of it, `sections` lines within."""

    titles: list[Line] = field(default_factory=list)
    header: list[Line] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: list[BodyRow] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    uses: list[tuple[Line, LineUse]] = field(default_factory=list)


def find_blocks(lines: Sequence[Line], merges: Merges) -> list[Block]:
    """The tables of the sheet in order; lines in none of them belong to the block they stand before.

    A last block without rows holds trailing lines, so that every line is accounted for.
    """
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        first = _first_body(lines, at)
        if first is None:
            blocks.append(Block(uses=[(line, "form" if is_form(line) else "title") for line in lines[at:]]))
            break
        block, at = _read_block(lines, at, first, merges)
        blocks.append(block)
    return blocks


def _first_body(lines: Sequence[Line], start: int) -> int | None:
    return next((at for at in range(start, len(lines)) if is_body_line(lines[at])), None)


def _read_block(lines: Sequence[Line], start: int, first: int, merges: Merges) -> tuple[Block, int]:
    """One block from `start`, whose first body row is `first`; also the index after its last line."""
    block = Block()
    first -= _first_sections(lines, first, start)
    top = first
    while top > start and first - top < HEADER_LEVELS + 1 and _is_header(lines, top - 1, first):
        top -= 1
    for line in lines[start:top]:
        block.titles.append(line)
        block.uses.append((line, "form" if is_form(line) else "title"))
    # a row of which a spreadsheet program has made dates (1-2) is no level of the header
    first = next((at for at in range(top + 1, first) if _has_date(lines[at])), first)
    header = lines[top:first]
    for line in header:
        numbers = is_column_numbers(line)
        block.uses.append((line, "numbers" if numbers else "header"))
        if not numbers:
            block.header.append(line)
    end = _end_of_body(lines, first, merges)
    body = list(lines[first:end])
    width = max(len(line.texts) for line in (*block.header, *body))
    paths = [_header_path(block.header, column, merges) for column in range(width)]
    roles = _roles(paths, body, merges)
    _fill(block, body, paths, roles, merges)
    while end < len(lines) and is_form(lines[end]):
        block.uses.append((lines[end], "footer"))
        block.titles.append(lines[end])
        end += 1
    return block, end


def _is_header(lines: Sequence[Line], at: int, first: int) -> bool:
    """Whether the line is a level of the header of the body at `first`."""
    line = lines[at]
    if is_column_numbers(line):
        return True
    if is_form(line):
        return False
    numbers = [column for column in line.filled if is_number(line.values[column])]
    if numbers:
        return is_year_header(line, numbers)
    if line.single is None:
        texts = [squeeze(text) for text in line.texts if text]
        return all(len(text) <= 40 and not is_form_text(text) for text in texts)
    if at + 1 == first:
        # One text right above the body: a header only where it heads a column of counts.
        return line.filled[0] > 0 and len(line.filled) == 1 and len(line.single) <= 12 and not is_title(line)
    inner = line.filled[0] > 0 and (bool(line.spans) or len(line.filled) > 1)
    return inner and not is_title(line)


def _has_date(line: Line) -> bool:
    return any(isinstance(value, date | bool) for value in line.values)


def _first_sections(lines: Sequence[Line], first: int, start: int) -> int:
    """How many section lines stand between the header and the first row; they belong to the body."""
    for count in range(1, min(first - start, HEADER_LEVELS) + 1):
        line = lines[first - count]
        if line.single is None:
            headed = not is_form(line) and _is_header(lines, first - count, first - count + 1)
            return count - 1 if headed else 0
        if is_form(line) or is_title(line):
            return 0
    return 0


def _end_of_body(lines: Sequence[Line], first: int, merges: Merges) -> int:
    """The index after the last line of the body: a note, a form line or the next table ends it."""
    at = first
    while at < len(lines):
        line = lines[at]
        if is_form(line) and not is_body_line(lines[at]):
            if not _continues(lines, at):
                return at
        elif not is_body_line(lines[at]) and _starts_table(lines, at):
            return at
        at += 1
    return at


def _continues(lines: Sequence[Line], at: int) -> bool:
    """Whether body rows follow directly after a note in the middle of a table."""
    return at + 1 < len(lines) and is_body_line(lines[at + 1])


def _starts_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a header with known label words stands here or after title lines."""
    for line in lines[at : at + 6]:
        if line.single is None:
            words = [text for text in line.texts if text]
            numbers = [text for text in words if is_number(text)]
            return (
                bool(role_of_header(words[0]))
                and (len(words) > 1)
                and not (numbers and not all(is_year(text) for text in numbers))
            )
        if line.filled[0] == 0 and role_of_header(line.single) and len(line.filled) == 1:
            return False
    return False


def _header_path(header: Sequence[Line], column: int, merges: Merges) -> tuple[str, ...]:
    """The labels above a column from the outermost in, group words repeated, doubles left out."""
    path: list[str] = []
    by_number = {line.number: line for line in header}
    for level, line in enumerate(header):
        text = line.texts[column] if column < len(line.texts) else ""
        origin = merges.first.get((line.number, column))
        if origin and not text:
            source = by_number.get(origin[0])
            text = source.texts[origin[1]] if source and origin[1] < len(source.texts) else ""
        elif not text and not origin and level < len(header) - 1:
            text = _group_text(header, level, column, merges)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _group_text(header: Sequence[Line], level: int, column: int, merges: Merges) -> str:
    """The group word to the left of an unmerged blank, where both columns have labels below it."""

    def below(at: int) -> bool:
        return any(at < len(line.texts) and line.texts[at] for line in header[level + 1 :])

    line = header[level]
    if not below(column):
        return ""
    for left in range(column - 1, -1, -1):
        if left < len(line.texts) and line.texts[left]:
            return line.texts[left] if below(left) else ""
        if not below(left) or (line.number, left) in merges.first:
            return ""
    return ""


def _roles(paths: Sequence[tuple[str, ...]], body: Sequence[Line], merges: Merges) -> list[Role]:
    """What each column is: by its header word, else by what most of its cells hold."""
    roles: list[Role] = []
    for column, path in enumerate(paths):
        role = role_of_header(path[-1]) if len(path) == 1 or (path and role_of_header(path[0])) else None
        values = [line.values[column] for line in body if column < len(line.values)]
        filled = [value for value in values if not isinstance(read_count(value), NotReported)]
        numbers = sum(is_number(value) for value in filled)
        if filled and all(squeeze(shown(value)) in UNIT_WORDS for value in filled):
            role = "remark"
        if role is None:
            words = sum(not is_number(value) and not _is_spoilt(value) for value in filled)
            label = words > numbers or (not numbers and (bool(filled) or column == 0))
            role = "scope" if label else "count"
            if label and "count" in roles and path not in paths[:column]:
                # a column of words behind the counts is no second panel: 负责人, 占比 20%
                role = "remark"
            if not label and column == 0 and filled and all(is_year(value) for value in filled):
                role = "year"
            elif not label and column == 0 and not path and _is_serial(filled):
                role = "serial"
        elif role in ("scope", "kind", "tier") and filled and numbers == len(filled) and "count" not in roles:
            role = "year" if all(is_year(value) for value in filled) else role
        roles.append(role)
    return roles


def _is_spoilt(value: CellValue) -> bool:
    """A number that cannot be read as a count (12(含2), 45%, 2 January): still no word."""
    return not isinstance(value, str) or squeeze(value)[:1].isdigit()


def _is_serial(values: Sequence[CellValue]) -> bool:
    numbers = [shown(value) for value in values]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _fill(
    block: Block,
    body: Sequence[Line],
    paths: Sequence[tuple[str, ...]],
    roles: Sequence[Role],
    merges: Merges,
) -> None:
    """Rows and columns of the block, panels side by side unfolded into rows below each other."""
    panels = _panels(roles)
    keys: dict[tuple[int, tuple[str, ...]], int] = {}
    numbers: dict[int, int] = {}
    for panel in panels:
        seen: dict[tuple[str, ...], int] = {}
        for column in panel:
            if roles[column] != "count":
                continue
            nth = seen[paths[column]] = seen.get(paths[column], -1) + 1
            key = (nth, paths[column])
            if key not in keys:
                keys[key] = len(block.columns)
                block.columns.append(Column(column, paths[column]))
            numbers[column] = keys[key]
    section: int | None = None
    previous: dict[int, str] = {}
    pending: dict[int, list[BodyRow]] = {at: [] for at in range(len(panels))}
    by_number = {line.number: line for line in body}
    for line in body:
        if is_form(line):
            block.uses.append((line, "footer"))
            block.titles.append(line)
            continue
        if line.single is not None and _is_section(line, roles):
            section = len(block.sections)
            block.sections.append(line.single)
            block.uses.append((line, "section"))
            previous.clear()
            continue
        block.uses.append((line, "body"))
        for at, panel in enumerate(panels):
            row = _body_row(line, panel, paths, roles, (merges, by_number, previous))
            if row is not None:
                counts = tuple((numbers[column], column, value) for column, value in row[1])
                pending[at].append(BodyRow(line.number, row[0], counts, section, row[2]))
    for rows in pending.values():
        block.rows.extend(rows)


def _is_section(line: Line, roles: Sequence[Role]) -> bool:
    """A line of one text that groups the rows below; a label whose counts are all blank is none."""
    text = squeeze(line.single or "")
    if re.match(
        r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+部分",
        text,
    ):
        return True
    column = line.filled[0]
    return (
        bool(line.spans)
        or len(line.filled) > 1
        or text.endswith((":", "："))
        or (column < len(roles) and roles[column] in ("count", "serial"))
    )


def _panels(roles: Sequence[Role]) -> list[list[int]]:
    """Columns grouped into panels: a scope column after counts begins the next one."""
    panels: list[list[int]] = [[]]
    counted = False
    for column, role in enumerate(roles):
        if counted and role in ("scope", "year", "kind", "serial", "tier"):
            panels.append([])
            counted = False
        panels[-1].append(column)
        counted = counted or role == "count"
    if len(panels) > 1 and not any(roles[column] == "count" for column in panels[-1]):
        panels[-2].extend(panels.pop())
    return panels


_Surroundings = tuple[Merges, dict[int, Line], dict[int, str]]


def _body_row(
    line: Line,
    panel: Sequence[int],
    paths: Sequence[tuple[str, ...]],
    roles: Sequence[Role],
    around: _Surroundings,
) -> tuple[tuple[LabelCell, ...], list[tuple[int, CellValue]], int] | None:
    """Labels, counts and indent of one row in one panel; None where the panel is empty here."""
    merges, by_number, previous = around
    label_columns = [column for column in panel if roles[column] in ("scope", "year", "tier", "kind")]
    labels: list[LabelCell] = []
    indent = 0
    own = {column: line.texts[column] if column < len(line.texts) else "" for column in label_columns}
    for column in label_columns:
        text = own[column]
        origin = merges.first.get((line.number, column))
        if not text and origin:
            source = by_number.get(origin[0])
            text = source.texts[origin[1]] if source and origin[1] < len(source.texts) else ""
            if origin[1] != column:
                continue
        elif not text and any(own[later] for later in label_columns if later > column):
            text = previous.get(column, "")
        if text:
            if own[column]:
                previous[column] = text
                for later in label_columns:
                    if later > column:
                        previous.pop(later, None)
                raw = line.values[column]
                if isinstance(raw, str):
                    flat = raw.replace("\u3000", "  ")
                    indent = len(flat) - len(flat.lstrip())
            labels.append(LabelCell(text, roles[column], paths[column][-1] if paths[column] else ""))
    if not labels and label_columns:
        serial = [
            line.texts[column] for column in panel if roles[column] == "serial" and column < len(line.texts)
        ]
        labels = [LabelCell(text, "scope", "") for text in serial if text and not text.isdecimal()]
    counts: list[tuple[int, CellValue]] = [
        (column, line.values[column])
        for column in panel
        if roles[column] == "count" and column < len(line.values)
    ]
    if not any(text for text in own.values()) and all(
        value is None or shown(value) == "" for _, value in counts
    ):
        return None
    return tuple(labels), counts, indent
