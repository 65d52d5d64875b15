"""The parent's side of the reading process: start it, feed it, take its frames, end it in time.

Memory and processor time are limited in the child where the system can; a watchdog thread here ends
it when it lets the parent wait too long or, where that can be measured, grows too large. A child that
dies without a word becomes a FileRefused.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Final

import homeregistry
from homeregistry.errors import FileRefused
from homeregistry.readers import frames, limits
from homeregistry.readers.frames import Frame
from homeregistry.readers.memory import resident_bytes
from homeregistry.readers.refusals import refuse

_TICK: Final = 0.2
_WINDOWS: Final = sys.platform == "win32"
_LIMITED: Final = find_spec("resource") is not None


class ReadingProcess:
    """One child reading one file; a context manager that leaves no process behind."""

    def __init__(self, form: str, data: bytes, name: str, password: str | None = None) -> None:
        self._name = name
        self._waiting_since: float | None = None
        self._waited = 0.0
        self._ended_by: str | None = None
        self._done = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "homeregistry.readers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if _WINDOWS else 0,
        )
        self._watchdog = threading.Thread(target=self._watch, name="reader-watchdog", daemon=True)
        self._watchdog.start()
        assert self._process.stdin is not None
        try:
            frames.write(self._process.stdin, ("job", form, name, password))
            frames.write_bytes(self._process.stdin, data)
            self._process.stdin.close()
        except OSError:
            pass  # it died at once: the frames tell how

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def __enter__(self) -> "ReadingProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child if it still runs, and wait for it."""
        self._done.set()
        process = self._process
        if process.poll() is None:
            process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        process.wait()
        self._watchdog.join()

    def frames(self) -> Iterator[Frame]:
        """The child's frames up to its end. Raises FileRefused for its refusal or its death."""
        assert self._process.stdout is not None
        while True:
            self._waiting_since = time.monotonic()
            try:
                frame = frames.read(self._process.stdout)
            finally:
                self._waited += time.monotonic() - self._waiting_since
                self._waiting_since = None
            if frame is None:
                raise self._death()
            if _LIMITED:
                self._waited = 0.0  # the child counts its own processor time; a slow machine may wait
            if frame[0] == "end":
                return
            if frame[0] == "error":
                _, code, message, params = frame
                raise FileRefused(code, message, **{"file": self._name, **params})
            yield frame

    def _watch(self) -> None:
        while not self._done.wait(_TICK):
            since = self._waiting_since
            waited = self._waited + (time.monotonic() - since if since is not None else 0.0)
            if waited > limits.CHILD_SECONDS:
                self._kill("time")
            elif (resident_bytes(self._process.pid) or 0) > limits.CHILD_BYTES:
                self._kill("memory")

    def _kill(self, reason: str) -> None:
        if self._ended_by is None and self._process.poll() is None:
            self._ended_by = reason
            self._process.kill()

    def _death(self) -> FileRefused:
        """Why the child closed its pipe without an `end`: the watchdog, a limit, or a crash."""
        self._process.wait()
        code = self._process.returncode
        reason = self._ended_by
        if reason is None:
            if code == -getattr(signal, "SIGXCPU", 24):
                reason = "time"
            elif code in (-getattr(signal, "SIGKILL", 9), -signal.SIGABRT):
                reason = "memory"  # an allocation that fails in compiled code aborts
            else:
                reason = "document"
        return refuse(reason, file=self._name, seconds=limits.CHILD_SECONDS)


def _environment() -> dict[str, str]:
    """The environment of the child: it must find this very package, installed or not."""
    environment = dict(os.environ)
    own = str(Path(homeregistry.__file__).resolve().parent.parent)
    inherited = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (own, inherited)))
    return environment
