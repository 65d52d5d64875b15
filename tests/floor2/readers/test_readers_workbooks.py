"""Workbooks of every format are read with their own addresses, merges, hidden parts and damaged cells."""
# ruff: noqa: E501

import io
from datetime import date, datetime
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlsxwriter

import hostile
from homeregistry import readers
from homeregistry.errors import FileRefused
from homeregistry.grid import DamagedCell, MergedRange
from workbooks_by_hand import old_workbook, rows_of


def test_an_xlsx_keeps_row_numbers_dates_merges_and_hidden_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名单")
        day = book.add_format({"num_format": "yyyy年m月d日"})
        sheet.merge_range("B3:D3", "标题")
        sheet.write_row("B5", ["甲", 2020, 2.5, True])
        sheet.write_datetime("F5", datetime(2020, 5, 1), day)
        sheet.write_datetime(
            "G5", datetime(2020, 5, 1, 8, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        book.add_worksheet("藏").hide()
    with readers.open_document(path) as opened:
        assert (opened.kind, opened.remarks) == ("grid", [])
        first, second = [(sheet, list(sheet)) for sheet in opened.sheets()]
    sheet, rows = first
    assert [number for number, _ in rows] == [3, 5]
    assert list(rows[1][1]) == [None, "甲", 2020, 2.5, True, date(2020, 5, 1), datetime(2020, 5, 1, 8, 30)]
    assert sheet.merged == (MergedRange(3, 1, 3, 3),)
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.hidden) == (frozenset({5}), frozenset({2}), False)
    assert (second[0].name, second[0].hidden, second[1]) == ("藏", True, [])


def test_a_1904_workbook_gives_the_same_dates(put) -> None:
    part = hostile.sheet(hostile.row(1, '<c r="A1" s="1"><v>42490</v></c>'))
    far = hostile.sheet(
        hostile.row(1, '<c r="A1" s="1"><v>42490</v></c>')
        + hostile.row(1048576, hostile.cell("XFD1048576", "x"))
    )
    by_calamine, by_cell = rows_of(put("a.xlsx", hostile.xlsx(part, far, date1904=True)))
    assert by_calamine[0] == by_cell[0] == (1, [date(2020, 5, 1)])


def test_errors_and_formulas_never_calculated_are_marked_and_not_blank(put) -> None:
    cells = (
        hostile.cell("A1", "甲"),
        '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="C1"><f>SUM(A1)</f></c>',
        '<c r="D1" t="str"><f>A1&amp;""</f><v></v></c>',
        '<c r="E1"><f>A1</f><v/></c>',
    )
    only = hostile.row(4, '<c r="B4"><f>SUM(B1:B3)</f></c>')
    with readers.open_document(
        put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.row(1, *cells) + only)))
    ) as opened:
        sheet = next(opened.sheets())
        rows = list(sheet)
    assert {place: (cell.code, cell.raw) for place, cell in sheet.damaged.items()} == {
        (1, 1): ("error_cell", "#DIV/0!"),
        (1, 2): ("formula_without_value", "=SUM(A1)"),
        (1, 4): ("formula_without_value", "=A1"),
        (4, 1): ("formula_without_value", "=SUM(B1:B3)"),
    }
    assert [number for number, _ in rows] == [1, 4]


