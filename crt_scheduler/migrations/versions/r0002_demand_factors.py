"""Hand-set factors of the forecast: holidays and events."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of hand-set factors."""
    op.create_table(
        "demand_factor",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_demand_factor_first_before_last")),
        sa.CheckConstraint("factor > 0", name=op.f("ck_demand_factor_factor_is_positive")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_demand_factor_area_id_area")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_demand_factor_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_factor")),
        sa.UniqueConstraint(
            "programme_id",
            "name",
            "first",
            "area_id",
            name=op.f("uq_demand_factor_programme_id_name_first_area_id"),
        ),
        sqlite_autoincrement=True,
    )
