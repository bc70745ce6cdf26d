"""What a team may set about care, how long an overdue debrief keeps its owner off, soft caps, the day wishes close; the
days of the last leave, which excuse from hours.
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
    for name in ("leave_since", "leave_ended"):
        op.add_column("responder", sa.Column(name, sa.Date(), nullable=True))
