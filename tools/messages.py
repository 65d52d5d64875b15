"""Bring the catalogs in step with the source: gather the messages, update the .po files, compile the .mo.

Run by `make messages`. `--check` changes nothing and fails when a message has no translation or one that
names other placeholders, when a translation is marked fuzzy, when one stands for a message that is gone,
when a text is put together before it is translated, or when a compiled catalog is not what its .po makes.

Two catalogs lie in `src/homeregistry/locale`: `homeregistry` with our own messages, and `click` with those
of the Click library, which has no translations of its own. Of Click's, extra ones are kept: what it says
changes from version to version, and the catalog serves all that the package allows.
"""

import argparse
import ast
import csv
import io
import re
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from message_sources import Found, messages_of

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src" / "homeregistry"
LOCALE: Final = SOURCE / "locale"
LANGUAGES: Final = ("zh",)
_HEADER: Final = "# Messages of homeregistry. Update with: make messages\n#"
_SYSTEM: Final = (
    "Permission denied", "No such file or directory", "Is a directory", "Not a directory", "File exists",
    "No space left on device", "Read-only file system", "File name too long", "Input/output error",
    "Too many open files", "Device or resource busy", "Operation not permitted", "Broken pipe",
)  # fmt: skip
"""What the operating system says most often when it refuses; shown inside our own sentences."""


@cache
def our_messages() -> Found:
    """What the package may show: the texts in its source, and the codes that it shows as words."""
    found = messages_of(SOURCE, "homeregistry")
    for place, words in _vocabularies():
        found.add(words, (place, 0))
    return found


def _vocabularies() -> Iterator[tuple[str, list[str]]]:
    """Codes that reach people through a variable: fields, dimensions, events, formats, counts of a batch."""
    from dataclasses import fields
    from typing import get_args

    from homeregistry.cli.database import _LIVE
    from homeregistry.events.titles import TitleEvent
    from homeregistry.queries import DIMENSIONS
    from homeregistry.readers.formats import FORMATS
    from homeregistry.records import ListOptions
    from homeregistry.reporting import ReportOptions
    from homeregistry.reviewing.workbook import CHOICES
    from homeregistry.vocabulary import FIELDS, OUTCOMES

    yield "vocabulary.py", [*FIELDS, *FIELDS.values(), *OUTCOMES, "not_data", "recognitions"]
    yield "queries/requests.py", [*DIMENSIONS, *(f"{name}_code" for name in DIMENSIONS[1:5]), "count"]
    yield "readers/formats.py", [form.title for form in FORMATS.values()]
    yield (
        "events",
        [f"{event} (withdrawn)" for event in (*get_args(TitleEvent), "renamed", "merged", "closed")],
    )
    yield "events", [*get_args(TitleEvent), "renamed", "merged", "closed", "recognition", "recipient"]
    yield "importing/batches.py", ["list", "report", "committed", "undone"]
    yield "records.py", [one.name for one in (*fields(ListOptions), *fields(ReportOptions))]
    yield "cli/batch.py", ["sha256"]
    yield "reviewing/workbook.py", [*CHOICES, "placed", "review", "same_as", "other_name"]
    yield "cli/database.py", ["yes", "no", *_LIVE, "initialised", "schema_needed", "reference_digest"]
    yield "cli/database.py", [f"last_batch_{name}" for name in ("id", "file", "purpose", "actor", "at")]
    yield "cli", ["OPTIONS", "COMMAND", "ARGS", "TEXT", "INTEGER", "INTEGER RANGE", "PATH", "FILE"]
    yield "data/region_changes.csv", list(_bases())
    yield "operating system", list(_SYSTEM)


def _bases() -> Iterator[str]:
    """Our own notes among what changes of regions rest on: those that hold a word in small letters."""
    with (SOURCE / "data" / "region_changes.csv").open(encoding="utf-8", newline="") as stream:
        texts = {part for row in csv.DictReader(stream) for part in row["basis"].split(": ", 1)}
    return (text for text in sorted(texts) if re.search(r"[a-z]{3}", text))


def click_messages() -> Iterator[str | tuple[str, str]]:
    """The messages of the installed Click: its calls of gettext, plural ones as pairs."""
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if node.func.id == "_" and texts:
                yield texts[0]
            elif node.func.id == "ngettext" and len(texts) == 2:
                yield texts[0], texts[1]


def template(domain: str) -> Catalog:
    """All messages of a domain, without translations."""
    made = Catalog(domain=domain, header_comment=_HEADER)
    if domain == "click":
        for text in click_messages():
            made.add(text)
        made.add("required")
        return made
    for text, places in our_messages().messages.items():
        made.add(text, locations=[(file, line) for file, line in places if line] or [(places[0][0], 1)])
    return made


