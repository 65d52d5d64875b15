"""Which rows or columns a total contains, and whether it equals their sum.

Differences are reported and nothing is mended: an official table may print a total that its own
parts contradict. A part that was not reported leaves room above the sum of the others, an
approximate part has bounds; only what no reading of the parts can reach is a contradiction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from homeregistry.count_tables.cells import CountValue, NotReported, Unread
from homeregistry.count_tables.labels import Label
from homeregistry.vocabulary import MEASURES, Measure

Verdict = Literal["agrees", "open", "differs"]


@dataclass(frozen=True, slots=True)
class Item:
    """One row or column as the totals see it. `group` are the labels outside its innermost one.

    `rank` orders totals: 0 is no total, 1 小计, 2 合计, 3 总计 or the table's own place (全市).
    """

    label: Label
    group: tuple[str, ...] = ()
    section: int | None = None
    rank: int = 0
    indent: int = 0


def parts_of(items: Sequence[Item]) -> dict[int, list[int]]:
    """For every total, the items directly or finally below it that make it up (no totals among them)."""
    details = [at for at, item in enumerate(items) if item.rank == 0 and not item.label.subset]
    lowest = min((items[at].indent for at in details), default=0)
    details = [at for at in details if items[at].indent == lowest]
    plain = [at for at, item in enumerate(items) if item.rank and not _narrows(item)]
    top = max((items[at].rank for at in plain), default=0)
    grand = [at for at in plain if items[at].rank == top]
    whole = set(grand) if len(grand) == 1 and top > 1 else {_overall(grand, details)} - {None}
    grouped: dict[str, list[int]] = {}
    for at in details:
        for text in items[at].group:
            grouped.setdefault(text, []).append(at)
    found: dict[int, list[int]] = {}
    for at, item in enumerate(items):
        if not item.rank:
            continue
        if _narrows(item):
            near = grouped.get(item.group[0], []) if item.group else details
            parts = [other for other in near if _contains(item, items[other])]
            found[at] = parts or _run(at, items, details)
        elif at in whole:
            whole_parts = [other for other in details if _contains(item, items[other])]
            # a total closes what stands before it; rows added below it are not in it
            found[at] = [other for other in whole_parts if other < at] or whole_parts
        else:
            found[at] = _run(at, items, details)
    return found


def parents(items: Sequence[Item], parts: dict[int, list[int]]) -> dict[int, int]:
    """Every item's nearest total: the one with the fewest parts; rows set in belong to the row above."""
    nearest: dict[int, int] = {}
    for total in sorted(parts, key=lambda at: len(parts[at])):
        for part in parts[total]:
            nearest.setdefault(part, total)
    ordered = sorted((at for at in parts if parts[at]), key=lambda at: len(parts[at]))
    held = {at: frozenset(parts[at]) for at in ordered}
    for place, total in enumerate(ordered):
        for wider in ordered[place + 1 :]:
            if held[total] < held[wider]:
                nearest.setdefault(total, wider)
                break
    last_by_indent: dict[int, int] = {}
    whole: int | None = None
    for at, item in enumerate(items):
        if item.rank:
            whole = at
            continue
        if item.label.subset:
            if whole is not None:
                nearest[at] = whole
            continue
        whole = at
        outer = [row for indent, row in last_by_indent.items() if indent < item.indent]
        if outer and at not in nearest:
            nearest[at] = max(outer)
        last_by_indent = {indent: row for indent, row in last_by_indent.items() if indent < item.indent}
        last_by_indent[item.indent] = at
    return nearest


def comparable(parts: Sequence[Item], measure: Measure | None) -> bool:
    """Whether adding these up means anything: 市级以上 holds the tiers above it, a 累计 the years before.

    `measure` is what the title says of all of them.
    """
    if any(item.label.or_above for item in parts) and len({item.label.tier for item in parts}) > 1:
        return False
    years = {item.label.years or item.label.until for item in parts}
    running = any(MEASURES[item.label.measure or measure or "in_round"].running for item in parts)
    measures = {item.label.measure for item in parts}
    return not (running and len(years) > 1) and len(measures) < 2


def check(
    total: CountValue, parts: Sequence[CountValue | NotReported | Unread]
) -> tuple[Verdict, int] | None:
    """The verdict on a total and the sum of the reported parts; None where nothing was reported
    or an 约 leaves both ends open."""
    known = [part for part in parts if isinstance(part, CountValue)]
    if not known or any(count.qualifier == "about" for count in (total, *known)):
        return None
    listed = sum(part.value for part in known)
    slack = sum(part.slack for part in known) + total.slack
    low = sum(part.low or 0 for part in known) - slack
    open_above = len(known) < len(parts) or any(part.high is None for part in known)
    high = None if open_above else sum(part.high or 0 for part in known) + slack
    if total.high is not None and low > total.high:
        return "differs", listed
    if total.low is not None and high is not None and high < total.low:
        return "differs", listed
    if len(known) < len(parts) and total.low is not None and listed + slack < total.low:
        return "open", listed
    return "agrees", listed


def _narrows(item: Item) -> bool:
    """Whether the total names what it is the total of (福州市 小计, 2018年 合计, 模范职工之家合计)."""
    label = item.label
    return bool(item.group or label.kinds or label.years or label.tier or label.stars)


def _contains(total: Item, part: Item) -> bool:
    mine, other = total.label, part.label
    if mine.kinds and not (other.kinds and set(other.kinds) <= set(mine.kinds)):
        return False
    if any(
        stated is not None and stated != theirs
        for stated, theirs in (
            (mine.years, other.years), (mine.tier, other.tier), (mine.stars, other.stars),
            (mine.measure, other.measure), (mine.system, other.system),
        )
    ):  # fmt: skip
        return False
    group = tuple(text for text in total.group if text not in part.group)
    return not group


def _overall(grand: Sequence[int], details: Sequence[int]) -> int | None:
    """Of several equal totals the one that stands alone behind all details, or before all of them."""
    if len(grand) < 2 or not details:
        return None
    if grand[-1] > details[-1] and grand[-2] > details[-1]:
        return grand[-1]
    if grand[0] < details[0] and grand[1] < details[0]:
        return grand[0]
    return None


def _run(at: int, items: Sequence[Item], details: Sequence[int]) -> list[int]:
    """The details between this total and the one before it, in its section; below it where none are."""
    section, rank = items[at].section, items[at].rank
    allowed = set(details)

    def collect(steps: range) -> list[int]:
        run: list[int] = []
        for other in steps:
            if items[other].section != section or items[other].rank >= rank:
                break
            if other in allowed:
                run.append(other)
        return run

    above = collect(range(at - 1, -1, -1))[::-1]
    return above or collect(range(at + 1, len(items)))
