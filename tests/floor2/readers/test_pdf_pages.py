"""Pages of PDFs without rulings: wrapped cells, cells that run together, columns like a newspaper's."""
# ruff: noqa: E501

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest

import hostile
from homeregistry import readers
from homeregistry.grid import TextDocument

Put = Callable[[str, bytes], Path]
Words = tuple[float, float, str]
"""Where a text begins, from the left and from above, and the text."""

EM = 12
"""The type of `hostile.shown`: every character is as wide as it is high."""

NAMES = (
    "重庆长安汽车股份有限公司江北发动机工厂工会委员会", "重庆市渝中区人民小学工会", "国网重庆市电力公司永川供电分公司工会委员会",
    "重庆市綦江区中医院工会", "重庆建工第三建设有限责任公司工会", "中国石油天然气重庆销售分公司工会委员会",
    "重庆市南岸区珊瑚小学工会", "重庆钢铁股份有限公司工会",
)  # fmt: skip
PLACES = ("江北区", "渝中区", "永川区", "綦江区", "渝中区", "渝北区", "南岸区", "长寿区")
COLUMNS = (60, 110, 290)


def read(put: Put, *pages: Sequence[Words]) -> TextDocument:
    """The document that pages of placed texts make."""
    used = "".join(sorted({char for page in pages for *_, text in page for char in text}))
    contents = [
        "".join(hostile.shown(text, used, round(x), round(842 - y)) for x, y, text in page) for page in pages
    ]
    with readers.open_document(put("a.pdf", hostile.pdf(*contents, characters=used))) as opened:
        return opened.text()


def rows(document: TextDocument) -> list[list[object]]:
    return [list(cells) for table in document.tables for _, cells in table]


