"""A stored date may be only a year or a month: until its last day nothing that rests on it is certain.

Apart from `years`, whose patterns take longer to make ready than a count takes.
"""

from typing import Final

LAST_DAYS: Final = {4: "-12-31", 7: "-31"}
"""What makes the ISO text of a year (4 characters) or a month (7) the last day that it may mean. Where a
month is shorter nothing lies between, so that the texts compare as their days do."""


def last_possible(text: str) -> str:
    """The last day a date with its precision may mean, as ISO text that compares."""
    return text + LAST_DAYS.get(len(text), "")
