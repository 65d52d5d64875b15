"""Hostile and broken files end in a clear sentence or a correct result, soon and in little memory."""
# ruff: noqa: E501

import time
from pathlib import Path

import pytest

import hostile
from homeregistry import readers
from homeregistry.errors import FileRefused
from homeregistry.grid import MergedRange, Sheet
from homeregistry.readers.refusals import REFUSALS

SECONDS = 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def read(path: Path) -> list[tuple[Sheet, list[tuple[int, list[object]]]]]:
    """Every sheet with its rows, within the time limit."""
    started = time.monotonic()
    with readers.open_document(path) as opened:
        found = [(sheet, [(number, list(cells)) for number, cells in sheet]) for sheet in opened.sheets()]
    assert time.monotonic() - started < SECONDS
    return found


def exhaust(path: Path) -> None:
    """Read a file to its end."""
    with readers.open_document(path) as opened:
        for sheet in opened.sheets():
            list(sheet)


def refusal(path: Path) -> FileRefused:
    """The refusal of a file, whose sentence must be whole."""
    started = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        exhaust(path)
    assert time.monotonic() - started < SECONDS
    assert path.name in str(caught.value)
    assert caught.value.code in {entry.code for entry in REFUSALS.values()}
    return caught.value


class _Anything(dict[str, str]):
    """Fills in every place of a sentence."""

    def __missing__(self, key: str) -> str:
        return key


FIVE = [(number, [f"单位{number}", 2020]) for number in range(1, 6)]


def test_a_stray_cell_in_the_last_corner_costs_nothing_and_is_read(put) -> None:
    far = hostile.row(1048576, hostile.cell("XFD1048576", "x"))
    ((_, rows),) = read(put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(5) + far))))
    assert rows[:5] == FIVE
    number, cells = rows[5]
    assert (number, len(cells), cells[-1]) == (1048576, 16384, "x")


def test_a_stray_cell_far_below_keeps_its_own_row_number(put) -> None:
    far = hostile.row(1048576, hostile.cell("A1048576", "x"))
    ((_, rows),) = read(put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(50) + far))))
    assert len(rows) == 51
    assert rows[-1] == (1048576, ["x"])


@pytest.mark.parametrize("place", ["A1048577", "A99999999999", "XFE3", "ZZZZ3"])
def test_places_beyond_the_grid_are_refused(put, place: str) -> None:
    number = int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    row = hostile.row(number, hostile.cell(place, "x"))
    assert refusal(put("a.xlsx", hostile.xlsx(hostile.sheet(row)))).code == "damaged_file"


def test_a_merge_over_the_whole_sheet_is_cut_to_the_list(put) -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ((sheet, rows),) = read(put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(5), after=merge))))
    assert rows == FIVE
    assert sheet.merged[0].last_row == 5
    assert sheet.merged[0].last_column < 30


@pytest.mark.parametrize("dimension", ["A1:B1", "A1", "A1:XFD1048576", "C9:D10"])
def test_a_dimension_that_lies_changes_nothing(put, dimension: str) -> None:
    part = hostile.sheet(hostile.names(5), before=f'<dimension ref="{dimension}"/>')
    ((_, rows),) = read(put("a.xlsx", hostile.xlsx(part)))
    assert rows == FIVE


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_doctypes_and_entities_are_refused(put, part: str) -> None:
    parts = hostile.xlsx_parts(hostile.sheet(hostile.names(5)))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts[part] = str(parts[part]).replace("?>\n", "?>\n" + laughs, 1)
    assert refusal(put("a.xlsx", hostile.packed(parts))).code == "unsafe_file"


def test_entities_in_an_opendocument_are_refused(put) -> None:
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    parts["content.xml"] = '<?xml version="1.0"?>' + " " * 70_000 + '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refusal(put("a.ods", hostile.packed(parts))).code == "unsafe_file"


