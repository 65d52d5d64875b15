"""Who is it? The one door to names, vetoes, likeness, codes and remembered decisions.

The order in which they decide: codes, then a person's earlier decision on the pair, then equal
keys, then a veto; what is only alike is held for a person.
"""

from homeregistry.recipients.identity import (
    DECISIONS,
    Decision,
    Identity,
    identity,
    is_damaged,
    pair_key,
    valid_union_code,
    valid_uscc,
)
from homeregistry.recipients.names import (
    SubUnit,
    person_key,
    placed_name,
    recipient_key,
    split_sub_unit,
    type_of,
)
from homeregistry.recipients.similarity import (
    Candidate,
    Likeness,
    block_keys,
    person_block_keys,
    similar,
    similar_persons,
)
from homeregistry.recipients.vetoes import Reason, different

__all__ = [
    "DECISIONS",
    "Candidate",
    "Decision",
    "Identity",
    "Likeness",
    "Reason",
    "SubUnit",
    "block_keys",
    "different",
    "identity",
    "is_damaged",
    "pair_key",
    "person_block_keys",
    "person_key",
    "placed_name",
    "recipient_key",
    "similar",
    "similar_persons",
    "split_sub_unit",
    "type_of",
    "valid_union_code",
    "valid_uscc",
]
