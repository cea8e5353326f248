"""Keep analyses, the answers they were posted in, members' votes and channels' settings.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "analyses",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("model_key", sa.String(200), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("length(model_key) BETWEEN 1 AND 200", name="model_key_is_named"),
        sa.PrimaryKeyConstraint("digest", "model_key"),
    )
    op.create_index("analyses_by_use", "analyses", ["used_at"])
    op.create_table(
        "answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("model_key", sa.String(200), nullable=False),
        sa.Column("asker", sa.BigInteger(), nullable=False),
        sa.Column("community", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(source IS NULL) = (position IS NULL)", name="position_in_a_source"),
        sa.CheckConstraint("position BETWEEN 0 AND 4", name="position_is_one_of_five"),
        sa.ForeignKeyConstraint(
            ["digest", "model_key"],
            ["analyses.digest", "analyses.model_key"],
            ondelete="CASCADE",
            name="of_an_analysis",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "position", name="one_answer_a_clip"),
        sqlite_autoincrement=True,
    )
    op.create_index("answers_by_analysis", "answers", ["digest", "model_key"])
    op.create_index("answers_by_message", "answers", ["message"])
    op.create_index("answers_by_asker", "answers", ["asker"])
    op.create_index("answers_by_community", "answers", ["community"])
    op.create_table(
        "votes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("community", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("genre", sa.String(100), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("length(genre) BETWEEN 1 AND 100", name="genre_is_named"),
        sa.PrimaryKeyConstraint("digest", "community", "member"),
    )
    op.create_index("votes_by_member", "votes", ["member"])
    op.create_index("votes_by_community", "votes", ["community"])
    op.create_table(
        "channel_settings",
        sa.Column("channel", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("links", sa.Boolean(create_constraint=True, name="links_is_boolean"), nullable=False),
        sa.CheckConstraint("mode IN ('reply', 'thread', 'reaction')", name="mode_is_known"),
        sa.PrimaryKeyConstraint("channel"),
    )
    op.create_index("channel_settings_by_guild", "channel_settings", ["guild"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("channel_settings")
    op.drop_table("votes")
    op.drop_table("answers")
    op.drop_table("analyses")
