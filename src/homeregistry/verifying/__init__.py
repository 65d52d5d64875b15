"""Proving that nothing was altered: the audit chain, every row against it, links, sums and stored files.

`verify` reads, never writes, and finds as much as it can: a broken place does not hide the next one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from homeregistry.verifying.chain import check_heads, read_chain
from homeregistry.verifying.evidence import check_batches, check_documents
from homeregistry.verifying.findings import Finding
from homeregistry.verifying.invariants import (
    check_file,
    check_links,
    check_live_links,
    check_reference,
    check_rounds,
    check_unique,
)
from homeregistry.verifying.names import check_names
from homeregistry.verifying.rows import check_rows
from homeregistry.verifying.tally import check_tally
from homeregistry.witness import Claim

__all__ = ["Finding", "Report", "verify"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, at which revision and head, and how much was looked at."""

    findings: tuple[Finding, ...]
    revision: int
    head: str
    checked: dict[str, int]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(connection: Connection, claims: Iterable[Claim] = ()) -> Report:
    """Check everything in one snapshot; `claims` are heads that others hold (see `witness`)."""
    damaged = check_file(connection)
    if damaged:
        return Report(tuple(damaged), 0, "", {})
    chain, findings = read_chain(connection)
    findings += check_heads(connection, chain, claims)
    counts, wrong = check_rows(connection, chain)
    findings += wrong
    rows = (check_links, check_live_links, check_unique, check_rounds, check_reference)
    for check in (*rows, check_documents, check_batches, check_names, check_tally):
        findings += check(connection)
    return Report(tuple(findings), chain.revision, chain.head, {"audit_entry": chain.entries, **counts})
