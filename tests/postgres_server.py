"""A real PostgreSQL server for the tests: found on this machine, started in a temporary folder, stopped.

`initdb` refuses root, so as root the server runs as another user. Nothing of it needs to survive, so it
does not wait for the disk.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the URL of its maintenance database, and of any other by name.

    `postmaster` is the process of a server of our own, for tests that kill it.
    """

    base: sa.URL
    postmaster: "subprocess.Popen[bytes] | None" = field(default=None, compare=False)

    def url(self, name: str) -> str:
        """The URL of a database of this server."""
        return self.base.set(database=name).render_as_string(hide_password=False)

    def create(self, name: str, template: str | None = None) -> None:
        """Create a database, empty or as a copy of another."""
        copied = f' TEMPLATE "{template}"' if template else ""
        self._run(f'CREATE DATABASE "{name}"{copied}')

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        plain = self.base.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement.encode())


def external_server() -> Server | None:
    """The server that HOMEREGISTRY_TEST_POSTGRES names, if it does."""
    url = os.environ.get("HOMEREGISTRY_TEST_POSTGRES")
    return Server(sa.make_url(url)) if url else None


def find_binaries() -> Path | None:
    """The folder that holds the server programs, newest version first."""
    beside = shutil.which("initdb")
    folders = [Path(beside).resolve().parent] if beside else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


@contextmanager
def start_server(binaries: Path) -> Iterator[Server]:
    """Run a server of our own until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="homeregistry-pg-"))
    run_as = _other_user()
    if run_as:
        shutil.chown(folder, user=run_as["user"])
    try:
        data = folder / "data"
        made = subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "registry", "-A", "trust", "--no-sync",
             "--encoding=UTF8", "--no-locale"],
            cwd=folder, capture_output=True, text=True, **run_as,
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        port = _free_port()
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        log = (folder / "log").open("wb")
        postmaster = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-p", str(port), "-k", folder,
             "-c", "listen_addresses=127.0.0.1", *options],
            cwd=folder, stdout=log, stderr=log, **run_as,
        )  # fmt: skip
        try:
            base = sa.URL.create(
                "postgresql", username="registry", host="127.0.0.1", port=port, database="postgres"
            )
            _wait(base, postmaster, folder / "log")
            yield Server(base, postmaster)
        finally:
            log.close()
            postmaster.send_signal(3)  # immediate shutdown: nothing of it is kept
            postmaster.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> dict[str, Any]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(base: sa.URL, postmaster: "subprocess.Popen[bytes]", log: Path) -> None:
    import time

    plain = base.render_as_string(hide_password=False)
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(plain, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            if postmaster.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}") from None
            time.sleep(0.05)
