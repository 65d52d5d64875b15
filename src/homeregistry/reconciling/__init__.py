"""Declared figures held against the records and against each other; nothing is added to a count here."""

from homeregistry.reconciling.acknowledging import acknowledge
from homeregistry.reconciling.bearing import bearing_figures
from homeregistry.reconciling.findings import Finding, reconcile

__all__ = ["Finding", "acknowledge", "bearing_figures", "reconcile"]
