"""A count places groups, spans of years and ranges of ids; record by record it must come to the same.

The registry holds records of the regions that moved most, in random years, some with a township in their
name. The reference places every record alone, without a condition on regions and without remembering.
"""

import random
from collections import Counter
from datetime import date
from functools import cache
from typing import Literal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from facts import fact
from homeregistry.ledger import Deed, write
from homeregistry.queries import CountRequest, Filters, count_recognitions, list_recognitions
from homeregistry.queries.counting import cell_of
from homeregistry.queries.grouping import Group
from homeregistry.queries.placing import Boundaries, Placer
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.succession import same_place
from homeregistry.regions.table import Level, Region
from registries import Registry

DIMENSIONS = ("year", "region", "province", "prefecture", "county", "kind", "tier", "system")
WORDS = ("统景镇", "复兴街道", "澄江镇", "大湾镇、水土镇", "", "", "")


@cache
def moving() -> tuple[Region, ...]:
    """Regions with changes, Chongqing and Sichuan first among them."""
    table = gazetteer()
    moved = {change.from_id for change in table.changes} | {change.to_id for change in table.changes}
    west = [row for row in table if row.code[:2] in ("50", "51") and row.id in moved]
    return tuple(west + [row for row in table if row.id in moved][::29] + [table.of_code("110101")[0]])


@pytest.fixture
def moved_registry(registry: Registry) -> Registry:
    """900 recognitions of regions that moved, on each engine."""
    dice = random.Random(5)
    with write(registry.engine, Deed("import", "tester")) as ledger:
        ledger.insert("source_document", [fact("source_document", id=1, sha256="0" * 64, name="a")])
        ledger.insert(
            "import_batch", [fact("import_batch", id=1, document_id=1, purpose="list", file_name="a")]
        )
        body = ledger.connection.execute(sa.text("SELECT min(id) FROM union_body")).scalar()
        rounds, recipients, recognitions = [], [], []
        for number in range(1, 901):
            first = dice.randrange(1983, 2026)
            same = {
                "kind": dice.choice(("model_home", "model_small_home")), "year_from": first,
                "tier": dice.choice(("national", "provincial")), "system": dice.choice(("", "", "邮政")),
                "year_to": min(2026, first + dice.choice((0, 0, 2))),
            }  # fmt: skip
            rounds.append(
                fact("award_round", id=number, conferring_body_id=body, decision_no=str(number), **same)
            )
            name = f"{dice.choice(WORDS)}单位{number}"
            recipients.append(
                fact("recipient", id=number, type="organisation", name=name, key=name, block=name, batch_id=1)
            )
            region = dice.choice(moving()).id if dice.random() > 0.03 else None
            recognitions.append(
                fact(
                    "recognition", id=number, round_id=number, recipient_id=number, region_id=region,
                    name_printed=name, batch_id=1, sheet="名单", row_no=number, **same,
                )
            )  # fmt: skip
        ledger.insert("award_round", rounds)
        ledger.insert("recipient", recipients)
        ledger.insert("recognition", recognitions)
    return registry


def one_by_one(connection: Connection, request: CountRequest) -> tuple[Counter[object], Counter[str]]:
    """Cells and states with their numbers, every record placed alone."""
    cells, states = Counter[object](), Counter[str]()
    rows = connection.execute(
        sa.text("SELECT region_id, year_from, year_to, kind, tier, system, name_printed FROM recognition")
    )
    for region, first, last, kind, tier, system, name in rows:
        known = {"kind": kind, "tier": f"{tier}+system" if system else tier, "system": system}
        values = tuple(known.get(dimension) for dimension in request.by)
        placer = Placer(request.boundaries)
        cell, state, _ = cell_of(Group(region, first, last, values, 1, None, name), request, placer)
        states[state] += 1
        if state == "placed":
            cells[cell] += 1
    return cells, states


def requests() -> st.SearchStrategy[CountRequest]:
    maps: st.SearchStrategy[Boundaries] = st.one_of(
        st.just("as-awarded"), st.dates(date(1983, 1, 1), date(2026, 9, 1)),
        st.sampled_from([date(1997, 3, 14), date(2011, 12, 31), date(2025, 11, 5), date(2025, 11, 6)]),
    )  # fmt: skip
    places = st.one_of(st.none(), st.sampled_from([*gazetteer().of_code("510000"), *moving()]))
    dims = st.lists(st.sampled_from(DIMENSIONS), unique=True, max_size=3).map(tuple)
    return st.builds(
        lambda by, region, day, measure: CountRequest(Filters(), by, region, day, measure),
        dims, places, maps, st.sampled_from(("awards", "holders")),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=requests())
