"""The ledger: one transaction, one revision, one entry in a chain that shows any change."""

import json
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from facts import fact, put_batch
from homeregistry.database import open_engine, reading
from homeregistry.digests import RowDigest, canonical, sha256_text
from homeregistry.errors import DatabaseRefused
from homeregistry.importing.sink import Preview
from homeregistry.ledger import GENESIS, Deed, closed_digest, entry_hash, head, write
from homeregistry.tables import AUDIT
from registries import Registry, rows, scalar


def close_year(registry: Registry, year: int, actor: str = "tester") -> None:
    with write(open_engine(registry.location), Deed("year close", actor)) as ledger:
        number = ledger.new_id("closed_year")
        ledger.insert("closed_year", [fact("closed_year", id=number, year=year, actor=actor, at=ledger.at)])


def chain(registry: Registry) -> list[dict[str, Any]]:
    found = rows(registry, f"SELECT {', '.join(AUDIT)} FROM audit_entry ORDER BY id")
    return [dict(zip(AUDIT, row, strict=True)) for row in found]


def test_a_fresh_registry_stands_at_revision_0(registry: Registry) -> None:
    with reading(registry.engine) as connection:
        assert head(connection) == (0, GENESIS)


def test_each_write_is_one_entry_that_names_the_one_before(registry: Registry) -> None:
    for year in (2018, 2020, 2024):
        close_year(registry, year)
    entries = chain(registry)
    assert [entry["id"] for entry in entries] == [1, 2, 3]
    marks = [GENESIS, *(entry["hash"] for entry in entries)]
    assert [entry["previous_hash"] for entry in entries] == marks[:-1]
    for entry in entries:
        assert entry_hash([entry[name] for name in AUDIT[:-1]]) == entry["hash"]
    with reading(registry.engine) as connection:
        assert head(connection) == (3, marks[-1])


def test_rows_carry_the_revision_of_their_entry(registry: Registry) -> None:
    close_year(registry, 2018)
    put_batch(registry.engine, 2)
    for table in ("import_batch", "recipient", "recognition", "award_round"):
        assert scalar(registry, f"SELECT min(revision_from) FROM {table} WHERE revision_from > 0") == 2


def test_an_entry_says_who_what_why_and_how_much_in_which_table(registry: Registry) -> None:
    with write(registry.engine, Deed("year reopen", "王敏", "补报")) as ledger:
        ledger.insert("closed_year", [fact("closed_year", id=ledger.new_id("closed_year"), year=2020)])
        ledger.subject["year"] = 2020
    entry = chain(registry)[0]
    assert (entry["actor"], entry["action"], entry["reason"]) == ("王敏", "year reopen", "补报")
    assert json.loads(entry["subject"]) == {"year": 2020}
    assert [part[:2] for part in json.loads(entry["digest_written"])] == [["closed_year", 1]]


def test_a_write_that_changes_nothing_leaves_no_entry(registry: Registry) -> None:
    with write(registry.engine, Deed("year close", "tester")) as ledger:
        ledger.insert("closed_year", [])
        assert ledger.close("closed_year", [1, 2]) == 0
    assert chain(registry) == []


def test_an_exception_takes_everything_back(registry: Registry) -> None:
    def fail() -> None:
        with write(registry.engine, Deed("year close", "tester")) as ledger:
            ledger.insert("closed_year", [fact("closed_year", id=ledger.new_id("closed_year"), year=2020)])
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        fail()
    assert scalar(registry, "SELECT count(*) FROM closed_year") == 0
    assert chain(registry) == []


def test_closing_keeps_the_row_and_says_since_when_it_is_not_live(registry: Registry) -> None:
    put_batch(registry.engine, 3)
    with write(registry.engine, Deed("batch undo", "tester")) as ledger:
        assert ledger.close_batch("recognition", 1) == 3
        assert ledger.close_batch("recognition", 1) == 0
        assert ledger.close("recognition", [1, 2, 99]) == 0
    assert {row[0] for row in rows(registry, "SELECT revision_to FROM recognition")} == {2}
    assert chain(registry)[-1]["digest_closed"] == closed_digest({"recognition": {1, 2, 3}})


def test_closing_many_rows_at_once_closes_each(registry: Registry) -> None:
    put_batch(registry.engine, 1203)
    with write(registry.engine, Deed("batch undo", "tester")) as ledger:
        assert ledger.close("recognition", range(1, 1202)) == 1201
    assert scalar(registry, "SELECT count(*) FROM recognition WHERE revision_to IS NULL") == 2


def test_ids_go_on_where_the_last_write_ended(registry: Registry) -> None:
    put_batch(registry.engine, 3)
    with write(registry.engine, Deed("batch undo", "tester")) as ledger:
        ledger.close_batch("recognition", 1)
    put_batch(registry.engine, 2, year=2021)
    assert [row[0] for row in rows(registry, "SELECT id FROM recognition ORDER BY id")] == [1, 2, 3, 4, 5]


def test_the_same_writes_give_the_same_digests_on_both_engines(
    sqlite_registry: Registry, postgres_registry: Registry
) -> None:
    for registry in (sqlite_registry, postgres_registry):
        with write(registry.engine, Deed("import", "tester")) as ledger:
            content = [
                fact("source_document", id=1, sha256="甲", name="名单\u3000𠮷", size=3_000_000_000),
            ]
            ledger.insert("source_document", content)
            binary = bytes(range(256))
            ledger.insert("source_content", [fact("source_content", id=1, document_id=1, content=binary)])
    one, other = chain(sqlite_registry)[0], chain(postgres_registry)[0]
    assert one["digest_written"] == other["digest_written"]
    for table in ("source_document", "source_content"):
        statement = f"SELECT * FROM {table}"
        assert rows(sqlite_registry, statement) == rows(postgres_registry, statement)


