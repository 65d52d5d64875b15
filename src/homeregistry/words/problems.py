"""What people read of a problem, in a few words or a sentence, and for why undo left a record alone."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _
from homeregistry.problems import PROBLEMS, Problem
from homeregistry.vocabulary import FIELDS
from homeregistry.words.labels import heading, label

PROBLEM_WORDS: Final = {
    "unknown_title": "unknown title",
    "missing_title": "no title",
    "missing_name": "no name",
    "deictic_name": "name for insiders only",
    "wrong_recipient": "title and recipient do not fit",
    "unknown_stars": "stars not readable",
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
    "ambiguous_body": "union body not clear",
    "missing_issuer": "no issuer",
    "invalid_uscc": "credit code not valid",
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
    "picture_pages": "pages of pictures",
    "hidden_passages": "hidden passages",
    "renamed_file": "another format than its name says",
    "hidden_sheet": "hidden sheet",
    "hidden_rows": "hidden rows",
    "hidden_columns": "hidden columns",
    "nomination_list": "list of nominations",
    "unread_row": "row not understood",
    "doubtful_row": "row that may not be whole",
    "conflicting_title": "contradictory title",
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


Asked = Literal["list", "report", "review", "workbook"]
"""Where somebody reads of a problem: importing a list, reading a report, deciding about one row that waits,
or about many in a workbook. What is wrong is the same; what can be done about it is not."""

_IN_REPORTS: Final = {
    "missing_title": "Nothing says which title is counted here; write it into the heading of the table.",
    "unknown_title": "“{value}” is not a title of the kinds table; it was not counted.",
    "missing_tier": "Nothing says at which tier this was awarded; write it in the report (省级, 市级), or "
    "give --issuer.",
    "unknown_tier": "“{value}” is not a known tier; correct it in the report.",
    "unknown_region": "“{value}” is not a known region{near}; correct it in the report.",
    "ambiguous_region": "“{value}” is the name of several regions ({candidates}); write the whole path in "
    "the report.",
    "nomination_list": "“{value}” announces nominations, not awards.",
}
"""What is said where the options of `import` do not exist: a report is corrected, or its issuer given."""

_IN_REVIEW: Final = {
    "unknown_title": "“{value}” is not a title of the kinds table; give {set_kind}.",
    "missing_title": "Nothing says which title this is; give {set_kind}.",
    "missing_name": "The row has no name; give {set_recipient}.",
    "deictic_name": "“{value}” says who only to its own readers; give the full name: {set_recipient}.",
    "wrong_recipient": "“{value}” cannot hold the title {title}, which goes to another kind of recipient; "
    "give {set_recipient} or {set_kind}.",
    "unknown_stars": "“{value}” is no rating of one to five stars; give {set_stars}.",
    "unknown_tier": "“{value}” is not a known tier; give {set_tier}.",
    "missing_tier": "Nothing says at which tier this was awarded; give {set_tier} or {set_conferred_by}.",
    "ambiguous_scope": "“{value}” names no place by itself; give {set_region}.",
    "ambiguous_tier": "“{value}” has no single meaning without the issuer; give {set_tier} or "
    "{set_conferred_by}.",
    "missing_year": "Nothing says which year this is; give {set_year}.",
    "only_decision_year": "No year is stated, only the date of the decision ({value}); rounds are often "
    "decided a year later. Give {set_year}.",
    "unknown_year": "“{value}” cannot be read as a year; give {set_year}, like 2020 or 2017-2019.",
    "year_out_of_range": "The year {value} lies outside 1983 to today; give {set_year}.",
    "unknown_region": "“{value}” is not a known region{near}; give {set_region}.",
    "ambiguous_region": "“{value}” is the name of several regions ({candidates}); give the whole path: "
    "{set_region}.",
    "region_not_in_force": "“{value}” did not exist in {year}{then}; give the name of that "
    "time: {set_region}.",
    "ambiguous_body": "“{value}” is a body of several places ({candidates}); give {set_region}, or the whole "
    "path: {set_conferred_by}.",
    "missing_issuer": "Nothing says who conferred the title; give {set_conferred_by}.",
    "duplicate_in_file": "The same recipient and title already stand at {earlier}; decide {dismiss}, or "
    "correct the row.",
    "possible_duplicate": "“{value}” may be the same as “{other}” ({reason}); decide {same} or {different}.",
    "ambiguous_recipient": "“{value}” fits several recipients ({candidates}); decide {same} or {different}.",
    "error_cell": "The cell holds the error {value}; give its value, or decide {dismiss}.",
    "formula_without_value": "The formula was never calculated; give its value, or decide {dismiss}.",
    "nomination_list": "“{value}” is a list of nominations, not of awards; decide {dismiss}; where these "
    "were conferred after all, take the batch back and import the list anew.",
    "unread_row": "The row could not be understood; give its values, or decide {dismiss}.",
    "doubtful_row": "The page does not tell whether “{value}” is whole or goes on in a line beside it; "
    "compare it with the page, then give its values, or decide {dismiss}.",
    "conflicting_title": "The title “{value}” contradicts “{other}”; give what is wrong "
    "anew: {set_kind}, {set_tier} or {set_stars}.",
    "closed_year": "The year {value} is closed; give {because} to record into it.",
    "unread_cell": "“{value}” cannot be read as a count; give its value, or decide {dismiss}.",
}
"""What is said of a row that waits; `{set_kind}` and `{dismiss}` are what to write where it is decided."""


def _answers(asked: Asked) -> Mapping[str, object]:
    """What to write for a field or a decision: an option of `review resolve`, or a column of the workbook."""
    if asked == "workbook":
        columns = {f"set_{name}": f"“{heading(name)}”" for name in FIELDS}
        decisions = {
            "same": _("same"),
            "different": _("different"),
            "dismiss": _("dismissed"),
            "because": heading("reason"),
        }
        return columns | {name: f"“{words}”" for name, words in decisions.items()}
    options = {f"set_{name}": f"--set {name}=…" for name in FIELDS}
    return options | {
        "same": "--same-as N",
        "different": "--different",
        "dismiss": "--dismiss",
        "because": "--reason",
    }


def problem_json(problem: Problem, asked: Asked = "list") -> dict[str, Any]:
    """A problem with its sentence in the language spoken."""
    return {
        "severity": problem.level, "code": problem.code, "sheet": problem.sheet, "row": problem.row,
        "column": problem.column, "value": problem.value, "message": problem_sentence(problem, asked),
    }  # fmt: skip


LIKENESS: Final = {
    "form": "only the legal form or a bracket differs",
    "place": "only the place in front differs",
    "short": "one may be a short form of the other",
    "spelling": "a few characters differ",
    "same_name": "the same name",
    "code": "the same code",
    "held": "the row is held for it",
}
"""Why two may be one, in words; the codes are those of `similarity` and of `reviewing.sides`."""


def problem_sentence(problem: Problem, asked: Asked = "list") -> str:
    """The sentence of a problem: what is wrong, and what to do there where it is read."""
    params = {"value": problem.value, **problem.params}
    if problem.code == "possible_duplicate":
        params["reason"] = LIKENESS.get(str(params.get("reason")), "")
    if problem.code == "option_differs":
        params["said"] = label("tier", params.get("said"))
    code = problem.code
    if asked == "report" and code in _IN_REPORTS:
        return sentence(_IN_REPORTS[code], params)
    if asked in ("review", "workbook") and code in _IN_REVIEW:
        return sentence(_IN_REVIEW[code], {**params, **_answers(asked)})
    return sentence(PROBLEMS[code].message, params)


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
