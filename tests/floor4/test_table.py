"""Tables are tabulate's and fit the page; a look-up prints the same without loading it."""

import subprocess
import sys

from hypothesis import assume, given
from hypothesis import strategies as st
from tabulate import tabulate

from homeregistry.cli.output import table_text
from homeregistry.cli.quick_table import quick_table
from homeregistry.cli.table import page_table
from homeregistry.widths import columns, longest_piece

CELL = st.text(st.sampled_from("abc XYZ09.-(),万州区（）、·—…“”é█ㄱ😀\n"), max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], list[bool]]:
    width = draw(st.integers(1, 5))
    headers = draw(st.lists(st.text("ab区 县c", max_size=6).map(str.strip), min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6))
    right = draw(st.lists(st.booleans(), min_size=width, max_size=width))
    return headers, rows, right


@given(tables())
def test_a_quick_table_is_the_one_that_tabulate_prints(
    table: tuple[list[str], list[list[str]], list[bool]],
) -> None:
    headers, printed, _right = table
    rows = [[cell.replace("\n", " ") for cell in row] for row in printed]
    assume(all(any(cell.strip() for cell in row) for row in rows))  # tabulate drops some empty rows
    theirs = tabulate(rows, headers=headers, disable_numparse=True)
    stripped = "\n".join(line.rstrip() for line in theirs.split("\n"))
    assert quick_table(headers, rows).rstrip("\n") == stripped.rstrip("\n")


def test_a_chinese_character_takes_two_columns() -> None:
    assert (columns("abc"), columns("万州区"), columns("é…"), columns("（2020）")) == (3, 6, 2, 8)


def test_numbers_stand_to_the_right_and_missing_values_are_empty() -> None:
    text = table_text(["区县", "count"], [["万州区", 2], ["渝北区", None], ["1e5", 10]])
    assert text.splitlines() == [
        "区县    count", "------  -----", "万州区      2", "渝北区", "1e5        10",
    ]  # fmt: skip


@given(tables(), st.integers(20, 100))
def test_a_table_is_no_wider_than_asked_unless_a_word_or_a_header_is(
    table: tuple[list[str], list[list[str]], list[bool]], width: int
) -> None:
    headers, rows, right = table
    least = [
        max(
            10,
            columns(header),
            *((columns if right[place] else longest_piece)(row[place]) for row in rows),
        )
        for place, header in enumerate(headers)
    ]
    lines = page_table(headers, rows, right, width).splitlines()
    hanging = 2 * len(headers)  # a closing mark may not begin a line
    assert max(map(columns, lines)) <= max(width, sum(least) + 2 * (len(least) - 1)) + hanging


def test_a_cell_too_wide_is_broken_into_lines_and_loses_nothing() -> None:
    name = "中电(福建)电力开发有限公司工会委员会，原福建南平南孚电池有限公司第四车间工会小组"
    text = page_table(["编号", "名称"], [["1", name], ["2", "短"]], [True, False], 40)
    lines = text.splitlines()
    assert max(map(columns, lines)) <= 40
    assert "".join(line[4:].strip() for line in lines[2:-1]) == name
    assert lines[-1].split() == ["2", "短"]


def test_a_look_up_loads_no_table_library() -> None:
    code = (
        "import sys; from homeregistry.cli import run; run(['region', 'lookup', '万州区']); "
        "print([name for name in ('tabulate', 'wcwidth') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "500101" in answer.stdout
    assert answer.stdout.splitlines()[-1] == "[]"
