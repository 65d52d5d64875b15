"""Pictures of counts as SVG text: a bar chart and a heat table.

Pure and deterministic: the same rows give the same bytes, with no date, no random id and no font
that must be present. Drawn for A4 in print: dark ink on white, one hue whose lightness falls
evenly (readable in grey and to the colour-blind), numbers always written, never colour alone.
Zero, not reported and undecided look different, because they are three different answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape

from homeregistry.widths import columns

State = Literal["counted", "not_reported", "undecided"]

FONT: Final = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_INK: Final = "#1f2933"
_SOFT: Final = "#616e7c"
_RULE: Final = "#d5dce3"
_BAR: Final = "#2b6ca3"
_OPEN: Final = "#9a5b00"
_SHADES: Final = ("#e6f0f8", "#c4dcee", "#94c0df", "#5c9dca", "#2f76ad", "#0f4c81")
_SIZE: Final = 13
_MARGIN: Final = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a picture: `value` counts when the state is "counted", `stated` is printed instead.

    For "undecided" the value is how many records wait for a decision.
    """

    value: int | None
    state: State = "counted"
    stated: str | None = None

    @property
    def text(self) -> str:
        """What is printed: the number, — for not reported, a question mark behind the undecided."""
        if self.stated is not None:
            return self.stated
        if self.state == "not_reported" or self.value is None:
            return "—"
        return f"{self.value}?" if self.state == "undecided" else str(self.value)


@dataclass(frozen=True, slots=True)
class Words:
    """What people read around a picture, already translated; empty text is left out.

    `description` is read to those who cannot see the picture. The last three name the states in
    the legend of a heat table.
    """

    title: str
    description: str = ""
    note: str = ""
    zero: str = "0"
    not_reported: str = "—"
    undecided: str = "?"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by columns of cells; `cells[r][c]` belongs to `rows[r]` and `columns[c]`.

    `full` is the number with the deepest shade; the largest of the table where it is None. Percentages
    need 100, or two percent would look complete beside one.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[Cell]]
    full: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError where the cells do not fit the labels."""
        if len(self.cells) != len(self.rows) or any(len(row) != len(self.columns) for row in self.cells):
            raise ValueError("cells do not fit the labels of rows and columns")


def bar_chart(rows: Sequence[tuple[str, Cell]], words: Words, width: int = 720) -> str:
    """Horizontal bars in the order given, each with its label and number; width in pixels."""
    gutter = min(_widest([label for label, _ in rows]), width // 2) + 10
    longest = max((_text_width(cell.text) for _, cell in rows), default=0) + 12
    room = max(40.0, width - 2 * _MARGIN - gutter - longest)
    most = max((cell.value or 0 for _, cell in rows), default=0) or 1
    top, step = _top(words), 26
    left = _MARGIN + gutter
    body = []
    for index, (label, cell) in enumerate(rows):
        y = top + index * step
        body.append(_text(left - 10, y + 17, _fit(label, gutter), "end"))
        length = round(room * (cell.value or 0) / most, 1) if cell.state != "not_reported" else 0
        if length:
            fill = "url(#open)" if cell.state == "undecided" else _BAR
            body.append(
                f'<rect x="{left}" y="{y + 5}" width="{_number(max(length, 1))}" height="16" rx="1.5"'
                f' fill="{fill}"><title>{_escaped(f"{label}: {cell.text}")}</title></rect>'
            )
        ink = _INK if cell.state == "counted" else _OPEN if cell.state == "undecided" else _SOFT
        body.append(_text(left + length + 6, y + 17, cell.text, "start", ink, bold=bool(cell.value)))
    bottom = top + len(rows) * step
    body.append(_line(left, top, left, bottom + 2, _SOFT))
    return _document(body, words, width, bottom + 12)


def heat_table(table: Table, words: Words) -> str:
    """A table whose cells are shaded by their number, with a legend of shades and states.

    Shades go by equal steps from one to the largest number; zero stays white, not reported is a
    dash on grey, undecided is hatched.
    """
    gutter = _widest(table.rows) + 16
    widest = max(_widest(table.columns), _widest([cell.text for row in table.cells for cell in row]))
    cell_width, cell_height = max(44, widest + 14), 26
    width = max(420, round(2 * _MARGIN + gutter + cell_width * len(table.columns)))
    top = _top(words) + 24
    left = _MARGIN + gutter
    most = table.full or max((_counted(cell) for row in table.cells for cell in row), default=0)
    body = [
        _text(left + (index + 0.5) * cell_width, top - 8, column, "middle", _SOFT)
        for index, column in enumerate(table.columns)
    ]
    for number, (label, row) in enumerate(zip(table.rows, table.cells, strict=True)):
        y = top + number * cell_height
        body.append(_text(left - 10, y + 18, label, "end"))
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            body += _heat_cell(
                (left + index * cell_width, y, cell_width, cell_height), cell, most, f"{label} {column}"
            )
    bottom = top + len(table.rows) * cell_height + 16
    legend = _legend(left, bottom, most, words)
    return _document([*body, *legend[0]], words, max(width, legend[1]), bottom + 36)


def _heat_cell(box: tuple[float, float, float, float], cell: Cell, most: int, label: str) -> list[str]:
    x, y, width, height = box
    fill, ink = "#fff", _INK
    if cell.state == "undecided":
        fill, ink = "url(#open)", _INK
    elif cell.state == "not_reported" or cell.value is None:
        fill, ink = "#f1f3f5", _SOFT
    elif cell.value > 0:
        shade = _shade(cell.value, most)
        fill, ink = _SHADES[shade], _INK if shade < 4 else "#fff"
    else:
        ink = _SOFT
    rect = (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width - 2)}"'
        f' height="{_number(height - 2)}" fill="{fill}" stroke="{_RULE}">'
        f"<title>{_escaped(f'{label}: {cell.text}')}</title></rect>"
    )
    return [
        rect,
        _text(
            x + width / 2 - 1, y + height / 2 + 4, cell.text, "middle", ink, halo=cell.state == "undecided"
        ),
    ]


def _legend(left: float, y: float, most: int, words: Words) -> tuple[list[str], int]:
    """The legend's elements, and the width that the picture needs for it."""
    parts: list[str] = []
    x = left
    entries = [
        (_SHADES[shade], f"{low}–{high}" if low < high else str(low)) for shade, low, high in _steps(most)
    ]
    entries = [
        ("#fff", words.zero),
        *entries,
        ("#f1f3f5", words.not_reported),
        ("url(#open)", words.undecided),
    ]
    for fill, text in entries:
        parts.append(
            f'<rect x="{_number(x)}" y="{_number(y)}" width="14" height="14" fill="{fill}" stroke="{_RULE}"/>'
        )
        parts.append(_text(x + 19, y + 12, text, "start", _SOFT))
        x += 19 + _text_width(text) + 16
    return parts, round(x + _MARGIN)


