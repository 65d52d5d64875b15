"""`find`: every name that holds the text and no other, indexed or not, the same on both engines."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.database import reading, writing
from homeregistry.queries import name_index
from homeregistry.queries.finding import find_recipients
from homeregistry.queries.grams import bits_of, grams_of, inner_grams, members, pack, unpack
from homeregistry.queries.name_index import add_part, catch_up, falls_behind
from homeregistry.text import clean, key
from homeregistry.verifying import verify
from registries import Registry, rows
from small_lists import HOMES, Command, import_rows, write_list

MORE = (
    ("江北区实验小学工会委员会", "江北区", "2020", "模范职工之家", ""),
    ("江北区实验小学", "江北区", "2021", "模范职工之家", ""),
    ("长安ABC汽车(集团)有限公司工会", "渝北区", "2020", "模范职工之家", ""),
    ("重庆师范大学附属中学工会", "沙坪坝区", "2020", "模范职工之家", ""),
)
TEXTS = (
    "万州", "工会", "会", "万", "小学工会委员会", "实验小学", "江北区实验小学工会", "abc", "ABC", "（集团）",
    "(集团)", "公司", "没有这个", "㊣", "区", "第一人民医院", "师范大学附中", "a b c", "%", "_", "'", "万 州",
)  # fmt: skip


@pytest.fixture
def filled(registry: Registry, command: Command, tmp_path: Path) -> Registry:
    import_rows(command, registry, tmp_path / "a.csv", HOMES)
    import_rows(command, registry, tmp_path / "b.csv", MORE)
    return registry


def found(registry: Registry, text: str, limit: int = 50) -> list[int]:
    with reading(registry.engine) as connection:
        answer = find_recipients(connection, text, limit)
    ids = [one["recipient"] for one in answer["matches"]]
    assert answer["total"] == len(ids) or len(ids) == limit
    return ids


def expected(registry: Registry, text: str) -> set[int]:
    """Every name of every live recipient, read one by one."""
    printed, folded = clean(text), key(text)
    live = "SELECT id, name, key FROM recipient WHERE revision_to IS NULL"
    ids = {row[0] for row in rows(registry, live)}
    hits = {row[0] for row in rows(registry, live) if printed in row[1] or folded in row[2]}
    other = "SELECT recipient_id, name, key FROM recipient_name WHERE revision_to IS NULL"
    hits |= {row[0] for row in rows(registry, other) if printed in row[1] or folded in row[2]}
    said = "SELECT recipient_id, name_printed FROM recognition WHERE revision_to IS NULL"
    hits |= {row[0] for row in rows(registry, said) if printed in row[1]}
    return hits & ids


@pytest.mark.parametrize("indexed", ["nothing", "everything", "the first file"])
def test_it_finds_exactly_the_names_that_hold_the_text(
    indexed: str, registry: Registry, command: Command, tmp_path: Path
) -> None:
    import_rows(command, registry, tmp_path / "a.csv", HOMES)
    if indexed == "the first file":
        catch_up(registry.engine, everything=True)
    import_rows(command, registry, tmp_path / "b.csv", MORE)
    command(registry, "event", "rename", "2", "涪陵榨菜股份公司工会", "--date", "2023", "--basis", "x")
    if indexed == "everything":
        catch_up(registry.engine, everything=True)
    for text in TEXTS:
        ids = found(registry, text)
        assert set(ids) >= expected(registry, text), text
        beyond = set(ids) - expected(registry, text)
        assert beyond <= whole(registry, text), text
        assert len(ids) == len(set(ids))


def whole(registry: Registry, text: str) -> set[int]:
    """Recipients whose whole normal name the text is, its union suffix apart."""
    return {row[0] for row in rows(registry, "SELECT id, key FROM recipient") if key(text).startswith(row[1])}


def test_both_engines_give_the_same_answer(
    sqlite_registry: Registry, postgres_registry: Registry, command: Command, tmp_path: Path
) -> None:
    answers = []
    for registry in (sqlite_registry, postgres_registry):
        import_rows(command, registry, tmp_path / "a.csv", HOMES)
        import_rows(command, registry, tmp_path / "b.csv", MORE)
        catch_up(registry.engine, everything=True)
        with reading(registry.engine) as connection:
            answers.append([find_recipients(connection, text, 3) for text in TEXTS])
    assert answers[0] == answers[1]
    indexes = [
        sorted(
            (gram, part, bytes(ids))
            for gram, part, ids in rows(one, "SELECT gram, part_id, ids FROM name_gram")
        )
        for one in (sqlite_registry, postgres_registry)
    ]
    assert indexes[0] == indexes[1]


def test_whole_names_come_first_whatever_the_unions_suffix(filled: Registry) -> None:
    ids = found(filled, "江北区实验小学工会")
    with reading(filled.engine) as connection:
        first = find_recipients(connection, "江北区实验小学工会", 1)["matches"][0]
    assert (first["recipient"], first["titles"]) == (ids[0], 2)
    assert first["region"].endswith("江北区")


def test_two_persons_of_one_name_are_told_apart_by_their_units(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    header = ("姓名", "工作单位", "职务", "所属区县", "年度", "荣誉称号")
    people = (
        ("李明", "万州区教育工会", "主席", "万州区", "2020", "优秀工会工作者"),
        ("李明", "涪陵榨菜集团工会", "干事", "涪陵区", "2022", "优秀工会工作者"),
    )
    path = write_list(tmp_path / "a.csv", people, header)
    said = ("--issuer", "重庆市总工会", "--tier", "provincial", "--yes")
    assert command(registry, "import", path, *said).code == 0
    units = ["万州区教育工会", "涪陵榨菜集团工会"]
    found = command(registry, "find", "李明", "--format", "json").json["matches"]
    assert [(one["name"], one["parent"], one["units"]) for one in found] == [
        ("李明", None, [unit]) for unit in units
    ]
    table = command(registry, "find", "李明").out
    assert all(f"李明 ({unit})" in table for unit in units)
    header_line, *lines = csv.reader(command(registry, "find", "李明", "--format", "csv").out.splitlines())
    assert [dict(zip(header_line, line, strict=True))["units"] for line in lines] == units
    several = command(registry, "show", "李明")
    assert several.code == 2
    assert all(unit in several.err for unit in units)
    assert command(registry, "show", "1", "--format", "json").json["units"] == units[:1]
    assert units[0] in command(registry, "show", "1").out.splitlines()[0]
    command(registry, "recipient", "merge", "2", "--into", "1", "--reason", "同一人")
    (both,) = command(registry, "find", "李明", "--format", "json").json["matches"]
    assert both["units"] == units


def test_a_former_name_and_a_new_one_both_find_the_unit(filled: Registry, command: Command) -> None:
    command(filled, "event", "rename", "1", "万州区教科文卫工会", "--date", "2023", "--basis", "x")
    assert found(filled, "教科文卫") == found(filled, "万州区教育") == [1]
    with reading(filled.engine) as connection:
        assert find_recipients(connection, "教科文卫", 5)["matches"][0]["matched"] == "万州区教科文卫工会"
    catch_up(filled.engine, everything=True)
    command(filled, "event", "withdraw", "1", "--reason", "x")
    assert found(filled, "科文") == found(filled, "教科文卫") == []


@pytest.mark.parametrize("indexed", [False, True])
def test_trap_undo_takes_names_out_of_searches_also_where_they_are_indexed(
    indexed: bool, registry: Registry, command: Command, tmp_path: Path
) -> None:
    import_rows(command, registry, tmp_path / "a.csv", HOMES)
    before = {text: found(registry, text) for text in TEXTS}
    rest = [*MORE, ("万州区教育工会委员会", "万州区", "2024", "模范职工之家", "")]
    import_rows(command, registry, tmp_path / "b.csv", rest)
    assert found(registry, "教育工会委员") == [1]
    if indexed:
        catch_up(registry.engine, everything=True)
    command(registry, "batch", "undo", "2")
    with writing(registry.engine):
        pass
    if rows(registry, "SELECT revision_to FROM import_batch WHERE id = 2")[0][0] is None:
        from homeregistry.importing import undo_batch
        from homeregistry.ledger import Deed, write

        with write(registry.engine, Deed("batch undo", "tester")) as ledger:
            undo_batch(ledger, 2)
    assert {text: found(registry, text) for text in TEXTS} == before
    assert found(registry, "委员") == []


def test_an_index_that_was_altered_is_found_by_verify_and_built_anew(
    filled: Registry, command: Command
) -> None:
    assert command(filled, "db", "index").code == 0
    with reading(filled.engine) as connection:
        assert verify(connection).ok
    with filled.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM name_gram WHERE gram = (SELECT max(gram) FROM name_gram)")
    with reading(filled.engine) as connection:
        assert {one.code for one in verify(connection).findings} == {"name_index_differs"}
    assert command(filled, "db", "index", "--rebuild").code == 0
    with reading(filled.engine) as connection:
        assert verify(connection).ok


def test_a_search_lets_the_index_catch_up_when_it_falls_behind(
    filled: Registry, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_index, "MUCH", 5)
    monkeypatch.setattr(name_index, "_LITTLE", 1)
    with reading(filled.engine) as connection:
        assert falls_behind(connection)
    first = command(filled, "find", "万州", "--format", "json")
    assert "indexed once" in first.err
    second = command(filled, "find", "万州", "--format", "json")
    assert (second.err, second.json) == ("", first.json)


def test_a_search_needs_no_right_to_write(
    sqlite_registry: Registry, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_rows(command, sqlite_registry, tmp_path / "a.csv", HOMES)
    monkeypatch.setattr(name_index, "MUCH", 1)
    monkeypatch.setattr(name_index, "_LITTLE", 1)
    with sqlite_registry.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    from homeregistry.errors import DatabaseRefused

    def refuse(_engine: object) -> Iterator[None]:
        raise DatabaseRefused("database_read_only", "{where} cannot be written", where="x")

    monkeypatch.setattr(name_index, "writing", refuse)
    answer = command(sqlite_registry, "find", "万州")
    assert answer.code == 0
    assert "万州区教育工会" in answer.out


def test_small_parts_give_the_same_answers(filled: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {text: found(filled, text) for text in TEXTS}
    monkeypatch.setattr(name_index, "PART", 3)
    while True:
        with writing(filled.engine) as connection:
            if not add_part(connection):
                break
        assert {text: found(filled, text) for text in TEXTS} == before
    with reading(filled.engine) as connection:
        assert verify(connection).ok


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_nothing_to_look_for_is_said(text: str, filled: Registry, command: Command) -> None:
    assert command(filled, "find", text).code == 2


@pytest.mark.parametrize(
    "text", ["、", "。。", "()", "（）", "%", "_", "'", "''", '"', "*", "厂", "\u3000厂 ", "-", "😀"]
)
def test_one_character_or_punctuation_alone_finds_names_that_hold_it_and_no_others(
    text: str, filled: Registry
) -> None:
    for indexed in (False, True):
        if indexed:
            catch_up(filled.engine, everything=True)
        assert set(found(filled, text)) == expected(filled, text)


@given(st.sets(st.integers(1, 200_000), min_size=1) | st.sets(st.integers(1, 300), min_size=1))
def test_a_packed_set_is_the_set(ids: set[int]) -> None:
    bits = unpack(pack(sorted(ids)))
    assert list(members(bits)) == sorted(ids)
    assert bits == bits_of(list(ids)) == sum(1 << one for one in ids)


@given(st.text(max_size=12), st.text(max_size=4))
def test_a_name_has_every_pair_of_a_text_it_holds(name: str, text: str) -> None:
    whole_text = name[:5] + text + name[5:]
    assert set(inner_grams(text)) <= grams_of(whole_text)
    assert {gram >> 21 for gram in grams_of(whole_text)} == {ord(char) for char in whole_text}
