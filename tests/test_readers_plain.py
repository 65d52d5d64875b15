"""The quick road for plainly written sheets gives exactly the rows that calamine gives, or stands aside."""

import io
import zipfile
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeregistry.readers.blocks import unpack
from homeregistry.readers.cellwise import CellReader
from homeregistry.readers.container import Container
from homeregistry.readers.job import Job
from homeregistry.readers.packageparts import sheet_parts
from homeregistry.readers.plainrows import NotPlainError, PlainSheets
from homeregistry.readers.sheethead import row_frames
from homeregistry.readers.workbook import calamine_sheet, filled_rows, open_calamine, xlsx_frames

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHARED = (
    f'<sst xmlns="{_MAIN}"><si><t>模范职工之家</t></si><si><t>江北区</t></si><si><t>1.0E+17</t></si>'
    '<si><t>a&amp;b</t></si><si><t xml:space="preserve"> 渝中 </t></si></sst>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="49"/>'
    "</cellXfs></styleSheet>"
)


def _workbook(rows: str, shared: str = _SHARED) -> bytes:
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_RELATED}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
        '<sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="r1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": shared,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    spelled = "http://schemas.openxmlformats.org/package/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in parts.items():
            text = text.replace("<Relationships>", f'<Relationships xmlns="{spelled}">')
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return stream.getvalue()


def _plainly(data: bytes) -> list[object]:
    container = Container(data)
    sheets = PlainSheets(CellReader(container))
    found = sheets.blocks(container.chunks(sheet_parts(container)[0].part))
    return [(row, _stripped(cells)) for block in found for row, cells in unpack(block, {})]


def _by_calamine(data: bytes) -> list[object]:
    frames = row_frames(filled_rows(calamine_sheet(open_calamine(data), 0, ""), set()))
    return [(row, _stripped(cells)) for frame in frames for row, cells in unpack(frame[1:], {})]


def _stripped(cells: Sequence[object]) -> list[object]:
    """Without the blanks at the end: how wide a sheet is, each road learns in its own way."""
    kept = list(cells)
    while kept and kept[-1] is None:
        kept.pop()
    return kept


_TEXTS = st.one_of(
    st.sampled_from(
        ["福建小学", " a", "b ", "", " ", "&lt;女&gt;", "&#19968;", "_x000D_", "1E+3", "甲\n乙", "\u3000"]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_characters="<&\r", exclude_categories=["Cc", "Cn"]), max_size=6
    ),
)
_NUMBERS = st.sampled_from(
    [
        "0",
        "12",
        "2020",
        "-3",
        "1.50",
        "007",
        "1e3",
        "1E+17",
        "123456789012345678",
        "5.0011E-2",
        "-0",
        "",
        " 7",
    ]
)
_CELLS = st.one_of(
    st.builds(
        '<c r="{{}}"{}><v>{}</v></c>'.format, st.sampled_from(["", ' s="2"', ' s="1"', ' t="n"']), _NUMBERS
    ),
    st.builds('<c r="{{}}" t="s"><v>{}</v></c>'.format, st.integers(0, 4)),
    st.builds('<c r="{{}}" t="inlineStr"><is><t>{}</t></is></c>'.format, _TEXTS),
    st.builds('<c r="{{}}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'.format, _TEXTS),
    st.sampled_from(
        ['<c r="{}"/>', '<c r="{}" s="2"/>', '<c r="{}"></c>', '<c r="{}" t="b"><v>1</v></c>', ""]
    ),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.lists(_CELLS, max_size=4)), max_size=5))
def test_plain_rows_are_those_of_calamine(drawn: list[tuple[int, list[str]]]) -> None:
    rows, number = "", 0
    for gap, cells in drawn:
        number += gap
        inside = "".join(
            cell.replace("{}", f"{letter}{number}") for letter, cell in zip("ABCD", cells, strict=False)
        )
        rows += f'<row r="{number}" spans="1:4">{inside}</row>'
    data = _workbook(rows)
    try:
        found = _plainly(data)
    except NotPlainError:
        return
    assert found == _by_calamine(data)


def test_the_usual_forms_are_plain() -> None:
    rows = (
        '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c>'
        '<c r="C1" s="2" t="inlineStr"><is><t>江津</t></is></c></row><row r="2"/>'
        '<row r="4"><c r="A4" t="n"><v>2020</v></c><c r="B4"><v>1.5</v></c><c r="C4" t="s"><v>3</v></c></row>'
    )
    assert _plainly(_workbook(rows)) == [(1, ["模范职工之家", None, "江津"]), (4, [2020, 1.5, "a&b"])]


@pytest.mark.parametrize(
    "second",
    [
        '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>',
        '<row r="3"><c r="A3" s="1"><v>44000</v></c></row>',
        '<row r="3"><c r="A3" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r></is></c></row>',
        '<row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>1</v></c></row>',
        '<row r="3"><c r="A3" t="str"><v>算</v></c></row>',
        "<row><c><v>3</v></c></row>",
    ],
)
def test_what_is_not_plain_is_left_to_calamine_from_there_on(second: str) -> None:
    """A list of many megabytes may turn unplain late: no row is lost or given twice."""
    filler = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{"长" * 200}{row}</t></is></c></row>'
        for row in range(4, 2500)
    )
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    late = second.replace("3", "2500") if 'r="' in second else second
    for rows in (first + second + filler, first + filler + late):
        data = _workbook(rows)
        with pytest.raises(NotPlainError):
            _plainly(data)
        frames = xlsx_frames(Job(data, "名单.xlsx", None))
        found = chain.from_iterable(unpack(frame[1:], {}) for frame in frames if frame[0] == "rows")
        assert [(row, _stripped(cells)) for row, cells in found] == _by_calamine(data)
