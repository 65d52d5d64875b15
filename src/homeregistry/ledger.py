"""One write to the registry: ids, rows, closings and, at its end, one entry in the audit chain.

Use cases get a `Ledger` and never commit. Everything they write carries the ledger's revision;
nothing is updated in place: a fact leaves by being closed. The entry holds, table by table, how many rows
it wrote and closed with a digest of each, so that `verify` finds a later change and says in which table.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry.bulk import insert_rows
from homeregistry.closed_years import (
    TOUCHING,
    ClosedYearsError,
    Touched,
    closed_years,
    is_reason,
    years_touched,
)
from homeregistry.database import writing
from homeregistry.digests import RowDigest, canonical, sha256_text
from homeregistry.ids import Ids
from homeregistry.tables import AUDIT, CLOSABLE, FACTS
from homeregistry.tally import TallyChange

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""


def utc_now() -> str:
    """Now, ISO 8601 in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Deed:
    """What a write is: the action, who does it and why.

    A change of a closed year needs a `reason`; the `basis`, a document that every event rests on, is none,
    but stands in its place in the audit entry.
    """

    action: str
    actor: str
    reason: str | None = None
    basis: str | None = None


def head(connection: Connection) -> tuple[int, str]:
    """The registry revision and the hash of the newest audit entry (0 and zeros when there is none)."""
    row = connection.exec_driver_sql("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1").first()
    return (int(row[0]), str(row[1])) if row else (0, GENESIS)


def entry_hash(values: Sequence[object]) -> str:
    """The hash of an audit entry: over every column but itself, in table order."""
    return sha256_text(canonical(list(values)))


def written_digest(parts: Mapping[str, RowDigest]) -> str:
    """What an entry keeps of the rows written: `[[table, rows, digest], …]`, tables in fixed order."""
    return canonical([[t, parts[t].rows, parts[t].hexdigest()] for t in FACTS if t in parts])


def closed_digest(ids: Mapping[str, Collection[int]]) -> str:
    """What an entry keeps of the rows closed: `[[table, rows, digest of the ids ascending], …]`."""
    return canonical(
        [[t, len(ids[t]), sha256_text(canonical(sorted(ids[t])))] for t in CLOSABLE if ids.get(t)]
    )


@dataclass(slots=True)
class Ledger:
    """An open write. `subject` says in the entry what it is about (codes and ids, no personal data)."""

    connection: Connection
    deed: Deed
    revision: int
    previous_hash: str
    at: str
    subject: dict[str, Any] = field(default_factory=dict)
    _ids: Ids = field(init=False, repr=False)
    _written: dict[str, RowDigest] = field(default_factory=dict)
    _closed: dict[str, set[int]] = field(default_factory=dict)
    _unsettled: dict[str, Touched] = field(default_factory=dict)
    _tally: TallyChange = field(default_factory=TallyChange)

    def __post_init__(self) -> None:
        self._ids = Ids(self.connection)

    def new_id(self, table: str) -> int:
        """The next id of a table."""
        return next(self._ids[table])

    def new_ids(self, table: str, count: int) -> list[int]:
        """The next ids of a table."""
        return self._ids.several(table, count)

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write rows in the order of `tables.FACTS`, ids ascending, without the revision columns."""
        if not rows:
            return
        insert_rows(self.connection, table, rows, self.revision)
        self._written.setdefault(table, RowDigest()).add(rows)
        if table in TOUCHING:
            touched = self._unsettled.setdefault(table, Touched())
            touched.first = touched.first or int(rows[0][0])
        if table == "recognition":
            self._tally.came(rows)

    def close(self, table: str, ids: Iterable[int]) -> int:
        """Close live rows; returns how many. A row that is not live is left alone."""
        wanted = sorted(set(ids))
        closed = self._closed.setdefault(table, set())
        before = len(closed)
        for start in range(0, len(wanted), 500):
            chunk = wanted[start : start + 500]
            marks = ",".join(str(int(one)) for one in chunk)
            live = f"WHERE id IN ({marks}) AND revision_to IS NULL"
            closed.update(row[0] for row in self.connection.exec_driver_sql(f"SELECT id FROM {table} {live}"))
            if table == "recognition":
                self._tally.leave(self.connection, live)
            self.connection.exec_driver_sql(f"UPDATE {table} SET revision_to = {self.revision} {live}")
        if table in TOUCHING:
            self._unsettled.setdefault(table, Touched()).closed.update(closed.intersection(wanted))
        return len(closed) - before

    def close_batch(self, table: str, batch_id: int) -> int:
        """Close every live row that a batch brought into a table; returns how many."""
        ids = self.connection.execute(
            sa.text(f"SELECT id FROM {table} WHERE batch_id = :batch AND revision_to IS NULL"),
            {"batch": batch_id},
        ).scalars()
        return self.close(table, list(ids))

    @property
    def changed(self) -> bool:
        """Whether anything was written or closed."""
        return bool(self._written) or any(self._closed.values())

    def settle(self, reason: str | None = None) -> None:
        """Hold what was written so far against the closed years, for the reason given or the deed's.

        Called by `seal`; a write of many decisions, each with a reason of its own, calls it after each.
        Raises ClosedYearsError where a closed year changes and nobody says why.
        """
        if self._unsettled and not (is_reason(reason) or is_reason(self.deed.reason)):
            closed = closed_years(self.connection)
            changed = years_touched(self.connection, closed, self._unsettled) if closed else set()
            if changed:
                raise ClosedYearsError(changed)
        self._unsettled.clear()

    def seal(self) -> str:
        """Keep the tally, append the entry; returns its hash. Called once, by `write`.

        Raises ClosedYearsError.
        """
        self.settle()
        self._tally.keep(self.connection)
        values: list[Any] = [
            self.revision, self.at, self.deed.actor, self.deed.action, self.deed.reason or self.deed.basis,
            canonical(self.subject), closed_digest(self._closed), written_digest(self._written),
            self.previous_hash,
        ]  # fmt: skip
        mark = entry_hash(values)
        self.connection.execute(
            sa.text(f"INSERT INTO audit_entry ({', '.join(AUDIT)}) VALUES (:{', :'.join(AUDIT)})"),
            dict(zip(AUDIT, [*values, mark], strict=True)),
        )
        return mark


@contextmanager
def write(engine: Engine, deed: Deed) -> Iterator[Ledger]:
    """Open a ledger under the write lock; seal and commit it at the end if it changed anything.

    An exception rolls everything back. A ledger that changed nothing leaves no entry.
    """
    with writing(engine) as connection:
        revision, mark = head(connection)
        ledger = Ledger(connection, deed, revision + 1, mark, utc_now())
        yield ledger
        if ledger.changed:
            ledger.seal()
