"""Union bodies: who recommends and who confers, as printed in lists, read for the day of the list.

Federations of a region follow from the gazetteer (X总工会 is the federation of X); national industry
unions, zones with federations of their own and enterprises that confer titles are rows of
`union_bodies.csv` with the years they are valid in. A zone (万盛经开区, until 2025-11 两江新区) counts
beside the districts and is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from homeregistry import packaged
from homeregistry.industries import INDUSTRY
from homeregistry.regions.gazetteer import Gazetteer, Within, gazetteer
from homeregistry.regions.names import short_names
from homeregistry.regions.table import Day, Region, iso
from homeregistry.text import key
from homeregistry.vocabulary import BODY_KINDS, TIERS, BodyKind, Tier, one_of

_INDUSTRY: Final = rf"{INDUSTRY}|工业|产业|经济和信息化"
_INDUSTRY_UNION: Final = re.compile(
    rf"^(?P<place>.*?)(?P<system>(?:(?:{_INDUSTRY})[、和与及]?)++)(?:系统|行业|产业)?"
    r"(?:工会)(?:工作)?(?:委员会|全国委员会|联合会|工委|办公室)?$"
)
_DIRECT_ORGANS: Final = re.compile(
    r"^(?P<place>.*?)(?P<system>(?:省|市|区|县|州|自治区)?(?:直属机关|直机关|级机关|委直属机关|直属|直))"
    r"(?:机关)?(?:工会|工委|总工会)(?:工作)?(?:委员会|联合会|工委)?$"
)
_FEDERATION: Final = re.compile(
    r"^(?P<place>.+?)(?:总工会(?:委员会)?|工会联合会|工会联合委员会|工会办事处|工会委员会|工会)$"
)
_ENTERPRISE: Final = re.compile(r"(集团|公司|厂|矿|局|院|校|大学|学院|银行|医院|中心)(?:.*)工会")


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the registry's list; `valid_to` is exclusive, empty while in force."""

    code: str
    name: str
    kind: BodyKind
    tier: Tier
    system: str | None
    region_id: int | None
    valid_from: str
    valid_to: str
    aliases: tuple[str, ...] = ()

    def valid(self, day: Day | None) -> bool:
        """Whether the body existed on a day; the year of a change counts for both sides."""
        if day is None:
            return True
        text = iso(day)
        end = f"{self.valid_to}-12-31" if len(self.valid_to) == 4 else self.valid_to
        return self.valid_from <= text and (not end or text < end)


# A tuple and not a dataclass: it is part of the identity of an award, which a list of 100,000 rows
# may ask for as often, and a tuple is made and compared several times as fast.
class BodyReading(NamedTuple):
    """What a printed body is; an unlisted one keeps its printed name and has no tier.

    `code` is stable: `acftu`, `fed-500101`, `ind-finance`, `ind-440800-教育`, `zone-cq-wansheng`.
    """

    code: str
    name: str
    kind: BodyKind
    region_id: int | None = None
    tier: Tier | None = None
    system: str | None = None


def tier_of(region: Region) -> Tier:
    """The tier of what a region's federation confers."""
    if region.level == "province":
        return "provincial"
    return "prefecture" if region.level == "prefecture" else "county"


@cache
def listed_bodies() -> tuple[Body, ...]:
    """The rows of `union_bodies.csv`: the national bodies, industry unions and zones."""
    return tuple(_body(row) for row in packaged.rows("union_bodies.csv"))


def _body(row: dict[str, str]) -> Body:
    region = gazetteer().of_code(row["region_code"])[-1].id if row["region_code"] else None
    kind = one_of(row["kind"], BODY_KINDS, "union_bodies.csv: unknown kind")
    tier = one_of(row["tier"], TIERS, "union_bodies.csv: unknown tier")
    return Body(
        row["code"], row["name"], kind, tier, row["system"] or None,
        region, row["valid_from"], row["valid_to"], tuple(row["aliases"].split()),
    )  # fmt: skip


@cache
def _by_name() -> dict[str, tuple[Body, ...]]:
    table: dict[str, tuple[Body, ...]] = {}
    for body in listed_bodies():
        for name in (body.name, *body.aliases):
            table[key(name)] = (*table.get(key(name), ()), body)
    return table


def federation_of(region: Region) -> Body:
    """The federation of one row of the gazetteer, in force as long as the row."""
    return Body(
        f"fed-{region.code}", f"{region.name}总工会", "federation", tier_of(region), None,
        region.id, region.valid_from, region.valid_to,
    )  # fmt: skip


@lru_cache(maxsize=8192)
def federation_reading(region: Region) -> BodyReading:
    """The federation of a region, as the reading of a printed body."""
    own = federation_of(region)
    return BodyReading(own.code, own.name, own.kind, own.region_id, own.tier)


def bodies(table: Gazetteer | None = None) -> Iterator[Body]:
    """Every body the registry starts with: the listed ones, the federations of all provinces, and
    those of Chongqing's districts and counties on every map."""
    regions = table if table is not None else gazetteer()
    yield from listed_bodies()
    for row in regions:
        in_chongqing = row.level == "county" and row.chain[-1] == "500000"
        mainland = row.code[:2] not in ("71", "81", "82")
        if (row.level == "province" and mainland) or in_chongqing:
            yield federation_of(row)


