"""What `verify`, `backup` and an auditors' workbook cost on a registry of a million imported recognitions.

`python -m benchmarks.auditing [--lists N] [--keep FOLDER]`: imports N lists of 100,000 rows (ten by default,
some minutes; a registry that is kept is used again), so that the chain, the source rows and the stored files
are as the importer leaves them, and measures each command whole. There is no baseline and no budget: the
figures stand in `docs/growth.md`.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.lists import Shape, write_workbook
from benchmarks.measuring import measure, program

_EACH: Final = 100_000
_SHAPES: Final[tuple[Shape, ...]] = ("one_award", "one_issuer", "mixed", "one_issuer")


def main() -> None:
    """Import, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.auditing", description=__doc__)
    parser.add_argument("--lists", type=int, default=10, help="how many lists of 100,000 rows")
    parser.add_argument("--keep", type=Path, help="a folder to make the registry in, kept for the next run")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        registry = folder / f"audited-{asked.lists}.sqlite3"
        if not registry.exists():
            _fill(registry, asked.lists, folder / "list.xlsx")
        print(f"{asked.lists * _EACH:,} recognitions, {registry.stat().st_size / 1e6:,.0f} MB")
        for what, words in {
            "verify": ["verify"],
            "backup, tried out": ["backup", folder / "audited.zip"],
            "tally of one year": ["export", "tally", "--year", "2015", folder / "audited.xlsx"],
        }.items():
            cost = measure(program("--db", registry, *words))
            print(f"{what:20} {cost.processor:6.1f} s processor {cost.wall:6.1f} s wall {cost.own:5.0f} MiB")


def _fill(registry: Path, lists: int, book: Path) -> None:
    for number in range(lists):
        write_workbook(book, _EACH, _SHAPES[number % len(_SHAPES)], start=number * _EACH)
        measure(program("--db", registry, "import", "--yes", book))
        book.unlink()


if __name__ == "__main__":
    main()
