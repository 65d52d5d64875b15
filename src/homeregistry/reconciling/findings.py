"""Everything that `reconcile` has to say: each finding with its verdict, both sources and a stable key.

Declared against recorded, declared against declared, list headings against listed names. An acknowledged
finding stays a finding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.comparing.declared import Declared
from homeregistry.comparing.with_each_other import Difference, differences, sum_of
from homeregistry.comparing.with_records import (
    VERDICTS,
    Verdict,
    coverage,
    judge,
    source_groups,
    source_key,
)
from homeregistry.digests import canonical, sha256_text
from homeregistry.queries import CountRequest
from homeregistry.reconciling.bearing import bears, relation_to
from homeregistry.reconciling.commands import list_command
from homeregistry.reconciling.figures import live_figures
from homeregistry.reconciling.headings import ListHeading, list_headings
from homeregistry.reconciling.notes import Note, notes
from homeregistry.reconciling.recorded import Recorded, questions


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison and what came of it.

    `comparison` is declared_recorded, two_sources, total_and_parts, series or list_heading; `reason` one
    English word. `other` is what a declared figure was held against, where that is declared too.
    """

    comparison: str
    verdict: Verdict
    reason: str
    key: str
    declared: Mapping[str, Any]
    recorded: int | None = None
    undecided: int = 0
    other: Mapping[str, Any] | None = None
    coverage: tuple[int, int] | None = None
    sources: tuple[Mapping[str, Any], ...] = ()
    acknowledged: Note | None = field(default=None)

    def to_json(self) -> dict[str, Any]:
        """The contract's object; `coverage` reads 1 of 35."""
        part = self.coverage
        return {
            "verdict": self.verdict, "comparison": self.comparison, "reason": self.reason,
            "declared": dict(self.declared), "recorded": self.recorded, "undecided": self.undecided,
            "other": dict(self.other) if self.other is not None else None,
            "coverage": f"{part[0]} of {part[1]}" if part else None, "key": self.key,
            "acknowledged": self.acknowledged.to_json() if self.acknowledged else None,
            "sources": [dict(source) for source in self.sources],
        }  # fmt: skip


def reconcile(connection: Connection, request: CountRequest) -> list[Finding]:
    """All findings on what the filters ask for; what a person should see first comes first.

    Figures of the region itself and of those below it are taken, not of wider ones.
    """
    revision = request.filters.revision
    groups = source_groups(live_figures(connection, revision))
    asked = {one.id for group in groups for one in group if _asked(one, request)}
    recorded = Recorded(connection, revision)
    said = notes(connection, revision)
    found = [_against_records(group, recorded, said) for group in groups if group[0].id in asked]
    for difference in differences(groups):
        # Every part is needed for a sum, also those that the filters leave out.
        if any(one.id in asked for one in (*difference.declared, *difference.others)):
            found.append(_against_declared(difference, said))
    found += [_against_names(one, said) for one in list_headings(connection, request)]
    return sorted({one.key: one for one in found}.values(), key=_order)


def _asked(figure: Declared, request: CountRequest) -> bool:
    return bears(figure, request) and relation_to(figure, request.region) != "wider"


def _against_records(group: Sequence[Declared], recorded: Recorded, said: Mapping[str, Note]) -> Finding:
    figure = group[0]
    held = recorded.held(figure)
    judgement = judge(figure, held)
    key = _key("declared_recorded", judgement.verdict, [source_key(group)])
    records: dict[str, Any] = {"type": "records", "recorded": held.recorded, "commands": []}
    if held.recorded is not None:
        records["commands"] = [list_command(one) for one in questions(figure, recorded.revision)]
    return Finding(
        "declared_recorded", judgement.verdict, judgement.reason, key, figure.to_json(), held.recorded,
        held.undecided, None, coverage(figure, held.recorded) if judgement.verdict == "short" else None,
        (*map(figure_source, group), records), said.get(key),
    )  # fmt: skip


def _against_declared(difference: Difference, said: Mapping[str, Note]) -> Finding:
    marks = sorted({source_key(difference.declared), *(source_key((one,)) for one in difference.others)})
    key = _key(difference.comparison, difference.verdict, marks)
    return Finding(
        difference.comparison, difference.verdict, difference.reason, key,
        difference.declared[0].to_json(), other=_other(difference),
        sources=tuple(figure_source(one) for one in (*difference.declared, *difference.others)),
        acknowledged=said.get(key),
    )  # fmt: skip


def _other(difference: Difference) -> dict[str, Any]:
    """The other figure; parts of a total stand together, with their printed words and bounds."""
    if difference.comparison != "total_and_parts":
        return difference.others[0].to_json()
    low, high = sum_of(difference.others)
    stated = " + ".join(one.stated for one in difference.others)
    return {
        "stated": stated,
        "low": low,
        "high": high,
        "parts": [one.to_json() for one in difference.others],
    }


def _against_names(heading: ListHeading, said: Mapping[str, Note]) -> Finding:
    verdict, reason = heading.verdict
    key = _key("list_heading", verdict, [heading.sha256, heading.sheet, heading.row, heading.stated])
    part = (heading.listed, heading.declared) if verdict == "short" else None
    return Finding(
        "list_heading", verdict, reason, key, heading.to_json(), heading.listed, coverage=part,
        sources=(
            {
                "type": "list_heading", "batch": heading.batch, "file": heading.file,
                "sheet": heading.sheet, "row": heading.row, "quote": heading.stated,
            },
            {
                "type": "records", "recorded": heading.listed,
                "commands": [f"homeregistry batch show {heading.batch}"],
            },
        ),
        acknowledged=said.get(key),
    )  # fmt: skip


def figure_source(figure: Declared) -> dict[str, Any]:
    """Where a figure stands, so that a person can open it: file, quote and span, or sheet and cell."""
    return {
        "type": "figure", "figure": figure.id, "batch": figure.batch, "file": figure.file,
        "quote": figure.quote, "start": figure.start, "end": figure.end, "sheet": figure.sheet,
        "row": figure.row, "column": figure.column,
    }  # fmt: skip


def _key(comparison: str, verdict: str, marks: Sequence[object]) -> str:
    """Stable as long as both sides say what they say; another verdict needs to be acknowledged anew."""
    return sha256_text(canonical([comparison, verdict, *marks]))[:12]


def _order(finding: Finding) -> tuple[Any, ...]:
    said = finding.declared
    return (
        VERDICTS.index(finding.verdict), finding.comparison, str(said.get("region_code") or ""),
        str(said.get("scope") or ""), str(said.get("kind") or ""), said.get("year_to") or 0, finding.key,
    )  # fmt: skip
