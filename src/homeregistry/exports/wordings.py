"""Sentences that several pages of an export share: what it is, of which years, on which map, who signs."""

from homeregistry.exports.options import ExportOptions, Stand
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.queries import Filters
from homeregistry.stated_years import years_said


def years_words(filters: Filters) -> str:
    """The years asked for: 2020, 2018-2020, up to 2020, since 2018, all years."""
    first, last = filters.year_from, filters.year_to
    if first is None and last is None:
        return _("all years")
    if first is None:
        return sentence("up to {year}", {"year": last})
    if last is None:
        return sentence("since {year}", {"year": first})
    return years_said(first, last)


def heading(options: ExportOptions) -> str:
    """The title of a tally."""
    region = options.request.region
    words = {"years": years_words(options.request.filters), "region": region.name if region else ""}
    if options.request.measure == "holders":
        return sentence("{region} Titles of workers' homes in force ({years})", words).strip()
    return sentence("{region} Recognitions of workers' homes ({years})", words).strip()


def unit_line(options: ExportOptions) -> str:
    """What is counted, above the table on the right."""
    return _("unit: recipients") if options.request.measure == "holders" else _("unit: recognitions")


def signature() -> str:
    """The line below a table for those who answer for it."""
    gap = "_" * 14
    parts = (_("Reporting unit:"), _("Checked by:"), _("Prepared by:"), _("Date:"))
    return "    ".join(f"{part} {gap}" for part in parts)


def measure_words(options: ExportOptions) -> str:
    """What a number means."""
    if options.request.measure == "holders":
        return sentence(
            "Recipients whose title was in force on {day}; each counts once.",
            {"day": options.request.filters.as_of},
        )
    return _("Recognitions ever conferred, whether in force or revoked since.")


def boundaries_words(options: ExportOptions) -> str:
    """On whose map the numbers stand."""
    if isinstance(options.request.boundaries, str):
        return _("as on the day of each award")
    return sentence("as on {day}", {"day": options.request.boundaries})


def basis_words(options: ExportOptions) -> str:
    """Which year of a recognition is meant."""
    return {
        "stated": _("the year or years that the round states"),
        "decision": _("the year of the decision"),
        "statistical": _("the federation's statistical year, 1 October to 30 September"),
    }[options.request.filters.year_basis]


def stand_words(stand: Stand) -> str:
    """The revision and when it was written."""
    return sentence("{revision} (of {at})", {"revision": stand.revision, "at": stand.at or "-"})
