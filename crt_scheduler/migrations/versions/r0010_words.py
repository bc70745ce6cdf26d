"""Words of files that were answered once, and what brought each line of availability."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table of learnt words, and the source of availability."""
    op.create_table(
        "learnt_word",
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnt_word")),
        sa.UniqueConstraint("topic", "text", name=op.f("uq_learnt_word_topic_text")),
        sqlite_autoincrement=True,
    )
    op.add_column("availability", sa.Column("source", sa.String(), nullable=False, server_default=""))
