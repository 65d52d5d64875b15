"""The tables of the manual are those of the code: commands, problems, fields, findings, columns."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from places import DOCS, ROOT


def tool(name: str) -> ModuleType:
    """A script of `tools/` as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_the_tables_of_a_page_are_in_step_with_the_code(page: Path) -> None:
    tables = tool("manual_tables")
    text = page.read_text(encoding="utf-8")
    assert tables.with_tables(text, tables.language_of(page)) == text, "run: python tools/manual_tables.py"


def test_every_table_stands_on_a_page() -> None:
    manual = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    for name in tool("manual_tables").TABLES:
        assert f"<!-- table: {name} -->" in manual


def test_the_data_dictionary_is_in_step_with_the_models() -> None:
    text = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert text == tool("dictionary").dictionary(), "run: python tools/dictionary.py"


def test_no_description_of_a_column_outlives_it() -> None:
    assert tool("dictionary").unused() == set()