def test_a_workbook_saved_by_openpyxl_has_uncalculated_totals(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲", 3])
    book.active.append(["合计", "=SUM(B1:B1)"])
    book.save(tmp_path / "a.xlsx")
    with readers.open_document(tmp_path / "a.xlsx") as opened:
        sheet = next(opened.sheets())
        assert list(sheet)[1][1][0] == "合计"
    assert sheet.damaged[2, 1].code == "formula_without_value"


def test_a_number_cut_to_fifteen_digits_stays_recognisable(put) -> None:
    row = hostile.row(
        1,
        '<c r="A1"><v>500101199001011234</v></c>',
        '<c r="B1"><v>999999999999999</v></c>',
        hostile.cell("C1", "5.00101E+17"),
    )
    with readers.open_document(put("a.xlsx", hostile.xlsx(hostile.sheet(row)))) as opened:
        sheet = next(opened.sheets())
        ((_, cells),) = sheet
    assert isinstance(cells[0], float)
    assert cells[1] == 999999999999999
    assert sheet.damaged == {
        (1, 0): DamagedCell(1, 0, "damaged_number", "5.00101199001011E+17"),
        (1, 2): DamagedCell(1, 2, "damaged_number", "5.00101E+17"),
    }


def test_an_xls_is_read_with_what_its_records_tell(put) -> None:
    with readers.open_document(put("a.xls", old_workbook())) as opened:
        (sheet, rows), (hidden, _) = [(sheet, list(sheet)) for sheet in opened.sheets()]
    assert [(number, list(cells)) for number, cells in rows] == [
        (1, ["2020年名单", None, None, None]),
        (3, [None, "甲", 2020, date(2020, 5, 1)]),
        (4, [None, "藏", None, None]),
        (6, [None, None, None, None]),
    ]
    assert sheet.merged == (MergedRange(1, 0, 1, 3),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({4}), frozenset({2}))
    assert sheet.damaged[6, 1].raw == "#REF!"
    assert (hidden.name, hidden.hidden) == ("旧", True)


def test_an_xlsb_is_read_with_its_merges_and_hidden_rows(put) -> None:
    data = hostile.xlsb({1: {0: "名单"}, 3: {0: "甲", 1: 2020.0}, 4: {2: 1e17}}, frozenset({4}))
    with readers.open_document(put("a.xlsb", data)) as opened:
        sheet = next(opened.sheets())
        rows = [(number, list(cells)) for number, cells in sheet]
    assert [(number, cells[:2]) for number, cells in rows] == [
        (1, ["名单", None]),
        (3, ["甲", 2020]),
        (4, [None, None]),
    ]
    assert (sheet.name, sheet.merged, sheet.hidden_rows) == (
        "表1",
        (MergedRange(1, 0, 1, 2),),
        frozenset({4}),
    )
    assert sheet.damaged[4, 2].code == "damaged_number"


def test_an_ods_is_read_with_repetitions_spans_and_hidden_rows(put) -> None:
    table = (
        '<table:table table:name="名单"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/><table:table-row><table:table-cell '
        'table:number-columns-spanned="3" office:value-type="string"><text:p>标题</text:p></table:table-cell>'
        '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><text:p>宋<text:s text:c="2"/>辉</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2020-05-01"><text:p>5/1</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'
        '<table:table-cell calcext:value-type="error" office:value-type="string" office:string-value=""><text:p>#REF!</text:p></table:table-cell>'
        '</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    with readers.open_document(put("a.ods", hostile.ods(table))) as opened:
        sheet = next(opened.sheets())
        rows = [(number, list(cells)) for number, cells in sheet]
    assert rows == [(1, ["标题"]), (5, ["宋  辉", date(2020, 5, 1), 3]), (6, [2]), (7, [2])]
    assert (sheet.merged, sheet.hidden_rows, sheet.hidden_columns) == (
        (MergedRange(1, 0, 1, 2),),
        frozenset({5}),
        frozenset({2}),
    )
    assert sheet.damaged[5, 3].raw == "#REF!"


def test_an_xml_workbook_under_the_name_xls_is_read_and_remarked(put) -> None:
    data = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Row ss:Index="3"><Cell '
        'ss:MergeAcross="1"><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="Number">2020</Data></Cell></Row></Table></Worksheet></Workbook>'
    ).encode()
    with readers.open_document(put("a.xls", data)) as opened:
        sheet = next(opened.sheets())
        assert [(number, list(cells)) for number, cells in sheet] == [(3, ["甲", None, 2020])]
        assert [remark.code for remark in opened.remarks] == ["renamed_file"]
    assert sheet.merged == (MergedRange(3, 0, 3, 1),)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<html><meta charset=gbk><table><tr><td>甲<td>乙</table>".encode("gbk"), ["甲", "乙"]),
        ("甲\t乙\r\n".encode("gb18030"), ["甲", "乙"]),
        (
            hostile.xlsx(hostile.sheet(hostile.row(1, hostile.cell("A1", "甲"), hostile.cell("B1", "乙")))),
            ["甲", "乙"],
        ),
    ],
    ids=["html", "tabs", "xlsx"],
)
def test_what_web_systems_call_xls_is_read_as_what_it_is(put, data: bytes, expected: list[str]) -> None:
    path = put("export.xls", data)
    assert rows_of(path) == [[(1, expected)]]
    with readers.open_document(path) as opened:
        assert (opened.kind, [remark.code for remark in opened.remarks]) == ("grid", ["renamed_file"])


def test_a_protected_workbook_opens_with_its_password_only(put) -> None:
    plain = io.BytesIO(hostile.xlsx(hostile.sheet(hostile.names(1000))))
    sealed = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("秘密123", sealed)
    path = put("a.xlsx", sealed.getvalue())
    assert rows_of(path, "秘密123")[0][-1] == (1000, ["单位1000", 2020])
    for password in (None, "wrong"):
        with pytest.raises(FileRefused) as caught:
            rows_of(path, password)
        assert caught.value.code == "encrypted_file"
        assert "wrong" not in str(caught.value)


def test_an_encrypted_xls_asks_for_its_password(put) -> None:
    data = old_workbook().replace(b"\x42\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04")
    with pytest.raises(FileRefused) as caught:
        rows_of(put("a.xls", data))
    assert caught.value.code == "encrypted_file"


def test_a_sheet_of_macros_among_the_sheets_of_a_workbook_is_none(put) -> None:
    parts = hostile.xlsx_parts(hostile.sheet(hostile.names(3)))
    module = '<sheet name="Module1" sheetId="9" state="veryHidden" r:id=""/></sheets>'
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</sheets>", module)
    with readers.open_document(put("a.xlsm", hostile.packed(parts))) as opened:
        found = [(page.name, [list(cells) for _, cells in page]) for page in opened.sheets()]
    assert found == [("表1", [[f"单位{number}", 2020] for number in (1, 2, 3)])]
