"""Questions to the registry: counts, the recognitions behind them, one recipient's history, names.

Every question takes one `Filters`, so that a number and the list behind it cannot differ.
"""

from homeregistry.queries.counting import Counting, count_recognitions
from homeregistry.queries.filters import Filters
from homeregistry.queries.listing import list_recognitions
from homeregistry.queries.requests import DIMENSIONS, CountRequest, known

__all__ = [
    "DIMENSIONS", "CountRequest", "Counting", "Filters", "count_recognitions", "known", "list_recognitions",
]  # fmt: skip
