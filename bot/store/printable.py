"""Texts that strangers may have written: only what can be shown is kept."""

from __future__ import annotations

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from bot.text import printable


class PrintableText(TypeDecorator[str]):
    """A line of text in a column, of at most so many characters, as `bot.text.printable` returns it.

    Anything else is refused before the database sees it, and so the same way by all: PostgreSQL takes no NUL, SQLite
    takes it and cuts the text there in some of its functions, and neither takes half a surrogate pair.

    Parameters
    ----------
    length
        Most characters.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (theirs)
        """Let a text pass that is as it should be; whoever takes it from strangers has to make it so."""
        if value is None:
            return None
        if value != printable(value, limit=self.length):
            raise ValueError(f"not a line of 1 to {self.length} printable characters: {value!a}")
        return value
