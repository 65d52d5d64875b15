"""Delimited text, documents and web pages are read as they stand, and every format of the contract is known."""
# ruff: noqa: E501

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hostile
from homeregistry import readers
from homeregistry.errors import FileRefused
from homeregistry.grid import MergedRange
from homeregistry.readers.delimited import delimiter_of
from homeregistry.readers.delimited import rows as delimited_rows
from homeregistry.readers.encoding import decode
from workbooks_by_hand import rows_of

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


def test_the_extensions_cover_the_contract() -> None:
    promised = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".docx", ".pdf", ".txt", ".html"}
    assert promised <= set(readers.supported_extensions())
