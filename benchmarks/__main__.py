"""`python -m benchmarks [--rows N,N] [--quick] [--keep FOLDER]`: run the benchmarks and print the tables."""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.import_lists import ImportBenchmark, report


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", default="100000,500000", help="lengths of the lists")
    parser.add_argument("--quick", action="store_true", help="leave out the registry of a million")
    parser.add_argument("--keep", type=Path, help="a folder to make the files in, kept for the next run")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        rows = [int(count) for count in asked.rows.split(",")]
        print(report(ImportBenchmark(folder).lines(rows, not asked.quick)))


if __name__ == "__main__":
    main()
