"""Which body a printed issuer or recommender is, where the same words name bodies of several places.

江北区总工会 stands in 重庆 and in 宁波. What else the list says of places (the row's own path, a heading,
`--region`, the issuer above) decides where it can; where it cannot, the places are told, none is taken.
"""

from collections.abc import Iterable
from functools import lru_cache

from homeregistry.bodies import BodyReading, federation_reading, places_meant, read_body
from homeregistry.regions.gazetteer import Region, gazetteer


@lru_cache(maxsize=16_384)
def read_issuer(printed: str, day: str, near: tuple[int, ...] = ()) -> BodyReading:
    """The body that printed words mean: a body's name, or a place, whose federation it is.

    `near` are ids of regions that the list speaks of, the surest first; they are asked only where the
    words alone are not enough, each with the regions that hold it.
    """
    found = _read(printed, day, None)
    if found.kind != "unlisted" or not near or not places_meant(printed, day):
        return found
    table = gazetteer()
    for number in near:
        region = table.by_id(number)
        for around in (region, *table.ancestors(region, day)):
            inside = _read(printed, day, around)
            if inside.kind != "unlisted":
                return inside
    return found


def is_known(printed: str) -> bool:
    """Whether the words name a body or place of any day: 江北区 conferred until it was abolished."""
    for place in (printed, printed.removesuffix("总工会")):
        found = gazetteer().resolve(place, ("0001-01-01", "9999-12-31"))
        if not found.rest and (found.region is not None or found.candidates):
            return True
    return read_body(printed, None).kind != "unlisted"


def candidates(body: BodyReading, printed: str, day: str) -> tuple[Region, ...]:
    """The places whose body the words may mean, where they are several; empty where none is in doubt."""
    return places_meant(printed, day) if body.kind == "unlisted" else ()


def paths_of(regions: Iterable[Region]) -> str:
    """The places with their paths, as a sentence names them."""
    return "、".join(gazetteer().path(region) for region in tuple(regions)[:6])


def _read(printed: str, day: str, within: Region | None) -> BodyReading:
    place = gazetteer().resolve(printed, (day, day), within)
    if place.region is not None and not place.rest:
        return federation_reading(place.region)
    return read_body(printed, day, within)
