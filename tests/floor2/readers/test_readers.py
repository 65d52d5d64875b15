"""Every format is read with the source's own addresses, merges, hidden rows and damaged cells."""
# ruff: noqa: E501

import contextlib
import io
import os
import random
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

import homeregistry
import hostile
from homeregistry import readers
from homeregistry.errors import FileRefused
from homeregistry.grid import DamagedCell, MergedRange
from homeregistry.readers import blocks, limits
from homeregistry.readers.delimited import delimiter_of
from homeregistry.readers.delimited import rows as delimited_rows
from homeregistry.readers.encoding import decode
from homeregistry.readers.process import ReadingProcess


def rows_of(path: Path, password: str | None = None) -> list[list[tuple[int, list[object]]]]:
    """The rows of every sheet."""
    with readers.open_document(path, password=password) as opened:
        return [[(number, list(cells)) for number, cells in sheet] for sheet in opened.sheets()]


def old_workbook() -> bytes:
    """An .xls with a title, a gap, a hidden row and column, an error, a date and a hidden sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write_merge(0, 0, 0, 3, "2020年名单")
    sheet.write(2, 1, "甲")
    sheet.write(2, 2, 2020)
    sheet.write(2, 3, date(2020, 5, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(3, 1, "藏")
    sheet.row(3).hidden = True
    sheet.col(2).hidden = True
    sheet.row(5).set_cell_error(1, "#REF!")
    hidden = book.add_sheet("旧")
    hidden.visibility = 1
    hidden.write(0, 0, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
        assert [remark.code for remark in opened.remarks] == ["renamed"]
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
        assert (opened.kind, [remark.code for remark in opened.remarks]) == ("grid", ["renamed"])


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


TEXT = "序号,单位名称,区县\r\n1,甲厂工会,万州区\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_delimited_text_in_every_encoding_gives_the_same_rows(put, encoding: str) -> None:
    assert rows_of(put("a.csv", TEXT.encode(encoding))) == [
        [(1, ["序号", "单位名称", "区县"]), (2, ["1", "甲厂工会", "万州区"])]
    ]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2\n3;4", ";"),
        ("甲、乙,丙\n丁、戊,己", ","),
        ("名称\t数\n甲,乙\t1\n丙,丁\t2", "\t"),
        ("甲\n乙\n", ","),
        ('"a;b",c\n"d;e",f', ","),
        ("sep=|\na,b|c", "|"),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_lines_alike(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_row_numbers_of_delimited_text_count_blank_lines_and_not_line_breaks_inside_fields() -> None:
    assert list(delimited_rows('a,b\n\n"x\ny",1\nz,2')) == [
        (1, ["a", "b"]),
        (3, ["x\ny", "1"]),
        (4, ["z", "2"]),
    ]


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_chinese_text_survives_every_encoding(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert decode(("单位" + text).encode(encoding)) == "单位" + text


def test_short_chinese_text_that_is_utf8_by_chance_is_chinese() -> None:
    assert "一".encode("gb18030").decode("utf-8") == "һ"
    assert decode("一".encode("gb18030")) == "一"
    assert decode("é·×".encode()) == "é·×"


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.dates(), st.datetimes(), st.times(), st.timedeltas(),
    st.text(st.characters(exclude_categories=("Cs",))).filter(lambda text: "E+" not in text),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=1)))
def test_cells_arrive_as_they_were_sent(values: list[list[object]]) -> None:
    sent = list(enumerate(values, start=1))
    damaged: dict[tuple[int, int], DamagedCell] = {}
    arrived = [row for block in blocks.blocks(sent) for row in blocks.unpack(block, damaged)]
    assert arrived == [(number, [None if cell == "" else cell for cell in cells]) for number, cells in sent]
    assert not damaged


def test_a_word_document_keeps_the_order_of_paragraphs_and_tables(put) -> None:
    def p(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    table = (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("区县")}</w:tc><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("单位")}</w:tc></w:tr>'
        f"<w:tr><w:tc>{p('万州')}</w:tc><w:tc>{p('甲')}{p('乙')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    )
    deleted = "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>一、模范</w:t><w:tab/><w:t>(2个)</w:t></w:r></w:ins></w:p>"
    with readers.open_document(put("a.docx", hostile.docx(p("关于表彰") + table + deleted))) as opened:
        document = opened.text()
        assert opened.kind == "text"
    assert document.text == "关于表彰\n区县\t\t单位\n万州\t甲 乙\n一、模范\t(2个)"
    assert document.table_of == {2: 0, 3: 0}
    (grid,) = document.tables
    assert [(number, list(cells)) for number, cells in grid] == [
        (1, ["区县", None, "单位"]),
        (2, ["万州", "甲\n乙", None]),
    ]
    assert grid.merged == (MergedRange(1, 0, 1, 1), MergedRange(1, 2, 2, 2))


def test_documents_of_pictures_are_called_that(put) -> None:
    image = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"
    for name, data in (
        ("a.docx", hostile.docx("<w:p><w:r><w:drawing/></w:r></w:p>")),
        ("a.pdf", hostile.pdf(image)),
    ):
        with pytest.raises(FileRefused) as caught, readers.open_document(put(name, data)) as opened:
            opened.text()
        assert caught.value.code == "picture_only"


def test_a_pdf_gives_lines_pages_and_ruled_tables(put) -> None:
    used = "名单甲乙区县表彰"
    lines = "".join(f"50 {y} m 250 {y} l S\n" for y in (600, 640, 680)) + "".join(
        f"{x} 600 m {x} 680 l S\n" for x in (50, 150, 250)
    )
    cells = "".join(
        hostile.shown(text, used, x, y)
        for text, x, y in (("区县", 60, 655), ("名", 160, 655), ("县", 60, 615), ("甲", 160, 615))
    )
    image = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"
    data = hostile.pdf(
        hostile.shown("名单", used, 50, 750) + lines + cells + hostile.shown("表彰", used, 50, 500),
        hostile.shown("乙", used, 50, 700),
        image,
        characters=used,
    )
    with readers.open_document(put("a.pdf", data)) as opened:
        document = opened.text()
        assert [(remark.code, remark.params["pages"]) for remark in opened.remarks] == [
            ("picture_pages", "3")
        ]
    assert document.text == "名单\n区县\t名\n县\t甲\n表彰\n乙"
    assert document.page_of == {1: 1, 2: 1, 3: 1, 4: 1, 5: 2}
    assert [list(cells) for _, cells in document.tables[0]] == [["区县", "名"], ["县", "甲"]]


def test_a_sheet_of_macros_among_the_sheets_of_a_workbook_is_none(put) -> None:
    parts = hostile.xlsx_parts(hostile.sheet(hostile.names(3)))
    module = '<sheet name="Module1" sheetId="9" state="veryHidden" r:id=""/></sheets>'
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</sheets>", module)
    with readers.open_document(put("a.xlsm", hostile.packed(parts))) as opened:
        found = [(page.name, [list(cells) for _, cells in page]) for page in opened.sheets()]
    assert found == [("表1", [[f"单位{number}", 2020] for number in (1, 2, 3)])]


def test_numbered_rows_without_rulings_are_a_table_over_the_pages(put) -> None:
    used = "名单序号县12345甲乙丙丁注:宋辉"

    def row(y: int, *cells: str) -> str:
        places = zip((60, 90, 250), cells, strict=False)
        return "".join(hostile.shown(text, used, x, y) for x, text in places if text)

    data = hostile.pdf(
        hostile.shown("名单", used, 60, 750)
        + row(700, "序号", "名", "县") + row(670, "1", "甲甲甲甲", "乙县") + row(640, "2", "乙乙", ""),
        row(700, "3", "丙丙", "丁县") + row(670, "4", "丁丁", "丁县") + hostile.shown("注:名单", used, 60, 600),
        characters=used,
    )  # fmt: skip
    with readers.open_document(put("a.pdf", data)) as opened:
        document = opened.text()
    rows = [list(cells) for table in document.tables for _, cells in table]
    assert rows == [
        ["序号", "名", "县"], ["1", "甲甲甲甲", "乙县"], ["2", "乙乙", None], ["3", "丙丙", "丁县"], ["4", "丁丁", "丁县"],
    ]  # fmt: skip
    assert document.text.startswith("名单\n")
    assert document.text.endswith("注:名单")
    assert [document.page_of[line] for line in (1, 2, 5, 6)] == [1, 1, 2, 2]


def test_names_in_columns_without_numbers_stay_lines(put) -> None:
    used = "宋辉甲乙丙丁"
    names = ((60, "宋"), (84, "辉"), (160, "甲乙"), (260, "丙丁"))
    lines = "".join(hostile.shown(name, used, x, y) for y in (700, 670, 640) for x, name in names)
    with readers.open_document(put("a.pdf", hostile.pdf(lines, characters=used))) as opened:
        document = opened.text()
    assert not document.tables
    assert document.text.split("\n") == ["宋 辉\t甲乙\t丙丁"] * 3


def test_a_web_page_gives_lines_and_data_tables_but_no_layout_tables(put) -> None:
    page = (
        '<html><head><meta charset=gb2312><title>t</title><script>x="<p>"</script></head><body><h1>名单(2个)</h1>'
        "<table><tr><td><table><tr><th rowspan=2>区县<th colspan=2>单位</tr><tr><td>甲<td>乙&amp;丙</tr>"
        '<tr style="display:none"><td>藏<td>1<td>2</table></td></tr></table><p>一段<br>两段 <span hidden>秘</span></p></body></html>'
    )
    with readers.open_document(put("a.html", page.encode("gbk"))) as opened:
        document = opened.text()
        assert [remark.code for remark in opened.remarks] == ["hidden_passages"]
    assert document.text == "名单(2个)\n区县\t单位\n\t甲\t乙&丙\n藏\t1\t2\n一段\n两段"
    (grid,) = document.tables
    assert [list(cells) for _, cells in grid][:2] == [["区县", "单位", None], [None, "甲", "乙&丙"]]
    assert grid.merged == (MergedRange(1, 0, 2, 0), MergedRange(1, 1, 1, 2))
    assert grid.hidden_rows == frozenset({3})


def test_plain_text_is_unchanged_but_for_its_mark(put) -> None:
    text = "标题\r\n\t甲 \u3000乙\n\n"
    with readers.open_document(put("a.txt", b"\xef\xbb\xbf" + text.encode())) as opened:
        assert opened.text().text == text
    assert readers.read_text("\ufeff" + text).text().text == text


def test_a_sheet_left_half_read_is_skipped_and_the_next_is_whole(put) -> None:
    data = hostile.xlsx(hostile.sheet(hostile.names(3000)), hostile.sheet(hostile.names(3)))
    with readers.open_document(put("a.xlsx", data)) as opened:
        counts = []
        for sheet in opened.sheets():
            rows = iter(sheet)
            next(rows)
            counts.append(1 if sheet.name == "表1" else 1 + len(list(rows)))
        assert counts == [1, 3]
        assert sum(1 for sheet in opened.sheets() for _ in sheet) == 3003


def test_damaged_workbooks_of_all_kinds_end_in_rows_or_a_sentence_and_nothing_on_stderr(put, capfd) -> None:
    chance = random.Random(7)
    for whole in (old_workbook(), hostile.xlsb({1: {0: "甲", 1: 1.0}, 2: {0: "乙"}})):
        for _ in range(8):
            data = bytearray(whole)
            for _ in range(12):
                data[chance.randrange(512, len(data))] = chance.randrange(256)
            with contextlib.suppress(FileRefused):
                rows_of(put("a.xls", bytes(data)))
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(9, "too_large"), (6, "too_large"), (11, "damaged_file")])
def test_a_reader_that_dies_by_a_signal_becomes_a_sentence(number: int, code: str) -> None:
    data = hostile.xlsx(hostile.sheet(hostile.names(20_000)))
    with ReadingProcess("xlsx", data, "a.xlsx") as process:
        stream = process.frames()
        next(stream)
        os.kill(process.pid, signal.Signals(number))
        with pytest.raises(FileRefused) as caught:
            list(stream)
    assert caught.value.code == code


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.3)
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 900_000))
    with (
        ReadingProcess("xlsx", hostile.xlsx(hostile.sheet(empty)), "a.xlsx") as process,
        pytest.raises(FileRefused) as caught,
    ):
        list(process.frames())
    assert caught.value.code == "too_large"


def test_readers_work_where_resource_and_fcntl_do_not_exist(put, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    for module in ("resource", "fcntl"):
        (absent / f"{module}.py").write_text("raise ImportError")
    path = put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(3))))
    source = Path(homeregistry.__file__).parent.parent
    script = (
        "import sys; from homeregistry import readers\n"
        "with readers.open_document(sys.argv[1]) as o: print(sum(1 for s in o.sheets() for _ in s))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(absent), str(source)))}
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("3\n", "")


def test_the_extensions_cover_the_contract() -> None:
    promised = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".docx", ".pdf", ".txt", ".html"}
    assert promised <= set(readers.supported_extensions())
