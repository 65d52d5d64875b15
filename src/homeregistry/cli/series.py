"""Files taken in one after another, each in a transaction of its own: what is finished stays, and is told."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from homeregistry.errors import EXIT_DONE, EXIT_REFUSED, EXIT_WAITING, FileRefused, RegistryError
from homeregistry.words.errors import error_words


class Finished(Protocol):
    """What became of one file."""

    outcome: str

    @property
    def waits(self) -> bool:
        """Whether something of it waits for a person."""

    def to_json(self) -> dict[str, Any]:
        """The file's object in `files`."""


R = TypeVar("R", bound=Finished)


def take_each(
    finished: list[R], files: Sequence[Path], take: Callable[[Path], R], refuse: Callable[[Path, Any], R]
) -> Iterator[R]:
    """Take files in; `take` puts its result on `finished` as soon as it is committed.

    What stops the first file stops the command. Once a file is finished, whatever is wrong with a later
    one is a result of that file (`refuse`): an error of its own would hide what was committed before it.
    """
    for path in files:
        try:
            result = take(path)
        except RegistryError as error:
            if not finished and not isinstance(error, FileRefused):
                raise
            result = refuse(path, error)
            finished.append(result)
        yield result


def error_json(error: RegistryError) -> dict[str, str]:
    """An error as a file's result tells it."""
    return {"code": error.code, "message": error_words(error)}


def exit_of(finished: Sequence[Finished]) -> int:
    """1 where any file was refused, else 3 where something waits, else 0."""
    if any(result.outcome == "refused" for result in finished):
        return EXIT_REFUSED
    return EXIT_WAITING if any(result.waits for result in finished) else EXIT_DONE
