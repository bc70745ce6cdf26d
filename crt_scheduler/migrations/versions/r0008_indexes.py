"""Indexes for what ten years are asked most: newest answers, a roster's shifts, somebody's hours at a call."""

from alembic import op

revision = "0008"
down_revision = "0007"

INDEXES = (("call_answer", "at"), ("shift", "roster_id"), ("hours_entry", "call_id", "responder_id"))


def upgrade() -> None:
    """Add the indexes; that of hours by call alone is the beginning of a longer one now."""
    for table, *columns in INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    op.drop_index(op.f("ix_hours_entry_call_id"), table_name="hours_entry")
