"""The samples hold the facts, each where its golden says, and the goldens add up."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from places import ROOT, SAMPLES

WORKBOOKS = sorted(SAMPLES.glob("*/*.xlsx"))


def golden(folder: Path) -> Any:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def facts() -> list[dict[str, str]]:
    with (ROOT / "tools" / "sample_facts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_fact_stands_in_exactly_one_workbook() -> None:
    listed = Counter(
        (entry["year_from"], entry["kind"], entry["tier"], entry["name"], entry["conferred_by"])
        for path in WORKBOOKS
        for entry in golden(path.parent)["entries"]
    )
    expected = Counter(
        (int(row["year"]), row["kind"], row["tier"], row["name_as_printed"], row["conferred_by"])
        for row in facts()
    )
    assert listed == expected
    assert sum(listed.values()) == 38


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_golden_addresses_are_those_of_the_workbook(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    expected = golden(path.parent)
    for entry in expected["entries"]:
        source = entry["source"]
        values = [cell.value for cell in book[source["sheet"]][source["row"]]]
        assert entry["name"] in values
    for total in expected["declared"]:
        texts = [str(cell.value) for cell in book[total["sheet"]][total["row"]]]
        assert any(str(total["declared"]) in text for text in texts)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_golden_rows_add_up_to_the_filled_rows(path: Path) -> None:
    rows = golden(path.parent)["rows"]
    book = openpyxl.load_workbook(path)
    filled = sum(
        any(value is not None for value in row) for sheet in book for row in sheet.iter_rows(values_only=True)
    )
    assert rows["read"] + rows["not_data"] == filled
    assert rows["read"] == sum(
        rows[outcome] for outcome in ("recorded", "already_recorded", "held", "refused")
    )


def test_the_newspaper_names_what_the_zhuzhou_sheet_lists() -> None:
    folder = SAMPLES / "zhuzhou-2024-newspaper"
    text = (folder / "zhuzhou-2024-newspaper.txt").read_text(encoding="utf-8")
    names = [entry["name"] for entry in golden(folder)["entries"]]
    assert names == [entry["name"] for entry in golden(SAMPLES / "zhuzhou-2024")["entries"]]
    assert all(name in text for name in names)


def test_every_figure_of_the_report_golden_is_printed_in_the_report_in_order() -> None:
    folder = SAMPLES / "report-figures"
    text = (folder / "report.txt").read_text(encoding="utf-8")
    position = 0
    for figure in golden(folder)["figures"]:
        position = text.index(figure["stated"], position) + 1
