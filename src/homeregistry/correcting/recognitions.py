"""Correcting one recognition: its award, its place, who recommended it, whose it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.bodies import BodyReading, read_body
from homeregistry.correcting.fields import Wanted, read_fields
from homeregistry.correcting.rewriting import Change, Rewritten, live_recognition, rewrite
from homeregistry.errors import RegistryError
from homeregistry.events.units import live_unit
from homeregistry.importing.rounds import RoundBook
from homeregistry.kinds import kinds
from homeregistry.ledger import Ledger
from homeregistry.recognitions.rows import Row
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.stated_years import years_said
from homeregistry.words.labels import label

_ROUND: Final = (
    "kind", "stars", "tier", "system", "conferring_body_id", "year_from", "year_to", "ordinal",
    "decision_no", "decision_date", "decision_printed",
)  # fmt: skip
_IDENTITY: Final = tuple(name for name in _ROUND if name not in ("ordinal", "decision_printed"))


def correct_recognition(ledger: Ledger, number: int, said: Mapping[str, str], today: date) -> Rewritten:
    """Correct one recognition by words (`fields.CORRECTABLE`).

    Raises NotFound, UsageMistake for words that mean nothing, RegistryError where the record would
    contradict itself, stand twice, or not change.
    """
    row = live_recognition(ledger.connection, number)
    wanted = read_fields(said, (row["year_from"], row["year_to"]), today)
    old = _round(ledger.connection, row["round_id"])
    new = _new_round(ledger, row, old, wanted)
    values = _values(ledger, row, new, wanted)
    words = _words(ledger.connection, row, old, {**row, **values}, new)
    if not words:
        raise RegistryError(
            "nothing_to_change",
            "The recognition {number} says so already; nothing was changed.",
            number=number,
        )
    _require_sense(ledger.connection, {**row, **values}, new)
    if any(old[name] != new[name] for name in _ROUND):
        values = {**values, "round_id": _round_id(ledger, new, free_date=wanted.decision_date is None)}
    (done,) = rewrite(ledger, [Change(row, values, words)])
    ledger.subject.update({"recognition": done.now, "was": done.was, "changes": done.to_json()["changes"]})
    return done


def _round(connection: Connection, number: int) -> Row:
    row = connection.execute(
        sa.text(f"SELECT {', '.join(_ROUND)} FROM award_round WHERE id = :id"), {"id": number}
    ).one()
    return dict(zip(_ROUND, row, strict=True))


def _new_round(ledger: Ledger, row: Row, old: Row, wanted: Wanted) -> Row:
    new = dict(old)
    given: dict[str, Any] = {
        "kind": wanted.kind, "stars": wanted.stars, "tier": wanted.tier, "system": wanted.system,
        "decision_date": wanted.decision_date,
    }  # fmt: skip
    if wanted.years:
        given["year_from"], given["year_to"] = wanted.years
    if wanted.decision_no:
        given["decision_no"], given["decision_printed"] = wanted.decision_no
    if wanted.conferred_by:
        given["conferring_body_id"] = _body_id(ledger, wanted.conferred_by)
    new.update({name: value for name, value in given.items() if value is not None})
    if wanted.tier and wanted.tier != old["tier"] and wanted.conferred_by is None:
        _require_conferring(ledger.connection, new, wanted.tier)
    return new


def _require_conferring(connection: Connection, new: Row, tier: str) -> None:
    """A title of another tier is another body's, unless an industry system stands behind it."""
    name = str(_name(connection, "union_body", new["conferring_body_id"]))
    own = read_body(name, date(new["year_to"], 12, 31)).tier
    if own is not None and own != tier and not new["system"]:
        raise RegistryError(
            "conferring_body_conflict",
            "“{body}” does not confer titles of the tier {tier}; correct conferred_by as well.",
            body=name, tier=label("tier", tier),
        )  # fmt: skip


