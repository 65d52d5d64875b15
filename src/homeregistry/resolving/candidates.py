"""From an entry to what may be recorded: award, recipient, place and recommending body, each resolved.

A candidate is still no record: whether it is new, already recorded, a duplicate or somebody's
near-double is for `importing` to find in the registry. Pure, memoised on printed words.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from homeregistry.bodies import BodyReading, read_body
from homeregistry.kinds import kinds
from homeregistry.layouts.persons import is_person_name
from homeregistry.problems import Problem, without_echoes
from homeregistry.recipients.identity import valid_union_code, valid_uscc
from homeregistry.recipients.names import person_key, placed_name, recipient_key, split_sub_unit, type_of
from homeregistry.recipients.similarity import blocks_of_key, person_block_keys
from homeregistry.records import Entry, HeadingContext, ListOptions
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.resolving.awards import PLACE_FIELDS, Award, AwardReader, AwardReading, Mistake
from homeregistry.resolving.issuers import candidates as bodies_meant
from homeregistry.resolving.issuers import paths_of, read_issuer
from homeregistry.text import clean
from homeregistry.vocabulary import RecipientType

_REMEMBERED: Final = 20_000
"""Places kept in mind; a column of addresses names a new one in every row."""
DETAIL_FIELDS: Final = frozenset({"unit", "post", "parent", "township", "note", "ownership"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a recipient is, as resolved; `body` is a zone or industry printed in the place's column."""

    region: Region | None
    printed: str | None
    body: BodyReading | None = None
    mistake: Mistake | None = None


# Not frozen, though never changed: there are as many as rows, and frozen ones cost several times as much.
@dataclass(slots=True)
class Candidate:
    """One title for one recipient, ready to be looked up in the registry."""

    entry: Entry
    award: Award
    type: RecipientType
    name: str
    key: str
    blocks: tuple[str, ...]
    parent_name: str | None
    uscc: str | None
    union_code: str | None
    ownership: str | None
    place: Place
    body: BodyReading | None
    detail: str | None


@dataclass(slots=True)
class CandidateReading:
    """The candidates of one entry and the problems of its row; an error refuses the whole row."""

    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]


Located = tuple[Place, BodyReading | None, Mistake | None]
"""Where a recipient is, the body that recommended it, and the doubt which body of one name it was."""


Shared = tuple[Award, Place, BodyReading | None]
"""What many rows have in common: their award, their place, and the body that recommended them."""

Named = tuple[RecipientType, str, tuple[str, ...], str | None]
"""What a name says of a recipient: type, key, block keys, and the parent of a sub-unit."""


@dataclass(slots=True)
class _Case:
    """One award, and the places that its rows have named so far."""

    award: Award
    located: dict[tuple[str | None, ...], Located]


