"""Which records these are: one line that a backup carries along and that no act changes."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from crt_scheduler.tables.record import Record, args


class RecordsIdentity(Record):
    """The records' own id, given once when they were made (or brought to schema 0006)."""

    __tablename__ = "records_identity"
    uid: Mapped[str]
    made: Mapped[dt.datetime]
    __table_args__ = args(UniqueConstraint("uid"))