def read_catalog(domain: str, language: str) -> Catalog:
    """A catalog as it stands."""
    path = _po(domain, language)
    if not path.exists():
        return Catalog(locale=language, domain=domain, header_comment=_HEADER)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain=domain)


def _po(domain: str, language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def update(catalog: Catalog, wanted: Catalog) -> None:
    """Add new messages; a translation whose message is gone stays as obsolete, and returns with it.

    Click's catalog keeps what the installed version does not say: other versions do.
    """
    kept = {m.id: m for m in [*catalog, *catalog.obsolete.values()] if m.id}
    catalog.obsolete.clear()
    catalog.update(wanted, no_fuzzy_matching=True)
    for text, one in kept.items():
        if text in catalog:
            catalog[text].string = one.string
            catalog.obsolete.pop(text, None)
        elif catalog.domain == "click":
            catalog.add(text, one.string)
            catalog.obsolete.pop(text, None)
        else:
            catalog.obsolete[text] = one


def po_bytes(catalog: Catalog) -> bytes:
    """A catalog as text: sorted by message, no line numbers, no date, so that a change shows alone."""
    for message in catalog:
        message.locations = sorted({(file, 0) for file, _line in message.locations})
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, sort_output=True, include_lineno=False, omit_header=True)
    head = (
        f'{_HEADER}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Language: {catalog.locale}\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return head.encode() + stream.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """A catalog compiled: only what gettext reads, the same bytes for the same translations."""
    plain = Catalog(locale=catalog.locale, domain=catalog.domain)
    for message in catalog:
        if message.id and message.string:
            plain.add(message.id, message.string)
    stream = io.BytesIO()
    write_mo(stream, plain)
    dated = rb"(POT-Creation|PO-Revision)-Date: [^\n]{16}(?=[+-])"
    return re.sub(dated, rb"\1-Date: 2000-01-01 00:00", stream.getvalue())


def placeholders(text: str) -> set[str]:
    """The names of `{named}` places; Click's `%(named)s` too."""
    named = {part[1] for part in string.Formatter().parse(text) if part[1]}
    return named | set(re.findall(r"%\((\w+)\)", text))


def faults(domain: str, language: str) -> Iterator[str]:
    """What is wrong with a catalog, a line each."""
    catalog = read_catalog(domain, language)
    wanted = {message.id for message in template(domain) if message.id}
    held: dict[Any, Any] = {message.id: message for message in catalog if message.id}
    yield from (f"missing: {text!r}" for text in wanted if text not in held)
    for text, message in held.items():
        translated = message.string if isinstance(message.string, str) else "".join(message.string)
        if text not in wanted and domain != "click":
            yield f"of no message any more: {text!r}"
        elif not translated:
            yield f"not translated: {text!r}"
        elif message.fuzzy:
            yield f"fuzzy: {text!r}"
        elif domain != "click" and placeholders(text) != placeholders(translated):
            yield f"other placeholders: {text!r}"
    yield from (f"of no message any more: {text!r}" for text in catalog.obsolete if domain != "click")
    compiled = _po(domain, language).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != mo_bytes(catalog):
        yield f"{compiled.name} is not what {compiled.stem}.po makes"


def check() -> list[str]:
    """Everything that is wrong with the catalogs and with the way messages are written."""
    joined = [f"put together before it is translated: {file}:{line}" for file, line in our_messages().joined]
    return [
        *joined,
        *(
            f"{language}/{domain}: {fault}"
            for language in LANGUAGES
            for domain in ("homeregistry", "click")
            for fault in faults(domain, language)
        ),
    ]


def main() -> int:
    """Update, or check with `--check`; 1 when something is left to do."""
    parser = argparse.ArgumentParser(description="Update the message catalogs, or check them.")
    parser.add_argument("--forget", action="store_true", help="drop translations whose message is gone")
    parser.add_argument("--check", action="store_true", help="change nothing, fail when something is wrong")
    said = parser.parse_args()
    if not said.check:
        for language in LANGUAGES:
            for domain in ("homeregistry", "click"):
                catalog = read_catalog(domain, language)
                update(catalog, template(domain))
                if said.forget:
                    catalog.obsolete.clear()
                path = _po(domain, language)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(po_bytes(catalog))
                path.with_suffix(".mo").write_bytes(mo_bytes(read_catalog(domain, language)))
    found = check()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
