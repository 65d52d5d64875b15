"""`verify`: prove that nothing was altered, or say in one line each what is wrong and where."""

import json
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeregistry.cli.output import emit, format_option, tell
from homeregistry.cli.session import location, opened
from homeregistry.cli.wording import TranslatedCommand
from homeregistry.errors import EXIT_DONE, EXIT_WAITING, FileRefused, UsageMistake
from homeregistry.i18n import sentence
from homeregistry.words.labels import label
from homeregistry.words.times import time_words

if TYPE_CHECKING:
    from homeregistry.verifying import Report
    from homeregistry.verifying.findings import Place
    from homeregistry.witness import Claim


@click.command(
    cls=TranslatedCommand,
    help="Prove that nothing was altered: the audit chain, every row, links, sums and stored files.\n\n"
    "Exit 3 when something is wrong. A cut tail or an older copy shows against the exports that left: "
    "against their log, or against a head or file that you give.",
)
@click.option(
    "--head", metavar="HASH", help="A head digest, as an export prints it, that must be in the chain."
)
@click.option(
    "--against", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
    help="An export, its manifest or a backup, whose revision and head must be in the chain.",
)  # fmt: skip
@format_option
@click.pass_context
def verify(ctx: click.Context, head: str | None, against: tuple[Path, ...], format_: str) -> int:
    """Check, print, and exit 3 when there are findings."""
    from homeregistry.verifying import verify as check
    from homeregistry.witness import recall

    claims = [claim_of(path) for path in against]
    if head is not None:
        claims.append(_claimed(head))
    remembered = recall(location(ctx))
    if remembered is not None:
        claims.append(remembered)
    with opened(ctx) as connection:
        report = check(connection, claims)
    show(report, format_)
    return EXIT_DONE if report.ok else EXIT_WAITING


def _lines(report: "Report") -> list[tuple[str, str, str]]:
    return [(f.code, f.where, sentence(f.message, f.params)) for f in report.findings]


def as_json(report: "Report") -> dict[str, Any]:
    """A report as the contract has it."""
    return {
        "ok": report.ok,
        "findings": [{"code": c, "where": where, "message": text} for c, where, text in _lines(report)],
        "revision": report.revision,
        "head": report.head,
        "checked": report.checked,
    }


def show(report: "Report", format_: str) -> None:
    """Print a report: its findings a line each and what to do, or that there are none."""
    from homeregistry.verifying.findings import MENDED_ANEW

    lines = _lines(report)
    if format_ != "table":
        emit(format_, as_json(report), ("code", "where", "message"), lines)
        return
    for finding in report.findings:
        said = {"name": _place_words(finding.place), "value": sentence(finding.message, finding.params)}
        tell("{name}: {value}", **said)
    if report.ok:
        tell(
            "Nothing was altered. Audit entries checked: {entries}, rows: {rows}; revision {revision}, "
            "head {head}",
            entries=report.checked.get("audit_entry", 0),
            rows=sum(count for table, count in report.checked.items() if table != "audit_entry"),
            revision=report.revision,
            head=report.head,
        )
    else:
        tell("Findings at revision {revision}: {count}", count=len(lines), revision=report.revision)
        if any(finding.code not in MENDED_ANEW for finding in report.findings):
            tell("Leave this database as it is, as evidence, and work on from the last good backup: "
                 "homeregistry --db OTHER restore BACKUP. Which batch a revision wrote, and from which file: "
                 "homeregistry batch list")  # fmt: skip


def _place_words(place: "str | Place") -> str:
    """A place in the language spoken, a moment by the local clock."""
    if isinstance(place, str):
        return place
    params = dict(place.params)
    if "what" in params:
        params |= {"at": time_words(str(params["at"])), "what": label("action", params["what"])}
    return sentence(place.message, params)


def claim_of(path: Path) -> "Claim":
    """What an export, its manifest or a backup says of the registry: its revision and head."""
    from homeregistry.witness import Claim

    try:
        found = _manifest_of(path)
        return Claim(path.name, int(found["revision"]), str(found["audit_head"]))
    except FileNotFoundError:
        raise FileRefused("no_such_file", "{file} does not exist.", file=str(path)) from None
    except (FileRefused, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise FileRefused(
            "not_a_manifest", "{file} is no export, no manifest of one and no backup.", file=str(path)
        ) from None


def _manifest_of(path: Path) -> Any:
    """The manifest that a file is, or that it holds."""
    from homeregistry.exports.reading import read_export

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if "manifest.json" in archive.namelist():
                return json.loads(archive.read("manifest.json"))
    else:
        with suppress(ValueError):
            found = json.loads(path.read_bytes())
            if "revision" in found:
                return found
    stated = read_export(path).stated
    if stated is None or not stated.consistent:
        raise ValueError(path)
    return stated.manifest.to_json()


def _claimed(head: str) -> "Claim":
    """The head that somebody gives. Raises UsageMistake for what can be none: that accuses nobody."""
    from homeregistry.witness import Claim

    mark = head.strip().lower()
    if not re.fullmatch("[0-9a-f]{64}", mark):
        raise UsageMistake(
            "bad_head", "“{value}” is no head digest; it has 64 characters, 0-9 and a-f, as printed.",
            value=head,
        )  # fmt: skip
    return Claim("--head", None, mark)
