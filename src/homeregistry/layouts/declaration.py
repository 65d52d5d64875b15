"""A layout as declared in TOML: how it is recognised, which header means what, what is constant.

A layout knows nothing of the database and holds no code. Every layout inherits the spellings and
words of the one named `general`; what it declares itself wins.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, cast

from homeregistry.errors import FileRefused, RegistryError
from homeregistry.kinds import kinds
from homeregistry.records import HeadingContext
from homeregistry.text import key
from homeregistry.vocabulary import FIELDS
from homeregistry.years import read_year

GENERAL: Final = "general"

READING_ROLES: Final = ("unit_name", "small_home", "unit_post", "person_unit_post")
"""Roles beside the field names: what such a column is depends on the columns beside it."""

ROLES: Final = frozenset(FIELDS) | frozenset(READING_ROLES)
_BRACKETS = re.compile(r"\([^()]*\)")
_EDGES: Final = "*:;,.、。·-_/#"
_SECTIONS: Final = frozenset({"name", "about", "recognise", "headers", "constants", "options", "words"})
_CONSTANTS: Final = frozenset(
    {"kind", "stars", "tier", "system", "issuer", "region", "body", "year", "decision_no", "decision_date"}
)
_WORDS: Final = (
    "ignore_groups", "total", "subtotal", "ticks", "footer", "note", "nomination", "decided", "quota", "form",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recognition:
    """When a layout claims a sheet: all of what is set must hold.

    `sheet` is searched in the sheet's name, every word of `title` in the rows above the header,
    `headers_all` and one of `headers_any` among the header cells (folded).
    """

    sheet: re.Pattern[str] | None = None
    title: tuple[str, ...] = ()
    headers_all: frozenset[str] = frozenset()
    headers_any: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """A declared layout. `headers` maps a folded spelling to (role, rank within the role)."""

    name: str
    headers: Mapping[str, tuple[str, int]]
    words: Mapping[str, tuple[str, ...]]
    constants: HeadingContext = field(default_factory=HeadingContext)
    recognition: Recognition | None = None
    fill_down: frozenset[str] = frozenset()
    spellings: frozenset[str] = field(default=frozenset(), repr=False)

    def role_of(self, printed: str) -> tuple[str, int] | None:
        """The role and rank of a header cell, or None where its words are not known."""
        for folded in header_forms(printed):
            found = self.headers.get(folded)
            if found:
                return found
        return None


def header_forms(printed: str) -> tuple[str, ...]:
    """The forms under which a header cell is looked up: whole, then without bracketed units."""
    whole = key(printed).strip(_EDGES)
    bare = _BRACKETS.sub("", whole).strip(_EDGES)
    return (whole,) if bare == whole or not bare else (whole, bare)


def load_layouts(folders: Sequence[Traversable | Path]) -> tuple[Layout, ...]:
    """Every layout of the folders, `general` first; a later folder may replace a layout by name.

    Raises `RegistryError` (`layout_invalid`, `layouts_missing`) for a file that is no layout, and
    where no folder holds `general.toml`.
    """
    declared: dict[str, Mapping[str, object]] = {}
    for folder in folders:
        if not folder.is_dir():
            continue
        for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if item.name.endswith(".toml"):
                table = _parse(item.name, item.read_text(encoding="utf-8"))
                declared[_text(table, "name", item.name)] = table
    if GENERAL not in declared:
        raise RegistryError("layouts_missing", "The layout “general” is missing; install the program again.")
    general = read_layout(declared.pop(GENERAL))
    return (general, *(read_layout(table, general) for table in declared.values()))


def read_layout(table: Mapping[str, object], general: Layout | None = None) -> Layout:
    """A layout from its TOML table; spellings, words and options of `general` are inherited.

    Raises `RegistryError` (`layout_invalid`) that names the layout and what is wrong in it.
    """
    name = _text(table, "name", "?")
    unknown = sorted(set(table) - _SECTIONS)
    if unknown:
        raise _invalid(name, "Layout {name}: unknown section {value}.", unknown[0])
    headers = dict(general.headers) if general else {}
    for role, spellings in _strings(table, "headers", name).items():
        if role not in ROLES:
            raise _invalid(name, "Layout {name}: unknown field {value} in [headers].", role)
        for rank, spelling in enumerate(spellings):
            headers[header_forms(spelling)[0]] = (role, rank)
    words = {word: general.words[word] if general else () for word in _WORDS}
    for word, values in _strings(table, "words", name).items():
        if word not in words:
            raise _invalid(name, "Layout {name}: unknown list {value} in [words].", word)
        words[word] = (*words[word], *values)
    fill_down = _strings(table, "options", name).get("fill_down")
    inherited = general.fill_down if general else frozenset()
    return Layout(
        name=name,
        headers=headers,
        words=words,
        constants=_constants(_section(table, "constants", name), name),
        recognition=_recognition(table, name),
        fill_down=inherited if fill_down is None else frozenset(fill_down),
        spellings=frozenset(headers),
    )


def _parse(file: str, text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(file, "Layout {name}: {value}.", str(error)) from error


def _recognition(table: Mapping[str, object], name: str) -> Recognition | None:
    if "recognise" not in table:
        if name != GENERAL:
            raise _invalid(name, "Layout {name}: it has no [recognise].")
        return None
    rules = dict(_section(table, "recognise", name))
    sheet = rules.pop("sheet", None)
    lists = _strings({"recognise": rules}, "recognise", name)
    unknown = sorted(set(lists) - {"title", "headers_all", "headers_any"})
    if unknown:
        raise _invalid(name, "Layout {name}: unknown rule {value} in [recognise].", unknown[0])
    if sheet is None and not any(lists.values()):
        raise _invalid(name, "Layout {name}: [recognise] is empty: it would claim every sheet.")
    try:
        pattern = re.compile(str(sheet)) if sheet is not None else None
    except re.error as error:
        raise _invalid(name, "Layout {name}: [recognise] sheet: {value}.", error) from error
    return Recognition(
        sheet=pattern,
        title=tuple(key(word) for word in lists.get("title", ())),
        headers_all=frozenset(header_forms(word)[0] for word in lists.get("headers_all", ())),
        headers_any=frozenset(header_forms(word)[0] for word in lists.get("headers_any", ())),
    )


def _constants(table: Mapping[str, object], name: str) -> HeadingContext:
    unknown = sorted(set(table) - _CONSTANTS)
    if unknown:
        raise _invalid(name, "Layout {name}: unknown constant {value}.", unknown[0])
    kind = _optional(table, "kind")
    if kind is not None and kind not in kinds():
        raise _invalid(name, "Layout {name}: unknown kind {value}.", kind)
    span = None
    if "year" in table:
        span = read_year(cast("str | int", table["year"]))
        if span is None:
            raise _invalid(name, "Layout {name}: unknown year {value}.", table["year"])
    stars = table.get("stars")
    if stars is not None and not isinstance(stars, int):
        raise _invalid(name, "Layout {name}: stars is a number.")
    return HeadingContext(
        kind=kind,
        stars=stars,
        tier_printed=_optional(table, "tier"),
        system=_optional(table, "system"),
        year_from=span.first if span else None,
        year_to=span.last if span else None,
        issuer_printed=_optional(table, "issuer"),
        region_printed=_optional(table, "region"),
        body_printed=_optional(table, "body"),
        decision_no=_optional(table, "decision_no"),
        decision_date=_optional(table, "decision_date"),
    )


def _section(table: Mapping[str, object], section: str, name: str) -> Mapping[str, object]:
    value = table.get(section, {})
    if not isinstance(value, Mapping):
        raise _invalid(name, "Layout {name}: [{value}] is not a table.", section)
    return value


def _strings(table: Mapping[str, object], section: str, name: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for entry, values in _section(table, section, name).items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise _invalid(
                name, "Layout {name}: {value} is not a list of strings.", f"{entry} in [{section}]"
            )
        found[entry] = tuple(values)
    return found


def _optional(table: Mapping[str, object], entry: str) -> str | None:
    return str(table[entry]) if entry in table else None


def _text(table: Mapping[str, object], entry: str, file: str) -> str:
    value = table.get(entry)
    if not isinstance(value, str) or not value:
        raise _invalid(file, "Layout {name}: {value} is missing.", entry)
    return value


def _invalid(name: str, message: str, value: object = None) -> RegistryError:
    return RegistryError("layout_invalid", message, name=name, value=value)


def conflict(names: Sequence[str], sheet: str) -> FileRefused:
    """What is raised where two layouts claim one sheet: both are named, neither is taken."""
    return FileRefused(
        "layouts_conflict",
        "Sheet {sheet}: the layouts {layouts} both claim it; choose one with --layout.",
        sheet=sheet,
        layouts=", ".join(sorted(names)),
    )
