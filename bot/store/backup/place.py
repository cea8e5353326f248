"""Where the database is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from sqlalchemy import URL, make_url

from bot.store.backup.errors import InMemory, OnServer


def database_file(url: str) -> Path:
    """Return the file of a SQLite database.

    Parameters
    ----------
    url
        SQLAlchemy address.

    Returns
    -------
    pathlib.Path
        It need not be there.

    Raises
    ------
    OnServer, InMemory
        If the database is no file.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        raise OnServer(_connection(address))
    if not address.database or address.database == ":memory:":
        raise InMemory
    return Path(address.database)


def _connection(address: URL) -> str:
    """Return an address in libpq's words (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).

    The other form, which begins with postgresql://, looks as if it held a password, and the log would hide half of it.
    """
    parts = {
        "host": address.host,
        "port": address.port,
        "user": address.username,
        "dbname": address.database,
        "sslmode": address.query.get("ssl"),
    }
    return shlex.quote(" ".join(f"{name}={_quoted(str(value))}" for name, value in parts.items() if value))


def _quoted(value: str) -> str:
    if re.fullmatch(r"[\w.:/-]+", value):
        return value
    escaped = re.sub(r"(['\\])", r"\\\1", value)
    return f"'{escaped}'"
