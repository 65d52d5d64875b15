"""Acknowledging a finding: only one that stands now, under its whole key."""

from homeregistry.errors import NotFound
from homeregistry.ledger import Ledger
from homeregistry.queries import CountRequest
from homeregistry.reconciling.findings import Finding, reconcile
from homeregistry.reconciling.notes import Note, write_note


def acknowledge(ledger: Ledger, key: str) -> tuple[Finding, Note]:
    """Note that the deed's actor has seen a finding, for the deed's reason. Raises NotFound."""
    for finding in reconcile(ledger.connection, CountRequest()):
        if finding.key == key:
            return finding, write_note(ledger, key, ledger.deed.reason or "")
    raise NotFound("unknown_finding", "There is no finding {key}; see: homeregistry reconcile", key=key)
