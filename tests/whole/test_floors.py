"""Imports point downward: floors, no cycles, pure lower floors, one noun per file."""

import ast
import sys
from functools import cache
from pathlib import Path

from places import DOCS, PACKAGE

FLOOR_OF: dict[int, str] = {
    0: "digests documents errors grid industries kinds last_days numerals packaged patterns problems records "
    "regions stated_figure stated_years tables text vocabulary widths years",
    1: "bodies charts comparing count_tables figures headings layouts lists personal recipients resolving "
    "tiers",
    2: "backups bulk closed_years database deciding i18n ids ledger models readers reference renumbered "
    "schema settings source_blocks tally targets witness",
    3: "closing correcting events exports importing queries recognitions reconciling reporting reviewing "
    "verifying words",
    4: "cli __main__",
}
FLOORS = {name: number for number, names in FLOOR_OF.items() for name in names.split()}
"""Every module of the package (a folder is one) and its floor; the version stands in `__init__`."""

PURE = {"cn2an", "stdnum", "rapidfuzz", "orjson"}
"""What floors 0 and 1 may import beside the standard library."""

LINES = 450
"""A longer file has two nouns in it."""


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def module(path: Path) -> str:
    """The dotted name below the package: `importing.pipeline`, `text`, `` for the package itself."""
    parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor(name: str) -> int:
    return FLOORS[name.split(".")[0]]


@cache
def modules() -> dict[str, Path]:
    return {module(path): path for path in files()}


def imports(path: Path) -> set[str]:
    """Full names of what a file imports anywhere in it, for the types alone too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def inner(path: Path) -> set[str]:
    """The modules of the package that a file imports, as precisely as it names them."""
    named = {name.removeprefix("homeregistry.") for name in imports(path) if name.startswith("homeregistry.")}
    return {name for name in named if name in modules()}


def test_every_module_stands_on_a_floor() -> None:
    top = {name.split(".")[0] for name in modules()} - {""}
    assert top <= set(FLOORS), f"name the floor of {sorted(top - set(FLOORS))} in this test"


def test_the_picture_shows_every_module_on_its_floor() -> None:
    picture = _text(DOCS / "architecture.svg")
    bands = picture[: picture.index("The road of a file")].split("<rect")[2:7]  # the first is the paper
    for band, number in zip(bands, (4, 3, 2, 1, 0), strict=True):
        missing = {name for name in FLOOR_OF[number].split() if name != "__main__" and name not in band}
        assert not missing, f"floor {number} of docs/architecture.svg lacks {sorted(missing)}"


def standing() -> list[tuple[str, Path]]:
    """Modules whose floor is known (the test above names the others)."""
    return [(name, path) for name, path in modules().items() if name.split(".")[0] in FLOORS]


def test_imports_point_downward() -> None:
    upward = [
        f"{here} (floor {floor(here)}) imports {name}"
        for here, path in standing()
        for name in inner(path)
        if name.split(".")[0] in FLOORS and floor(name) > floor(here)
    ]
    assert not upward


def test_the_lower_floors_are_pure() -> None:
    allowed = {"homeregistry", *PURE, *sys.stdlib_module_names}
    foreign = [
        f"{here} imports {name}"
        for here, path in standing()
        if floor(here) <= 1
        for name in imports(path)
        if name.split(".")[0] not in allowed
    ]
    assert not foreign


def test_use_cases_make_no_sentences() -> None:
    """What people read is said by `words`, by the pages that leave and by the commands."""
    speaking = {
        here
        for here, path in standing()
        if floor(here) <= 3 and any(name.startswith("homeregistry.i18n.") for name in imports(path))
    }
    assert {name.split(".")[0] for name in speaking} == {"exports", "words"}


def test_there_is_no_cycle() -> None:
    """A cycle of types alone is one too: a value that two modules need stands in neither of them."""
    arrows = {name: inner(path) - {name} for name, path in modules().items() if name}
    for name in arrows:  # a package's own page gathers its parts; its parts do not import the page back
        arrows[name] = {other for other in arrows[name] if not name.startswith(f"{other}.")}
    cycle = find_cycle(arrows)
    assert cycle is None, " -> ".join(cycle or [])


def test_packages_have_no_cycle_either() -> None:
    """Two packages that import each other are one package in two folders, whatever their files do."""
    arrows: dict[str, set[str]] = {}
    for name, path in modules().items():
        top = name.split(".")[0]
        arrows.setdefault(top, set()).update(one.split(".")[0] for one in inner(path))
    cycle = find_cycle({name: others - {name} for name, others in arrows.items() if name})
    assert cycle is None, " -> ".join(cycle or [])


def find_cycle(arrows: dict[str, set[str]]) -> list[str] | None:
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str] | None:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return None
        for other in sorted(arrows.get(name, ())):
            found = walk(other, [*way, name])
            if found:
                return found
        done.add(name)
        return None

    return next((found for name in sorted(arrows) if (found := walk(name, []))), None)


def test_the_search_for_cycles_finds_one() -> None:
    assert find_cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert find_cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) is None


def test_a_file_has_one_noun() -> None:
    long = {module(path): lines for path in files() if (lines := len(_text(path).splitlines())) > LINES}
    assert not long
    vague = {"utils", "helpers", "common", "manager", "misc"}
    assert not vague & {part for name in modules() for part in name.split(".")}


def test_a_file_says_why_it_exists() -> None:
    assert not [module(path) for path in files() if not ast.get_docstring(ast.parse(_text(path)))]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
