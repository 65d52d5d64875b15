"""Saying what a name is that is no region: what stood there on the day, or the body that bears it."""

from collections.abc import Sequence

from homeregistry.errors import UsageMistake
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.regions.succession import Placed, Rehomer, Undecided

_MOST = 12


def body_instead(text: str) -> None:
    """Refuse the name of a zone or an industry as a region: it is a body. Raises UsageMistake."""
    from homeregistry.bodies import read_body

    body = read_body(text, None)
    if body.kind in ("zone", "industry"):
        raise UsageMistake(
            "body_not_region",
            "“{value}” is no region but a union body, {body}; homeregistry count --body asks for it.",
            value=text, body=body.name,
        )  # fmt: skip


def not_on_map(text: str, day: str, regions: Sequence[Region]) -> UsageMistake:
    """The refusal: when each region of that name was in force, and what stood in its place on the day."""
    table = gazetteer()
    listed = first_of(
        [f"{table.path(one)} {one.code} ({one.valid_from} – {one.valid_to})" for one in regions]
    )
    there = first_of([f"{table.path(one, day)} {one.code}" for one in _in_their_place(regions, day)])
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


def first_of(words: Sequence[str]) -> str:
    """The first ones as a list; dots say that there are more."""
    return "、".join(words[:_MOST]) + ("…" if len(words) > _MOST else "")


def _in_their_place(regions: Sequence[Region], day: str) -> list[Region]:
    rehomer, found = Rehomer(day), dict[int, Region]()
    for region in regions:
        outcome = rehomer.place(region)
        if isinstance(outcome, Placed):
            found[outcome.region.id] = outcome.region
        elif isinstance(outcome, Undecided):
            found.update((one.id, one) for one in outcome.candidates)
    return list(found.values())
