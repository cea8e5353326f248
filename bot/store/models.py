"""Tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.utc import UtcDateTime


class Base(DeclarativeBase):
    """Root of all tables."""


class CommandSync(Base):
    """The command tree that Discord was last told of, for each application."""

    __tablename__ = "command_sync"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_is_sha256"),)

    application_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    synced_at: Mapped[datetime] = mapped_column(UtcDateTime)
