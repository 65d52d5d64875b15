"""The manual is held to the program: every example in it is run, and what it prints is compared.

An example is a ```console block: `$ homeregistry …` lines with the output that follows each. The
blocks of one page run in order on one new registry, from the checkout's root. `…` alone on a line stands
for lines left out. To write the outputs anew: HOMEREGISTRY_WRITE_DOCS=1 pytest tests/whole/test_docs.py
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest

from homeregistry.cli.root import COMMANDS, root
from homeregistry.layouts import load_layouts
from places import LAYOUT_FOLDER, ROOT

PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("**/*.md"), *(ROOT / "imports").glob("*.md")])
WRITTEN = [page for page in PAGES if page.name != "commands.md"]
"""Pages that somebody wrote; that one is made from the commands."""
_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.M | re.S)


@dataclass
class Example:
    """One command line and the lines the page shows under it."""

    command: str
    shown: list[str] = field(default_factory=list)


def examples(body: str) -> list[Example]:
    """The commands of a block with their outputs."""
    found: list[Example] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(Example(line[2:]))
        elif found:
            found[-1].shown.append(line)
    return found


def run(command: str, page: Path, folder: Path) -> list[str]:
    """What a command prints on a terminal: output and notes; volatile parts made plain."""
    words = shlex.split(command)
    assert words[0] == "homeregistry", f"{page.name}: only homeregistry commands are examples: {command}"
    language = "zh" if page.name.endswith(".zh-CN.md") else "en"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HOMEREGISTRY_")},
        "HOMEREGISTRY_DB": str(folder / "registry.sqlite3"), "HOMEREGISTRY_LANG": language,
        "HOMEREGISTRY_ACTOR": "li.na", "PYTHONIOENCODING": "utf-8", "COLUMNS": "100",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "homeregistry", *words[1:]], cwd=folder, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
    )  # fmt: skip
    text = done.stdout.decode("utf-8").replace(str(folder) + os.sep, "")
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2026-11-22T08:00:00Z", text)
    text = re.sub(r"\b20\d\d-\d\d-\d\d\u00a0\d\d:\d\d\b", "2026-11-22 16:00", text)
    text = re.sub(r"\b[0-9a-f]{64}\b", "6f1d…c2a9", text)
    return [line.rstrip() for line in text.rstrip("\n").splitlines()]


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the page's lines are the printed ones, `…` standing for any lines."""
    if not shown:
        return not printed
    if shown[0].strip() == "…":
        return any(agrees(shown[1:], printed[start:]) for start in range(len(printed) + 1))
    return bool(printed) and shown[0].rstrip() == printed[0] and agrees(shown[1:], printed[1:])


def _with_outputs(body: str, outputs: list[list[str]]) -> str:
    lines = []
    for example, printed in zip(examples(body), outputs, strict=True):
        kept = printed
        if "…" in [line.strip() for line in example.shown]:
            cut = [line.strip() for line in example.shown].index("…")
            tail = len(example.shown) - cut - 1
            kept = [*printed[:cut], "…", *(printed[-tail:] if tail else [])]
        lines += [f"$ {example.command}", *kept]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_example_of_the_manual_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(text))
    for folder in ("imports", "docs/examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    written = text
    for block in blocks:
        found = examples(block["body"])
        outputs = [run(example.command, page, tmp_path) for example in found]
        written = written.replace(block["body"], _with_outputs(block["body"], outputs), 1)
        if not os.environ.get("HOMEREGISTRY_WRITE_DOCS"):
            for example, printed in zip(found, outputs, strict=True):
                assert agrees(example.shown, printed), "\n".join([f"$ {example.command}", *printed])
    if os.environ.get("HOMEREGISTRY_WRITE_DOCS") and written != text:
        page.write_text(written, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_the_manual_leads_to_a_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def named_commands(text: str) -> Iterator[list[str]]:
    """The command lines that a page names in passing: in backticks, or indented as a block."""
    for found in re.finditer(r"`([^`\n]+)`|^    (homeregistry .+)$", text, re.M):
        words = (found[1] or found[2]).split()
        if words[0] == "homeregistry":
            words = words[1:]
            while words and words[0] in ("--db", "--lang", "--as"):
                words = words[2:]
        if words and words[0] in COMMANDS:
            yield words


def options_of(words: list[str]) -> set[str] | None:
    """The options of the command that the words name, a group's for a group alone; None: no such command."""
    command = root.get_command(click.Context(root), words[0])
    if isinstance(command, click.Group) and words[1:] and re.fullmatch("[a-z][a-z-]*", words[1]):
        command = command.get_command(click.Context(command), words[1])
    if command is None:
        return None
    return {name for one in (*command.params, *root.params) for name in one.opts}


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != "commands.md"],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_command_that_the_manual_names_exists_with_its_options(page: Path) -> None:
    for words in named_commands(page.read_text(encoding="utf-8")):
        known = options_of(words)
        assert known is not None, " ".join(words)
        assert {word for word in words if word.startswith("--")} <= known, " ".join(words)


def test_the_layout_of_the_manual_is_one(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```$", text, re.M | re.S)
    (tmp_path / "postal.toml").write_text(example, encoding="utf-8")
    assert "postal" in {one.name for one in load_layouts([LAYOUT_FOLDER, tmp_path])}


def test_the_readme_names_both_commands() -> None:
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert "make demo" in text
        assert "make test" in text
