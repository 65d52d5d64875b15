"""Reconciling: declared against recorded and declared, every finding with both of its sources."""

import shlex
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facts import put_batch
from homeregistry.comparing.with_records import VERDICTS
from homeregistry.database import reading
from homeregistry.ledger import head
from homeregistry.queries import CountRequest, Filters
from homeregistry.reconciling import reconcile
from homeregistry.reconciling.commands import list_command
from places import SAMPLES
from registries import Answer, Registry, scalar

Command = Callable[..., Answer]
LISTS = ("national-list", "wanzhou-2020", "zhanjiang-2010", "postal-2024")
REPORT = SAMPLES / "report-figures" / "report.txt"


@pytest.fixture
def reported(command: Command, tmp_path: Path) -> Callable[[Registry, str], list[dict[str, Any]]]:
    """Imports a sentence as a report of its own; returns its figures."""
    numbers = iter(range(1, 100))

    def put(registry: Registry, text: str) -> list[dict[str, Any]]:
        path = tmp_path / f"report{next(numbers)}.txt"
        path.write_text(text, encoding="utf-8")
        answer = command(registry, "report", "import", path, "--format", "json")
        assert answer.code in (0, 3), answer.out + answer.err
        figures: list[dict[str, Any]] = answer.json["files"][0]["figures"]
        return figures

    return put


@pytest.fixture
def samples(sqlite_registry: Registry, command: Command) -> Registry:
    """A registry with real lists and the published figures."""
    for name in LISTS:
        answer = command(
            sqlite_registry, "import", "--yes", SAMPLES / name / f"{name}.xlsx", "--format", "json"
        )
        assert answer.code in (0, 3), answer.out + answer.err
    assert command(sqlite_registry, "report", "import", REPORT).code == 0
    return sqlite_registry


def findings(command: Command, registry: Registry, *filters: str) -> list[dict[str, Any]]:
    answer = command(registry, "reconcile", "--format", "json", *filters)
    assert answer.code == 0, answer.out + answer.err
    found: list[dict[str, Any]] = answer.json["findings"]
    return found


def verdicts(found: list[dict[str, Any]], comparison: str = "declared_recorded") -> list[tuple[str, str]]:
    return [(one["verdict"], one["declared"]["stated"]) for one in found if one["comparison"] == comparison]


def test_declared_against_recorded(
    registry: Registry, command: Command, reported: Callable[..., list[dict[str, Any]]]
) -> None:
    put_batch(registry.engine, 3, year=2020)
    reported(registry, "2020年,中华全国总工会授予全国模范职工之家999个。")
    (short,) = findings(command, registry)
    assert (short["verdict"], short["recorded"], short["coverage"]) == ("short", 3, "3 of 999")
    reported(registry, "2020年,中华全国总工会授予全国模范职工之家2个。")
    found = findings(command, registry, "--kind", "model_home", "--year", "2020")
    assert ("contradiction", "2个") in verdicts(found)
    assert verdicts(found, "two_sources") == [("contradiction", "999个")]


def test_plans_and_quotas_are_never_held_against_awards(
    registry: Registry, command: Command, reported: Callable[..., list[dict[str, Any]]]
) -> None:
    put_batch(registry.engine, 3, year=2020)
    reported(registry, "2020年,全国总工会将评选全国模范职工之家1000个。")
    found = findings(command, registry)
    assert {one["declared"]["measure"] for one in found} <= {"plan", "quota"}
    assert {one["verdict"] for one in found} == {"not_comparable"}


def test_what_has_accumulated_is_held_against_what_was_conferred_by_then(
    registry: Registry, command: Command, reported: Callable[..., list[dict[str, Any]]]
) -> None:
    put_batch(registry.engine, 3, year=2008, file="a.xlsx")
    put_batch(registry.engine, 4, year=2020, file="b.xlsx")
    reported(registry, "截至2009年11月,全国累计表彰全国模范职工之家5406个。")
    (early,) = findings(command, registry)
    assert (early["recorded"], early["coverage"]) == (3, "3 of 5406")
    reported(registry, "1983年至2023年12月,全国累计表彰全国模范职工之家1.5万多个。")
    found = findings(command, registry)
    late = next(one for one in found if one["declared"]["year_to"] == 2023 and one["recorded"] is not None)
    assert (late["recorded"], late["coverage"]) == (7, "7 of 15000")
    (series,) = [one for one in found if one["comparison"] == "series"]
    assert series["verdict"] == "not_comparable"
    assert (series["declared"]["stated"], series["other"]["stated"]) == ("5406个", "1.5万多个")
    assert series["recorded"] is None, "side by side, never subtracted"


