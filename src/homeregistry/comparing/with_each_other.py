"""Declared figures held against each other: two sources, a total and its parts, a cumulative series.

Pure. Numbers are compared, never repaired, and figures that cannot be compared are set side by side
without a difference being formed between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final, Literal

from homeregistry.comparing.declared import Declared
from homeregistry.comparing.with_records import Verdict, last_digit, same_fact, tolerated

Comparison = Literal["two_sources", "total_and_parts", "series"]
Reason = Literal[
    "bounds_meet", "sources_differ", "one_report",
    "part_exceeds", "parts_exceed", "parts_below", "parts_make_total",
    "falls", "step_too_large", "rounds_unknown",
]  # fmt: skip
Group = Sequence[Declared]
"""The sources of one figure; the first speaks for all."""

_NATIONAL_ROUNDS: Final = (2, 5)
"""The national titles are conferred in two rounds in five years; others at most once a year."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What came of holding figures against each other; `declared` are sources of one figure.

    `others` has the other source, the later figure of a series, or all parts of a total.
    """

    comparison: Comparison
    verdict: Verdict
    reason: Reason
    declared: Group
    others: tuple[Declared, ...]


def differences(groups: Sequence[Group]) -> Iterator[Difference]:
    """Everything that a set of figures says about itself; groups as `comparing.source_groups` makes them."""
    by_subject: dict[tuple[object, ...], list[Group]] = defaultdict(list)
    for group in groups:
        if group[0].scope is not None and group[0].tier is not None:
            by_subject[group[0].subject].append(group)
    for alike in by_subject.values():
        yield from _two_sources(alike)
    yield from _parts(groups)
    for subject, alike in by_subject.items():
        if alike[0][0].measure == "cumulative":
            rounds = by_subject.get((*subject[:-1], "in_round"), [])
            yield from _series(alike, [group[0] for group in rounds])


def _two_sources(groups: Sequence[Group]) -> Iterator[Difference]:
    """Different numbers for one subject and one period, or for one decision."""
    for one, other in combinations(groups, 2):
        first, second = one[0], other[0]
        if first.period == (None, None) and not first.decision_no:
            continue
        if not same_fact(first, second) or part_of_each_other(one, other):
            continue
        verdict: Verdict = "agrees"
        reason: Reason = "bounds_meet"
        if disjoint(first, second):
            reports = {figure.batch for figure in (*one, *other)}
            # Two decisions of one year in one report are two facts, and nothing tells them apart here.
            verdict = "contradiction" if len(reports) > 1 else "not_comparable"
            reason = "sources_differ" if len(reports) > 1 else "one_report"
        yield Difference("two_sources", verdict, reason, one, (second,))


def part_of_each_other(one: Group, other: Group) -> bool:
    """Whether a source of one says that it is a subset of the other."""
    ids, others = {figure.id for figure in one}, {figure.id for figure in other}
    return any(figure.part_of in others for figure in one) or any(figure.part_of in ids for figure in other)


def disjoint(one: Declared, other: Declared) -> bool:
    """Whether no number lies within the bounds of both."""
    return _below(one, other) or _below(other, one)


def _below(one: Declared, other: Declared) -> bool:
    high, low = tolerated(one)[1], tolerated(other)[0]
    return high is not None and low is not None and high < low


def _parts(groups: Sequence[Group]) -> Iterator[Difference]:
    """Totals whose parts exceed them, make them up, or (in a table) do not reach them."""
    parts: Mapping[int, list[Declared]] = defaultdict(list)
    for figure in (figure for group in groups for figure in group):
        if figure.part_of is not None:
            parts[figure.part_of].append(figure)
    for group in groups:
        for total in group:
            for along in _axes(total, parts.get(total.id, ())):
                yield from _total(group, total, along)


def _axes(total: Declared, parts: Sequence[Declared]) -> list[list[Declared]]:
    """Parts that may be added up: in a table those down the total's column, and those along its row."""
    if total.row is None:
        return [list(parts)]
    below = [part for part in parts if part.column == total.column]
    return [below, [part for part in parts if part.row == total.row]]


