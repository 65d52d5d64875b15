"""`find`: recipients by any part of any of their names, however many names there are.

A text is found in a name as printed (of the recipient, a former one, one of its recognitions), its folded
form in a normal name; a whole name is also found by its normal form, so that the union's suffix does not
matter. Indexed rows are answered from the index, the others read; nothing is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.database import is_sqlite
from homeregistry.errors import UsageMistake
from homeregistry.queries.belonging import belonging_of
from homeregistry.queries.grams import bits_of, first_and_last, inner_grams, members, unpack
from homeregistry.queries.name_index import marks, packed_of
from homeregistry.recipients.names import recipient_key
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.text import clean, key

_CHUNK: Final = 500
_TOO_MANY: Final = 20_000
"""More doubtful recipients than this are decided faster by reading every name."""


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for: as typed, folded as normal names are, and as a whole normal name."""

    printed: str
    folded: str
    whole: str

    @property
    def values(self) -> dict[str, str]:
        """The values that `_CONDITION` binds."""
        return {"printed": self.printed, "folded": self.folded}


def find_recipients(connection: Connection, text: str, limit: int) -> dict[str, Any]:
    """How many recipients are found, and the first: whole names first, then in the order they came in.

    Raises UsageMistake for a text without a character to look for.
    """
    printed = clean(text)
    if not printed:
        raise UsageMistake("empty_search", "Give at least one character to search for.")
    needle = Needle(printed, key(printed), recipient_key(printed, "organisation"))
    search = _Search(connection, needle)
    whole = search.whole_names()
    found = search.parts_of_names() | bits_of(whole)
    others = (one for one in members(found) if one not in whole)
    first = [*whole[:limit]]
    for one in others:
        if len(first) >= limit:
            break
        first.append(one)
    return {"total": found.bit_count(), "matches": _described(connection, first, needle)}


@dataclass(slots=True)
class _Search:
    """One search: sets of recipients are numbers of bits (see `grams`)."""

    connection: Connection
    needle: Needle
    contains: str = field(init=False)

    def __post_init__(self) -> None:
        self.contains = "instr" if is_sqlite(self.connection) else "strpos"

    def whole_names(self) -> list[int]:
        """Live recipients one of whose normal names is the text, or is what the text names as a whole."""
        wanted = {"folded": self.needle.folded, "whole": self.needle.whole or self.needle.folded}
        rows = self.connection.execute(
            sa.text(
                "SELECT id FROM recipient WHERE key IN (:folded, :whole) AND revision_to IS NULL "
                "UNION SELECT p.id FROM recipient_name n JOIN recipient p ON p.id = n.recipient_id "
                "WHERE n.key IN (:folded, :whole) AND n.revision_to IS NULL AND p.revision_to IS NULL"
            ),
            wanted,
        ).scalars()
        return sorted(int(one) for one in rows)

    def parts_of_names(self) -> int:
        """Live recipients with a live name that holds the text."""
        done = marks(self.connection)
        if not any(done.values()):
            return self._read(dict.fromkeys(done, 0))
        likely = self._likely(self.needle.printed)
        if self.needle.folded != self.needle.printed:
            likely |= self._likely(self.needle.folded)
        dead = self._ids("SELECT id FROM recipient WHERE revision_to IS NOT NULL")
        likely &= ~dead
        doubtful = likely if not self._certain else likely & self._with_closed_names()
        if doubtful.bit_count() > _TOO_MANY:
            return self._read(dict.fromkeys(done, 0))
        return likely & ~doubtful | self._checked(list(members(doubtful))) | self._read(done)

    @property
    def _certain(self) -> bool:
        """Whether the index alone decides: one or two characters that folding leaves as they are."""
        return len(self.needle.printed) <= 2 and self.needle.printed == self.needle.folded

    def _likely(self, text: str) -> int:
        """Indexed recipients that have every pair of characters of a text."""
        if not text:
            return 0
        if len(text) == 1:
            low, high = first_and_last(text)
            return self._joined(packed_of(self.connection, "gram BETWEEN :low AND :high", low=low, high=high))
        found = -1
        for gram in inner_grams(text):
            found &= self._joined(packed_of(self.connection, "gram = :gram", gram=gram))
            if not found:
                break
        return found

    def _joined(self, packed: Iterable[bytes]) -> int:
        found = 0
        for content in packed:
            found |= unpack(content)
        return found

    def _ids(self, statement: str) -> int:
        return bits_of([int(one) for one in self.connection.exec_driver_sql(statement).scalars()])

    def _with_closed_names(self) -> int:
        """Recipients with a name or a recognition that was closed: the index may know them by it."""
        return self._ids(
            "SELECT DISTINCT recipient_id FROM recognition WHERE revision_to IS NOT NULL"
        ) | self._ids("SELECT DISTINCT recipient_id FROM recipient_name WHERE revision_to IS NOT NULL")

    def _checked(self, ids: Sequence[int]) -> int:
        """Those of some recipients that a live name makes a match."""
        found: list[int] = []
        for start in range(0, len(ids), _CHUNK):
            listed = f"IN ({', '.join(str(one) for one in ids[start : start + _CHUNK])})"
            found += self._matching(f"p.id {listed}", f"r.recipient_id {listed}", f"n.recipient_id {listed}")
        return bits_of(found)

    def _read(self, above: dict[str, int]) -> int:
        """Matches among the rows above the marks, read one by one."""
        return bits_of(
            self._matching(
                f"p.id > {int(above['recipient'])}", f"r.id > {int(above['recognition'])}",
                f"n.id > {int(above['recipient_name'])}",
            )
        )  # fmt: skip

    def _matching(self, recipients: str, recognitions: str, names: str) -> list[int]:
        """Recipients with a live name that matches, among the rows that the conditions name."""
        holds = self.contains
        statement = (
            f"SELECT p.id FROM recipient p WHERE {recipients} AND p.revision_to IS NULL "
            f"AND ({holds}(p.name, :printed) > 0 OR {holds}(p.key, :folded) > 0) "
            "UNION ALL SELECT n.recipient_id FROM recipient_name n "
            f"JOIN recipient p ON p.id = n.recipient_id AND p.revision_to IS NULL WHERE {names} "
            f"AND n.revision_to IS NULL AND ({holds}(n.name, :printed) > 0 OR {holds}(n.key, :folded) > 0) "
            "UNION ALL SELECT r.recipient_id FROM recognition r "
            f"JOIN recipient p ON p.id = r.recipient_id AND p.revision_to IS NULL WHERE {recognitions} "
            f"AND r.revision_to IS NULL AND {holds}(r.name_printed, :printed) > 0"
        )
        rows = self.connection.execute(sa.text(statement), self.needle.values).scalars()
        return [int(one) for one in rows]


