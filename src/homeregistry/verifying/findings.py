"""What `verify` can find: one code and one sentence each, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

FINDINGS: Final[dict[str, str]] = {
    # the file itself
    "database_damaged": "The database file is damaged: {detail}",
    # the chain
    "entry_missing": "An entry of the audit chain is missing.",
    "entry_changed": "The audit entry was changed: its hash does not fit what it says.",
    "chain_broken": "The audit entry does not follow the one before it.",
    "head_missing": "{source} shows revision {revision} with a head that is not there: the registry was cut, "
    "altered or replaced by an older copy.",
    "head_unknown": "The head {head} is nowhere in the chain: the registry was cut, altered or replaced.",
    # rows against the chain
    "rows_missing": "Rows of {table} were taken away: {written} were written, {found} are there.",
    "rows_added": "Rows of {table} were put in: {written} were written, {found} are there.",
    "rows_changed": "Rows of {table} are not what was written.",
    "closings_changed": "The closings in {table} are not what was written: {written} then, {found} now.",
    "rows_beyond_chain": "{found} rows of {table} came with a revision that is not in the chain.",
    "closings_beyond_chain": "{found} rows of {table} were closed by a revision that is not in the chain.",
    # links and sums
    "orphan": "{column} points to a row of {target} that is not there.",
    "left_behind": "The row is live, but {column} points to a row of {target} that was closed.",
    "doubled": "Rows that must be unique stand more than once in {table}.",
    "round_differs": "The recognition does not repeat its round's kind, tier, system and years.",
    "no_source": "The recognition has no source row.",
    "block_damaged": "The source rows cannot be read.",
    "block_differs": "The source rows do not fit their block: {stated} stated, {found} found.",
    "outcomes_differ": "{outcome}: {stated} stated, {found} found in the source rows.",
    "outcomes_do_not_add_up": "The outcomes make {found}, {stated} rows were read.",
    "recognitions_differ": "{stated} recognitions stated, {found} found.",
    "waiting_differ": "{stated} rows were kept for a person, {found} found.",
    "document_damaged": "The stored file cannot be read.",
    "document_differs": "The stored file is not the one that came in: its digest or size differs.",
    "name_index_differs": "The index of names is not what the names make; build it anew: "
    "homeregistry db index --rebuild",
    "tally_differs": "The tally that counts are read from says {stated}, the rows make {found}; "
    "make it anew: homeregistry db index --rebuild",
    "reference_differs": "The table {table} is not the packaged one; bring it back: homeregistry db upgrade",
}
"""Finding code to its English message id."""

MENDED_ANEW: Final = frozenset({"name_index_differs", "tally_differs", "reference_differs"})
"""Findings about what is made from the facts: nothing is lost, a command makes it anew."""

MOST: Final = 20
"""At most so many findings of one kind in one place are listed one by one; the rest is a number."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is said in words: a message id and what stands in it."""

    message: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return self.message.format_map(dict(self.params))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: what, and where (a table and a number, or a place in words)."""

    code: str
    place: str | Place
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The place in English, the same for every script."""
        return str(self.place)

    @property
    def message(self) -> str:
        """The message id of its sentence."""
        return FINDINGS[self.code]
