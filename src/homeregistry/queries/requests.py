"""What to count and how: one value that counts, lists, exports and reconciliation all take."""

from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy.engine import Connection

from homeregistry.queries.filters import Filters, known_body, known_system
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


def known(connection: Connection, request: CountRequest) -> CountRequest:
    """The request with its body and system as the registry has them. Raises UsageMistake for unknown ones.

    A misspelt body must not look like one that has no records.
    """
    filters = request.filters
    if filters.body is None and not filters.system:
        return request
    body = known_body(connection, filters.body) if filters.body is not None else None
    system = known_system(connection, filters.system) if filters.system else filters.system
    return replace(request, filters=replace(filters, body=body, system=system))
