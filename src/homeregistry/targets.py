"""Where an export goes: written under a temporary name beside its place, then renamed in one step.

Whatever happens on the way, killed or full disk, the place holds the old file or the new one. A file
that is not of the same making is never written over without being told to.
"""

import errno
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from homeregistry.errors import FileRefused

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})


@dataclass(frozen=True, slots=True)
class Draft:
    """A file on its way: `path` is its temporary place, `folder` may hold more temporary files."""

    out: Path
    folder: Path
    path: Path

    def settle(self) -> None:
        """Its content is safe on the disk: from here on no disk is full."""
        with self.path.open("rb+") as stream:
            os.fsync(stream.fileno())

    def publish(self) -> None:
        """Put the file in its place in one step, its content safe on the disk first."""
        self.settle()
        os.replace(self.path, self.out)


class DraftFile(io.FileIO):
    """A new file for programs that pack a workbook into it.

    They leave their zip open when the disk is full, and Python closes it at some later moment, where the
    error has nobody to go to but the screen: what is written after the first refusal is let fall.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "wb")
        self._gone: int | None = None
        """The place it would stand at, once nothing goes to the disk any more."""

    def close(self) -> None:
        """Close; whoever still writes to it then writes to nowhere."""
        if not self.closed:
            self._let_go()
        super().close()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """As of any file; once nothing goes to the disk, only the place is kept."""
        if self._gone is None:
            return super().seek(offset, whence)
        self._gone = offset if whence == os.SEEK_SET else self._gone + offset
        return self._gone

    def tell(self) -> int:
        """As of any file."""
        return super().tell() if self._gone is None else self._gone

    def flush(self) -> None:
        """As of any file."""
        if self._gone is None:
            super().flush()

    def write(self, data: "Buffer", /) -> int:
        """Write all of it. Raises OSError once."""
        rest = memoryview(data).cast("B")
        whole = len(rest)
        if self._gone is not None:
            self._gone += whole
            return whole
        try:
            while rest:
                rest = rest[super().write(rest) or 0 :]
        except OSError:
            self._let_go()
            raise
        return whole

    def _let_go(self) -> None:
        if self._gone is None:
            self._gone = super().tell()


@contextmanager
def drafting(out: Path) -> Iterator[Draft]:
    """A draft for a place; nothing of it is left behind that was not published.

    Raises FileRefused: `no_folder`, `disk_full`, `cannot_write`.
    """
    with refusing(out):
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            yield Draft(out, folder, folder / out.name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def refusing(out: Path) -> Iterator[None]:
    """What the system says to a file being written becomes a FileRefused: `no_folder`, `disk_full`,
    `cannot_write`."""
    try:
        yield
    except FileNotFoundError as error:
        if out.parent.is_dir():
            raise
        raise FileRefused(
            "no_folder", "There is no folder {folder}; make it first.", folder=out.parent
        ) from error
    except OSError as error:
        raise refusal(error, out) from error
    except Exception as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, OSError):  # XlsxWriter wraps what the system said
            raise refusal(cause, out) from error
        raise


def refusal(error: OSError, out: Path) -> FileRefused:
    """What the system said, as a sentence about the place."""
    if error.errno in _FULL:
        return FileRefused(
            "disk_full", "There is no room left on the disk of {file}; nothing was written.", file=out
        )
    return FileRefused(
        "cannot_write", "{file} cannot be written ({cause}); nothing was written.",
        file=out, cause=error.strerror or type(error).__name__,
    )  # fmt: skip


def require_free(out: Path, force: bool | None, own: Callable[[Path], bool]) -> None:
    """Refuse a place that is taken by something else than an earlier file of the same making.

    `force` is None where the command has no such option. Raises FileRefused: `no_folder`, `is_folder`,
    `file_exists`.
    """
    if not out.parent.is_dir():
        raise FileRefused("no_folder", "There is no folder {folder}; make it first.", folder=out.parent)
    if not os.path.lexists(out):
        return
    if out.is_dir():
        raise FileRefused("is_folder", "{file} is a folder; name a file.", file=out)
    if not out.is_file():
        raise FileRefused("no_regular_file", "{file} is no regular file; name another.", file=out)
    if not force and not own(out):
        if force is None:
            raise FileRefused("file_exists", "{file} exists already; name another file.", file=out)
        raise FileRefused(
            "file_exists",
            "{file} exists already; name another file, or give --force to replace it.",
            file=out,
        )
