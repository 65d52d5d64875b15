"""One command, measured whole: wall time, processor time and peak memory of it and its children.

Peak memory is the largest sum of the resident sizes of all its processes, seen every 20 ms: what two
processes share is counted twice, so the true peak is lower. Processor time is that of the command and of
every child that it waited for.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

ROOT: Final = Path(__file__).resolve().parent.parent
_TICK: Final = 0.02
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall and processor time, and peak memory in MiB: of all processes together, of the
    command itself, and of its largest child."""

    wall: float
    processor: float
    memory: float
    own: float
    child: float


def measure(command: Sequence[str]) -> Measured:
    """Run a command to its end. Raises RuntimeError where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "HOMEREGISTRY_LANG": "en"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = os.times()
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = _Peak(process.pid)
    _, said = process.communicate()
    wall = time.perf_counter() - begun
    memory = [size / _MEBIBYTE for size in peak.stop()]
    after = os.times()
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}\n{said.decode()}")
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall, processor, *memory)


def program(*arguments: str | Path) -> list[str]:
    """The command line of homeregistry from this checkout."""
    return [sys.executable, "-m", "homeregistry", *map(str, arguments)]


class _Peak:
    """Watches a process and its children until stopped."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._most = (0, 0, 0)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> tuple[int, int, int]:
        """The largest sum seen, the command's own peak and the largest child's, in bytes."""
        self._done.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._done.wait(_TICK):
            try:
                own = self._root.memory_info().rss
                children = [one.memory_info().rss for one in self._root.children(recursive=True)]
            except psutil.Error:
                continue  # one of them has just ended
            seen = (own + sum(children), own, max(children, default=0))
            self._most = tuple(map(max, self._most, seen))
