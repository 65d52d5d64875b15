"""Where a recipient belongs: a person to the units she was honoured in, a sub-unit to its parent union.

Of two persons of one name the units are what tells them apart; so they stand wherever a recipient is named.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Belonging:
    """The parent union of a sub-unit; the units of a person as printed, each once, in the order recorded."""

    parent: str | None = None
    units: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (self.parent, *self.units) if self.parent else self.units


def belonging_of(connection: Connection, recipients: Iterable[int]) -> dict[int, Belonging]:
    """Where each of some recipients belongs, as its live recognitions print it."""
    listed = ", ".join(str(int(one)) for one in recipients)
    if not listed:
        return {}
    rows = connection.exec_driver_sql(
        "SELECT p.id, p.parent_name, r.detail FROM recipient p LEFT JOIN recognition r "
        "ON r.recipient_id = p.id AND r.revision_to IS NULL AND r.detail IS NOT NULL "
        f"WHERE p.id IN ({listed}) ORDER BY p.id, r.id"
    )
    found: dict[int, Belonging] = {}
    for number, parent, detail in rows:
        known = found.get(int(number), Belonging(parent))
        printed = json.loads(detail) if detail else {}
        unit = printed.get("unit")
        units = known.units if unit is None or unit in known.units else (*known.units, str(unit))
        found[int(number)] = Belonging(known.parent or printed.get("parent"), units)
    return found