class CandidateReader:
    """Turns entries into candidates under one set of options."""

    def __init__(self, options: ListOptions, today: date) -> None:
        self._options = options
        self._awards = AwardReader(options, today)
        self._cases: dict[int, tuple[AwardReading, tuple[_Case, ...]]] = {}
        self._located: dict[tuple[object, ...], dict[tuple[str | None, ...], Located]] = {}
        self._remembered = 0

    def read(self, entry: Entry) -> CandidateReading:
        """The candidates of one entry."""
        get = entry.values.get
        name = get("recipient") or get("person")
        reading = self._awards.read(entry)
        problems = list(entry.problems)
        if reading.mistakes:
            problems.extend([mistake.at(entry) for mistake in reading.mistakes])
        if not name:
            if not any(problem.code in ("missing_name", "unread_row") for problem in problems):
                problems.append(
                    Problem("missing_name", entry.sheet, entry.row, entry.columns.get("recipient"))
                )
            return CandidateReading((), without_echoes(problems))
        name = clean(name)
        candidates = [
            self._candidate(entry, case, name, problems) for case in self._cases_of(reading, entry.context)
        ]
        return CandidateReading(tuple(candidates), without_echoes(problems) if problems else ())

    def read_shared(self, entry: Entry) -> Shared | None:
        """What an entry says beside its name, where it is one award to a unit and nothing is in doubt."""
        reading = self._awards.read(entry)
        if reading.mistakes or len(reading.awards) != 1:
            return None
        (case,) = self._cases_of(reading, entry.context)
        place, body, doubt = self._located_in(entry, case)
        if place.mistake or doubt or kinds()[case.award.kind].recipient_type == "person":
            return None
        return case.award, place, body

    def _cases_of(self, reading: AwardReading, context: HeadingContext) -> tuple[_Case, ...]:
        # The same words give the same reading, so its identity stands for all that follows from it.
        known = self._cases.get(id(reading))
        return known[1] if known is not None else self._opened(reading, context)

    def _opened(self, reading: AwardReading, context: HeadingContext) -> tuple[_Case, ...]:
        if len(self._cases) > _REMEMBERED:
            self._cases.clear()
            self._located.clear()
            self._remembered = 0
        cases = []
        for award in reading.awards:
            around = (
                context.region_printed, context.body_printed, award.year_from, award.year_to,
                award.decision_date, award.conferred_by.region_id, _own_county(award),
            )  # fmt: skip
            located = self._located.setdefault(around, {})
            cases.append(_Case(award, located))
        self._cases[id(reading)] = (reading, tuple(cases))
        return self._cases[id(reading)][1]

    @staticmethod
    def _hold_against_title(
        entry: Entry, kind_of: RecipientType, kind: str, name: str, problems: list[Problem]
    ) -> None:
        """A unit's name under a person's title, or the reverse, is a slip in the list and no record."""
        if kind_of == "person":
            fits = "person" in entry.values or is_person_name(name)
        else:
            fits = bool(entry.values.get("recipient"))
        if not fits:
            column = entry.columns.get("recipient") or entry.columns.get("person")
            title = {"title": kinds()[kind].title}
            problems.append(Problem("wrong_recipient", entry.sheet, entry.row, column, name, title))

    def _candidate(self, entry: Entry, case: _Case, name: str, problems: list[Problem]) -> Candidate:
        values, award = entry.values, case.award
        get = values.get
        place, body, doubt = self._located_in(entry, case)
        for mistake in (place.mistake, doubt):
            if mistake is not None:
                problems.append(mistake.at(entry))
        kind_of, key, blocks, parent = named(award.kind, name, place.region, get("parent"), get("unit"))
        self._hold_against_title(entry, kind_of, award.kind, name, problems)
        uscc, union_code = get("uscc"), get("union_code")
        if uscc:
            uscc = self._credit_code(entry, uscc, problems)
        return Candidate(
            entry, award, kind_of, name, key, blocks, parent, uscc,
            valid_union_code(union_code) if union_code else None, get("ownership"), place, body,
            None if not award.stars and DETAIL_FIELDS.isdisjoint(values) else detail_of(values, award),
        )  # fmt: skip

    @staticmethod
    def _credit_code(entry: Entry, printed: str, problems: list[Problem]) -> str | None:
        found = valid_uscc(printed)
        if found is None:
            problems.append(
                Problem("invalid_uscc", entry.sheet, entry.row, entry.columns.get("uscc"), printed)
            )
        return found

    def _body(self, entry: Entry, award: Award, at: Region | None = None) -> BodyReading | None:
        """The recommending body: the row's own, else the heading's; `at` is where the recipient is."""
        printed = entry.values.get("body") or entry.context.body_printed
        if not printed:
            return None
        body = read_issuer(printed, award.days[1].isoformat())
        if body.kind == "unlisted":
            body = read_issuer(printed, award.days[1].isoformat(), self._near(entry, award, at))
        return body

    @staticmethod
    def _doubt(entry: Entry, award: Award, body: BodyReading | None) -> Mistake | None:
        """One name of several bodies that nothing tells apart is kept as printed, and told."""
        printed = entry.values.get("body") or entry.context.body_printed
        meant = bodies_meant(body, printed, award.days[1].isoformat()) if body and printed else ()
        if not meant:
            return None
        return Mistake("ambiguous_body", "body", printed, (("candidates", paths_of(meant)),), "warning")

    def _near(self, entry: Entry, award: Award, at: Region | None) -> tuple[int, ...]:
        """Ids of regions near which a body is looked for: the recipient's, the heading's, the issuer's."""
        headings = (entry.context.region_printed, self._options.region)
        named = [gazetteer().resolve(words, award.days).region for words in headings if words]
        numbers = [region.id for region in (at, *named) if region is not None]
        issuer = award.conferred_by.region_id
        return (*numbers, issuer) if issuer is not None else tuple(numbers)

    def _located_in(self, entry: Entry, case: _Case) -> Located:
        get = entry.values.get
        places = (get("region"), get("county"), get("prefecture"), get("province"))
        # Addresses differ in every row: they are looked at only where the row names no other place.
        words = (*places, get("body"), None if any(places) else get("township"))
        return case.located.get(words) or self._locate(entry, case, words)

    def _locate(self, entry: Entry, case: _Case, words: tuple[str | None, ...]) -> Located:
        """The place and the recommending body of these words under this award, found once."""
        self._remembered += 1
        if self._remembered > _REMEMBERED:
            self._remembered = 0
            for located in self._located.values():
                located.clear()
        place = self._find_place(entry, case.award, words)
        body = self._body(entry, case.award, place.region)
        found = case.located[words] = (place, body or place.body, self._doubt(entry, case.award, body))
        return found

    def _find_place(self, entry: Entry, award: Award, words: tuple[str | None, ...]) -> Place:
        """The row's own place inside the heading's, else the address that it gives, else the heading's, else
        `--region`, else the place of the body that recommended it, else the county whose own federation
        confers: what a county's federation awards stays in the county.
        """
        parts, address = (words[3], words[2], words[1], words[0]), words[5]
        printed = " ".join(part for part in parts if part)
        if printed:
            field = next(
                name for name, part in zip(reversed(PLACE_FIELDS), reversed(parts), strict=True) if part
            )
            return self._named_place(printed, field, award, tuple(self._around(entry, award)))
        if address and (found := _of_address(address, award, self._around(entry, award))) is not None:
            return Place(found, address)
        wider = tuple(self._wider(entry, award))
        if entry.context.region_printed:
            return self._named_place(entry.context.region_printed, "region", award, wider)
        if self._options.region:
            return self._named_place(self._options.region, "region", award, ())
        body = self._body(entry, award)
        if body is not None and body.kind == "federation" and body.region_id is not None:
            return Place(gazetteer().by_id(body.region_id), None)
        if (county := _own_county(award)) is not None:
            return Place(gazetteer().by_id(county), None)
        return Place(None, None, None, Mistake("missing_region", "region"))

    def _around(self, entry: Entry, award: Award) -> Iterator[Region]:
        """Regions a bare name may be meant in, the nearest first: the heading's, then those around it."""
        wider = tuple(self._wider(entry, award))
        if entry.context.region_printed:
            region = self._named_place(entry.context.region_printed, "region", award, wider).region
            if region is not None:
                yield region
        yield from wider

    def _wider(self, entry: Entry, award: Award) -> Iterator[Region]:
        """Regions a heading's place may be meant in, the nearest first: option, recommender, issuer."""
        place = gazetteer()
        if self._options.region:
            region = place.resolve(self._options.region, award.days).region
            if region is not None:
                yield region
        for body in (self._body(entry, award), award.conferred_by):
            if body is not None and body.region_id is not None:
                yield place.by_id(body.region_id)

    def _named_place(self, printed: str, field: str, award: Award, around: tuple[Region, ...]) -> Place:
        place = gazetteer()
        for region in around:
            inside = place.resolve(printed, award.days, region)
            if inside.region is not None:
                return Place(inside.region, printed)
        found = place.resolve(printed, award.days)
        if found.region is not None:
            return Place(found.region, printed)
        meant = (read_body(printed, award.days[1], near) for near in (None, *around))
        body = next((one for one in meant if one.kind != "unlisted"), None)
        if body is not None:
            # The corps stands among the provinces and is no region of the map, nor is an industry.
            number = None if body.kind == "industry" else body.region_id
            return Place(place.by_id(number) if number is not None else None, printed, body)
        if found.reason == "ambiguous":
            named = "、".join(place.path(region) for region in found.candidates[:6])
            return Place(
                None, printed, None, Mistake("ambiguous_region", field, printed, (("candidates", named),))
            )
        if found.reason == "not_in_force":
            then = "、".join(
                f"{place.path(region)} {region.valid_from}–{region.valid_to}"
                for region in found.candidates[:3]
            )
            params = (("year", award.year_from), ("then", then))
            return Place(None, printed, None, Mistake("region_not_in_force", field, printed, params))
        near = paths_of(_nearest_first(place.suggest(printed), around)[:3])
        params_near = (("near", near),)
        return Place(None, printed, None, Mistake("unknown_region", field, printed, params_near))


