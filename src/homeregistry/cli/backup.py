"""`backup` and `restore`: the registry in one file, and back, on either engine."""

from pathlib import Path

import click

from homeregistry.cli.output import emit, emit_json, format_option, say, tell
from homeregistry.cli.session import location, opened
from homeregistry.cli.wording import TranslatedCommand
from homeregistry.errors import EXIT_DONE, EXIT_WAITING, RegistryError


@click.command(
    cls=TranslatedCommand,
    help="Write a consistent backup of the registry.\n\nThe file belongs to no engine: it restores into "
    "SQLite and PostgreSQL alike. It is tried out by restoring it before it gets its name.",
)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--quick", is_flag=True, help="Only read the file back, do not try it out.")
@format_option
@click.pass_context
def backup(ctx: click.Context, out: Path, quick: bool, format_: str) -> None:
    """Write one backup."""
    from homeregistry.backups import write_backup
    from homeregistry.database import open_engine
    from homeregistry.witness import remember

    with opened(ctx):
        place = location(ctx)
    manifest = write_backup(open_engine(place), out, quick=quick)
    remember(place, manifest.revision, manifest.audit_head)
    if format_ == "table":
        tell(
            "Backup written: {file}, revision {revision}, {rows} rows, head {head}",
            file=str(out), revision=manifest.revision, head=manifest.audit_head,
            rows=sum(part.rows for part in manifest.tables),
        )  # fmt: skip
        return
    payload = {
        "file": str(out), "revision": manifest.revision, "audit_head": manifest.audit_head,
        "schema": manifest.schema, "rows": sum(part.rows for part in manifest.tables),
    }  # fmt: skip
    emit(format_, payload, tuple(payload), [tuple(payload.values())])


@click.command(
    cls=TranslatedCommand,
    help="Bring a backup back.\n\nA registry that holds anything is replaced only with --force, and a copy "
    "of it is kept. The restored registry is verified; exit 3 when something is wrong.",
)
@click.argument("file", metavar="IN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a registry that holds anything; a copy of it is kept.")
@format_option
@click.pass_context
def restore(ctx: click.Context, file: Path, force: bool, format_: str) -> int:
    """Restore one backup and verify it."""
    from homeregistry.backups import restore_backup
    from homeregistry.cli.verify import as_json, show
    from homeregistry.verifying import verify
    from homeregistry.witness import recall

    place = location(ctx)
    done = restore_backup(place, file, force=force)
    remembered = recall(place)
    try:
        with opened(ctx) as connection:
            report = verify(connection, [remembered] if remembered else [])
    except RegistryError as error:
        raise RegistryError(
            "restored_unverified",
            "The backup was restored, but not verified ({cause}); run: homeregistry verify", cause=error.code,
        ) from error  # fmt: skip
    kept = str(done.kept) if done.kept else None
    if format_ == "json":
        emit_json(
            {
                "file": str(file), "database": place.shown, "revision": done.manifest.revision,
                "audit_head": done.manifest.audit_head, "kept": kept, "verify": as_json(report),
            }
        )  # fmt: skip
    else:
        show(report, format_)
    if kept:
        say("The registry that stood there before is kept in {file}.", file=kept)
    return EXIT_DONE if report.ok else EXIT_WAITING
