"""The closed vocabularies of the field: tiers, measures, qualifiers, outcomes, states.

Plain string codes (stable English, also stored); what people read of them is translated at the edge. The
database's CHECKs are made from these tuples: their order is part of the schema.
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeVar, get_args

_Code = TypeVar("_Code", bound=str)


def one_of(text: str, codes: Iterable[_Code], unknown: str) -> _Code:
    """The code that a packaged table prints. Raises ValueError, with the words of `unknown` before it."""
    for code in codes:
        if code == text:
            return code
    raise ValueError(f"{unknown} {text!r}")


Tier = Literal["national", "provincial", "prefecture", "county", "township", "unit"]
TIERS: Final[tuple[Tier, ...]] = get_args(Tier)
"""From the highest to the lowest; `or above` means this place in the tuple or before it."""


def tiers_covered(tier: str | None, or_above: bool) -> tuple[Tier, ...]:
    """The tiers meant: the one, with all above it for 以上; every tier where none is named."""
    if tier is None:
        return TIERS
    place = TIERS.index(tier)
    return TIERS[: place + 1] if or_above else TIERS[place : place + 1]


RecipientType = Literal["organisation", "sub_unit", "person"]
RECIPIENT_TYPES: Final[tuple[RecipientType, ...]] = get_args(RecipientType)

BodyKind = Literal["federation", "industry", "zone", "direct", "unlisted"]
BODY_KINDS: Final[tuple[BodyKind, ...]] = get_args(BodyKind)

Measure = Literal["in_round", "cumulative", "stock", "plan", "quota", "recheck", "built", "revoked"]

Qualifier = Literal["exact", "more_than", "fewer_than", "about", "at_least", "at_most", "range"]
QUALIFIERS: Final[tuple[Qualifier, ...]] = get_args(Qualifier)

Outcome = Literal["recorded", "already_recorded", "held", "refused"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""The one end of every data row; the four add up to the data rows read."""

WAITING: Final[tuple[Outcome, ...]] = ("held", "refused")
"""Rows with these outcomes are kept for a person."""

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

Purpose = Literal["list", "report", "entry"]
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)
"""What a batch came in for: a list of awards, a report with figures, a row that a person completed."""

Choice = Literal["same", "different", "unsure", "completed", "dismissed"]
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
"""What a person may answer about a row that waits."""

DECISIONS: Final = (*CHOICES, "place", "corrected")
"""What a person may decide: the answers, where a recognition lies, and that one takes another's place."""

TitleEvent = Literal["revoked", "restored", "rechecked"]
TITLE_EVENTS: Final[tuple[TitleEvent, ...]] = get_args(TitleEvent)


class Counted(NamedTuple):
    """What a measure counts. `awarded`: titles conferred, in a round or all together. `accumulates`: all up
    to a year, to which alone it belongs; `running`: and what the registry counts as of a day. `intended`:
    nobody has conferred it, the registry records nothing of the kind (its own code, the reason why).
    `event`: neither titles nor holders, but what happened to titles.
    """

    awarded: bool = False
    accumulates: bool = False
    running: bool = False
    intended: Literal["plan", "quota", "built"] | None = None
    event: TitleEvent | None = None


MEASURES: Final[dict[Measure, Counted]] = {
    "in_round": Counted(awarded=True),
    "cumulative": Counted(awarded=True, accumulates=True, running=True),
    "stock": Counted(accumulates=True, running=True),
    "plan": Counted(intended="plan"),
    "quota": Counted(intended="quota"),
    "recheck": Counted(event="rechecked"),
    "built": Counted(accumulates=True, intended="built"),
    "revoked": Counted(event="revoked"),
}
"""Never mixed: 将评出80个 is no award yet, 推荐1—2个 is a quota, 至此共有14家 adds up many rounds."""

UNIT_EVENTS: Final = ("renamed", "merged", "closed")
NAME_CAUSES: Final = ("spelling", "renamed", "merged")
"""Why a recipient has another name."""

FIELDS: Final[dict[str, str]] = {
    "recipient": "the unit or sub-unit honoured, as printed",
    "parent": "the parent union of a sub-unit, as printed",
    "person": "the person honoured, as printed",
    "unit": "the unit of the person honoured",
    "post": "the post of the person honoured",
    "region": "the place where the recipient is",
    "province": "province part of the place, where it has a column of its own",
    "prefecture": "prefecture part of the place, where it has a column of its own",
    "county": "county part of the place, where it has a column of its own",
    "township": "township or address part of the place",
    "body": "the union that recommended the recipient",
    "conferred_by": "the union that conferred the title",
    "kind": "the title conferred",
    "stars": "number of stars of a star-rated home",
    "tier": "the tier of the title",
    "system": "the industry system of the title",
    "year": "the stated year or years of the round",
    "decision_no": "number of the decision",
    "decision_date": "date of the decision",
    "uscc": "unified social credit code (统一社会信用代码)",
    "union_code": "union statistics code (工会统计代码)",
    "ownership": "kind of unit (机关, 事业, 国有, 非公)",
    "serial": "serial number in the list",
    "count": "a number of recognitions (tables of counts)",
    "note": "remark, kept with the source row",
    "other": "a column kept with the source row, not interpreted",
    "id_number": "identity number: dropped before anything is stored",
    "phone": "telephone number: dropped before anything is stored",
}
"""Field names that layouts map headers to; the manual's table is made from this."""

PERSONAL_FIELDS: Final = frozenset({"id_number", "phone"})
