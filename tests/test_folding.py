"""Wide tables folded to a page: nothing is lost, no number is torn, the width is kept where it can be."""

import re

from hypothesis import given
from hypothesis import strategies as st

from homeregistry.cli.folding import folded
from homeregistry.cli.table import columns, simple_table

CELLS = st.text(alphabet="全国模范职工之家 0123456789ab.[]:余个", max_size=60)
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(TABLES)
def test_folding_keeps_every_word_and_tears_no_number(rows: list[list[str]]) -> None:
    shown = folded(["数"] * len(rows[0]), rows, 60)
    for row, lines in zip(rows, shown, strict=True):
        for cell, text in zip(row, lines, strict=True):
            assert re.sub(r"\s", "", cell) == re.sub(r"\s", "", text)
            assert re.findall(r"[!-~]+", cell) == re.findall(r"[!-~]+", text)


def test_a_wide_table_takes_the_width_it_is_given() -> None:
    row = [
        "不足",
        "福建省",
        "全国 模范职工之家红旗单位",
        "累计 1983-2023",
        "1.5万多个",
        "某市工会名单.xlsx Sheet1 11",
    ]
    headers = ["结论", "范围", "称号", "口径", "公布数", "出处"]
    text = simple_table(headers, folded(headers, [row], 70), [False] * 6)
    assert max(columns(line) for line in text.splitlines()) <= 70
    assert "1.5万多个" in text


def test_a_table_that_fits_is_left_alone() -> None:
    assert folded(["a", "b"], [["全国 模范职工之家", "997个"]], 100) == [["全国 模范职工之家", "997个"]]
