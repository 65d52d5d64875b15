"""What an export says of itself so that anybody can check it: how it was asked for, what it is a picture of.

The digest of the content is the SHA-256 of the manifest's own canonical JSON without that digest; the
manifest holds the digest of every page, so that one digest stands for every cell.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from homeregistry.digests import canonical, sha256_text
from homeregistry.exports.pages import Page, Value

MAGIC: Final = "homeregistry-export"
FORMAT: Final = 3
"""Rises when the same revision and options give other pages: older files are then checked by themselves."""


@dataclass(frozen=True, slots=True)
class PageSum:
    """One page: its name, how many lines and records it has, the digest of its cells."""

    name: str
    lines: int
    records: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """See the module. `reference` is the digest of the packaged region and kind tables."""

    what: str
    format: int
    options: Mapping[str, Any]
    revision: int
    audit_head: str
    reference: str
    pages: tuple[PageSum, ...]

    @property
    def content_sha256(self) -> str:
        """The one digest that stands for the whole file."""
        return sha256_text(canonical(self._own()))

    def _own(self) -> dict[str, Any]:
        return {
            "export": self.what, "format": self.format, "options": dict(self.options),
            "revision": self.revision, "audit_head": self.audit_head, "reference": self.reference,
            "pages": [
                {"name": p.name, "lines": p.lines, "records": p.records, "sha256": p.sha256}
                for p in self.pages
            ],
        }  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """As the sidecar and JSON lines hold it."""
        return {**self._own(), "content_sha256": self.content_sha256}

    def lines(self) -> Iterator[tuple[Value, ...]]:
        """As a workbook or .csv holds it: a name and a value a line, every page a line."""
        yield (MAGIC, self.what)
        yield ("format", self.format)
        yield ("options", canonical(dict(self.options)))
        yield ("revision", self.revision)
        yield ("audit_head", self.audit_head)
        yield ("reference", self.reference)
        for page in self.pages:
            yield ("page", page.name, page.lines, page.records, page.sha256)
        yield ("content_sha256", self.content_sha256)


def of_pages(
    what: str, options: Mapping[str, Any], stand: tuple[int, str], reference: str, pages: Sequence[Page]
) -> Manifest:
    """The manifest of finished pages; `stand` is the registry's revision and head."""
    sums = tuple(PageSum(p.shape.name, p.lines, p.records, p.digest.hexdigest()) for p in pages)
    return Manifest(what, FORMAT, options, stand[0], stand[1], reference, sums)


@dataclass(frozen=True, slots=True)
class Stated:
    """A manifest as a file states it, and the digest that it states beside it."""

    manifest: Manifest
    content_sha256: str

    @property
    def consistent(self) -> bool:
        """Whether the digest is the manifest's own."""
        return self.content_sha256 == self.manifest.content_sha256


def from_json(found: Mapping[str, Any]) -> Stated:
    """A manifest from a sidecar or a JSON line. Raises ValueError, KeyError or TypeError where it is none."""
    pages = tuple(
        PageSum(str(p["name"]), int(p["lines"]), int(p["records"]), str(p["sha256"])) for p in found["pages"]
    )
    manifest = Manifest(
        str(found["export"]), int(found["format"]), dict(found["options"]), int(found["revision"]),
        str(found["audit_head"]), str(found["reference"]), pages,
    )  # fmt: skip
    return Stated(manifest, str(found["content_sha256"]))


def from_lines(lines: Sequence[Sequence[object]]) -> Stated:
    """A manifest from its lines. Raises ValueError, KeyError or TypeError where they are none."""
    found: dict[str, Any] = {"pages": []}
    for line in lines:
        name, *values = line
        if name == MAGIC:
            found["export"] = values[0]
        elif name == "options":
            found["options"] = json.loads(str(values[0]))
        elif name == "page":
            title, count, records, digest = values[:4]
            found["pages"].append({"name": title, "lines": count, "records": records, "sha256": digest})
        elif values:
            found[str(name)] = values[0]
    return from_json(found)
