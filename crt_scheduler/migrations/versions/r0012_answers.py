"""Who was asked when they can in a month, and who answered: until now a yes left nothing to tell it from silence."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

SAID = (
    "INSERT INTO month_answer (responder_id, month, source) "
    "SELECT responder_id, date(first, 'start of month') AS month, 'record' FROM availability WHERE first IS NOT NULL "
    "UNION SELECT responder_id, date(date, 'start of month'), 'record' FROM wish "
    "UNION SELECT responder_id, NULL, 'record' FROM availability WHERE first IS NULL AND last IS NULL"
)
"""Who said anything of a month answered for it, at a moment that nobody kept."""


def upgrade() -> None:
    """Add the table, with an answer for every month that somebody spoke of."""
    op.create_table(
        "month_answer",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("asked", sa.DateTime(), nullable=True),
        sa.Column("asked_again", sa.DateTime(), nullable=True),
        sa.Column("answered", sa.DateTime(), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "source IN ('', 'file', 'sheet', 'typed', 'own', 'said', 'record')",
            name=op.f("ck_month_answer_source_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["responder_id"], ["responder.id"], name=op.f("fk_month_answer_responder_id_responder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_answer")),
        sa.UniqueConstraint("responder_id", "month", name=op.f("uq_month_answer_responder_id_month")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("uq_month_answer_every_week"),
        "month_answer",
        ["responder_id"],
        unique=True,
        sqlite_where=sa.text("month IS NULL"),
    )
    op.execute(SAID)
