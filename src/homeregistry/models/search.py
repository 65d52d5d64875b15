"""The index of names: derived from the rows, outside the audit chain; `verify` proves it against them."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from homeregistry.models.columns import ID, identity, number, one_of, text


class NamePart(SQLModel, table=True):
    """Rows of one table whose names are indexed: ids `first_id` to `last_id`."""

    __tablename__ = "name_part"
    __table_args__ = (
        one_of("source", ("recipient", "recipient_name", "recognition")),
        sa.UniqueConstraint("source", "first_id"),
    )
    id: int = identity()
    source: str = text()
    first_id: int = number()
    last_id: int = number()


class NameGram(SQLModel, table=True):
    """Recipients of a part whose names hold two characters in a row: `gram` is both code points as one
    number (so both engines compare it alike), `ids` a packed set.
    """

    __tablename__ = "name_gram"
    gram: int = Field(primary_key=True, sa_type=ID, sa_column_kwargs={"autoincrement": False})
    part_id: int = Field(
        primary_key=True, foreign_key="name_part.id", sa_type=ID, sa_column_kwargs={"autoincrement": False}
    )
    ids: bytes = Field(sa_type=sa.LargeBinary)
