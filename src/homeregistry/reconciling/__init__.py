"""Declared figures held against the records and against each other; nothing is added to a count here."""

from homeregistry.reconciling.bearing import bearing_figures

__all__ = ["bearing_figures"]
