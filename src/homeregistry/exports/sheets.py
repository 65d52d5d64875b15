"""A sheet of XlsxWriter on which a text is always a text.

Writing rows as they come, XlsxWriter takes a text that begins with `<r>` and ends with `</r>` for markup of
its own and writes it unescaped, which a name in a list could be: such a workbook would not open.
"""

from typing import Any

from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library is not typed
    """Overrides only what is done with such a text."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, False, attributes)
