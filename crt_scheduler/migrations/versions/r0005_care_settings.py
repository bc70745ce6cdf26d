"""What a team may set about care, how long an overdue debrief keeps its owner off, soft caps, the day wishes close; the
days of the last leave, which excuse from hours; stand-downs whose hours were given by hand.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SETTINGS = (("debrief_hours", 72), ("hard_cap", 2), ("response_cap", 5), ("wishes_until", 10))


def upgrade() -> None:
    """Add the settings to the programme, and the leave to responders."""
    for name, default in SETTINGS:
        op.add_column("programme", sa.Column(name, sa.Integer(), nullable=False, server_default=str(default)))
    op.add_column("stand_down", sa.Column("by_hand", sa.Boolean(), nullable=False, server_default="0"))
    for name in ("leave_since", "leave_ended"):
        op.add_column("responder", sa.Column(name, sa.Date(), nullable=True))
