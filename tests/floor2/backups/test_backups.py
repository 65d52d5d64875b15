"""A backup is whole and consistent, belongs to no engine, and never overwrites a registry silently."""

import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from facts import fact, put_batch
from homeregistry import backups
from homeregistry.backups import restore_backup, write_backup
from homeregistry.backups.archive import encode_rows, is_backup
from homeregistry.bulk import stream_rows
from homeregistry.database import exists, open_engine, reading
from homeregistry.errors import DatabaseRefused, FileRefused
from homeregistry.ledger import Deed, head, write
from homeregistry.verifying import verify
from registries import Answer, Registry, rows, scalar

Command = Callable[..., Answer]
NewPlace = Callable[[str], Registry]


def everything(registry: Registry) -> dict[str, list[str]]:
    """Every row of every table, as the same text on both engines."""
    tables = set(sa.inspect(registry.engine).get_table_names()) - {"alembic_version"}
    return {
        table: sorted(encode_rows([tuple(row)]).decode() for row in rows(registry, f"SELECT * FROM {table}"))
        for table in tables
    }


def fill(registry: Registry) -> Registry:
    put_batch(registry.engine, 3, held=1)
    put_batch(registry.engine, 2, year=2022)
    with write(registry.engine, Deed("batch undo", "tester")) as ledger:
        ledger.close_batch("recognition", 2)
        ledger.close("import_batch", [2])
    with registry.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO export_log VALUES (1, 'now', 'me', 'tally', '{}', 1, 'h', 'x', 'tally.xlsx')"
        )
        connection.execute(
            sa.text("UPDATE export_log SET head = (SELECT hash FROM audit_entry WHERE id = 1), revision = 1")
        )
    return registry


@pytest.mark.parametrize(
    ("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")]
)
def test_a_registry_moves_between_engines_without_losing_an_entry(
    source: str, target: str, new_registry: NewPlace, new_empty_database: NewPlace, tmp_path: Path
) -> None:
    one, other = fill(new_registry(source)), new_empty_database(target)
    manifest = write_backup(one.engine, tmp_path / "r.backup")
    restore_backup(other.location, tmp_path / "r.backup")
    assert everything(other) == everything(one)
    with reading(other.engine) as connection:
        assert head(connection) == (manifest.revision, manifest.audit_head)
        assert verify(connection).ok
    assert scalar(other, "SELECT count(*) FROM recognition") == 5


def test_a_restored_registry_goes_on_where_it_stood(
    sqlite_registry: Registry, new_empty_database: NewPlace, tmp_path: Path
) -> None:
    fill(sqlite_registry)
    write_backup(sqlite_registry.engine, tmp_path / "r.backup")
    other = new_empty_database("sqlite")
    restore_backup(other.location, tmp_path / "r.backup")
    for registry in (sqlite_registry, other):
        put_batch(registry.engine, 1, year=2025)
    assert scalar(other, "SELECT max(id) FROM recognition") == 6
    with reading(other.engine) as connection:
        assert verify(connection).ok


def test_an_initialised_registry_that_holds_nothing_may_be_replaced(
    registry: Registry, tmp_path: Path
) -> None:
    write_backup(registry.engine, tmp_path / "r.backup", quick=True)
    assert restore_backup(registry.location, tmp_path / "r.backup").kept is None


def test_a_registry_that_holds_anything_is_replaced_only_by_force_and_kept(
    registry: Registry, tmp_path: Path
) -> None:
    fill(registry)
    backup = tmp_path / "r.backup"
    write_backup(registry.engine, backup, quick=True)
    put_batch(registry.engine, 4, year=2025)
    before = everything(registry)
    with pytest.raises(DatabaseRefused) as refused:
        restore_backup(registry.location, backup)
    assert refused.value.code == "registry_not_empty"
    assert everything(registry) == before
    done = restore_backup(registry.location, backup, force=True)
    assert scalar(registry, "SELECT count(*) FROM recognition") == 5
    assert done.kept is not None
    if registry.location.path is None:
        assert is_backup(done.kept)
        restore_backup(registry.location, done.kept, force=True)
    else:
        done.kept.replace(registry.location.path)
        for ending in ("-wal", "-shm"):
            registry.location.path.with_name(registry.location.path.name + ending).unlink(missing_ok=True)
    assert everything(registry) == before


