"""Pictures of a count: an SVG file, or bars and shades in the terminal.

One dimension gives bars, two a heat table. A cell without records is "not reported" (—), which is not zero:
the registry does not know whether nobody was recognised or nobody has sent the list. What is undecided
stands in a bar or line of its own, with a question mark.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from homeregistry.charts.svg import Cell, Table, Words, bar_chart, heat_table
from homeregistry.charts.terminal import terminal_bars, terminal_heat
from homeregistry.errors import RegistryError, UsageMistake
from homeregistry.i18n import translate as _
from homeregistry.queries.placing import LEVEL_OF
from homeregistry.words.labels import label

if TYPE_CHECKING:
    from homeregistry.queries import Counting, CountRequest


def require_drawable(request: "CountRequest") -> None:
    """Refuse a picture of no dimension, or of more than two. Raises UsageMistake."""
    if len(request.by) not in (1, 2):
        raise UsageMistake(
            "not_drawable", "A picture needs one or two dimensions; {count} are asked for.",
            count=len(request.by),
        )  # fmt: skip


def write_chart(path: Path, found: "Counting", request: "CountRequest") -> None:
    """Write the picture as SVG."""
    words = Words(
        _("Recognitions") if request.measure == "awards" else _("Holders"),
        description=", ".join(_(dimension) for dimension in request.by),
        zero=_("zero"), not_reported=_("not reported"), undecided=_("undecided"),
    )  # fmt: skip
    if len(request.by) == 1:
        drawn = bar_chart(_bars(found, request), words)
    else:
        drawn = heat_table(_table(found, request), words)
    try:
        path.write_text(drawn, encoding="utf-8", newline="\n")
    except OSError as error:
        raise RegistryError(
            "not_written", "{path} cannot be written: {reason}", path=path, reason=error.strerror
        ) from None


def terminal_picture(found: "Counting", request: "CountRequest") -> str:
    """The same picture as text."""
    if len(request.by) == 1:
        return terminal_bars(_bars(found, request))
    return terminal_heat(_table(found, request))


def _bars(found: "Counting", request: "CountRequest") -> list[tuple[str, Cell]]:
    bars = [(_marks(row, request)[0], Cell(int(row[-1] or 0))) for row in found.rows]
    if found.undecided:
        bars.append((_("undecided"), Cell(found.undecided, "undecided")))
    if found.unplaced:
        bars.append((_("unplaced"), Cell(found.unplaced)))
    return bars


def _table(found: "Counting", request: "CountRequest") -> Table:
    """Lines and columns in the order in which the count has them; columns of years by time."""
    numbers: dict[tuple[str, str], int] = {}
    for row in found.rows:
        line, column = _marks(row, request)
        numbers[line, column] = numbers.get((line, column), 0) + int(row[-1] or 0)
    lines = list(dict.fromkeys(line for line, _column in numbers))
    columns = list(dict.fromkeys(column for _line, column in numbers))
    if request.by[1] == "year":
        columns.sort()
    cells = [
        [
            Cell(numbers[line, one]) if (line, one) in numbers else Cell(None, "not_reported")
            for one in columns
        ]
        for line in lines
    ]
    apart = [Cell(found.undecided, "undecided"), Cell(found.unplaced)]
    if columns and any(cell.value for cell in apart):
        # They belong to no column: one of their own, so that no year or kind seems to have them.
        blank = Cell(None, "not_reported")
        columns.append(_("all together"))
        cells = [[*line, blank] for line in cells]
        for name, cell in zip((_("undecided"), _("unplaced")), apart, strict=True):
            if cell.value:
                lines.append(name)
                cells.append([*[blank] * (len(columns) - 1), cell])
    return Table(lines, columns, cells)


def _marks(row: tuple[object, ...], request: "CountRequest") -> list[str]:
    """What each dimension of a row is called; a region by its name."""
    marks, place = [], 0
    for dimension in request.by:
        place += dimension in LEVEL_OF
        value = label(dimension, row[place])
        marks.append("—" if value is None else str(value))
        place += 1
    return marks
