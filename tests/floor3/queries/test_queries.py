"""Numbers and the records behind them: list gives what count counts, undo restores, engines agree."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from homeregistry.last_days import last_possible
from homeregistry.queries import listing
from homeregistry.queries.filters import CONFERRED_BY
from registries import Registry, rows, scalar
from small_lists import Command, import_rows

HEADER_ROWS = 40
TITLES = ("模范职工之家", "模范职工小家", "先进职工之家")
COUNTIES = ("万州区", "涪陵区", "渝中区", "北碚区", "渝北区", "江北区", "巴南区")
WORDS = ("统景镇", "水土街道", "", "", "")


def random_rows(
    seed: int, count: int = HEADER_ROWS, counties: Sequence[str] = COUNTIES
) -> list[tuple[object, ...]]:
    dice = random.Random(seed)
    found: list[tuple[object, ...]] = []
    for _ in range(count):
        county, title = dice.choice(counties), dice.choice(TITLES)
        part = "第一分会" if title == "模范职工小家" else ""
        distinct = "".join(chr(dice.randrange(0x4E00, 0x9F00)) for _ in range(4))
        name = f"{county}{dice.choice(WORDS)}{distinct}厂{part}工会"
        year = dice.choice(("2010", "2015", "2018", "2020", "2017-2019"))
        found.append((name, county, year, title, dice.choice(("", f"渝工发〔2020〕{seed}号"))))
    return found


@pytest.fixture
def mixed(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    """Territorial titles of two tiers, an industry's titles, one revoked and one closed unit."""
    fill(registry, command, tmp_path)
    return registry


def fill(registry: Registry, command: Command, folder: Path) -> None:
    assert import_rows(command, registry, folder / "a.csv", random_rows(1)).code == 0
    path = folder / "b.csv"
    assert import_rows(command, registry, path, random_rows(2), "--system", "邮政").code == 0
    issued = ("--tier", "county", "--issuer", "万州区总工会")
    answer = import_rows(command, registry, folder / "c.csv", random_rows(3, counties=("万州区",)), *issued)
    assert answer.code == 0, answer
    command(registry, "event", "revoke", "1", "--date", "2021-01-01", "--basis", "x")
    command(registry, "event", "close", "2", "--date", "2022-01-01", "--basis", "x")


def count(command: Command, registry: Registry, *said: str) -> Any:
    answer = command(registry, "count", *said, "--format", "json")
    assert answer.code == 0, answer
    return answer.json


def listed(command: Command, registry: Registry, *said: str) -> Any:
    answer = command(registry, "list", *said, "--format", "json")
    assert answer.code == 0, answer
    return answer.json