def _total(group: Group, total: Declared, parts: Sequence[Declared]) -> Iterator[Difference]:
    for part in parts:
        if part.low is not None and total.high is not None and part.low > total.high:
            yield Difference("total_and_parts", "contradiction", "part_exceeds", group, (part,))
            return
    if len(parts) < 2 or not apart(parts):
        return
    low, high = sum_of(parts)
    if total.high is not None and low is not None and low > total.high:
        yield Difference("total_and_parts", "contradiction", "parts_exceed", group, tuple(parts))
    elif total.low is not None and high is not None and high < total.low:
        # In prose 其中 may name only some of the parts; a table prints all it has.
        if total.row is not None:
            yield Difference("total_and_parts", "short", "parts_below", group, tuple(parts))
    elif low == high == total.low == total.high:
        yield Difference("total_and_parts", "agrees", "parts_make_total", group, tuple(parts))


def sum_of(parts: Sequence[Declared]) -> tuple[int | None, int | None]:
    """The bounds of parts together; an open bound of one leaves the sum open."""
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    low = None if None in lows else sum(one for one in lows if one is not None)
    return low, None if None in highs else sum(one for one in highs if one is not None)


def apart(parts: Sequence[Declared]) -> bool:
    """Whether parts cannot overlap: they differ in kind, in tier, in place or in round, pair by pair."""
    return all(_apart(one, other) for one, other in combinations(parts, 2))


def _apart(one: Declared, other: Declared) -> bool:
    if not set(one.kinds) & set(other.kinds):
        return True
    if not set(one.tiers) & set(other.tiers):
        return True
    if one.measure == other.measure == "in_round" and (_before(one, other) or _before(other, one)):
        return True
    if one.region_code and other.region_code:
        return not _within(one.region_code, other.region_code) and not _within(
            other.region_code, one.region_code
        )
    return one.region_code is None and other.region_code is None and one.scope != other.scope


def _before(one: Declared, other: Declared) -> bool:
    return one.year_to is not None and other.year_from is not None and one.year_to < other.year_from


def _within(code: str, upper: str) -> bool:
    """Whether a code lies below another by the make of codes alone."""
    stem = upper.rstrip("0")
    return code.startswith(stem if len(stem) % 2 == 0 else stem + "0")


def _series(groups: Sequence[Group], rounds: Sequence[Declared]) -> Iterator[Difference]:
    """A cumulative figure may only grow, and no faster than the rounds between allow."""
    dated = [group for group in groups if group[0].year_to is not None and group[0].period[0] is None]
    dated.sort(key=lambda group: (group[0].year_to or 0, group[0].id))
    by_year: dict[int, Group] = {}
    for group in dated:
        by_year.setdefault(int(group[0].year_to or 0), group)
    for (first_year, one), (year, other) in pairwise(sorted(by_year.items())):
        earlier, later = one[0], other[0]
        if _below(later, earlier):
            yield Difference("series", "contradiction", "falls", one, tuple(other))
        elif later.low is not None and earlier.high is not None and later.low > earlier.high:
            most = between(rounds, first_year, year, earlier)
            if most is None or later.low > earlier.high + most:
                reason: Reason = "rounds_unknown" if most is None else "step_too_large"
                yield Difference("series", "not_comparable", reason, one, tuple(other))


def between(rounds: Sequence[Declared], first: int, last: int, figure: Declared) -> int | None:
    """The most that rounds after `first` up to `last` can have added; None where no round is known.

    As many rounds as the cycle allows, each as large as the largest that any report states.
    """
    sizes = [size for size in map(ceiling, rounds) if size is not None]
    if not sizes:
        return None
    years, number = last - first, last - first
    if figure.tier == "national" and figure.system is None:
        number = -(-years * _NATIONAL_ROUNDS[0] // _NATIONAL_ROUNDS[1])
    return number * max(sizes)


def ceiling(figure: Declared) -> int | None:
    """The most that a figure can mean: its high, or what its words still allow (1000余 is below 2000)."""
    if figure.high is not None:
        return figure.high
    return figure.low + last_digit(figure.low) if figure.low else None
