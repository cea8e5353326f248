"""Know servers, and keep the votes of communities counted.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "servers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("votes_needed", sa.SmallInteger(), server_default="3", nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("votes_needed BETWEEN 1 AND 100", name="votes_needed_is_sensible"),
        sa.PrimaryKeyConstraint("id"),
    )
    # Those that the bot listens in: when it is gone from one meanwhile, that is noticed.
    op.execute("INSERT INTO servers (id) SELECT DISTINCT guild FROM channel_settings")
    op.create_table(
        "tallies",
        sa.Column("community", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("top_genre", sa.String(length=100), nullable=False),
        sa.Column("top_votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.CheckConstraint("length(top_genre) BETWEEN 1 AND 100", name="genre_is_named"),
        sa.CheckConstraint("top_votes BETWEEN 1 AND votes", name="top_is_part_of_the_votes"),
        sa.PrimaryKeyConstraint("community", "digest"),
    )
    # Of as many votes, by the order of the names' characters, as the bot itself counts.
    by_name = 'genre COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else "genre"
    op.execute(
        f"""
        INSERT INTO tallies (community, digest, votes, top_genre, top_votes)
        WITH
            counted AS (
                SELECT community, digest, genre, COUNT(*) AS genre_votes
                FROM votes
                GROUP BY community, digest, genre
            ),
            ranked AS (
                SELECT
                    community,
                    digest,
                    genre,
                    genre_votes,
                    SUM(genre_votes) OVER (PARTITION BY community, digest) AS all_votes,
                    ROW_NUMBER() OVER (PARTITION BY community, digest ORDER BY genre_votes DESC, {by_name}) AS place
                FROM counted
            )
        SELECT community, digest, all_votes, genre, genre_votes
        FROM ranked
        WHERE place = 1
        """  # noqa: S608 - nothing in it comes from outside
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("tallies")
    op.drop_table("servers")
