"""What a line or passage of a page seems to be: the name of a recipient, a heading, running text.

The list reader decides what each line is; here a look suffices that tells a column of names from the
column of a table, and a heading from the rest of a wrapped name.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal

from homeregistry.headings.heading import read_heading
from homeregistry.headings.places import heads_names, is_body, is_place
from homeregistry.lists.entries import take_serial
from homeregistry.lists.furniture import furniture
from homeregistry.lists.persons import ends_in_post, is_person_name, read_person
from homeregistry.lists.splitting import is_prose, is_whole_name, split_names
from homeregistry.records import HeadingContext
from homeregistry.text import squeeze

PassageKind = Literal["name", "title", "scope", "prose", "other"]

_NO_CONTEXT: Final = HeadingContext()
_TAILS: Final = tuple(
    f"{unit}{union}"
    for unit in ("股份有限责任公司", "股份有限公司", "集团公司", "分公司", "街道办事处", "服务中心", "委员会")
    for union in ("工会委员会", "工会联合会", "工会工作委员会", "工会小组", "工会分会", "总工会", "工会", "")
)
"""How names end: a line that holds no more than the end of one of these is the rest of a name."""

_NUMBERED_PART = re.compile(r"第[一二三四五六七八九十0-9]")
"""第三分会, 第八中学: no name begins so without its place or its parent."""


def kind_of(text: str) -> PassageKind:
    """Names of units and persons, titles and labels, places and counts, running text, and what is none."""
    if furniture(text) or is_prose(text) or "。" in text:
        return "prose"
    rest = take_serial(text)[1]
    flat = squeeze(rest)
    ended = is_whole_name(flat) or ends_in_post(rest)
    if ended and not is_place(flat) and not (is_body(flat) and heads_names(flat)):
        return "name"
    heading = read_heading(text, _NO_CONTEXT)
    if heading.is_label or heading.kinds or heading.other_title or heading.is_list_title:
        return "title"
    if heading.says_something:
        return "scope"
    if is_complete(rest):
        return "name"
    names = split_names(rest)
    whole = sum(is_whole_name(name) for name, _ in names)
    return "name" if len(names) > 1 and whole * 2 > len(names) else "other"


def is_heading(text: str) -> bool:
    """Whether the line says something about the names below it."""
    return kind_of(text) in ("title", "scope")


def is_complete(text: str) -> bool:
    """Whether the words end as an entry does: a unit's name, a post, or a personal name."""
    if is_whole_name(squeeze(text)) or ends_in_post(text) or is_person_name(text):
        return True
    if not re.search(r"\s", text.strip()):
        return False
    person = read_person(text)
    return person is not None and person.unit is not None


def is_remainder(text: str) -> bool:
    """Whether the words can only go on with a name: 会, 员会, 限公司工会, 第三分会."""
    numbered = _NUMBERED_PART.match(squeeze(text)) is not None and not is_heading(text)
    return numbered or is_tail(text)


def is_tail(text: str) -> bool:
    """Whether the words are nothing but the end of a name: 会, 员会, 限公司工会, 分公司."""
    flat = squeeze(text)
    return len(flat) == 1 or any(tail.endswith(flat) for tail in _TAILS)


def names_recipients(passages: Iterable[str]) -> bool:
    """Whether passages list names: most of what is not running text, beside headings."""
    kinds = [kind for passage in passages if (kind := kind_of(passage)) != "prose"]
    named, other = kinds.count("name"), kinds.count("other")
    return named > 0 and named * 5 >= len(kinds) * 2 and other * 4 <= len(kinds)