def test_zip_bombs_are_refused_by_their_directory(put) -> None:
    data = bytearray(hostile.bomb(megabytes=40))
    assert refusal(put("a.xlsx", bytes(data))).code in ("too_large", "damaged_file")
    parts = hostile.xlsx_parts(hostile.sheet(""))
    parts["xl/worksheets/sheet1.xml"] = b"\0" * (1 << 26)
    assert refusal(put("b.xlsx", hostile.packed(parts))).code == "too_large"


def test_a_bomb_whose_directory_lies_is_refused(put) -> None:
    assert refusal(put("a.xlsx", hostile.lying_bomb())).code == "damaged_file"


def test_too_many_parts_are_refused_before_they_are_listed(put) -> None:
    data = hostile.packed({f"a{number}": "" for number in range(21_000)})
    assert refusal(put("a.xlsx", data)).code == "too_large"


@pytest.mark.parametrize("left", [60, 300, 900, 1500])
def test_truncated_workbooks_are_refused(put, left: int) -> None:
    data = hostile.xlsx(hostile.sheet(hostile.names(500)))
    assert refusal(put("a.xlsx", data[:-left])).code == "damaged_file"


def test_a_truncated_part_in_a_whole_container_is_refused(put) -> None:
    part = hostile.sheet(hostile.names(500))[:-700]
    assert refusal(put("a.xlsx", hostile.xlsx(part))).code == "damaged_file"


def test_a_missing_sheet_part_is_refused(put) -> None:
    parts = hostile.xlsx_parts(hostile.sheet(hostile.names(5)), hostile.sheet(hostile.names(5)))
    del parts["xl/worksheets/sheet2.xml"]
    assert refusal(put("a.xlsx", hostile.packed(parts))).code == "damaged_file"


def test_a_row_that_stands_twice_is_refused_because_one_of_the_two_would_be_lost(put) -> None:
    part = hostile.sheet(hostile.names(3) + hostile.names(1))
    caught = refusal(put("a.xlsx", hostile.xlsx(part)))
    assert (caught.code, caught.params["row"]) == ("damaged_file", 1)


def test_rows_out_of_order_come_back_in_order(put) -> None:
    part = hostile.sheet(hostile.names(2, first=4) + hostile.names(3))
    ((_, rows),) = read(put("a.xlsx", hostile.xlsx(part)))
    assert rows == FIVE


def test_a_million_empty_styled_rows_are_passed_over(put) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(6, 1_048_577))
    ((_, rows),) = read(put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(5) + empty))))
    assert rows == FIVE


def test_empty_texts_make_no_row_and_no_alarm(put) -> None:
    blank = hostile.row(6, hostile.cell("A6", "")) + hostile.row(7, '<c r="A7" t="str"><f>""</f><v></v></c>')
    ((sheet, rows),) = read(put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(5) + blank))))
    assert rows == FIVE
    assert not sheet.damaged


