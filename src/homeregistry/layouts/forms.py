"""Vertical registration forms: one recipient per sheet, labels beside their values.

Such a form (登记表, 申报表) is one row turned on its side; its labels are the headers of a list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from homeregistry.grid import Row, column_letter
from homeregistry.layouts.cells import texts_of
from homeregistry.layouts.columns import resolve
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.entries import StripReader, column_map
from homeregistry.layouts.headcells import Column
from homeregistry.layouts.header import TextRow
from homeregistry.layouts.lines import shown
from homeregistry.layouts.outline import Outline
from homeregistry.personal import without_personal
from homeregistry.records import Entry, NotData
from homeregistry.text import squeeze
from homeregistry.vocabulary import PERSONAL_FIELDS

_FEWEST_LABELS: Final = 3
_NAMING: Final = frozenset({"recipient", "unit_name", "small_home", "person"})


def _pairs(texts: Sequence[str], layout: Layout) -> Iterator[tuple[int, str, str, int, str]]:
    """(label column, label, role, value column, value) of one row; merged cells leave blanks between."""
    filled = [(index, text) for index, text in enumerate(texts) if text]
    place = 0
    while place < len(filled):
        index, text = filled[place]
        label = text.rstrip(":：")
        found = layout.role_of(label) if len(squeeze(label)) < 24 else None
        if found is None:
            place += 1
            continue
        follows = filled[place + 1] if place + 1 < len(filled) else None
        if follows is None or layout.role_of(follows[1]) is not None:
            yield index, label, found[0], -1, ""
            place += 1
        else:
            yield index, label, found[0], *follows
            place += 2


def is_form(rows: Sequence[TextRow], layout: Layout) -> bool:
    """Whether labels stand in the first filled column, row after row, with values beside them."""
    labels: set[str] = set()
    named = False
    leading = 0
    for _, texts in rows:
        pairs = [pair for pair in _pairs(texts, layout) if pair[4]]
        first = next((index for index, text in enumerate(texts) if text), -1)
        if pairs and pairs[0][0] == first:
            leading += 1
            labels.update(squeeze(pair[1]) for pair in pairs)
            named = named or any(pair[2] in _NAMING for pair in pairs)
    return named and leading >= _FEWEST_LABELS and len(labels) >= _FEWEST_LABELS


def read_form(sheet: str, rows: Sequence[Row], layout: Layout, outline: Outline) -> Iterator[Entry | NotData]:
    """The one entry of a form, at the row of the name; every other row is a field of the form."""
    columns: list[Column] = []
    values: list[str] = []
    places: list[str] = []
    named_row = 0
    kept: list[str] = []
    for number, cells in rows:
        for _, label, role, place, value in _pairs(texts_of(cells), layout):
            if not value:
                continue
            columns.append(Column(len(columns), label, role))
            values.append("" if role in PERSONAL_FIELDS else without_personal(value)[0])
            places.append(column_letter(place))
            kept.append(f"{label}: {values[-1]}" if values[-1] else "")
            if role in _NAMING and not named_row:
                named_row = number
    known = [column for column in columns if column.role not in ("serial", "count", "title")]
    strip = resolve([replace(column) for column in known], [], layout).strips[0]
    letters = {
        name: places[ord(letter) - 65] for name, letter in column_map(strip).items() if len(letter) == 1
    }
    reader = StripReader(sheet, strip, letters, frozenset(layout.words["ticks"]))
    reader.govern(outline.context, outline.title_printed)
    for number, cells in rows:
        texts = texts_of(cells)
        if number == named_row:
            outline.listed += 1
            yield reader.read(number, values, tuple(text for text in kept if text), ())
        elif any(texts):
            yield NotData(sheet, number, "form_field", shown(texts))
