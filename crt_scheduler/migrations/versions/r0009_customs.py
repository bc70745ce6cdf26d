"""How a programme tells the hour, begins a week and orders a date; records there are keep what they had."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

CUSTOMS = (("clock", "24"), ("first_weekday", "monday"), ("date_order", "ask"))


def upgrade() -> None:
    """Add the customs to the programme."""
    for name, default in CUSTOMS:
        op.add_column("programme", sa.Column(name, sa.String(), nullable=False, server_default=default))
