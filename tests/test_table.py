"""The table of the command line is tabulate's, without the time that loading tabulate takes."""

import subprocess
import sys

from hypothesis import assume, given
from hypothesis import strategies as st
from tabulate import tabulate

from homeregistry.cli.output import table_text
from homeregistry.cli.table import columns, simple_table

CELL = st.text(st.sampled_from("abc XYZ09.-(),万州区（）、·—…“”é█ㄱ😀\n"), max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], list[bool]]:
    width = draw(st.integers(1, 5))
    headers = draw(st.lists(st.text("ab区 县c", max_size=6).map(str.strip), min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6))
    right = draw(st.lists(st.booleans(), min_size=width, max_size=width))
    return headers, rows, right


@given(tables())
def test_the_table_is_the_one_that_tabulate_prints(
    table: tuple[list[str], list[list[str]], list[bool]],
) -> None:
    headers, rows, right = table
    assume(all(any(cell.strip() for cell in row) for row in rows))  # tabulate drops some empty rows
    align = ["right" if one else "left" for one in right]
    theirs = tabulate(rows, headers=headers, disable_numparse=True, colalign=align)
    stripped = "\n".join(line.rstrip() for line in theirs.split("\n"))
    assert simple_table(headers, rows, right).rstrip("\n") == stripped.rstrip("\n")


def test_a_chinese_character_takes_two_columns() -> None:
    assert (columns("abc"), columns("万州区"), columns("é…"), columns("（2020）")) == (3, 6, 2, 8)


def test_numbers_stand_to_the_right_and_missing_values_are_empty() -> None:
    text = table_text(["区县", "count"], [["万州区", 2], ["渝北区", None], ["1e5", 10]])
    assert text.splitlines() == [
        "区县      count", "------  -------", "万州区        2", "渝北区", "1e5          10",
    ]  # fmt: skip


def test_printing_a_table_loads_no_table_library() -> None:
    code = (
        "import sys; from homeregistry.cli.output import table_text; table_text(['a'], [[1]]); "
        "print([name for name in ('tabulate', 'wcwidth') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