def read_body(printed: str, day: Day | None, within: Within = None) -> BodyReading:
    """The body that printed words mean on a day; None asks for its latest form.

    `within` narrows places of one name (江北区总工会). What is not understood is `unlisted`, with
    the words as printed.
    """
    name = _folded(printed)
    if not name:
        return _unlisted(printed)
    for body in _by_name().get(name, ()):
        if body.valid(day):
            return BodyReading(body.code, body.name, body.kind, body.region_id, body.tier, body.system)
    return (
        _read_federation(name, day, within)
        or _read_organs(name, day, within)
        or _read_industry(name, day, within)
        or _read_branch(name, day)
        or _read_enterprise(name, printed)
        or _unlisted(printed)
    )


def places_meant(printed: str, day: Day) -> tuple[Region, ...]:
    """The several places that the place of a body's name may mean on a day: 江北区总工会, 江北区.

    Empty where it means one place or none.
    """
    name = _folded(printed)
    matches = (_FEDERATION.match(name), _DIRECT_ORGANS.match(name), _INDUSTRY_UNION.match(name))
    when = iso(day)
    for place in (name, *(match["place"] for match in matches if match)):
        if len(place) > 1:
            reading = gazetteer().resolve(place, (when, when))
            if reading.reason == "ambiguous":
                return reading.candidates
    return ()


@lru_cache(maxsize=8192)
def _folded(printed: str) -> str:
    return key(printed)


def _unlisted(printed: str) -> BodyReading:
    return BodyReading("unlisted", printed.strip(), "unlisted")


@lru_cache(maxsize=8192)
def _place_of_federation(name: str) -> str:
    match = _FEDERATION.match(name)
    return str(match["place"]) if match else name


def _read_federation(name: str, day: Day | None, within: Within) -> BodyReading | None:
    place = _place_of_federation(name)
    # 高新区 in a list of 重庆 is 重庆高新区.
    owners = (within.name, *short_names(within.name)) if isinstance(within, Region) else ()
    for said in (place, *(owner + place for owner in owners)):
        for body in _by_name().get(said, ()):
            if body.kind == "zone" and body.valid(day):
                return BodyReading(body.code, body.name, body.kind, body.region_id, body.tier, None)
    region = _place(place, day, within)
    if region is None:
        return None
    return federation_reading(region)


def _read_organs(name: str, day: Day | None, within: Within) -> BodyReading | None:
    match = _DIRECT_ORGANS.match(name)
    if match is None:
        return None
    place, system = match["place"], match["system"]
    region = _place(place, day, within)
    if region is None and system[0] in "省市区县州":
        region = _place(place + system[0], day, within)  # 福建|省直机关工会
    if region is None:
        region = _issuer_region(place, within, day)
    tier = tier_of(region) if region else None
    number = region.id if region else None
    code = region.code if region else "unplaced"
    return BodyReading(f"dir-{code}-{system}", name, "direct", number, tier, system)


def _read_industry(name: str, day: Day | None, within: Within) -> BodyReading | None:
    match = _INDUSTRY_UNION.match(name)
    if match is None:
        return None
    place, system = match["place"], match["system"]
    if place in ("中国", "全国", "中华全国"):
        return BodyReading(f"ind-{system}", name, "industry", None, "national", system)
    region = _place(place, day, within) if place else None
    if region is None:
        region = _issuer_region(place, within, day)
    if region is None and place:
        return None
    if region is None:
        return BodyReading(f"ind-unplaced-{system}", name, "industry", None, None, system)
    return BodyReading(f"ind-{region.code}-{system}", name, "industry", region.id, tier_of(region), system)


def _read_branch(name: str, day: Day | None) -> BodyReading | None:
    """中国邮政集团工会重庆市委员会: the committee of a listed union in one place."""
    for alias, listed in _by_name().items():
        if not (alias.endswith("工会") and name.startswith(alias)):
            continue
        place = name.removeprefix(alias).removesuffix("委员会").removesuffix("工作")
        region = _place(place, day, None)
        for body in listed:
            if region is not None and body.valid(day) and body.kind in ("direct", "industry"):
                code = f"{body.code}-{region.code}"
                return BodyReading(code, name, body.kind, region.id, tier_of(region), body.system)
    return None


def _read_enterprise(name: str, printed: str) -> BodyReading | None:
    if _ENTERPRISE.search(name):
        return BodyReading(f"dir-{name}", printed.strip(), "direct")
    return None


def _issuer_region(place: str, within: Within, day: Day | None) -> Region | None:
    """市教育工会 printed without the city: the region whose list it is."""
    if place not in ("", "省", "市", "区", "县", "州", "全省", "全市") or within is None:
        return None
    if isinstance(within, Region):
        return within
    codes = [within] if isinstance(within, str) else sorted(within)
    if len(codes) != 1:
        return None
    rows = gazetteer().of_code(codes[0])
    on_day = gazetteer().at(codes[0], day) if day is not None else None
    return on_day or (rows[-1] if rows else None)


def _place(text: str, day: Day | None, within: Within) -> Region | None:
    if len(text) < 2:
        return None
    table = gazetteer()
    if day is not None:
        when = iso(day)
        reading = table.resolve(text, (when, when), within)
        return reading.region if not reading.rest else None
    rows = table.lookup(text, within=within)
    return rows[0] if len({row.code for row in rows}) == 1 else _latest(rows)


def _latest(rows: list[Region]) -> Region | None:
    standing = [row for row in rows if not row.valid_to]
    return standing[0] if len(standing) == 1 else None
