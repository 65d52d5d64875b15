"""A finding in one sentence: what is declared where, what it was held against, what came of it."""

from typing import Any, Final

from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.reconciling import Finding
from homeregistry.words.figures import (
    measure_words,
    period_words,
    place_words,
    tier_words,
    title_words,
)
from homeregistry.words.labels import kind_label

VERDICT_WORDS: Final = {
    "contradiction": "contradiction", "over": "over", "short": "short",
    "not_comparable": "not comparable", "agrees": "agrees",
}  # fmt: skip

REASONS: Final = {
    "recorded_below": "{recorded} recorded of {declared} declared.",
    "recorded_above": "{recorded} are recorded, more than the {declared} declared.",
    "within_bounds": "{recorded} recorded, as declared ({declared}).",
    "no_lower_bound": "{recorded} recorded; {declared} only says how many at most.",
    "scope": "“{scope}” is no region that the registry can count; nothing to hold {declared} against.",
    "tier": "The tier is not stated; {recorded} are recorded over all tiers.",
    "period": "No period is stated; {recorded} are recorded over all years.",
    "until": "No end of the period is stated; {recorded} are recorded up to now.",
    "stars": "Stars are not told apart here; {recorded} are recorded with any number of stars.",
    "plan": "{declared} is a plan; plans are not recorded.",
    "quota": "{declared} is a quota; quotas are not recorded.",
    "built": "{declared} were built, not awarded; only awards are recorded.",
    "bounds_meet": "{declared} and {other}: two sources that agree ({other_file}).",
    "sources_differ": "{declared} here, {other} in {other_file}: two sources that differ.",
    "one_report": "{declared} and {other} in one report: side by side, perhaps two decisions.",
    "part_exceeds": "{other} is stated to be a part of {declared}, and is larger.",
    "parts_exceed": "The parts {other} exceed the total {declared}.",
    "parts_below": "The parts {other} do not reach the total {declared}.",
    "parts_make_total": "The parts {other} make the total {declared}.",
    "falls": "{declared} by {period}, {other} by {other_period}: a cumulative figure fell.",
    "step_too_large": "{declared} by {period}, {other} by {other_period}: the rounds between cannot explain "
    "the step, so the two do not count the same; side by side, never subtracted.",
    "rounds_unknown": "{declared} by {period}, {other} by {other_period}: "
    "side by side; no round between is known.",
    "listed_above": "The heading “{declared}” says {low}, {recorded} names are listed.",
    "listed_below": "The heading “{declared}” says {low}, only {recorded} names are listed.",
    "listed_equal": "The heading “{declared}” and the {recorded} names listed agree.",
}
"""One message for each reason of `comparing`, `contradictions` and `headings`; a test holds them together."""


def finding_sentence(finding: Finding) -> str:
    """The sentence of a finding, with what is undecided and who acknowledged it."""
    said, other = finding.declared, finding.other or {}
    words = sentence(
        REASONS[finding.reason],
        {
            "declared": said["stated"], "low": said["low"], "scope": said["scope"],
            "recorded": finding.recorded, "period": said.get("year_to"), "other": other.get("stated"),
            "other_file": other.get("file"), "other_period": other.get("year_to"),
        },
    )  # fmt: skip
    if finding.undecided:
        words += " " + sentence(
            "{count} more may stand inside or outside on that map.", {"count": finding.undecided}
        )
    if finding.acknowledged is not None:
        words += " " + sentence(
            "Acknowledged by {actor}: {reason}",
            {"actor": finding.acknowledged.actor, "reason": finding.acknowledged.reason},
        )
    return words


def finding_row(finding: Finding) -> list[Any]:
    """The cells of the table people read: verdict, scope, title, tier, period, declared, held against."""
    said = finding.declared
    listed = finding.comparison == "list_heading"
    other = finding.other["stated"] if finding.other else finding.recorded
    return [
        _(VERDICT_WORDS[finding.verdict]), said["scope"],
        _heading_title(said) if listed else title_words(said), "" if listed else tier_words(said),
        _("list heading") if listed else measure_words(said), "" if listed else period_words(said),
        said["stated"], other, coverage_words(finding),
        f"{said['file']} {place_words(said)}".strip(), finding.key,
    ]  # fmt: skip


def finding_line(finding: Finding) -> list[Any]:
    """The same in fewer cells, for a terminal: tier beside title, period beside measure, and the
    coverage (which says what is recorded) in the place of the number recorded."""
    verdict, scope, title, tier, measure, period, stated, other, coverage, place, key = finding_row(finding)
    if finding.comparison == "list_heading":
        scope = sentence("batch {number}", {"number": finding.sources[0]["batch"]})
    return [
        verdict, scope, " ".join(filter(None, (tier, title))), " ".join(filter(None, (measure, period))),
        stated, coverage or other, place, key,
    ]  # fmt: skip


def coverage_words(finding: Finding) -> str:
    """1 of 35, where the registry or a list falls short; a figure that is no exact number keeps its words."""
    if finding.coverage is None:
        return ""
    part, whole = finding.coverage
    said = finding.declared
    exact = said.get("qualifier") in (None, "exact")
    return sentence("{part} of {whole}", {"part": part, "whole": whole if exact else said["stated"]})


def _heading_title(said: Any) -> str:
    return kind_label(said["kind"]) if said["kind"] else ""


def row_label(said: Any) -> str:
    """The row of a figure in the coverage picture."""
    parts = (said["scope"], title_words(said), tier_words(said))
    return " ".join(str(part) for part in parts if part)


def column_label(said: Any) -> str:
    """The column of a figure in the coverage picture: its round, or up to when."""
    if said["measure"] == "cumulative" or said["year_from"]:
        return period_words(said)
    return str(said["year_to"])
