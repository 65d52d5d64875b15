"""The data dictionary: every table and column as the models declare them, in `docs/data-dictionary.md`.

python tools/dictionary.py
"""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from homeregistry import models

PAGE = Path(__file__).parent.parent / "docs" / "data-dictionary.md"
_HEAD: Final = """\
# Data dictionary

Made from `src/homeregistry/models` by `tools/dictionary.py`; do not edit. SQLite and PostgreSQL have the
same tables.

Common to all tables:

- Ids are whole numbers given out by the program, not by the database. They grow with the revisions and
  are never used twice.
- `revision_from` is the registry revision that wrote the row, `revision_to` the one that closed it; an
  empty one means that the row is live. A row is not changed in any other way, and not deleted.
- Times are ISO 8601 text in UTC. Dates are text and may be only a year or a month: `2020`, `2020-09`.
- Codes are plain English words; the CHECK of the table lists them.
- JSON columns hold canonical JSON: sorted keys, no spaces.
- A link without a foreign key (where an arrow is missing below) is held by `verify`.
"""
_COMMON: Final = {
    "revision_from": "revision that wrote the row",
    "revision_to": "revision that closed it; empty: live",
    "batch_id": "the import that brought it in",
    "actor": "who did it",
    "at": "when, UTC",
    "reason": "why, in the actor's words",
    "sheet": "sheet of the source file",
    "row_no": "row as the sheet counts, from 1",
    "cell_column": "column letter",
    "kind": "code of the award kind",
    "stars": "stars of a star-rated home",
    "tier": "tier of the title",
    "system": "industry system; empty text: territorial",
    "year_from": "first stated year",
    "year_to": "last stated year",
    "region_id": "region in its interval",
    "name": "name as printed",
    "key": "normal name, equal for all spellings of one name",
    "valid_from": "first day",
    "valid_to": "first day no longer; empty: in force",
    "basis": "document or source it rests on",
    "note": "remark",
    "date": "when it happened",
    "code": "stable code",
    "document_id": "the file",
    "recipient_id": "who",
    "recognition_id": "which recognition",
    "type": "see the rule below",
    "scope": "whom or what area it is about, as printed",
    "declared": "number stated",
    "options": "options of the command (JSON)",
    "file_name": "name of the file",
    "sha256": "digest of the bytes",
    "stated": "the words of the count as printed",
    "decision_no": "number of the decision in normal form",
    "name_printed": "name as printed in the list",
    "region_printed": "place as printed in the list",
}
_OWN: Final = {
    "recipient.block": "first characters of the key",
    "recipient.block_tail": "last characters of the key",
    "recipient.parent_id": "parent union of a sub-unit (unit of a person)",
    "recipient.parent_name": "the same as printed, where it is no recipient itself",
    "recipient.uscc": "unified social credit code, if valid",
    "recipient.union_code": "union statistics code",
    "recipient.ownership": "kind of unit, as printed",
    "recipient_name.cause": "why there is another name",
    "recipient_name.valid_from": "since when it bears the name",
    "award_round.conferring_body_id": "who conferred",
    "award_round.ordinal": "which round it was; 0: not stated",
    "award_round.decision_no": "number of the decision in normal form; empty text: not stated",
    "award_round.decision_date": "date of the decision; empty text: not stated",
    "award_round.decision_printed": "number of the decision as printed",
    "recognition.round_id": "the award: kind, tier, system, body, years, decision",
    "recognition.region_id": "where the recipient was, on the map of the award",
    "recognition.body_id": "who recommended",
    "recognition.detail": "what else the row says of the recipient (JSON)",
    "recipient_event.name": "new name, of a renaming",
    "recipient_event.other_id": "the unit it went into, of a merger",
    "declared_figure.region_code": "code of the scope's region",
    "declared_figure.kind": "code of the kind; empty where one figure covers several",
    "declared_figure.kinds": "codes of all kinds it covers",
    "declared_figure.tier": "tier; empty: not stated",
    "declared_figure.or_above": "1: that tier or a higher one",
    "declared_figure.measure": "what is counted: see the rule below",
    "declared_figure.low": "lower bound; empty: open",
    "declared_figure.high": "upper bound; empty: open",
    "declared_figure.qualifier": "how the number is meant: see the rule below",
    "declared_figure.implied": "1: counted from listed names or an ordinal, not written as a number",
    "declared_figure.part_of": "id of the figure it is a subset of",
    "declared_figure.flags": "what is odd about it (JSON list of problem codes)",
    "declared_figure.quote": "the exact words of the source",
    "declared_figure.span_start": "first code point of the quote in the text",
    "declared_figure.span_end": "code point after its last one",
    "source_document.name": "file name when it first came in",
    "source_document.size": "bytes",
    "source_document.media_type": "what the content is",
    "source_content.content": "the bytes, compressed",
    "import_batch.purpose": "award list, report, or entry by hand in review",
    "import_batch.fingerprint": "digest of file, sheets and options",
    "batch_result.counts": "row counts by outcome (JSON)",
    "batch_result.columns": "columns as understood (JSON)",
    "batch_result.dropped": "columns dropped as personal data (JSON)",
    "batch_result.layouts": "layout of each sheet (JSON)",
    "source_block.first_row": "first row of the block",
    "source_block.last_row": "last row of the block",
    "source_block.row_count": "rows in the block",
    "source_block.content": "the rows, compressed JSON",
    "problem.code": "code of the problem table",
    "problem.severity": "error, warning or note",
    "problem.value": "the raw value",
    "problem.params": "values of the sentence (JSON)",
    "held_row.outcome": "held: waits for a decision; refused: waits for completion",
    "held_row.code": "code of its first problem",
    "held_row.payload": "the entry as read (JSON)",
    "held_row.other_recipient_id": "the recipient it may be the same as",
    "review_decision.pair_key": "the two names, of a decision about a pair",
    "review_decision.held_row_id": "the row decided on",
    "review_decision.decision": "what was decided",
    "review_decision.detail": "what goes with it (JSON)",
    "list_check.declared": "number the list states",
    "list_check.listed": "entries that stand under it",
    "audit_entry.id": "revision that the write made",
    "audit_entry.action": "command",
    "audit_entry.subject": "what it was about: codes and ids, no personal data (JSON)",
    "audit_entry.digest_closed": "table, number and digest of the rows closed",
    "audit_entry.digest_written": "table, number and digest of the rows written",
    "audit_entry.previous_hash": "hash of the entry before; zeros for the first",
    "audit_entry.hash": "SHA-256 over all other columns",
    "export_log.what": "tally or records",
    "export_log.revision": "revision it shows",
    "export_log.head": "audit head it carries",
    "export_log.content_sha256": "digest of its content",
    "registry_user.name": "name for signing in",
    "registry_user.display_name": "name that is shown",
    "registry_user.created_at": "when, UTC",
    "closed_year.year": "the year",
    "finding_note.finding_key": "key of the finding",
    "finding_note.state": "see the rule below",
    "region.code": "GB/T 2260 code",
    "region.name": "official name",
    "region.level": "see the rule below",
    "region.parent_code": "code of the region above",
    "region_change.from_id": "before",
    "region_change.to_id": "after",
    "region_change.extent": "all of it, a part, or only another name",
    "region_change.towns": "townships of a part",
    "union_body.code": "region code, or a code of its own",
    "union_body.kind": "see the rule below",
    "union_body.parent_code": "code of the body above",
    "award_kind.title": "Chinese title",
    "award_kind.title_en": "English words for it",
    "award_kind.recipient_type": "whom it is conferred on",
    "award_kind.verb": "the verb of conferral",
    "award_kind.position": "place in tables",
    "award_title.spelling": "a title as printed",
    "award_title.kinds": "kinds it names; empty: a known other award",
    "name_part.source": "table the names are from",
    "name_part.first_id": "first id of the part",
    "name_part.last_id": "last id of the part",
    "name_gram.gram": "two characters as one number",
    "name_gram.part_id": "the part",
    "name_gram.ids": "packed set of ids",
    "recognition_tally.region_id": "the region as awarded; 0: none",
    "recognition_tally.number": "how many live recognitions",
    "recognition_tally.years": "the same year by year, in order: 2017-2019:1 2020:2",
}
"""What a column holds: by its name everywhere, or by `table.column`, which wins."""