def test_a_count_equals_its_records_one_by_one(moved_registry: Registry, request: CountRequest) -> None:
    with moved_registry.engine.connect() as connection:
        found = count_recognitions(connection, request)
        cells, states = one_by_one(connection, request)
    counted = {row[:-1]: row[-1] for row in found.rows}
    assert counted == (cells if request.by else {(): states["placed"]}) or (
        not request.by and request.measure == "holders"
    )
    assert (found.undecided, found.unplaced) == (states["undecided"], states["unplaced"])
    assert found.total == states["placed"] + states["undecided"] + states["unplaced"]
    assert len(counted) == len(found.rows)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(by=st.permutations(("year", "county", "kind")))
def test_rows_stand_in_the_order_of_the_question(moved_registry: Registry, by: tuple[str, ...]) -> None:
    with moved_registry.engine.connect() as connection:
        found = count_recognitions(connection, CountRequest(Filters(), tuple(by)))
    shown = [name for d in by for name in (("county_code", "county") if d == "county" else (d,))]
    assert found.columns == [*shown, "count"]
    ranks = {"model_home": "0", "model_small_home": "1"}
    marks = [tuple(ranks.get(str(value), str(value)) for value in row[:-1]) for row in found.rows]
    assert marks == sorted(marks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=requests(), limit=st.integers(1, 700), offset=st.sampled_from((0, 1, 19, 450, 899, 5000)))
def test_a_page_is_the_same_part_of_the_whole_list(
    moved_registry: Registry, request: CountRequest, limit: int, offset: int
) -> None:
    """A page is found by ids, by other statements than the whole list: same order, same total."""
    with moved_registry.engine.connect() as connection:
        whole = list_recognitions(connection, request)
        page = list_recognitions(connection, request, limit, offset)
    assert page.total == whole.total == len(whole.recognitions)
    assert page.recognitions == whole.recognitions[offset : offset + limit]


LEVELS = ("province", "prefecture", "county")


def days() -> st.SearchStrategy[Boundaries]:
    return st.one_of(
        st.just("as-awarded"), st.dates(date(1983, 1, 1), date(2026, 9, 1)),
        st.sampled_from([date(1988, 4, 13), date(1997, 3, 14), date(2011, 12, 31), date(2025, 11, 6)]),
    )  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(level=st.sampled_from(LEVELS), day=days(), measure=st.sampled_from(("awards", "holders")))
def test_every_region_asked_for_alone_gives_its_row_and_its_records(
    moved_registry: Registry, level: Level, day: Boundaries, measure: Literal["awards", "holders"]
) -> None:
    """The filter by region and the grouping by its level are one rule: also where the county is lost."""
    with moved_registry.engine.connect() as connection:
        whole = count_recognitions(connection, CountRequest(Filters(), (level,), None, day, measure))
        assert sum(row[-1] for row in whole.rows) + whole.undecided + whole.unplaced == whole.total
        by_place = {row[:2]: row[2] for row in whole.rows}
        asked, upper = 0, 0
        for (code, name), number in by_place.items():
            rows = [row for row in gazetteer().of_code(str(code)) if row.name == name]
            if rows[-1].level != level:
                upper += number  # Of a province or city as a whole: nothing below it can be said.
                continue
            request = CountRequest(Filters(), (), rows[-1], day, measure)
            alone = count_recognitions(connection, request)
            family = same_place(rows[-1]) if day == "as-awarded" else {row.id for row in rows}
            same = {(code, gazetteer().by_id(one).name) for one in family}
            assert alone.total - alone.undecided == sum(by_place.get(mark, 0) for mark in same)
            assert list_recognitions(connection, request).total == alone.total - alone.undecided
            asked += number
    assert asked + upper + whole.undecided + whole.unplaced == whole.total


def test_the_registry_of_moved_regions_has_records_whose_county_is_lost(moved_registry: Registry) -> None:
    """Without them the test above would show nothing."""
    day = date(2020, 1, 1)
    with moved_registry.engine.connect() as connection:
        by_county = count_recognitions(connection, CountRequest(Filters(), ("county",), None, day))
        by_province = count_recognitions(connection, CountRequest(Filters(), ("province",), None, day))
    assert by_county.unplaced > by_province.unplaced


def test_a_code_that_another_place_had_before_is_not_that_place() -> None:
    here = gazetteer().of_code("500110")
    assert [row.name for row in here] == ["万盛区", "綦江区"]
    assert [same_place(row) for row in here] == [{row.id} for row in here]
    renamed = gazetteer().of_code("420600")
    assert {row.name for row in renamed} == {"襄樊市", "襄阳市"}
    assert all(same_place(row) == {one.id for one in renamed} for row in renamed)
