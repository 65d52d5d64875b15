"""The page of declared figures: what reports and lists say, each held against the records, none added up."""

from sqlalchemy.engine import Connection

from homeregistry.exports.options import ExportOptions
from homeregistry.exports.pages import Column, Page, PageShape
from homeregistry.exports.wordings import heading, signature
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.reconciling import Finding, reconcile
from homeregistry.words.findings import VERDICT_WORDS, coverage_words, finding_row, finding_sentence


def declared_shape() -> PageShape:
    """One line for each finding of `reconcile` under the same filters."""
    return PageShape(
        _("Declared figures"),
        (
            Column(_("verdict"), 9, "wide"),
            Column(_("scope"), 9, "wide"),
            Column(_("title"), 15, "wide"),
            Column(_("tier"), 10, "wide"),
            Column(_("measure"), 9, "wide"),
            Column(_("period"), 9, "code"),
            Column(_("as stated"), 11, "wide"),
            Column(_("at least"), 6, "number"),
            Column(_("at most"), 6, "number"),
            Column(_("recorded"), 7, "number"),
            Column(_("covered"), 9, "wide"),
            Column(_("what it says"), 36, "wide"),
            Column(_("source"), 20, "wide"),
            Column(_("printed words"), 26, "wide"),
        ),
    )


def write_declared(page: Page, connection: Connection, options: ExportOptions) -> list[Finding]:
    """The whole page; returns the findings."""
    found = reconcile(connection, options.request)
    page.line("title", sentence("{heading}: declared figures", {"heading": heading(options)}))
    page.head()
    for finding in found:
        said = finding.declared
        cells = finding_row(finding)
        page.line(
            "data", _(VERDICT_WORDS[finding.verdict]), *cells[1:6], said["stated"], said["low"], said["high"],
            finding.recorded, coverage_words(finding), finding_sentence(finding), cells[9], said["quote"],
        )  # fmt: skip
    page.line(
        "note", _("Figures are what a source says, with its own bounds; they are never added to counts.")
    )
    page.line(
        "note",
        _("A figure like 1500余 is no exact number: it has bounds and is in no sum."),
    )
    page.line("sign", signature())
    return found
