"""PostgreSQL: a pool of connections that outlives a restart of the server, and no wait without an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import asyncpg
from sqlalchemy import URL, Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

POOL_SIZE: Final = 5
"""Connections that stay open."""

POOL_OVERFLOW: Final = 5
"""Further connections while many ask at once. A server takes 100 of all its clients unless it is told otherwise."""

POOL_TIMEOUT_S: Final = 10.0
"""How long one waits for a connection of the pool to be free, in seconds."""

POOL_RECYCLE_S: Final = 1800
"""Age at which a connection is replaced, in seconds: firewalls forget connections that are silent for an hour."""

CONNECT_TIMEOUT_S: Final = 10.0
"""How long the server may take to let the bot in, in seconds."""

STATEMENT_TIMEOUT_S: Final = 30.0
"""How long a statement may take, in seconds; the slowest that the bot makes take less than one."""

LOCK_TIMEOUT_S: Final = 10.0
"""How long a statement waits for what others hold, in seconds."""

IDLE_TIMEOUT_S: Final = 60.0
"""Age at which the server ends a transaction in which nothing happens, in seconds."""

MIGRATION_TIMEOUT_S: Final = 600.0
"""How long one statement of a migration may take, in seconds: it may have to write a large table anew."""

MIGRATION_LOCK_TIMEOUT_S: Final = 60.0
"""How long a migration waits for another process to end its own, in seconds."""

SILENCE_S: Final = 5.0
"""How much longer than a statement may take the bot waits for the server to say so, in seconds."""

MIGRATION_LOCK: Final = int.from_bytes(b"genrebot")
"""Number of the lock that whoever migrates holds. All programs in one database share these numbers."""

DRIVER_ERRORS: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What SQLAlchemy passes on as it is: the network's errors, and the driver's own while a connection is made."""


async def open_migrated(address: URL, migrate: Callable[[Connection], None]) -> AsyncEngine:
    """Migrate a database, with more time than is given to statements afterwards, and open it.

    Parameters
    ----------
    address
        With the driver asyncpg.
    migrate
        Brings the tables up to date, given a connection at the beginning of a transaction.

    Returns
    -------
    sqlalchemy.ext.asyncio.AsyncEngine
        The caller's to dispose of.

    Raises
    ------
    sqlalchemy.exc.SQLAlchemyError
        If it cannot be opened or migrated.
    OSError, asyncpg.PostgresError, asyncpg.InterfaceError
        As in `DRIVER_ERRORS`.
    """
    migrating = create_async_engine(
        address,
        poolclass=NullPool,
        connect_args=_limits(statement=MIGRATION_TIMEOUT_S, lock=MIGRATION_LOCK_TIMEOUT_S),
    )
    try:
        async with migrating.begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await migrating.dispose()
    return create_async_engine(
        address,
        # Where a statement fails, the log holds no names, links and tokens that it was about.
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_TIMEOUT_S,
        pool_recycle=POOL_RECYCLE_S,
        # The server may have been restarted since a connection was last used.
        pool_pre_ping=True,
        connect_args=_limits(statement=STATEMENT_TIMEOUT_S, lock=LOCK_TIMEOUT_S),
    )


def wait_for_other_migrations(connection: Connection) -> None:
    """Let no other process migrate until the end of the transaction.

    Parameters
    ----------
    connection
        At the beginning of a transaction.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})


async def server_version(address: URL) -> str:
    """Ask a server for its version.

    Parameters
    ----------
    address
        With the driver asyncpg.

    Returns
    -------
    str
        Such as ``15.8 (Debian 15.8-0+deb12u1)``.

    Raises
    ------
    sqlalchemy.exc.SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError
        If it does not answer.
    """
    engine = create_async_engine(
        address, poolclass=NullPool, connect_args=_limits(statement=STATEMENT_TIMEOUT_S, lock=LOCK_TIMEOUT_S)
    )
    try:
        async with engine.connect() as connection:
            return str(await connection.scalar(text("SHOW server_version")))
    finally:
        await engine.dispose()


def explain(error: BaseException, address: URL) -> tuple[str, str]:
    """Say what is wrong with a database that could not be opened or migrated.

    Parameters
    ----------
    error
        What `open_migrated` or a first query raised.
    address
        Of the database.

    Returns
    -------
    tuple of str
        What is wrong, as a clause, and what the operator can do, as a sentence.
    """
    server, user, database = f"{address.host}:{address.port or 5432}", address.username, address.database
    original = getattr(error, "orig", None) or error
    message = str(original.args[0]) if original.args else type(original).__name__
    if isinstance(original, TimeoutError):
        return f"{server} does not answer in time", _START
    if isinstance(original, OSError):
        return f"{server} cannot be reached ({original})", _START
    explanations = {
        "28P01": (f"the server refuses the user {user} or the password", _LET_IN),
        "28000": (f"the server does not let the user {user} in ({message})", _LET_IN),
        "3D000": (
            f"the server has no database {database}",
            f"Make it (CREATE DATABASE {database} OWNER {user}), or correct its name in DATABASE_URL.",
        ),
        "42501": (
            f"the user {user} may not change its tables ({message})",
            f"Let the user own the database and what is in it: ALTER DATABASE {database} OWNER TO {user}.",
        ),
        "53300": (
            "the server has no connection left",
            "End other programs that use it, or raise max_connections in its postgresql.conf.",
        ),
        "55P03": (
            "another process has been changing the tables for too long",
            "Wait until it is done, or end it, and start again.",
        ),
        "57P03": (f"the server is not ready ({message})", "Wait a moment and start again."),
    }
    code = getattr(original, "sqlstate", None)
    return explanations.get(str(code), (message, "Check DATABASE_URL and the server's log."))


_START: Final = "Start the server, or correct the host and the port in DATABASE_URL."
_LET_IN: Final = "Correct the user and the password in DATABASE_URL, or let the user in with the server's pg_hba.conf."


def _limits(*, statement: float, lock: float) -> dict[str, object]:
    """Return what bounds every wait, in the words of the driver and of the server."""
    return {
        "timeout": CONNECT_TIMEOUT_S,
        # The server ends what takes too long, and says so; where it says nothing any more, the driver gives up.
        "command_timeout": statement + SILENCE_S,
        "server_settings": {
            "application_name": "genre-bot",
            "statement_timeout": f"{statement * 1000:.0f}",
            "lock_timeout": f"{lock * 1000:.0f}",
            "idle_in_transaction_session_timeout": f"{IDLE_TIMEOUT_S * 1000:.0f}",
        },
    }
