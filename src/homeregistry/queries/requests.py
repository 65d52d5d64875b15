"""What to count and how: one value that counts, lists, exports and reconciliation all take."""

from dataclasses import dataclass, field
from typing import Literal

from homeregistry.queries.filters import Filters
from homeregistry.queries.placing import Boundaries
from homeregistry.regions.table import Region

DIMENSIONS = (
    "year", "region", "province", "prefecture", "county", "body", "kind", "tier", "system", "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountRequest:
    """What to count and how. `region` keeps what stands in it or below on the map asked for."""

    filters: Filters = field(default_factory=Filters)
    by: tuple[str, ...] = ()
    region: Region | None = None
    boundaries: Boundaries = "as-awarded"
    measure: Literal["awards", "holders"] = "awards"
