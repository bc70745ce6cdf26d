"""Of each person a second phone, private notes, next of kin, shifts wished for a month, and the day they left."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the columns; who is inactive already left on a day nobody kept."""
    for name in ("phone_2", "notes", "next_of_kin", "next_of_kin_phone", "shifts_a_month"):
        op.add_column("responder", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("responder", sa.Column("left_on", sa.Date(), nullable=True))
