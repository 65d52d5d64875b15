"""Both sides of a row that waits, printed: its words, how they were understood, whom they are like."""

from typing import Any

from homeregistry.cli.output import emit, tell
from homeregistry.i18n import translate as _
from homeregistry.stated_years import years_said
from homeregistry.words.labels import kind_label, label
from homeregistry.words.names import full_name
from homeregistry.words.problems import LIKENESS


def print_sides(found: dict[str, Any]) -> None:
    """`review show` for people, each recipient with the unit that may be all that tells it apart."""
    tell("As printed: {cells}", cells=" | ".join(str(cell) for cell in found["source"]["cells"]))
    for read in found["read_as"]:
        tell("Understood as: {words}", words=_read_words(read))
    if not found["others"]:
        tell("No recipient on record is like it.")
        return
    tell("On record, and like it:")
    rows = [
        [
            one["recipient"], full_name(one["name"], (one["parent"], *one["units"])), one["region"],
            _(LIKENESS[one["reason"]]), one["score"], label("decision", one["decision"]),
            "; ".join(f"{kind_label(t['kind'])} {t['year_from']}" for t in one["recognitions"]),
        ]
        for one in found["others"]
    ]  # fmt: skip
    emit("table", None, ("recipient", "name", "region", "why", "score", "decision", "title"), rows)


def emit_sides(format_: str, found: dict[str, Any]) -> None:
    """`review show` for scripts: the recipients that the row may be, in codes."""
    rows = [
        [
            one["recipient"], one["name"], one["region"], one["reason"], one["score"], one["decision"],
            "; ".join(f"{t['kind']} {t['year_from']}" for t in one["recognitions"]),
        ]
        for one in found["others"]
    ]  # fmt: skip
    emit(format_, found, ("recipient", "name", "region", "why", "score", "decision", "titles"), rows)


def _read_words(read: dict[str, Any]) -> str:
    """A row as it was understood: name and unit, what it is, title, tier, years, body, region."""
    parts = (
        full_name(read["name"], (read["parent"], read["unit"])), label("recipient_type", read["type"]),
        label("kind", read["kind"]), label("tier", read["tier"]), read["system"],
        years_said(read["year_from"], read["year_to"]), read["conferred_by"], read["decision_no"],
        read["region"],
    )  # fmt: skip
    return " · ".join(str(part) for part in parts if part)
