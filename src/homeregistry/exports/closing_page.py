"""The page of closed years: which years of the tally were closed, and what changed in them since, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.exports.options import ExportOptions
from homeregistry.exports.pages import Column, Page, PageShape
from homeregistry.exports.wordings import heading, signature
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.queries.filters import live


@dataclass(frozen=True, slots=True)
class Change:
    """One write that touched a closed year: recognitions that came in and left, events dated or withdrawn."""

    revision: int
    at: str
    actor: str
    action: str
    reason: str | None
    came: int
    left: int
    events: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A year closed at a revision, with the writes that touched it since."""

    year: int
    actor: str
    at: str
    revision: int
    remark: str | None
    changes: tuple[Change, ...]


def read_closed(connection: Connection, options: ExportOptions) -> list[Closed]:
    """The closed years among those asked for, as they stood at the revision."""
    filters = options.request.filters
    rows = connection.execute(
        sa.text(
            "SELECT c.year, c.actor, c.at, c.revision_from, c.reason FROM closed_year c "
            f"WHERE {live(filters.revision, 'c')} AND c.year >= :low AND c.year <= :high ORDER BY c.year"
        ),
        {"low": filters.year_from or 0, "high": filters.year_to or 9999},
    ).all()
    return [
        Closed(int(y), a, at, int(r), why, tuple(_changes(connection, int(y), int(r), filters.revision or 0)))
        for y, a, at, r, why in rows
    ]


_TOUCHED = {
    "came": "SELECT r.revision_from AS revision FROM recognition r WHERE {year}",
    "left": "SELECT r.revision_to AS revision FROM recognition r WHERE r.revision_to IS NOT NULL AND {year}",
    "events": "SELECT e.revision_from AS revision FROM recognition_event e JOIN recognition r "
    "ON r.id = e.recognition_id WHERE {year} UNION ALL SELECT e.revision_to FROM recognition_event e "
    "JOIN recognition r ON r.id = e.recognition_id WHERE e.revision_to IS NOT NULL AND {year}",
}


def _changes(connection: Connection, year: int, since: int, until: int) -> Iterator[Change]:
    touched: dict[int, dict[str, int]] = {}
    for name, select in _TOUCHED.items():
        inner = select.format(year="r.year_from <= :year AND r.year_to >= :year")
        rows = connection.execute(
            sa.text(
                f"SELECT t.revision, count(*) FROM ({inner}) t "
                "WHERE t.revision > :since AND t.revision <= :until GROUP BY t.revision"
            ),
            {"year": year, "since": since, "until": until},
        )
        for revision, number in rows:
            touched.setdefault(int(revision), {})[name] = int(number)
    for revision in sorted(touched):
        entry = connection.execute(
            sa.text("SELECT at, actor, action, reason FROM audit_entry WHERE id = :id"), {"id": revision}
        ).first()
        at, actor, action, reason = entry if entry is not None else ("", "", "", None)
        numbers = touched[revision]
        yield Change(
            revision, at, actor, action, reason,
            numbers.get("came", 0), numbers.get("left", 0), numbers.get("events", 0),
        )  # fmt: skip


def closing_shape() -> PageShape:
    """One line for each write that touched a closed year."""
    return PageShape(
        _("Closed years"),
        (
            Column(_("year"), 7, "number"),
            Column(_("closed by"), 14, "wide"),
            Column(_("closed at"), 21, "code"),
            Column(_("at revision"), 9, "number"),
            Column(_("remark"), 20, "wide"),
            Column(_("changed at"), 21, "code"),
            Column(_("revision"), 9, "number"),
            Column(_("by"), 14, "wide"),
            Column(_("action"), 16, "wide"),
            Column(_("reason"), 34, "wide"),
            Column(_("came in"), 8, "number"),
            Column(_("left"), 8, "number"),
            Column(_("events"), 8, "number"),
        ),
    )


def write_closed(page: Page, closed: list[Closed], options: ExportOptions) -> None:
    """The whole page."""
    page.line("title", sentence("{heading}: closed years", {"heading": heading(options)}))
    page.head()
    for one in closed:
        own = (one.year, one.actor, one.at, one.revision, one.remark)
        for change in one.changes:
            page.line(
                "data", *own, change.at, change.revision, change.actor, change.action, change.reason,
                change.came, change.left, change.events,
            )  # fmt: skip
        if not one.changes:
            page.line("data", *own, _("no change since"))
    if not closed:
        page.line("note", _("None of these years was closed."))
    page.line(
        "note", _("Came in and left: recognitions; events: revocations, restorations, re-examinations.")
    )
    page.line("sign", signature())
