"""The reading process: takes one file over its standard input, gives frames over its standard output.

Untrusted files are parsed here and not in the program itself, because a parser in C or Rust may use
up all memory, stop the process or print a backtrace: the parent sees a closed pipe, the person a
sentence. Started as `python -m homeregistry.readers.child`; it imports as little as it can.
"""

import gc
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import IO, Final, cast

from homeregistry.errors import FileRefused
from homeregistry.readers import frames, limits
from homeregistry.readers.frames import Frame
from homeregistry.readers.job import Job
from homeregistry.readers.refusals import refuse

_READERS: Final = {
    "xlsx": ("workbook", "xlsx_frames"),
    "xls": ("workbook", "xls_frames"),
    "xlsb": ("workbook", "xlsb_frames"),
    "ods": ("opendocument", "ods_frames"),
    "sheetxml": ("sheetxml", "sheetxml_frames"),
    "csv": ("delimited", "csv_frames"),
    "docx": ("word", "docx_frames"),
    "pdf": ("pdf", "pdf_frames"),
    "html": ("webpage", "html_frames"),
}


def main() -> None:
    """Read the job, send its frames; every end but a killed process is an `end` or `error` frame."""
    out = _own_output()
    _limit()
    gc.disable()  # rows are trees of plain values: collecting cycles among them is a quarter of the time
    try:
        order = frames.read(sys.stdin.buffer)
        data = frames.read_bytes(sys.stdin.buffer)
        if order is None or data is None:
            return
        _, form, name, password = order
        for frame in answer(form, Job(data, name, password)):
            frames.write(out, frame)
        frames.write(out, ("end",))
    except FileRefused as refused:
        _fail(out, refused)
    except MemoryError:
        _fail(out, refuse("memory"))
    except RecursionError:
        _fail(out, refuse("document"))
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    except ImportError as error:
        _fail(out, refuse("not_installed", library=error.name or str(error)))
    except BaseException:  # a Rust panic is no Exception
        _fail(out, refuse("document"))
    os._exit(0)


def answer(form: str, job: Job) -> Iterator[Frame]:
    """The frames of one file; `form` is a name of `formats.FORMATS`. Imports only that format."""
    if form == "encrypted":
        from homeregistry.readers.decrypt import decrypted

        form, data = decrypted(job.data, job.password)
        job = Job(data, job.name, job.password)
    if form not in _READERS:
        raise refuse("workbook")
    module, function = _READERS[form]
    read = getattr(import_module(f"homeregistry.readers.{module}"), function)
    return cast(Iterator[Frame], read(job))


def _own_output() -> IO[bytes]:
    """Keep the pipe for frames alone: whatever a library prints goes nowhere."""
    own = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return os.fdopen(own, "wb")


def _limit() -> None:
    """Limit memory and processor time where the system knows how; the parent watches in any case."""
    try:
        import resource
    except ImportError:
        return
    wanted = [
        ("RLIMIT_AS", limits.CHILD_BYTES),
        ("RLIMIT_CPU", limits.CHILD_SECONDS),
        ("RLIMIT_CORE", 0),
    ]
    for name, value in wanted:
        which = getattr(resource, name, None)
        if which is None:
            continue
        try:
            _, hard = resource.getrlimit(which)
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (most, hard))
        except (ValueError, OSError):
            continue


def _fail(out: IO[bytes], refused: FileRefused) -> None:
    try:
        frames.write(out, ("error", refused.code, refused.message, dict(refused.params)))
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    main()