_GROUPS: Final = {
    "facts": "Facts: what the registry says",
    "evidence": "Evidence: where it comes from",
    "trust": "Trust: who did what",
    "reference": "Reference: packaged tables",
    "search": "Search: an index of names",
    "sums": "Sums: what counts are read from",
}
"""Module of `models` to the heading of its tables, in the order of the page."""


def main() -> None:
    PAGE.write_text(dictionary(), encoding="utf-8")


def dictionary() -> str:
    """The whole page."""
    groups = [f"\n## {title}\n" + "".join(_tables(module)) for module, title in _GROUPS.items()]
    return _HEAD + "".join(groups)


def _tables(module: str) -> Iterator[str]:
    classes = [getattr(models, name) for name in models.__all__ if name != "metadata"]
    found = [one for one in classes if one.__module__.removeprefix("homeregistry.models.") == module]
    for one in sorted(found, key=lambda one: inspect.getsourcelines(one)[1]):
        yield _table(one.__table__, inspect.cleandoc(one.__doc__ or ""))


def _table(table: sa.Table, about: str) -> str:
    lines = [f"\n### {table.name}\n", *_paragraphs(about), "| column | type | holds |", "|---|---|---|"]
    for column in table.columns:
        target = "".join(f" → {key.target_fullname}" for key in column.foreign_keys)
        name = f"**{column.name}**" if column.primary_key else column.name
        kind = _type(column) + (", may be empty" if column.nullable else "")
        lines.append(f"| {name} | {kind} | {meaning(table.name, column.name)}{target} |")
    lines += ["", *_rules(table)]
    return "\n".join(lines).rstrip() + "\n"


