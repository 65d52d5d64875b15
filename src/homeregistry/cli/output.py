"""Data on stdout as a table, JSON or CSV; everything else on stderr. All printing of the command line."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

import click

from homeregistry.i18n import sentence
from homeregistry.words.labels import heading

FORMATS = ("table", "json", "csv")

_PAGE: Final = 100
"""Columns of a table where the output is no terminal, or a narrower one."""


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--format` option of every command that prints data."""
    decorate = click.option(
        "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True,
        help="How to print the data.",
    )  # fmt: skip
    return decorate(command)


Draw = Callable[[Sequence[str], Sequence[Sequence[Any]]], str]
"""Headers and rows as a table."""


def table_text(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table aligned for Chinese, no wider than the page; numbers to the right, text as it is (1e5)."""
    from homeregistry.cli.table import page_table

    right = [
        bool(rows) and all(isinstance(row[i], int | float) or row[i] is None for row in rows)
        for i in range(len(headers))
    ]
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return page_table(headers, texts, right, _page_width())


def emit(
    format_: str,
    payload: Any,
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    draw: Draw = table_text,
) -> None:
    """Print one result: `payload` as JSON, or `rows` under `headers` as a table or CSV.

    Table headers are shown in words, and a column that nothing stands in is left out; CSV headers are codes.
    """
    if format_ == "json":
        emit_json(payload)
    elif format_ == "csv":
        import csv
        import io

        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
        click.echo(stream.getvalue(), nl=False)
    elif rows:
        held = [place for place in range(len(headers)) if any(row[place] not in (None, "") for row in rows)]
        spoken = [heading(header) for header in headers]
        texts = [[row[place] for place in held] for row in rows]
        click.echo(draw([spoken[place] for place in held], texts))
    else:
        tell("None.")


def emit_json(payload: Any) -> None:
    """One JSON document on stdout."""
    import json

    click.echo(json.dumps(payload, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 2))


def _page_width() -> int:
    """The terminal's columns, at least those of a page; a page's in files, so that they do not vary."""
    if not sys.stdout.isatty():
        return _PAGE
    from shutil import get_terminal_size

    return max(_PAGE, get_terminal_size((_PAGE, 24)).columns)


def say(message: str, **params: object) -> None:
    """A translated line for the person, on stderr."""
    click.echo(sentence(message, params), err=True)


def tell(message: str, **params: object) -> None:
    """A translated line that is the command's result, on stdout."""
    click.echo(sentence(message, params))