def _described(connection: Connection, ids: Sequence[int], needle: Needle) -> list[dict[str, Any]]:
    """Each recipient with where it belongs and stands, the number of its titles, and the name found."""
    if not ids:
        return []
    listed = ", ".join(str(one) for one in ids)
    rows = {
        int(row[0]): row
        for row in connection.exec_driver_sql(
            f"SELECT id, name, type, region_id FROM recipient WHERE id IN ({listed})"
        )
    }
    names: dict[int, list[str]] = {one: [str(rows[one][1])] for one in ids}
    other = (
        f"SELECT recipient_id, name FROM recipient_name WHERE recipient_id IN ({listed}) "
        "AND revision_to IS NULL ORDER BY id"
    )
    printed = (
        f"SELECT recipient_id, name_printed FROM recognition WHERE recipient_id IN ({listed}) "
        "AND revision_to IS NULL ORDER BY id"
    )
    titles = dict.fromkeys(ids, 0)
    for number, name in connection.exec_driver_sql(other):
        names[int(number)].append(str(name))
    for number, name in connection.exec_driver_sql(printed):
        names[int(number)].append(str(name))
        titles[int(number)] += 1
    place, belonging = gazetteer(), belonging_of(connection, ids)
    return [
        {
            "recipient": one, "name": rows[one][1], "type": rows[one][2],
            "parent": belonging[one].parent, "units": list(belonging[one].units),
            "region_code": place.by_id(int(rows[one][3])).code if rows[one][3] is not None else None,
            "region": place.path(place.by_id(int(rows[one][3]))) if rows[one][3] is not None else None,
            "titles": titles[one], "matched": _matched(names[one], needle),
        }
        for one in ids
    ]  # fmt: skip


def _matched(names: Sequence[str], needle: Needle) -> str:
    """The first of a recipient's names that holds the text, else the first whose normal form does."""
    for name in names:
        if needle.printed in name:
            return name
    return next((name for name in names if needle.folded in key(name)), names[0])