def named(
    kind: str, name: str, region: Region | None, parent: str | None = None, unit: str | None = None
) -> Named:
    """Which recipient a name means under a title of this kind, in this region; `parent` and `unit` are what
    the row prints beside it."""
    kind_of = type_of(kind, name)
    if kind_of == "person":
        key = person_key(name, unit)
        return kind_of, key, person_block_keys(key), parent
    key = recipient_key(placed_name(name, region.name) if region else name, kind_of)
    if kind_of == "sub_unit":
        if parent:
            key = _below(parent, key)
        else:
            parent = split_sub_unit(name).parent
    return kind_of, key, blocks_of_key(key), parent


def _own_county(award: Award) -> int | None:
    """The id of the county whose own federation confers an award of the county, if one does."""
    own = award.conferred_by
    return own.region_id if own.kind == "federation" and own.tier == award.tier == "county" else None


def _of_address(address: str, award: Award, around: Iterable[Region]) -> Region | None:
    """The region that an address begins with (天河区体育西路1号), where it is certain which."""
    for near in (*around, None):
        found = gazetteer().resolve(address, award.days, near).region
        if found is not None:
            return found
    return None


def _nearest_first(regions: list[Region], around: tuple[Region, ...]) -> list[Region]:
    """Suggestions inside what the list speaks of before all others: 万洲区 of a list of 重庆 is 万州区."""

    def rank(region: Region) -> int:
        inside = (place for place, near in enumerate(around) if near.code in region.chain)
        return next(inside, len(around))

    return sorted(regions, key=rank)


def _below(parent: str, own: str) -> str:
    """The key of a sub-unit printed beside its parent: both, unless the name repeats the parent."""
    above = recipient_key(parent, "organisation")
    return own if own.startswith(above) else above + own


def detail_of(values: Mapping[str, str], award: Award) -> str | None:
    """What the row says beside name and place, as canonical JSON; None where it says nothing."""
    found: dict[str, object] = {name: values[name] for name in DETAIL_FIELDS if values.get(name)}
    if award.stars:
        found["stars"] = award.stars
    return json.dumps(found, ensure_ascii=False, sort_keys=True) if found else None
