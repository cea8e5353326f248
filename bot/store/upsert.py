"""``INSERT … ON CONFLICT``, which SQLite and PostgreSQL share and SQLAlchemy has under both names only."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.models import Base


def insert_into(session: AsyncSession, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that can say what happens where the row is there already.

    Parameters
    ----------
    session
        Tells which database it is.
    table
        Where to.

    Returns
    -------
    sqlalchemy.dialects.sqlite.Insert or sqlalchemy.dialects.postgresql.Insert
        With ``on_conflict_do_update`` and ``on_conflict_do_nothing``.
    """
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