def _shade(value: int, most: int) -> int:
    return min(len(_SHADES) - 1, (value - 1) * len(_SHADES) // max(most, 1))


def _steps(most: int) -> list[tuple[int, int, int]]:
    """Shade, least and largest number of each shade that occurs up to the largest number."""
    count = len(_SHADES)
    steps = []
    for shade in range(count):
        low = -(-shade * max(most, 1) // count) + 1
        high = -(-(shade + 1) * max(most, 1) // count)
        if low <= high <= most:
            steps.append((shade, low, high))
    return steps


def _counted(cell: Cell) -> int:
    return 0 if cell.state == "not_reported" or cell.value is None else cell.value


def _document(body: list[str], words: Words, width: float, height: float) -> str:
    bottom = height + (28 if words.note else 0)
    width = max(width, 2 * _MARGIN + _text_width(words.title) * 17 / _SIZE)
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{_number(width)}"'
        f' height="{_number(bottom)}" viewBox="0 0 {_number(width)} {_number(bottom)}"'
        f' font-family="{FONT}" font-size="{_SIZE}">',
        f"<title>{_escaped(words.title)}</title>",
        f"<desc>{_escaped(words.description or words.title)}</desc>",
        '<defs><pattern id="open" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff4e0"/>'
        f'<rect width="2" height="6" fill="{_OPEN}" fill-opacity="0.45"/></pattern></defs>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        _text(_MARGIN, _MARGIN + 10, words.title, "start", bold=True, size=17),
    ]
    tail = [_text(_MARGIN, height + 12, words.note, "start", _SOFT, size=12)] if words.note else []
    return "\n".join([*head, *body, *tail, "</svg>"]) + "\n"


def _text(
    x: float,
    y: float,
    text: str,
    anchor: str,
    ink: str = _INK,
    *,
    bold: bool = False,
    size: int = 0,
    halo: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    sized = f' font-size="{size}"' if size else ""
    outline = ' stroke="#fff" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}"'
        f' fill="{ink}"{weight}{sized}{outline}>{_escaped(text)}</text>'
    )


def _line(x1: float, y1: float | str, x2: float, y2: float | str, ink: str) -> str:
    left, right = _number(x1), _number(x2)
    return f'<line x1="{left}" y1="{y1}" x2="{right}" y2="{y2}" stroke="{ink}"/>'


def _top(words: Words) -> int:
    return _MARGIN + 34 if words.title else _MARGIN


def _widest(texts: Sequence[str]) -> float:
    return max(map(_text_width, texts), default=0.0)


def _text_width(text: str) -> float:
    """Pixels that a text needs: a Chinese character is one em wide, others a little over half."""
    return columns(text) * _SIZE * 0.54 if text.isprintable() else len(text) * _SIZE


def _fit(text: str, room: float) -> str:
    """The text cut with … where it does not fit; the whole stands in the bar's own title."""
    while len(text) > 1 and _text_width(text) > room:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    """Text safe in XML: marked up characters escaped, characters that XML forbids left out."""
    allowed = "".join(
        char
        for char in text
        if char in "\t\n" or (char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff")
    )
    return escape(allowed, {'"': "&quot;"})
