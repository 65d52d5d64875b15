"""The password of an encrypted workbook, from a file: on the command line everybody could read it."""

from pathlib import Path

import click

from homeregistry.errors import UsageMistake

password_option = click.option("--password-file", type=click.Path(path_type=Path),
                               help="A file with the workbook's password.")  # fmt: skip


def password_in(path: Path | None) -> str | None:
    """The password that a file holds; None without a file. Raises UsageMistake."""
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UsageMistake("password_file", "The password file {path} cannot be read.", path=path) from None
