"""What the tests of the database share: a look past the bot, a clock of their own, and a look at what is asked."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.store.database import Store, open_store
from classifier.answer import Answer
from tests.bot.timelines import analysis_of
from tests.postgresql import in_a_thread

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MODEL = "default-0123"
ONE, OTHER, THIRD = (sha256(word).hexdigest() for word in (b"one", b"other", b"third"))
ANSWER = Answer(analysis_of((0.0, [{"jazz": 0.7}, {"jazz": 0.6}])), b"\x89PNG of jazz")


def address(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def rows(file: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the file, or change it, past the bot."""
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(query, values).fetchall()


def rows_of(url: str, query: str, **values: object) -> list[tuple[Any, ...]]:
    """Ask a database of either kind, or change it, past the bot; ``:name`` in the query stands for a value."""

    async def ask() -> list[tuple[Any, ...]]:
        engine = create_async_engine(url, poolclass=NullPool)
        try:
            async with engine.begin() as connection:
                result = await connection.execute(text(query), values)
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            await engine.dispose()

    return in_a_thread(ask())


def fail_deleting(url: str, table: str) -> None:
    """Let a database of either kind refuse from now on to delete from a table."""
    if make_url(url).get_backend_name() == "sqlite":
        rows_of(url, f"CREATE TRIGGER failing BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
        return
    rows_of(url, "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'")
    rows_of(url, f"CREATE TRIGGER failing BEFORE DELETE ON {table} EXECUTE FUNCTION fail()")


@contextmanager
def opened(url: str) -> Iterator[tuple[Store, Callable[[Coroutine[Any, Any, Any]], Any]]]:
    """Open a store for a test that is not asynchronous, and yield with it what runs whatever is asked of it."""
    with asyncio.Runner() as runner:
        opening = open_store(url)
        store = runner.run(opening.__aenter__())
        try:
            yield store, runner.run
        finally:
            runner.run(opening.__aexit__(None, None, None))


class Calendar:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NEW_YEAR

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect all that any database is asked while the context lasts."""
    asked: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", collect)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", collect)
