"""Sums that counts are read from: derived from the rows, outside the audit chain; `verify` proves them."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from homeregistry.models.columns import ID, number, text


def _key(kind: Any) -> Any:
    return Field(primary_key=True, sa_type=kind, sa_column_kwargs={"autoincrement": False})


class RecognitionTally(SQLModel, table=True):
    """How many live recognitions of one award stand in one region, year by year; none are no row.

    Every write keeps it with the rows (`tally`). `region_id` is 0 where a recognition has no region. `years`
    lists them in the order of time: "2017-2019:1 2020:2" is one of 2017 to 2019 and two of 2020.
    """

    __tablename__ = "recognition_tally"
    __table_args__ = {"sqlite_with_rowid": False}
    kind: str = _key(sa.Text)
    tier: str = _key(sa.Text)
    system: str = _key(sa.Text)
    region_id: int = _key(ID)
    number: int = number()
    years: str = text()
