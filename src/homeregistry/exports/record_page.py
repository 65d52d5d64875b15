"""The page of the records behind the numbers: one line each, in one fixed order, with its source."""

from typing import Any

from homeregistry.exports.options import ExportOptions
from homeregistry.exports.pages import Column, Page, PageShape, Value
from homeregistry.exports.wordings import heading, signature
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.queries.listing import Counted
from homeregistry.queries.placing import LEVEL_OF
from homeregistry.stated_years import years_said
from homeregistry.words.labels import label
from homeregistry.words.places import sheet_text


def record_shape() -> PageShape:
    """The columns of the records page, of a tally and of an export of records alike."""
    return PageShape(
        _("Records"),
        (
            Column(_("no."), 5, "number"),
            Column(_("years"), 9, "code"),
            Column(_("title"), 13, "wide"),
            Column(_("tier"), 11, "wide"),
            Column(_("name as printed"), 32, "wide"),
            Column(_("belongs to"), 18, "wide"),
            Column(_("region code"), 7, "code"),
            Column(_("region as awarded"), 9, "wide"),
            Column(_("counted under"), 9, "wide"),
            Column(_("recommended by"), 13, "wide"),
            Column(_("conferred by"), 13, "wide"),
            Column(_("document no."), 13, "wide"),
            Column(_("decided on"), 10, "code"),
            Column(_("status"), 7, "wide"),
            Column(_("file"), 15, "wide"),
            Column(_("sheet"), 9, "wide"),
            Column(_("row"), 5, "number"),
            Column(_("record"), 7, "number"),
        ),
        filtered=True,
    )


def begin_records(page: Page, options: ExportOptions) -> None:
    """Title and headings."""
    page.line("title", sentence("{heading}: the records", {"heading": heading(options)}))
    page.head()


def write_record(page: Page, number: int, counted: Counted, rows: str | None) -> None:
    """One record; `rows` is what the lines of the tally stand for."""
    one = counted.recognition
    source = one["source"]
    page.line(
        "data", number, years_of(one), _title(one), _tier(one), one["name"],
        _belongs(one), one["region_code"], one["region"], _counted(counted, rows), one["body"],
        one["conferred_by"], one["decision_no"], one["decision_date"], str(label("status", one["status"])),
        source["file"], sheet_text(source["sheet"]), source["row"], one["id"],
    )  # fmt: skip


def end_records(page: Page, number: int) -> None:
    """How many there are, so that a page that was cut shows it."""
    page.line("note", sentence("Records in all: {count}; none was left out.", {"count": number}))
    page.line("sign", signature())


def years_of(record: dict[str, Any]) -> str:
    """The stated years: 2020, 2017-2019."""
    return years_said(record["year_from"], record["year_to"])


def _title(record: dict[str, Any]) -> str:
    words = str(label("kind", record["kind"]))
    return f"{words} ({record['stars']}★)" if record["stars"] else words


def _tier(record: dict[str, Any]) -> str:
    """The tier, with the industry whose it is."""
    words = str(label("tier", record["tier"]))
    return f"{words} ({record['system']})" if record["system"] else words


def _belongs(record: dict[str, Any]) -> str | None:
    """The parent of a sub-unit; the unit and post of a person."""
    parts = [record[name] for name in ("parent", "unit", "post") if record[name]]
    return " ".join(dict.fromkeys(parts)) or None


def _counted(counted: Counted, rows: str | None) -> Value:
    if rows is None:
        return None
    if counted.state == "undecided":
        return sentence("undecided between {regions}", {"regions": counted.between})
    if counted.state == "unplaced":
        return _("no district stated")
    return counted.cell[-1] if rows in LEVEL_OF else counted.cell[0]
