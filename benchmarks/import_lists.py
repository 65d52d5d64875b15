"""Importing lists: how many times the bare baseline, how much memory, and whether the registry matters."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.lists import SHAPES, Shape, write_workbook
from benchmarks.measuring import Measured, measure, program
from benchmarks.nationwide import build

_REPEATS: Final = 3
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One case: what it cost as a multiple of `against`, its peak memory in MiB, and what was budgeted.

    `memory` is the peak of its processes together, `own` and `reader` those of the two by themselves.
    """

    case: str
    against: str
    ratio: float
    processor_ratio: float
    memory: float
    own: float
    reader: float
    most_ratio: float
    most_memory: float | None

    @property
    def within(self) -> bool:
        """Whether the case keeps to its budget, in wall time and in memory."""
        return self.ratio <= self.most_ratio and (self.most_memory is None or self.memory <= self.most_memory)


class ImportBenchmark:
    """Makes what it needs in `folder`; every import goes into a fresh copy of its registry."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._empty = folder / "empty.sqlite3"
        measure(program("--db", self._empty, "init"))

    def lines(self, rows: Sequence[int], large: bool) -> Iterator[Line]:
        """All cases, as they are measured: lists of these lengths in every shape, and those into a
        registry of a million."""
        for count in rows:
            for shape in SHAPES:
                yield self._fresh(count, shape)
        if url := os.environ.get("HOMEREGISTRY_BENCH_POSTGRES"):
            yield self._postgres(min(rows), url)
        if large:
            yield from self._into_a_million(min(rows))

    def _workbook(self, count: int, shape: Shape) -> Path:
        path = self._folder / f"{shape}-{count}.xlsx"
        if not path.exists():
            write_workbook(path, count, shape)
        return path

    def _fresh(self, count: int, shape: Shape) -> Line:
        book = self._workbook(count, shape)
        bare, own = _together(lambda: self._baseline(book), lambda: self._import(book, self._empty))
        ratio, memory = (2.5, 250.0) if count <= 100_000 else (2.2, 500.0)
        return _line(f"{count:,} rows, {shape}, into an empty registry", "baseline", own, bare, ratio, memory)

    def _into_a_million(self, count: int) -> list[Line]:
        large = self._folder / "million.sqlite3"
        if not large.exists():
            build(large, _MILLION, _MILLION)
        few = self._workbook(1000, "one_award")
        empty, full = _together(lambda: self._import(few, self._empty), lambda: self._import(few, large))
        many = self._workbook(count, "one_award")
        bare, own = _together(lambda: self._baseline(many), lambda: self._import(many, large))
        return [
            _line("1,000 rows into a million", "into an empty one", full, empty, 2.0, None),
            _line(f"{count:,} rows into a million", "baseline", own, bare, 3.5, 250.0),
        ]

    def _postgres(self, count: int, url: str) -> Line:
        """Into the PostgreSQL database at `url`, which is emptied by undoing each batch."""
        book = self._workbook(count, "one_award")
        measure(program("--db", url, "init"))

        def run() -> Measured:
            cost = measure(program("--db", url, "import", "--yes", book))
            measure(program("--db", url, "batch", "undo", "1"))
            return cost

        sqlite = self._import(book, self._empty)
        return _line(f"{count:,} rows into PostgreSQL", "SQLite", run(), sqlite, 2.0, None)

    def _baseline(self, book: Path) -> Measured:
        database = self._folder / "baseline.sqlite3"
        database.unlink(missing_ok=True)
        script = Path(__file__).with_name("baseline.py")
        return measure([sys.executable, str(script), str(book), str(database)])

    def _import(self, book: Path, registry: Path) -> Measured:
        copy = self._folder / "import.sqlite3"
        for left in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
            left.unlink(missing_ok=True)
        shutil.copyfile(registry, copy)
        return measure(program("--db", copy, "import", "--yes", book))


def _together(one: Callable[[], Measured], two: Callable[[], Measured]) -> tuple[Measured, Measured]:
    """The best of several turns each, taken in turn, so that a busy minute falls on both."""
    turns = [(one(), two()) for _ in range(_REPEATS)]
    return _best([first for first, _ in turns]), _best([second for _, second in turns])


def _best(measured: Sequence[Measured]) -> Measured:
    return Measured(
        min(one.wall for one in measured),
        min(one.processor for one in measured),
        max(one.memory for one in measured),
        max(one.own for one in measured),
        max(one.child for one in measured),
    )


def _line(
    case: str, against: str, own: Measured, other: Measured, most_ratio: float, most_memory: float | None
) -> Line:
    return Line(
        case, against, own.wall / other.wall, own.processor / other.processor, own.memory, own.own,
        own.child, most_ratio, most_memory,
    )  # fmt: skip


def report(lines: Sequence[Line], *, head: bool = True) -> str:
    """The lines as a table; `head` puts the names of its columns above."""
    columns = (
        f"{'case':52} {'times':>6} {'budget':>6} {'processor':>9} "
        f"{'MiB':>6} {'budget':>6} {'own':>6} {'reader':>6}"
    )
    body = [
        f"{line.case:52} {line.ratio:6.2f} {line.most_ratio:6.1f} {line.processor_ratio:9.2f} "
        f"{line.memory:6.0f} {line.most_memory or 0:6.0f} {line.own:6.0f} {line.reader:6.0f}  "
        f"{'' if line.within else 'over'}"
        for line in lines
    ]
    return "\n".join([columns, *body] if head else body)
