"""Both languages of the manual say the same: the same examples, options, codes and sections."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from homeregistry.kinds import kinds
from places import DOCS, ROOT

PAIRS = [
    (page.with_name(page.name.replace(".zh-CN", "")), page)
    for page in sorted([*ROOT.glob("*.zh-CN.md"), *DOCS.glob("*.zh-CN.md")])
]


def prose(page: Path) -> str:
    """A page without its examples and without the tables that are made from the code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.sub(r"<!-- table: .*?<!-- end of table -->", "", text, flags=re.S)


def examples(page: Path) -> list[str]:
    """The example commands; a title may be named by its code or in Chinese."""
    titles = sorted(kinds().values(), key=lambda kind: -len(kind.title))
    lines = re.findall(r"^\$ (homeregistry .*)$", page.read_text(encoding="utf-8"), re.M)
    for kind in titles:
        lines = [line.replace(kind.title, kind.code) for line in lines]
    return lines


def options(page: Path) -> set[str]:
    """Every option that the prose names."""
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", prose(page)))


def codes(page: Path) -> set[str]:
    """Every code, command word and variable in backticks that is one word of Latin letters."""
    return set(re.findall(r"`([A-Za-z_]+)`", prose(page)))


def levels(page: Path) -> list[int]:
    """The depth of each heading."""
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(page), re.M)]


@pytest.mark.parametrize("what", [examples, options, codes, levels], ids=lambda what: what.__name__)
@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda page: page.name)
def test_both_languages_of_a_page_agree(english: Path, chinese: Path, what: Callable[[Path], object]) -> None:
    assert what(english) == what(chinese)
    assert what(english)


def test_the_pages_for_officers_staff_and_auditors_stand_in_both_languages() -> None:
    assert {page.name for page, _ in PAIRS} == {"README.md", "officer.md", "staff.md", "auditor.md"}
