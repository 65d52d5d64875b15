"""What people read of a problem, in a few words or a sentence, and for why undo left a record alone."""

from typing import Any, Final

from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.problems import PROBLEMS, Problem
from homeregistry.words.labels import label

PROBLEM_WORDS: Final = {
    "unknown_title": "unknown title",
    "missing_title": "no title",
    "missing_name": "no name",
    "deictic_name": "name for insiders only",
    "wrong_recipient": "title and recipient do not fit",
    "unknown_tier": "unknown tier",
    "missing_tier": "no tier",
    "ambiguous_tier": "tier not clear",
    "missing_year": "no year",
    "only_decision_year": "only the decision is dated",
    "unknown_year": "year not readable",
    "year_out_of_range": "year out of range",
    "unknown_region": "unknown region",
    "ambiguous_region": "region not clear",
    "region_not_in_force": "region of another time",
    "missing_region": "no region",
    "unknown_body": "unknown union body",
    "missing_issuer": "no issuer",
    "invalid_uscc": "credit code not valid",
    "unknown_ownership": "unknown kind of unit",
    "duplicate_in_file": "twice in the file",
    "possible_duplicate": "possibly known already",
    "ambiguous_recipient": "recipient not clear",
    "damaged_number": "damaged number",
    "error_cell": "error in a cell",
    "formula_without_value": "formula without a value",
    "control_characters": "characters left out",
    "serial_gap": "gap in the serial numbers",
    "serial_repeat": "serial number twice",
    "declared_differs": "declared and listed differ",
    "hidden_sheet": "hidden sheet",
    "hidden_rows": "hidden rows",
    "hidden_columns": "hidden columns",
    "nomination_list": "list of nominations",
    "unread_row": "row not understood",
    "conflicting_title": "title against the heading",
    "option_differs": "list against the option",
    "conferring_body_conflict": "title against its conferring body",
    "closed_year": "closed year",
    "revoked_decision": "revoked decision",
    "no_list_on_sheet": "no list on the sheet",
    "table_of_counts": "table of counts",
    "registration_form": "registration form",
    "ambiguous_scope": "place not clear",
    "ambiguous_number": "number not clear",
    "no_counts_on_sheet": "no counts on the sheet",
    "sum_differs": "sum differs",
    "unread_cell": "cell not readable",
}
"""A few words for every code of `problems`; the sentence below them says what to do."""


def problem_words(code: str) -> str:
    """The few words for a code; a code of an older version stays as it is."""
    return _(PROBLEM_WORDS[code]) if code in PROBLEM_WORDS else code


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem with its sentence in the language spoken."""
    return {
        "severity": problem.level, "code": problem.code, "sheet": problem.sheet, "row": problem.row,
        "column": problem.column, "value": problem.value, "message": problem_sentence(problem),
    }  # fmt: skip


LIKENESS: Final = {
    "form": "only the legal form or a bracket differs",
    "place": "only the place in front differs",
    "short": "one may be a short form of the other",
    "spelling": "a few characters differ",
}
"""Why two names may be one, in words; the codes are those of `similarity`."""


def problem_sentence(problem: Problem) -> str:
    """The sentence of a problem: what is wrong and what to do."""
    params = {"value": problem.value, **problem.params}
    if problem.code == "possible_duplicate":
        params["reason"] = LIKENESS.get(str(params.get("reason")), "")
    if problem.code == "option_differs":
        params["said"] = label("tier", params.get("said"))
    return sentence(PROBLEMS[problem.code].message, params)


KEPT: Final = {
    "corrected": "a person has corrected it since",
    "event": "the event “{detail}” is recorded on it; withdraw that first",
    "also_in_batch": "batch {detail} lists it too",
}
"""Why `batch undo` left a recognition alone; the codes are those of `importing.batches`."""


def kept_words(reason: str) -> str:
    """The words for `corrected`, `event:revoked`, `also_in_batch:7`."""
    code, _colon, detail = reason.partition(":")
    return sentence(KEPT[code], {"detail": _(detail) if code == "event" else detail})
