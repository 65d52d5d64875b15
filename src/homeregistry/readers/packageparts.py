"""The directory parts of an .xlsx or .xlsb: which sheets there are, in which part, and who is hidden."""

import posixpath
from dataclasses import dataclass
from typing import Final

from homeregistry.readers import limits
from homeregistry.readers.container import Container, local
from homeregistry.readers.refusals import refuse

_RELATIONS: Final = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of a workbook package and the part that holds it."""

    name: str
    part: str
    hidden: bool


def main_part(container: Container, usual: str) -> str:
    """The name of the package's main part: by its relation, else the usual name if that exists."""
    if _RELATIONS in container:
        for relation in container.xml(_RELATIONS):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = relation.get("Target", "").replace("\\", "/").lstrip("/")
                if target in container:
                    return target
    if usual in container:
        return usual
    raise refuse("missing_part", part=usual)


def relations(container: Container, part: str, kind: str = "") -> dict[str, str]:
    """Relation ids of a part to the part names they lead to; only types that end in `kind`."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", name + ".rels")
    if source not in container:
        return {}
    found = {}
    for relation in container.xml(source):
        target = relation.get("Target", "").replace("\\", "/")
        if relation.get("TargetMode") == "External" or not relation.get("Type", "").endswith(kind):
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[relation.get("Id", "")] = posixpath.normpath(path)
    return found


def sheet_parts(container: Container) -> tuple[list[SheetPart], bool]:
    """The sheets of an .xlsx in workbook order, and whether a sheet of macros was left out.

    Such a module of an old workbook is named among the sheets, has no part, and stops calamine. Raises
    FileRefused when the directory is damaged.
    """
    part = main_part(container, "xl/workbook.xml")
    targets = relations(container, part)
    found: list[SheetPart] = []
    modules = False
    for element in container.xml(part).iter():
        if local(element.tag) != "sheet":
            continue
        identity = next((v for k, v in element.attrib.items() if local(k) == "id"), "")
        if not identity:
            modules = True
            continue
        state = element.get("state", "visible")
        name, target = element.get("name", ""), targets.get(identity)
        if target is None or target not in container:
            raise refuse("missing_part", part=name)
        found.append(SheetPart(name, target, state != "visible"))
        if len(found) > limits.SHEETS:
            raise refuse("sheets", count=len(found), limit=limits.SHEETS)
    return found, modules
