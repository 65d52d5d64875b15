"""Documents with tables: the title above a table governs its rows, and rows keep their line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

import hostile
from homeregistry.database import reading
from homeregistry.errors import FileRefused
from homeregistry.importing import ImportRequest, import_list
from homeregistry.readers import open_document
from homeregistry.records import ListOptions
from homeregistry.settings import all_layouts
from registries import Answer, Registry, scalar
from small_lists import HOMES, write_list


def _decision(path: Path) -> None:
    document = docx.Document()
    document.add_heading("重庆市总工会关于命名2021年度重庆市模范职工之家的决定")
    document.add_paragraph("渝工发〔2021〕18号")
    lists = (("模范职工之家", "山城机电有限公司工会"), ("模范职工小家", "山城机电装配车间工会小组"))
    for title, unit in lists:
        document.add_paragraph(f"附件 2021年度重庆市{title}名单(2个)")
        table = document.add_table(rows=3, cols=3)
        rows = (("序号", "单位", "区县"), ("1", unit, "渝北区"), ("2", f"江畔{unit}", "沙坪坝区"))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    document.save(path)


@pytest.fixture
def decision(tmp_path: Path) -> Path:
    path = tmp_path / "decision.docx"
    _decision(path)
    return path


def test_the_paragraph_above_a_table_names_kind_year_and_issuer(registry, decision: Path) -> None:
    request = ImportRequest(ListOptions(), all_layouts(), date(2026, 1, 1), "tester")
    with open_document(decision) as opened, reading(registry.engine) as connection:
        result = import_list(opened, request, connection, None)
    assert result.outcome == "previewed"
    assert (result.rows.read, result.rows.recorded) == (4, 4)
    assert [(d.declared, d.listed, d.kind) for d in result.declared] == [
        (2, 2, "model_home"),
        (2, 2, "model_small_home"),
    ]
    assert not [problem for problem in result.problems if problem.level == "error"]


def _imported(registry, path: Path):
    request = ImportRequest(ListOptions(), all_layouts(), date(2026, 1, 1), "tester")
    with open_document(path) as opened, reading(registry.engine) as connection:
        return import_list(opened, request, connection, None)


def test_a_sheet_of_headings_and_names_without_a_header_is_read_as_lines(registry, tmp_path: Path) -> None:
    path = tmp_path / "names.xlsx"
    book = openpyxl.Workbook()
    for row in (("2018年全国模范职工之家名单（3个）",), ("北京市（1个）",), (1, "甲钢股份有限公司工会"),
                ("天津市（2个）",), (1, "乙港集团工会"), (2, "丙大学工会")):  # fmt: skip
        book.active.append(row)
    book.save(path)
    result = _imported(registry, path)
    assert (result.outcome, result.rows.read, result.rows.recorded) == ("previewed", 3, 3)
    assert sorted((d.sheet, d.row, d.declared, d.listed) for d in result.declared) == [
        ("Sheet", 1, 3, 3),
        ("Sheet", 2, 1, 1),
        ("Sheet", 4, 2, 2),
    ]


def test_a_sheet_of_several_columns_without_a_header_is_not_guessed(registry, tmp_path: Path) -> None:
    path = tmp_path / "names.xlsx"
    book = openpyxl.Workbook()
    for row in (("2018年全国模范职工之家名单",), ("甲钢股份有限公司工会", "乙港集团工会")):
        book.active.append(row)
    book.save(path)
    with pytest.raises(FileRefused) as refusal:
        _imported(registry, path)
    assert refusal.value.code == "no_header"


def test_a_table_pasted_as_text_is_a_table(registry, tmp_path: Path) -> None:
    path = tmp_path / "pasted.txt"
    path.write_text(
        "2020年度长春市模范职工之家名单\n序号\t单位名称\t区\n1\t甲集团工会\t绿园区\n2\t乙医院工会\t南关区\n",
        encoding="utf-8",
    )
    result = _imported(registry, path)
    assert (result.outcome, result.rows.read, result.rows.recorded) == ("previewed", 2, 2)


def test_a_line_among_names_that_cannot_be_read_is_refused_with_its_file(registry, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("2020年度长春市优秀工会工作者名单\n周 禾\n白榆县第二中学工会委员会\n", encoding="utf-8")
    result = _imported(registry, path)
    assert (result.outcome, result.rows.read, result.rows.refused) == ("refused", 2, 1)
    assert [problem.code for problem in result.problems if problem.level == "error"] == ["unread_row"]


def test_a_row_of_a_page_that_may_not_be_whole_waits_for_a_person(registry, tmp_path: Path) -> None:
    placed = [
        (60, 60, "2020年度长春市模范职工之家名单"),
        (60, 90, "序号"), (110, 90, "单位名称"), (290, 90, "区县"),
        (60, 110, "1"), (110, 110, "甲湘医院工会"), (290, 110, "绿园区"),
        (60, 130, "2"), (110, 130, "乙湘轮船"), (110, 144, "工会委员会"), (290, 130, "南关区"),
    ]  # fmt: skip
    used = "".join(sorted({char for *_, text in placed for char in text}))
    content = "".join(hostile.shown(text, used, x, 842 - y) for x, y, text in placed)
    path = tmp_path / "page.pdf"
    path.write_bytes(hostile.pdf(content, characters=used))
    result = _imported(registry, path)
    assert (result.outcome, result.rows.recorded, result.rows.refused) == ("refused", 1, 2)
    doubts = [(p.row, p.value) for p in result.problems if p.code == "doubtful_row"]
    assert sorted(doubts) == [(4, "2 乙湘轮船 南关区"), (5, "工会委员会")]


def test_names_in_columns_without_a_header_are_read_where_every_stated_number_agrees(
    registry, tmp_path: Path
) -> None:
    path = tmp_path / "names.xlsx"
    book = openpyxl.Workbook()
    rows = (
        ("2018年全国模范职工之家名单（4个）",),
        ("北京市（3个）",), ("甲钢股份有限公司工会", "乙港集团工会"), ("丙大学工会",),
        ("天津市（1个）",), ("丁医院工会",),
    )  # fmt: skip
    for row in rows:
        book.active.append(row)
    book.save(path)
    result = _imported(registry, path)
    assert (result.outcome, result.rows.read, result.rows.recorded) == ("previewed", 4, 4)


def test_a_quoted_cell_of_a_pasted_table_is_one_cell(registry, tmp_path: Path) -> None:
    path = tmp_path / "pasted.txt"
    path.write_text(
        '2020年度长春市模范职工之家名单\n序号\t单位名称\t区\n1\t"甲集团\n工会"\t绿园区\n2\t"乙""北方""医院工会"\t南关区\n',
        encoding="utf-8",
    )
    result = _imported(registry, path)
    assert (result.outcome, result.rows.read, result.rows.recorded) == ("previewed", 2, 2)


def test_a_quotation_mark_that_opens_a_cell_and_never_closes_is_part_of_its_words(
    registry, tmp_path: Path
) -> None:
    path = tmp_path / "pasted.txt"
    path.write_text(
        '2020年度长春市模范职工之家名单\n序号\t单位名称\t区\n1\t"甲集团工会\t绿园区\n2\t乙医院工会\t南关区\n',
        encoding="utf-8",
    )
    result = _imported(registry, path)
    assert (result.outcome, result.rows.read, result.rows.recorded) == ("previewed", 2, 2)


def test_a_workbook_with_a_visible_sheet_has_not_only_hidden_ones(registry, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = openpyxl.Workbook()
    book.active.append(("计划", "合同额"))
    book.create_sheet("旧").sheet_state = "hidden"
    book["旧"].append(("序号", "单位名称"))
    book.save(path)
    with pytest.raises(FileRefused) as refusal:
        _imported(registry, path)
    assert refusal.value.code == "no_header"


def test_a_text_of_cells_between_commas_under_a_header_is_a_table(registry, tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_text(
        '2020年度青岛市模范职工之家名单\n序号,单位名称,区市\n1,甲港口公司工会,市南区\n2,"乙集团,工会",黄岛区\n',
        encoding="utf-8",
    )
    result = _imported(registry, path)
    assert (result.outcome, result.rows.read, result.rows.recorded) == ("previewed", 2, 2)


_UNITS = "{title}模范职工之家（2个）\n黄山甲茶厂工会\n歙县乙学校工会\n"
_PERSONS = "{title}优秀工会工作者（2名）\n{header}程 前\t黄山甲茶厂工会主席\n胡一菲\t歙县乙学校工会副主席\n"
_FRIENDS = "{title}优秀工会积极分子（2名）\n吕小布\t黄山丙宾馆经理\n曾小贤\t祁门丁电台主持人\n"


@pytest.mark.parametrize("header", ["", "姓名\t单位及职务\n"])
@pytest.mark.parametrize(
    "parts",
    [(_UNITS, _PERSONS), (_PERSONS, _UNITS), (_UNITS, _PERSONS, _FRIENDS), (_PERSONS, _FRIENDS, _UNITS)],
)
def test_units_line_by_line_beside_persons_set_with_tabs_are_no_titles(
    registry, tmp_path: Path, parts: tuple[str, ...], header: str
) -> None:
    path = tmp_path / "a.txt"
    text = "2021年度黄山市表彰名单\n"
    for number, part in zip("一二三", parts, strict=False):
        text += part.format(title=f"{number}、", header=header)
    path.write_text(text, encoding="utf-8")
    result = _imported(registry, path)
    assert (result.rows.read, result.rows.recorded) == (2 * len(parts), 2 * len(parts))
    assert {(one.declared, one.listed) for one in result.declared} == {(2, 2)}


def test_units_between_persons_set_with_tabs_are_units(registry, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    parts = (_PERSONS, _UNITS, _FRIENDS)
    text = "".join(part.format(title="2021年度黄山市", header="") for part in parts)
    path.write_text(text, encoding="utf-8")
    assert (_imported(registry, path).rows.recorded, _imported(registry, path).rows.refused) == (6, 0)


_PICTURE = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def _half_scanned(path: Path, *lines: str) -> Path:
    """A PDF with lines on its first page and nothing but a picture on its second."""
    used = "".join(sorted(set("".join(lines))))
    shown = "".join(hostile.shown(text, used, 50, 750 - 20 * place) for place, text in enumerate(lines))
    path.write_bytes(hostile.pdf(shown, _PICTURE, characters=used))
    return path


def test_a_page_that_is_only_a_picture_is_told_and_asks_a_person(
    sqlite_registry: Registry, command: Callable[..., Answer], tmp_path: Path
) -> None:
    title, names = "2021年度重庆市模范职工之家名单", ("渝北区山城机电有限公司工会", "万州区江畔学校工会")
    half = _half_scanned(tmp_path / "half.pdf", title, *names)
    answer = command(sqlite_registry, "import", half, "--yes", "--format", "json")
    (found,) = answer.json["files"]
    assert (answer.code, found["rows"]["recorded"]) == (3, 2)
    (told,) = [one for one in found["problems"] if one["code"] == "picture_pages"]
    assert (told["severity"], told["row"], "2" in told["message"]) == ("warning", None, True)
    kept = "SELECT count(*) FROM problem WHERE code = 'picture_pages'"
    assert scalar(sqlite_registry, kept) == 1
    cover = _half_scanned(tmp_path / "cover.pdf", "现将名单印发给你们，请认真学习。")
    answer = command(sqlite_registry, "import", cover, "--yes", "--format", "json")
    error = answer.json["files"][0]["error"]
    assert (answer.code, error["code"], "pictures: 2" in error["message"]) == (1, "picture_only", True)
    report = _half_scanned(tmp_path / "report.pdf", "2021年全市建成模范职工之家12个。")
    answer = command(sqlite_registry, "report", "import", report, "--issuer", "重庆市", "--format", "json")
    assert answer.code == 3
    assert [one["code"] for one in answer.json["files"][0]["problems"]] == ["picture_pages"]


def test_a_file_under_another_formats_name_is_read_and_told(
    sqlite_registry: Registry, command: Callable[..., Answer], tmp_path: Path
) -> None:
    path = write_list(tmp_path / "list.xls", HOMES)  # text with commas, whatever its name says
    said = ("--issuer", "重庆市总工会", "--tier", "provincial", "--format", "json")
    answer = command(sqlite_registry, "import", path, *said)
    (found,) = answer.json["files"]
    assert (answer.code, found["rows"]["recorded"]) == (0, len(HOMES))
    assert [(one["code"], one["severity"]) for one in found["problems"]] == [("renamed_file", "note")]
