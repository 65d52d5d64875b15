"""What a database refuses is told by the code of the error, whatever language the server speaks."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from homeregistry.database import locate, open_engine, reading, writing
from homeregistry.errors import DatabaseRefused
from homeregistry.schema import require_current
from registries import Answer, Registry

CHINESE = {
    "25006": ("不能在一个只读模式的事务中执行INSERT", "database_read_only"),
    "40001": ("由于同步更新而无法串行访问", "database_conflict"),
    "40P01": ("检测到死锁", "database_conflict"),
    "42501": ("对表 recognition 权限不够", "database_denied"),
    "42601": ("语法错误 在 \"SELEC\" 或附近的", "database_error"),
    "53100": ("无法扩展文件: 设备上没有空间", "disk_full"),
    "53300": ("对不起, 已经有太多的客户", "database_unreachable"),
    "55P03": ("由于锁超时取消语句", "database_busy"),
    "57P01": ("由于管理员命令中断联接", "database_unreachable"),
    "XX001": ("在块 0 中无效的页", "database_damaged"),
}  # fmt: skip
"""SQLSTATE: what a server with Chinese `lc_messages` says, and what it is here."""

SQLITE = {
    "SQLITE_READONLY_DBMOVED": "database_read_only", "SQLITE_BUSY_SNAPSHOT": "database_busy",
    "SQLITE_CORRUPT_INDEX": "database_damaged", "SQLITE_NOTADB": "database_damaged",
    "SQLITE_FULL": "disk_full", "SQLITE_IOERR_SHMSIZE": "disk_full",
    "SQLITE_CANTOPEN_ISDIR": "database_unopened", "SQLITE_ERROR": "database_error",
}  # fmt: skip


def refused_as(engine: sa.Engine, error: Exception) -> DatabaseRefused:
    """What becomes of a driver's error inside a read."""
    with pytest.raises(DatabaseRefused) as refused, reading(engine):
        raise error
    return refused.value


@pytest.mark.parametrize("state", CHINESE)
def test_trap_a_server_that_speaks_chinese_is_understood(state: str, postgres_registry: Registry) -> None:
    words, code = CHINESE[state]
    found = refused_as(postgres_registry.engine, psycopg.errors.lookup(state)(words))
    assert found.code == code
    assert str(found)


@pytest.mark.parametrize("name", SQLITE)
def test_a_result_code_of_sqlite_is_understood_without_its_words(
    name: str, sqlite_registry: Registry
) -> None:
    error = sqlite3.OperationalError("?")
    error.sqlite_errorcode = getattr(sqlite3, name)
    assert refused_as(sqlite_registry.engine, error).code == SQLITE[name]


def test_a_file_locked_by_another_says_so(sqlite_registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeregistry.database._BUSY_SECONDS", 0)
    first, second = open_engine(sqlite_registry.location), open_engine(sqlite_registry.location)
    with writing(first), pytest.raises(DatabaseRefused) as refused, writing(second):
        pass
    assert refused.value.code == "database_busy"


def test_a_folder_in_place_of_the_file_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(DatabaseRefused) as refused, reading(open_engine(locate(str(tmp_path)))) as connection:
        connection.exec_driver_sql("SELECT 1")
    assert refused.value.code == "database_unopened"


@pytest.fixture
def stranger(postgres_registry: Registry) -> Iterator[Registry]:
    """The registry for a user of the server who was given no right to it."""
    role = f"stranger_{postgres_registry.location.url.database}"
    with postgres_registry.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN PASSWORD 'x'")
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {role}")
    place = locate(postgres_registry.location.url.set(username=role, password="x").render_as_string(False))
    yield Registry(place, open_engine(place))
    with postgres_registry.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {role}")
        connection.exec_driver_sql(f"DROP ROLE {role}")


def test_trap_a_table_that_may_not_be_read_is_not_a_registry_that_is_not_there(
    stranger: Registry, command: Callable[..., Answer]
) -> None:
    with pytest.raises(DatabaseRefused) as refused, reading(stranger.engine) as connection:
        require_current(connection)
    assert refused.value.code == "database_denied"
    answer = command(stranger, "count", "--format", "json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "database_denied")
    assert "homeregistry init" not in answer.json["error"]["message"]
