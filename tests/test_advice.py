"""Advice names what exists where it is read: the trap was a report told to give an option of `import`."""

import ast
import re
from pathlib import Path

import click
import pytest

import homeregistry
from homeregistry.cli.report import import_command as report_import
from homeregistry.cli.review import resolve_command
from homeregistry.i18n import LANGUAGES, speaking
from homeregistry.problems import PROBLEMS, Problem
from homeregistry.reviewing.sides import REASONS
from homeregistry.widths import wrapped
from homeregistry.words.problems import LIKENESS, PROBLEM_WORDS, Asked, problem_sentence
from homeregistry.words.times import time_words

PACKAGE = Path(homeregistry.__file__).parent


def _options(command: click.Command) -> set[str]:
    return {name for one in command.params for name in one.opts if name.startswith("--")}


def _codes_in(*folders: str) -> set[str]:
    """The problem codes that the source of these packages writes out."""
    texts = (path.read_text("utf-8") for folder in folders for path in (PACKAGE / folder).rglob("*.py"))
    constants = (
        node.value for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)
    )
    return {value for value in constants if isinstance(value, str) and value in PROBLEMS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "command", "codes"),
    [
        ("report", report_import, _codes_in("figures", "count_tables", "reporting")),
        ("review", resolve_command, {code for code, kind in PROBLEMS.items() if kind.severity == "error"}),
    ],
    ids=["reports", "review"],
)
def test_advice_names_only_options_of_the_command_it_is_for(
    language: str, asked: Asked, command: click.Command, codes: set[str]
) -> None:
    assert len(codes) > 10
    with speaking(language):
        said = {code: problem_sentence(Problem(code, value="x"), asked) for code in codes}
    known = _options(command)
    wrong = {code: text for code, text in said.items() if set(re.findall("--[a-z-]+", text)) - known}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_review_workbook_is_told_of_its_columns_and_never_of_options(language: str) -> None:
    with speaking(language):
        said = [
            problem_sentence(Problem(code, value="x"), "workbook")
            for code, kind in PROBLEMS.items()
            if kind.severity == "error"
        ]
    assert [text for text in said if "--" in text] == []


def test_every_reason_why_two_may_be_one_has_words() -> None:
    assert set(REASONS) == set(LIKENESS)


def test_a_moment_is_never_broken_into_two_lines() -> None:
    moment = time_words("2026-11-28T13:22:36Z")
    assert list(wrapped(f"li.na {moment}", 10)) == ["li.na", moment]


def test_every_problem_has_its_few_words() -> None:
    assert set(PROBLEM_WORDS) == set(PROBLEMS)