def test_fifty_writers_at_once_make_one_chain_without_a_fork(registry: Registry) -> None:
    with ThreadPoolExecutor(50) as pool:
        list(pool.map(lambda year: close_year(registry, year), range(1976, 2026)))
    entries = chain(registry)
    assert [entry["id"] for entry in entries] == list(range(1, 51))
    marks = [GENESIS, *(entry["hash"] for entry in entries)]
    assert [entry["previous_hash"] for entry in entries] == marks[:-1]
    assert scalar(registry, "SELECT count(DISTINCT year) FROM closed_year") == 50


def test_trap_a_chain_cannot_fork_even_where_somebody_writes_past_the_lock(registry: Registry) -> None:
    close_year(registry, 2020)
    entry = chain(registry)[0]
    forged = {**entry, "id": 2, "hash": "f" * 64}
    statement = sa.text(f"INSERT INTO audit_entry ({', '.join(AUDIT)}) VALUES (:{', :'.join(AUDIT)})")
    with pytest.raises(sa.exc.IntegrityError), registry.engine.begin() as connection:
        connection.execute(statement, forged)


def test_a_reader_sees_its_snapshot_while_a_writer_works_and_neither_waits(registry: Registry) -> None:
    close_year(registry, 2018)
    with reading(open_engine(registry.location)) as before:
        assert head(before)[0] == 1
        close_year(registry, 2020)
        assert head(before)[0] == 1
        with reading(open_engine(registry.location)) as after:
            assert head(after)[0] == 2
    with write(registry.engine, Deed("year close", "tester")) as ledger:
        ledger.insert("closed_year", [fact("closed_year", id=ledger.new_id("closed_year"), year=2024)])
        with reading(open_engine(registry.location)) as during:
            assert head(during)[0] == 2


def test_trap_a_write_that_reads_first_is_not_overtaken_by_another(registry: Registry) -> None:
    with ThreadPoolExecutor(1) as pool:
        with write(registry.engine, Deed("year close", "tester")) as ledger:
            assert ledger.connection.exec_driver_sql("SELECT count(*) FROM closed_year").scalar() == 0
            other = pool.submit(close_year, registry, 2024)
            time.sleep(0.1)
            assert not other.done()
            row = fact("closed_year", id=ledger.new_id("closed_year"), year=2020, at=ledger.at)
            ledger.insert("closed_year", [row])
        other.result()
    assert [row[0] for row in rows(registry, "SELECT year FROM closed_year ORDER BY id")] == [2020, 2024]


def test_a_read_only_file_is_refused_with_a_sentence(sqlite_registry: Registry) -> None:
    read_only = sa.create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"file:{sqlite_registry.db}?mode=ro", uri=True)
    )
    with pytest.raises(DatabaseRefused) as refused, write(read_only, Deed("year close", "tester")) as ledger:
        ledger.insert("closed_year", [fact("closed_year", id=1, year=2020)])
    assert refused.value.code == "database_read_only"


cells = st.one_of(st.none(), st.integers(-(2**62), 2**62), st.text(), st.binary())


@given(st.lists(st.tuples(cells, cells)), st.integers(1, 5))
def test_how_rows_come_in_chunks_makes_no_difference_to_their_digest(
    found: list[tuple[Any, Any]], size: int
) -> None:
    whole, parts = RowDigest(), RowDigest()
    whole.add(found)
    for start in range(0, len(found), size):
        parts.add(found[start : start + size])
    assert (parts.rows, parts.hexdigest()) == (whole.rows, whole.hexdigest())


@given(st.lists(st.tuples(cells, cells), min_size=1))
def test_a_digest_is_over_the_canonical_form_of_each_row_and_a_comma(found: list[tuple[Any, Any]]) -> None:
    text = "".join(canonical(row) + "," for row in found)
    assert digest(found) == sha256_text(text)


def digest(found: Sequence[Sequence[Any]]) -> str:
    made = RowDigest()
    made.add(found)
    return made.hexdigest()


@given(st.lists(st.tuples(cells, cells), max_size=4), st.lists(st.tuples(cells, cells), max_size=4))
def test_different_rows_have_different_digests(one: list[Any], other: list[Any]) -> None:
    assert (one == other) == (digest(one) == digest(other))


def test_numbers_that_look_like_text_and_empty_text_are_not_the_same_as_what_they_look_like() -> None:
    variants: list[list[tuple[Any, ...]]] = [[("1",)], [(1,)], [("",)], [(None,)], [(0,)], [("0",)]]
    assert len({digest(one) for one in variants}) == len(variants)


def test_a_preview_gives_the_ids_that_the_write_would_give(registry: Registry) -> None:
    """Both count on from one value, also where rows were closed or a table is empty."""
    put_batch(registry.engine, 3)
    with write(registry.engine, Deed("test", "tester")) as ledger:
        ledger.close("recognition", [3])
        preview, tables = Preview(ledger.connection), ("recognition", "recipient", "closed_year")
        given_out = [
            [ids.new_id(table) for table in tables for _turn in range(2)] for ids in (ledger, preview)
        ]
        assert given_out == [[4, 5, 4, 5, 1, 2]] * 2
