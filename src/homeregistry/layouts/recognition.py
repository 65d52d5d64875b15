"""Which layout claims a sheet: exactly one specific layout, or the general one."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeregistry.errors import FileRefused
from homeregistry.layouts.declaration import GENERAL, Layout, Recognition, conflict, header_forms
from homeregistry.text import key


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What a claim is decided by: the sheet's name and the texts of its first rows."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def recognise(head: SheetHead, layouts: Sequence[Layout]) -> Layout:
    """The one layout that claims the sheet; the general one where none does.

    Raises `FileRefused` (`layouts_conflict`) where two claim it, both named.
    """
    claims = [layout for layout in layouts if layout.recognition and _claims(layout.recognition, head)]
    if len(claims) > 1:
        raise conflict([layout.name for layout in claims], head.name)
    return claims[0] if claims else named(GENERAL, layouts)


def named(name: str, layouts: Sequence[Layout]) -> Layout:
    """The layout of this name; raises `FileRefused` (`unknown_layout`) with the names there are."""
    for layout in layouts:
        if layout.name == name:
            return layout
    raise FileRefused(
        "unknown_layout",
        "There is no layout “{name}”; there are: {layouts}.",
        name=name,
        layouts=", ".join(sorted(layout.name for layout in layouts)),
    )


def _claims(rules: Recognition, head: SheetHead) -> bool:
    if rules.sheet is not None and not rules.sheet.search(head.name):
        return False
    titles = [key("".join(row)) for row in head.rows]
    if any(all(word not in title for title in titles) for word in rules.title):
        return False
    if not rules.headers_all and not rules.headers_any:
        return True
    for row in head.rows:
        cells = {form for text in row if text for form in header_forms(text)}
        if rules.headers_all <= cells and (not rules.headers_any or rules.headers_any & cells):
            return True
    return False