@pytest.mark.parametrize(
    "part",
    [
        hostile.sheet(hostile.names(5) + '<!-- <row r="9"><c r="A9"><v>1</v></c></row> -->'),
        hostile.sheet(hostile.names(5), prologue='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        hostile.sheet(hostile.names(5)).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
        .replace("xmlns=", "xmlns:x="),
        hostile.sheet(hostile.names(5)).replace('"', "'"),
    ],
    ids=["comment", "utf-16", "prefixed", "single quotes"],
)  # fmt: skip
def test_unusual_ways_to_write_a_sheet_are_read_alike(put, part: str | bytes) -> None:
    ((_, rows),) = read(put("a.xlsx", hostile.xlsx(part)))
    assert rows == FIVE


def test_control_characters_and_lone_surrogates_arrive_for_the_door_to_clean(put) -> None:
    part = hostile.sheet(hostile.row(1, hostile.cell("A1", "甲_x0000_乙\x01_xD800_丙")))
    ((_, rows),) = read(put("a.xlsx", hostile.xlsx(part)))
    text = rows[0][1][0]
    assert isinstance(text, str)
    assert text.startswith("甲")
    assert text.endswith("丙")
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.csv", b"", "empty_file"),
        ("blank.txt", b"\xef\xbb\xbf\r\n", "empty_file"),
        ("nul.csv", b"a,b\n1\x00,2\n", "unknown_encoding"),
        ("latin.csv", "é,ü\nñ,ß\n".encode("latin-1"), "unknown_encoding"),
        ("big5.txt", "國營機械廠工會委員會".encode("big5"), "unknown_encoding"),
        ("lone.txt", "甲\ud800乙".encode("utf-8", "surrogatepass"), "unknown_encoding"),
        ("quote.csv", '甲,乙\n1,"2\n3,4\n'.encode(), "damaged_file"),
        ("stray.csv", '甲,乙\n1,"2"3\n3,4\n'.encode(), "damaged_file"),
        ("huge.csv", b'a,b\n"' + b"x" * 3_000_000 + b'",2\n', "too_large"),
        ("old.et", OLE + "Workbook".encode("utf-16-le") + b"\0\0", "unsupported_format"),
        ("typed.et", "单位名称\n福建小学\n".encode(), "unsupported_format"),
        ("note.xlsx", "这不是工作簿\n".encode(), "not_a_workbook"),
        ("binary.xlsx", bytes(range(256)) * 10, "not_a_workbook"),
        ("photo.xlsx", b"\xff\xd8\xff" + b"1" * 99, "picture_only"),
        ("archive.zip", hostile.packed({"a.txt": "b"}), "unsupported_format"),
        ("renamed.xlsx", b"Rar!\x1a\x07\x00", "unsupported_format"),
        ("old.doc", OLE + "WordDocument".encode("utf-16-le") + b"\0\0", "unsupported_format"),
        ("old.wps", OLE + b"\0" * 99, "unsupported_format"),
        ("old.rtf", b"{\\rtf1 a}", "unsupported_format"),
        ("sheet.ofd", hostile.packed({"OFD.xml": "<a/>"}), "unsupported_format"),
        ("old.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00", "unsupported_format"),
        ("broken.xls", OLE + "Workbook".encode("utf-16-le") + b"\0\0" * 9000, "damaged_file"),
        ("broken.pdf", b"%PDF-1.4\ngarbage", "damaged_file"),
        ("cut.pdf", hostile.pdf(hostile.shown("名", "名", 5, 5), characters="名")[:600], "damaged_file"),
        ("broken.docx", hostile.docx("<w:p>"), "damaged_file"),
        ("deep.docx", hostile.docx("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000), "damaged_file"),
        ("deep.html", b"<table><tr><td>" * 5_000, "too_large"),
        ("spans.html", b"<table>" + b"<tr><td rowspan=9000 colspan=1000>a<td>b" * 900, "too_large"),
    ],
)
def test_broken_and_foreign_files_end_in_a_sentence(put, name: str, data: bytes, code: str) -> None:
    assert refusal(put(name, data)).code == code


def test_an_unclosed_quote_is_named_by_its_line(put) -> None:
    caught = refusal(put("a.csv", '甲,乙\n1,2\n1,"2\n3,4\n'.encode()))
    assert caught.params["line"] == 3


def test_deep_markup_without_tables_is_read(put) -> None:
    with readers.open_document(put("a.html", b"<div>" * 100_000 + "甲".encode())) as opened:
        assert opened.text().text == "甲"


def test_a_million_times_sixteen_thousand_repeated_cells_are_refused(put) -> None:
    row = (
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>'
    )
    assert refusal(put("a.ods", hostile.ods(row))).code == "too_large"


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        readers.open_document(tmp_path)
    assert caught.value.code == "is_folder"
    with pytest.raises(FileRefused) as caught:
        readers.open_document(tmp_path / "nothing.xlsx")
    assert caught.value.code == "missing_file"


def test_every_sentence_can_be_filled_in() -> None:
    values = _Anything()
    for entry in REFUSALS.values():
        assert entry.message.format_map(values)
        assert "{file}" in entry.message


def test_a_merge_of_rows_keeps_its_edges(put) -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>'
    ((sheet, _),) = read(put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(5), after=merge))))
    assert sheet.merged == (MergedRange(2, 0, 4, 0),)
