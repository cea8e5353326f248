"""Rounds of the game in which members and the bot guess a genre."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Float, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import COUNTED_ID, Base
from bot.store.utc import UtcDateTime


class RoundRow(Base):
    """A clip of a playlist without its title, and until when members guess.

    Its points stay when its playlist or its track is gone.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        # An open round has not been judged; a closed one says what was right; a told one has shown it.
        CheckConstraint("state IN ('open', 'closed', 'told')", name="state_is_known"),
        CheckConstraint("(state = 'open') = (answer IS NULL)", name="what_is_judged_has_an_answer"),
        CheckConstraint("length(bot_genre) BETWEEN 1 AND 100", name="genre_is_named"),
        CheckConstraint("probability BETWEEN 0 AND 1", name="probability_is_one"),
        CheckConstraint("length(choices) BETWEEN 2 AND 2000", name="choices_are_json"),
        CheckConstraint("ends_at > begun_at", name="round_takes_a_while"),
        Index(
            "rounds_open_in_channel",
            "channel",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("rounds_by_guild", "guild"),
        Index("rounds_by_playlist", "playlist_id"),
        Index("rounds_by_track", "track_id"),
        Index("rounds_by_state", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(COUNTED_ID, primary_key=True, autoincrement=True)
    guild: Mapped[int] = mapped_column(BigInteger, ForeignKey("servers.id", ondelete="CASCADE"))
    playlist_id: Mapped[int | None] = mapped_column(COUNTED_ID, ForeignKey("playlists.id", ondelete="SET NULL"))
    track_id: Mapped[int | None] = mapped_column(COUNTED_ID, ForeignKey("tracks.id", ondelete="SET NULL"))
    channel: Mapped[int] = mapped_column(BigInteger)
    # None until it was sent.
    message: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(6))
    bot_genre: Mapped[str] = mapped_column(String(100))
    probability: Mapped[float] = mapped_column(Float(53))
    # The genres on the buttons, in order, as JSON: another model may know others.
    choices: Mapped[str] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(5))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GuessRow(Base):
    """What a member guesses in a round: the last one counts."""

    __tablename__ = "guesses"
    __table_args__ = (
        CheckConstraint("length(genre) BETWEEN 1 AND 100", name="genre_is_named"),
        Index("guesses_by_member", "member"),
    )

    round_id: Mapped[int] = mapped_column(COUNTED_ID, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    genre: Mapped[str] = mapped_column(String(100))
    guessed_at: Mapped[datetime] = mapped_column(UtcDateTime)
