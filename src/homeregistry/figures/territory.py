"""Which places a text names, and what 我市, 全区 or 本级 mean to the one who wrote it.

Names are looked up in the gazetteer; a name that several places bear is settled only by the issuer
or by another place of the same text that holds it, else it stays without a code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from homeregistry.regions.gazetteer import Gazetteer, Region, gazetteer
from homeregistry.regions.names import short_names
from homeregistry.regions.table import LEVELS, is_municipality

_GENERIC: Final = frozenset({"城区", "郊区", "市区", "矿区", "新区", "东区", "西区", "南区", "北区", "林区"})
LATEST: Final = "9999-12-31"
"""The day of the newest map."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place name in the view: where it stands and every region that bears it."""

    start: int
    end: int
    name: str


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Names by their first two characters, the longest first: official ones, and the short forms of
    provinces and prefectures (福建, 包头); those of counties are ordinary words too often."""
    names: set[str] = set()
    for region in gazetteer():
        names.add(region.name)
        if region.level != "county":
            names.update(short_names(region.name))
    index: dict[str, list[str]] = {}
    for name in names - _GENERIC:
        index.setdefault(name[:2], []).append(name)
    return {head: tuple(sorted(group, key=len, reverse=True)) for head, group in index.items()}


def place_at(text: str, start: int) -> Place | None:
    """The longest place name that begins here."""
    for name in _names().get(text[start : start + 2], ()):
        if text.startswith(name, start):
            return Place(start, start + len(name), name)
    return None


def place_before(text: str, end: int) -> Place | None:
    """The longest place name that ends here."""
    for start in range(max(0, end - 12), end - 1):
        for name in _names().get(text[start : start + 2], ()):
            if start + len(name) == end and text.startswith(name, start):
                return Place(start, end, name)
    return None


def find_places(text: str) -> list[Place]:
    """All place names of the text, left to right, the longest at each position."""
    found = []
    at = 0
    while at < len(text) - 1:
        place = place_at(text, at)
        if place is not None:
            found.append(place)
            at = place.end
        else:
            at += 1
    return found


def find_paths(text: str) -> list[Place]:
    """The places of the text, a place directly behind the one that holds it joined (重庆市万州区)."""
    found: list[Place] = []
    for place in find_places(text):
        joined = f"{found[-1].name}{place.name}" if found and found[-1].end == place.start else ""
        if joined and gazetteer().lookup(joined):
            found[-1] = Place(found[-1].start, place.end, joined)
        else:
            found.append(place)
    return found


@dataclass(frozen=True, slots=True)
class Territory:
    """The writer's place in the world: his own region, if known, and the map to read names on."""

    region: Region | None = None
    day: str | None = None

    @property
    def _map(self) -> Gazetteer:
        return gazetteer()

    def named(self, name: str, near: Iterable[Region] = ()) -> Region | None:
        """The region that a printed name means here, or None where it is unknown or several."""
        rows = _standing(self._map.lookup(name), self.day)
        if len(rows) > 1 and name not in {row.name for row in rows}:
            # A short form names the highest place that bears it (吉林 the province).
            rows = [row for row in rows if row.level == min((r.level for r in rows), key=LEVELS.index)]
        if len(rows) > 1:
            hints = [*near, *([self.region] if self.region else [])]
            kept = [r for r in rows if any(_related(r, hint) for hint in hints)]
            rows = kept or rows
        return rows[0] if len({row.code for row in rows}) == 1 else None

    def own(self, word: str) -> Region | None:
        """What 市, 省, 区, 县 or 本级 mean to the writer; None where his place does not say."""
        home = self.region
        if home is None:
            return None
        if word in ("本级", "本"):
            return home
        chain = (home, *self._map.ancestors(home))
        if word in ("省", "自治区"):
            return next((r for r in chain if r.level == "province"), None)
        if word == "市":
            return _city(chain)
        if word in ("区", "县", "旗", "州", "盟"):
            fit = [r for r in chain if r.name.endswith(word) and r.name != "市辖区"]
            if word == "州":
                fit = [r for r in chain if r.name.endswith("自治州")]
            return fit[0] if fit else None
        return None


def _city(chain: tuple[Region, ...]) -> Region | None:
    """The writer's 市: himself if he is one, else the city above him."""
    for region in chain:
        if region.name.endswith("市") and (region.level != "province" or is_municipality(region)):
            return region
    return None


def _standing(rows: list[Region], day: str | None) -> list[Region]:
    """Those on the map of the day; without any, the latest row of each code."""
    when = day or LATEST
    valid = [row for row in rows if row.in_force(when)]
    if valid:
        return valid
    latest = {row.code: row for row in sorted(rows, key=lambda row: row.valid_from)}
    return list(latest.values())


def _related(one: Region, other: Region) -> bool:
    return one.code in other.chain or other.code in one.chain
