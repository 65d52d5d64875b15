"""Column makers shared by the tables: one id type, one text type, one revision pair, named constraints.

Ids are allocated by the ledger under the one write lock, never by the engine, so that both engines
store the same rows. Times are ISO 8601 text in UTC, documents of cells are canonical JSON text.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""64 bits on both engines (a plain INTEGER primary key is SQLite's own row id)."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def identity() -> Any:
    """The primary key, allocated by the ledger."""
    return Field(primary_key=True, sa_type=ID, sa_column_kwargs={"autoincrement": False})


def code_key() -> Any:
    """A primary key that is a stable text code."""
    return Field(primary_key=True, sa_type=sa.Text)


def reference(target: str) -> Any:
    """A required link to another table (`table.column`)."""
    return Field(foreign_key=target, sa_type=ID)


def indexed_reference(target: str) -> Any:
    """A required link that is also searched from the other side."""
    return Field(foreign_key=target, sa_type=ID, index=True)


def indexed_text() -> Any:
    """Required text that is searched."""
    return Field(sa_type=sa.Text, index=True)


def optional_reference(target: str) -> Any:
    """A link to another table that may be missing."""
    return Field(default=None, foreign_key=target, sa_type=ID, nullable=True)


def text() -> Any:
    """Required text; an empty string means `none` where the docstring of the table says so."""
    return Field(sa_type=sa.Text)


def optional_text() -> Any:
    """Text that may be missing."""
    return Field(default=None, sa_type=sa.Text, nullable=True)


def number() -> Any:
    """A required whole number."""
    return Field(sa_type=ID)


def optional_number() -> Any:
    """A whole number that may be missing."""
    return Field(default=None, sa_type=ID, nullable=True)


def one_of(column: str, codes: Sequence[str]) -> sa.CheckConstraint:
    """A named CHECK that a column holds one of the codes.

    Not `IN`: SQLite fills a temporary table with the list for every row that comes in, which makes
    a bulk insert half as slow again.
    """
    listed = " OR ".join(f"{column} = '{code}'" for code in codes)
    return sa.CheckConstraint(listed, name=f"{column}_known")


def lives() -> tuple[sa.CheckConstraint, ...]:
    """The CHECK of every fact: it came in at a revision and left, if at all, at a later one."""
    return (sa.CheckConstraint("revision_to IS NULL OR revision_to > revision_from", name="revision_order"),)
