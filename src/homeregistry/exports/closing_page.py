"""The page of closed years: which years of the tally were closed, and what changed in them since, and why.

A closing that was taken back stays on it: what changed under it, and who opened the year again and why.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from homeregistry.closed_years import TOUCHING
from homeregistry.exports.options import ExportOptions
from homeregistry.exports.pages import Column, Page, PageShape
from homeregistry.exports.wordings import heading, signature
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _


@dataclass(frozen=True, slots=True)
class Change:
    """One write that touched a closed year: recognitions that came in and left, and what else was entered
    or taken back: events, decisions, declared figures."""

    revision: int
    at: str
    actor: str
    action: str
    reason: str | None
    came: int
    left: int
    events: int
    decisions: int
    figures: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A year closed at a revision, with the writes that touched it since, its opening again the last."""

    year: int
    actor: str
    at: str
    revision: int
    remark: str | None
    changes: tuple[Change, ...]
    reopened: bool


def read_closed(connection: Connection, options: ExportOptions) -> list[Closed]:
    """The closings of the years asked for, as they stood at the revision, also those taken back by then."""
    filters = options.request.filters
    now = filters.revision or 0
    rows = connection.execute(
        sa.text(
            "SELECT year, actor, at, revision_from, revision_to, reason FROM closed_year "
            "WHERE revision_from <= :now AND year >= :low AND year <= :high ORDER BY year, id"
        ),
        {"now": now, "low": filters.year_from or 0, "high": filters.year_to or 9999},
    ).all()
    found = []
    for year, actor, at, since, end, remark in rows:
        until = now if end is None else min(end, now)
        reopened = end is not None and end <= now
        changes = _changes(connection, (year, since, until), {until} if reopened else set())
        found.append(Closed(year, actor, at, since, remark, tuple(changes), reopened))
    return found


_OTHERS = (("recognition_event", "recipient_event"), ("review_decision",), ("declared_figure",))
"""What is counted beside recognitions, a column each."""


def _changes(connection: Connection, when: tuple[int, int, int], opening: set[int]) -> Iterator[Change]:
    """The writes that touched a year after one revision and up to another, and the one that opened it."""
    touched: dict[int, dict[tuple[str, str], int]] = {revision: {} for revision in opening}
    for table in TOUCHING:
        for way in ("revision_from", "revision_to"):
            for revision, number in _touches(connection, table, way, when):
                touched.setdefault(revision, {})[table, way] = number
    for revision in sorted(touched):
        entry = connection.execute(
            sa.text("SELECT at, actor, action, reason FROM audit_entry WHERE id = :id"), {"id": revision}
        ).first()
        at, actor, action, reason = entry if entry is not None else ("", "", "", None)
        numbers = touched[revision]
        came, left = (numbers.get(("recognition", way), 0) for way in ("revision_from", "revision_to"))
        others = [
            sum(number for (table, _way), number in numbers.items() if table in tables) for tables in _OTHERS
        ]
        yield Change(revision, at, actor, action, reason, came, left, *others)


def _touches(
    connection: Connection, table: str, way: str, when: tuple[int, int, int]
) -> Iterator[tuple[int, int]]:
    """How many rows of a table that belong to a year came in, or left, at each revision since."""
    source, low, high = TOUCHING[table]
    year, since, until = when
    rows = connection.execute(
        sa.text(
            f"SELECT t.{way}, count(DISTINCT t.id) FROM {source} WHERE {low} <= :year AND {high} >= :year "
            f"AND t.{way} > :since AND t.{way} <= :until GROUP BY t.{way}"
        ),
        {"year": year, "since": since, "until": until},
    )
    for revision, number in rows:
        yield int(revision), int(number)


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
            Column(_("decisions"), 8, "number"),
            Column(_("figures"), 8, "number"),
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
                change.came, change.left, change.events, change.decisions, change.figures,
            )  # fmt: skip
        if not one.changes:
            page.line("data", *own, _("no change since"))
    if not closed:
        page.line("note", _("None of these years was closed."))
    page.line(
        "note",
        _(
            "Came in and left: recognitions. Events, decisions of a review and declared figures: "
            "entered or taken back."
        ),
    )
    page.line("sign", signature())
