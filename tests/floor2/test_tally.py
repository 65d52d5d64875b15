"""The tally is what the live rows make, whatever came in and left: on each engine, line by line."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts import put_batch
from homeregistry.database import reading, writing
from homeregistry.errors import DatabaseRefused
from homeregistry.ledger import Deed, write
from homeregistry.queries import CountRequest, Filters, count_recognitions
from homeregistry.tally import LINE, Unpacking, made_from_rows, pack, rebuild_tally
from registries import Registry, rows

STORED = f"SELECT {', '.join(LINE)} FROM recognition_tally"

spans = st.tuples(st.integers(1983, 2026), st.integers(0, 4)).map(lambda one: one[0] * 10_001 + one[1])


@given(st.dictionaries(spans, st.integers(1, 10**9), min_size=1))
def test_a_line_says_in_the_order_of_time_what_was_packed(numbers: dict[int, int]) -> None:
    total, years = pack(numbers)
    found = Unpacking()(years)
    assert found == numbers
    assert total == sum(numbers.values())
    assert list(found) == sorted(found)


def test_a_round_of_several_years_is_one_word_of_a_line() -> None:
    assert pack({20202020: 2, 20172019: 1}) == (3, "2017-2019:1 2020:2")


@pytest.mark.parametrize("line", ["2020", "2020:", ":3", "many:3", "2020:3;2021:2"])
def test_a_line_that_cannot_be_read_is_refused_in_a_sentence(line: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        Unpacking()(line)
    assert refused.value.code == "tally_damaged"


def stored(registry: Registry) -> list[tuple[object, ...]]:
    return sorted(map(tuple, rows(registry, STORED)))


def made(registry: Registry) -> list[tuple[object, ...]]:
    with reading(registry.engine) as connection:
        return sorted(made_from_rows(connection))


def live(registry: Registry) -> list[int]:
    return [
        row.id for row in rows(registry, "SELECT id FROM recognition WHERE revision_to IS NULL ORDER BY id")
    ]


def test_whatever_comes_and_leaves_the_lines_are_what_the_rows_make(registry: Registry) -> None:
    dice = random.Random(5)
    for write_number in range(12):
        put_batch(
            registry.engine, dice.randrange(1, 9), year=dice.randrange(2015, 2020), file=f"{write_number}"
        )
        assert stored(registry) == made(registry)
        with write(registry.engine, Deed("batch undo", "tester")) as ledger:
            ledger.close("recognition", dice.sample(live(registry), dice.randrange(len(live(registry)))))
        assert stored(registry) == made(registry)
    with write(registry.engine, Deed("batch undo", "tester")) as ledger:
        ledger.close("recognition", live(registry))
    assert stored(registry) == []


def test_what_comes_and_leaves_in_one_write_leaves_no_line(registry: Registry) -> None:
    put_batch(registry.engine, 3, year=2020)
    before = stored(registry)
    with write(registry.engine, Deed("correct", "tester")) as ledger:
        statement = "SELECT * FROM recognition WHERE id = 1"
        row = tuple(ledger.connection.exec_driver_sql(statement).one())
        ledger.close("recognition", [1])
        ledger.insert("recognition", [(ledger.new_id("recognition"), *row[1:-2])])
    assert stored(registry) == before == made(registry)


def test_it_is_made_anew_from_the_rows(registry: Registry) -> None:
    put_batch(registry.engine, 20, year=2020)
    put_batch(registry.engine, 4, year=2021, file="第二.xlsx")
    before = stored(registry)
    with writing(registry.engine) as connection:
        connection.exec_driver_sql("UPDATE recognition_tally SET years = '1999:7'")
        rebuild_tally(connection)
    assert stored(registry) == before


def test_a_damaged_line_stops_a_count_with_a_sentence(registry: Registry) -> None:
    put_batch(registry.engine, 3, year=2020)
    with writing(registry.engine) as connection:
        connection.exec_driver_sql("UPDATE recognition_tally SET years = 'x'")
    with reading(registry.engine) as connection, pytest.raises(DatabaseRefused) as refused:
        count_recognitions(connection, CountRequest(Filters(), ("year",)))
    assert refused.value.code == "tally_damaged"