def test_a_backup_is_consistent_while_others_write(registry: Registry, tmp_path: Path) -> None:
    put_batch(registry.engine, 2)
    stop = threading.Event()

    def go_on_writing() -> None:
        year = 1990
        while not stop.is_set():
            put_batch(open_engine(registry.location), 3, year=year)
            year += 1

    writer = threading.Thread(target=go_on_writing)
    writer.start()
    try:
        for number in range(2):
            write_backup(registry.engine, tmp_path / f"{number}.backup", quick=True)
    finally:
        stop.set()
        writer.join()
    for number in range(2):
        restore_backup(registry.location, tmp_path / f"{number}.backup", force=True)
        with reading(registry.engine) as connection:
            assert verify(connection).ok


def test_exports_that_left_are_not_forgotten_by_restoring_what_was_before_them(
    registry: Registry, tmp_path: Path
) -> None:
    put_batch(registry.engine, 1)
    write_backup(registry.engine, tmp_path / "r.backup", quick=True)
    put_batch(registry.engine, 1, year=2021)
    with registry.engine.begin() as connection:
        revision, mark = head(connection)
        connection.execute(
            sa.text(
                "INSERT INTO export_log VALUES (1, 'now', 'me', 'tally', '{}', :r, :h, 'x', 'tally.xlsx')"
            ),
            {"r": revision, "h": mark},
        )
    restore_backup(registry.location, tmp_path / "r.backup", force=True)
    with reading(registry.engine) as connection:
        assert [finding.code for finding in verify(connection).findings] == ["head_missing"]


# what is refused


@pytest.fixture
def backup(sqlite_registry: Registry, tmp_path: Path) -> Path:
    """A backup of a filled registry."""
    fill(sqlite_registry)
    path = tmp_path / "r.backup"
    write_backup(sqlite_registry.engine, path)
    return path


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with its members changed and packed again."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def lose_a_line(members: dict[str, bytes]) -> None:
    members["recognition.jsonl"] = members["recognition.jsonl"].split(b"\n", 1)[1]


def change_a_name(members: dict[str, bytes]) -> None:
    members["recipient.jsonl"] = members["recipient.jsonl"].replace("单位0".encode(), "单位9".encode())


def lose_a_table(members: dict[str, bytes]) -> None:
    del members["problem.jsonl"]


def name_a_foreign_table(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["tables"][0]["name"] = "region; DROP TABLE region"
    members["manifest.json"] = json.dumps(manifest).encode()


def break_a_line(members: dict[str, bytes]) -> None:
    members["recipient.jsonl"] += b"[1, 2\n"


@pytest.mark.parametrize(
    "change", [lose_a_line, change_a_name, lose_a_table, name_a_foreign_table, break_a_line]
)
def test_a_damaged_backup_is_refused_and_nothing_is_changed(
    change: Callable[[dict[str, bytes]], None], backup: Path, registry: Registry, new_empty_database: NewPlace
) -> None:
    rewritten(backup, change)
    put_batch(registry.engine, 1)
    before = everything(registry)
    with pytest.raises(FileRefused) as refused:
        restore_backup(registry.location, backup, force=True)
    assert refused.value.code == "backup_damaged"
    assert everything(registry) == before
    nowhere = new_empty_database("sqlite")
    with pytest.raises(FileRefused):
        restore_backup(nowhere.location, backup)
    assert not exists(nowhere.location)


def test_a_backup_cut_off_is_no_backup(backup: Path, sqlite_registry: Registry) -> None:
    backup.write_bytes(backup.read_bytes()[:-100])
    with pytest.raises(FileRefused) as refused:
        restore_backup(sqlite_registry.location, backup, force=True)
    assert refused.value.code == "not_a_backup"


@pytest.mark.parametrize(("field", "value"), [("schema", "9999"), ("version", 2)])
def test_a_backup_of_a_newer_program_is_refused(
    field: str, value: object, backup: Path, new_empty_database: NewPlace
) -> None:
    def newer(members: dict[str, bytes]) -> None:
        manifest = {**json.loads(members["manifest.json"]), field: value}
        members["manifest.json"] = json.dumps(manifest).encode()

    nowhere = new_empty_database("sqlite")
    with pytest.raises(FileRefused) as refused:
        restore_backup(nowhere.location, rewritten(backup, newer))
    assert refused.value.code == "backup_newer"
    assert not exists(nowhere.location)


def test_the_tables_of_another_program_are_not_replaced(empty_database: Registry, backup: Path) -> None:
    with empty_database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (id INTEGER)")
    with pytest.raises(DatabaseRefused) as refused:
        restore_backup(empty_database.location, backup, force=True)
    assert refused.value.code == "not_a_registry"


def test_a_damaged_sqlite_file_is_moved_aside_when_a_backup_takes_its_place(
    backup: Path, new_empty_database: NewPlace
) -> None:
    place = new_empty_database("sqlite")
    assert place.location.path is not None
    place.location.path.write_bytes(b"damaged " * 1000)
    with pytest.raises(DatabaseRefused) as refused:
        restore_backup(place.location, backup)
    assert refused.value.code == "registry_not_empty"
    done = restore_backup(place.location, backup, force=True)
    assert done.kept is not None
    assert done.kept.read_bytes() == b"damaged " * 1000
    assert scalar(place, "SELECT count(*) FROM recognition") == 5


def test_a_file_that_is_no_backup_is_not_overwritten_by_one(
    sqlite_registry: Registry, tmp_path: Path
) -> None:
    other = tmp_path / "名单.xlsx"
    other.write_bytes(b"hers")
    with pytest.raises(FileRefused) as refused:
        write_backup(sqlite_registry.engine, other)
    assert refused.value.code == "would_overwrite"
    assert other.read_bytes() == b"hers"


def test_a_backup_that_cannot_be_finished_leaves_the_older_one_and_no_crumbs(
    backup: Path, sqlite_registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.read_bytes()

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.writing, "_to_disk", full)
    with pytest.raises(FileRefused) as refused:
        write_backup(sqlite_registry.engine, backup)
    assert refused.value.code == "disk_full"
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.glob("r.backup*")] == ["r.backup"]


