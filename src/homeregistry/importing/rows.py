"""The rows that a candidate becomes when it is recorded, in the order of `tables.FACTS`."""

from typing import Any

from homeregistry.resolving.awards import Award
from homeregistry.resolving.candidates import Named

Row = tuple[Any, ...]
Source = tuple[int, str, int]
"""Where a recognition is printed: batch, sheet, row."""


def recipient_row(
    number: int,
    named: Named,
    name: str,
    codes: tuple[str | None, str | None],
    region_id: int | None,
    ownership: str | None,
    batch: int,
) -> Row:
    """A new recipient; `codes` are its credit code and its union code."""
    kind_of, key, blocks, parent = named
    block, tail = (*blocks, None, None)[:2]
    return number, kind_of, name, key, block or "", tail, None, parent, *codes, region_id, ownership, batch


def award_columns(award: Award, region_id: int | None, body_id: int | None) -> Row:
    """What a recognition repeats of its round, with where its recipient is and who recommended it."""
    return (
        award.kind, award.tier, award.system, award.year_from, award.year_to, region_id, body_id,
    )  # fmt: skip


def recognition_row(
    number: int,
    round_id: int,
    recipient_id: int,
    award: Row,
    printed: tuple[str, str | None],
    detail: str | None,
    source: Source,
) -> Row:
    """A recognition; `award` comes from `award_columns`, `printed` are name and place as the list says."""
    return number, round_id, recipient_id, *award, *printed, detail, *source
