"""What people read is in their language: all of it in Chinese, and nothing but that changes with `--lang`."""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from wcwidth import wcswidth

from homeregistry import i18n
from homeregistry.cli.root import COMMANDS, root
from homeregistry.widths import wrapped
from homeregistry.words.places import cell_text, place_text
from places import ROOT, SAMPLES
from registries import Answer, Registry

Command = Callable[..., Answer]


@pytest.fixture(scope="module")
def messages() -> Iterator[ModuleType]:
    """The tool behind `make messages`."""
    sys.path.insert(0, str(ROOT / "tools"))
    yield import_module("messages")
    sys.path.remove(str(ROOT / "tools"))


@pytest.fixture
def untranslated(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The messages that were asked for in Chinese and have no translation."""
    asked: set[str] = set()
    catalog = i18n._catalog("zh")

    class Recorder:
        def gettext(self, message: str) -> str:
            found = catalog.gettext(message)
            if found == message and _english(message):
                asked.add(message)
            return found

    monkeypatch.setattr(i18n, "_catalog", lambda _code: Recorder())
    return asked


def _english(text: str) -> bool:
    """Whether a text holds English prose: three words in a row, or one long enough to be no code."""
    return bool(re.search(r"[A-Za-z]{2,}( [A-Za-z]{2,}){2}", text))


def prose_in_english(text: str) -> list[str]:
    """The lines that speak English: commands to type and what was quoted from a source set aside."""
    plain = re.sub(r"homeregistry( [a-z-]+)+|“[^”]*”|\[[a-z|-]+\]", "", text)
    return [line for line in plain.splitlines() if _english(line)]


# the catalogs


@pytest.mark.parametrize("domain", ["homeregistry", "click"])
def test_every_message_has_a_translation_with_the_same_placeholders(
    messages: ModuleType, domain: str
) -> None:
    assert list(messages.faults(domain, "zh")) == []


def test_no_message_is_put_together_before_it_is_translated(messages: ModuleType) -> None:
    assert messages.our_messages().joined == []


def test_a_translation_comes_back_with_its_message(messages: ModuleType) -> None:
    """A message that moves away and returns keeps its words; meanwhile the check names it."""
    catalog, with_it, without = (messages.Catalog(locale="zh", domain="homeregistry") for _ in range(3))
    with_it.add("Give a reason.")
    catalog.add("Give a reason.", "请说明原因。")
    messages.update(catalog, without)
    assert "Give a reason." in catalog.obsolete
    messages.update(catalog, with_it)
    assert catalog["Give a reason."].string == "请说明原因。"
    assert not catalog.obsolete


SOURCE = """
from program.i18n import sentence
from program.i18n import translate as _
TABLE = {"one": "First of a table.", "two": "Second of a table."}
ROWS = (("a", "Help of a."), ("b", "Help of b."))

class Trouble(Exception):
    def __init__(self, code, message, **params): ...

class Special(Trouble): ...

def tell(text, **params): sentence(text, params)

def done(state, words): tell(words)

def work(key, plain, asked):
    tell("Told " "in two parts.", count=1)
    done("closed", "Passed on twice.")
    tell("Either." if asked else "Or.")
    _(TABLE[key])
    [(_(line), name) for name, line in ROWS]
    local = "Kept in a name."
    _(local)
    raise Special("code", "Of an error: {place}.", place=key)

def wrong(name):
    _(f"Hello {name}.")
"""


def test_messages_are_found_however_they_reach_the_place_that_shows_them(
    messages: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "i18n.py").write_text(
        "SPOKEN = frozenset({'what'})\ndef translate(message): ...\ndef sentence(message, params): ...\n"
    )
    (tmp_path / "work.py").write_text(SOURCE)
    found = import_module("message_sources").messages_of(tmp_path, "program")
    assert set(found.messages) == {
        "Told in two parts.", "Passed on twice.", "Either.", "Or.", "First of a table.",
        "Second of a table.", "Help of a.", "Help of b.", "Kept in a name.", "Of an error: {place}.",
    }  # fmt: skip
    assert [line for _file, line in found.joined] == [
        SOURCE.splitlines().index('    _(f"Hello {name}.")') + 1
    ]


# the help


def _commands() -> Iterator[str]:
    context = click.Context(root)
    yield ""
    for name in COMMANDS:
        command = root.get_command(context, name)
        yield name
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in command.commands)


@pytest.mark.parametrize("name", list(_commands()))
def test_help_is_chinese_throughout(name: str, command: Command, untranslated: set[str]) -> None:
    answer = command(None, "--lang", "zh", *name.split(), "--help")
    assert (answer.code, untranslated) == (0, set())
    assert prose_in_english(answer.out) == []
    assert not re.search(r"Usage:|Options:|Show this|OPTIONS|ARGS|default:|required", answer.out)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_help_is_no_wider_than_the_terminal_and_its_columns_meet(
    language: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trap: Click counts characters, a Chinese one takes two columns."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in _commands():
        lines = command(None, "--lang", language, *name.split(), "--help").out.splitlines()
        assert [line for line in lines if wcswidth(line) > 80] == [], name
        options = [line for line in lines if line.startswith("  -") and "  " in line[2:].strip()]
        starts = {wcswidth(found[0]) for line in options if (found := re.match(r"  \S.*?  +(?=\S)", line))}
        assert len(starts) == 1, (name, options)


def test_latin_words_stay_whole_and_marks_never_begin_a_line() -> None:
    text = "截至某日（as-awarded）已授予的荣誉记录，包括此后已撤销的；每个只计一次。"
    for width in range(12, 60):
        lines = list(wrapped(text, width))
        assert "".join(lines) == text
        assert all(wcswidth(line) <= width + 2 for line in lines)
        assert all(line[0] not in "，；。）" and line[-1] != "（" for line in lines)
        assert any("as-awarded" in line for line in lines)


def test_help_in_one_language_leaves_the_other_as_it_was(command: Command) -> None:
    """Click keeps a help option once it is made: the trap of one process that speaks two languages."""
    english = command(None, "--lang", "en", "count", "--help").out
    chinese = command(None, "--lang", "zh", "count", "--help").out
    assert command(None, "--lang", "en", "count", "--help").out == english
    assert command(None, "--lang", "zh", "count", "--help").out == chinese
    assert "Show this message" in english
    assert "显示本帮助" in chinese


# choosing the language


def test_the_language_is_given_before_the_command_or_in_the_environment(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "nowhere.sqlite3")
    assert "尚无登记库" in command(None, "--lang", "zh", "--db", nowhere, "count").err
    assert "尚无登记库" in command(None, "--db", nowhere, "--lang=zh", "count").err
    assert "no registry" in command(None, "--db", nowhere, "count").err
    monkeypatch.setenv("HOMEREGISTRY_LANG", "zh")
    assert "尚无登记库" in command(nowhere, "count").err
    assert "no registry" in command(None, "--lang", "en", "--db", nowhere, "count").err


def test_the_system_decides_where_nobody_says(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HOMEREGISTRY_LANG")
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    for value, words in (("zh_CN.UTF-8", "尚无登记库"), ("C.UTF-8", "no registry")):
        monkeypatch.setenv("LC_ALL", value)
        assert words in command(tmp_path / "nowhere.sqlite3", "count").err


MISTAKES = [
    (["nosuch"], "没有命令“nosuch”"), (["count", "--bogus"], "没有选项“--bogus”"),
    (["import"], "缺少参数 '文件...'"), (["count", "--measure", "x"], "'--measure' 的值无效"),
    (["list", "--limit"], "需要 1 个值"), (["count", "extra"], "多余的参数"),
    (["year", "close", "1800"], "1800 不在范围"), (["batch", "show", "x"], "'批次' 的值无效"),
    (["--bogus", "count"], "没有选项"), (["year", "reopen", "2020"], "缺少选项 '--reason'"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), MISTAKES, ids=[" ".join(given) for given, _ in MISTAKES])
def test_a_mistake_on_the_command_line_is_told_in_chinese(
    arguments: list[str], words: str, command: Command
) -> None:
    """A mistake is met before Click reads `--lang`; it is told in that language all the same."""
    answer = command(None, "--lang", "zh", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert prose_in_english(answer.err) == []


# what commands print


BAD = """单位名称,区县,年度,称号
福建小学,万州区,2020,模范职工之家
,江北,2020x,不知称号
甲乙学校,江北街道,1950,模范职工小家
福建小学,万州区,2020,模范职工之家
"""


def sample(name: str) -> str:
    """A sample by the name of its folder."""
    return str(next(p for p in (SAMPLES / name).iterdir() if p.suffix in (".xlsx", ".txt")))


def session(place: Path) -> list[list[str]]:
    """A long working day: nearly every command, its results and its refusals."""
    bad, rtf, tally = place / "bad.csv", place / "a.rtf", str(place / "tally.xlsx")
    bad.write_text(BAD, encoding="utf-8")
    rtf.write_bytes(b"{\\rtf1 list}")
    basis = ["--date", "2024-07-15", "--basis", "总工发〔2024〕1号"]
    report, issuer = sample("report-figures"), ["--issuer", "重庆市总工会"]
    return [
        ["status"], ["import", "--dry-run", sample("wanzhou-2020")], ["import", sample("wanzhou-2020")],
        ["import", sample("wanzhou-2020")], ["import", sample("zhanjiang-2010")], ["import", str(rtf)],
        ["import", str(place / "none.xlsx")], ["import", str(place)], ["import", str(bad)],
        ["import", "--partial", *issuer, str(bad)],
        ["import", "--annotate", str(place / "annotated.xlsx"), str(bad)],
        ["report", "extract", report], ["report", "import", report],
        ["report", "import", sample("wanzhou-2020")], ["report", "list"],
        ["report", "withdraw", "1", "--reason", "误登"], ["report", "list", "--withdrawn"],
        ["batch", "list"], ["batch", "show", "1"], ["batch", "show", "99"],
        ["count", "--by", "kind,tier"], ["count", "--by", "province,year", "--percent"],
        ["count", "--measure", "holders", "--by", "county", "--region", "重庆市", "--boundaries", "today"],
        ["count", "--by", "xx"], ["count", "--kind", "xx"], ["count", "--year", "20x"],
        ["count", "--region", "鼓楼区"], ["count", "--region", "无此地"], ["count", "--as-of", "1960-01-01"],
        ["count", "--region", "两江新区", "--boundaries", "1999-01-01"], ["list", "--limit", "3"],
        ["event", "revoke", "1", *basis], ["event", "revoke", "1", *basis], ["event", "recheck", "2", *basis],
        ["event", "restore", "1", "--date", "2024-09", "--basis", "同上"],
        ["event", "rename", "4", "新名称", *basis], ["event", "close", "5", *basis],
        ["event", "merge", "6", "--into", "6", *basis], ["event", "withdraw", "1", "--reason", "误登"],
        ["event", "list", "--all"], ["show", "1"], ["show", "4"], ["show", "不存在"], ["find", "小学"],
        ["reconcile", "--all", "--sources", "--heat"], ["reconcile", "ack", "zz", "--reason", "无"],
        ["review", "list"], ["year", "close", "2020"], ["year", "close", "2020"], ["year", "list"],
        ["year", "reopen", "2020", "--reason", "补报"],
        ["export", "tally", "--year", "2020", tally], ["export", "records", str(place / "records.csv")],
        ["export", "records", str(place / "records.bad")], ["verify-export", tally],
        ["verify-export", str(place / "none.xlsx")], ["verify-export", str(bad)],
        ["template", str(place / "template.xlsx")],
        ["region", "lookup", "江北区"], ["region", "lookup", "火星"], ["region", "history", "500105"],
        ["correct", "3", "--set", "decision_no=总工发〔2020〕9号", "--reason", "补录"],
        ["correct", "3", "--set", "x", "--reason", "补录"],
        ["correct", "3", "--set", "x=1", "--reason", "补录"],
        ["recipient", "merge", "7", "--into", "8", "--reason", "重复"],
        ["recipient", "merge", "7", "--into", "7", "--reason", "重复"],
        ["review", "show", "1"], ["review", "resolve", "1"], ["review", "resolve", "99", "--dismiss"],
        ["review", "resolve", "1", "--set", "year=2019", "--reason", "核实"],
        ["review", "export", str(place / "review.xlsx")], ["review", "import", str(place / "review.xlsx")],
        ["review", "import", tally], ["review", "resolve", "1", "--dismiss"], ["review", "decisions"],
        ["review", "take-back", "1", "--reason", "误"], ["review", "take-back", "99", "--reason", "误"],
        ["review", "undecided"], ["db", "index"],
        ["batch", "undo", "2"], ["batch", "undo", "2"], ["verify"], ["verify", "--against", str(bad)],
        ["backup", str(place / "backup.zip")], ["restore", str(place / "backup.zip")],
        ["db", "current"], ["db", "check"], ["db", "upgrade"], ["status"], ["--version"],
    ]  # fmt: skip


def test_a_working_day_in_chinese_meets_no_english_sentence(
    command: Command, sqlite_registry: Registry, untranslated: set[str], tmp_path: Path
) -> None:
    for arguments in session(tmp_path):
        answer = command(sqlite_registry, "--lang", "zh", *arguments)
        assert untranslated == set(), arguments
        assert prose_in_english(answer.out + answer.err) == [], arguments
        assert "internal_error" not in answer.out, arguments
        assert "程序缺陷" not in answer.err, (arguments, answer.err)


TABLES = [
    ["count", "--by", "kind,tier"], ["list"], ["batch", "list"], ["report", "list"], ["reconcile"],
    ["status"], ["count", "--by", "county,year", "--percent"], ["region", "lookup", "江北区"],
]  # fmt: skip


def test_tables_are_aligned_where_chinese_stands_beside_latin(
    command: Command, sqlite_registry: Registry
) -> None:
    """Measured with wcwidth, not with the width that the program itself computes."""
    for arguments in (["import", sample("wanzhou-2020")], ["report", "import", sample("report-figures")]):
        command(sqlite_registry, *arguments)
    for language in i18n.LANGUAGES:
        for arguments in TABLES:
            lines = command(sqlite_registry, "--lang", language, *arguments).out.split("\n\n")[0].splitlines()
            gaps = [match.start() for match in re.finditer(r"  (?=-)", lines[1])]
            assert gaps, arguments
            for line in (lines[0], *lines[2:]):
                for gap in gaps:
                    assert _at(line, gap) in ("  ", " ", ""), (arguments, line)


def _at(line: str, column: int) -> str:
    """What stands in two terminal columns of a line; half a wide character counts as it."""
    found, place = "", 0
    for char in line:
        width = max(wcswidth(char), 0) if not unicodedata.combining(char) else 0
        if place < column + 2 and place + width > column:
            found += char
        place += width
    return found


def _without_sentences(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_sentences(one) for name, one in value.items() if name != "message"}
    return [_without_sentences(one) for one in value] if isinstance(value, list) else value


READS = [
    ["status"], ["count", "--by", "kind,tier,status"], ["list"], ["batch", "list"], ["batch", "show", "1"],
    ["report", "list"], ["reconcile"], ["show", "1"], ["find", "小学"], ["verify"], ["year", "list"],
    ["region", "lookup", "江北区"], ["region", "history", "500105"], ["db", "current"], ["event", "list"],
    ["count", "--by", "xx"], ["show", "不存在"], ["report", "extract", sample("report-figures")],
    ["import", "--dry-run", sample("zhanjiang-2010")],
]  # fmt: skip


def test_only_sentences_change_with_the_language(command: Command, sqlite_registry: Registry) -> None:
    """JSON and CSV are for scripts: codes, keys and numbers are the same whoever reads."""
    for arguments in (["import", sample("wanzhou-2020")], ["report", "import", sample("report-figures")]):
        command(sqlite_registry, *arguments)
    command(sqlite_registry, "event", "revoke", "1", "--date", "2024", "--basis", "x")
    for arguments in READS:
        chinese, english = (
            command(sqlite_registry, "--lang", language, *arguments, "--format", "json")
            for language in ("zh", "en")
        )
        assert _without_sentences(chinese.json) == _without_sentences(english.json), arguments
        assert chinese.code == english.code
        if arguments[0] not in ("import", "verify"):
            outs = {
                command(sqlite_registry, "--lang", language, *arguments, "--format", "csv").out
                for language in ("zh", "en")
            }
            assert len(outs) == 1, arguments


def test_json_keeps_chinese_as_it_is(command: Command, sqlite_registry: Registry) -> None:
    answer = command(sqlite_registry, "--lang", "zh", "show", "不存在", "--format", "json")
    assert "不存在" in answer.out
    assert json.loads(answer.out)["error"]["code"] == "unknown_recipient"


# words


def test_a_word_of_a_code_is_never_the_word_of_another() -> None:
    """County is a tier and a level: 县级 and 区县. Two codes of one column never share a word."""
    from homeregistry.words.labels import WORDS, label

    with i18n.speaking("zh"):
        for column, codes in WORDS.items():
            words = [label(column, code) for code in codes]
            assert len(set(words)) == len(words), column
        assert label("tier", "county") != label("level", "county")
        assert label("tier", "national+system") == "全国（系统）"


def test_a_parameter_that_is_a_message_is_translated_and_a_name_never() -> None:
    with i18n.speaking("zh"):
        what = i18n.sentence("“{file}” is {what}, which cannot be read; save it as {save_as}.",
                             {"file": "file", "what": "an archive", "save_as": ".docx"})  # fmt: skip
    assert what == "“file”是压缩包，无法读取；请另存为 .docx。"


def test_a_page_is_named_in_the_language_spoken() -> None:
    with i18n.speaking("en"):
        assert cell_text("p. 3", 7) == "p. 3 row 7"
    with i18n.speaking("zh"):
        assert cell_text("p. 3", 7) == "第 3 页 第 7 行"
        assert cell_text("表2 (p. 3)", 7, "B") == "表2（第 3 页） B7"
        assert place_text("a.pdf", "p. 12", None) == "a.pdf 第 12 页"
        assert cell_text("p. A", 7) == "p. A 第 7 行"
