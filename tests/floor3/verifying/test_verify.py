"""`verify` finds any change and says what and where; an untouched registry raises no false alarm."""

import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from conftest import ENGINES
from facts import put_batch
from homeregistry import models
from homeregistry.database import reading
from homeregistry.ledger import Deed, head, write
from homeregistry.queries.name_index import catch_up
from homeregistry.tally import rebuild_tally
from homeregistry.verifying import Report, verify
from homeregistry.verifying.findings import FINDINGS
from homeregistry.verifying.invariants import LINKS, UNIQUE
from homeregistry.witness import Claim, recall, remember
from registries import Answer, Registry, rows, scalar
from small_lists import HOMES, import_rows

Command = Callable[..., Answer]


def check(registry: Registry, *claims: Claim) -> Report:
    with reading(registry.engine) as connection:
        return verify(connection, claims)


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def tamper(registry: Registry, *statements: str) -> None:
    """Change rows behind the registry's back, links and checks notwithstanding."""
    with registry.engine.connect() as connection:
        if registry.location.path is not None:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute("PRAGMA ignore_check_constraints = ON")
        with connection.begin():
            if registry.location.path is None:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement)


@pytest.fixture
def filled(registry: Registry) -> Registry:
    """Two batches and a third that was taken back, on each engine."""
    return fill(registry)


def fill(registry: Registry) -> Registry:
    put_batch(registry.engine, 3, held=1)
    put_batch(registry.engine, 2, year=2022)
    put_batch(registry.engine, 2, year=2024)
    with write(registry.engine, Deed("batch undo", "tester")) as ledger:
        ledger.close_batch("recognition", 3)
        ledger.close("import_batch", [3])
    return registry


def test_an_untouched_registry_raises_no_alarm(filled: Registry) -> None:
    report = check(filled)
    assert report.ok, report.findings
    assert report.revision == 4
    assert report.checked["recognition"] == 7
    with reading(filled.engine) as connection:
        assert (report.revision, report.head) == head(connection)


def test_a_fresh_registry_raises_no_alarm(registry: Registry) -> None:
    assert check(registry).ok


