"""Addresses of databases as operators write them: which can be used, and what is secret in them.

Light to import, because the settings are read before anything else is there.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

SQLITE: Final = "sqlite+aiosqlite:///"
POSTGRESQL: Final = "postgresql+asyncpg://"

ALLOWED: Final = (
    f"must be {SQLITE}FILE or {POSTGRESQL}USER:PASSWORD@HOST:PORT/DATABASE (the password and the port may be left out)"
)

SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""How much PostgreSQL's encryption is asked for, in the words of libpq; without a word it is ``prefer``."""

# A password may hold an @ and a slash, so that the last @ that can end it does.
_POSTGRESQL: Final = re.compile(
    r"(?:postgres|postgresql|postgresql\+asyncpg)://"
    r"(?P<user>[^:/@\s]+)(?::(?P<password>\S*))?@"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:/@\[\]?#\s]+)(?::(?P<port>[0-9]{1,5}))?"
    r"/(?P<database>[^/?#@\s]+)(?:\?(?P<options>[^#\s]*))?"
)


def usable_address(written: str) -> str:
    """Return an address in the one form that the bot uses, with the drivers that it has.

    Parameters
    ----------
    written
        By an operator, or by whoever sells the database.

    Returns
    -------
    str
        Of SQLAlchemy. User, password and database are percent-encoded, whether or not they had to be.

    Raises
    ------
    ValueError
        If it cannot be used; says what would be right, and repeats nothing secret.
    """
    address = written.strip()
    if address.startswith(SQLITE):
        return address
    match = _POSTGRESQL.fullmatch(address)
    if match is None:
        raise ValueError(ALLOWED)
    if match["port"] is not None and not 0 < int(match["port"]) < 65536:
        raise ValueError(f"must have a port from 1 to 65535, not {match['port']}")
    password = f":{_encoded(match['password'])}" if match["password"] else ""
    port = f":{match['port']}" if match["port"] else ""
    return (
        f"{POSTGRESQL}{_encoded(match['user'])}{password}@{match['host']}{port}"
        f"/{_encoded(match['database'])}{_ssl_option(match['options'] or '')}"
    )


def passwords_in(address: str) -> tuple[str, ...]:
    """Return the password of an address as written and as meant.

    Parameters
    ----------
    address
        Of a database.

    Returns
    -------
    tuple of str
        Both, where they differ; empty where there is no password.
    """
    # A password may hold an @ and a slash; a path begins with one.
    user_info = address.partition("://")[2].rpartition("@")[0]
    password = "" if user_info.startswith("/") else user_info.partition(":")[2]
    return tuple(dict.fromkeys(form for form in (password, unquote(password)) if form))


def _encoded(written: str) -> str:
    return quote(unquote(written), safe="")


def _ssl_option(options: str) -> str:
    """Put libpq's word for encryption, which the addresses of many providers hold, into the driver's."""
    mode = ""
    for name, value in parse_qsl(options, keep_blank_values=True):
        if name not in {"ssl", "sslmode"}:
            raise ValueError(f"may end with ?sslmode=... and with no other option; leave {name!r} out")
        if value not in SSL_MODES:
            raise ValueError(f"must have one of these as its sslmode: {', '.join(SSL_MODES)}")
        mode = value
    return f"?ssl={mode}" if mode else ""
