"""Transactions whose failures are the bot's own errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.errors import StoreFailed
from bot.store.postgresql import DRIVER_ERRORS


class Sessions:
    """Opens transactions on one database.

    Parameters
    ----------
    engine
        An engine whose tables are up to date.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._session = async_sessionmaker(engine, expire_on_commit=False)
        # SQLite has one writer at a time. Those that wait for it ask again and again, and whoever has bad luck gives
        # up at the end of the busy timeout; here they stand in a row. Other processes still wait as SQLite does.
        self._turn: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Hold a transaction that changes nothing; only the database should be asked for anything in it.

        Yields
        ------
        AsyncSession

        Raises
        ------
        StoreFailed
            If the database does not do what it is asked; its cause is the error of SQLAlchemy, of the driver or of the
            network.
        """
        try:
            async with self._session.begin() as session:
                yield session
        except (SQLAlchemyError, *DRIVER_ERRORS) as error:
            raise StoreFailed from error

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Hold a transaction that changes something: all of it at the end of the context, or nothing.

        Its first statement should be the one that writes: SQLite refuses to let a reader become a writer once somebody
        else has written.

        Yields
        ------
        AsyncSession

        Raises
        ------
        StoreFailed
            If the database does not do what it is asked; its cause is the error of SQLAlchemy, of the driver or of the
            network.
        """
        async with self._turn, self.reading() as session:
            yield session


async def delete_counted(session: AsyncSession, statement: Delete) -> int:
    """Delete rows.

    Parameters
    ----------
    session
        In a transaction.
    statement
        What goes.

    Returns
    -------
    int
        How many rows of that table went.
    """
    return await changed_rows(session, statement)


async def changed_rows(session: AsyncSession, statement: Delete | Update) -> int:
    """Delete or change rows.

    Parameters
    ----------
    session
        In a transaction.
    statement
        What is done.

    Returns
    -------
    int
        How many rows of that table it was done to.
    """
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
