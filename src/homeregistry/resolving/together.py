"""Plain rows to candidates, column by column: what many rows share is resolved once, their names one by one.

A row that is in doubt sends all of them to `candidates`, where each is read by itself; what it says is
judged there only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from homeregistry.recipients.identity import valid_union_code, valid_uscc
from homeregistry.records import Entries
from homeregistry.resolving.awards import AWARD_FIELDS, PLACE_FIELDS
from homeregistry.resolving.candidates import (
    DETAIL_FIELDS,
    Candidate,
    CandidateReader,
    CandidateReading,
    Named,
    Shared,
    detail_of,
    named,
)

_REMEMBERED: Final = 20_000
_SHARED: Final = (*AWARD_FIELDS, *PLACE_FIELDS, "body", "township")

Words = tuple[str, ...]


@dataclass(slots=True)
class Candidates:
    """One candidate a row, column by column; rows that say the same of award and place share one `Shared`."""

    entries: Entries
    shared: Sequence[Shared]
    names: Sequence[str]
    named: Sequence[Named]
    usccs: Sequence[str | None]
    union_codes: Sequence[str | None]
    ownerships: Sequence[str | None]
    details: Sequence[str | None]

    def reading(self, place: int) -> CandidateReading:
        """One of them by itself."""
        award, where, body = self.shared[place]
        kind_of, key, blocks, parent = self.named[place]
        return CandidateReading(
            (
                Candidate(
                    self.entries[place], award, kind_of, self.names[place], key, blocks, parent,
                    self.usccs[place], self.union_codes[place], self.ownerships[place], where, body,
                    self.details[place],
                ),
            ),
            (),
        )  # fmt: skip


class TogetherReader:
    """Reads plain rows together, by the judgement of a reader of single ones."""

    def __init__(self, reader: CandidateReader) -> None:
        self._reader = reader
        self._known: dict[Words, Shared] = {}
        self._under: tuple[object, ...] = ()

    def read(self, entries: Entries) -> Candidates | None:
        """The candidates of the rows, or None where one of them is no plain award to a unit."""
        values, count = entries.values, len(entries)
        nothing: Sequence[None] = (None,) * count
        shared = self._shared(entries)
        codes = values.get("uscc")
        usccs = [valid_uscc(code) if code else None for code in codes] if codes else nothing
        if shared is None or (codes and usccs.count(None) > codes.count("")):
            return None
        names = values["recipient"]
        parents = _optional(entries, "parent")
        who = [
            named(award.kind, name, place.region, parent)
            for (award, place, _body), name, parent in zip(shared, names, parents, strict=True)
        ]
        unions = values.get("union_code")
        return Candidates(
            entries, shared, names, who, usccs,
            [valid_union_code(code) if code else None for code in unions] if unions else nothing,
            _optional(entries, "ownership"), _details(entries, shared),
        )  # fmt: skip

    def _shared(self, entries: Entries) -> list[Shared] | None:
        """What each row says of award and place; None where that is not certain for every row."""
        values, count = entries.values, len(entries)
        fields = tuple(name for name in _SHARED if name in values)
        under = (entries.context, fields)
        if under != self._under or len(self._known) > _REMEMBERED:
            self._known, self._under = {}, under
        known = self._known
        words = list(zip(*(values[name] for name in fields), strict=True)) if fields else [()] * count
        # From the last to the first: each of the words keeps its first place.
        for new, place in dict(zip(reversed(words), range(count - 1, -1, -1), strict=True)).items():
            if new not in known:
                found = self._reader.read_shared(entries[place])
                if found is None:
                    return None
                known[new] = found
        return list(map(known.__getitem__, words))


def _optional(entries: Entries, name: str) -> Sequence[str | None]:
    texts = entries.values.get(name)
    return [text or None for text in texts] if texts else (None,) * len(entries)


def _details(entries: Entries, shared: Sequence[Shared]) -> Sequence[str | None]:
    """What each row says beside name and place; nothing in most lists."""
    said = {name: texts for name, texts in entries.values.items() if name in DETAIL_FIELDS}
    if not said and not any(award.stars for award in {id(one): one[0] for one in shared}.values()):
        return (None,) * len(entries)
    return [
        detail_of({name: texts[place] for name, texts in said.items()}, award)
        for place, (award, _place, _body) in enumerate(shared)
    ]
