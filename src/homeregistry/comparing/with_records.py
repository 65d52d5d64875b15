"""A declared figure held against what is recorded: like with like, or an open `not_comparable`.

Pure: the figure, the number that the registry holds for it, and which of the figure's own words are
missing come in; a verdict with its reason goes out. Nothing is ever subtracted or added up here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from homeregistry.comparing.declared import Declared
from homeregistry.digests import canonical, sha256_text
from homeregistry.vocabulary import MEASURES

Verdict = Literal["agrees", "short", "over", "contradiction", "not_comparable"]
VERDICTS: Final[tuple[Verdict, ...]] = ("contradiction", "over", "short", "not_comparable", "agrees")
"""In the order in which a person should look at them."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the registry holds for a figure. `recorded` is None where it cannot be counted at all.

    `undecided` are recognitions that may stand inside or outside the figure's region on its map.
    `unstated` names what the figure leaves open (`scope`, `tier`, `period`, `until`): the count was then
    not limited by it, and can only be too large.
    """

    recorded: int | None
    undecided: int = 0
    unstated: tuple["Reason", ...] = ()


Reason = Literal[
    "recorded_below", "recorded_above", "within_bounds", "no_lower_bound",
    "scope", "tier", "period", "until", "stars", "plan", "quota", "built",
]  # fmt: skip
"""What decided a verdict; what a figure leaves open (`Held.unstated`) is a reason of its own."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and its reason."""

    verdict: Verdict
    reason: Reason


def judge(figure: Declared, held: Held) -> Judgement:
    """The verdict on a figure against what is held.

    Where the figure leaves something open, the count is an upper bound: below the declared number
    it still proves the registry short, above it nothing follows.
    """
    intended = MEASURES[figure.measure].intended
    if intended is not None:
        return Judgement("not_comparable", intended)
    if held.recorded is None:
        return Judgement("not_comparable", held.unstated[0] if held.unstated else "scope")
    low, high = tolerated(figure)
    if low is not None and held.recorded < low:
        return Judgement("short", "recorded_below")
    if held.unstated:
        return Judgement("not_comparable", held.unstated[0])
    if high is not None and held.recorded > high:
        if figure.qualifier in ("exact", "at_most"):
            return Judgement("contradiction", "recorded_above")
        return Judgement("over", "recorded_above")
    return Judgement("agrees", "within_bounds" if low is not None else "no_lower_bound")


def tolerated(figure: Declared) -> tuple[int | None, int | None]:
    """The bounds that a count may lie in: 约1500 is what rounds to 1500 at its last significant digit, and
    近100 lies as near below it."""
    if figure.qualifier == "fewer_than" and figure.high is not None:
        return figure.high - last_digit(figure.high) // 2, figure.high
    if figure.qualifier != "about" or figure.low is None or figure.high is None:
        return figure.low, figure.high
    half = last_digit(figure.high) // 2
    return figure.low - half, figure.high + max(half - 1, 0)


def last_digit(number: int) -> int:
    """The unit of the last digit that is not zero: 100 for 1500, 1 for 35."""
    unit = 1
    while number and number % (unit * 10) == 0:
        unit *= 10
    return unit


def coverage(figure: Declared, recorded: int | None) -> tuple[int, int] | None:
    """How many of how many are recorded, where both are numbers: (1, 35); 1500余 is taken as 1500."""
    whole = figure.low if figure.low is not None else figure.high
    if whole is not None and figure.qualifier == "more_than" and whole % 10 == 1:
        whole -= 1
    return (recorded, whole) if recorded is not None and whole else None


def source_groups(figures: Sequence[Declared]) -> list[tuple[Declared, ...]]:
    """Figures gathered into one group for each fact: several reports of one decision are its sources.

    Two figures are one fact when subject and bounds agree and they name the same decision or the same
    period (and not two decisions). Groups come in the order of their first figure.
    """
    by_fact: dict[tuple[object, ...], list[list[Declared]]] = {}
    # Numbered ones first: a source without a number joins a decision, it never joins two decisions.
    for figure in sorted(figures, key=lambda one: (one.decision_no is None, one.id)):
        alike = by_fact.setdefault((*figure.subject, *figure.bounds), [])
        group = next((one for one in alike if any(same_fact(figure, other) for other in one)), None)
        if group is None:
            alike.append([figure])
        else:
            group.append(figure)
    groups = [tuple(sorted(one, key=lambda f: f.id)) for alike in by_fact.values() for one in alike]
    return sorted(groups, key=lambda group: group[0].id)


def same_fact(one: Declared, other: Declared) -> bool:
    """Whether two figures of equal subject and bounds state one fact."""
    if one.decision_no and other.decision_no:
        return one.decision_no == other.decision_no
    return one.period == other.period


def source_key(group: Sequence[Declared]) -> str:
    """A key of the fact itself, not of the rows that state it: a second import gives the same key."""
    figure = min(group, key=lambda one: (str(one.period), one.decision_no or ""))
    return sha256_text(canonical([list(figure.subject), list(figure.bounds), list(figure.period)]))[:12]
