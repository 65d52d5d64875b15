"""Days on the command line: one way to write them, one first year, the same words for what cannot be."""

from datetime import date

from homeregistry.errors import UsageMistake
from homeregistry.stated_years import FIRST_YEAR


def day_from(text: str) -> date:
    """A day: YYYY-MM-DD or `today`. Raises UsageMistake for what is no day, or lies before 1983."""
    if text == "today":
        return date.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageMistake(
            "bad_date", "“{value}” is not a date; write it like 2020-12-31.", value=text
        ) from None
    if day.year < FIRST_YEAR:
        raise before_the_first_year(text)
    return day


def map_day_from(text: str) -> date:
    """The day of a map: one that has come; how regions will change nobody knows. Raises UsageMistake."""
    day = day_from(text)
    if day > date.today():
        raise UsageMistake(
            "map_of_the_future", "{value} lies in the future; the map of that day is not known.", value=text
        )
    return day


def before_the_first_year(text: str) -> UsageMistake:
    """The refusal of a day or year before the registry's first."""
    return UsageMistake(
        "before_1983", "{value} lies before 1983, the first year of the registry.", value=text
    )
