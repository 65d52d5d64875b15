"""Pictures: valid, the same bytes every time, no number lost, three kinds of nothing told apart."""

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.charts.svg import Cell, Table, Words, bar_chart, heat_table
from homeregistry.charts.terminal import terminal_bars, terminal_heat
from homeregistry.widths import columns

WORDS = Words("模范职工之家", "按区县", "单位:个", zero="零", not_reported="未报告", undecided="待定")
NOTHING = Cell(None, "not_reported")
ROWS = [
    ("万州区", Cell(28)),
    ("渝北区", Cell(0)),
    ("石柱土家族自治县", NOTHING),
    ("江北区", Cell(5, "undecided")),
]
TABLE = Table(["万州区", "渝北区"], ["2020", "2021"], [[Cell(28), Cell(0)], [NOTHING, Cell(5, "undecided")]])

CELLS = st.one_of(
    st.builds(Cell, st.integers(0, 10**7)),
    st.builds(Cell, st.integers(1, 99), st.just("undecided")),
    st.just(NOTHING),
    st.builds(Cell, st.integers(1500, 1600), st.just("counted"), st.just("1500余")),
)
LABELED = st.lists(st.tuples(st.text(max_size=12), CELLS), max_size=12)


def drawn(svg: str) -> list[str]:
    """The written words of a picture; parsing fails where it is no XML."""
    root = ElementTree.fromstring(svg)
    return [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]


def rects(svg: str) -> dict[str, str]:
    """Fill of every shape that has a title of its own, by the title."""
    space = "{http://www.w3.org/2000/svg}"
    return {
        node.findtext(f"{space}title", ""): node.get("fill", "")
        for node in ElementTree.fromstring(svg).iter(f"{space}rect")
        if node.find(f"{space}title") is not None
    }


@given(LABELED)
def test_any_rows_make_valid_pictures_with_every_number(rows: list[tuple[str, Cell]]) -> None:
    written = drawn(bar_chart(rows, WORDS))
    assert all(cell.text in written for _, cell in rows)
    table = Table([label for label, _ in rows], ["数"], [[cell] for _, cell in rows])
    assert all(cell.text in drawn(heat_table(table, WORDS)) for _, cell in rows)


@given(LABELED)
def test_the_same_rows_give_the_same_bytes(rows: list[tuple[str, Cell]]) -> None:
    assert bar_chart(rows, WORDS) == bar_chart(list(rows), WORDS)


def test_text_is_escaped_and_never_becomes_markup() -> None:
    nasty = '<script>alert("x")</script>&\x00\ud800'
    picture = bar_chart([(nasty, Cell(1))], Words(nasty, nasty, nasty))
    assert "<script" not in picture
    assert "\x00" not in picture
    assert '<script>alert("x")</script>&' in drawn(picture)


def test_zero_not_reported_and_undecided_look_different() -> None:
    fills = rects(heat_table(TABLE, WORDS))
    assert len(set(fills.values())) == 4
    assert {"零", "未报告", "待定"} <= set(drawn(heat_table(TABLE, WORDS)))
    assert {"28", "0", "—", "5?"} <= set(drawn(bar_chart(ROWS, WORDS)))


def test_a_longer_bar_is_a_larger_number_and_a_darker_cell_too() -> None:
    picture = ElementTree.fromstring(bar_chart([("甲", Cell(100)), ("乙", Cell(50))], WORDS))
    widths = [
        float(node.get("width", "0"))
        for node in picture.iter("{http://www.w3.org/2000/svg}rect")
        if node.get("rx")
    ]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)
    fills = rects(heat_table(Table(["区"], ["甲", "乙"], [[Cell(1), Cell(60)]]), WORDS))
    assert int(fills["区 甲: 1"][1:], 16) > int(fills["区 乙: 60"][1:], 16)


def test_the_picture_says_what_it_is_to_those_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(heat_table(TABLE, WORDS))
    assert root.get("role") == "img"
    assert [child.text for child in root[:2]] == [WORDS.title, WORDS.description]


def test_cells_that_do_not_fit_the_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="labels"):
        Table(["万州区"], ["2020", "2021"], [[Cell(1)]])


def test_terminal_bars_are_aligned_by_columns_not_characters() -> None:
    lines = terminal_bars(ROWS, 60).splitlines()
    assert len({columns(line[: line.index("│")]) for line in lines}) == 1
    assert all(columns(line) <= 60 for line in lines)
    assert [line.split()[-1] for line in lines] == ["28", "0", "—", "5?"]


@given(LABELED.filter(bool), st.integers(20, 120))
def test_terminal_bars_end_with_their_number(rows: list[tuple[str, Cell]], width: int) -> None:
    clean = [("".join(filter(str.isalnum, label)), cell) for label, cell in rows]
    lines = terminal_bars(clean, width).splitlines()
    assert [line.split("│")[1].split()[-1] for line in lines] == [cell.text for _, cell in clean]


def test_terminal_heat_lines_up_and_keeps_the_states_apart() -> None:
    lines = terminal_heat(TABLE).splitlines()
    assert len({columns(line) for line in lines}) == 1
    assert lines[1].split() == ["万州区", "█", "28", "0"]
    assert lines[2].split() == ["渝北区", "—", "5?"]
