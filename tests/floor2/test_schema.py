"""The schema: the migrations make what the models say, and migrating does not fall into the known traps.

The traps are shown with synthetic revisions on top of the head, put into a copy of the migrations folder.
"""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from facts import put_batch
from homeregistry import models, schema
from homeregistry.database import SCHEMA_HEAD, locate, open_engine, reading, rebuilding
from homeregistry.errors import DatabaseRefused
from homeregistry.schema import current, downgrade, migrations_folder, require_current, upgrade
from registries import Registry, rows, scalar

NewPlace = Callable[[str], Registry]


def catalogue(registry: Registry) -> set[str]:
    """What the engine knows of the tables: columns, keys, links, checks, indexes with their conditions."""
    if registry.location.path is None:
        return {str(row) for statement in PG_CATALOGUE for row in rows(registry, statement)}
    inspector = sa.inspect(registry.engine)
    found = {row[0] for row in rows(registry, "SELECT sql FROM sqlite_master WHERE type = 'index'") if row[0]}
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        for one in inspector.get_columns(table):
            found.add(f"{table}.{one['name']} {one['type']!r} {one['nullable']} {one['default']}")
        for link in inspector.get_foreign_keys(table):
            found.add(f"{table} link {sorted(map(str, link.items()))}")
        found.add(f"{table} key {inspector.get_pk_constraint(table)}")
        found.update(f"{table} unique {one}" for one in inspector.get_unique_constraints(table))
        found.update(f"{table} check {one}" for one in inspector.get_check_constraints(table))
    return found


PG_CATALOGUE = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns "
    "WHERE table_schema = 'public' AND table_name <> 'alembic_version'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND conrelid <> 'alembic_version'::regclass",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_migrations_make_exactly_what_the_models_say(
    engine: str, new_registry: NewPlace, new_empty_database: NewPlace
) -> None:
    migrated, modelled = new_registry(engine), new_empty_database(engine)
    models.metadata.create_all(modelled.engine)
    with modelled.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
    assert catalogue(migrated) == catalogue(modelled)


def test_the_comparison_sees_a_check_that_differs(new_empty_database: NewPlace) -> None:
    one, other = new_empty_database("sqlite"), new_empty_database("sqlite")
    for place, codes in ((one, "'a'"), (other, "'a', 'b'")):
        with place.engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE TABLE t (c TEXT, CONSTRAINT known CHECK (c IN ({codes})))")
    assert catalogue(one) != catalogue(other)


def test_every_constraint_of_the_models_has_a_name() -> None:
    for table in models.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, (table.name, constraint)


def test_there_is_one_head_and_the_program_works_with_it() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA_HEAD]


