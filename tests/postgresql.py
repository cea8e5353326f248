"""A real PostgreSQL server for the tests: Debian's programs, a free port, an ordinary user, a folder of its own.

Where the server's programs are not installed, `programs` finds none, and the tests that need it are
skipped; ``make test`` runs ``tests/install_postgresql.sh`` first, which installs them where it may.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

USER = "genrebot"
GUARDED = "guarded"
"""The one user who needs a password, and may do nothing unless it is allowed."""

PASSWORD = "p@ss/word:1"
PATIENCE_SECONDS = 60.0
ATTEMPTS = 3

# The server ends with its standard input, and that ends with whoever started it, however they end.
SUPERVISOR = '"$@" </dev/null & server=$!; cat >/dev/null; kill -INT $server; wait $server'

# None of it has to outlive the tests. Every waiting client of a test has a connection.
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}


def programs() -> Path | None:
    """Return the folder of the newest server's programs; None where there is no server."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    # Debian keeps them off PATH, one folder a version.
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    usable = [folder for folder in folders if (folder / "postgres").is_file() and (folder / "initdb").is_file()]
    return usable[-1] if usable else None


def in_a_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """Do something asynchronous and return its result, whether or not a loop is running here already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


# What a database is empty of again is quicker than a new one, which is three hundred files. Where a test changed the
# tables themselves, or the revision that they are at, there has to be a new one all the same.
WATCH = (
    "CREATE SCHEMA watching",
    "CREATE TABLE watching.changes AS SELECT version_num::text AS what FROM alembic_version",
    "CREATE FUNCTION watching.note() RETURNS event_trigger LANGUAGE plpgsql"
    " AS 'BEGIN INSERT INTO watching.changes VALUES (tg_tag); END'",
    "CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION watching.note()",
)
UNCHANGED = "SELECT array(TABLE watching.changes) = array(SELECT version_num::text FROM alembic_version)"
DISCONNECT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
EMPTY = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(format('%I', name), 1, false);
    END LOOP;
END $$
"""


class PostgresqlServer:
    """A running server; `running_postgresql` makes one."""

    def __init__(self, binaries: Path, folder: Path, owner: dict[str, Any]) -> None:
        self._binaries = binaries
        self._data = folder / "data"
        self._log = folder / "log"
        self._owner = owner
        self._numbers = count(1)
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._spare: str | None = None
        self.port = 0
        # As most servers are set up: names in the order of a language, and not of their bytes.
        provider = ["--locale-provider=icu", "--icu-locale=en"] if self._version() >= 15 else []
        self._run("initdb", "--no-sync", "--no-instructions", "--auth=trust", f"--username={USER}", "--encoding=UTF8",
                  "--locale=C.UTF-8", *provider, "--pgdata", str(self._data))  # fmt: skip
        access = self._data / "pg_hba.conf"
        access.write_text(f"host all {GUARDED} 127.0.0.1/32 scram-sha-256\n{access.read_text()}")

    def address(self, database: str) -> str:
        return f"postgresql+asyncpg://{USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, on a port that is free now, and the same one after it was stopped."""
        for _ in range(ATTEMPTS):
            port = self.port or free_port()
            options = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
            command = [self._binaries / "postgres", "-D", self._data, "-p", str(port), *options]
            with self._log.open("ab") as log:
                self._supervisor = subprocess.Popen(
                    ["sh", "-c", SUPERVISOR, "supervisor", *command],
                    stdin=subprocess.PIPE, stdout=log, stderr=log, **self._owner,
                )  # fmt: skip
            if self._wait_until_ready(port):
                self.port = port
                return
            self.stop()
        raise RuntimeError(f"PostgreSQL does not start:\n{self._log.read_text()}")

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        if self._supervisor is not None:
            assert self._supervisor.stdin is not None
            self._supervisor.stdin.close()
            self._supervisor.wait(PATIENCE_SECONDS)
            self._supervisor = None

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the one who may do everything, each in a transaction of its own."""

        async def execute() -> None:
            connection = await self._connect(database)
            try:
                for statement in statements:
                    await connection.execute(statement)
            finally:
                await connection.close()

        in_a_thread(execute())

    @contextmanager
    def new(self) -> Iterator[str]:
        """Make a database without tables, yield its name, and remove it together with whoever is still connected."""
        name = f"new_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def watch(self, database: str) -> None:
        """Prepare a migrated database for `copied`."""
        self.execute(*WATCH, database=database)

    @contextmanager
    def copied(self, template: str) -> Iterator[str]:
        """Yield the name of a database like another one, which nobody else uses and nothing was written to."""
        name = self._spare
        if name is None:
            name = f"copy_{next(self._numbers)}"
            self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._spare = None
        try:
            yield name
        finally:
            if in_a_thread(self._emptied(name)):
                self._spare = name
            else:
                self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def _emptied(self, name: str) -> bool:
        connection = await self._connect(name)
        try:
            await connection.execute(DISCONNECT)
            if not await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL"):
                return False
            if not await connection.fetchval(UNCHANGED):
                return False
            await connection.execute(EMPTY)
            return True
        finally:
            await connection.close()

    async def _connect(self, database: str) -> Any:
        return await asyncpg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            database=database,
            ssl=False,
            timeout=PATIENCE_SECONDS,
            command_timeout=PATIENCE_SECONDS,
        )

    def _version(self) -> int:
        return int(self._run("postgres", "--version").split()[2].split(".")[0])

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._binaries / program, *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS,
            **self._owner,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _wait_until_ready(self, port: int) -> bool:
        assert self._supervisor is not None
        status = self._data / "postmaster.pid"
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            lines = status.read_text().splitlines() if status.exists() else []
            # Where another server took the port, the program ends and the shell waits: its log is what tells.
            if len(lines) >= 8 and lines[3] == str(port) and lines[7].strip() == "ready":
                return True
            if not lines and "could not create any TCP/IP sockets" in self._log.read_text():
                return False
            time.sleep(0.02)
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ordinary_user() -> dict[str, Any]:
    """Return whom a server is started as: PostgreSQL refuses to run as root. Empty for oneself."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise RuntimeError("there is neither a user postgres nor nobody to start PostgreSQL as")


@contextmanager
def running_postgresql(binaries: Path) -> Iterator[PostgresqlServer]:
    """Start a server, and remove it with all that it wrote."""
    owner = ordinary_user()
    # Not in pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory(prefix="genre-bot-postgresql-") as folder:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        server = PostgresqlServer(binaries, Path(folder), {**owner, "cwd": folder})
        try:
            server.start()
            server.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            server.stop()
