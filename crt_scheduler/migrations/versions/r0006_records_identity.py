"""The records' own id; of each line of the journal its mark, the mark before it and its batches, each with a digest."""

import datetime as dt
import uuid

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Give the records their id, and the journal what tells that it is whole and of one piece."""
    identity = op.create_table(
        "records_identity",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_identity")),
        sa.UniqueConstraint("uid", name=op.f("uq_records_identity_uid")),
        sqlite_autoincrement=True,
    )
    made = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    op.bulk_insert(identity, [{"uid": _uid(), "made": made}])
    op.add_column("journal_act", sa.Column("batches", sa.Integer(), nullable=True))
    for name in ("mark", "after"):
        op.add_column("journal_act", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("journal_rows", sa.Column("digest", sa.String(), nullable=False, server_default=""))


def _uid() -> str:
    """Return a random id; records from before this schema get one made of their first act, as all their backups do."""
    first = op.get_bind().execute(sa.text("SELECT label, who, at FROM journal_act ORDER BY id LIMIT 1")).first()
    return uuid.uuid4().hex if first is None else uuid.uuid5(uuid.NAMESPACE_OID, repr(tuple(first))).hex
