"""The columns of a list that has no header, told by what stands in them.

Officers paste 1 | 万州区 | 甲厂工会 under a title and no header at all. A column is believed only
where nearly all its cells have one form, and a list only where one column surely names who is honoured;
whatever else stands beside is kept and not interpreted.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from homeregistry.documents import find_document_numbers
from homeregistry.headings.places import is_body, is_place
from homeregistry.kinds import fold_title, read_title, title_pattern
from homeregistry.layouts.cells import as_integer
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.headcells import Column
from homeregistry.layouts.header import WIDEST, FoundHeader, TextRow
from homeregistry.layouts.lines import find_total
from homeregistry.lists.persons import is_person_name, may_be_person_name, split_post
from homeregistry.lists.splitting import is_whole_name
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.text import key, squeeze
from homeregistry.years import read_year

_NEARLY_ALL: Final = 0.8
_FEWEST_ROWS: Final = 2
_TIER: Final = re.compile(r"(?:全国|国家|省|市|区|县|区县|省部|自治区|乡镇|镇|街道|公司|集团|校)级|全国")
_CODE: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def columns_by_content(rows: Sequence[TextRow], layout: Layout, *, titled: bool) -> FoundHeader | None:
    """The columns of the first rows of a sheet without a header, as a header of no depth, or None.

    `titled` says that something outside the rows (an option, the sheet's name) names the title; else a
    line above the rows or one of their columns has to, or any table of names would be a list.
    """
    start = next((place for place, (_, texts) in enumerate(rows) if sum(map(bool, texts)) > 1), None)
    if start is None:
        return None
    body = [texts for _, texts in rows[start:] if sum(map(bool, texts)) > 1 and not find_total(texts, layout)]
    if not body:
        return None
    width = max(map(len, body))
    if len(body) < _FEWEST_ROWS or width > WIDEST:
        return None
    columns = [
        [texts[index] for texts in body if index < len(texts) and texts[index]] for index in range(width)
    ]
    roles = [_role(cells) for cells in columns]
    settled = _settled(roles)
    above = " ".join(text for _, texts in rows[:start] for text in texts)
    if settled is None or not (titled or "kind" in settled or title_pattern().search(fold_title(above))):
        return None
    found = [Column(index, "", role) for index, role in enumerate(settled) if columns[index]]
    return FoundHeader(start, 0, tuple(found))


def _role(cells: Sequence[str]) -> str:
    """The one form that nearly all cells of a column have."""
    if not cells:
        return "other"
    for role, fits in _FORMS:
        if sum(map(fits, cells)) >= _NEARLY_ALL * len(cells):
            return role if role != "serial" or _counts_up(cells) else "number"
    return "other"


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether numbers rise by one, gaps and new beginnings left out: 5, 3, 8 are counts of something."""
    numbers = [number for number in map(as_integer, cells) if number is not None]
    steps = [after - before for before, after in pairwise(numbers)]
    return sum(step == 1 for step in steps) >= len(steps) / 2


def _is_serial(text: str) -> bool:
    number = as_integer(text)
    return number is not None and number < 100_000 and read_year(text) is None


def _is_region(text: str) -> bool:
    return is_place(squeeze(text)) or bool(len(text) < 12 and gazetteer().lookup(text))


def _is_year(text: str) -> bool:
    return len(text) < 14 and read_year(text) is not None


def _is_post(text: str) -> bool:
    unit, post = split_post("某某公司" + squeeze(text))
    return unit == "某某公司" and bool(post)


def _is_unit_and_post(text: str) -> bool:
    unit, post = split_post(text)
    return bool(unit and post)


_FORMS: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("uscc", lambda text: _CODE.fullmatch(text) is not None),
    ("year", _is_year),
    ("serial", _is_serial),
    ("kind", lambda text: len(text) < 30 and read_title(key(text)) is not None),
    ("tier", lambda text: _TIER.fullmatch(squeeze(text)) is not None),
    ("decision_no", lambda text: len(text) < 30 and bool(find_document_numbers(text))),
    ("region", _is_region),
    ("body", lambda text: is_body(squeeze(text))),
    ("person", is_person_name),
    ("post", _is_post),
    ("unit_post", _is_unit_and_post),
    ("name", lambda text: is_whole_name(squeeze(text))),
    ("maybe_person", may_be_person_name),
)
"""Forms of cells, the narrower before the wider ones that would take them too."""


def _settled(roles: Sequence[str]) -> list[str] | None:
    """The roles held against each other; None where nobody, or more than one column, is surely named."""
    if "number" in roles:
        return None  # whatever is counted there, a title above may say that it is awards
    settled = list(roles)
    names = [place for place, role in enumerate(roles) if role == "name"]
    if "person" not in roles and (names or "unit_post" in roles) and "maybe_person" in roles:
        settled[roles.index("maybe_person")] = "person"
    has_person = "person" in settled
    if not names and not has_person and settled.count("body") == 1:
        # A list of federations and industry unions that were honoured themselves.
        names = [settled.index("body")]
    for place, role in enumerate(settled):
        if role == "maybe_person":
            settled[place] = "other"
        elif role in ("post", "unit_post") and not has_person:
            return None
    if len(names) > 1 or (not names and not has_person):
        return None
    for place in names:
        settled[place] = "unit" if has_person else "recipient"
    counted = Counter(role for role in settled if role != "other")
    if any(number > 1 for role, number in counted.items() if role != "region"):
        return None
    first = {role: settled.index(role) for role in counted}
    return [
        "other" if role == "region" and place != first[role] else role for place, role in enumerate(settled)
    ]