def broken(text: str, width: int) -> list[str]:
    """The lines of a text in a column so many characters wide."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def laid_out(
    table: Sequence[Sequence[str]], lefts: Sequence[int], width: int, setting: str, y: float = 100
) -> list[Words]:
    """A table whose second column breaks its words; the other cells stand at the `setting` of their row."""
    words: list[Words] = []
    for cells in table:
        lines = broken(cells[1], width)
        words += [(lefts[1], y + 14 * number, line) for number, line in enumerate(lines)]
        down = {"top": 0.0, "middle": (len(lines) - 1) / 2, "bottom": len(lines) - 1.0}[setting]
        words += [
            (left, y + 14 * down, text)
            for column, (left, text) in enumerate(zip(lefts, cells, strict=True))
            if column != 1 and text
        ]
        y += 14 * len(lines)
    return words


def columns_of(lines: Sequence[str], lefts: Sequence[int], pitch: int = 16, y: int = 100) -> list[Words]:
    """Lines set in columns, one filled after the other."""
    each = -(-len(lines) // len(lefts))
    return [
        (lefts[place // each], y + pitch * (place % each), line) for place, line in enumerate(lines) if line
    ]


NUMBERED = [["序号", "单位名称", "区县"]] + [
    [str(number), name, place] for number, name, place in zip(count(1), NAMES, PLACES, strict=False)
]
UNNUMBERED = [[place, name, "模范职工之家"] for name, place in zip(NAMES, PLACES, strict=False)]


@pytest.mark.parametrize("setting", ["top", "middle", "bottom"])
def test_a_cell_that_runs_over_lines_is_one_cell_however_its_row_is_set(put: Put, setting: str) -> None:
    document = read(put, laid_out(NUMBERED, COLUMNS, 13, setting))
    assert rows(document) == NUMBERED
    assert not document.doubtful


@pytest.mark.parametrize("setting", ["top", "middle", "bottom"])
def test_rows_without_numbers_are_put_together_under_a_header(put: Put, setting: str) -> None:
    table = [["县区", "单位", "荣誉"], *UNNUMBERED]
    document = read(put, laid_out(table, (60, 130, 310), 13, setting))
    assert rows(document) == table
    assert not document.doubtful


def test_rows_that_may_be_set_at_the_top_or_the_bottom_are_told_by_their_names(put: Put) -> None:
    table = [
        ["序号", "单位名称", "区县"],
        ["1", "南岸区人民医院工会", "永川区"],
        ["2", "重庆市三峡库区生态环境保护厂二车间工会小组", "南岸区"],
    ]
    document = read(put, laid_out(table, COLUMNS, 9, "bottom"))
    assert rows(document) == table
    assert not document.doubtful


def test_rows_that_nothing_tells_from_rows_set_otherwise_are_doubtful(put: Put) -> None:
    table = [["序号", "名称", "区县"], ["1", "春夏秋冬", "永川区"], ["2", "东南西北中央", "南岸区"]]
    document = read(put, laid_out(table, COLUMNS, 4, "bottom"))
    lines = document.text.split("\n")
    assert [lines[number - 1][0] for number in sorted(document.doubtful)] == ["1", "2"]


def test_rows_without_numbers_or_header_are_lines_whose_cells_tell_themselves(put: Put) -> None:
    table = [[place, name] for name, place in zip(NAMES, PLACES, strict=True)]
    document = read(put, laid_out(table, (60, 130), 13, "top"))
    assert document.text.split("\n") == [f"{place}\t{name}" for place, name in table]


def test_a_row_goes_on_behind_the_page_number_and_the_repeated_header(put: Put) -> None:
    first = laid_out(NUMBERED[:4], COLUMNS, 13, "top")[:-1]
    last = broken(NAMES[2], 13)[-1]
    cut = [words for words in first if words[2] != last]
    second = [(left, 100.0, text) for left, text in zip(COLUMNS, NUMBERED[0], strict=True)]
    rest = laid_out(NUMBERED[4:], COLUMNS, 13, "top", 128)
    place = (COLUMNS[2], cut[-1][1], PLACES[2])
    document = read(
        put, [*cut, place, (280, 780, "—1—")], [*second, (COLUMNS[1], 114, last), *rest, (280, 780, "—2—")]
    )
    found = [row for row in rows(document) if str(row[0]).isdecimal()]
    assert found == NUMBERED[1:]


def test_a_row_set_at_the_bottom_goes_on_behind_the_page_number_and_the_repeated_header(put: Put) -> None:
    table = laid_out(NUMBERED[:4], COLUMNS, 13, "bottom")
    cut = max(y for x, y, _ in table if x == COLUMNS[1])
    header = [(left, 86.0, text) for left, text in zip(COLUMNS, NUMBERED[0], strict=True)]
    first = [words for words in table if words[1] < cut]
    second = [(x, 100.0, text) for x, y, text in table if y == cut]
    document = read(put, [*first, (280, 780, "—1—")], [*header, *second, (280, 780, "—2—")])
    assert [row for row in rows(document) if str(row[0]).isdecimal()] == NUMBERED[1:4]
    assert not document.doubtful


def test_a_cell_that_is_but_the_end_of_a_name_is_doubtful(put: Put) -> None:
    table = [*NUMBERED[:4], ["4", "公司工会委员会", "渝北区"]]
    document = read(put, laid_out(table, COLUMNS, 13, "top"))
    lines = document.text.split("\n")
    assert [lines[number - 1].split("\t")[1] for number in document.doubtful] == ["公司工会委员会"]


def test_cells_that_nearly_touch_are_parted_where_the_other_rows_leave_space(put: Put) -> None:
    widest = max(map(len, NAMES))
    lefts = (60, 75, 75 + widest * EM + 2)
    words = laid_out(NUMBERED[1:], lefts, widest, "top", 120)
    words += [(60, 100, "号"), (200, 100, "单位名称"), (lefts[2], 100, "区县")]
    assert rows(read(put, words)) == [["号", "单位名称", "区县"], *NUMBERED[1:]]


def test_a_break_made_by_hand_inside_a_cell_is_doubtful_and_joined_to_nothing(put: Put) -> None:
    words = laid_out(NUMBERED[:3], COLUMNS, 13, "top")
    words += [(60, 170, "3"), (110, 170, "重庆轮船"), (110, 184, "工会委员会"), (290, 170, "渝中区")]
    document = read(put, words)
    lines = document.text.split("\n")
    assert [lines[number - 1] for number in sorted(document.doubtful)] == [
        "3\t重庆轮船\t渝中区", "工会委员会",
    ]  # fmt: skip


def test_a_place_in_the_middle_of_its_numbered_rows_stands_with_each_of_them(put: Put) -> None:
    words: list[Words] = [(60, 100, "区县"), (140, 100, "序号"), (190, 100, "单位名称")]
    groups = (("渝中区", NAMES[3:4]), ("江北区", NAMES[4:6]), ("綦江区", NAMES[6:8]), ("南岸区", NAMES[1:2]))
    number, y = 0, 120.0
    for place, names in groups:
        begin = y
        for name in names:
            number += 1
            lines = broken(name, 12)
            words += [(190, y + 14 * line, text) for line, text in enumerate(lines)]
            words.append((145, y + 7 * (len(lines) - 1), str(number)))
            y += 14 * len(lines)
        words.append((60, (begin + y - 14) / 2, place))
    document = read(put, words)
    assert rows(document)[1:] == [
        [place, str(number), name]
        for number, (place, name) in enumerate(((p, n) for p, names in groups for n in names), start=1)
    ]
    assert not document.doubtful


def test_the_last_rows_of_a_table_are_rows_though_each_of_their_lines_holds_one_cell(put: Put) -> None:
    words: list[Words] = [(60, 100, "区县"), (140, 100, "序号"), (190, 100, "单位名称"), (60, 120, "渝中区")]
    y = 120.0
    for number, name in enumerate((NAMES[1], NAMES[3], NAMES[4], NAMES[2]), start=1):
        lines = broken(name, 13)
        words += [(190, y + 14 * line, text) for line, text in enumerate(lines)]
        words.append((145, y + 7 * (len(lines) - 1), str(number)))
        y += 14 * len(lines)
    document = read(put, words)
    assert [row[1:] for row in rows(document)[1:]] == [
        ["1", NAMES[1]], ["2", NAMES[3]], ["3", NAMES[4]], ["4", NAMES[2]]
    ]  # fmt: skip
    assert not document.doubtful


def test_places_in_the_middle_of_single_rows_part_no_names(put: Put) -> None:
    words: list[Words] = [(60, 100, "区县"), (140, 100, "序号"), (190, 100, "单位名称")]
    for number, (place, name) in enumerate((("江北区", NAMES[0]), ("永川区", NAMES[2])), start=1):
        y = 80.0 + 40 * number
        words += [(145, y, str(number)), (60, y + 7, place)]
        words += [(190, y + 14 * line, text) for line, text in enumerate(broken(name, 13))]
    assert rows(read(put, words))[1:] == [["江北区", "1", NAMES[0]], ["永川区", "2", NAMES[2]]]


@pytest.mark.parametrize(("level", "doubtful"), [(160, ["2"]), (170, ["1", "2", "3", "4"])])
def test_rows_that_a_place_may_or_may_not_stand_beside_are_doubtful(
    put: Put, level: int, doubtful: list[str]
) -> None:
    words: list[Words] = [(60, 100, "区县"), (140, 100, "序号"), (190, 100, "单位名称")]
    for number, name in enumerate(("甲厂工会", "乙大学工会", "丙医院工会", "丁小学工会"), start=1):
        words += [(145, 100 + 20 * number, str(number)), (190, 100 + 20 * number, name)]
    document = read(put, [*words, (60, 120, "渝中区"), (60, level, "江北区")])
    lines = document.text.split("\n")
    assert [lines[number - 1].split("\t")[1] for number in sorted(document.doubtful)] == doubtful


def test_a_page_in_two_columns_is_read_column_by_column_with_wrapped_names_whole(put: Put) -> None:
    title = [(150, 60, "模范职工之家名单(8个)")]
    lines = [line for name in NAMES for line in broken(name, 15)]
    document = read(put, [*title, *columns_of(lines, (60, 320))])
    assert document.text.split("\n") == [title[0][2], *NAMES]
    assert not document.doubtful


def test_headings_inside_columns_stand_over_their_own_names(put: Put) -> None:
    parts = [(f"{place}(1个)", name) for place, name in zip(PLACES, NAMES, strict=True)]
    lines = [line for place, name in parts for line in (place, *broken(name, 11))]
    document = read(put, columns_of(lines, (60, 220, 380)))
    assert document.text.split("\n") == [line for part in parts for line in part]


def test_a_title_over_one_gutter_of_three_columns_hides_none(put: Put) -> None:
    title = (150.0, 60.0, "模范职工之家名单(8个)")
    lines = [line for name in NAMES for line in broken(name, 11)]
    document = read(put, [title, *columns_of(lines, (60, 228, 396))])
    assert document.text.split("\n") == [title[2], *NAMES]
    assert not document.doubtful


def test_a_company_that_fills_its_line_among_unions_is_joined_to_no_other_place(put: Put) -> None:
    names = [*NAMES[:2], "重庆轮船股份有限责任总公司", "渝北区人民小学工会", *NAMES[2:8]]
    lines = [line for name in names for line in broken(name, 13)]
    document = read(put, columns_of(lines, (60, 320)))
    said = document.text.split("\n")
    assert said == names
    assert {said[number - 1] for number in document.doubtful} == set(names[2:4])


def test_a_whole_name_that_fills_its_line_and_a_numbered_school_below_are_doubtful(put: Put) -> None:
    names = [*NAMES[:2], "重庆轮船股份有限公司机关工会", "第八中学工会", *NAMES[2:8]]
    lines = [line for name in names for line in broken(name, 14)]
    document = read(put, columns_of(lines, (60, 320)))
    said = document.text.split("\n")
    assert said == names
    assert {said[number - 1] for number in document.doubtful} == set(names[2:4])


def test_a_short_first_name_below_a_title_stands_in_its_column(put: Put) -> None:
    title = (150.0, 84.0, "模范职工之家名单(9个)")
    names = ["珊瑚中学", *NAMES]
    lines = [line for name in names for line in broken(name, 15)]
    document = read(put, [title, *columns_of(lines, (60, 300))])
    assert document.text.split("\n") == [title[2], *names]


@pytest.mark.parametrize(("first", "others"), [(0, 2), (2, 0)])
def test_an_indent_tells_where_names_begin_though_lines_end_like_names(
    put: Put, first: int, others: int
) -> None:
    names = [
        "重庆长安汽车集团有限公司江北发动机工厂",
        "重庆市人民医院",
        "重庆轮船股份总公司三峡客运分公司",
        "重庆市第八中学",
        "重庆机场集团",
    ]
    words: list[Words] = []
    y = 100
    for name in names:
        rest, indent = name, first
        while rest:
            room = 14 - indent
            words.append((60 + indent * EM, y, rest[:room]))
            rest, indent, y = rest[room:], others, y + 16
    assert read(put, words).text.split("\n") == names


def test_numbers_tell_where_the_entries_of_a_narrow_column_begin(put: Put) -> None:
    entries = [f"{number}、{name}" for number, name in enumerate(NAMES, start=1)]
    words = [
        (60.0, 100.0 + 16 * at, line) for at, line in enumerate(x for e in entries for x in broken(e, 14))
    ]
    assert read(put, words).text.split("\n") == entries


def test_a_full_line_that_may_be_a_whole_name_is_doubtful_with_the_next(put: Put) -> None:
    lines = ["重庆轮船总公司三峡客运站务", "中心", "重庆长江轮船股份有限责任公司", "万州港埠建设分公司", "成都铁路局重庆车辆段检修所第", "二车间", "四川航空重庆分公司", "巴南区一中"]  # fmt: skip
    document = read(put, columns_of([*lines, *lines], (60, 320)))
    said = document.text.split("\n")
    assert {said[number - 1] for number in document.doubtful} >= {
        "重庆长江轮船股份有限责任公司",
        "万州港埠建设分公司",
    }


def test_names_in_columns_that_break_none_are_neither_joined_nor_doubtful(put: Put) -> None:
    names = ["重庆市南开中学校", "重庆长安汽车公司", "重庆市第一中学校", "重庆钢铁集团公司", "重庆市巴蜀中学", "重庆银行公司", "重庆市气象局机关", "重庆燃气集团公司"]  # fmt: skip
    document = read(put, columns_of(names, (60, 200)))
    assert document.text.split("\n") == names
    assert not document.doubtful


def test_running_text_beside_a_list_is_kept_apart_from_it(put: Put) -> None:
    prose = "各级工会组织要以先进为榜样,认真学习贯彻上级决定,扎实工作。希望受表彰的单位珍惜荣誉,再接再厉,在今后取得更大成绩。全市工会工作再上新台阶。"
    left = [(60.0, 100.0 + 16 * at, line) for at, line in enumerate(broken(prose, 15))]
    lines = [line for name in NAMES[:4] for line in broken(name, 15)]
    right = [(320.0, 100.0 + 16 * at, line) for at, line in enumerate(lines)]
    assert read(put, [*left, *right]).text.split("\n")[-4:] == list(NAMES[:4])


def test_titles_that_head_two_columns_are_no_header_of_a_table(put: Put) -> None:
    lines = [line for name in NAMES[:3] for line in broken(name, 15)]
    parts = [
        "一、模范职工之家(3个)",
        *lines,
        "二、模范职工小家(3个)",
        *(line.replace("工会", "分会") for line in lines),
    ]
    assert read(put, columns_of(parts, (60, 320))).text.split("\n") == [
        parts[0], *NAMES[:3], "二、模范职工小家(3个)", *(name.replace("工会", "分会") for name in NAMES[:3]),
    ]  # fmt: skip


def test_the_space_beside_a_number_inside_a_name_parts_no_columns(put: Put) -> None:
    names = [
        "重庆变压器股份有限公司工会",
        "重庆市第#地质勘探队工会",
        "重庆电器设备制造总厂工会",
        "重庆轮船股份有限公司工会",
    ]
    words: list[Words] = [(60, 100, "序号"), (160, 100, "单位"), (270, 100, "推荐单位")]
    for number, name in enumerate(names, start=1):
        y = 90 + 40 * number
        words += [(60, y, str(number)), (270, y, "渝中区总工会")]
        if "#" in name:
            before, behind = name.split("#")
            words += [(110, y, before), (160, y, "1"), (174, y, behind[:6])]
            names[number - 1] = before + "1" + behind[:6]
        else:
            words += [(110, y - 7, name[:11]), (110, y + 7, name[11:])]
    assert [row[1:2] for row in rows(read(put, words))[1:]] == [[name] for name in names]
