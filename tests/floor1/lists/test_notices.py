"""Decisions, notices, posts and newspaper reports of invented units: what a clerk would record of each.

Beside each text in `notices/` stands what it says: one line an award (kind | tier | first year | place, or
`@` and the recommending body, or `-` | name | unit and post), then one line a count (`# declared listed`).
A `.docx.txt` is made into a Word file first: lines between bars are the rows of a table.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import docx
import pytest

from homeregistry.importing import ImportRequest
from homeregistry.importing.results import FileResult
from homeregistry.importing.sheets import readings_of
from homeregistry.readers import open_document
from homeregistry.records import DeclaredCount, Entries, Entry, ListOptions
from homeregistry.regions.gazetteer import gazetteer
from homeregistry.resolving.candidates import Candidate, CandidateReader
from homeregistry.settings import all_layouts
from homeregistry.text import squeeze

NOTICES = sorted(path for path in (Path(__file__).parent / "notices").iterdir() if path.suffix != ".want")
TODAY = date(2026, 1, 1)


def said_in(path: Path) -> list[str]:
    """The awards and the counts of a file, written as the `.want` files write them."""
    request = ImportRequest(ListOptions(), all_layouts(), TODAY, "tester")
    lines: list[str] = []
    counts: list[str] = []
    with open_document(path) as opened:
        for reading in readings_of(opened, request, FileResult(opened.name, opened.sha256)):
            reader = CandidateReader(request.options, TODAY)
            for item in reading.items:
                if isinstance(item, DeclaredCount):
                    counts.append(f"# {item.declared} {item.listed}")
                elif isinstance(item, Entry | Entries):
                    for entry in [item] if isinstance(item, Entry) else item:
                        lines += _awards(reader, entry)
    return [*lines, *counts]


def _awards(reader: CandidateReader, entry: Entry) -> Iterator[str]:
    found = reader.read(entry)
    refused = [problem.code for problem in found.problems if problem.level == "error"]
    if refused or not found.candidates:
        yield f"{'、'.join(entry.values.values()) or entry.cells}: {refused}"
        return
    for one in found.candidates:
        award = one.award
        parts = [award.kind, award.tier, str(award.year_from), _where(one)]
        parts.append(squeeze(one.name) if one.type == "person" else one.name)
        job = entry.values.get("unit", "") + entry.values.get("post", "")
        yield " | ".join([*parts, job] if job else parts)


def _where(one: Candidate) -> str:
    if one.place.region:
        return gazetteer().path(one.place.region)
    printed = one.place.printed or one.entry.values.get("body") or one.entry.context.body_printed
    return f"@{printed}" if printed else "-"


def _made(path: Path, folder: Path) -> Path:
    """The file to import: the text itself, or the Word file that it describes."""
    if not path.name.endswith(".docx.txt"):
        return path
    document = docx.Document()
    lines = path.read_text("utf-8").splitlines()
    for in_table, some in groupby(lines, lambda line: line.startswith("|")):
        if not in_table:
            for line in some:
                document.add_paragraph(line)
            continue
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in some]
        table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    made = folder / path.name.removesuffix(".txt")
    document.save(str(made))
    return made


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_a_notice_says_what_a_clerk_would_record(path: Path, tmp_path: Path) -> None:
    want = path.with_name(f"{path.name.split('.')[0]}.want").read_text("utf-8").splitlines()
    assert said_in(_made(path, tmp_path)) == want
