"""What was heard and answered, what members voted for, and which channels are listened to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import COUNTED_ID, Base
from bot.store.printable import PrintableText
from bot.store.utc import UtcDateTime


class CommandSync(Base):
    """The command tree that Discord was last told of, for each application."""

    __tablename__ = "command_sync"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_is_sha256"),)

    application_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    synced_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnalysisRow(Base):
    """What a model said of a clip, so that the same bytes need not be heard twice."""

    __tablename__ = "analyses"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        CheckConstraint("length(model_key) BETWEEN 1 AND 200", name="model_key_is_named"),
        Index("analyses_by_use", "used_at"),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    model_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    analysis: Mapped[str] = mapped_column(Text)
    picture: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnswerRow(Base):
    """An answer that was posted: a message, or a reaction under the message with the clip."""

    __tablename__ = "answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["digest", "model_key"],
            ["analyses.digest", "analyses.model_key"],
            ondelete="CASCADE",
            name="of_an_analysis",
        ),
        UniqueConstraint("source", "position", name="one_answer_a_clip"),
        CheckConstraint("(source IS NULL) = (position IS NULL)", name="position_in_a_source"),
        CheckConstraint("position BETWEEN 0 AND 4", name="position_is_one_of_five"),
        Index("answers_by_analysis", "digest", "model_key"),
        Index("answers_by_message", "message"),
        Index("answers_by_asker", "asker"),
        Index("answers_by_community", "community"),
        # An id that was in a button must never mean another answer.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(COUNTED_ID, primary_key=True, autoincrement=True)
    digest: Mapped[str] = mapped_column(String(64))
    model_key: Mapped[str] = mapped_column(String(200))
    asker: Mapped[int] = mapped_column(BigInteger)
    community: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[int] = mapped_column(BigInteger)
    message: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[int | None] = mapped_column(BigInteger)
    position: Mapped[int | None] = mapped_column(SmallInteger)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoteRow(Base):
    """The genre that a member gives a clip. Bound to the clip's bytes and to no analysis, which may be swept away."""

    __tablename__ = "votes"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        CheckConstraint("length(genre) BETWEEN 1 AND 100", name="genre_is_named"),
        Index("votes_by_member", "member"),
        Index("votes_by_community", "community"),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    community: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    genre: Mapped[str] = mapped_column(PrintableText(100))
    voted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TallyRow(Base):
    """The votes of a community for a clip, counted: whoever changes a vote counts anew in the same transaction."""

    __tablename__ = "tallies"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        CheckConstraint("length(top_genre) BETWEEN 1 AND 100", name="genre_is_named"),
        CheckConstraint("top_votes BETWEEN 1 AND votes", name="top_is_part_of_the_votes"),
    )

    community: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    votes: Mapped[int] = mapped_column(Integer)
    top_genre: Mapped[str] = mapped_column(String(100))
    top_votes: Mapped[int] = mapped_column(Integer)


class ChannelRow(Base):
    """How the bot answers clips that are dropped into a channel; none where it does not."""

    __tablename__ = "channel_settings"
    __table_args__ = (
        CheckConstraint("mode IN ('reply', 'thread', 'reaction')", name="mode_is_known"),
        Index("channel_settings_by_guild", "guild"),
    )

    channel: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guild: Mapped[int] = mapped_column(BigInteger)
    mode: Mapped[str] = mapped_column(String(8))
    # Where the database has no booleans, as SQLite, the constraint makes one.
    links: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="links_is_boolean"))
