"""One export from its question to the file in its place: written aside, checked, listed in the log, renamed.

The order matters: the sidecar of an older file goes first and the new one comes last, so that a file never
stands beside the manifest of another; the log has the export before anybody can hold it.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from homeregistry.exports.books import Book, writing_book
from homeregistry.exports.checks import ChecksFailedError, Failing
from homeregistry.exports.made import Made
from homeregistry.exports.manifest import Manifest, of_pages
from homeregistry.exports.options import ExportOptions, Stand
from homeregistry.exports.records import FORMS as RECORD_FORMS
from homeregistry.exports.records import write_records_export
from homeregistry.exports.tally import FORMS as TALLY_FORMS
from homeregistry.exports.tally import write_tally_export
from homeregistry.i18n import speaking
from homeregistry.reference import packaged_digest
from homeregistry.targets import Draft, drafting
from homeregistry.verifying import verify

Write = Callable[[Connection, ExportOptions, Stand, Book, Sequence[Failing], str], Made]


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of export: how its pages are written, in which formats (.csv bare where it is one table)."""

    write: Write
    forms: tuple[str, ...]
    plain: bool = False


EXPORTS: Final[dict[str, Export]] = {
    "tally": Export(lambda c, o, s, b, f, _form: write_tally_export(c, o, s, b, f), TALLY_FORMS),
    "records": Export(write_records_export, RECORD_FORMS, plain=True),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file in its place: what its manifest says, how many records it lists, which checks failed."""

    out: Path
    manifest: Manifest
    records: int
    failing: tuple[Failing, ...]


def export_file(
    connection: Connection, what: str, options: ExportOptions, stand: Stand, place: tuple[Path, str],
    log: Callable[[Manifest], None],
) -> Exported:  # fmt: skip
    """Write one export to `place` (a path and a format). `log` lists it before it is put in its place.

    Raises ChecksFailedError when a check fails and the options do not ask for findings, FileRefused when
    the place cannot be written.
    """
    out, form = place
    with drafting(out) as draft:
        manifest, made = draft_export(
            (connection, what, failing_of(connection)), options, stand, (draft, form)
        )
        aside = draft.folder / "manifest"
        text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=2) + "\n"
        aside.write_text(text, encoding="utf-8", newline="\n")
        draft.settle()  # a full disk refuses here, while the older file still has its manifest beside it
        log(manifest)
        side = sidecar(out)
        side.unlink(missing_ok=True)
        draft.publish()
        os.replace(aside, side)
    return Exported(out, manifest, made.records, made.failing)


def failing_of(connection: Connection) -> list[Failing]:
    """What the registry's own checks find, in the way exports list it."""
    return [Failing(f.code, f.message, f.params, f.where) for f in verify(connection).findings]


def draft_export(
    source: tuple[Connection, str, Sequence[Failing]], options: ExportOptions, stand: Stand,
    place: tuple[Draft, str],
) -> tuple[Manifest, Made]:  # fmt: skip
    """Write an export to a draft, checked, without putting it anywhere.

    `source` is the registry, the export's name, and what the registry's own checks found.
    """
    (connection, what, failing), (draft, form) = source, place
    kind = EXPORTS[what]
    with speaking(options.language), writing_book(draft, form, kind.plain) as book:
        made = kind.write(connection, options, stand, book, failing, form)
        if made.failing and not options.with_findings:
            raise ChecksFailedError(made.failing)
        said = replace(options, with_findings=bool(made.failing))  # asked for in vain it changes no byte
        manifest = of_pages(what, said.to_json(), (stand.revision, stand.head), packaged_digest(), made.pages)
        book.close(manifest)
    return manifest, made


def sidecar(out: Path) -> Path:
    """Where the manifest of an export stands beside it."""
    return out.with_name(f"{out.name}.manifest.json")