TAMPERED = {
    "a changed name": (["UPDATE recognition SET name_printed = '别处' WHERE id = 2"], {"rows_changed"}),
    "a changed link": (["UPDATE recognition SET recipient_id = 1 WHERE id = 2"], {"rows_changed", "doubled"}),
    "a changed year": (
        ["UPDATE recognition SET year_from = 2019 WHERE id = 1"],
        {"rows_changed", "round_differs", "tally_differs"},
    ),
    "a round moved under its recognitions": (
        ["UPDATE award_round SET tier = 'provincial' WHERE id = 1"],
        {"rows_changed", "round_differs"},
    ),
    "a removed row": (
        ["DELETE FROM recognition WHERE id = 3"],
        {"rows_missing", "recognitions_differ", "tally_differs"},
    ),
    "a removed problem row": (["DELETE FROM held_row WHERE id = 1"], {"rows_missing", "waiting_differ"}),
    "a row put in": (
        ["INSERT INTO closed_year VALUES (9, 2020, 'me', NULL, 'now', 2, NULL)"],
        {"rows_added"},
    ),
    "a row put in beyond the chain": (
        ["INSERT INTO closed_year VALUES (9, 2020, 'me', NULL, 'now', 9, NULL)"],
        {"rows_beyond_chain"},
    ),
    "a row brought back to life": (
        ["UPDATE recognition SET revision_to = NULL WHERE id = 6"],
        {"closings_changed", "tally_differs"},
    ),
    "a row put to death": (
        ["UPDATE recognition SET revision_to = 4 WHERE id = 1"],
        {"closings_changed", "tally_differs"},
    ),
    "a row closed by a revision to come": (
        ["UPDATE recognition SET revision_to = 9 WHERE id = 1"],
        {"closings_beyond_chain", "tally_differs"},
    ),
    "an entry rewritten": (["UPDATE audit_entry SET actor = 'another' WHERE id = 2"], {"entry_changed"}),
    "an entry taken out": (
        ["DELETE FROM audit_entry WHERE id = 2"],
        {"entry_missing", "chain_broken", "rows_beyond_chain"},
    ),
    "the last entry taken out": (["DELETE FROM audit_entry WHERE id = 4"], {"closings_beyond_chain"}),
    "a recipient gone": (
        ["DELETE FROM recipient WHERE id = 1"],
        {"rows_missing", "orphan"},
    ),
    "a district that is none": (
        ["UPDATE recognition SET region_id = 1 WHERE id = 1"],
        {"rows_changed", "orphan", "tally_differs"},
    ),
    "a source row elsewhere": (
        ["UPDATE recognition SET row_no = 77 WHERE id = 1"],
        {"rows_changed", "no_source"},
    ),
    "a moved district": (
        ["UPDATE region SET name = '江南区' WHERE code = '500105'"],
        {"reference_differs"},
    ),
    "a number of the tally raised": (
        ["UPDATE recognition_tally SET years = replace(years, '2022:', '2022:1')"],
        {"tally_differs"},
    ),
    "a total of the tally raised": (
        ["UPDATE recognition_tally SET number = number + 1 WHERE replace(years, '2022', '') <> years"],
        {"tally_differs"},
    ),
    "a line of the tally that is none": (
        ["UPDATE recognition_tally SET years = '2022:many' WHERE replace(years, '2022', '') <> years"],
        {"tally_differs"},
    ),
    "a line of the tally taken away": (
        ["DELETE FROM recognition_tally WHERE replace(years, '2022', '') <> years"],
        {"tally_differs"},
    ),
    "a line put into the tally": (
        ["INSERT INTO recognition_tally VALUES ('model_home', 'provincial', '', 0, 5, '1999:5')"],
        {"tally_differs"},
    ),
    "a body renamed": (["UPDATE union_body SET name = '新工会' WHERE id = 1"], {"reference_differs"}),
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("what", TAMPERED)
def test_it_finds(what: str, engine: str, new_registry: Callable[[str], Registry]) -> None:
    filled = fill(new_registry(engine))
    statements, expected = TAMPERED[what]
    if what == "a changed link":
        tamper(filled, "DROP INDEX uq_recognition_recipient_round_live")
    tamper(filled, *statements)
    report = check(filled)
    assert codes(report) == expected
    if expected == {"tally_differs"}:
        with filled.engine.begin() as connection:
            rebuild_tally(connection)
        assert check(filled).ok


def test_it_finds_a_changed_outcome_in_the_source_rows(filled: Registry) -> None:
    content = scalar(filled, "SELECT content FROM source_block WHERE id = 1")
    cells = json.loads(zlib.decompress(content))
    cells[2][1] = "refused"
    changed = zlib.compress(json.dumps(cells).encode())
    with filled.engine.begin() as connection:
        connection.execute(sa.text("UPDATE source_block SET content = :c WHERE id = 1"), {"c": changed})
    report = check(filled)
    assert codes(report) == {"rows_changed", "outcomes_differ"}
    assert "batch 1 (名单.xlsx)" in {finding.where for finding in report.findings}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not compressed", "document_damaged"),
        (zlib.compress(b"another file"), "document_differs"),
        (zlib.compress(b"a file that ends too early" * 9)[:-9], "document_damaged"),
        (b"", "document_damaged"),
    ],
)
def test_it_finds_a_stored_file_that_is_not_the_one_that_came_in(
    content: bytes, code: str, filled: Registry
) -> None:
    with filled.engine.begin() as connection:
        connection.execute(sa.text("UPDATE source_content SET content = :c WHERE id = 1"), {"c": content})
    assert codes(check(filled)) == {"rows_changed", code}


@pytest.mark.parametrize("kept", ["gram", "part_id"])
def test_it_finds_a_name_taken_out_of_the_index(filled: Registry, kept: str) -> None:
    catch_up(filled.engine, everything=True)
    assert check(filled).ok
    tamper(filled, f"DELETE FROM name_gram WHERE {kept} = (SELECT min({kept}) FROM name_gram)")
    assert codes(check(filled)) == {"name_index_differs"}


def test_it_says_in_which_revision_and_table_and_by_whose_deed(filled: Registry) -> None:
    tamper(filled, "UPDATE recipient SET name = '改名' WHERE id = 4")
    (finding,) = check(filled).findings
    assert finding.where.startswith("revision 2 (import, ")
    assert finding.params["table"] == "recipient"


def test_a_tail_cut_whole_shows_against_the_exports_that_left(filled: Registry) -> None:
    with reading(filled.engine) as connection:
        revision, mark = head(connection)
    log = (
        "INSERT INTO export_log VALUES "
        f"(1, 'now', 'me', 'tally', '{{}}', {revision}, '{mark}', 'x', 'tally-2024.xlsx')"
    )
    tamper(filled, log)
    assert check(filled).ok
    tamper(
        filled,
        "UPDATE recognition SET revision_to = NULL WHERE revision_to = 4",
        "UPDATE import_batch SET revision_to = NULL WHERE revision_to = 4",
        "DELETE FROM audit_entry WHERE id = 4",
    )
    with filled.engine.begin() as connection:
        rebuild_tally(connection)  # A forger who knows the program would do that too.
    (finding,) = check(filled).findings
    assert finding.code == "head_missing"
    assert "tally-2024.xlsx" in str(finding.params["source"])
    put_batch(filled.engine, 1, year=2023)  # grown again: a chain forked from what left, whole in itself
    (finding,) = check(filled).findings
    assert finding.code == "head_missing"


