"""Records of divided districts: which wait for a person to say where they stand, and saying it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from homeregistry.correcting.rewriting import live_recognition
from homeregistry.deciding import Decision, decide
from homeregistry.errors import RegistryError, UsageMistake
from homeregistry.ledger import Ledger
from homeregistry.queries.listing import counted_recognitions
from homeregistry.queries.placing import Placer
from homeregistry.queries.requests import CountRequest
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.regions.succession import Undecided
from homeregistry.regions.table import Region


@dataclass(frozen=True, slots=True)
class Open:
    """A recognition that stands between regions on a day's map."""

    recognition: int
    name: str
    region: str
    year: int
    between: str

    def to_json(self) -> dict[str, Any]:
        """As `review undecided` prints it."""
        return {
            "recognition": self.recognition, "name": self.name, "region": self.region, "year": self.year,
            "between": self.between,
        }  # fmt: skip


def undecided_records(connection: Connection, day: date) -> Iterator[Open]:
    """Recognitions that no source places on the map of a day, and nobody has placed."""
    for one in counted_recognitions(connection, CountRequest(boundaries=day), "region"):
        if one.state == "undecided":
            said = one.recognition
            yield Open(said["id"], said["name"], str(said["region"]), int(said["year_to"]), one.between)


def place_record(ledger: Ledger, recognition: int, words: str, day: date) -> dict[str, Any]:
    """Decide where a recognition of a divided region stands on the map of a day (and so on later ones).

    Raises NotFound; UsageMistake for a region that is none of those it stands between; RegistryError
    where nothing is open.
    """
    row = live_recognition(ledger.connection, recognition)
    outcome = None
    if row["region_id"] is not None:
        placer = Placer(day)
        text = placer.words(recognition, (row["name_printed"], row["region_printed"], row["detail"]))
        outcome = placer.at(int(row["region_id"]), int(row["year_to"]), "region", text)
    if not isinstance(outcome, Undecided):
        raise RegistryError(
            "nothing_open", "The recognition {number} is not undecided between regions on {day}.",
            number=recognition, day=day.isoformat(),
        )  # fmt: skip
    region = _chosen(outcome, words)
    path = gazetteer().path(region)
    detail = {"region_id": region.id, "region_code": region.code, "region": path, "day": day.isoformat()}
    (number,) = decide(ledger, [Decision("place", recognition=recognition, detail=detail)])
    ledger.subject.update({"recognition": recognition, "region": path})
    return {"decision": number, "recognition": recognition, "region_code": region.code, "region": path}


def _chosen(outcome: Undecided, words: str) -> Region:
    place = gazetteer()
    named = {one.id for one in ([*place.of_code(words)] if words.isdigit() else place.lookup(words))}
    chosen = [one for one in outcome.candidates if one.id in named]
    if len(chosen) != 1:
        raise UsageMistake(
            "not_a_candidate", "“{value}” is not one of the regions it stands between: {listed}.",
            value=words, listed="、".join(f"{place.path(one)} {one.code}" for one in outcome.candidates),
        )  # fmt: skip
    return chosen[0]
