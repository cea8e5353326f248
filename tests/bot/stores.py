"""What the tests of the database share: real SQLite files, a clock of their own, and a look at what is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from classifier.answer import Answer
from tests.bot.timelines import analysis_of

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
