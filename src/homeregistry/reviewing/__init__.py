"""Rows and pairs that wait for a person: seen with both sides, decided, remembered, taken back.

A decision about a held row records it the way an import would have, with its file, sheet and row; a decision
about two names is remembered for the next file. Everything a person decided can be taken back.
"""

from homeregistry.reviewing.choices import Resolution
from homeregistry.reviewing.decisions import list_decisions, take_back
from homeregistry.reviewing.places import place_record, undecided_records
from homeregistry.reviewing.resolving import Resolved, resolve
from homeregistry.reviewing.sides import show_waiting
from homeregistry.reviewing.waiting import Waiting, list_waiting
from homeregistry.vocabulary import Choice

__all__ = [
    "Choice", "Resolution", "Resolved", "Waiting", "list_decisions", "list_waiting", "place_record",
    "resolve", "show_waiting", "take_back", "undecided_records",
]  # fmt: skip
