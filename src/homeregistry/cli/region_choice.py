"""Saying what stood there, where a region that is asked for did not exist on a day's map."""

from collections.abc import Sequence

from homeregistry.errors import UsageMistake
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.regions.succession import Placed, Rehomer, Undecided

_MOST = 5


def not_on_map(text: str, day: str, regions: Sequence[Region]) -> UsageMistake:
    """The refusal: when each region of that name was in force, and what stood in its place on the day."""
    table = gazetteer()
    listed = "、".join(
        f"{table.path(one)} {one.code} ({one.valid_from} – {one.valid_to})" for one in regions[:_MOST]
    )
    there = "、".join(f"{table.path(one, day)} {one.code}" for one in _in_their_place(regions, day)[:_MOST])
    if not there:
        return UsageMistake(
            "region_not_on_map", "“{value}” did not exist on {day}: {listed}.",
            value=text, day=day, listed=listed,
        )  # fmt: skip
    return UsageMistake(
        "region_not_on_map",
        "“{value}” did not exist on {day}: {listed}. In its place there was {there}.",
        value=text, day=day, listed=listed, there=there,
    )  # fmt: skip


def _in_their_place(regions: Sequence[Region], day: str) -> list[Region]:
    rehomer, found = Rehomer(day), dict[int, Region]()
    for region in regions:
        outcome = rehomer.place(region)
        if isinstance(outcome, Placed):
            found[outcome.region.id] = outcome.region
        elif isinstance(outcome, Undecided):
            found.update((one.id, one) for one in outcome.candidates)
    return list(found.values())