def test_revisions_are_numbered_so_that_older_and_newer_can_be_told_apart() -> None:
    names = sorted(path.name for path in (migrations_folder() / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]


# up and down, with rows in place


def test_upgrading_again_changes_no_row(registry: Registry) -> None:
    put_batch(registry.engine)
    before = everything(registry)
    assert upgrade(registry.engine, registry.location) is None
    assert everything(registry) == before


def test_going_down_to_nothing_and_up_again_works_with_rows_in_place(registry: Registry) -> None:
    put_batch(registry.engine)
    downgrade(registry.engine, "base")
    assert set(sa.inspect(registry.engine).get_table_names()) <= {"alembic_version"}
    upgrade(registry.engine, registry.location)
    with reading(registry.engine) as connection:
        require_current(connection)
    assert scalar(registry, "SELECT count(*) FROM region") > 5000


def test_an_older_registry_gets_its_tally_from_the_rows_that_are_there(registry: Registry) -> None:
    put_batch(registry.engine, 20)
    put_batch(registry.engine, 5, year=2021, file="第二.xlsx")
    tally = "SELECT * FROM recognition_tally ORDER BY kind, tier, system, region_id"
    before = rows(registry, tally)
    assert sum(row.number for row in before) == scalar(registry, "SELECT count(*) FROM recognition") > 0
    for older in ("0001", "0002"):
        downgrade(registry.engine, older)
        upgrade(registry.engine, registry.location)
        assert rows(registry, tally) == before


def test_a_database_of_another_program_is_left_alone(empty_database: Registry) -> None:
    with empty_database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recognition (theirs TEXT)")
        connection.exec_driver_sql("INSERT INTO recognition VALUES ('kept')")
    with pytest.raises(DatabaseRefused):
        upgrade(empty_database.engine, empty_database.location)
    assert scalar(empty_database, "SELECT theirs FROM recognition") == "kept"
    assert sa.inspect(empty_database.engine).get_table_names() == ["recognition"]


# the known traps


SYNTHETIC = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade():
{body}


def downgrade():
    pass
"""


@pytest.fixture
def more_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Adds synthetic revisions after the head: `more_migrations("op.execute(...)", …)`."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "migrations_folder", lambda: folder)

    def add(*bodies: str) -> None:
        before = SCHEMA_HEAD
        for number, body in enumerate(bodies, start=int(SCHEMA_HEAD) + 1):
            revision = f"{number:04}"
            indented = "\n".join(f"    {line}" for line in body.strip().splitlines())
            text = SYNTHETIC.format(revision=revision, before=before, body=indented)
            (folder / "versions" / f"{revision}_synthetic.py").write_text(text)
            before = revision

    return add


def later(steps: int) -> str:
    """The revision so many steps behind the head."""
    return f"{int(SCHEMA_HEAD) + steps:04}"


FAMILY = """
op.create_table("mother", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
op.create_table(
    "child",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mother_id", sa.Integer, sa.ForeignKey("mother.id", ondelete="CASCADE", name="fk_child")),
)
op.execute("INSERT INTO mother VALUES (1, 'a'), (2, 'b')")
op.execute("INSERT INTO child VALUES (1, 1), (2, 1), (3, 2)")
"""
MOTHER_MADE_ANEW = """
with op.batch_alter_table("mother", recreate="auto") as batch:
    batch.alter_column("name", type_=sa.String(50), existing_type=sa.Text())
"""


def test_trap_a_batch_migration_of_a_parent_table_does_not_delete_its_children(
    registry: Registry, more_migrations: Callable[..., None]
) -> None:
    more_migrations(FAMILY, MOTHER_MADE_ANEW)
    upgrade(registry.engine, registry.location, to=later(1))
    upgrade(registry.engine, registry.location, to=later(2))
    assert scalar(registry, "SELECT count(*) FROM child") == 3
    assert scalar(registry, "SELECT count(*) FROM mother") == 2


def test_the_trap_is_real_with_foreign_keys_on_the_children_are_gone(
    sqlite_registry: Registry, more_migrations: Callable[..., None]
) -> None:
    more_migrations(FAMILY, MOTHER_MADE_ANEW)
    upgrade(sqlite_registry.engine, sqlite_registry.location, to=later(1))
    with sqlite_registry.engine.begin() as connection:  # foreign keys are on: not the runner's way
        schema.migrate(connection, later(2))
    assert scalar(sqlite_registry, "SELECT count(*) FROM child") == 0


def test_foreign_keys_are_on_again_after_a_migration(sqlite_registry: Registry) -> None:
    upgrade(sqlite_registry.engine, sqlite_registry.location)
    assert scalar(sqlite_registry, "PRAGMA foreign_keys") == 1


def test_trap_a_migration_that_fails_half_way_leaves_nothing_behind(
    registry: Registry, more_migrations: Callable[..., None]
) -> None:
    more_migrations(
        FAMILY + "op.add_column('recipient', sa.Column('half', sa.Text()))\nop.execute('no such statement')"
    )
    before = catalogue(registry)
    with pytest.raises(DatabaseRefused):
        upgrade(registry.engine, registry.location, to=later(1))
    assert catalogue(registry) == before
    with reading(registry.engine) as connection:
        assert current(connection) == SCHEMA_HEAD


def test_trap_a_migration_that_breaks_a_link_is_taken_back(
    sqlite_registry: Registry, more_migrations: Callable[..., None]
) -> None:
    put_batch(sqlite_registry.engine)
    more_migrations("op.execute('DELETE FROM source_document')")
    with pytest.raises(DatabaseRefused) as refused:
        upgrade(sqlite_registry.engine, sqlite_registry.location, to=later(1))
    assert refused.value.code == "links_broken"
    assert scalar(sqlite_registry, "SELECT count(*) FROM source_document") == 1


def test_trap_a_percent_sign_in_the_path_or_the_password_is_no_format(
    tmp_path: Path, postgres_registry: Registry
) -> None:
    place = locate(str(tmp_path / "100%" / "50%s.sqlite3"))
    assert place.path is not None
    place.path.parent.mkdir()
    upgrade(open_engine(place), place)
    assert place.path.is_file()
    url = postgres_registry.location.url.set(password="p%(x)s%25@/").render_as_string(hide_password=False)
    other = locate(url)
    upgrade(open_engine(other), other)
    assert "p%" not in other.shown
    assert "***" in other.shown


def test_a_database_is_backed_up_before_it_is_migrated(
    sqlite_registry: Registry, more_migrations: Callable[..., None]
) -> None:
    put_batch(sqlite_registry.engine)
    before = everything(sqlite_registry)
    more_migrations("op.execute('DELETE FROM recognition')")
    copy = upgrade(sqlite_registry.engine, sqlite_registry.location, to=later(1))
    assert scalar(sqlite_registry, "SELECT count(*) FROM recognition") == 0
    assert copy is not None
    place = locate(str(copy))
    assert everything(Registry(place, open_engine(place))) == before


def test_several_programs_that_initialise_one_place_at_once_are_all_content(
    empty_database: Registry,
) -> None:
    def initialise(_number: int) -> None:
        place = locate(empty_database.db)
        upgrade(open_engine(place), place)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(initialise, range(4)))
    with reading(empty_database.engine) as connection:
        require_current(connection)
    assert scalar(empty_database, "SELECT count(*) FROM alembic_version") == 1


# old, new, missing


def test_an_older_or_newer_schema_is_refused_with_what_mends_it(registry: Registry) -> None:
    for found, code, words in (("0000", "schema_older", "db upgrade"), ("9999", "schema_newer", "install")):
        with registry.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = :v"), {"v": found})
        with reading(registry.engine) as connection, pytest.raises(DatabaseRefused) as refused:
            require_current(connection)
        assert refused.value.code == code
        assert words in str(refused.value)


def test_a_place_that_was_never_initialised_is_named_as_that(empty_database: Registry) -> None:
    with empty_database.engine.connect() as connection, pytest.raises(DatabaseRefused) as refused:
        require_current(connection)
    assert refused.value.code == "not_initialised"


def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_bytes(b"Dear comrades, " * 500)
    place = locate(str(path))
    with pytest.raises(DatabaseRefused) as refused:
        upgrade(open_engine(place), place)
    assert refused.value.code == "database_damaged"
    assert path.read_bytes() == b"Dear comrades, " * 500


def test_links_are_enforced_outside_migrations(registry: Registry) -> None:
    put_batch(registry.engine)
    with pytest.raises(sa.exc.IntegrityError), registry.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE import_batch SET document_id = 99")


def test_a_rebuilding_that_fails_is_taken_back_whole(registry: Registry) -> None:
    before = everything(registry)

    def fail() -> None:
        with rebuilding(registry.engine) as connection:
            connection.exec_driver_sql("DELETE FROM region")
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        fail()
    assert everything(registry) == before


def everything(registry: Registry) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table: sorted(map(tuple, rows(registry, f"SELECT * FROM {table}")), key=repr)
        for table in sa.inspect(registry.engine).get_table_names()
    }
