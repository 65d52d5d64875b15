"""What a table of counts says: one declared figure per filled cell, with its address and its words.

Nothing is resolved here: 市级 and 全市 stay printed words (they depend on the issuer and the date),
a total stays beside its parts, and a cell that was left blank is no figure, because not reported is
not zero.
"""

from dataclasses import dataclass
from datetime import date

from homeregistry.problems import Problem
from homeregistry.records import NotData
from homeregistry.vocabulary import Measure, Qualifier


@dataclass(frozen=True, slots=True)
class CountContext:
    """What the officer said about the sheet: who issued it, on which day it stood.

    `sheet_name_speaks` is false where the name is only a file's (a .csv), not a clerk's heading.
    """

    issuer: str | None = None
    as_of: date | None = None
    include_hidden: bool = False
    sheet_name_speaks: bool = True


@dataclass(frozen=True, slots=True)
class CountCell:
    """One cell as a declared figure; `row` counts from 1, `column` is a letter.

    `kinds` has one code, or several where the cell counts them together. `scope_printed` is the
    printed place, body or industry (outermost first, joined), None where the sheet names none.
    `label` is the whole printed row and column path, for people. `part_of` is the index of the total
    that contains this cell, within the table's `cells`.
    """

    sheet: str
    row: int
    column: str
    stated: str
    low: int | None
    high: int | None
    qualifier: Qualifier
    kinds: tuple[str, ...]
    stars: int | None
    scope_printed: str | None
    tier_printed: str | None
    or_above: bool
    system: str | None
    year_from: int | None
    year_to: int | None
    measure: Measure
    label: str
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class CountTable:
    """Everything one sheet says in counts, and every row that says nothing of the kind.

    `issuer` is the printed body behind the sheet (or the officer's option): 市级 and 全市 mean its own;
    `scope` is the place or body that the sheet as a whole is about.
    """

    sheet: str
    cells: tuple[CountCell, ...] = ()
    problems: tuple[Problem, ...] = ()
    not_data: tuple[NotData, ...] = ()
    issuer: str | None = None
    scope: str | None = None
