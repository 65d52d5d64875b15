"""Killed at any moment, the registry is as before or as after, `verify` is clean, the next command works."""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from accidents import (
    DONE,
    NAMED,
    OPERATIONS,
    Forked,
    Operation,
    Scene,
    Standing,
    clean,
    require_whole_files,
    sizes,
    start,
)
from conftest import ENGINES
from homeregistry.database import SCHEMA_HEAD
from places import PACKAGE, ROOT
from registries import scalar

NewScene = Callable[[Operation, str], Scene]
Begin = Callable[[], "Forked | subprocess.Popen[bytes]"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")

THIRTY = [pytest.param(engine, 30, marks=pytest.mark.soak) for engine in ENGINES]
"""The engine, and at how many moments."""


def kill_at(moments: int, scene: Scene, begin: Begin, earliest: float = 0.0) -> dict[str, int]:
    """Kill what `begin` starts at moments that lie evenly over its run and randomly each in its stretch.

    The seed is fixed, so that a failure can be repeated. `earliest` is the part of the run in which nothing
    is done yet but loading. Returns how often it was as before and as after.
    """
    before = scene.standing()
    began = time.monotonic()
    assert begin().wait() in DONE
    lasted = time.monotonic() - began
    after = sizes(scene.standing())
    dice = random.Random(20231227)
    outcomes, outcome = {"as before": 0, "as after": 0}, "as after"
    for number in range(moments):
        moment = earliest + (number + dice.random()) / moments * (1.05 - earliest)
        if outcome == "as after":
            scene.set_back()  # else it goes on from what the last kill left
        process = begin()
        time.sleep(moment * lasted)
        process.kill()
        process.wait()
        outcome = as_before_or_as_after(scene, before, after)
        outcomes[outcome] += 1
        require_whole_files(scene.folder)
    assert begin().wait() in (*DONE, 1), "the next command does not work"
    clean(scene.registry)
    print(f"{' '.join(scene.operation.arguments[:2])}: {moments} kills over {lasted:.2f} s, {outcomes}")
    return outcomes


def as_before_or_as_after(scene: Scene, before: Standing, after: dict[str, int] | None) -> str:
    """Which of the two it is, and clean: there is no third."""
    found = scene.standing()
    assert found == before or sizes(found) == after
    clean(scene.registry)
    return "as before" if found == before else "as after"


@pytest.mark.parametrize(
    ("what", "engine", "moments"),
    [
        *((what, "sqlite", 2) for what in OPERATIONS),
        *((what, "postgresql", 1) for what in NAMED),
        *(pytest.param(what, *one.values, marks=one.marks) for what in OPERATIONS for one in THIRTY),
    ],
)
def test_killed_at_random_moments_it_is_as_before_or_as_after(
    what: str, engine: str, moments: int, new_scene: NewScene
) -> None:
    scene = new_scene(OPERATIONS[what], engine)
    kill_at(moments, scene, lambda: Forked(scene.registry.db, *scene.arguments))


NEWER = """
import sqlalchemy as sa
from alembic import op

revision = "{newer}"
down_revision = "{older}"
branch_labels = None
depends_on = None


def upgrade():
    for table in ("source_document", "recipient", "recognition"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("remark", sa.Text()))
"""
"""Parents with children are made anew: the migration that SQLite makes hardest."""


def newer_program(folder: Path) -> Path:
    """The program of tomorrow, with one migration more."""
    newer = f"{int(SCHEMA_HEAD) + 1:04}"
    shutil.copytree(PACKAGE, folder / "src" / "homeregistry")
    shutil.copytree(ROOT / "migrations", folder / "migrations")
    text = NEWER.format(newer=newer, older=SCHEMA_HEAD)
    (folder / "migrations" / "versions" / f"{newer}_remarks.py").write_text(text, encoding="utf-8")
    database = folder / "src" / "homeregistry" / "database.py"
    said = f'SCHEMA_HEAD = "{SCHEMA_HEAD}"'
    source = database.read_text(encoding="utf-8")
    assert said in source
    database.write_text(source.replace(said, f'SCHEMA_HEAD = "{newer}"'), encoding="utf-8")
    return folder / "src"


@pytest.mark.parametrize("moments", [1, pytest.param(30, marks=pytest.mark.soak)])
def test_killed_while_it_migrates_a_filled_registry_it_is_of_the_old_schema_or_of_the_new(
    moments: int, new_scene: NewScene, tmp_path: Path
) -> None:
    scene = new_scene(Operation(("db", "upgrade"), OPERATIONS["undo"].before), "sqlite")
    program = newer_program(tmp_path / "tomorrow")
    db = scene.registry.db
    kill_at(moments, scene, lambda: start(db, *scene.arguments, program=program), earliest=0.5)
    remarks = "SELECT count(*) FROM recognition WHERE remark IS NULL"
    assert scalar(scene.registry, remarks) == scalar(scene.registry, "SELECT count(*) FROM recognition") == 7