def test_a_head_that_somebody_holds_must_be_in_the_chain(filled: Registry) -> None:
    with reading(filled.engine) as connection:
        revision, mark = head(connection)
    put_batch(filled.engine, 1, year=2025)
    assert check(filled, Claim("--head", None, mark), Claim("tally", revision, mark)).ok
    assert codes(check(filled, Claim("--head", None, "f" * 64))) == {"head_unknown"}
    assert codes(check(filled, Claim("tally", revision + 1, mark))) == {"head_missing"}


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv", "r.jsonl", "t.xlsx.manifest.json", "r.zip"])
def test_an_export_its_manifest_and_a_backup_each_hold_a_head(
    name: str, new_registry: Callable[[str], Registry], command: Command, tmp_path: Path
) -> None:
    mine, other = fill(new_registry("sqlite")), new_registry("sqlite")
    assert command(mine, "export", "tally", "--with-findings", tmp_path / "t.xlsx").code in (0, 3)
    assert command(mine, "export", "tally", "--with-findings", tmp_path / "t.csv").code in (0, 3)
    assert command(mine, "export", "records", "--with-findings", tmp_path / "r.jsonl").code in (0, 3)
    assert command(mine, "backup", "--quick", tmp_path / "r.zip").code == 0
    assert command(mine, "verify", "--against", tmp_path / name).code == 0
    put_batch(other.engine, 1)
    answer = command(other, "verify", "--against", tmp_path / name, "--format", "json")
    assert [one["code"] for one in answer.json["findings"]] == ["head_missing"]


