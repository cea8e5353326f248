"""Keep why a job rests that nobody paused.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Written out: with a condition of its own, SQLite takes a new column only so. To make the table anew instead would
    # take the tracks of all jobs with the old one.
    op.execute(
        "ALTER TABLE jobs ADD COLUMN pause_reason VARCHAR(500) "
        "CONSTRAINT only_a_pause_has_one CHECK (pause_reason IS NULL OR state = 'paused')"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE jobs DROP COLUMN pause_reason")
