"""Long jobs: which tracks are to be heard, and how far that is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import COUNTED_ID, Base
from bot.store.printable import PrintableText
from bot.store.utc import UtcDateTime


class JobRow(Base):
    """An import of many tracks, or the hearing of a playlist anew."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("kind IN ('link', 'file', 'retag')", name="kind_is_known"),
        CheckConstraint(
            "state IN ('listing', 'running', 'paused', 'cancelled', 'done', 'failed')", name="state_is_known"
        ),
        CheckConstraint("(kind = 'link') = (link IS NOT NULL)", name="only_a_link_has_one"),
        CheckConstraint("state <> 'listing' OR kind = 'link'", name="only_a_link_is_listed"),
        CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="a_failure_has_a_reason"),
        CheckConstraint(
            "(state IN ('cancelled', 'done', 'failed')) = (ended_at IS NOT NULL)", name="what_ended_has_an_end"
        ),
        CheckConstraint("pause_reason IS NULL OR state = 'paused'", name="only_a_pause_has_one"),
        CheckConstraint("left_out >= 0", name="left_out_is_a_number"),
        CheckConstraint("length(name) BETWEEN 1 AND 200", name="job_is_named"),
        Index("jobs_by_playlist", "playlist_id"),
        Index("jobs_by_state", "state"),
        Index("jobs_by_asker", "asker"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(COUNTED_ID, primary_key=True, autoincrement=True)
    playlist_id: Mapped[int] = mapped_column(COUNTED_ID, ForeignKey("playlists.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(9))
    # What is imported, as people would call it: the title of the playlist, the name of the file.
    name: Mapped[str] = mapped_column(PrintableText(200))
    link: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(500))
    # Why it rests, where nobody asked for that.
    pause_reason: Mapped[str | None] = mapped_column(String(500))
    # Tracks that were looked at and never made items: there twice, or nothing that could be heard.
    left_out: Mapped[int] = mapped_column(Integer)
    # Whether there were more than are ever looked at, of which nobody knows how many.
    cut_off: Mapped[bool] = mapped_column(Boolean)
    asker: Mapped[int | None] = mapped_column(BigInteger)
    channel: Mapped[int] = mapped_column(BigInteger)
    # Where the progress is shown; None until it is known, and once it was deleted.
    message: Mapped[int | None] = mapped_column(BigInteger)
    language: Mapped[str] = mapped_column(String(5))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class JobItemRow(Base):
    """One track of a job."""

    __tablename__ = "job_items"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'known', 'failed')", name="state_is_known"),
        CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="a_failure_has_a_reason"),
        CheckConstraint("attempts >= 0", name="attempts_is_a_number"),
        CheckConstraint("position >= 0", name="position_is_a_number"),
        CheckConstraint("length(title) BETWEEN 1 AND 200", name="item_has_a_title"),
        # An item without a link is about a track that is there already.
        CheckConstraint("link IS NOT NULL OR track_id IS NOT NULL OR state <> 'waiting'", name="waits_for_something"),
        Index("job_items_by_state", "job_id", "state", "position"),
        Index("job_items_by_track", "track_id"),
    )

    job_id: Mapped[int] = mapped_column(COUNTED_ID, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(PrintableText(200))
    link: Mapped[str | None] = mapped_column(Text)
    duration: Mapped[float | None] = mapped_column(Float(53))
    # The track that is heard anew, or that came of it.
    track_id: Mapped[int | None] = mapped_column(COUNTED_ID, ForeignKey("tracks.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(7))
    # How often it was begun: what brings the bot down again and again is left alone.
    attempts: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str | None] = mapped_column(String(500))
