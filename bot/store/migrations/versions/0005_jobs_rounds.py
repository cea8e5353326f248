"""Keep long jobs, and the rounds of the game.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("playlist_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("cut_off", sa.Boolean(), nullable=False),
        sa.Column("asker", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'link') = (link IS NOT NULL)", name="only_a_link_has_one"),
        sa.CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="a_failure_has_a_reason"),
        sa.CheckConstraint(
            "(state IN ('cancelled', 'done', 'failed')) = (ended_at IS NOT NULL)", name="what_ended_has_an_end"
        ),
        sa.CheckConstraint("kind IN ('link', 'file', 'retag')", name="kind_is_known"),
        sa.CheckConstraint("state <> 'listing' OR kind = 'link'", name="only_a_link_is_listed"),
        sa.CheckConstraint(
            "state IN ('listing', 'running', 'paused', 'cancelled', 'done', 'failed')", name="state_is_known"
        ),
        sa.CheckConstraint("left_out >= 0", name="left_out_is_a_number"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="job_is_named"),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("jobs_by_asker", "jobs", ["asker"], unique=False)
    op.create_index("jobs_by_playlist", "jobs", ["playlist_id"], unique=False)
    op.create_index("jobs_by_state", "jobs", ["state"], unique=False)
    op.create_table(
        "job_items",
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("duration", sa.Float(precision=53), nullable=True),
        sa.Column("track_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=7), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="a_failure_has_a_reason"),
        sa.CheckConstraint(
            "link IS NOT NULL OR track_id IS NOT NULL OR state <> 'waiting'", name="waits_for_something"
        ),
        sa.CheckConstraint("state IN ('waiting', 'done', 'known', 'failed')", name="state_is_known"),
        sa.CheckConstraint("attempts >= 0", name="attempts_is_a_number"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 200", name="item_has_a_title"),
        sa.CheckConstraint("position >= 0", name="position_is_a_number"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "position"),
    )
    op.create_index("job_items_by_state", "job_items", ["job_id", "state", "position"], unique=False)
    op.create_index("job_items_by_track", "job_items", ["track_id"], unique=False)
    op.create_table(
        "rounds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("playlist_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("track_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("bot_genre", sa.String(length=100), nullable=False),
        sa.Column("probability", sa.Float(precision=53), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=100), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'open') = (answer IS NULL)", name="what_is_judged_has_an_answer"),
        sa.CheckConstraint("ends_at > begun_at", name="round_takes_a_while"),
        sa.CheckConstraint("length(bot_genre) BETWEEN 1 AND 100", name="genre_is_named"),
        sa.CheckConstraint("length(choices) BETWEEN 2 AND 2000", name="choices_are_json"),
        sa.CheckConstraint("probability BETWEEN 0 AND 1", name="probability_is_one"),
        sa.CheckConstraint("state IN ('open', 'closed', 'told')", name="state_is_known"),
        sa.ForeignKeyConstraint(["guild"], ["servers.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("rounds_by_guild", "rounds", ["guild"], unique=False)
    op.create_index("rounds_by_playlist", "rounds", ["playlist_id"], unique=False)
    op.create_index("rounds_by_state", "rounds", ["state"], unique=False)
    op.create_index("rounds_by_track", "rounds", ["track_id"], unique=False)
    op.create_index(
        "rounds_open_in_channel",
        "rounds",
        ["channel"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "guesses",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("genre", sa.String(length=100), nullable=False),
        sa.Column("guessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(genre) BETWEEN 1 AND 100", name="genre_is_named"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "member"),
    )
    op.create_index("guesses_by_member", "guesses", ["member"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("guesses")
    op.drop_table("rounds")
    op.drop_table("job_items")
    op.drop_table("jobs")
