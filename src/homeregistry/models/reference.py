"""Reference tables, copied from the packaged tables by `init` and every upgrade: regions, bodies, kinds."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from homeregistry.models.columns import (
    code_key,
    identity,
    number,
    one_of,
    optional_number,
    optional_text,
    text,
)
from homeregistry.regions.table import EXTENTS, LEVELS
from homeregistry.vocabulary import BODY_KINDS, RECIPIENT_TYPES


class Region(SQLModel, table=True):
    """A province, prefecture or county in one interval of validity (code and interval are the key)."""

    __tablename__ = "region"
    __table_args__ = (
        one_of("level", LEVELS),
        sa.UniqueConstraint("code", "valid_from"),
    )
    id: int = identity()
    code: str = text()
    name: str = text()
    level: str = text()
    parent_code: str | None = optional_text()
    valid_from: str = text()
    valid_to: str | None = optional_text()


class RegionChange(SQLModel, table=True):
    """One succession between two regions: whole, part (with its towns) or renamed."""

    __tablename__ = "region_change"
    __table_args__ = (one_of("extent", EXTENTS),)
    id: int = identity()
    from_id: int | None = optional_number()
    to_id: int | None = optional_number()
    date: str = text()
    extent: str = text()
    towns: str | None = optional_text()
    basis: str = text()


class UnionBody(SQLModel, table=True):
    """A union that recommends or confers; `unlisted` ones came in with a list, as printed.

    A code alone is no key: 500110 was 万盛区 and is 綦江区.
    """

    __tablename__ = "union_body"
    __table_args__ = (
        one_of("kind", BODY_KINDS),
        sa.UniqueConstraint("code", "name"),
    )
    id: int = identity()
    code: str = text()
    name: str = text()
    kind: str = text()
    region_id: int | None = optional_number()
    parent_code: str | None = optional_text()
    valid_from: str | None = optional_text()
    valid_to: str | None = optional_text()
    revision_from: int = number()


class AwardKind(SQLModel, table=True):
    """A kind of recognition."""

    __tablename__ = "award_kind"
    __table_args__ = (one_of("recipient_type", RECIPIENT_TYPES),)
    code: str = code_key()
    title: str = text()
    title_en: str = text()
    recipient_type: str = text()
    verb: str = text()
    position: int = number()


class AwardTitle(SQLModel, table=True):
    """A spelling of a title and the kinds it names (none: a known other award)."""

    __tablename__ = "award_title"
    spelling: str = code_key()
    kinds: str = text()
    stars: int | None = optional_number()
