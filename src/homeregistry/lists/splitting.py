"""A line of names taken apart: 、 and gaps separate, brackets and inner spaces do not.

The separators stand inside names too: 学工处(团委、武装部) is one name, 机关(1) is no count, and a
justified name is full of spaces. A single space separates only where both sides are whole names.
"""

import re
from collections.abc import Iterator
from typing import Final

from homeregistry.lists.joint import joint_from
from homeregistry.lists.persons import UNIT_END, split_people
from homeregistry.text import has_cjk

_SEPARATORS: Final = "、；;，,\t|｜"
_OPEN: Final = "(（〔[［【“「『《<"
_CLOSE: Final = ")）〕]］】”」』》>"
_EDGES: Final = " \t、；;，,。.:：|｜·"
_WHOLE = re.compile(rf".{{2,}}(?:{UNIT_END})[)）]?$")
_INNER_SPACE = re.compile(r"(?<=[^\x00-\x7f]) +(?=\S)|(?<=\S) +(?=[^\x00-\x7f])")
_PROSE = re.compile(
    r"[。！？!?]|现将|希望|要求|特此|根据|按照|为了|为进一步|进一步|通知如下|公示期|期间|有异议|各级|再接再厉|号召|(?<!授)予以|决定如下|"
    r"经研究|结合实际|认真|切实|贯彻|落实|如下|同志们|以下简称|联系电话|监督电话|受理|来信来访|不得|应当|可以|已经|我们|它们"
)
_LONGEST_NAME: Final = 60


def split_names(text: str, stated: int | None = None) -> list[tuple[str, int]]:
    """The names of a line with their offsets, inner spaces taken out of each.

    `stated` is how many the sentence says they are (等3家): where all pieces are as many, each is a name.
    """
    pieces = list(_pieces(text))
    if len(pieces) != stated:
        pieces = _with_joint_unions(text, pieces)
    found: list[tuple[str, int]] = []
    for piece, start in pieces:
        words = piece.split(" ")
        if len(words) > 1 and all(_WHOLE.match(word) for word in words):
            offset = start
            for word in words:
                found.append((word, offset))
                offset += len(word) + 1
        else:
            found.append((unspaced(piece), start))
    return found


def unspaced(name: str) -> str:
    """A name without the spaces between Chinese characters; spaces of Latin words stay."""
    return _INNER_SPACE.sub("", name.strip(_EDGES))


def is_whole_name(text: str) -> bool:
    """Whether the text ends as names of units and unions do."""
    return bool(_WHOLE.match(text))


def may_be_name(text: str) -> bool:
    """Whether a piece can be a name at all: Chinese, not too long, not a piece of prose."""
    if not 2 <= len(text) <= _LONGEST_NAME or re.search("[:：]", text):
        return False
    return has_cjk(text) and not _PROSE.search(text)


def without_full_stop(text: str, *, personal: bool = False) -> str:
    """A line of whole names without the stop that ends the last of them (甲厂工会；乙厂工会。)."""
    bare = text.rstrip("。")
    if bare == text:
        return text
    if personal and "。" not in bare:
        named = re.sub(r"^[^:：]{1,14}[:：]", "", bare)
        return bare if split_people(named) is not None else text
    return bare if all(is_whole_name(name) for name, _ in split_names(bare)) else text


def is_prose(text: str) -> bool:
    """Whether a line reads as running text: its words, or a stretch too long for any name."""
    if _PROSE.search(text):
        return True
    return len(text) > 3 * _LONGEST_NAME and any(len(piece) > 3 * _LONGEST_NAME for piece, _ in _pieces(text))


def _with_joint_unions(text: str, pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The pieces, those of one joint union (甲、乙联合工会) put together again where a 、 parts them."""
    found: list[tuple[str, int]] = []
    for piece, start in pieces:
        found.append((piece, start))
        if "联合" not in piece:
            continue
        begin = joint_from([name for name, _ in found], len(found) - 1)
        between = text[found[begin][1] : start]
        if begin < len(found) - 1 and not re.search(r"[；;，,\t|｜]", between):
            found[begin:] = [(between + piece, found[begin][1])]
    return found


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Pieces between separators outside brackets, with the offset of their first character."""
    depth = 0
    start = 0
    for index, char in enumerate(text + "、"):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and (depth == 0 or index == len(text)):
            piece = text[start:index]
            bare = piece.strip(_EDGES)
            if bare:
                yield bare, start + piece.index(bare[0])
            start = index + 1