def _values(ledger: Ledger, row: Row, new: Row, wanted: Wanted) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: new[name]
        for name in ("kind", "tier", "system", "year_from", "year_to")
        if new[name] != row[name]
    }
    if wanted.region is not None or wanted.no_region:
        values["region_id"] = wanted.region.id if wanted.region else None
    if wanted.body is not None or wanted.no_body:
        values["body_id"] = _body_id(ledger, wanted.body) if wanted.body else None
    if wanted.recipient is not None:
        values["recipient_id"] = live_unit(ledger.connection, wanted.recipient).id
    return values


def _require_sense(connection: Connection, row: Row, new: Row) -> None:
    """A person's title goes to a person; a place has to exist in the years of the round."""
    unit = live_unit(connection, row["recipient_id"])
    person = kinds()[new["kind"]].recipient_type == "person"
    if person != (unit.type == "person"):
        raise RegistryError(
            "wrong_recipient_type",
            "“{title}” does not go to {name} (recipient {number}); correct recipient as well.",
            title=kinds()[new["kind"]].title, name=unit.name, number=unit.id,
        )  # fmt: skip
    if row["region_id"] is not None:
        region = gazetteer().by_id(int(row["region_id"]))
        first, last = f"{new['year_from']}-01-01", new["decision_date"] or f"{new['year_to']}-12-31"
        if region.valid_from > max(last, f"{new['year_to']}-12-31") or (
            region.valid_to and region.valid_to < first
        ):
            raise RegistryError(
                "region_not_in_force",
                "{region} existed from {start} to {end}, not in {year}; correct region as well.",
                region=gazetteer().path(region), start=region.valid_from, end=region.valid_to or "today",
                year=new["year_from"],
            )  # fmt: skip


def _body_id(ledger: Ledger, body: BodyReading) -> int:
    book = RoundBook(ledger.connection, ledger)
    book.learn((), (body,))
    number = book.body_id(body)
    book.write()
    return number


def _round_id(ledger: Ledger, new: Row, *, free_date: bool) -> int:
    """The round with this identity, a new one where there is none.

    Where no date was given, the decision's own number finds its round whatever date that one states.
    """
    names = [name for name in _IDENTITY if not (free_date and new["decision_no"] and name == "decision_date")]
    condition = " AND ".join(f"{name} = :{name}" for name in names)
    found = ledger.connection.execute(
        sa.text(f"SELECT id FROM award_round WHERE {condition} ORDER BY id"),
        {name: new[name] for name in names},
    ).scalars()
    for number in found:
        return int(number)
    number = ledger.new_id("award_round")
    ledger.insert("award_round", [(number, *(new[name] for name in _ROUND))])
    return number


def _words(
    connection: Connection, row: Row, old: Row, new_row: Row, new: Row
) -> dict[str, tuple[object, object]]:
    """What changes, by field, as people read it."""
    found: dict[str, tuple[object, object]] = {}
    for name in ("kind", "stars", "tier", "system", "decision_no", "decision_date"):
        if old[name] != new[name]:
            found[name] = (old[name] or None, new[name] or None)
    if (old["year_from"], old["year_to"]) != (new["year_from"], new["year_to"]):
        found["year"] = (_span(old), _span(new))
    if old["conferring_body_id"] != new["conferring_body_id"]:
        found["conferred_by"] = tuple(
            _name(connection, "union_body", one["conferring_body_id"]) for one in (old, new)
        )  # type: ignore[assignment]
    if row["recipient_id"] != new_row["recipient_id"]:
        found["recipient"] = (row["recipient_id"], new_row["recipient_id"])
    if row["body_id"] != new_row["body_id"]:
        found["body"] = tuple(_name(connection, "union_body", one["body_id"]) for one in (row, new_row))  # type: ignore[assignment]
    if row["region_id"] != new_row["region_id"]:
        found["region"] = (_path(row["region_id"]), _path(new_row["region_id"]))
    return found


def _span(one: Row) -> str:
    return years_said(one["year_from"], one["year_to"])


def _name(connection: Connection, table: str, number: int | None) -> object:
    if number is None:
        return None
    return connection.execute(sa.text(f"SELECT name FROM {table} WHERE id = :id"), {"id": number}).scalar()


def _path(region_id: int | None) -> str | None:
    return gazetteer().path(gazetteer().by_id(int(region_id))) if region_id is not None else None
