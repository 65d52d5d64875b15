"""Dated events: titles revoked, restored and re-examined; units renamed, merged and closed.

An event has a date (as exact as its source), a basis document and an actor. A wrong one is withdrawn,
never deleted. Every use case takes a ledger and leaves committing to its caller.
"""

from homeregistry.events.occasion import Occasion, read_occasion
from homeregistry.events.record import Happened, list_events
from homeregistry.events.titles import TitleEvents, on_decision, on_recognition
from homeregistry.events.units import close_unit, merge_unit, rename_unit
from homeregistry.events.withdrawing import withdraw_event

__all__ = [
    "Happened", "Occasion", "TitleEvents", "close_unit", "list_events", "merge_unit", "on_decision",
    "on_recognition", "read_occasion", "rename_unit", "withdraw_event",
]  # fmt: skip
