"""The plain column orders of `tables` are those of the models: digests and bulk writes rest on them."""

import pytest

from homeregistry import models
from homeregistry.tables import AUDIT, CLOSABLE, FACTS


def columns(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in models.metadata.tables[table].columns)


@pytest.mark.parametrize("table", FACTS)
def test_a_fact_tables_columns_stand_in_the_order_of_its_model(table: str) -> None:
    assert FACTS[table] == columns(table)


def test_every_table_with_a_revision_is_a_fact_table() -> None:
    with_revision = {name for name in models.metadata.tables if "revision_from" in columns(name)}
    assert set(FACTS) == with_revision


def test_the_audit_columns_stand_in_the_order_of_their_model() -> None:
    assert columns("audit_entry") == AUDIT


def test_revision_columns_are_the_last_so_that_callers_give_what_stands_before() -> None:
    for table, names in FACTS.items():
        tail = names[names.index("revision_from") :]
        assert tail in {("revision_from",), ("revision_from", "revision_to")}, table


def test_parents_stand_before_children() -> None:
    order = list(FACTS)
    for table in FACTS:
        for key in models.metadata.tables[table].foreign_keys:
            parent = key.column.table.name
            if parent in FACTS and parent != table:
                assert order.index(parent) < order.index(table), (parent, table)


def test_only_bodies_and_rounds_are_never_closed() -> None:
    assert set(FACTS) - set(CLOSABLE) == {"union_body", "award_round"}
