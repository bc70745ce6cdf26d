"""The folders each month went out to, and whether its files stand there yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table of published folders."""
    op.create_table(
        "published_folder",
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("eml", sa.Boolean(), nullable=False),
        sa.Column("duty_sheet", sa.Boolean(), nullable=False),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("staged", sa.String(), nullable=False),
        sa.Column("gone", sa.JSON(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('staging', 'placing', 'placed', 'left')", name=op.f("ck_published_folder_state_is_known")
        ),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_published_folder_roster_id_roster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_folder")),
        sa.UniqueConstraint("roster_id", "folder", name=op.f("uq_published_folder_roster_id_folder")),
        sqlite_autoincrement=True,
    )
