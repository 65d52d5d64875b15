"""Many at once: writers wait for each other and all are right, readers wait for nobody."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from accidents import DONE, OTHER, SAMPLE, Forked, at_once, clean
from facts import fact, put_batch
from homeregistry.backups import write_backup
from homeregistry.database import open_engine, reading
from homeregistry.ledger import Deed, write
from homeregistry.verifying import verify
from listbooks import unit, write_list
from registries import Answer, Registry, rows, scalar

Command = Callable[..., Answer]
MANY, BATCHES = 50, 40


def test_two_imports_at_once_are_both_right(registry: Registry) -> None:
    codes = at_once(registry, ("import", "--yes", str(SAMPLE)), ("import", "--yes", str(OTHER)))
    assert set(codes) <= set(DONE)
    assert scalar(registry, "SELECT count(*) FROM import_batch") == 2
    assert scalar(registry, "SELECT count(*) FROM recognition") == 12
    clean(registry)


def test_the_same_file_twice_at_once_is_one_batch(registry: Registry) -> None:
    codes = at_once(registry, *[("import", "--yes", str(SAMPLE))] * 2)
    assert set(codes) <= set(DONE)
    assert scalar(registry, "SELECT count(*) FROM import_batch") == 1
    assert scalar(registry, "SELECT count(*) FROM recognition") == 7
    clean(registry)


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="no fork")
def test_fifty_imports_at_once_are_all_right_and_readers_see_a_clean_registry_all_along(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    """Ten lists are coming in twice; the readers count, verify, export and back up."""
    lists = [
        write_list(
            tmp_path / f"{n}.xlsx", [unit(1, f"第{n}机械厂工会"), unit(2, "共同的学校工会", year=2019)]
        )
        for n in range(BATCHES)
    ]
    lists += lists[: MANY - BATCHES]
    asked = (
        ("count", "--format", "json"), ("verify",), ("export", "records", str(tmp_path / "r.csv")),
        ("backup", "--quick", str(tmp_path / "r.zip")),
    )  # fmt: skip
    seen, longest = [0], 0.0
    writers = [Forked(registry.db, "import", "--yes", str(one)) for one in lists]
    try:
        while seen[-1] < BATCHES and len(seen) < 1000:
            for words in asked:
                began = time.monotonic()
                answer = command(registry, *words)
                longest = max(longest, time.monotonic() - began)
                assert answer.code == 0, (words, answer)
            seen.append(scalar(registry, "SELECT count(*) FROM import_batch"))
    finally:
        codes = [writer.wait() for writer in writers]
    assert set(codes) <= set(DONE)
    assert seen == sorted(seen)
    clean(registry)
    assert scalar(registry, "SELECT max(id) FROM audit_entry") == BATCHES
    names = [row[0] for row in rows(registry, "SELECT name FROM recipient ORDER BY name")]
    assert len(names) == len(set(names)) == BATCHES + 1
    print(f"{len(seen) - 1} rounds of readers meanwhile, the longest answer took {longest:.1f} s")
    with registry.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE recognition SET name_printed = '别处' WHERE id = 7")
    with reading(registry.engine) as connection:
        assert {finding.code for finding in verify(connection).findings} == {"rows_changed"}


def test_a_backup_is_not_stopped_by_a_writer_nor_a_writer_by_it(registry: Registry, tmp_path: Path) -> None:
    put_batch(registry.engine, 2)
    with write(registry.engine, Deed("year close", "tester")) as ledger:
        ledger.insert("closed_year", [fact("closed_year", id=1, year=2020, at=ledger.at)])
        manifest = write_backup(open_engine(registry.location), tmp_path / "r.backup", quick=True)
    assert manifest.revision == 1
    assert scalar(registry, "SELECT count(*) FROM closed_year") == 1
