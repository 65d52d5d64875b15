"""A sheet of XlsxWriter that writes its cells straight: they are most of the time of a long export.

XlsxWriter puts each cell together from attributes that it searches for characters to escape; numbers and
addresses have none. It also takes a text that begins with `<r>` and ends with `</r>` for markup and writes
it unescaped, which a name in a list could be: such a workbook would not open. What the cells say is
otherwise the same, and a test holds the two against each other.
"""

import re
from functools import cache
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from homeregistry.grid import column_letter

_MARKUP: Final = re.compile("[&<>]")
_letters = cache(column_letter)


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library is not typed
    """Overrides how one cell is written; other kinds of cells are left to XlsxWriter."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind, look = cell.__class__.__name__, cell.format
        if kind not in ("String", "Number", "Blank") or look is None or not self.constant_memory:
            super()._write_cell(row, col, cell)
            return
        begun = f'<c r="{_letters(col)}{row + 1}" s="{look._get_xf_index()}"'
        if kind == "String":
            text = _escaped(cell.string)
            space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
            self.fh.write(f'{begun} t="inlineStr"><is><t{space}>{text}</t></is></c>')
        elif kind == "Number":
            self.fh.write(f"{begun}><v>{cell.number:.16G}</v></c>")
        else:
            self.fh.write(f"{begun}/>")


def _escaped(text: str) -> str:
    """Text for XML; what a workbook cannot hold as it is in the notation of the format (`_x0009_`)."""
    if "_x" in text or not text.isprintable():
        text = Worksheet._escape_control_characters(text)
    if _MARKUP.search(text):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text
