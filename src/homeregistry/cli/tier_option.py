"""`--tier` as a code or in the words of lists (省级, 市级以上), read by the place it is said of."""

from typing import TYPE_CHECKING

from homeregistry.errors import UsageMistake
from homeregistry.vocabulary import TIERS, Tier

if TYPE_CHECKING:
    from homeregistry.bodies import BodyReading
    from homeregistry.regions.table import Region


def tier_from(
    text: str | None, place: "Region | BodyReading | None", place_option: str
) -> tuple[Tier | None, bool]:
    """The tier and whether higher ones are meant (以上); 市级 needs the `place` whose word it is, which
    `place_option` of the command says.

    Raises UsageMistake for a word that says no tier, or none without a place.
    """
    if text is None or text in TIERS:
        return text, False
    from homeregistry.tiers import resolve_tier

    reading = resolve_tier(text, place, None)
    if reading.tier is None and reading.reason == "ambiguous" and place is None:
        raise UsageMistake(
            "unknown_tier",
            "“{value}” means another tier in every place; give {option} too, or choose from {known}.",
            value=text, option=place_option, known=", ".join(TIERS),
        )  # fmt: skip
    if reading.tier is None:
        raise UsageMistake(
            "unknown_tier", "“{value}” does not say one tier; choose from {known}.",
            value=text, known=", ".join(TIERS),
        )  # fmt: skip
    return reading.tier, reading.or_above
