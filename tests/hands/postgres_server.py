"""A real PostgreSQL server for the tests: found on this machine, started in a temporary folder, stopped.

`initdb` refuses root, so as root the server runs as another user. Nothing of it needs to survive, so it
does not wait for the disk.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
import sqlalchemy as sa

_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


@dataclass(slots=True)
class Server:
    """A running server: the URL of its maintenance database, and of any other by name.

    A server of our own has its process and can be killed and started again.
    """

    base: sa.URL
    launch: "Callable[[], subprocess.Popen[bytes]] | None" = None
    postmaster: "subprocess.Popen[bytes] | None" = None

    def kill(self) -> None:
        """The whole server dies at once, as when its machine does."""
        assert self.postmaster is not None
        self.postmaster.send_signal(signal.SIGSTOP)  # or it would see its children die, and recover
        for child in psutil.Process(self.postmaster.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                child.kill()
        self.postmaster.kill()
        self.postmaster.wait(timeout=30)

    def start(self) -> None:
        """Start (again); waits until it answers."""
        assert self.launch is not None
        self.postmaster = self.launch()
        _wait(self.base, self.postmaster)

    def stop(self) -> None:
        """Stop at once; nothing of it is kept."""
        assert self.postmaster is not None
        self.postmaster.send_signal(signal.SIGQUIT)
        self.postmaster.wait(timeout=30)

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
        command = [
            binaries / "postgres", "-D", data, "-p", str(port), "-k", folder,
            "-c", "listen_addresses=127.0.0.1", *options,
        ]  # fmt: skip
        base = sa.URL.create(
            "postgresql", username="registry", host="127.0.0.1", port=port, database="postgres"
        )
        with (folder / "log").open("wb") as log:
            server = Server(
                base, lambda: subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **run_as)
            )
            server.start()
            try:
                yield server
            finally:
                server.stop()
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


def _wait(base: sa.URL, postmaster: "subprocess.Popen[bytes]") -> None:
    plain = base.render_as_string(hide_password=False)
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(plain, connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if postmaster.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {error}") from error
            time.sleep(0.05)
