"""What is said where a name on the command line fits several regions: all of them, and that one be chosen."""

from collections.abc import Iterable

from homeregistry.errors import UsageMistake
from homeregistry.regions.gazetteer import Region, gazetteer


def ambiguous_region(printed: str, regions: Iterable[Region]) -> UsageMistake:
    """The mistake to raise: each region with its path and code, in the order given."""
    return UsageMistake(
        "ambiguous_region",
        "“{value}” is the name of several regions: {listed}; write the path or the code.",
        value=printed, listed="、".join(f"{gazetteer().path(one)} {one.code}" for one in regions),
    )  # fmt: skip
