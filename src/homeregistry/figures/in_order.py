"""Numbers that 分别 sets in a row without naming their titles again: 其中我县分别占6家和5家.

They belong, in order, to the titles of the figures before them, or all to the one title beside them
where several places share it (三地分别有3家、5家、8家获评…). A row that fits neither way is no count of
awards: its numbers are held back, so that the first of them does not fall to the nearest title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.figures.joining import LINK, RECIPIENT
from homeregistry.figures.mentions import Mention
from homeregistry.figures.numbers import Number
from homeregistry.figures.pairing import RESPECTIVELY, Pair

_BETWEEN: Final = re.compile(rf"(?:{RECIPIENT})?[、,，和与及]+(?:有)?")
_OPENING: Final = re.compile(r"[^、，,;:。]{0,6}?")
_COMPARES: Final = re.compile(r"比|较|增|减|多|少|升|降|提高|同期|高出|占.{0,6}的")
_NAMES: Final = re.compile(
    r"(?:^|[，,;:。])(?:其中)?[，,:]?(?P<names>[\u3400-\u9fff]{2,8}(?:[、和与及][\u3400-\u9fff]{2,8})+)$"
)
_STRONG: Final = re.compile(r"[;。]")


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one row, where its 分别 begins, and the title behind the row, if any."""

    numbers: tuple[Number, ...]
    start: int
    title: Mention | None


def find_rows(
    text: str, mentions: Sequence[Mention], numbers: Sequence[Number], pairs: Sequence[Pair]
) -> list[Row]:
    """The rows of two or more numbers behind a 分别 that no pair has used."""
    used = {pair.number.start for pair in pairs}
    rows = []
    for match in RESPECTIVELY.finditer(text):
        row: list[Number] = []
        at = match.end()
        for number in numbers:
            if number.start < at:
                continue
            gap = text[at : number.start]
            fits = _BETWEEN.fullmatch(gap) if row else _OPENING.fullmatch(gap)
            if not fits or number.start in used or any(at <= m.start < number.start for m in mentions):
                break
            row.append(number)
            at = number.end
        if len(row) < 2 and (ahead := _titled(text, mentions, numbers, match.end())):
            rows.append(Row(ahead[1], match.start(), ahead[0]))
        elif len(row) > 1:
            behind = next((m for m in mentions if m.start >= at), None)
            rows.append(Row(tuple(row), match.start(), behind if _joined(text, at, behind) else None))
    return rows


def _titled(
    text: str, mentions: Sequence[Mention], numbers: Sequence[Number], at: int
) -> tuple[Mention, tuple[Number, ...]] | None:
    """分别推荐省级模范职工之家6家、8家: the one title behind 分别 and the row that follows it."""
    title = next((m for m in mentions if m.start >= at), None)
    if title is None or not _OPENING.fullmatch(text[at : title.start]):
        return None
    row: list[Number] = []
    end = title.end
    for number in (n for n in numbers if n.start >= title.end):
        gap = text[end : number.start]
        if number.bare or (not _BETWEEN.fullmatch(gap) if row else gap not in ("", "为", "有")):
            break
        row.append(number)
        end = number.end
    return (title, tuple(row)) if len(row) > 1 else None


def _joined(text: str, at: int, title: Mention | None) -> bool:
    """Whether the row leads on to a title: …8家单位获评青岛市模范职工之家."""
    if title is None:
        return False
    gap = text[at : title.start]
    return re.fullmatch(rf"的?(?:{RECIPIENT})?", gap) is not None or (
        not re.search(r"[，,;。、]", gap) and LINK.search(gap) is not None
    )


def in_order(
    text: str,
    rows: Sequence[Row],
    pairs: Sequence[Pair],
    mentions: Sequence[Mention],
    earlier: Sequence[Mention] = (),
) -> list[Pair]:
    """The pairs of the rows, borrowed from the pairs found without them, else from the titles that the
    sentence before counted (`earlier`): 全国有…。其中,江苏省分别为52个、53个和41人."""
    found: list[Pair] = []
    for row in rows:
        if _COMPARES.search(text[row.start : row.numbers[0].start]):
            continue
        if row.title is not None:
            leads = row.title.start < row.numbers[0].start
            beside = row.numbers[0] if leads else row.numbers[-1]
            found.append(Pair((row.title,), beside, "title_first" if leads else "number_first"))
            found += [Pair((row.title,), n, "inherited") for n in row.numbers if n is not beside]
            continue
        before = [p for p in pairs if max(p.end, p.number.end) <= row.start]
        if not before and len(earlier) == len(row.numbers):
            found += [Pair((m,), n, "inherited") for m, n in zip(earlier, row.numbers, strict=True)]
            continue
        before = [p for p in before if not _STRONG.search(text[p.end : row.start])]
        inside = "其中" in text[before[-1].end : row.start] if before else False
        level = next((m for m in mentions if m.elided and m.end == row.start), None)
        for base, number in zip(_bases(text, row, before), row.numbers, strict=False):
            # 其中省级以上分别为95家和72家: the titles before, at the tier said here
            named = tuple(replace(m, lead=level.lead) for m in base.mentions) if level else base.mentions
            if inside:
                found.append(Pair(named, number, "part", parent=base))
            else:
                found.append(Pair(named, number, "inherited", base=base))
    return found


def _bases(text: str, row: Row, before: Sequence[Pair]) -> Sequence[Pair]:
    """The pairs whose titles the row's numbers take; none where it is not clear which."""
    size = len(row.numbers)
    ordered = sorted(before, key=lambda pair: pair.number.start)
    near = [p for p in ordered if not re.search("[，,]", text[p.end : ordered[-1].start])]
    for group in (ordered, near):
        if len(group) == size:
            return group
        if len(group) == 1 and _shares_one(text, row, group[0]):
            return [group[0]] * size
    return ()


def _shares_one(text: str, row: Row, pair: Pair) -> bool:
    """Whether the row splits one figure: its numbers add up to it, or as many places are named."""
    total = sum(number.quantity.value for number in row.numbers)
    if pair.number.quantity.qualifier == "exact" and total == pair.number.quantity.value:
        return True
    names = _NAMES.search(text[: row.start])
    return names is not None and len(re.split("[、和与及]", names["names"])) == len(row.numbers)
