"""The facts that the samples are laid out from, and the golden that says what an import of one must say.

A golden knows the facts and where the sample put them, and nothing of what the importer prints.
"""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

FACTS = Path(__file__).resolve().parent / "sample_facts.csv"

REGION_CODES = {
    "广东省湛江市": ("440800", "湛江市"),
    "广东省湛江市雷州市": ("440882", "雷州市"),
    "广东省湛江市廉江市": ("440881", "廉江市"),
    "广东省湛江市遂溪县": ("440823", "遂溪县"),
    "广东省湛江市吴川市": ("440883", "吴川市"),
    "山东省德州市": ("371400", "德州市"),
    "山东省德州市平原县": ("371426", "平原县"),
    "福建省福州市": ("350100", "福州市"),
    "福建省南平市": ("350700", "南平市"),
    "重庆市万州区": ("500101", "万州区"),
    "重庆市綦江区": ("500110", "綦江区"),
    "重庆市荣昌区": ("500153", "荣昌区"),
    "重庆市云阳县": ("500235", "云阳县"),
    "湖南省株洲市": ("430200", "株洲市"),
    "湖南省株洲市醴陵市": ("430281", "醴陵市"),
    "湖南省株洲市攸县": ("430223", "攸县"),
    "安徽省": ("340000", "安徽省"),
    "": (None, None),
}
"""Printed place to code and name, each looked up for the year of its award."""

RECIPIENT_TYPES = {
    "model_home": "organisation",
    "advanced_home": "organisation",
    "model_small_home": "sub_unit",
    "advanced_small_home": "sub_unit",
    "demo_small_home": "sub_unit",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One recognition of the facts file; `place` is the printed path, empty where none is known."""

    year: int
    kind: str
    tier: str
    system: str | None
    name: str
    place: str
    conferred_by: str


def read_facts() -> list[Fact]:
    """All recognitions, in the order of the file."""
    with FACTS.open(encoding="utf-8", newline="") as stream:
        return [
            Fact(
                int(row["year"]), row["kind"], row["tier"], row["system"] or None,
                row["name_as_printed"], row["place"], row["conferred_by"],
            )
            for row in csv.DictReader(stream)
        ]  # fmt: skip


@dataclass(slots=True)
class Golden:
    """What an import of the sample must say: entries, declared totals, problems, rows that are none."""

    entries: list[dict[str, object]] = field(default_factory=list)
    declared: list[dict[str, object]] = field(default_factory=list)
    problems: list[dict[str, object]] = field(default_factory=list)
    not_data: int = 0

    def add_entry(self, fact: Fact, sheet: str | None, row: int | None) -> None:
        """Expect the fact as one entry at this address."""
        code, region = REGION_CODES[fact.place]
        self.entries.append(
            {
                "year_from": fact.year,
                "year_to": fact.year,
                "kind": fact.kind,
                "tier": fact.tier,
                "system": fact.system,
                "name": fact.name,
                "recipient_type": RECIPIENT_TYPES[fact.kind],
                "region_code": code,
                "region": region,
                "conferred_by": fact.conferred_by,
                "status": "in_force",
                "source": {"sheet": sheet, "row": row},
            }
        )
        if code is None:
            self.problems.append(
                {"severity": "warning", "code": "missing_region", "sheet": sheet, "row": row}
            )

    def add_declared(self, sheet: str | None, row: int, counts: tuple[int, int], kind: str | None) -> None:
        """Expect a declared total; `counts` is (declared, listed)."""
        declared, listed = counts
        self.declared.append(
            {"sheet": sheet, "row": row, "declared": declared, "listed": listed, "kind": kind}
        )
        if declared != listed:
            self.problems.append(
                {"severity": "warning", "code": "declared_differs", "sheet": sheet, "row": row}
            )

    def write(self, folder: Path) -> None:
        """The golden as expected.json in the sample's folder."""
        rows = {
            "read": len(self.entries), "recorded": len(self.entries), "already_recorded": 0,
            "held": 0, "refused": 0, "not_data": self.not_data,
        }  # fmt: skip
        content = {
            "rows": rows,
            "declared": self.declared,
            "problems": self.problems,
            "entries": self.entries,
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
