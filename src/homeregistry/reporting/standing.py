"""Declared figures as they stand: listed with their sources, and withdrawn with a reason, never deleted."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.comparing.with_records import source_groups, source_key
from homeregistry.errors import NotFound, RegistryError
from homeregistry.ledger import Ledger
from homeregistry.queries import CountRequest
from homeregistry.reconciling.bearing import bears
from homeregistry.reconciling.figures import gone_figures, live_figures


def list_figures(
    connection: Connection, request: CountRequest | None = None, withdrawn: bool = False
) -> list[dict[str, Any]]:
    """Figures that stand, in the order they came in; `source_key` is equal for sources of one figure.

    `request` keeps those that bear on it. With `withdrawn` those taken back come too, with who did it
    and why.
    """
    live = live_figures(connection)
    keys = {one.id: source_key(group) for group in source_groups(live) for one in group}
    found = {
        one.id: {**one.to_json(), "source_key": keys[one.id], "state": "stands", "withdrawn": None}
        for one in live
        if request is None or bears(one, request)
    }
    if withdrawn:
        for one, taken in gone_figures(connection):
            if request is None or bears(one, request):
                shown = {**one.to_json(), "source_key": source_key((one,)), "state": "withdrawn"}
                found[one.id] = {**shown, "withdrawn": taken}
    return [found[number] for number in sorted(found)]


def withdraw_figures(ledger: Ledger, figures: Sequence[int]) -> list[int]:
    """Take figures back; the ledger's deed carries the reason. All of them, or none.

    Raises NotFound for an id the registry never held, RegistryError for one taken back before.
    """
    wanted = sorted(set(figures))
    for figure in wanted:
        row = ledger.connection.execute(
            sa.text("SELECT revision_to FROM declared_figure WHERE id = :id"), {"id": figure}
        ).first()
        if row is None:
            raise NotFound(
                "unknown_figure", "There is no figure {figure}; see: homeregistry report list", figure=figure
            )
        if row[0] is not None:
            raise RegistryError("already_withdrawn", "Figure {figure} was taken back before.", figure=figure)
    ledger.close("declared_figure", wanted)
    ledger.subject.update({"figures": wanted})
    return wanted
