"""The roster of a month: shifts, who is on them, and what was published and sent."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crt_scheduler.tables.record import Record, args


class Roster(Record):
    """The roster of one month; `version` counts how often it was published (0: never)."""

    __tablename__ = "roster"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    month: Mapped[str]
    version: Mapped[int]
    __table_args__ = args(UniqueConstraint("programme_id", "month"))


class PublishedVersion(Record):
    """One publication of a month: when, by whom, and the digest of the roster that went out."""

    __tablename__ = "published_version"
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    version: Mapped[int]
    at: Mapped[dt.datetime]
    who: Mapped[str]
    digest: Mapped[str]
    __table_args__ = args(UniqueConstraint("roster_id", "version"))


class PublishedFolder(Record):
    """One folder that a month went out to: the version, moment and wishes it was made with, and how far it has come.

    `state` is staging (nothing promised yet), placing (promised, and being moved into place), placed, or left (another
    folder was taken instead); never undone, because it speaks of files. `staged` is the name under which its files were
    staged, `gone` are files to be removed, `known` digests of those that bear no mark of ours.
    """

    __tablename__ = "published_folder"
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    folder: Mapped[str]
    version: Mapped[int]
    at: Mapped[dt.datetime]
    eml: Mapped[bool]
    duty_sheet: Mapped[bool]
    forced: Mapped[bool]
    state: Mapped[str]
    staged: Mapped[str]
    gone: Mapped[list[str]]
    known: Mapped[list[str]]
    __table_args__ = args(
        UniqueConstraint("roster_id", "folder"),
        CheckConstraint("state IN ('staging', 'placing', 'placed', 'left')", name="state_is_known"),
    )


class Shift(Record):
    """One shift on one date in one area (none: city-wide), with its instants frozen when it was made."""

    __tablename__ = "shift"
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("shift_template.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    key: Mapped[str]
    date: Mapped[dt.date]
    start: Mapped[dt.datetime]
    end: Mapped[dt.datetime]
    __table_args__ = args(
        UniqueConstraint("key"),
        CheckConstraint('"end" > start', name="ends_after_start"),
        Index(None, "date"),
        Index(None, "roster_id"),
    )


class Assignment(Record):
    """One responder on one seat of a shift, with its promise state and lock."""

    __tablename__ = "assignment"
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    role: Mapped[str]
    tier: Mapped[str]
    state: Mapped[str]
    locked: Mapped[bool]
    __table_args__ = args(
        UniqueConstraint("shift_id", "responder_id"),
        CheckConstraint("state IN ('draft', 'told', 'confirmed', 'done')", name="state_is_known"),
        Index(None, "responder_id"),
    )


class CalendarEvent(Record):
    """What one calendar file last said of one person's shift; never undone, because it has gone out.

    `calendar` is the file (calendars/V001.ics or roster/Valley-2027-01.ics); no foreign keys, so that it outlives
    the roster it speaks of.
    """

    __tablename__ = "calendar_event"
    calendar: Mapped[str]
    responder_code: Mapped[str]
    shift_key: Mapped[str]
    uid: Mapped[str]
    sequence: Mapped[int]
    changed: Mapped[dt.datetime]
    start: Mapped[dt.datetime]
    end: Mapped[dt.datetime]
    summary: Mapped[str]
    description: Mapped[str]
    location: Mapped[str]
    cancelled: Mapped[bool]
    __table_args__ = args(
        UniqueConstraint("calendar", "shift_key", "responder_code"),
        UniqueConstraint("uid"),
        Index(None, "end"),
    )


class CalendarSent(Record):
    """What each responder was last sent: version, time, digest."""

    __tablename__ = "calendar_sent"
    responder_code: Mapped[str]
    version: Mapped[int]
    at: Mapped[dt.datetime]
    digest: Mapped[str]
    __table_args__ = args(UniqueConstraint("responder_code"))
