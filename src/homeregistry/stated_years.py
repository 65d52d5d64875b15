"""The years that the registry knows, and how the stated years of a round are said.

Apart from `years`, whose patterns take longer to make ready than a count takes.
"""

from typing import Final

FIRST_YEAR: Final = 1983
"""The first national round: the registry and the maps it is asked on begin here; 1983年以来 is 累计."""

LAST_YEAR: Final = 2100
"""Later years are misprints."""


def years_said(first: int | None, last: int | None) -> str:
    """2020, 2017-2019, -2023 (up to), 2020- (since); empty where no year is stated."""
    if first == last:
        return str(first or "")
    return f"{first or ''}-{last or ''}"


def years_value(first: int, last: int) -> int | str:
    """As `years_said`, but a single year stays a number: tables sort and align it as one."""
    return first if first == last else years_said(first, last)