def test_an_acknowledged_finding_stays_and_says_who_and_why(
    registry: Registry, command: Command, reported: Callable[..., list[dict[str, Any]]]
) -> None:
    put_batch(registry.engine, 3, year=2020)
    reported(registry, "2020年,中华全国总工会授予全国模范职工之家2个。")
    (finding,) = findings(command, registry)
    assert finding["acknowledged"] is None
    key = finding["key"]
    assert command(registry, "reconcile", "ack", key).code == 2, "a reason is required"
    assert command(registry, "reconcile", "ack", "nothing", "--reason", "x").code == 1
    assert command(registry, "reconcile", "ack", key, "--reason", "原文如此", "--by", "李").code == 0
    (again,) = findings(command, registry)
    assert again["key"] == key
    assert (again["acknowledged"]["actor"], again["acknowledged"]["reason"]) == ("李", "原文如此")
    assert command(registry, "--as", "王", "reconcile", "ack", key, "--reason", "已核").code in (0, 2)
    assert command(registry, "verify").code == 0
    shown = command(registry, "reconcile")
    assert "原文如此" in shown.out or "已核" in shown.out


def test_an_acknowledgement_does_not_cover_another_verdict(
    registry: Registry, command: Command, reported: Callable[..., list[dict[str, Any]]]
) -> None:
    reported(registry, "2020年,中华全国总工会授予全国模范职工之家2个。")
    (short,) = findings(command, registry)
    assert command(registry, "reconcile", "ack", short["key"], "--reason", "名单未到").code == 0
    put_batch(registry.engine, 3, year=2020)
    (contradiction,) = findings(command, registry)
    assert contradiction["verdict"] == "contradiction"
    assert contradiction["acknowledged"] is None


def test_the_key_outlives_undo_and_importing_again(
    sqlite_registry: Registry, command: Command, reported: Callable[..., list[dict[str, Any]]]
) -> None:
    text = "2020年,中华全国总工会授予全国模范职工之家999个。"
    (first,) = reported(sqlite_registry, text)
    (before,) = findings(command, sqlite_registry)
    command(sqlite_registry, "report", "withdraw", first["figure"], "--reason", "重读")
    assert findings(command, sqlite_registry) == []
    (second,) = reported(sqlite_registry, text + "\n")
    (after,) = findings(command, sqlite_registry)
    assert after["key"] == before["key"]
    assert after["declared"]["figure"] == second["figure"] != first["figure"]


def test_two_sources_of_one_figure_make_one_finding_that_names_both(
    sqlite_registry: Registry, command: Command, reported: Callable[..., list[dict[str, Any]]]
) -> None:
    reported(sqlite_registry, "2020年,中华全国总工会授予全国模范职工之家999个。")
    reported(sqlite_registry, "据悉,全国总工会2020年授予999个单位全国模范职工之家称号。")
    (finding,) = findings(command, sqlite_registry)
    assert [one["type"] for one in finding["sources"]] == ["figure", "figure", "records"]
    assert len({one["file"] for one in finding["sources"] if one["type"] == "figure"}) == 2


def test_an_empty_registry_has_no_findings(registry: Registry, command: Command) -> None:
    assert findings(command, registry) == []
    assert command(registry, "reconcile", "--heat").code == 0


def test_the_samples_give_the_known_findings(samples: Registry, command: Command) -> None:
    found = findings(command, samples)
    assert [VERDICTS.index(one["verdict"]) for one in found] == sorted(
        VERDICTS.index(one["verdict"]) for one in found
    ), "what contradicts comes first"
    fujian = next(
        one for one in found
        if one["declared"].get("region_code") == "350000" and one["declared"]["kind"] == "model_home"
    )  # fmt: skip
    assert (fujian["verdict"], fujian["recorded"], fujian["coverage"]) == ("short", 1, "1 of 35")
    zhanjiang = next(one for one in found if one["comparison"] == "list_heading" and one["recorded"] == 6)
    assert zhanjiang["verdict"] == "contradiction"
    assert (zhanjiang["declared"]["low"], zhanjiang["declared"]["row"]) == (5, 11)
    chongqing = next(one for one in found if one["declared"]["stated"] == "1500余个")
    assert (chongqing["verdict"], chongqing["coverage"]) == ("short", f"{chongqing['recorded']} of 1500")
    series = [one["declared"]["stated"] for one in found if one["comparison"] == "series"]
    assert sorted(series) == ["5406个", "7520个"]


def test_every_recorded_number_opens_into_as_many_records(samples: Registry, command: Command) -> None:
    """The command named beside a number lists exactly the records that were counted."""
    with reading(samples.engine) as connection:
        found = [one.to_json() for one in reconcile(connection, CountRequest())]
    open_into_records(command, samples, found)


def test_trap_a_number_of_an_older_revision_opens_into_the_records_of_that_revision(
    samples: Registry, command: Command
) -> None:
    """Without the revision in it, the command would list what is left today."""
    with reading(samples.engine) as connection:
        revision, _mark = head(connection)
    for batch in range(1, len(LISTS) + 1):
        assert command(samples, "batch", "undo", str(batch)).code in (0, 3)
    with reading(samples.engine) as connection:
        found = [one.to_json() for one in reconcile(connection, CountRequest(Filters(revision=revision)))]
    open_into_records(command, samples, found)
    at = ("--as-of-revision", str(revision), "--format", "json")
    assert command(samples, "count", *at).json["total"] == command(samples, "list", *at).json["total"] > 0
    assert command(samples, "count", "--format", "json").json["total"] == 0


