"""Exports elsewhere: another folder, clock, zone, language, program; on paper; a registry damaged since."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from listbooks import filled, unit, write_list
from places import SOURCE
from registries import Answer, Registry

Command = Callable[..., Answer]

LATER = """
import datetime, time
_time, _localtime, _gmtime = time.time, time.localtime, time.gmtime
time.time = lambda: _time() + 315_360_000
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=3650)
datetime.datetime = Later
"""
"""A machine whose clock is ten years ahead."""


def exported(registry: Registry, folder: Path, *arguments: str, **surroundings: str) -> None:
    """Export from a process of its own, standing in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **surroundings}
    done = subprocess.run(
        [sys.executable, "-m", "homeregistry", "--db", registry.db, "--lang", "zh", "export", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_two_folders_with_two_clocks_zones_and_languages_get_the_same_bytes(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    here, there, clock = tmp_path / "here", tmp_path / "there", tmp_path / "clock"
    for folder in (here, there, clock):
        folder.mkdir()
    (clock / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    far = {
        "TZ": "America/New_York", "LANG": "de_DE.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "7",
        "PYTHONPATH": f"{clock}{os.pathsep}{SOURCE}", "PYTHONUTF8": "1",
    }  # fmt: skip
    for name in ("t.xlsx", "t.csv"):
        exported(sqlite_registry, here, "tally", "--year", "2019-2020", name, TZ="Asia/Shanghai")
    exported(sqlite_registry, here, "tally", "--boundaries", "today", "map.csv", TZ="Asia/Shanghai")
    for name in ("r.xlsx", "r.csv", "r.jsonl"):
        exported(sqlite_registry, here, "records", name, LANG="zh_CN.UTF-8")
    for name in ("r.jsonl", "r.csv", "r.xlsx"):
        exported(sqlite_registry, there, "records", name, **far)
    for name in ("t.csv", "t.xlsx"):
        exported(sqlite_registry, there, "tally", "--year", "2019-2020", name, **far)
    exported(sqlite_registry, there, "tally", "--boundaries", "today", "map.csv", **far)
    names = sorted(path.name for path in here.iterdir())
    assert names == sorted(path.name for path in there.iterdir())
    assert len(names) == 12
    for name in names:
        assert (here / name).read_bytes() == (there / name).read_bytes(), name
    logged = command(sqlite_registry, "verify-export", there / "t.xlsx", "--format", "json").json["logged"]
    years = sorted(int(one["at"][:4]) for one in logged)
    assert years[-1] - years[0] in (9, 10), "the other clock was not ten years ahead"


def test_every_sheet_prints_on_a4_with_its_headings_and_the_digest(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tmp_path / "t.xlsx"
    assert command(sqlite_registry, "--lang", "zh", "export", "tally", "--year", "2019-2020", out).code == 0
    book = openpyxl.load_workbook(out)
    for page in book.worksheets:
        assert str(page.page_setup.paperSize) == "9", page.title
        assert page.sheet_properties.pageSetUpPr.fitToPage, page.title
        assert "SHA-256" in str(page.oddFooter.left.text), page.title
    for name in ("统计表", "荣誉记录", "公布数"):
        assert book[name].page_setup.orientation == "landscape"
        assert book[name].print_title_rows, name
        assert book[name].freeze_panes, name
    tally = [[cell.value for cell in row] for row in book["统计表"].iter_rows()]
    assert tally[1][0] == "单位：个"
    signed = str(tally[-1][0])
    assert [signed.find(word) >= 0 for word in ("填报单位", "审核人", "填报人", "填报日期")] == [True] * 4
    assert [sheet.title for sheet in book.chartsheets] == ["图表"]


def test_a_heading_of_two_lines_is_not_cut_in_print(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    listed = write_list(tmp_path / "l.xlsx", [unit(1, "甲机械厂第一车间", title="职工小家示范单位")])
    assert command(sqlite_registry, "import", "--yes", listed).code in (0, 3)
    out = tmp_path / "t.xlsx"
    assert command(sqlite_registry, "--lang", "zh", "export", "tally", out).code == 0
    assert openpyxl.load_workbook(out)["统计表"].row_dimensions[3].height >= 30


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


QUOTED_IS_TEXT = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,true"
"""How the manual says to open a .csv: comma, quotes, UTF-8, “Format quoted field as text”."""


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize(("what", "form"), [("tally", "xlsx"), ("records", "xlsx"), ("tally", "csv")])
def test_text_that_begins_like_a_formula_stays_text_in_libreoffice(
    what: str, form: str, sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tmp_path / f"t.{form}"
    assert command(sqlite_registry, "export", what, out).code == 0
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    opened = [QUOTED_IS_TEXT] if form == "csv" else []
    office = ["soffice", profile, "--headless", *opened, "--convert-to", "ods", "--outdir", tmp_path, out]
    subprocess.run(office, check=True, capture_output=True, timeout=180)
    with zipfile.ZipFile(tmp_path / "t.ods") as packed:
        content = ElementTree.fromstring(packed.read("content.xml"))
    cells = list(content.iter(f"{TABLE}table-cell"))
    assert [cell for cell in cells if cell.get(f"{TABLE}formula")] == []
    said = {"".join(cell.itertext()): cell.get(f"{OFFICE}value-type") for cell in cells}
    names = ("=SUM(A1)电力公司工会", "+甲机械厂工会", "@乙学校工会", "-丙医院工会")
    assert [said.get(name) for name in names] == ["string"] * 4
    assert {"2019", "2020"} & set(said)


@pytest.mark.parametrize("form", ["xlsx", "csv", "jsonl"])
def test_trap_a_file_is_checked_by_what_it_is_whatever_its_name(
    form: str, sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out, renamed = tmp_path / "r.dat", tmp_path / f"r.{'csv' if form == 'xlsx' else 'xlsx'}"
    assert command(sqlite_registry, "export", "records", "--format", form, out).code == 0
    shutil.copyfile(out, renamed)
    for path in (out, renamed):
        answer = command(sqlite_registry, "verify-export", path, "--format", "json")
        assert (answer.code, answer.json["findings"], answer.json["against"]) == (0, [], "registry")
    assert command(sqlite_registry, "export", "records", "--format", form, out).code == 0


def test_a_file_that_left_before_the_registry_was_damaged_is_not_blamed_for_it(
    sqlite_registry: Registry, command: Command, tmp_path: Path
) -> None:
    filled(sqlite_registry, command, tmp_path)
    out = tmp_path / "t.xlsx"
    assert command(sqlite_registry, "export", "tally", "--year", "2020", out).code == 0
    with sqlite3.connect(sqlite_registry.db) as connection:
        connection.execute("UPDATE recipient SET name = 'someone else' WHERE id = 2")
    answer = command(sqlite_registry, "verify-export", out, "--format", "json")
    assert answer.code == 3
    assert [one["code"] for one in answer.json["findings"]] == ["registry_fails"]
    late = tmp_path / "late.xlsx"
    assert command(sqlite_registry, "export", "tally", "--with-findings", late).code == 3
    answer = command(sqlite_registry, "verify-export", late, "--format", "json")
    assert [one["code"] for one in answer.json["findings"]] == ["registry_fails"]