@pytest.mark.parametrize("head", ["05f5", "xyz", "g" * 64, ""])
def test_trap_a_head_typed_wrongly_accuses_nobody(
    head: str, sqlite_registry: Registry, command: Command
) -> None:
    answer = command(sqlite_registry, "verify", "--head", head, "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "bad_head")


def test_an_older_copy_put_in_place_shows_against_the_witness(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    path = sqlite_registry.location.path
    assert path is not None
    put_batch(sqlite_registry.engine, 1)
    shutil.copyfile(path, tmp_path / "older.sqlite3")
    put_batch(sqlite_registry.engine, 1, year=2021)
    with reading(sqlite_registry.engine) as connection:
        remember(sqlite_registry.location, *head(connection))
    assert command(sqlite_registry, "verify").code == 0
    shutil.copyfile(tmp_path / "older.sqlite3", path)
    answer = command(sqlite_registry, "verify", "--format", "json")
    assert answer.code == 3
    assert [finding["code"] for finding in answer.json["findings"]] == ["head_missing"]


def test_a_registry_begun_anew_has_no_witness_against_it(sqlite_registry: Registry, command: Command) -> None:
    path = sqlite_registry.location.path
    assert path is not None
    remember(sqlite_registry.location, 7, "f" * 64)
    path.unlink()
    assert command(sqlite_registry, "init").code == 0
    assert recall(sqlite_registry.location) is None
    assert command(sqlite_registry, "verify").code == 0


def test_a_damaged_page_is_found(sqlite_registry: Registry, command: Command) -> None:
    path = sqlite_registry.location.path
    assert path is not None
    put_batch(sqlite_registry.engine, 300)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    for page in range(120, len(data) // 4096, 3):
        data[page * 4096 + 20 : page * 4096 + 200] = b"\xa5" * 180
    path.write_bytes(data)
    answer = command(sqlite_registry, "verify", "--format", "json")
    assert answer.code in (1, 3)
    found = answer.json
    code = found["error"]["code"] if answer.code == 1 else found["findings"][0]["code"]
    assert code == "database_damaged"


def test_the_command_prints_one_line_for_each_finding(filled: Registry, command: Command) -> None:
    answer = command(filled, "verify")
    assert answer.code == 0
    assert answer.out.startswith("Nothing was altered. Audit entries checked: 4,")
    tamper(filled, "UPDATE recipient SET name = '改名' WHERE id = 4")
    answer = command(filled, "verify")
    assert answer.code == 3
    assert answer.out.splitlines()[0].endswith("Rows of recipient are not what was written.")


def test_the_json_is_of_the_contract(filled: Registry, command: Command) -> None:
    found = command(filled, "verify", "--format", "json").json
    assert set(found) == {"ok", "findings", "revision", "head", "checked"}
    assert found["ok"] is True


@pytest.mark.parametrize(
    ("text", "code"),
    [('{"revision": 4}', "not_a_manifest"), ("\x00\x01", "not_a_manifest"), (None, "no_such_file")],
)
def test_a_file_that_is_no_manifest_is_refused(
    text: str | None, code: str, sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "tally.json"
    if text is not None:
        path.write_text(text)
    answer = command(sqlite_registry, "verify", "--against", path, "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (1, code)


def test_every_foreign_key_of_the_models_is_checked() -> None:
    keys = {
        (table.name, key.parent.name, key.column.table.name, key.column.name)
        for table in models.metadata.tables.values()
        for key in table.foreign_keys
        if table.name != "name_gram"  # made anew from the names and compared whole
    }
    assert keys <= set(LINKS)


def test_every_unique_key_of_the_models_is_checked() -> None:
    keys = {
        (table.name, ", ".join(column.name for column in constraint.columns))
        for table in models.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    }
    keys |= {
        (table.name, ", ".join(column.name for column in index.columns))
        for table in models.metadata.tables.values()
        for index in table.indexes
        if index.unique
    }
    assert keys <= {(table, columns) for table, columns, _live in UNIQUE}


def test_every_kind_of_finding_is_shown_by_a_test_or_named_here() -> None:
    shown = set().union(*(expected for _statements, expected in TAMPERED.values()))
    elsewhere = {
        "database_damaged", "head_missing", "head_unknown", "outcomes_differ", "document_damaged",
        "document_differs", "block_damaged", "block_differs", "outcomes_do_not_add_up",
        "name_index_differs", "left_behind",
    }  # fmt: skip
    assert set(FINDINGS) == shown | elsewhere


def test_the_rows_beside_each_other_are_read_in_plain_order(registry: Registry) -> None:
    """Chunks of the reading end anywhere: a batch larger than one chunk gives the same digest."""
    put_batch(registry.engine, 4100)
    put_batch(registry.engine, 3, year=2021)
    assert check(registry).ok
    assert len(rows(registry, "SELECT id FROM recognition")) == 4103


@pytest.mark.parametrize(
    ("table", "number", "behind"),
    [
        ("recognition", 1, {"recognition_source 1", "recognition_event 1"}),
        ("recognition", 3, {"review_decision 1"}),
        ("recipient", 2, {"recognition 2", "recipient_event 2"}),
        ("recipient", 3, {"recognition 3", "recipient_event 2", "recipient_event 3", "recipient_name 1"}),
        ("import_batch", 2, {"recognition_source 1"}),
        ("import_batch", 3, {"held_row 1"}),
        ("import_batch", 4, {"declared_figure 1"}),
    ],
)
def test_it_finds_what_is_left_behind_by_a_row_that_was_closed(
    table: str, number: int, behind: set[str], registry: Registry, command: Command, tmp_path: Path
) -> None:
    """The trap: a title was closed in a write of the registry's own, its chain whole, and what a further
    list said of it was nowhere: nothing was altered, said `verify`."""
    homes = [*HOMES[:2], ("石船机械厂工会", "渝北区", "2020", "模范职工之家")]
    unknown = ("某某工会", "没有区", "2020", "模范职工之家")
    import_rows(command, registry, tmp_path / "a.csv", homes[:2])
    import_rows(command, registry, tmp_path / "b.csv", homes[:1])
    import_rows(command, registry, tmp_path / "c.csv", [homes[2], unknown], "--partial")
    report = tmp_path / "r.txt"
    report.write_text("2020年，全市评选模范职工之家28个。", encoding="utf-8")
    command(registry, "report", "import", report, "--issuer", "重庆市总工会")
    assert command(registry, "review", "resolve", "3", "--place", "两江新区").code == 0
    when = ("--date", "2021-05-01", "--basis", "渝工发〔2021〕15号")
    command(registry, "event", "revoke", "1", *when)
    command(registry, "event", "merge", "2", "--into", "3", *when)
    command(registry, "event", "rename", "3", "石船机器厂工会", *when)
    assert check(registry).ok
    with write(registry.engine, Deed("a forgetful write", "tester")) as ledger:
        ledger.close(table, [number])
    found = check(registry)
    assert codes(found) == {"left_behind"}
    assert {finding.where for finding in found.findings} == behind
