"""Importing lists: outcomes add up, twice is once, a preview is the import, undo restores, samples hold."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places import SAMPLES
from registries import Answer, Registry, rows, scalar
from small_lists import HOMES, import_rows, write_list

Command = Callable[..., Answer]

OUTCOMES = ("recorded", "already_recorded", "held", "refused")
SAID = ("--issuer", "重庆市总工会", "--tier", "provincial", "--format", "json")
BAD_ROW = ("没有地方的工会", "无此区", "2020", "模范职工之家", "")
FACTS = (
    "recipient", "recognition", "award_round", "union_body", "source_block", "import_batch", "problem",
    "held_row", "audit_entry",
)  # fmt: skip


def contents(registry: Registry) -> dict[str, int]:
    """How many rows every table of facts and evidence holds."""
    return {table: scalar(registry, f"SELECT count(*) FROM {table}") for table in FACTS}


def live(registry: Registry) -> list[tuple[Any, ...]]:
    """The live recognitions as a reader sees them."""
    statement = (
        "SELECT r.name_printed, r.kind, r.year_from, r.region_id, p.key, p.type FROM recognition r "
        "JOIN recipient p ON p.id = r.recipient_id WHERE r.revision_to IS NULL "
        "ORDER BY r.sheet, r.row_no, r.kind"
    )
    return [tuple(row) for row in rows(registry, statement)]


def only(answer: Answer) -> dict[str, Any]:
    """The one file of an answer; its outcomes add up to the rows read."""
    (found,) = answer.json["files"]
    assert sum(found["rows"][outcome] for outcome in OUTCOMES) == found["rows"]["read"]
    return dict(found)


def test_a_good_list_is_recorded_with_its_evidence(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    answer = import_rows(command, registry, tmp_path / "a.csv", HOMES)
    found = only(answer)
    assert (answer.code, found["outcome"], found["rows"]["recorded"]) == (0, "committed", len(HOMES))
    assert [row[0] for row in live(registry)] == [row[0] for row in HOMES]
    assert scalar(registry, "SELECT sum(row_count) FROM source_block") == len(HOMES) + 1  # with the header
    assert scalar(registry, "SELECT count(*) FROM award_round") == 2


def test_a_preview_says_what_the_import_does_and_writes_nothing(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    before = contents(registry)
    listed = [*HOMES, HOMES[0], BAD_ROW]
    seen = only(import_rows(command, registry, tmp_path / "a.csv", listed, "--dry-run", "--partial"))
    assert seen["outcome"] == "previewed"
    assert contents(registry) == before
    done = only(import_rows(command, registry, tmp_path / "a.csv", listed, "--partial"))
    assert done["outcome"] == "committed"
    for key in ("rows", "columns", "declared", "problems", "layouts"):
        assert seen[key] == done[key], key


def test_a_preview_on_a_filled_registry_is_the_import_too(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    # More rows than one chunk: what the file brought in early is in the tables by then, but only in
    # the real import. Names of one letter's difference must not find each other there.
    import_rows(command, sqlite_registry, tmp_path / "a.csv", HOMES)
    signs = "云海星宏远瑞达昌盛隆"
    listed = [
        (f"万州区{signs[n % 10]}{signs[n // 10 % 10]}{signs[n // 100 % 10]}{signs[n // 1000]}材料有限公司",
         "万州区", "2020", "模范职工之家", "")
        for n in range(2300)
    ]  # fmt: skip
    seen = only(import_rows(command, sqlite_registry, tmp_path / "b.csv", listed, "--dry-run", "--partial"))
    done = only(import_rows(command, sqlite_registry, tmp_path / "b.csv", listed, "--partial"))
    assert seen["rows"] == done["rows"]


def test_the_same_file_twice_changes_nothing(registry: Registry, command: Command, tmp_path: Path) -> None:
    import_rows(command, registry, tmp_path / "a.csv", HOMES)
    before = contents(registry)
    again = import_rows(command, registry, tmp_path / "a.csv", HOMES)
    assert (again.code, again.json["files"][0]["outcome"]) == (0, "already_imported")
    assert again.json["files"][0]["batch"] == 1
    assert contents(registry) == before


def test_the_same_rows_in_another_file_are_already_recorded(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    import_rows(command, registry, tmp_path / "a.csv", HOMES)
    before = live(registry)
    fresh = ("渝北区实验中学工会", "渝北区", "2020", "模范职工之家", "")
    answer = import_rows(command, registry, tmp_path / "b.csv", [*HOMES, fresh])
    found = only(answer)["rows"]
    assert (found["already_recorded"], found["recorded"]) == (len(HOMES), 1)
    assert [row for row in live(registry) if row[0] != fresh[0]] == before


def test_spellings_of_one_unit_are_one_recipient(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    years = ("2018", "2020", "2022")
    names = ("万州区长江机械有限公司", "万州区长江机械有限公司工会", "万州区长江机械有限公司工会委员会")
    listed = [(name, "万州区", year, "模范职工之家") for name, year in zip(names, years, strict=True)]
    only(import_rows(command, registry, tmp_path / "a.csv", listed))
    assert scalar(registry, "SELECT count(*) FROM recipient") == 1
    assert scalar(registry, "SELECT count(*) FROM recognition") == len(years)


def test_a_duplicate_in_the_file_names_both_addresses(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    answer = import_rows(command, registry, tmp_path / "a.csv", [*HOMES, HOMES[1]], "--partial")
    found = only(answer)
    assert (answer.code, found["rows"]["held"], found["rows"]["recorded"]) == (3, 1, len(HOMES))
    (problem,) = [one for one in found["problems"] if one["code"] == "duplicate_in_file"]
    assert (problem["row"], problem["column"]) == (6, "A")
    assert "A3" in problem["message"]


def test_a_file_with_a_refused_row_writes_nothing(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    before = contents(registry)
    answer = import_rows(command, registry, tmp_path / "a.csv", [*HOMES, BAD_ROW])
    found = only(answer)
    assert (answer.code, found["outcome"], found["batch"]) == (1, "refused", None)
    assert (found["rows"]["recorded"], found["rows"]["refused"]) == (len(HOMES), 1)
    (problem,) = [one for one in found["problems"] if one["severity"] == "error"]
    assert (problem["code"], problem["row"], problem["value"]) == ("unknown_region", 6, "无此区")
    assert contents(registry) == before


def test_partial_records_the_good_rows_and_keeps_the_others(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    answer = import_rows(command, registry, tmp_path / "a.csv", [*HOMES, BAD_ROW], "--partial")
    assert (answer.code, only(answer)["rows"]["recorded"]) == (3, len(HOMES))
    (held,) = rows(registry, "SELECT row_no, outcome, code, payload FROM held_row")
    assert tuple(held)[:3] == (6, "refused", "unknown_region")
    assert json.loads(held[3])["values"]["recipient"] == BAD_ROW[0]


def test_undo_restores_what_was_and_frees_the_file(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    import_rows(command, registry, tmp_path / "a.csv", HOMES[:2])
    before, recipients = live(registry), "SELECT count(*) FROM recipient WHERE revision_to IS NULL"
    known = scalar(registry, recipients)
    done = only(import_rows(command, registry, tmp_path / "b.csv", [*HOMES, BAD_ROW], "--partial"))
    undone = command(registry, "batch", "undo", str(done["batch"]), "--format", "json")
    assert undone.json["reversed"] == done["rows"]["recorded"] == 2
    assert (live(registry), scalar(registry, recipients)) == (before, known)
    assert scalar(registry, "SELECT count(*) FROM held_row WHERE revision_to IS NULL") == 0
    again = only(import_rows(command, registry, tmp_path / "b.csv", [*HOMES, BAD_ROW], "--partial"))
    assert (again["outcome"], again["rows"]) == ("committed", done["rows"])
    assert command(registry, "verify").code == 0


def test_a_row_with_two_titles_brings_its_recipient_in_once(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    header = ("单位名称", "所属区县", "年度", "模范职工之家", "先进职工之家")
    listed = [
        ("万州区长江机械厂工会", "万州区", "2020", "√", "√"),
        ("涪陵区乌江船厂工会", "涪陵区", "2020", "√", ""),
    ]
    write_list(tmp_path / "a.csv", listed, header)
    found = only(command(registry, "import", tmp_path / "a.csv", *SAID))
    assert (found["rows"]["recorded"], found["rows"]["recognitions"]) == (2, 3)
    assert scalar(registry, "SELECT count(*) FROM recipient") == 2


def test_a_round_known_from_another_file_is_found_again(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    import_rows(command, registry, tmp_path / "a.csv", HOMES[:1])
    import_rows(command, registry, tmp_path / "b.csv", HOMES[1:3])
    assert scalar(registry, "SELECT count(*) FROM award_round") == 1
    unstated = ("渝北区实验中学工会", "渝北区", "2020", "模范职工之家")
    import_rows(command, registry, tmp_path / "c.csv", [unstated])
    assert scalar(registry, "SELECT count(*) FROM award_round") == 1, "no number stated: the one known round"


def test_a_body_that_no_table_lists_is_kept_once_as_printed(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    header = ("单位名称", "所属区县", "年度", "荣誉称号", "推荐单位")
    listed = [
        (f"万州区长江{sign}厂工会", "万州区", "2020", "模范职工之家", "某某联合大工会") for sign in "甲乙丙"
    ]
    write_list(tmp_path / "a.csv", listed, header)
    only(command(registry, "import", tmp_path / "a.csv", *SAID))
    assert scalar(registry, "SELECT count(*) FROM union_body WHERE name = '某某联合大工会'") == 1
    assert scalar(registry, "SELECT count(DISTINCT body_id) FROM recognition") == 1


_UNITS = ("万州区甲机械厂工会", "万州区乙机械厂工会", "涪陵区丙医院工会", "")
_ROW = st.tuples(
    st.sampled_from(_UNITS),
    st.sampled_from(("万州区", "涪陵区", "无此区", "")),
    st.sampled_from(("2019", "2020", "二〇二一年", "去年", "")),
    st.sampled_from(("模范职工之家", "先进职工之家", "最美车间", "")),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listed=st.lists(_ROW, min_size=1, max_size=12), again=st.booleans())
def test_outcomes_add_up_for_any_rows(
    listed: Sequence[Sequence[str]], again: bool, new_registry: Callable[[str], Registry], command: Command,
    tmp_path: Path,
) -> None:  # fmt: skip
    registry = new_registry("sqlite")
    path = tmp_path / "any.csv"
    seen = import_rows(command, registry, path, listed, "--dry-run", "--partial").json["files"][0]
    done = import_rows(command, registry, path, listed, "--partial").json["files"][0]
    if "error" in done:
        assert done["error"] == seen["error"]
        return
    assert seen["rows"] == done["rows"]
    assert sum(done["rows"][outcome] for outcome in OUTCOMES) == done["rows"]["read"]
    assert scalar(registry, "SELECT count(*) FROM recognition") == (
        done["rows"]["recognitions"] if done["outcome"] == "committed" else 0
    )
    if again and done["outcome"] == "committed":
        twice = import_rows(command, registry, path, listed, "--partial").json["files"][0]
        assert twice["outcome"] == "already_imported"


_NOT_YET = pytest.mark.xfail(
    reason="counts declared in a sentence (2个集体获…称号) are not yet held against the names of the next"
)


def _samples() -> list[Any]:
    found = []
    for golden in sorted(SAMPLES.glob("*/expected.json")):
        if "rows" in json.loads(golden.read_text(encoding="utf-8")):
            name = golden.parent.name
            found.append(pytest.param(name, marks=_NOT_YET) if name == "zhuzhou-2024-newspaper" else name)
    return found


def _file_of(sample: str) -> Path:
    (path,) = [one for one in (SAMPLES / sample).iterdir() if one.stem == sample]
    return path


def holds(golden: Any, found: Any) -> bool:
    """Whether all that the golden says is so; keys it leaves out are not checked."""
    if isinstance(golden, Mapping):
        return isinstance(found, Mapping) and all(
            holds(value, found.get(key)) for key, value in golden.items()
        )
    if isinstance(golden, list):
        return isinstance(found, list) and len(golden) == len(found) and all(map(holds, golden, found))
    return bool(golden == found)


@pytest.mark.parametrize("sample", _samples())
def test_samples_are_imported_as_their_goldens_say(registry: Registry, command: Command, sample: str) -> None:
    golden = json.loads((SAMPLES / sample / "expected.json").read_text(encoding="utf-8"))
    earlier = golden.get("after", ())
    for name in earlier:
        assert command(registry, "import", "--yes", _file_of(name)).code in (0, 3)
    found = only(command(registry, "import", "--yes", _file_of(sample), "--format", "json"))
    for key in ("rows", "declared", "problems"):
        if key in golden:
            assert holds(golden[key], found[key]), (key, found[key])
    if "entries" in golden and not earlier:
        listed = command(registry, "list", "--limit", "1000", "--format", "json").json["recognitions"]
        unseen = list(listed)
        for entry in golden["entries"]:
            match = next((one for one in unseen if holds(entry, one)), None)
            assert match is not None, entry
            unseen.remove(match)
        assert unseen == []


def test_a_newspaper_is_a_source_of_its_own_or_a_second_one(
    sqlite_registry: Registry, command: Command
) -> None:
    sample = "zhuzhou-2024-newspaper"
    golden = json.loads((SAMPLES / sample / "expected.json").read_text(encoding="utf-8"))
    read = ("import", "--yes", _file_of(sample), "--format", "json")
    alone = only(command(sqlite_registry, *read))
    assert holds(golden["rows_alone"], alone["rows"])
    command(sqlite_registry, "batch", "undo", str(alone["batch"]))
    command(sqlite_registry, "import", "--yes", _file_of("zhuzhou-2024"))
    assert holds(golden["rows"], only(command(sqlite_registry, *read))["rows"])


def test_a_namesake_with_another_code_is_held_against_names_like_it(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    header = ("单位名称", "所属区县", "年度", "荣誉称号", "统一社会信用代码")

    def imported(number: int, *listed: Sequence[str]) -> dict[str, Any]:
        path = write_list(tmp_path / f"{number}.csv", listed, header)
        return only(command(sqlite_registry, "import", path, "--partial", *SAID))

    coded, like = "万州区云海材料科技有限公司", "万州区云星材料科技有限公司"
    told = ("万州区", "2020", "模范职工之家")
    assert imported(1, (coded, *told, "8150010100000001XL"), (like, *told, ""))["rows"]["recorded"] == 2
    (problem,) = imported(2, (coded, *told, "8150010100000002XM"))["problems"]
    assert (problem["code"], like in problem["message"]) == ("possible_duplicate", True)
