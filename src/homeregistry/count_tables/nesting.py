"""Rows that stand inside other rows without any indent: 杭州市 70, 上城区 20, 拱墅区 15, 宁波市 50, …

A yearbook prints cities and their districts in one column. Only the map says that 上城区 is inside
杭州市; read flat, a total of the cities would seem to differ from its parts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.count_tables.axes import RowUse
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.table import Region

_FEWEST: Final = 2
"""So many rows directly below the row of their city nest; a single 义乌市 below 金华市 may be a city
that the province leads itself."""


@dataclass(frozen=True, slots=True)
class _Outer:
    """A row that may hold those below it, by the codes its name has had."""

    row: int
    codes: frozenset[str]


def nested(rows: Sequence[RowUse]) -> list[RowUse]:
    """The rows, those inside an earlier row's place set in and their places led by it."""
    details = [use for use in rows if not use.item.rank and not use.label.subset]
    if len({use.item.indent for use in details}) > 1:
        return list(rows)  # printed indents say it themselves
    inside = _inside(rows)
    if max(Counter(chain[-1] for chain in inside.values()).values(), default=0) < _FEWEST:
        return list(rows)
    result = list(rows)
    for at, chain in inside.items():
        use = rows[at]
        if use.label.subset:
            continue  # 其中 before it says so already
        places = tuple(dict.fromkeys(place for outer in chain for place in rows[outer].places[:1]))
        item = replace(use.item, indent=use.item.indent + len(chain))
        result[at] = replace(use, item=item, places=(*places, *use.places))
    return result


def _inside(rows: Sequence[RowUse]) -> dict[int, tuple[int, ...]]:
    """For every row inside others, the rows that hold it, outermost first."""
    stack: list[_Outer] = []
    found: dict[int, tuple[int, ...]] = {}
    for at, use in enumerate(rows):
        if use.item.rank or len(use.places) != 1:
            stack = [] if use.item.rank < 2 else stack
            continue
        regions = gazetteer().lookup(use.places[0])
        while stack and not _within(regions, stack[-1]):
            stack.pop()
        if stack:
            regions = _within(regions, stack[-1])
            found[at] = tuple(outer.row for outer in stack)
        wide = frozenset(region.code for region in regions if region.level != "county")
        if wide and not use.label.subset:
            stack.append(_Outer(at, wide))
    return found


def _within(regions: Sequence[Region], outer: _Outer) -> list[Region]:
    return [region for region in regions if outer.codes & set(region.chain[1:])]
