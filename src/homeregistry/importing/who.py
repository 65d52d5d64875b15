"""Is this candidate a recipient the registry knows? Codes decide, then equal names in compatible places.

Near-doubles are never decided here: they are held, with the other side and the reason named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from homeregistry.importing.known import Known, KnownRecipient, oldest_by_key
from homeregistry.recipients.identity import Identity, pair_key
from homeregistry.recipients.similarity import similar, similar_persons
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.regions.succession import Placed, Rehomer
from homeregistry.resolving.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Found:
    """The known recipient, or None for a new one; `hold` is the problem code that holds the row."""

    recipient: KnownRecipient | None = None
    hold: str | None = None
    others: tuple[KnownRecipient, ...] = ()
    reason: str = ""


NOBODY = Found()
"""Nobody the registry or the file knows."""


class Recogniser:
    """Recognises recipients under the decisions that people have taken."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._maps: dict[date, Rehomer] = {}

    def find(
        self,
        candidate: Candidate,
        by_key: Mapping[str, Sequence[KnownRecipient]],
        by_block: Mapping[str, Sequence[KnownRecipient]],
    ) -> Found:
        """The recipient of a candidate among those of the file and those of the registry that share
        its key, a code or a block key."""
        of_file = self._known.of_file
        if candidate.uscc or candidate.union_code:
            # Codes of candidates and of the registry have been checked: they are not checked again.
            mine = Identity(candidate.uscc, candidate.union_code)
            for code in filter(None, (candidate.uscc, candidate.union_code)):
                for other in (*of_file(f"#{code}"), *by_key.get(f"#{code}", ())):
                    if mine.verdict(Identity(other.uscc, other.union_code)) == "same":
                        return Found(other)
        of_name = (*of_file(candidate.key), *by_key.get(candidate.key, ()))
        if of_name:
            equal = [other for other in of_name if self._may_be(candidate, other)]
            if len(equal) == 1:
                return Found(equal[0])
            if equal:
                exact = [other for other in equal if other.region_id == _region_id(candidate)]
                if len(exact) == 1:
                    return Found(exact[0])
                return Found(None, "ambiguous_recipient", tuple(equal))
        return self._near(candidate, by_block) if by_block else NOBODY

    def _near(self, candidate: Candidate, by_block: Mapping[str, Sequence[KnownRecipient]]) -> Found:
        around = oldest_by_key(
            other
            for block in candidate.blocks
            for other in by_block.get(block, ())
            if self._may_be(candidate, other)
        )
        if not around:
            return NOBODY
        alike = similar_persons if candidate.type == "person" else similar
        for near in alike(candidate.key, around):
            other = around[near.name]
            decision = self._known.decision(pair_key(candidate.key, other.key))
            if decision == "same":
                return Found(other)
            if decision != "different":
                return Found(None, "possible_duplicate", (other,), near.reason)
        return NOBODY

    def _may_be(self, candidate: Candidate, other: KnownRecipient) -> bool:
        """Not another type, not other codes, not another place."""
        if (candidate.type == "person") != (other.type == "person"):
            return False
        if (candidate.uscc and other.uscc) or (candidate.union_code and other.union_code):
            own = Identity(candidate.uscc, candidate.union_code)
            if own.verdict(Identity(other.uscc, other.union_code)) == "different":
                return False
        mine = candidate.place.region
        if mine is None or other.region_id is None:
            return True
        return self._same_place(mine, gazetteer().by_id(other.region_id), candidate.award.days[1])

    def _same_place(self, one: Region, two: Region, day: date) -> bool:
        """Whether one holds the other, by code or on the map of the day."""
        if one.id == two.id or one.code in two.chain or two.code in one.chain:
            return True
        if day not in self._maps:
            self._maps[day] = Rehomer(day)
        there = self._maps[day].place(two)
        return isinstance(there, Placed) and (
            there.region.code in one.chain or one.code in there.region.chain
        )


def _region_id(candidate: Candidate) -> int | None:
    return candidate.place.region.id if candidate.place.region else None
