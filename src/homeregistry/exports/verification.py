"""`verify-export`: an export against itself (every cell against the manifest), and against the registry.

Against the registry the same export is made again, of the same revision, and compared cell by cell; then
what has happened since to the records it lists is named.
"""

import filecmp
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import Connection

from homeregistry.errors import NotFound, RegistryError
from homeregistry.exports.checks import Failing
from homeregistry.exports.log import times_logged
from homeregistry.exports.making import EXPORTS, draft_export, failing_of
from homeregistry.exports.manifest import FORMAT, Manifest
from homeregistry.exports.options import ExportOptions, Stand, options_from_json, stand_of
from homeregistry.exports.reading import ReadExport, differing_cells, read_export
from homeregistry.grid import column_letter
from homeregistry.i18n import sentence
from homeregistry.queries.listing import recognitions
from homeregistry.reference import packaged_digest
from homeregistry.targets import drafting

MOST: Final = 20
"""Altered cells named of one page; more are only counted as “and more”."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit: a code, an English message id and its values."""

    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Code, values and the sentence."""
        return {"code": self.code, **self.params, "message": sentence(self.message, self.params)}


@dataclass(slots=True)
class Since:
    """What happened to the records of an export since its revision: names by what happened."""

    revision: int
    revoked: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def kinds(self) -> Iterator[tuple[str, list[str]]]:
        """What happened and to whom, without what did not happen."""
        for name in ("revoked", "restored", "added", "removed"):
            names = getattr(self, name)
            if names:
                yield name, names


@dataclass(slots=True)
class Verdict:
    """What checking came to. `against` is self, or registry where the registry was asked too;
    `same_bytes` is whether the registry gives the very same file."""

    path: Path
    form: str
    manifest: Manifest
    content_sha256: str
    findings: list[Finding] = field(default_factory=list)
    against: str = "self"
    same_bytes: bool = False
    since: Since | None = None
    logged: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; what happened since is not wrong."""
        return not self.findings

    def to_json(self) -> dict[str, Any]:
        """The result for programs."""
        since = self.since
        return {
            "file": str(self.path), "export": self.manifest.what, "revision": self.manifest.revision,
            "audit_head": self.manifest.audit_head, "content_sha256": self.content_sha256, "ok": self.ok,
            "against": self.against, "same_bytes": self.same_bytes,
            "findings": [one.to_json() for one in self.findings],
            "notes": [one.to_json() for one in self.notes], "logged": self.logged,
            "since": {"revision": since.revision, **dict(since.kinds())} if since else None,
        }  # fmt: skip


def verify_file(path: Path) -> Verdict:
    """Check a file against itself. Raises FileRefused for one that is no export."""
    read = read_export(path)
    stated = read.stated or read.beside
    assert stated is not None
    verdict = Verdict(path, read.form, stated.manifest, stated.content_sha256)
    verdict.findings += _against_itself(read)
    return verdict


def _against_itself(read: ReadExport) -> Iterator[Finding]:
    stated = read.stated or read.beside
    assert stated is not None
    if read.stated is None:
        yield Finding("manifest_missing", "The file has lost its own manifest; the one beside it was used.")
    elif not read.stated.consistent:
        yield Finding("manifest_altered", "The manifest in the file was altered: its digest does not fit.")
    if read.stated and read.beside and read.stated != read.beside:
        yield Finding("sidecar_differs", "The manifest beside the file is not the one in it.")
    pages = stated.manifest.pages
    names = [page.name for page in pages]
    found = {page.name: page for page in read.pages}
    if len(read.pages) == 1 and len(pages) == 1:
        found = {names[0]: read.pages[0]}
    for name in [page.name for page in read.pages if page.name and page.name not in names]:
        yield Finding("page_added", "The sheet “{page}” is none of the export's.", {"page": name})
    for page in pages:
        if page.name not in found:
            yield Finding("page_missing", "The sheet “{page}” is missing.", {"page": page.name})
        elif found[page.name].lines != page.lines:
            yield Finding(
                "lines_differ", "The sheet “{page}” has {found} lines, {expected} were written.",
                {"page": page.name, "found": found[page.name].lines, "expected": page.lines},
            )  # fmt: skip
        elif found[page.name].sha256 != page.sha256:
            yield Finding("page_altered", "Cells of the sheet “{page}” were altered.", {"page": page.name})


