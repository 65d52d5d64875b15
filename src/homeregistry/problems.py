"""A problem in somebody's data is a value: a code, a severity, a place and the raw text.

The table below is the only list of problem codes; the manual's table is made from it. `message` is an
English message id with `{named}` placeholders (`value`, `where` parts and `params`), translated at the edge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from homeregistry.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One code: its usual severity and its sentence, which says what is wrong and what to do."""

    severity: Severity
    message: str


PROBLEMS: Final[dict[str, ProblemKind]] = {
    # who and what
    "unknown_title": ProblemKind("error", "“{value}” is not a title of the kinds table; correct it."),
    "option_differs": ProblemKind("warning", "The list prints “{value}”, the option says “{said}”; recorded as printed. If the list is wrong, correct it there."),
    "missing_title": ProblemKind("error", "Nothing says which title this is; give --kind."),
    "missing_name": ProblemKind("error", "The row has no name; fill it in."),
    "deictic_name": ProblemKind("error", "“{value}” says who only to its own readers; write the full name."),
    "wrong_recipient": ProblemKind("error", "“{value}” cannot hold the title {title}, which goes to another kind of recipient; correct the name or the title."),
    "unknown_stars": ProblemKind("error", "“{value}” is no rating of one to five stars; correct it."),
    "unknown_tier": ProblemKind("error", "“{value}” is not a known tier; correct it, or give --tier."),
    "missing_tier": ProblemKind("error", "Nothing says at which tier this was awarded; give --tier or --issuer."),
    "ambiguous_tier": ProblemKind("error", "“{value}” has no single meaning without the issuer; give --issuer."),
    "missing_year": ProblemKind("error", "Nothing says which year this is; give --year."),
    "only_decision_year": ProblemKind("error", "No year is stated, only the date of the decision ({value}); rounds are often decided a year later. Give --year."),
    "unknown_year": ProblemKind("error", "“{value}” cannot be read as a year; write it like 2020 or 2017-2019."),
    "year_out_of_range": ProblemKind("error", "The year {value} lies outside 1983 to today; correct it."),
    "unknown_region": ProblemKind("error", "“{value}” is not a known region{near}; correct it, or give --region."),
    "ambiguous_region": ProblemKind("error", "“{value}” is the name of several regions ({candidates}); write the whole path, or give --region."),
    "region_not_in_force": ProblemKind("error", "“{value}” did not exist in {year}{then}; write the name of that time."),
    "missing_region": ProblemKind("warning", "The row does not say where the recipient is; such a row counts in no district."),
    "ambiguous_body": ProblemKind("error", "“{value}” is a body of several places ({candidates}); write the whole path, or give --issuer or --region."),
    "unknown_body": ProblemKind("warning", "“{value}” is not in the list of union bodies; it is kept as printed."),
    "missing_issuer": ProblemKind("error", "Nothing says who conferred the title; give --issuer."),
    "invalid_uscc": ProblemKind("warning", "“{value}” is not a valid unified social credit code; it is kept with the source row only."),
    # duplicates
    "duplicate_in_file": ProblemKind("error", "The same recipient and title already stand at {earlier}; remove one of the two."),
    "possible_duplicate": ProblemKind("error", "“{value}” may be the same as “{other}” ({reason}); decide it in review."),
    "ambiguous_recipient": ProblemKind("error", "“{value}” fits several recipients ({candidates}); decide it in review."),
    # cells
    "damaged_number": ProblemKind("warning", "“{value}” was damaged by the spreadsheet program; type the number again as text."),
    "error_cell": ProblemKind("error", "The cell holds the error {value}; correct its formula or type the value."),
    "formula_without_value": ProblemKind("error", "The formula was never calculated; open the file in a spreadsheet program, save it, import again."),
    "control_characters": ProblemKind("note", "Characters that cannot be stored were left out: {count}."),
    "serial_gap": ProblemKind("warning", "The serial number goes from {previous} to {value}; a row may be missing."),
    "serial_repeat": ProblemKind("warning", "The serial number {value} stands twice."),
    # files
    "picture_pages": ProblemKind("warning", "Pages that hold only pictures were not read: {pages}; type what they list, and import that too."),
    "hidden_passages": ProblemKind("note", "Hidden passages of the page were left out: {count}."),
    "renamed_file": ProblemKind("note", "The file is {what}, whatever its name says; it was read as that."),
    # lists
    "declared_differs": ProblemKind("warning", "{stated}: {declared} declared, {listed} listed; both numbers are kept."),
    "hidden_sheet": ProblemKind("warning", "The hidden sheet was left out; show it, or give --include-hidden."),
    "hidden_rows": ProblemKind("warning", "Hidden rows were left out: {count} (the first: {value}); show them, or give --include-hidden."),
    "hidden_columns": ProblemKind("warning", "Hidden columns were left out: {count} ({value}); show them, or give --include-hidden."),
    "nomination_list": ProblemKind("error", "“{value}” is a list of nominations, not of awards; give --conferred if these were conferred."),
    "unread_row": ProblemKind("error", "The row could not be understood; correct it, or remove it."),
    "doubtful_row": ProblemKind("error", "The page does not tell whether “{value}” is whole or goes on in a line beside it; compare it with the page and correct it."),
    "conflicting_title": ProblemKind("error", "The title “{value}” contradicts “{other}”; correct one of the two."),
    "conferring_body_conflict": ProblemKind("warning", "“{value}” does not fit the conferring body “{other}”; both are kept as printed."),
    "closed_year": ProblemKind("error", "The year {value} is closed; give --reason to record into it."),
    "revoked_decision": ProblemKind("warning", "The decision {value} was revoked; the award is recorded as the source states it. To revoke it too: homeregistry event revoke --document-no"),
    "no_list_on_sheet": ProblemKind("note", "No list was found on the sheet “{value}”; it was left out."),
    "table_of_counts": ProblemKind("warning", "The sheet “{value}” is a table of counts, not a list; it was left out here. Read it with: homeregistry report import"),
    "registration_form": ProblemKind("warning", "The sheet “{value}” is a registration form of one unit; it was left out."),
    # figures
    "ambiguous_scope": ProblemKind("error", "“{value}” names no place by itself; give --issuer."),
    "ambiguous_number": ProblemKind("warning", "“{value}” may be a count of awards, but its title is not clear; it was left out."),
    "no_counts_on_sheet": ProblemKind("note", "No table of counts was found on the sheet “{value}”; it was left out."),
    "sum_differs": ProblemKind("warning", "{stated}: {declared} stated, the parts make {listed}; both numbers are kept."),
    "unread_cell": ProblemKind("error", "“{value}” cannot be read as a count; correct it, or leave the cell empty."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one place; `row` counts from 1 as the sheet does, `column` is a letter."""

    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None

    @property
    def level(self) -> Severity:
        """Its severity: its own where set, else its code's."""
        return self.severity or PROBLEMS[self.code].severity


_DAMAGE: Final = frozenset({"error_cell", "formula_without_value", "damaged_number"})
_OF_DAMAGE: Final = frozenset(
    {
        *("missing_name", "missing_title", "missing_year", "missing_region"),
        *("wrong_recipient", "invalid_uscc", "unknown_title", "unknown_stars"),
        *("unknown_year", "unknown_region", "unknown_tier"),
    }
)
"""What a cell without its value, or with a spoiled one, is found to be on top of its damage."""
_ANSWERED: Final[Mapping[str, str]] = {"missing_title": "unknown_title", "missing_tier": "unknown_tier"}
"""A code to the one that says more of the same row."""


def without_echoes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of one row without those that another of them explains.

    A cell that holds an error holds no name, title or year either; who mends the cell mends both.
    """
    told = tuple(problems)
    codes = {problem.code for problem in told}
    damaged = {p.column: p.level for p in told if p.code in _DAMAGE and p.column is not None}
    return tuple(
        problem
        for problem in told
        if _ANSWERED.get(problem.code) not in codes
        and not (problem.code in _OF_DAMAGE and damaged.get(problem.column or "") in ("error", problem.level))
    )
