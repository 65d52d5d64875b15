"""What tests hold in their hands: a registry of their own, and the answer of a command."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Engine

from homeregistry.database import Location


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry for one test: where it is and an engine to it."""

    location: Location
    engine: Engine

    @property
    def db(self) -> str:
        """What `--db` gets."""
        if self.location.path is not None:
            return str(self.location.path)
        return self.location.url.render_as_string(hide_password=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gave: its exit code, what it printed on stdout and on stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as the one JSON document it has to be."""
        return json.loads(self.out)


def scalar(registry: Registry, statement: str) -> Any:
    """The one value of a query."""
    with registry.engine.connect() as connection:
        return connection.execute(sa.text(statement)).scalar()


def rows(registry: Registry, statement: str) -> list[Row[Any]]:
    """All rows of a query."""
    with registry.engine.connect() as connection:
        return list(connection.execute(sa.text(statement)))
