"""What all tables share."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import DeclarativeBase

COUNTED_ID: Final = BigInteger().with_variant(Integer, "sqlite")
"""Type of an id that the database counts: SQLite counts only what is called INTEGER there, which has 64 bits, too."""


class Base(DeclarativeBase):
    """Root of all tables."""
