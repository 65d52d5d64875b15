"""A registry of the whole country: what counts and searches are measured on.

Rows go straight into a registry that `init` made, without the importer: five million of them would take
the importer an hour, and a question does not ask how its rows came in. Kinds and tiers are as uneven as
in life: the first kind has a third of all, the county's tier two fifths; one row in seven is an industry's.
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

from homeregistry.database import locate, open_engine, writing
from homeregistry.kinds import kinds
from homeregistry.recipients.similarity import blocks_of_key
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.schema import upgrade
from homeregistry.tables import FACTS
from homeregistry.tally import rebuild_tally
from homeregistry.vocabulary import TIERS

YEARS: Final = range(1983, 2026)
_TIER_WEIGHTS: Final = (2, 8, 35, 40, 5, 10)
_SYSTEMS: Final = ("邮政", "教科文卫体", "金融", "国防邮电")
_SIGNS: Final = "华东海云星宏远瑞达新昌盛隆兴泰和安康源丰润泽德信诚嘉祥凯旋博雅晨光辉煌锦绣春秋龙凤麟鹏飞腾跃"
_PLACES: Final = ("东门街道", "统景镇", "复兴镇", "城关镇", "", "", "", "")
_CHUNK: Final = 50_000

Row = tuple[Any, ...]


def build(path: Path, recognitions: int, recipients: int) -> None:
    """Make a registry with that many recognitions of that many recipients at `path`; always the same."""
    place = locate(str(path))
    engine = open_engine(place)
    upgrade(engine, place)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        indexes = _drop_indexes(connection)
        rounds = _rounds(connection)
        _sources(connection)
        _insert(connection, "recipient", _recipients(recipients))
        _insert(connection, "recognition", _recognitions(recognitions, recipients, rounds))
        for statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
    with writing(engine) as connection:
        rebuild_tally(connection)
        connection.exec_driver_sql("ANALYZE")


def _drop_indexes(connection: sqlite3.Connection) -> list[str]:
    """Indexes are made once at the end; returns their statements."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        "AND tbl_name IN ('recognition', 'recipient')"
    ).fetchall()
    for name, _sql in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _name, sql in found]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[Row]) -> None:
    names = FACTS[table]
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _row(table: str, **values: Any) -> Row:
    return tuple(values.get(name) for name in FACTS[table])


def _sources(connection: sqlite3.Connection) -> None:
    document = {"sha256": "0" * 64, "name": "全国.xlsx", "size": 1, "media_type": "text/plain"}
    batch = {
        "document_id": 1, "purpose": "list", "file_name": "全国.xlsx", "options": "{}", "fingerprint": "0",
        "actor": "benchmark", "at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    _insert(connection, "source_document", iter([_row("source_document", id=1, revision_from=1, **document)]))
    _insert(connection, "import_batch", iter([_row("import_batch", id=1, revision_from=1, **batch)]))


def _rounds(connection: sqlite3.Connection) -> dict[tuple[str, str, str, int], int]:
    """One round for every kind, tier, system and year; the national federation stands for all issuers."""
    body = connection.execute("SELECT min(id) FROM union_body").fetchone()[0]
    marks = [
        (kind, tier, system, year)
        for kind in kinds() for tier in TIERS for system in ("", *_SYSTEMS) for year in YEARS
    ]  # fmt: skip
    found = {mark: number for number, mark in enumerate(marks, start=1)}
    same = {
        "stars": 0, "conferring_body_id": body, "ordinal": 0, "decision_no": "", "decision_printed": "",
        "revision_from": 1,
    }  # fmt: skip
    rows = (
        _row(
            "award_round", id=number, kind=kind, tier=tier, system=system, year_from=year, year_to=year,
            decision_date=f"{year}-{number % 12 + 1:02}-15", **same,
        )
        for (kind, tier, system, year), number in found.items()
    )  # fmt: skip
    _insert(connection, "award_round", rows)
    return found


def unit_name(number: int) -> str:
    """The name of a recipient by its number: four of forty signs, so that two characters find some."""
    dice = random.Random(number)
    signs = "".join(dice.choice(_SIGNS) for _ in range(4))
    return f"{signs}{dice.choice(_PLACES)}{number}有限公司工会"


def _recipients(count: int) -> Iterator[Row]:
    same = {"type": "organisation", "batch_id": 1, "revision_from": 1}
    for number in range(1, count + 1):
        name = unit_name(number)
        key = name.removesuffix("工会")
        block, tail = (*blocks_of_key(key), None)[:2]
        yield _row("recipient", id=number, name=name, key=key, block=block, block_tail=tail, **same)


def _recognitions(count: int, recipients: int, rounds: dict[tuple[str, str, str, int], int]) -> Iterator[Row]:
    """Recipient by recipient, as many years each as the numbers need; a recipient stays in its county."""
    dice = random.Random(1983)
    titles, weights = list(kinds()), [1 / place for place in range(1, len(kinds()) + 1)]
    maps = {year: gazetteer().in_force(date(year, 12, 31), "county") for year in YEARS}
    number = 0
    for recipient in range(1, recipients + 1):
        wanted = count * recipient // recipients - number
        drawn = zip(
            dice.choices(titles, weights, k=wanted), dice.choices(TIERS, _TIER_WEIGHTS, k=wanted),
            dice.choices(YEARS, k=wanted), strict=True,
        )  # fmt: skip
        name = unit_name(recipient)
        place = (recipient * 7919) % recipients
        seen = set()
        for kind, tier, drawn_year in drawn:
            year = drawn_year
            while (kind, tier, year) in seen:
                year = YEARS[(year + 1) % len(YEARS)]
            seen.add((kind, tier, year))
            number += 1
            system = _SYSTEMS[number % 4] if number % 7 == 0 else ""
            region = _at(maps[year], place, recipients)
            yield (
                number, rounds[kind, tier, system, year], recipient, kind, tier, system, year, year,
                region.id, None, name, None, None, 1, "名单", number, 1, None,
            )  # fmt: skip


def _at(counties: list[Region], place: int, places: int) -> Region:
    return counties[place * len(counties) // places]
