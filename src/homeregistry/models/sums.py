"""Sums that counts are read from: derived from the rows, outside the audit chain; `verify` proves them."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from homeregistry.models.columns import ID, number


def _key(kind: Any) -> Any:
    return Field(primary_key=True, sa_type=kind, sa_column_kwargs={"autoincrement": False})


class RecognitionTally(SQLModel, table=True):
    """How many live recognitions of one award and its years stand in one region; none are no row.

    Every write keeps it with the rows (`tally`). `region_id` is 0 where a recognition has no region.
    """

    __tablename__ = "recognition_tally"
    __table_args__ = {"sqlite_with_rowid": False}
    kind: str = _key(sa.Text)
    tier: str = _key(sa.Text)
    system: str = _key(sa.Text)
    region_id: int = _key(ID)
    year_from: int = _key(ID)
    year_to: int = _key(ID)
    number: int = number()
