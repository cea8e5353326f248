"""Keep playlists, their tracks, and who may change them.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "playlists",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_key", sa.String(length=240), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(description) <= 500", name="description_is_short"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name="playlist_is_named"),
        sa.CheckConstraint("length(name_key) BETWEEN 1 AND 240", name="name_has_a_key"),
        sa.ForeignKeyConstraint(["guild"], ["servers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("playlists_by_guild", "playlists", ["guild"], unique=False)
    op.create_index(
        "playlists_by_name",
        "playlists",
        ["guild", "name_key"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index("playlists_by_owner", "playlists", ["owner"], unique=False)
    op.create_table(
        "statistics_opt_outs",
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["servers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild", "member"),
    )
    op.create_index("statistics_opt_outs_by_member", "statistics_opt_outs", ["member"], unique=False)
    op.create_table(
        "collaborators",
        sa.Column("playlist_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.CheckConstraint("(kind = 'everyone') = (subject = 0)", name="everyone_is_nobody_else"),
        sa.CheckConstraint("kind IN ('everyone', 'role', 'member')", name="kind_is_known"),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("playlist_id", "kind", "subject"),
    )
    op.create_index("collaborators_by_subject", "collaborators", ["subject"], unique=False)
    op.create_table(
        "playlist_channels",
        sa.Column("channel", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("playlist_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel"),
    )
    op.create_index("playlist_channels_by_playlist", "playlist_channels", ["playlist_id"], unique=False)
    op.create_table(
        "playlist_views",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("playlist_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opener", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(wanted) BETWEEN 2 AND 4000", name="wanted_is_json"),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("playlist_views_by_opener", "playlist_views", ["opener"], unique=False)
    op.create_index("playlist_views_by_playlist", "playlist_views", ["playlist_id"], unique=False)
    op.create_index("playlist_views_by_use", "playlist_views", ["used_at"], unique=False)
    op.create_table(
        "tracks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("playlist_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_key", sa.String(length=600), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("link_key", sa.String(length=64), nullable=True),
        sa.Column("source_channel", sa.BigInteger(), nullable=True),
        sa.Column("source_message", sa.BigInteger(), nullable=True),
        sa.Column("source_position", sa.SmallInteger(), nullable=True),
        sa.Column("adder", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration", sa.Float(precision=53), nullable=True),
        sa.Column("model_key", sa.String(length=200), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("genre", sa.String(length=100), nullable=True),
        sa.Column("probability", sa.Float(precision=53), nullable=True),
        sa.Column("tempo", sa.Float(precision=53), nullable=True),
        sa.Column("energy", sa.Float(precision=53), nullable=True),
        sa.Column("embedding", sa.LargeBinary(), nullable=True),
        sa.Column("told_votes", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "model_key IS NULL OR verdict = 'not_music' OR genre IS NOT NULL", name="what_is_music_has_a_genre"
        ),
        sa.CheckConstraint("verdict <> 'not_music' OR genre IS NULL", name="what_is_no_music_has_no_genre"),
        sa.CheckConstraint("verdict IN ('clear', 'close_call', 'unsure', 'not_music')", name="verdict_is_known"),
        sa.CheckConstraint("(genre IS NULL) = (probability IS NULL)", name="genre_has_a_probability"),
        sa.CheckConstraint("(link IS NULL) = (link_key IS NULL)", name="link_has_a_key"),
        sa.CheckConstraint("(source_message IS NULL) = (source_channel IS NULL)", name="source_has_a_channel"),
        sa.CheckConstraint("(source_message IS NULL) = (source_position IS NULL)", name="source_has_a_position"),
        sa.CheckConstraint("duration >= 0", name="duration_is_a_length"),
        sa.CheckConstraint("energy BETWEEN 0 AND 1", name="energy_is_a_share"),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("length(genre) BETWEEN 1 AND 100", name="genre_is_named"),
        sa.CheckConstraint("length(link) BETWEEN 9 AND 2000", name="link_is_an_address"),
        sa.CheckConstraint("length(link_key) = 64", name="link_key_is_sha256"),
        sa.CheckConstraint("length(model_key) BETWEEN 1 AND 200", name="model_key_is_named"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 200", name="track_has_a_title"),
        sa.CheckConstraint("length(title_key) BETWEEN 1 AND 600", name="title_has_a_key"),
        sa.CheckConstraint("model_key IS NULL OR (digest IS NOT NULL AND verdict IS NOT NULL)", name="heard_is_whole"),
        sa.CheckConstraint("probability BETWEEN 0 AND 1", name="probability_is_one"),
        sa.CheckConstraint("removed_by IS NULL OR removed_at IS NOT NULL", name="only_what_was_removed_has_a_remover"),
        sa.CheckConstraint("source_position BETWEEN 0 AND 4", name="source_is_one_of_five"),
        sa.CheckConstraint("tempo >= 0", name="tempo_is_a_rate"),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("tracks_by_adder", "tracks", ["adder"], unique=False)
    op.create_index(
        "tracks_by_digest",
        "tracks",
        ["playlist_id", "digest"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index(
        "tracks_by_link",
        "tracks",
        ["playlist_id", "link_key"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index("tracks_by_playlist", "tracks", ["playlist_id"], unique=False)
    op.create_index(
        "tracks_by_time",
        "tracks",
        ["playlist_id", "added_at", "id"],
        unique=False,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index(
        "tracks_by_title",
        "tracks",
        ["playlist_id", "title_key", "id"],
        unique=False,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index("tracks_by_remover", "tracks", ["removed_by"], unique=False)
    op.create_table(
        "track_tags",
        sa.Column("track_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("probability", sa.Float(precision=53), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 100", name="tag_is_named"),
        sa.CheckConstraint("probability BETWEEN 0 AND 1", name="probability_is_one"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id", "name"),
    )
    op.create_index("track_tags_by_name", "track_tags", ["name", "track_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("track_tags")
    op.drop_table("tracks")
    op.drop_table("playlist_views")
    op.drop_table("playlist_channels")
    op.drop_table("collaborators")
    op.drop_table("statistics_opt_outs")
    op.drop_table("playlists")
