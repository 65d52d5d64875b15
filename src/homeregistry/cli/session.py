"""How a command opens the registry: to read, to write, as whom."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from homeregistry.errors import UsageMistake

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from homeregistry.database import Location
    from homeregistry.ledger import Ledger


def location(ctx: click.Context) -> "Location":
    """Where `--db` says the registry is."""
    from homeregistry.database import locate

    return locate(ctx.obj.db)


def actor(ctx: click.Context) -> str:
    """Who acts: `--as NAME`, else the operating-system user."""
    if ctx.obj.actor:
        return str(ctx.obj.actor)
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


@contextmanager
def opened(ctx: click.Context) -> Iterator["Connection"]:
    """A snapshot of an initialised registry of the right schema."""
    from homeregistry.database import exists, open_engine, reading
    from homeregistry.schema import never_initialised, require_current

    place = location(ctx)
    if not exists(place):
        raise never_initialised()
    with reading(open_engine(place)) as connection:
        require_current(connection)
        yield connection


def writable_engine(ctx: click.Context) -> "Engine":
    """An engine of a registry of the right schema; one that was never initialised is initialised."""
    from homeregistry.database import exists, open_engine, reading
    from homeregistry.schema import current, require_current, upgrade

    place = location(ctx)
    if place.path is not None:
        place.path.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(place)
    fresh = not exists(place)
    if not fresh:
        with reading(engine) as connection:
            fresh = current(connection) is None
            if not fresh:
                require_current(connection)
    if fresh:
        upgrade(engine, place)
    return engine


def reason_from(text: str) -> str:
    """A reason that says something. Raises UsageMistake."""
    if not text.strip():
        raise UsageMistake("empty_reason", "Give a reason.")
    return text.strip()


@contextmanager
def recorded(
    ctx: click.Context,
    action: str,
    reason: str | None = None,
    basis: str | None = None,
    *,
    by: str | None = None,
) -> Iterator["Ledger"]:
    """A write in the name of the actor, or of whom `--by` names: one transaction, one audit entry."""
    from homeregistry.ledger import Deed, write

    with write(writable_engine(ctx), Deed(action, by or actor(ctx), reason, basis)) as ledger:
        yield ledger