QUESTIONS = [
    (),
    ("--measure", "holders", "--as-of", "2021-06-01"),
    ("--measure", "holders", "--as-of", "2026-01-01"),
    ("--boundaries", "2026-01-01"),
    ("--boundaries", "1999-01-01"),
    ("--boundaries", "2026-01-01", "--measure", "holders", "--as-of", "2026-01-01"),
    ("--as-of", "2018-12-31"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_list_with_the_same_filters_gives_exactly_the_records_behind_a_number(
    question: tuple[str, ...], mixed: Registry, command: Command
) -> None:
    found = count(command, mixed, "--by", "county,kind,year,tier", *question)
    dice = random.Random(" ".join(question))
    assert found["rows"]
    for code, _name, kind, year, tier, number in dice.sample(found["rows"], min(6, len(found["rows"]))):
        # Overlapping rounds answer to one year; the row's own years choose among them.
        said = ["--region", code, "--kind", kind, "--year", str(year), *question]
        said += (
            ["--system", "邮政", "--tier", tier.split("+")[0]]
            if tier.endswith("+system")
            else ["--tier", tier]
        )
        records = listed(command, mixed, *said)["recognitions"]
        shown = [
            one for one in records
            if str(year) == (f"{one['year_from']}-{one['year_to']}" if one["year_from"] != one["year_to"]
                             else str(one["year_from"]))
        ]  # fmt: skip
        seen = {one["recipient"] for one in shown} if "holders" in question else shown
        assert len(seen) == number, (code, kind, year, tier)


def test_a_regions_number_is_the_length_of_its_list(mixed: Registry, command: Command) -> None:
    for question in QUESTIONS:
        for region in ("重庆市", "万州区", "北碚区", "500106"):
            found = count(command, mixed, "--region", region, *question)
            records = listed(command, mixed, "--region", region, *question)
            assert records["total"] == found["total"] - found["undecided"], (region, question)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_pages_put_together_are_the_list(
    question: tuple[str, ...], mixed: Registry, command: Command
) -> None:
    for said in (question, ("--region", "重庆市", *question), ("--region", "北碚区", *question)):
        whole = listed(command, mixed, *said)
        pages: list[Any] = []
        while len(pages) < whole["total"]:
            page = listed(command, mixed, *said, "--limit", "7", "--offset", str(len(pages)))
            assert page["total"] == whole["total"]
            assert page["recognitions"]
            pages += page["recognitions"]
        assert pages == whole["recognitions"]


@pytest.mark.parametrize("said", [(), ("--region", "重庆市"), ("--measure", "holders")], ids=" ".join)
def test_trap_a_page_of_three_builds_three_records_and_not_the_whole_registry(
    said: tuple[str, ...], mixed: Registry, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    built, build = [], listing._json

    def counted(row: Any, revoked: bool) -> dict[str, Any]:
        built.append(row[0])
        return build(row, revoked)

    monkeypatch.setattr(listing, "_json", counted)
    assert len(listed(command, mixed, *said, "--limit", "3")["recognitions"]) == 3
    assert len(built) == 3


def test_a_systems_award_never_counts_as_territorial(mixed: Registry, command: Command) -> None:
    everything = count(command, mixed)["total"]
    provincial = count(command, mixed, "--tier", "provincial")["total"]
    above = count(command, mixed, "--tier", "county", "--or-above")["total"]
    industry = count(command, mixed, "--system", "邮政")["total"]
    county = count(command, mixed, "--tier", "county")["total"]
    assert everything == provincial + county + industry
    assert above == provincial + county
    assert industry == HEADER_ROWS
    by_tier = {row[0]: row[1] for row in count(command, mixed, "--by", "tier")["rows"]}
    assert by_tier == {"provincial": provincial, "provincial+system": industry, "county": county}


def test_a_round_of_several_years_counts_once(mixed: Registry, command: Command) -> None:
    by_year = {row[0]: row[1] for row in count(command, mixed, "--by", "year")["rows"]}
    assert sum(by_year.values()) == count(command, mixed)["total"]
    assert by_year["2017-2019"] > 0
    in_2018 = count(command, mixed, "--year", "2018")["total"]
    assert in_2018 == by_year[2018] + by_year["2017-2019"]


def test_awards_stay_holders_go(mixed: Registry, command: Command) -> None:
    awards = count(command, mixed)["total"]
    days = ("2020-12-31", "2021-01-01", "2022-01-01")
    holders = [count(command, mixed, "--measure", "holders", "--as-of", day)["total"] for day in days]
    assert holders[0] - 1 == holders[1]
    assert holders[1] - 1 == holders[2]
    assert awards == count(command, mixed, "--by", "status")["total"]


def test_statistical_and_decision_years_follow_the_decisions_date(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    header = "单位名称,所属区县,年度,荣誉称号,表彰日期"
    lines = [
        "甲厂工会,万州区,2019,模范职工之家,2020年9月30日", "乙厂工会,万州区,2019,模范职工之家,2020年10月1日",
        "丙厂工会,万州区,2019,模范职工之家,",
    ]  # fmt: skip
    path = tmp_path / "d.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    said = ("--issuer", "重庆市总工会", "--tier", "provincial", "--format", "json")
    assert command(registry, "import", path, *said).code == 0
    by_basis = {
        basis: count(command, registry, "--by", "year", "--year-basis", basis)["rows"]
        for basis in ("stated", "decision", "statistical")
    }
    assert by_basis == {
        "stated": [[2019, 3]], "decision": [[2020, 2], [None, 1]],
        "statistical": [[2020, 1], [2021, 1], [None, 1]],
    }  # fmt: skip
    assert count(command, registry, "--year", "2021", "--year-basis", "statistical")["total"] == 1


DIMENSIONS = ("year", "region", "province", "county", "body", "kind", "tier", "system", "status")


def test_both_engines_answer_alike(
    sqlite_registry: Registry, postgres_registry: Registry, command: Command, tmp_path: Path
) -> None:
    for registry in (sqlite_registry, postgres_registry):
        fill(registry, command, tmp_path)
    dice = random.Random(9)
    for _ in range(25):
        by = ",".join(dice.sample(DIMENSIONS, dice.randrange(1, 4)))
        question = dice.choice(QUESTIONS)
        one, other = (count(command, r, "--by", by, *question) for r in (sqlite_registry, postgres_registry))
        assert one == other, (by, question)
        one, other = (listed(command, r, *question) for r in (sqlite_registry, postgres_registry))
        assert one == other, question


@pytest.mark.parametrize("seed", [4, 5])
def test_undo_restores_every_count_list_and_search(
    seed: int, mixed: Registry, command: Command, tmp_path: Path
) -> None:
    state = _state_of(mixed, command)
    before = state()
    again = [*random_rows(1)[:5], *random_rows(seed, 12)]
    again[0] = (*again[0][:2], "2022", *again[0][3:])
    assert import_rows(command, mixed, tmp_path / "z.csv", again).code in (0, 3)
    assert state() != before
    batch = rows(mixed, "SELECT max(id) FROM import_batch")[0][0]
    undone = command(mixed, "batch", "undo", str(batch), "--format", "json")
    assert (undone.code, undone.json["kept"]) == (0, [])
    assert state() == before
    assert import_rows(command, mixed, tmp_path / "z.csv", again).json["files"][0]["outcome"] == "committed"


def _state_of(registry: Registry, command: Command) -> Callable[[], list[Any]]:
    def state() -> list[Any]:
        found = [
            count(command, registry, "--by", by)
            for by in ("county,year", "kind,tier,system", "status", "body")
        ]
        found += [count(command, registry, "--by", "county", *question) for question in QUESTIONS]
        found += [listed(command, registry)]
        for text in ("一分", "厂", "统景镇", "万州区", "第一分会"):
            found.append(command(registry, "find", text, "--limit", "200", "--format", "json").json)
        return found

    return state


@pytest.mark.parametrize("said", ["", "2020", "2020-02", "2020-11-20"])
def test_a_query_and_an_event_mean_the_same_last_day_of_a_date(said: str, registry: Registry) -> None:
    row = f"(SELECT '{said}' AS decision_date) w, (SELECT 2021 AS year_to) r"
    assert scalar(registry, f"SELECT {CONFERRED_BY} FROM {row}") == last_possible(said or "2021")