def verify_against_registry(verdict: Verdict, connection: Connection) -> None:
    """Hold a checked file against the registry, and say what happened since; adds to the verdict."""
    verdict.against = "registry"
    manifest = verdict.manifest
    try:
        stand = stand_of(connection, manifest.revision)
    except NotFound:
        verdict.findings.append(
            Finding(
                "revision_unknown", "The registry has no revision {revision}: it is another one, or was cut.",
                {"revision": manifest.revision},
            )
        )  # fmt: skip
        return
    if stand.head != manifest.audit_head:
        verdict.findings.append(
            Finding(
                "head_differs", "At revision {revision} the registry's head is another one: it is another "
                "registry, or was altered.", {"revision": manifest.revision},
            )
        )  # fmt: skip
        return
    verdict.logged = times_logged(connection, verdict.content_sha256)
    try:
        options = options_from_json(manifest.options, manifest.revision)
    except (ValueError, KeyError, TypeError):
        verdict.findings.append(Finding("options_altered", "The options in the manifest cannot be read."))
        return
    if manifest.format != FORMAT or manifest.reference != packaged_digest() or manifest.what not in EXPORTS:
        verdict.notes.append(
            Finding("other_program", "Made by another version of the program or its region tables; the cells "
                    "were not compared with the registry.")
        )  # fmt: skip
    else:
        verdict.findings += _against_again(verdict, connection, options, stand)
        if verdict.ok and not verdict.same_bytes:
            verdict.notes.append(
                Finding(
                    "saved_again",
                    "The cells are what was written, the bytes are not: the file was saved again, or "
                    "libraries differ. How it looks was not compared.",
                )
            )
    verdict.since = _since(connection, options)


def _against_again(
    verdict: Verdict, connection: Connection, options: ExportOptions, stand: Stand
) -> Iterator[Finding]:
    """Make the export again and compare; the cells of a page that differs are named.

    Where the registry fails its own checks by now, a file that left before that is not blamed for it: it is
    compared with what the registry would have given without those findings.
    """
    failing = failing_of(connection)
    if failing:
        yield Finding(
            "registry_fails",
            "The registry itself fails {count} of its checks by now; see: homeregistry verify",
            {"count": len(failing)},
        )  # fmt: skip
        found = list(_made_again(verdict, (connection, failing), options, stand))
        if not found:
            return
    yield from _made_again(verdict, (connection, ()), options, stand)


def _made_again(
    verdict: Verdict, source: tuple[Connection, Sequence[Failing]], options: ExportOptions, stand: Stand
) -> Iterator[Finding]:
    import tempfile

    (connection, failing), manifest, form = source, verdict.manifest, verdict.form
    with tempfile.TemporaryDirectory() as folder, drafting(Path(folder) / f"again.{form}") as draft:
        try:
            again, _made = draft_export(
                (connection, manifest.what, failing), replace(options, with_findings=True), stand,
                (draft, form),
            )  # fmt: skip
        except RegistryError as error:
            yield Finding(error.code, error.message, error.params)
            return
        verdict.same_bytes = filecmp.cmp(verdict.path, draft.path, shallow=False)
        stated = {page.name: page.sha256 for page in manifest.pages}
        altered = {
            str(one.params["page"])
            for one in verdict.findings
            if one.code in ("page_altered", "lines_differ")
        }
        for place, page in enumerate(again.pages):
            if stated.get(page.name) != page.sha256 or page.name in altered:
                yield from _cells(verdict.path, draft.path, place, page.name)
        for name in stated.keys() - {page.name for page in again.pages}:
            yield Finding("page_added", "The sheet “{page}” is none of the export's.", {"page": name})


def _cells(path: Path, again: Path, place: int, name: str) -> Iterator[Finding]:
    cells = differing_cells(path, again, place)
    for row, column, found, expected in islice(cells, MOST):
        yield Finding(
            "cell_altered", "{page} {cell}: the file has “{found}”, the registry “{expected}”.",
            {"page": name, "cell": f"{column_letter(column)}{row + 1}", "found": _shown(found),
             "expected": _shown(expected)},
        )  # fmt: skip
    if next(cells, None) is not None:
        yield Finding("more_cells_altered", "{page}: more cells differ.", {"page": name})


def _shown(value: object) -> str | int | None:
    if isinstance(value, dict):
        return str(next(iter(value.values())))
    return value if isinstance(value, str | int) else None if value is None else str(value)


def _since(connection: Connection, options: ExportOptions) -> Since | None:
    """What a listing of the same question says now that it did not say then; None where nothing."""
    request = options.request
    now = stand_of(connection)
    if now.revision == request.filters.revision:
        return None
    then = _standing(connection, options, request.filters.revision)
    today = _standing(connection, options, now.revision)
    since = Since(now.revision)
    for number, (name, revoked) in then.items():
        if number not in today:
            since.removed.append(name)
        elif today[number][1] and not revoked:
            since.revoked.append(name)
        elif revoked and not today[number][1]:
            since.restored.append(name)
    since.added = [name for number, (name, _revoked) in today.items() if number not in then]
    return since


def _standing(
    connection: Connection, options: ExportOptions, revision: int | None
) -> dict[int, tuple[str, bool]]:
    """Every recognition of the question at a revision, whatever its standing, with whether it was revoked."""
    request = options.request
    request = replace(request, measure="awards", filters=replace(request.filters, revision=revision))
    return {one["id"]: (one["name"], one["status"] == "revoked") for one in recognitions(connection, request)}


__all__ = ["Finding", "Since", "Verdict", "verify_against_registry", "verify_file"]
