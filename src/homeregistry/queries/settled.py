"""Places that a person decided for records which a division leaves open (`review resolve --place`)."""

import json

from sqlalchemy.engine import Connection

from homeregistry.queries.filters import live
from homeregistry.queries.placing import Placer
from homeregistry.queries.requests import CountRequest


def settled_places(connection: Connection, revision: int | None = None) -> dict[int, int]:
    """Recognition to the region row a person placed it in; there are few, or none."""
    rows = connection.exec_driver_sql(
        "SELECT d.recognition_id, d.detail FROM review_decision d "
        f"WHERE d.decision = 'place' AND {live(revision, 'd')} ORDER BY d.id"
    )
    return {int(row[0]): int(json.loads(row[1])["region_id"]) for row in rows}


def placer_of(connection: Connection, request: CountRequest) -> Placer:
    """The placer of a request; what people decided matters only on another map than the award's."""
    if request.boundaries == "as-awarded":
        return Placer(request.boundaries)
    settled = settled_places(connection, request.filters.revision)
    if not settled:
        return Placer(request.boundaries)
    listed = ", ".join(str(number) for number in sorted(settled))
    regions = connection.exec_driver_sql(
        f"SELECT DISTINCT region_id FROM recognition WHERE id IN ({listed}) AND region_id IS NOT NULL"
    ).scalars()
    return Placer(request.boundaries, settled, frozenset(int(region) for region in regions))