def test_trap_a_stream_of_rows_that_an_error_left_behind_says_nothing(sqlite_registry: Registry) -> None:
    """It is let go of after its connection: what it says then goes to the screen, as a traceback."""
    with sqlite_registry.engine.connect() as connection:
        rows = stream_rows(connection, "SELECT code FROM region ORDER BY id", 5)
        next(rows)
    rows.close()  # type: ignore[attr-defined]


def test_a_backup_into_a_folder_that_is_not_there_says_so(sqlite_registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        write_backup(sqlite_registry.engine, tmp_path / "nowhere" / "r.zip")
    assert refused.value.code == "no_folder"


def test_rows_that_do_not_come_back_as_they_were_stop_the_backup(
    sqlite_registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_registry)
    load = backups.loading.load_rows

    def lose_one(connection: object, table: str, columns: object, found: list[object]) -> None:
        load(connection, table, columns, found[1:] if table == "recognition" else found)  # type: ignore[arg-type]

    monkeypatch.setattr(backups.loading, "load_rows", lose_one)
    with pytest.raises(FileRefused) as refused:
        write_backup(sqlite_registry.engine, tmp_path / "r.backup")
    assert refused.value.code == "backup_damaged"
    assert not (tmp_path / "r.backup").exists()


# the commands


def test_the_commands_back_up_restore_and_verify(
    registry: Registry, command: Command, tmp_path: Path
) -> None:
    fill(registry)
    made = command(registry, "backup", tmp_path / "r.backup", "--format", "json")
    assert made.code == 0
    assert made.json["revision"] == 3
    refused = command(registry, "restore", tmp_path / "r.backup", "--format", "json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "registry_not_empty")
    done = command(registry, "restore", tmp_path / "r.backup", "--force", "--format", "json")
    assert done.code == 0
    assert done.json["verify"]["ok"]
    assert done.json["kept"]
    assert command(registry, "verify", "--against", tmp_path / "r.backup").code == 0


def test_a_registry_that_was_never_begun_has_no_backup(
    empty_database: Registry, command: Command, tmp_path: Path
) -> None:
    answer = command(empty_database, "backup", tmp_path / "r.backup", "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "not_initialised")
    assert not (tmp_path / "r.backup").exists()


def test_bytes_survive(registry: Registry, new_empty_database: NewPlace, tmp_path: Path) -> None:
    with write(registry.engine, Deed("import", "tester")) as ledger:
        ledger.insert("source_document", [fact("source_document", id=1, sha256="a", name="甲\u2028乙\\n")])
        content = fact("source_content", id=1, document_id=1, content=bytes(range(256)) * 5)
        ledger.insert("source_content", [content])
    write_backup(registry.engine, tmp_path / "r.backup")
    other = new_empty_database("sqlite")
    restore_backup(other.location, tmp_path / "r.backup")
    assert scalar(other, "SELECT content FROM source_content") == bytes(range(256)) * 5
    assert scalar(other, "SELECT name FROM source_document") == "甲\u2028乙\\n"
