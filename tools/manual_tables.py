"""The tables of the manual that the code already knows: commands, problem codes, field names, findings.

A page holds a pair of marks, `<!-- table: problems -->` and `<!-- end of table -->`; what stands between
them is made here and never by hand. A Chinese page (`*.zh-CN.md`) gets the Chinese words of the catalog.

    python tools/manual_tables.py
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from homeregistry.cli.root import COMMANDS, root
from homeregistry.cli.wording import speak
from homeregistry.i18n import language, speaking
from homeregistry.i18n import translate as _
from homeregistry.problems import PROBLEMS
from homeregistry.readers.refusals import REFUSALS
from homeregistry.verifying.findings import FINDINGS
from homeregistry.vocabulary import FIELDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
_MARKED = re.compile(r"(?P<begin><!-- table: (?P<name>[a-z]+) -->\n).*?(?P<end><!-- end of table -->)", re.S)
_SPELLINGS_SHOWN = 4
_HEADERS_ZH: Final = {
    "code": "代码", "severity": "程度", "what it says": "内容", "field": "字段", "meaning": "含义",
    "headers, for example": "表头举例", "option": "选项",
}  # fmt: skip
"""Words of the tables themselves; all others are the program's own and come from its catalog."""


def main() -> None:
    for page in sorted(DOCS.glob("*.md")):
        before = page.read_text(encoding="utf-8")
        after = with_tables(before, language_of(page))
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(f"written: {page.relative_to(ROOT)}")


def language_of(page: Path) -> str:
    """The language of a page, by its name."""
    return "zh" if page.name.endswith(".zh-CN.md") else "en"


def with_tables(text: str, language: str) -> str:
    """A page's text with what stands between its marks made anew."""
    with speaking(language):
        speak(language)  # Click's own words too, whatever the process spoke before
        return _MARKED.sub(lambda mark: mark["begin"] + TABLES[mark["name"]]() + mark["end"], text)


def problems() -> str:
    """Every problem code with its usual severity and its sentence."""
    rows = [(f"`{code}`", _(kind.severity), _(kind.message)) for code, kind in PROBLEMS.items()]
    return _table(("code", "severity", "what it says"), rows)


def fields() -> str:
    """Every field name with its meaning and the first headers that are understood as it."""
    spellings = _spellings()
    rows = [
        (f"`{name}`", _(meaning), "、".join(spellings.get(name, ())[:_SPELLINGS_SHOWN]))
        for name, meaning in FIELDS.items()
    ]
    return _table(("field", "meaning", "headers, for example"), rows)


def _spellings() -> dict[str, list[str]]:
    """Field to header spellings; the roles that columns beside them settle count for what they become."""
    general = tomllib.loads((ROOT / "imports" / "layouts" / "general.toml").read_text(encoding="utf-8"))
    return dict(general["headers"])


def refusals() -> str:
    """Every reason for which a whole file is refused."""
    rows = [(f"`{one.code}`", _(one.message)) for one in REFUSALS.values()]
    return _table(("code", "what it says"), rows)


def findings() -> str:
    """Everything that `verify` can find."""
    return _table(("code", "what it says"), [(f"`{code}`", _(text)) for code, text in FINDINGS.items()])


def commands() -> str:
    """Every command with its line of help, its usage, and one line for each argument and option."""
    context = click.Context(root, info_name="homeregistry")
    parts = [_section("homeregistry", root, context)]
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None, name
        inner = click.Context(command, context, name)
        parts.append(_section(f"homeregistry {name}", command, inner))
        if isinstance(command, click.Group):
            for below, one in command.commands.items():
                parts.append(_section(f"homeregistry {name} {below}", one, click.Context(one, inner, below)))
    return "\n".join(parts)


def _section(title: str, command: click.Command, context: click.Context) -> str:
    depth = "###" if title.count(" ") > 1 else "##"
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"{depth} {title}", "", " ".join(_(command.help or "").split()), "", f"    {title} {usage}", ""]
    rows = list(_options(command))
    return "\n".join(lines) + "\n" + (_table(("option", "meaning"), rows) if rows else "")


def _options(command: click.Command) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            shown = _option_words(parameter)
            required = " Required." if parameter.required else ""
            yield f"`{shown}`", _(parameter.help or "") + required + _default(parameter)


def _option_words(option: click.Option) -> str:
    """`--year YEAR|A-B`, `--format table|json|csv`, `--dry-run`."""
    names = ", ".join(option.opts)
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} {'|'.join(str(one) for one in option.type.choices)}"
    return f"{names} {option.metavar or option.type.name.upper().replace(' RANGE', '')}"


def _default(option: click.Option) -> str:
    return f" Default: {option.default}." if option.show_default and option.default is not None else ""


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; a bar inside a cell must not end it."""
    lines = [tuple(_header(header) for header in headers), tuple("---" for _header in headers), *rows]
    return "".join(f"| {' | '.join(_bare(cell) for cell in line)} |\n" for line in lines)


def _header(words: str) -> str:
    return _HEADERS_ZH[words] if language() == "zh" else words


def _bare(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")


TABLES: Final[dict[str, Callable[[], str]]] = {
    "problems": problems, "fields": fields, "refusals": refusals, "findings": findings, "commands": commands,
}  # fmt: skip

if __name__ == "__main__":
    main()
