"""Counts on five million recognitions, against DuckDB grouping the same rows in a table of its own.

`python -m benchmarks.counting [--rows N]`: generates a nationwide registry in a temporary folder (1.3 GB and
some minutes at full size), asks every question several times in turn with DuckDB's in the same run, warm, in
process, and prints the best of each. Both sides answer with Python rows; ours are placed on the map, named
and in order, DuckDB's are neither. Wall time and CPU time are both shown: DuckDB uses every core, one
question here uses one. A question over its budget makes the exit code 1.
"""

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.nationwide import build
from homeregistry.database import locate, open_engine, reading
from homeregistry.queries import CountRequest, Filters, count_recognitions
from homeregistry.queries.finding import find_recipients
from homeregistry.queries.name_index import catch_up
from homeregistry.regions.gazetteer import gazetteer

ROUNDS = 7
TIERS = ("county", "provincial")
"""Of the first kind: the largest cell of the registry, and one where nearly every row is a group."""


@dataclass(slots=True)
class Best:
    """The best of several runs, in seconds."""

    wall: float = 1e9
    cpu: float = 1e9

    def time(self, ask: Callable[[], Any]) -> None:
        """Run once; keep what was better."""
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        self.wall = min(self.wall, time.perf_counter() - wall)
        self.cpu = min(self.cpu, time.process_time() - cpu)


def main() -> int:
    """Build, ask, print; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rows", type=int, default=5_000_000)
    options.add_argument("--registry", type=Path, help="a registry that is there already")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="homeregistry-bench-") as folder:
        registry = chosen.registry or Path(folder) / "nation.sqlite3"
        if chosen.registry is None:
            print(f"building {chosen.rows:,} recognitions …", flush=True)
            build(registry, chosen.rows, max(1, chosen.rows // 5))
        with closing(duckdb.connect(str(Path(folder) / "nation.duckdb"))) as baseline:
            return _measure(registry, baseline, Path(folder) / "rows.csv")


def _measure(registry: Path, baseline: duckdb.DuckDBPyConnection, transfer: Path) -> int:
    engine = open_engine(locate(str(registry)))
    catch_up(engine)
    with reading(engine) as connection:
        _copy(connection, baseline, transfer)
        cases: dict[str, Callable[[], Any]] = {}
        guangdong = gazetteer().of_code("440000")[0]
        today = date(2026, 1, 1)
        for tier in TIERS:
            filters = Filters(kind="model_home", tier=tier)

            def ask(filters: Filters = filters, **more: Any) -> Callable[[], Any]:
                request = CountRequest(filters, ("county", "year"), **more)
                return lambda: count_recognitions(connection, request)

            cases[f"{tier} duckdb"] = _grouping(baseline, tier)
            cases[f"{tier} count"] = ask()
            grouped = sum(row[-1] for row in cases[f"{tier} duckdb"]())
            if grouped != cases[f"{tier} count"]().total:
                raise RuntimeError(f"{tier}: DuckDB groups {grouped:,} rows, the count is another one")
            cases[f"{tier} today"] = ask(boundaries=today)
            cases[f"{tier} duckdb province"] = _grouping(baseline, tier, " AND region_id // 100000000 = 44")
            cases[f"{tier} province"] = ask(region=guangdong)
            cases[f"{tier} province today"] = ask(region=guangdong, boundaries=today)
        cases["find"] = lambda: find_recipients(connection, "华东", 20)
        found = {name: Best() for name in cases}
        for _ in range(ROUNDS):
            for name, case in cases.items():
                found[name].time(case)
    return _report(found)


def _grouping(baseline: duckdb.DuckDBPyConnection, tier: str, more: str = "") -> Callable[[], Any]:
    statement = (
        "SELECT region_id // 10000, year_from, year_to, count(*) FROM recognition "
        f"WHERE kind = 'model_home' AND tier = '{tier}' AND system = ''{more} GROUP BY ALL"
    )
    return lambda: baseline.execute(statement).fetchall()


def _copy(connection: Any, baseline: duckdb.DuckDBPyConnection, transfer: Path) -> None:
    """The same rows in DuckDB's own table, in the order of their ids."""
    rows = connection.exec_driver_sql(
        "SELECT id, kind, tier, system, year_from, year_to, region_id, recipient_id "
        "FROM recognition ORDER BY id"
    )
    with transfer.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows.cursor)
    baseline.execute(
        "CREATE TABLE recognition (id BIGINT, kind VARCHAR, tier VARCHAR, system VARCHAR, "
        "year_from INTEGER, year_to INTEGER, region_id BIGINT, recipient_id BIGINT)"
    )
    baseline.execute(f"COPY recognition FROM '{transfer}' (FORMAT csv, HEADER false, NULLSTR '\\N')")
    transfer.unlink()


def _report(found: dict[str, Best]) -> int:
    late = []
    for name, best in found.items():
        print(f"{name:28} wall {best.wall * 1000:7.1f} ms   cpu {best.cpu * 1000:7.1f} ms")
    for tier in TIERS:
        duck, count = found[f"{tier} duckdb"], found[f"{tier} count"]
        province = max(0.030, found[f"{tier} duckdb province"].wall / 2)
        budgets = {
            f"{tier} count against 1.5 of DuckDB": (count.wall, 1.5 * duck.wall),
            f"{tier} today against 2 of the count": (found[f"{tier} today"].wall, 2 * count.wall),
            f"{tier} one province": (found[f"{tier} province"].wall, province),
        }
        for name, (measured, allowed) in budgets.items():
            print(f"{name:40} {measured / allowed:5.2f} of its budget")
            late += [name] if measured > allowed else []
        print(f"{tier}: {count.wall / duck.wall:.2f} of DuckDB's wall, {count.cpu / duck.cpu:.2f} of its CPU")
    print(f"find of two characters {found['find'].wall * 1000:.1f} ms of 100 ms")
    late += ["find"] if found["find"].wall > 0.100 else []
    for name in late:
        print(f"over budget: {name}")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
