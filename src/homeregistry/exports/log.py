"""The log of exports: what left, of which revision, with which digest. Outside the audit chain, so that
exporting does not change what is exported; `verify` looks in it for heads that the chain must hold.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from homeregistry.database import writing
from homeregistry.digests import canonical
from homeregistry.exports.manifest import Manifest
from homeregistry.ledger import utc_now


def log_export(engine: Engine, manifest: Manifest, file_name: str, actor: str) -> None:
    """List an export, in a transaction of its own."""
    with writing(engine) as connection:
        top = connection.exec_driver_sql("SELECT max(id) FROM export_log").scalar()
        connection.execute(
            sa.text(
                "INSERT INTO export_log "
                "(id, at, actor, what, options, revision, head, content_sha256, file_name) "
                "VALUES (:id, :at, :actor, :what, :options, :revision, :head, :digest, :file)"
            ),
            {
                "id": int(top or 0) + 1, "at": utc_now(), "actor": actor, "what": manifest.what,
                "options": canonical(dict(manifest.options)), "revision": manifest.revision,
                "head": manifest.audit_head, "digest": manifest.content_sha256, "file": file_name,
            },
        )  # fmt: skip


def times_logged(connection: Connection, content_sha256: str) -> list[dict[str, Any]]:
    """When and by whom an export of this content left."""
    rows = connection.execute(
        sa.text("SELECT at, actor, file_name FROM export_log WHERE content_sha256 = :digest ORDER BY id"),
        {"digest": content_sha256},
    )
    return [{"at": row[0], "actor": row[1], "file": row[2]} for row in rows]
