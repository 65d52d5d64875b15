"""What became of a region that a transition between two code tables ended.

The order of trust is: curated rows, then the same name at another code of the province, then the event table,
then a new name at the same code, then the same stem with another suffix (县 to 市).
"""

import re
from collections.abc import Iterable, Iterator

from region_tables import Build, Change, Spell

SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|省|市|县|区|盟|旗)$")


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
