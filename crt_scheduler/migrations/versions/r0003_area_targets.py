"""Targets: the share of calls that must find a full team, by area or in the city."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table of targets."""
    op.create_table(
        "area_target",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("share > 0 AND share < 1", name=op.f("ck_area_target_share_is_a_share")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_target_area_id_area")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_area_target_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_target")),
        sa.UniqueConstraint("programme_id", "area_id", name=op.f("uq_area_target_programme_id_area_id")),
        sqlite_autoincrement=True,
    )
