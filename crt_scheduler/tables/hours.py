"""Hours: a ledger in minutes, what an hour is worth, and the responder's own key to a shared desk."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crt_scheduler.tables.record import Record, args


class HoursEntry(Record):
    """Minutes a responder gave, of one kind, logged and then approved; on-call time itself comes from the roster.

    `date` is the local date it began; `start` and `end` are instants where they are known. `key` tells the same entry
    when its sheet is read again.
    """

    __tablename__ = "hours_entry"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    kind: Mapped[str]
    date: Mapped[dt.date]
    start: Mapped[dt.datetime | None]
    end: Mapped[dt.datetime | None]
    minutes: Mapped[int]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    state: Mapped[str]
    approved_by: Mapped[str]
    key: Mapped[str]
    __table_args__ = args(
        UniqueConstraint("key"),
        Index(None, "responder_id"),
        Index(None, "date"),
        Index(None, "call_id", "responder_id"),
        CheckConstraint("minutes > 0", name="minutes_are_some"),
        CheckConstraint("state IN ('logged', 'approved')", name="state_is_known"),
        CheckConstraint(
            "kind IN ('response', 'travel', 'training_given', 'training_received', 'meeting', 'event', 'office', "
            "'follow_up')",
            name="kind_is_known",
        ),
    )


class HourValue(Record):
    """What a volunteer's hour was worth in a year, in cents, in a region, and who says so."""

    __tablename__ = "hour_value"
    year: Mapped[int]
    region: Mapped[str]
    cents: Mapped[int]
    source: Mapped[str]
    __table_args__ = args(UniqueConstraint("year", "region"), CheckConstraint("cents > 0", name="cents_are_some"))


class Pin(Record):
    """A responder's PIN for the shared desk, hashed: a courtesy, not a lock on the file."""

    __tablename__ = "pin"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    hashed: Mapped[str]
    __table_args__ = args(UniqueConstraint("responder_id"))


class Retention(Record):
    """How many months one kind of record is kept before purge takes it."""

    __tablename__ = "retention"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[str]
    months: Mapped[int]
    __table_args__ = args(
        UniqueConstraint("programme_id", "kind"), CheckConstraint("months > 0", name="months_are_some")
    )
