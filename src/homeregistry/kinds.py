"""Award kinds and the spellings of their titles, read from the packaged table: kinds are data, not code.

A printed title is matched whole, after NFKC folding: 先进 is not 模范, 教工之家 is none of them. Near-titles
that are known to be other awards are listed in the same table with an empty kind, so that they can be
named as such instead of being taken for a kind.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from homeregistry.errors import UsageMistake
from homeregistry.packaged import rows
from homeregistry.text import key
from homeregistry.vocabulary import RECIPIENT_TYPES, RecipientType, one_of

_NUMBERS: Final = "一二三四五12345"
_STARS = re.compile(
    rf"(?P<stars>★{{1,5}})☆{{0,4}}|(?P<number>[{_NUMBERS}])(?:颗?星级?|级)?(?:职工(?:之家|小家)|单位)?"
)
_QUOTES = re.compile(r"[\"'“”‘’「」『』《》<>]")


@dataclass(frozen=True, slots=True)
class Kind:
    """An award kind: its code, its Chinese and English title, who receives it and the verb used."""

    code: str
    title: str
    title_en: str
    recipient_type: RecipientType
    verb: str


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a printed title says: one or more kinds, stars where it has them.

    `kinds` is empty for a near-title, a known other award.
    """

    kinds: tuple[str, ...]
    stars: int | None = None


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by code, in the order of the table."""
    found = {}
    for row in rows("kinds.csv"):
        holder = one_of(row["recipient"], RECIPIENT_TYPES, "kinds.csv: unknown recipient type")
        found[row["code"]] = Kind(row["code"], row["title"], row["title_en"], holder, row["verb"])
    return found


@cache
def title_spellings() -> dict[str, TitleReading]:
    """Folded spelling to reading; spellings carry no tier, no place and no system in front."""
    table = {}
    for row in rows("titles.csv"):
        stars = int(row["stars"]) if row["stars"] else None
        table[fold_title(row["spelling"])] = TitleReading(tuple(row["kinds"].split()), stars)
    return table


def fold_title(text: str) -> str:
    """The comparison form of a title: key without any quotation marks."""
    return _QUOTES.sub("", key(text))


@lru_cache(maxsize=65_536)
def fold_letter(char: str) -> str:
    """The comparison form of one character: text folded letter by letter asks for the same few thousand."""
    return fold_title(char)


def read_title(text: str) -> TitleReading | None:
    """The reading of a bare title spelling, or None where the table does not know it."""
    return title_spellings().get(fold_title(text))


@cache
def title_pattern() -> re.Pattern[str]:
    """A pattern that finds any known spelling (near-titles too) in folded text, longest first."""
    spellings = sorted(title_spellings(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, spellings)))


@cache
def starred() -> frozenset[str]:
    """The codes of the kinds whose titles are given with stars."""
    return frozenset(
        code for reading in title_spellings().values() if reading.stars for code in reading.kinds
    )


def read_stars(text: str) -> int | None:
    """The stars that a cell of 星级 prints: 五星级, 4星, ★★★, ★★★☆☆; None where they are not one to five."""
    match = _STARS.fullmatch(key(text))
    if match is None:
        return None
    number = match["number"]
    return len(match["stars"]) if number is None else _NUMBERS.find(number) % 5 + 1


def kind_asked_for(text: str) -> str:
    """The code of the one kind that a person names, by its code or by a spelling of its title.

    Raises UsageMistake `unknown_kind`, with the titles to choose from.
    """
    if text in kinds():
        return text
    reading = read_title(text)
    if reading is None or len(reading.kinds) != 1:
        raise UsageMistake(
            "unknown_kind", "“{value}” is not a kind; choose from {known}.",
            value=text, known="、".join(kind.title for kind in kinds().values()),
        )  # fmt: skip
    return reading.kinds[0]