def test_a_revision_that_never_was_is_refused(samples: Registry, command: Command) -> None:
    for name in ("count", "list"):
        answer = command(samples, name, "--as-of-revision", "999", "--format", "json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "unknown_revision")


def test_the_command_behind_a_number_says_every_filter() -> None:
    filters = Filters(body="重庆市总工会", year_basis="decision", year_from=2020, revision=7)
    said = "homeregistry list --year 2020- --year-basis decision --body 重庆市总工会 --as-of-revision 7"
    assert shlex.split(list_command(CountRequest(filters))) == said.split()


def open_into_records(command: Command, samples: Registry, found: list[dict[str, Any]]) -> None:
    """Every number lists as many records by the command beside it."""
    checked = 0
    for finding in found:
        records = [one for one in finding["sources"] if one["type"] == "records"]
        if finding["comparison"] != "declared_recorded":
            continue
        total = 0
        for line in records[0]["commands"]:
            program, *arguments = shlex.split(line)
            assert program == "homeregistry"
            answer = command(samples, *arguments, "--format", "json")
            assert answer.code == 0, answer.out + answer.err
            total += answer.json["total"]
        assert total == finding["recorded"] == records[0]["recorded"]
        checked += total > 0
    assert checked > 5


def test_every_declared_side_opens_into_its_file(samples: Registry, command: Command) -> None:
    text = REPORT.read_text(encoding="utf-8")
    for finding in findings(command, samples):
        for source in finding["sources"]:
            if source["type"] == "figure":
                assert text[source["start"] : source["end"]] == source["quote"]
                assert scalar(samples, f"SELECT id FROM declared_figure WHERE id = {source['figure']}")


def test_a_region_takes_what_lies_below_it_and_not_what_is_wider(samples: Registry, command: Command) -> None:
    found = findings(command, samples, "--region", "福建省")
    figures = [one["declared"] for one in found if one["comparison"] != "list_heading"]
    assert {one["region_code"] for one in figures} == {"350000", "350700"}


def test_national_titles_count_in_provincial_or_above(samples: Registry, command: Command) -> None:
    found = findings(command, samples, "--region", "500000", "--kind", "model_small_home")
    chongqing = next(one for one in found if one["declared"].get("stated") == "900余个")
    tiers = command(
        samples, "count", "--region", "500000", "--kind", "model_small_home", "--as-of", "2023-12-31",
        "--boundaries", "2023-12-31", "--by", "tier", "--format", "json",
    ).json  # fmt: skip
    higher = {row[0]: row[1] for row in tiers["rows"]}
    assert chongqing["recorded"] == higher.get("national", 0) + higher.get("provincial", 0) > 0


def test_count_shows_the_figures_that_bear_and_never_adds_them(samples: Registry, command: Command) -> None:
    answer = command(
        samples, "count", "--region", "福建省", "--kind", "model_home", "--tier", "national",
        "--year", "2018", "--format", "json",
    ).json  # fmt: skip
    assert answer["total"] == 1
    first = answer["declared"][0]
    assert (first["stated"], first["recorded"], first["relation"]) == ("35家", 1, "same")
    assert {one["relation"] for one in answer["declared"][1:]} == {"wider", "within"}
    assert all("model_home" in one["kinds"] for one in answer["declared"])


@pytest.mark.parametrize(
    ("filters", "bear"),
    [
        (["--kind", "model_home", "--tier", "provincial"], {"27家", "186家", "1500余个"}),
        (["--kind", "model_home", "--tier", "county"], set()),
        (["--kind", "model_home", "--system", "邮政"], set()),
        (["--kind", "model_home", "--year", "2024"], {"996个", "27家"}),
        (["--kind", "model_home", "--region", "重庆市", "--boundaries", "2020-01-01"],
         {"997个", "999个", "996个", "5406个", "1.5万多个", "1500余个"}),
        (["--kind", "model_home", "--tier", "prefecture", "--or-above", "--region", "350700"],
         {"27家", "186家", "35家", "997个", "999个", "996个", "5406个", "1.5万多个"}),
    ],
)  # fmt: skip
def test_which_figures_bear_on_a_count(
    samples: Registry, command: Command, filters: list[str], bear: set[str]
) -> None:
    declared = command(samples, "count", *filters, "--format", "json").json["declared"]
    assert {one["stated"] for one in declared} == bear


def test_the_picture_shades_by_percent_and_prints_the_numbers(
    samples: Registry, command: Command, tmp_path: Path
) -> None:
    """One of 35 must not look complete because nothing else is better covered."""
    out = tmp_path / "coverage.svg"
    assert command(samples, "reconcile", "--region", "福建省", "--chart", out).code == 0
    drawn = out.read_text(encoding="utf-8")
    ElementTree.fromstring(drawn)
    assert "1/35" in drawn
    printed = command(samples, "reconcile", "--region", "福建省", "--heat").out
    assert "░ 1/35" in printed
    assert "█" not in printed


def test_reconcile_as_csv_has_one_line_for_each_finding(samples: Registry, command: Command) -> None:
    answer = command(samples, "reconcile", "--format", "csv")
    assert len(answer.out.splitlines()) == len(findings(command, samples)) + 1