def meaning(table: str, column: str) -> str:
    """What a column holds. Raises KeyError for one that nobody has described."""
    if column == "id" and table != "audit_entry":
        return "key"
    return _OWN.get(f"{table}.{column}") or _COMMON[column]


def unused() -> set[str]:
    """Descriptions of columns that are no longer there."""
    there = {f"{t.name}.{c.name}" for t in models.metadata.tables.values() for c in t.columns}
    return (set(_OWN) - there) | (set(_COMMON) - {name.split(".")[1] for name in there})


def _paragraphs(about: str) -> Iterator[str]:
    for part in about.split("\n\n"):
        yield " ".join(part.split()) + "\n"


def _type(column: "sa.Column[object]") -> str:
    if isinstance(column.type, sa.Integer):
        return "integer"
    return "bytes" if isinstance(column.type, sa.LargeBinary) else "text"


def _rules(table: sa.Table) -> Iterator[str]:
    """Unique keys and CHECKs, in the order of their names."""
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        if index.unique:
            live = " (live rows)" if index.dialect_options["sqlite"]["where"] is not None else ""
            yield f"- Unique: {', '.join(column.name for column in index.columns)}{live}"
    for rule in sorted(table.constraints, key=lambda rule: str(rule.name)):
        if isinstance(rule, sa.UniqueConstraint):
            yield f"- Unique: {', '.join(column.name for column in rule.columns)}"
        elif isinstance(rule, sa.CheckConstraint):
            yield "- Always: `" + " ".join(str(rule.sqltext).split()) + "`"


if __name__ == "__main__":
    main()
