"""When a change between two code tables happened: a curated day, a day of the dates table, or the year."""

from collections import defaultdict

from region_tables import Build, Change, Spell


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
