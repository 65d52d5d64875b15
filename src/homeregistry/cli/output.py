"""Data on stdout as a table, JSON or CSV; everything else on stderr. All printing of the command line."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from homeregistry.cli.table import simple_table
from homeregistry.i18n import sentence, translate

FORMATS = ("table", "json", "csv")


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--format` option of every command that prints data."""
    decorate = click.option(
        "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True,
        help="How to print the data.",
    )  # fmt: skip
    return decorate(command)


def emit(format_: str, payload: Any, headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print one result: `payload` as JSON, or `rows` under `headers` as a table or CSV.

    Table headers are message ids and are translated; CSV headers stay English codes.
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
    else:
        click.echo(table_text([translate(header) for header in headers], rows))


def emit_json(payload: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(payload, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 2))


def table_text(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table aligned for Chinese; numbers to the right, text as it is (1e5 stays 1e5)."""
    return simple_table(headers, _cells(rows), _to_right(headers, rows))


def page_text(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table folded to the page: its widest texts take several lines, its numbers stay whole."""
    from homeregistry.cli.folding import folded, page_width

    shown = folded(headers, _cells(rows), page_width())
    return simple_table(headers, shown, _to_right(headers, rows))


def _cells(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _to_right(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[bool]:
    return [
        bool(rows) and all(isinstance(row[at], int | float) or row[at] is None for row in rows)
        for at in range(len(headers))
    ]


def say(message: str, **params: object) -> None:
    """A translated line for the person, on stderr."""
    click.echo(sentence(message, params), err=True)


def tell(message: str, **params: object) -> None:
    """A translated line that is the command's result, on stdout."""
    click.echo(sentence(message, params))
