"""Discord servers: what was chosen for each as a whole, and since when the bot is gone from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import Base
from bot.store.utc import UtcDateTime


class ServerRow(Base):
    """A server that the bot is a member of, or was until a while ago. Whatever belongs to it goes with its row."""

    __tablename__ = "servers"
    __table_args__ = (CheckConstraint("votes_needed BETWEEN 1 AND 100", name="votes_needed_is_sensible"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    votes_needed: Mapped[int] = mapped_column(SmallInteger, default=3, server_default="3")
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StatisticsOptOutRow(Base):
    """A member who does not want to be named in a server's statistics."""

    __tablename__ = "statistics_opt_outs"
    __table_args__ = (Index("statistics_opt_outs_by_member", "member"),)

    guild: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("servers.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
