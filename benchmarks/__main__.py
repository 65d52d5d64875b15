"""`python -m benchmarks [--rows N,N] [--quick] [--keep FOLDER]`: measure the import, print the table.

The exit code is 1 where a budget is missed, and only then.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.import_lists import ImportBenchmark, report


def main() -> int:
    """Run what was asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", default="100000,500000", help="lengths of the lists")
    parser.add_argument("--quick", action="store_true", help="leave out the registry of a million")
    parser.add_argument("--keep", type=Path, help="a folder to make the files in, kept for the next run")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        rows = [int(count) for count in asked.rows.split(",")]
        found = []
        for line in ImportBenchmark(folder).lines(rows, not asked.quick):
            print(report([line], head=not found), flush=True)
            found.append(line)
    return 0 if all(line.within for line in found) else 1


if __name__ == "__main__":
    sys.exit(main())
