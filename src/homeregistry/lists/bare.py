"""A list without any heading: lines of names alone, whose title, year and issuer the officer gives."""

from collections.abc import Sequence

from homeregistry.headings.heading import read_heading
from homeregistry.lists import entries, furniture
from homeregistry.lists.lines import Line
from homeregistry.lists.splitting import is_prose, is_whole_name
from homeregistry.records import HeadingContext


def is_bare_list(lines: Sequence[Line]) -> bool:
    """Whether, without any heading, most lines are names."""
    votes = 0
    listed = [line for line in lines if not furniture.furniture(line.text)]
    for line in listed:
        heading = read_heading(line.text, HeadingContext())
        if heading.kinds or heading.other_title or heading.is_list_title:
            return False
        _, rest = entries.take_serial(line.text)
        _, rest = entries.take_place(rest)
        pieces = entries.read_pieces(rest, None, None) or []
        named = bool(pieces) and all(
            "person" in piece.values or is_whole_name(piece.values.get("recipient", "")) for piece in pieces
        )
        votes += named and not is_prose(line.text)
    return votes * 2 > len(listed)
