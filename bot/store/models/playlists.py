"""Playlists, who may change or read them, and their tracks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import COUNTED_ID, Base
from bot.store.printable import PrintableText
from bot.store.utc import UtcDateTime


class PlaylistRow(Base):
    """A playlist of a server. One that was deleted is kept for a while, so that it can be brought back."""

    __tablename__ = "playlists"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 1 AND 80", name="playlist_is_named"),
        CheckConstraint("length(name_key) BETWEEN 1 AND 240", name="name_has_a_key"),
        CheckConstraint("length(description) <= 500", name="description_is_short"),
        # Of those that were deleted, several may have had the same name.
        Index(
            "playlists_by_name",
            "guild",
            "name_key",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index("playlists_by_guild", "guild"),
        Index("playlists_by_owner", "owner"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(COUNTED_ID, primary_key=True, autoincrement=True)
    guild: Mapped[int] = mapped_column(BigInteger, ForeignKey("servers.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(PrintableText(80))
    # What names are compared by, so that "Chill" and "chill" are one.
    name_key: Mapped[str] = mapped_column(String(240))
    description: Mapped[str] = mapped_column(String(500))
    # None once the owner is forgotten: then the admins of the server look after it.
    owner: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CollaboratorRow(Base):
    """Who but the owner may add tracks: everyone, the members with a role, or one member."""

    __tablename__ = "collaborators"
    __table_args__ = (
        CheckConstraint("kind IN ('everyone', 'role', 'member')", name="kind_is_known"),
        CheckConstraint("(kind = 'everyone') = (subject = 0)", name="everyone_is_nobody_else"),
        Index("collaborators_by_subject", "subject"),
    )

    playlist_id: Mapped[int] = mapped_column(
        COUNTED_ID, ForeignKey("playlists.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    subject: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class PlaylistChannelRow(Base):
    """A channel whose every track goes into a playlist."""

    __tablename__ = "playlist_channels"
    __table_args__ = (Index("playlist_channels_by_playlist", "playlist_id"),)

    channel: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    playlist_id: Mapped[int] = mapped_column(COUNTED_ID, ForeignKey("playlists.id", ondelete="CASCADE"))


class PublicationRow(Base):
    """A playlist that anybody may read who has the link with its token."""

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint("length(token) = 32", name="token_has_192_bits"),
        Index("publications_by_token", "token", unique=True),
    )

    playlist_id: Mapped[int] = mapped_column(
        COUNTED_ID, ForeignKey("playlists.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # 24 random bytes in URL-safe base64.
    token: Mapped[str] = mapped_column(String(32))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TrackRow(Base):
    """A track of a playlist, with what the bot heard in it, or what a file said of it.

    One that was removed is kept for a while, so that it can be brought back.
    """

    __tablename__ = "tracks"
    __table_args__ = (
        CheckConstraint("length(title) BETWEEN 1 AND 200", name="track_has_a_title"),
        CheckConstraint("length(title_key) BETWEEN 1 AND 600", name="title_has_a_key"),
        CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        CheckConstraint("(link IS NULL) = (link_key IS NULL)", name="link_has_a_key"),
        CheckConstraint("length(link) BETWEEN 9 AND 2000", name="link_is_an_address"),
        CheckConstraint("length(link_key) = 64", name="link_key_is_sha256"),
        CheckConstraint("(source_message IS NULL) = (source_channel IS NULL)", name="source_has_a_channel"),
        CheckConstraint("(source_message IS NULL) = (source_position IS NULL)", name="source_has_a_position"),
        CheckConstraint("source_position BETWEEN 0 AND 4", name="source_is_one_of_five"),
        CheckConstraint("duration >= 0", name="duration_is_a_length"),
        # What was heard is all there or not at all, and it was heard in bytes that are known.
        CheckConstraint("model_key IS NULL OR (digest IS NOT NULL AND verdict IS NOT NULL)", name="heard_is_whole"),
        CheckConstraint("length(model_key) BETWEEN 1 AND 200", name="model_key_is_named"),
        CheckConstraint("verdict IN ('clear', 'close_call', 'unsure', 'not_music')", name="verdict_is_known"),
        CheckConstraint("verdict <> 'not_music' OR genre IS NULL", name="what_is_no_music_has_no_genre"),
        CheckConstraint(
            "model_key IS NULL OR verdict = 'not_music' OR genre IS NOT NULL", name="what_is_music_has_a_genre"
        ),
        CheckConstraint("(genre IS NULL) = (probability IS NULL)", name="genre_has_a_probability"),
        CheckConstraint("length(genre) BETWEEN 1 AND 100", name="genre_is_named"),
        CheckConstraint("probability BETWEEN 0 AND 1", name="probability_is_one"),
        CheckConstraint("tempo >= 0", name="tempo_is_a_rate"),
        CheckConstraint("energy BETWEEN 0 AND 1", name="energy_is_a_share"),
        CheckConstraint("removed_by IS NULL OR removed_at IS NOT NULL", name="only_what_was_removed_has_a_remover"),
        Index(
            "tracks_by_digest",
            "playlist_id",
            "digest",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index(
            "tracks_by_link",
            "playlist_id",
            "link_key",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("tracks_by_playlist", "playlist_id"),
        # For pages: what was removed is not in them.
        Index(
            "tracks_by_time",
            "playlist_id",
            "added_at",
            "id",
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index(
            "tracks_by_title",
            "playlist_id",
            "title_key",
            "id",
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("tracks_by_adder", "adder"),
        Index("tracks_by_remover", "removed_by"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(COUNTED_ID, primary_key=True, autoincrement=True)
    playlist_id: Mapped[int] = mapped_column(COUNTED_ID, ForeignKey("playlists.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(PrintableText(200))
    # What is searched and sorted by: without cases and accents that readers do not type.
    title_key: Mapped[str] = mapped_column(String(600))
    digest: Mapped[str | None] = mapped_column(String(64))
    link: Mapped[str | None] = mapped_column(Text)
    link_key: Mapped[str | None] = mapped_column(String(64))
    # The message whose file it was; its file can be heard again for as long as it is there.
    source_channel: Mapped[int | None] = mapped_column(BigInteger)
    source_message: Mapped[int | None] = mapped_column(BigInteger)
    source_position: Mapped[int | None] = mapped_column(SmallInteger)
    adder: Mapped[int | None] = mapped_column(BigInteger)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duration: Mapped[float | None] = mapped_column(Float(53))
    # Of the model that heard it; None where nobody has, and what there is to tell was told by a file.
    model_key: Mapped[str | None] = mapped_column(String(200))
    verdict: Mapped[str | None] = mapped_column(String(10))
    genre: Mapped[str | None] = mapped_column(String(100))
    probability: Mapped[float | None] = mapped_column(Float(53))
    tempo: Mapped[float | None] = mapped_column(Float(53))
    energy: Mapped[float | None] = mapped_column(Float(53))
    # float32, little-endian: what it sounds like, for maps and neighbours.
    embedding: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Votes that a file told of, as JSON: shown and taken away again, and counted nowhere.
    told_votes: Mapped[str | None] = mapped_column(Text)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by: Mapped[int | None] = mapped_column(BigInteger)


class TrackTagRow(Base):
    """Something else that a track sounds like."""

    __tablename__ = "track_tags"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 1 AND 100", name="tag_is_named"),
        CheckConstraint("probability BETWEEN 0 AND 1", name="probability_is_one"),
        Index("track_tags_by_name", "name", "track_id"),
    )

    track_id: Mapped[int] = mapped_column(COUNTED_ID, ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    probability: Mapped[float] = mapped_column(Float(53))


class PlaylistViewRow(Base):
    """What a message shows of a playlist, so that its buttons turn pages after a restart, too."""

    __tablename__ = "playlist_views"
    __table_args__ = (
        CheckConstraint("length(wanted) BETWEEN 2 AND 4000", name="wanted_is_json"),
        Index("playlist_views_by_use", "used_at"),
        Index("playlist_views_by_playlist", "playlist_id"),
        Index("playlist_views_by_opener", "opener"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(COUNTED_ID, primary_key=True, autoincrement=True)
    playlist_id: Mapped[int] = mapped_column(COUNTED_ID, ForeignKey("playlists.id", ondelete="CASCADE"))
    opener: Mapped[int] = mapped_column(BigInteger)
    # Filters, order and page, as JSON.
    wanted: Mapped[str] = mapped_column(Text)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
