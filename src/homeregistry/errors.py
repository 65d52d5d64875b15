"""What stops a command: one exception family with a stable code, a sentence and an exit code.

Problems inside a file are not exceptions: they are values, see `problems.py`. The sentence is an
English message id with named placeholders; `cli` translates and prints it, nobody else does.
"""

from collections.abc import Mapping

EXIT_DONE = 0
EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_WAITING = 3


class RegistryError(Exception):
    """A command cannot go on.

    `code` is stable English for scripts, `message` an English message id with `{named}`
    placeholders, `params` their values. The transaction in which one of these is raised writes nothing.
    """

    exit_code = EXIT_REFUSED

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        return self.message.format_map(dict(self.params))


class UsageMistake(RegistryError):
    """The command line asks for something that cannot be: unknown region, dimension, date (exit 2)."""

    exit_code = EXIT_USAGE


class FileRefused(RegistryError):
    """A file cannot be read or may not be taken in (exit 1)."""


class DatabaseRefused(RegistryError):
    """The database is missing, locked, unwritable, or of another schema (exit 1)."""


class NotFound(RegistryError):
    """An id or name that the registry does not hold (exit 1)."""
