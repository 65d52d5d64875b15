"""Reports into the registry: figures with their exact words, once, and back out with a reason."""

import json
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from homeregistry.errors import RegistryError
from homeregistry.importing.batches import undo_batch
from homeregistry.ledger import Deed, write
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.table import Region
from homeregistry.reporting import issuer_from, withdraw_figures
from homeregistry.reporting.recording import region_row
from places import SAMPLES
from registries import Answer, Registry, scalar

Command = Callable[..., Answer]
SAMPLE = SAMPLES / "report-figures" / "report.txt"
SENTENCE = "2018年,福建省有35家单位获评全国模范职工之家,33人获评全国优秀工会工作者。"


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a report as a text file."""

    def make(text: str = SENTENCE, name: str = "通报.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return make


def counts_workbook(path: Path, total: int = 10) -> Path:
    """A table of counts by district and kind, with a total row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "汇总"
    for line in (
        ["2020年度市级模范职工之家(小家)评选情况统计表"],
        ["区县", "模范职工之家", "模范职工小家"],
        ["万州区", 6, 3],
        ["涪陵区", 4, None],
        ["合计", total, 3],
    ):
        sheet.append(line)
    book.save(path)
    return path


def test_every_figure_is_stored_with_the_exact_span_of_its_words(
    registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    path = text_file()
    answer = command(registry, "report", "import", path, "--format", "json")
    assert answer.code == 0, answer.err
    (result,) = answer.json["files"]
    assert result["outcome"] == "committed"
    assert [one["low"] for one in result["figures"]] == [35, 33]
    for one in result["figures"]:
        assert SENTENCE[one["start"] : one["end"]] == one["quote"]
    assert scalar(registry, "SELECT count(*) FROM recognition") == 0, "no figure becomes a recognition"
    purpose = scalar(registry, f"SELECT purpose FROM import_batch WHERE id = {result['batch']}")
    content = scalar(registry, "SELECT content FROM source_content")
    assert purpose == "report"
    assert zlib.decompress(content) == path.read_bytes()


def test_a_code_alone_is_no_key_to_a_region() -> None:
    """500110 was 万盛区 until 2011 and is 綦江区 since: the row is that of the figure's year."""
    rows_by_id = {row.id: row for row in gazetteer()}

    def name(year: int | None, day: date | None = None) -> str:
        row = region_row("500110", year, day)
        assert row is not None
        return rows_by_id[row].name

    assert (name(2010), name(2015), name(None)) == ("万盛区", "綦江区", "綦江区")
    assert name(None, date(2005, 6, 1)) == "万盛区"
    assert region_row(None, 2015, None) is None
    assert region_row("999999", 2015, None) is None


def test_the_same_report_again_changes_nothing(
    registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    path = text_file()
    first = command(registry, "report", "import", path, "--format", "json").json["files"][0]
    entries = scalar(registry, "SELECT count(*) FROM audit_entry")
    again = command(registry, "report", "import", path, "--format", "json")
    assert again.code == 0
    assert again.json["files"][0]["outcome"] == "already_imported"
    assert again.json["files"][0]["batch"] == first["batch"]
    assert scalar(registry, "SELECT count(*) FROM audit_entry") == entries


def test_other_options_make_another_reading(
    registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    """我市 means another place for another issuer: the same file is then read anew."""
    path = text_file("2020年,我市有3家单位获评全国模范职工之家。")
    for issuer, code in (("福建省南平市", "350700"), ("广东省湛江市", "440800")):
        answer = command(registry, "report", "import", path, "--issuer", issuer, "--format", "json")
        (result,) = answer.json["files"]
        assert result["outcome"] == "committed", answer.out
        assert [one["region_code"] for one in result["figures"]] == [code]


def test_undoing_a_report_frees_its_fingerprint(
    registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    path = text_file()
    batch = command(registry, "report", "import", path, "--format", "json").json["files"][0]["batch"]
    with write(registry.engine, Deed("undo", "tester")) as ledger:
        undone = undo_batch(ledger, batch)
    assert undone.reversed == 2
    assert command(registry, "report", "list", "--format", "json").json["total"] == 0
    again = command(registry, "report", "import", path, "--format", "json").json["files"][0]
    assert again["outcome"] == "committed"
    assert again["batch"] != batch


def test_a_withdrawn_figure_is_closed_with_its_reason_and_never_deleted(
    registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    figures = command(registry, "report", "import", text_file(), "--format", "json").json["files"][0][
        "figures"
    ]
    number = figures[0]["figure"]
    assert command(registry, "report", "withdraw", number).code == 2, "a reason is required"
    assert command(registry, "report", "withdraw", number, "--reason", " ").code == 2
    assert command(registry, "report", "withdraw", number, 999, "--reason", "x").code == 1
    assert command(registry, "report", "list", "--format", "json").json["total"] == 2, "all of them or none"
    answer = command(registry, "report", "withdraw", number, "--reason", "误读", "--by", "王")
    assert answer.code == 0, answer.err
    assert command(registry, "report", "withdraw", number, "--reason", "again").code == 1
    stands = command(registry, "report", "list", "--format", "json").json["figures"]
    assert [one["figure"] for one in stands] == [figures[1]["figure"]]
    everything = command(registry, "report", "list", "--withdrawn", "--format", "json").json["figures"]
    taken = next(one for one in everything if one["figure"] == number)
    assert taken["state"] == "withdrawn"
    assert (taken["withdrawn"]["actor"], taken["withdrawn"]["reason"]) == ("王", "误读")
    assert command(registry, "verify").code == 0


def test_two_reports_of_one_decision_keep_both_rows_under_one_source_key(
    registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    other = "据报道,福建省2018年有35家单位获评全国模范职工之家。"
    command(registry, "report", "import", text_file(), text_file(other, "报道.txt"))
    listed = command(registry, "report", "list", "--kind", "model_home", "--format", "json").json["figures"]
    assert len(listed) == 2
    assert len({one["source_key"] for one in listed}) == 1
    counted = command(registry, "count", "--kind", "model_home", "--format", "json").json["declared"]
    assert [(one["low"], one["sources"]) for one in counted] == [(35, 2)], "one figure, two sources"


def test_a_table_of_counts_is_read_cell_by_cell_and_blank_is_not_zero(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    path = counts_workbook(tmp_path / "统计表.xlsx")
    answer = command(registry, "report", "import", path, "--issuer", "重庆市总工会", "--format", "json")
    (result,) = answer.json["files"]
    assert result["outcome"] == "committed", answer.out + answer.err
    assert result["sheets"] == {"汇总": "counts"}
    cells = {(one["row"], one["column"]): one for one in result["figures"]}
    assert {place: one["low"] for place, one in cells.items()} == {
        (3, "B"): 6, (3, "C"): 3, (4, "B"): 4, (5, "B"): 10, (5, "C"): 3,
    }  # fmt: skip
    assert cells[3, "B"]["part_of"] == cells[5, "B"]["figure"], "parts point to the stored total"
    assert {one["tier"] for one in result["figures"]} == {"provincial"}
    assert cells[3, "B"]["region_code"] == "500101"


def test_a_printed_sum_that_differs_waits_for_a_person_and_both_numbers_stay(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    path = counts_workbook(tmp_path / "统计表.xlsx", total=11)
    answer = command(registry, "report", "import", path, "--issuer", "重庆市总工会", "--format", "json")
    assert answer.code == 3
    (result,) = answer.json["files"]
    assert "sum_differs" in {one["code"] for one in result["problems"]}
    assert {11, 6, 4} <= {one["low"] for one in result["figures"]}
    stored = scalar(registry, f"SELECT count(*) FROM problem WHERE batch_id = {result['batch']}")
    assert stored == len(result["problems"])


def test_a_file_with_personal_numbers_keeps_its_clean_lines_and_not_its_bytes(
    registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    path = text_file(SENTENCE + "\n联系人:林汐,电话13800001234。\n")
    answer = command(registry, "report", "import", path, "--format", "json")
    (result,) = answer.json["files"]
    assert result["withheld"] is True
    assert scalar(registry, "SELECT count(*) FROM source_content") == 0
    block = zlib.decompress(scalar(registry, "SELECT content FROM source_block")).decode()
    assert "35家" in block
    assert "13800001234" not in block


@pytest.mark.parametrize("text", ["今天天气很好。\n", "会议投入6万元,82人参会。\n"])
def test_a_text_without_figures_is_refused_and_leaves_nothing(
    registry: Registry, command: Command, text_file: Callable[..., Path], text: str
) -> None:
    before = scalar(registry, "SELECT count(*) FROM audit_entry")
    answer = command(registry, "report", "import", text_file(text), "--format", "json")
    assert answer.code == 1
    assert answer.json["files"][0]["error"]["code"] == "no_figures"
    assert scalar(registry, "SELECT count(*) FROM import_batch") == 0
    assert scalar(registry, "SELECT count(*) FROM audit_entry") == before


def test_one_refused_report_does_not_stop_the_others(
    sqlite_registry: Registry, command: Command, text_file: Callable[..., Path]
) -> None:
    answer = command(
        sqlite_registry, "report", "import", text_file("无。", "空.txt"), text_file(), "--format", "json"
    )
    assert answer.code == 1
    assert [one["outcome"] for one in answer.json["files"]] == ["refused", "committed"]


def test_a_list_of_awards_is_sent_to_import(sqlite_registry: Registry, command: Command) -> None:
    path = SAMPLES / "zhanjiang-2010" / "zhanjiang-2010.xlsx"
    answer = command(sqlite_registry, "report", "import", path, "--format", "json")
    assert answer.code == 1
    assert answer.json["files"][0]["error"]["code"] == "no_counts"
    assert "homeregistry import" in answer.json["files"][0]["error"]["message"]


def test_a_list_of_ticks_with_their_sums_is_no_table_of_counts(command: Command, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (
        ("2020年度重庆市获奖名单",),
        ("序号", "单位名称", "模范职工之家", "先进职工之家"),
        (1, "甲厂工会", "√", None),
        (2, "乙厂工会", "✓", "是"),
        (3, "丙厂工会", None, "1"),
        ("合计", None, 2, 2),
    ):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    answer = command(tmp_path / "none.sqlite3", "report", "extract", tmp_path / "a.xlsx", "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "no_counts")


def test_extract_is_pure_and_touches_no_database(tmp_path: Path, command: Command) -> None:
    place = tmp_path / "none" / "registry.sqlite3"
    first = command(place, "report", "extract", SAMPLE, "--format", "json")
    assert first.code == 0, first.err
    assert first.out == command(place, "report", "extract", SAMPLE, "--format", "json").out
    assert not place.parent.exists()
    text = SAMPLE.read_text(encoding="utf-8")
    for one in first.json["figures"]:
        assert text[one["start"] : one["end"]] == one["quote"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2020年全市共有3家单位获评全国模范职工之家。", 0),
        (
            "2020年全市共有3家单位获评全国模范职工之家,5家单位获评工人先锋号,4家单位获评鼓楼区模范职工之家。",
            3,
        ),
    ],
)
def test_reading_a_report_exits_as_recording_it_does(
    sqlite_registry: Registry, command: Command, tmp_path: Path, text: str, code: int
) -> None:
    path = tmp_path / "总结.txt"
    path.write_text(text, encoding="utf-8")
    words = (path, "--issuer", "重庆市", "--as-of", "2020-12-31")
    for format_ in ("json", "table"):
        assert command(None, "report", "extract", *words, "--format", format_).code == code
    assert command(sqlite_registry, "report", "import", *words).code == code


def test_the_report_is_read_as_its_golden_says(command: Command, tmp_path: Path) -> None:
    golden = json.loads((SAMPLE.parent / "expected.json").read_text(encoding="utf-8"))
    found = command(tmp_path / "none.sqlite3", "report", "extract", SAMPLE, "--format", "json").json
    assert len(found["figures"]) == len(golden["figures"])
    for expected, figure in zip(golden["figures"], found["figures"], strict=True):
        assert {key: figure[key] for key in expected} == expected
    assert found["problems"] == golden.get("problems", [])


def test_pasted_text_is_read_from_standard_input(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Offsets are those of the text itself: line ends are not rewritten on the way in."""
    import io

    pasted = "通报\r\n" + SENTENCE
    stream = io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + pasted.encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stream)
    answer = command(tmp_path / "none.sqlite3", "report", "extract", "-", "--format", "json")
    assert [pasted[one["start"] : one["end"]] for one in answer.json["figures"]] == [
        one["quote"] for one in answer.json["figures"]
    ]
    assert len(answer.json["figures"]) == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--as-of", "yesterday"], "bad_date"),
        (["--issuer", "999999"], "unknown_region"),
        (["--issuer", "江北区"], "ambiguous_region"),
        (["--issuer", "鼓楼区", "--as-of", "2020-05-01"], "ambiguous_region"),
    ],
)
def test_what_cannot_be_is_a_usage_mistake(command: Command, options: list[str], code: str) -> None:
    answer = command(None, "report", "extract", SAMPLE, "--format", "json", *options)
    assert answer.code == 2
    assert answer.json["error"]["code"] == code


def test_two_figures_are_never_withdrawn_by_halves(sqlite_registry: Registry) -> None:
    with (
        pytest.raises(RegistryError),
        write(sqlite_registry.engine, Deed("report withdraw", "tester", "x")) as ledger,
    ):
        withdraw_figures(ledger, [1])


@pytest.mark.parametrize(
    ("issuer", "day", "code"),
    [
        ("重庆市", None, "500000"),
        ("重庆市", date(1990, 1, 1), "510200"),
        ("重庆市江北区", date(2020, 1, 1), "500105"),
        ("500110", date(2005, 1, 1), "500110"),
        ("万州区", None, "500101"),
    ],
)
def test_an_issuer_is_a_place_on_the_map_of_the_report(issuer: str, day: date | None, code: str) -> None:
    """四川省重庆市 became 重庆市: the name is one place, on two maps."""
    place = issuer_from(issuer, day)
    assert isinstance(place, Region)
    assert place.code == code
    assert day is None or place.in_force(day)


def test_a_document_gives_its_prose_and_its_tables_and_no_cell_twice(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("南平市总工会2020年度工作总结")
    document.add_paragraph("2020年,全市共有3家单位获评全国模范职工之家。")
    document.add_paragraph("2020年度省级模范职工之家统计表")
    lines = (("县区", "模范职工之家", "模范职工小家"), ("延平区", "2", "1"), ("建阳区", "3", "4"))
    table = document.add_table(rows=0, cols=3)
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    path = tmp_path / "总结.docx"
    document.save(str(path))
    answer = command(
        sqlite_registry, "report", "import", path, "--issuer", "福建省南平市", "--format", "json"
    )
    (result,) = answer.json["files"]
    assert result["outcome"] == "committed", answer.out
    prose = [one for one in result["figures"] if one["row"] is None]
    cells = [one for one in result["figures"] if one["row"] is not None]
    assert [one["low"] for one in prose] == [3]
    assert sorted(one["low"] for one in cells) == [1, 2, 3, 4]
