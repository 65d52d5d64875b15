"""A declared figure held against what is recorded: like with like, or an open `not_comparable`.

Pure: the figure, the number that the registry holds for it, and which of the figure's own words are
missing come in; a verdict with its reason goes out. Nothing is ever subtracted or added up here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from homeregistry.digests import canonical, sha256_text
from homeregistry.stated_years import FIRST_YEAR
from homeregistry.vocabulary import MEASURES, Measure, Qualifier, Tier, tiers_covered

Verdict = Literal["agrees", "short", "over", "contradiction", "not_comparable"]
VERDICTS: Final[tuple[Verdict, ...]] = ("contradiction", "over", "short", "not_comparable", "agrees")
"""In the order in which a person should look at them."""

NATION: Final = frozenset({"全国", "中国", "我国", "全总", "全国总工会", "中华全国总工会"})
"""Scopes that mean the whole country."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared figure as the registry keeps it. `part_of` is the id of the figure it is a subset of.

    `start` and `end` are the span of `quote` in the text of the file; `sheet`, `row` and `column` the cell,
    for figures of tables.
    """

    id: int
    scope: str | None
    region_id: int | None
    region_code: str | None
    kinds: tuple[str, ...]
    stars: int | None
    tier: Tier | None
    or_above: bool
    system: str | None
    measure: Measure
    low: int | None
    high: int | None
    stated: str
    qualifier: Qualifier
    year_from: int | None
    year_to: int | None
    implied: bool
    part_of: int | None
    decision_no: str | None
    flags: tuple[str, ...]
    quote: str
    start: int | None
    end: int | None
    sheet: str | None
    row: int | None
    column: str | None
    batch: int
    file: str

    @property
    def nationwide(self) -> bool:
        """Whether it speaks of the whole country, or of a whole national system (全国邮政系统)."""
        if self.region_code is not None or self.scope is None:
            return False
        return self.scope in NATION or (
            self.system is not None and self.tier == "national" and self.scope.startswith("全国")
        )

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers it covers: its own, with all above for 以上; every tier where it names none."""
        return tiers_covered(self.tier, self.or_above)

    @property
    def subject(self) -> tuple[object, ...]:
        """What is counted, apart from when and how many: equal subjects are like and like."""
        place = "全国" if self.nationwide else self.region_code or self.scope
        return (place, self.kinds, self.stars, self.tier, self.or_above, self.system, self.measure)

    @property
    def bounds(self) -> tuple[int | None, int | None, str]:
        """How many: low, high and the qualifier."""
        return self.low, self.high, self.qualifier

    @property
    def period(self) -> tuple[int | None, int | None]:
        """When: for cumulative figures only up to when, since they begin with the first award."""
        return (None if self.measure == "cumulative" and _from_start(self) else self.year_from), self.year_to


def _from_start(figure: Declared) -> bool:
    return figure.year_from is None or figure.year_from <= FIRST_YEAR


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
