"""What stands beside a figure is what `count` gives for its subject, period and map, whatever the figure."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facts import fact, put_batch
from figures_by_hand import figure
from homeregistry.comparing.declared import Declared
from homeregistry.database import reading
from homeregistry.ledger import Deed, write
from homeregistry.queries import count_recognitions
from homeregistry.reconciling.recorded import Recorded, map_of, questions
from homeregistry.regions.gazetteer import gazetteer
from registries import Registry

PLACES = ("500101", "500105", "500112", "510200", "512201", "500110", "350702", "350100", "110101")
SCOPES = ("500000", "510000", "350000", "350700", "500101", "500110", "110000")
YEARS = (1990, 1996, 2005, 2012, 2020)


def fill(registry: Registry) -> None:
    """Recognitions of every place, tier and year, some decided in the year after the stated one."""
    put_batch(registry.engine, 1)
    with write(registry.engine, Deed("import", "tester")) as ledger:
        body = ledger.connection.exec_driver_sql("SELECT min(id) FROM union_body").scalar()
        rounds, recipients, recognitions = [], [], []
        for year in YEARS:
            for kind in ("model_home", "model_small_home"):
                for tier in ("national", "provincial", "prefecture"):
                    number = ledger.new_id("award_round")
                    same: dict[str, Any] = {
                        "kind": kind, "tier": tier, "year_from": year - (tier == "prefecture"),
                        "year_to": year,
                    }  # fmt: skip
                    decided = f"{year + 1}-01-05" if tier == "provincial" else ""
                    rounds.append(
                        fact("award_round", id=number, conferring_body_id=body, decision_date=decided, **same)
                    )
                    for code in (*PLACES, None):
                        place = _place(code, year)
                        recipient = ledger.new_id("recipient")
                        name = f"单位{recipient}"
                        recipients.append(
                            fact(
                                "recipient", id=recipient, type="organisation", name=name, key=name,
                                block=name, batch_id=1,
                            )
                        )  # fmt: skip
                        recognitions.append(
                            fact(
                                "recognition", id=ledger.new_id("recognition"), round_id=number,
                                recipient_id=recipient, region_id=place, name_printed=name, batch_id=1,
                                sheet="名单", row_no=recipient, **same,
                            )
                        )  # fmt: skip
        ledger.insert("award_round", rounds)
        ledger.insert("recipient", recipients)
        ledger.insert("recognition", recognitions)


def _place(code: str | None, year: int) -> int | None:
    if code is None:
        return None
    found = gazetteer().at(code, date(year, 12, 31)) or gazetteer().of_code(code)[0]
    return found.id


figures = st.builds(
    lambda scope, kinds, tier, above, measure, years: figure(
        scope=scope or "全国",
        region_code=scope,
        kinds=kinds,
        tier=tier,
        or_above=above,
        measure=measure,
        year_from=years[0],
        year_to=years[1],
    ),
    st.sampled_from((*SCOPES, None)),
    st.sampled_from((("model_home",), ("model_home", "model_small_home"))),
    st.sampled_from(("national", "provincial", "prefecture", None)),
    st.booleans(),
    st.sampled_from(("in_round", "cumulative")),
    st.sampled_from(((2005, 2005), (None, 2012), (1996, 2020), (2012, None), (None, None), (None, 1995))),
)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_recorded_is_what_count_gives(engine: str, new_registry: Any) -> None:
    registry = new_registry(engine)
    fill(registry)
    seen: set[int] = set()
    with reading(registry.engine) as connection:
        recorded = Recorded(connection)

        @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(figures)
        def holds(declared: Declared) -> None:
            counted = [count_recognitions(connection, request) for request in questions(declared)]
            held = recorded.held(declared)
            assert held.recorded == sum(one.total - one.undecided - one.unplaced for one in counted)
            assert held.undecided == sum(one.undecided for one in counted)
            seen.add(held.recorded or 0)

        holds()
    assert len(seen) > 5, "the figures asked for different numbers"


def test_a_figure_is_counted_on_the_last_map_that_knows_its_region() -> None:
    """江北区 of Chongqing was abolished on 2025-11-06: a figure of 2025 is counted on the day before."""
    assert map_of(figure(region_code="500105", year_to=2025)) == date(2025, 11, 5)
    assert map_of(figure(region_code="500105", year_to=2020)) == date(2020, 12, 31)
    assert map_of(figure(region_code="500105", year_to=None)) == "as-awarded"


def test_a_region_divided_for_some_years_only_counts_each_record_once(new_registry: Any) -> None:
    """东城区 took in 崇文区 in 2010: on the map of 2005 only its later awards are undecided."""
    registry = new_registry("sqlite")
    fill(registry)
    declared = figure(region_code="110000", measure="cumulative", year_from=None, year_to=2005)
    with reading(registry.engine) as connection:
        assert Recorded(connection).held(declared).recorded == sum(year <= 2005 for year in YEARS)
