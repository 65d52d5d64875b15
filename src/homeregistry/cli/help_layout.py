"""Help pages that are as wide as they look: a Chinese character takes two columns of a terminal.

Click counts characters, so its columns do not meet where an option's value has a Chinese name, and its lines
run to twice the width of the terminal.
"""

from collections.abc import Iterable
from typing import Final

import click

from homeregistry.widths import columns, wrapped

_INDENT: Final = 2


class WideHelp(click.HelpFormatter):
    """Lines broken and columns set by terminal columns."""

    def write_text(self, text: str) -> None:
        """Paragraphs, an empty line between them."""
        indent = " " * self.current_indent
        paragraphs = [" ".join(one.split()) for one in text.split("\n\n")]
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.write("\n")
            for line in wrapped(paragraph, max(self.width - self.current_indent, 11)):
                self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _INDENT
    ) -> None:
        """Terms on the left, what they mean on the right; a term too long has a line of its own."""
        listed = list(rows)
        left = min(max((columns(term) for term, _meaning in listed), default=0), col_max) + col_spacing
        width = max(self.width - left - self.current_indent, 10)
        indent = " " * self.current_indent
        for term, meaning in listed:
            lines = list(wrapped(meaning, width))
            if columns(term) > left - col_spacing:
                self.write(f"{indent}{term}\n")
                term = ""
            first = f"{indent}{term}{' ' * (left - columns(term))}"
            for line in lines or [""]:
                self.write(f"{first}{line}".rstrip() + "\n")
                first = " " * (left + self.current_indent)
