"""The audit chain: every entry in its place, with its own hash, after the one before; and the heads that
others hold (the log of exports, the witness, a file given) found in it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from homeregistry.bulk import stream_rows
from homeregistry.ledger import GENESIS, entry_hash
from homeregistry.tables import AUDIT
from homeregistry.verifying.findings import Finding, Place
from homeregistry.witness import Claim

Parts = dict[int, tuple[int, str]]
"""Revision to (rows, digest)."""


@dataclass(slots=True)
class Chain:
    """The chain as read: who did what at each revision, and what each entry says it wrote and closed."""

    entries: int = 0
    revision: int = 0
    head: str = GENESIS
    deeds: dict[int, dict[str, object]] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    written: dict[str, Parts] = field(default_factory=dict)
    closed: dict[str, Parts] = field(default_factory=dict)

    def where(self, revision: int) -> Place:
        """A revision as a place: its number, the deed behind it, and the batch that it is about."""
        deed = self.deeds.get(revision)
        if deed is None:
            return Place("revision {revision}", {"revision": revision})
        said = {"revision": revision, **deed}
        if deed["batch"] is None:
            return Place("revision {revision} ({what}, {at}, {actor})", said)
        return Place("revision {revision} ({what}, {at}, {actor}, batch {batch})", said)


def read_chain(connection: Connection) -> tuple[Chain, list[Finding]]:
    """Walk the chain from its beginning; a broken place is named and the walk goes on behind it."""
    chain = Chain()
    findings: list[Finding] = []
    previous = GENESIS
    for chunk in stream_rows(connection, f"SELECT {', '.join(AUDIT)} FROM audit_entry ORDER BY id"):
        for row in chunk:
            entry = dict(zip(AUDIT, row, strict=True))
            number = int(entry["id"])
            chain.deeds[number] = {
                "what": entry["action"], "at": entry["at"], "actor": entry["actor"],
                "batch": _batch_of(entry["subject"]),
            }  # fmt: skip
            findings += _gaps(chain, number)
            if entry_hash(row[:-1]) != entry["hash"]:
                findings.append(Finding("entry_changed", chain.where(number)))
            elif entry["previous_hash"] != previous:
                findings.append(Finding("chain_broken", chain.where(number)))
            previous = entry["hash"]
            chain.entries += 1
            chain.revision, chain.head, chain.hashes[number] = number, previous, previous
            if not (
                _take(chain.written, number, entry["digest_written"])
                and _take(chain.closed, number, entry["digest_closed"])
            ):
                findings.append(Finding("entry_changed", chain.where(number)))
    return chain, findings


def _gaps(chain: Chain, number: int) -> Iterator[Finding]:
    for missing in range(chain.revision + 1, min(number, chain.revision + 21)):
        yield Finding("entry_missing", Place("revision {revision}", {"revision": missing}))


def _batch_of(subject: str) -> int | None:
    """The batch that an entry is about; a subject that was tampered with names none."""
    try:
        found = json.loads(subject).get("batch")
    except (ValueError, TypeError, AttributeError):
        return None
    return found if isinstance(found, int) else None


def _take(into: dict[str, Parts], revision: int, text: str) -> bool:
    try:
        for table, rows, digest in json.loads(text):
            into.setdefault(table, {})[revision] = (int(rows), str(digest))
    except (ValueError, TypeError):
        return False
    return True


def check_heads(connection: Connection, chain: Chain, claims: Iterable[Claim]) -> list[Finding]:
    """Every head that left with an export, and every head that is claimed, must stand in the chain."""
    logged = [
        Claim(f"export {row[2]} ({row[3]})", int(row[0]), str(row[1]))
        for chunk in stream_rows(
            connection, "SELECT revision, head, file_name, at FROM export_log ORDER BY id"
        )
        for row in chunk
    ]
    known = {GENESIS, *chain.hashes.values()}
    findings = []
    for claim in dict.fromkeys([*logged, *claims]):
        if claim.revision is None:
            if claim.head not in known:
                findings.append(Finding("head_unknown", claim.source, {"head": claim.head}))
        elif chain.hashes.get(claim.revision, GENESIS if claim.revision == 0 else "") != claim.head:
            params = {"source": claim.source, "revision": claim.revision}
            findings.append(Finding("head_missing", chain.where(chain.revision), params))
    return findings
