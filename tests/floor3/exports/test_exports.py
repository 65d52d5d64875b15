"""Exports: typed, complete, the same bytes everywhere, checked before they leave, verifiable afterwards."""

import csv
import hashlib
import json
import os
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from homeregistry.exports.pages import PageDigest
from listbooks import filled, unit, write_list
from registries import Answer, Registry, scalar

Command = Callable[..., Answer]


def tally(registry: Registry, command: Command, out: Path, *more: str) -> Path:
    answer = command(registry, "export", "tally", out, *more)
    assert answer.code == 0, answer.err
    return out


def sheet_rows(path: Path, name: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def manifest(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(f"{path}.manifest.json").read_text(encoding="utf-8"))
    return found


def test_the_tally_agrees_with_its_edges_and_with_count(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(registry, command, tmp_path)
    out = tally(registry, command, tmp_path / "t.xlsx", "--by", "county")
    rows = [row for row in sheet_rows(out, "Tally") if row[0] and str(row[0]).isdigit()]
    total = next(row for row in sheet_rows(out, "Tally") if row[1] == "Total")
    assert all(sum(row[2:-1]) == row[-1] for row in [*rows, total])
    assert [sum(column) for column in zip(*(row[2:] for row in rows), strict=True)] == total[2:]
    counted = command(registry, "count", "--by", "county", "--format", "json").json
    assert {(row[0], row[1], row[-1]) for row in rows} == {tuple(row) for row in counted["rows"]}
    assert total[-1] == counted["total"] == 4


def test_numbers_are_numbers_and_codes_are_text(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx", "--by", "county")
    row = next(row for row in sheet_rows(out, "Tally") if row[0] == "500101")
    assert row[-1] == 2
    record = next(row for row in sheet_rows(out, "Records") if row[0] == 1)
    assert isinstance(record[1], str)
    assert isinstance(record[-1], int)


def test_text_that_begins_like_a_formula_stays_text(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx")
    cells = [cell for row in openpyxl.load_workbook(out)["Records"].iter_rows() for cell in row]
    named = {cell.value: cell.data_type for cell in cells if str(cell.value)[:1] in ("=", "+", "@", "-")}
    names = ("=SUM(A1)电力公司工会", "+甲机械厂工会", "@乙学校工会", "-丙医院工会")
    assert named == dict.fromkeys(names, "s")


def test_the_same_revision_gives_the_same_bytes_in_another_folder_zone_and_minute(
    sqlite_registry: Registry, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(sqlite_registry, command, tmp_path)
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir(), second.mkdir()
    for name in ("t.xlsx", "t.csv"):
        tally(sqlite_registry, command, first / name, "--year", "2020")
    tally(sqlite_registry, command, tmp_path / "between.xlsx")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setattr("homeregistry.exports.log.utc_now", lambda: "2031-01-01T00:00:00Z")
    time.tzset()
    try:
        for name in ("t.xlsx", "t.csv"):
            tally(sqlite_registry, command, second / name, "--year", "2020")
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    for name in ("t.xlsx", "t.csv", "t.xlsx.manifest.json", "t.csv.manifest.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_an_older_revision_gives_the_bytes_it_gave_then(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    then = tally(sqlite_registry, command, tmp_path / "then.xlsx")
    more = write_list(tmp_path / "more.xlsx", [unit(1, "丁航运公司工会")])
    assert command(sqlite_registry, "import", "--yes", more).code == 0
    again = tally(sqlite_registry, command, tmp_path / "again.xlsx", "--as-of-revision", "1")
    assert again.read_bytes() == then.read_bytes()


def test_both_engines_give_the_same_pages(
    new_registry: Callable[[str], Registry], command: Command, tmp_path: Path
) -> None:
    pages = []
    for engine in ("sqlite", "postgresql"):
        registry = new_registry(engine)
        filled(registry, command, tmp_path)
        out = tally(registry, command, tmp_path / f"{engine}.xlsx")
        pages.append([page for page in manifest(out)["pages"] if page["name"] != "Cover"])
    assert pages[0] == pages[1]


def test_a_workbook_is_packed_without_compression_clock_or_system(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx")
    for part in zipfile.ZipFile(out).infolist():
        assert (part.compress_type, part.date_time, part.create_system) == (0, (1980, 1, 1, 0, 0, 0), 0)


def test_the_csv_has_the_content_of_the_workbook(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    book = manifest(tally(sqlite_registry, command, tmp_path / "t.xlsx"))
    text = manifest(tally(sqlite_registry, command, tmp_path / "t.csv"))
    assert book["pages"] == text["pages"]


def test_the_digest_is_what_the_manual_says(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    """Anybody can make it with a JSON library and SHA-256."""
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx")
    stated = manifest(out)
    for page in stated["pages"]:
        digest = hashlib.sha256()
        for row in sheet_rows(out, page["name"]):
            while row and row[-1] is None:
                row.pop()
            digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        assert digest.hexdigest() == page["sha256"], page["name"]
    own = {name: value for name, value in stated.items() if name != "content_sha256"}
    text = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == stated["content_sha256"]


def test_blank_ends_do_not_change_a_digest() -> None:
    one, two = PageDigest(), PageDigest()
    for row in (["a", None, 1], [], ["b"]):
        one.add(row)
    for row in (["a", "", 1, None], [None, None], ["b"], [], [""]):
        two.add(row)
    assert one.hexdigest() == two.hexdigest()


def test_records_leave_in_three_formats_with_their_number(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    listed = command(sqlite_registry, "list", "--format", "json").json["recognitions"]
    for form in ("xlsx", "csv", "jsonl"):
        answer = command(sqlite_registry, "export", "records", tmp_path / f"r.{form}", "--format", form)
        assert answer.code == 0, answer.err
        assert command(sqlite_registry, "verify-export", tmp_path / f"r.{form}").code == 0
    lines = (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines[:-1]] == listed
    assert json.loads(lines[-1])["manifest"]["pages"][0]["records"] == 4
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert [row["name"] for row in table[:4]] == [one["name"] for one in listed]
    assert table[4]["id"] == "#manifest"


def altered(path: Path, sheet: str, old: object, new: object) -> None:
    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book[sheet].iter_rows() for cell in row if cell.value == old)
    cell.value = new
    book.save(path)


def test_a_file_saved_again_unchanged_still_verifies(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx")
    whole = command(sqlite_registry, "verify-export", out, "--format", "json").json
    assert (whole["same_bytes"], whole["notes"]) == (True, [])
    openpyxl.load_workbook(out).save(out)
    answer = command(sqlite_registry, "verify-export", out, "--format", "json")
    assert (answer.code, answer.json["same_bytes"]) == (0, False)


def test_trap_a_number_that_only_looks_different_is_not_passed_over_in_silence(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    """A number format can print 9 where 2 stands: no cell was altered, yet it is not the file that left."""
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx", "--by", "county")
    book = openpyxl.load_workbook(out)
    next(cell for row in book["Tally"].iter_rows() for cell in row if cell.value == 2).number_format = '"9"'
    book.save(out)
    found = command(sqlite_registry, "verify-export", out, "--format", "json").json
    assert [one["code"] for one in found["notes"]] == ["saved_again"]


def test_findings_asked_for_where_there_are_none_change_no_byte(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    one = tally(sqlite_registry, command, tmp_path / "a.xlsx")
    assert (
        one.read_bytes()
        == tally(sqlite_registry, command, tmp_path / "b.xlsx", "--with-findings").read_bytes()
    )


@pytest.mark.parametrize(
    ("sheet", "old", "new"),
    [
        ("Tally", 2, 3),
        ("Records", "@乙学校工会", "@乙学校"),
        ("Cover", "all years", "2020"),
        ("Tally", 2, "=1+1"),
    ],
)
def test_an_altered_cell_is_named(
    sqlite_registry: Registry, command: Command, tmp_path: Path, sheet: str, old: object, new: object
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx", "--by", "county")
    altered(out, sheet, old, new)
    alone = command(None, "verify-export", "--alone", out, "--format", "json")
    assert alone.code == 3
    assert [one["page"] for one in alone.json["findings"]] == [sheet]
    full = command(sqlite_registry, "verify-export", out, "--format", "json")
    assert full.code == 3
    cells = [one for one in full.json["findings"] if one["code"] == "cell_altered"]
    assert [(one["page"], one["found"], one["expected"]) for one in cells] == [(sheet, new, old)]


def test_a_forged_manifest_does_not_stand_before_the_registry(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    """Cells and every digest in the file changed together: the registry still knows better."""
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.csv")
    text = out.read_bytes().replace("@乙学校工会".encode(), "@丁学校工会".encode())
    out.write_bytes(text)
    from homeregistry.exports import manifest as m
    from homeregistry.exports.reading import read_export

    read = read_export(out)
    assert read.stated is not None
    stated = read.stated.manifest
    pages = tuple(
        m.PageSum(old.name, old.lines, old.records, new.sha256)
        for old, new in zip(stated.pages, read.pages, strict=True)
    )
    forged = m.Manifest(
        stated.what,
        stated.format,
        stated.options,
        stated.revision,
        stated.audit_head,
        stated.reference,
        pages,
    )
    before, mark, _rest = text.decode("utf-8-sig").partition('"#manifest"\r\n')
    with out.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write(before + mark)
        csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC).writerows(forged.lines())
    Path(f"{out}.manifest.json").write_text(json.dumps(forged.to_json()), encoding="utf-8")
    assert command(None, "verify-export", "--alone", out).code == 0
    answer = command(sqlite_registry, "verify-export", out, "--format", "json")
    assert answer.code == 3
    assert {one["found"] for one in answer.json["findings"]} == {"@丁学校工会"}


def test_what_happened_since_is_named_and_is_no_finding(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(registry, command, tmp_path)
    out = tally(registry, command, tmp_path / "t.xlsx")
    revoked = command(
        registry, "event", "revoke", "--document-no", "渝工发〔2020〕2号", "--date", "2024-07-01",
        "--basis", "渝工发〔2024〕9号",
    )  # fmt: skip
    assert revoked.code == 0, revoked.err
    more = write_list(tmp_path / "more.xlsx", [unit(1, "丁航运公司工会")])
    assert command(registry, "import", "--yes", more).code == 0
    answer = command(registry, "verify-export", out, "--format", "json")
    assert answer.code == 0, answer.out
    assert answer.json["since"]["added"] == ["丁航运公司工会"]
    assert answer.json["since"]["revoked"] == ["-丙医院工会"]


def test_an_export_of_another_registry_is_found_out(
    new_registry: Callable[[str], Registry], command: Command, tmp_path: Path
) -> None:
    mine, other = new_registry("sqlite"), new_registry("sqlite")
    filled(mine, command, tmp_path)
    out = tally(mine, command, tmp_path / "t.xlsx")
    answer = command(other, "verify-export", out, "--format", "json")
    assert [one["code"] for one in answer.json["findings"]] == ["revision_unknown"]


def test_nothing_leaves_while_a_check_fails_unless_the_cover_says_so(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    with sqlite3.connect(sqlite_registry.db) as connection:
        connection.execute("UPDATE recognition SET name_printed = 'someone else' WHERE id = 2")
    out = tmp_path / "t.xlsx"
    refused = command(sqlite_registry, "export", "tally", out)
    assert refused.code == 1
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(("t.", ".t"))) == []
    assert command(sqlite_registry, "export", "tally", out, "--with-findings").code == 3
    assert any("CHECKS FAILED" in str(row[0]) for row in sheet_rows(out, "Cover"))


def test_an_export_is_listed_outside_the_chain(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    before = scalar(sqlite_registry, "SELECT count(*) FROM audit_entry")
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx")
    assert scalar(sqlite_registry, "SELECT count(*) FROM audit_entry") == before
    assert scalar(sqlite_registry, "SELECT content_sha256 FROM export_log") == manifest(out)["content_sha256"]
    assert command(sqlite_registry, "verify").code == 0


def test_changes_of_a_closed_year_stand_in_the_next_tally(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    assert command(sqlite_registry, "year", "close", "2020", "--by", "王五").code == 0
    more = write_list(tmp_path / "more.xlsx", [unit(1, "丁航运公司工会")])
    assert command(sqlite_registry, "import", "--yes", "--reason", "补录", more).code == 0
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx", "--year", "2020")
    rows = [row for row in sheet_rows(out, "Closed years") if row[0] == 2020]
    assert [(row[1], row[9], row[10]) for row in rows] == [("王五", "补录", 1)]


def test_a_sheet_that_would_be_too_long_is_refused_not_cut(
    sqlite_registry: Registry, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(sqlite_registry, command, tmp_path)
    monkeypatch.setattr("homeregistry.exports.workbook.SHEET_ROWS", 5)
    answer = command(sqlite_registry, "export", "records", tmp_path / "r.xlsx")
    assert answer.code == 1
    assert ".csv" in answer.err
    assert not list(tmp_path.glob("r.*"))


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
@pytest.mark.parametrize("step", ["shutil.copyfileobj", "pathlib.Path.write_text", "os.fsync"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    step: str, name: str, sqlite_registry: Registry, command: Command, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Whether the pages find no room, the manifest, or what the system had put off writing."""
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / name)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, full)
    answer = command(sqlite_registry, "export", "tally", out, "--year", "2020")
    assert scalar(sqlite_registry, "SELECT count(*) FROM export_log") == 1
    assert (answer.code, "no room" in answer.err) == (1, True), answer.err
    monkeypatch.undo()
    exports = (".xlsx", ".csv", ".json")
    after = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    for path in before.keys() | after.keys():
        if path.suffix in exports:
            assert after.get(path) == before.get(path), path


def test_another_file_is_never_written_over_unasked(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    source = tmp_path / "list.xlsx"
    before = source.read_bytes()
    assert command(sqlite_registry, "export", "tally", source).code == 1
    assert source.read_bytes() == before
    assert command(sqlite_registry, "export", "tally", source, "--force").code == 0
    assert command(sqlite_registry, "export", "tally", source).code == 0


def test_holders_do_not_depend_on_the_day(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx", "--measure", "holders")
    assert manifest(out)["options"]["as_of"] == scalar(sqlite_registry, "SELECT at FROM audit_entry")[:10]


def test_an_empty_registry_gives_an_empty_tally(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    out = tally(sqlite_registry, command, tmp_path / "t.xlsx", "--year", "2020")
    assert command(sqlite_registry, "verify-export", out).code == 0
    assert os.path.getsize(out) > 0
