"""Responders and what they said of their time."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from crt_scheduler.tables.record import Record, args


class Responder(Record):
    """A volunteer or member of the clergy; `code` is the team's own id for the person."""

    __tablename__ = "responder"
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    role: Mapped[str]
    status: Mapped[str]
    status_until: Mapped[dt.date | None]
    leave_since: Mapped[dt.date | None]
    """The first day of the leave they are on, or were on last; none: unknown."""
    leave_ended: Mapped[dt.date | None]
    """The last day of the leave they were on last; none while they are on it."""
    joined: Mapped[dt.date | None]
    home_division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    home_area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    languages: Mapped[list[str]]
    traditions: Mapped[list[str]]
    email: Mapped[str]
    phone: Mapped[str]
    target_minutes: Mapped[int | None]
    phone_2: Mapped[str] = mapped_column(default="", server_default="")
    notes: Mapped[str] = mapped_column(default="", server_default="")
    """What the coordinator should know of them: private, in no export, and purged some time after they left."""
    next_of_kin: Mapped[str] = mapped_column(default="", server_default="")
    """Whom to call where something happens to them: private as the notes are."""
    next_of_kin_phone: Mapped[str] = mapped_column(default="", server_default="")
    shifts_a_month: Mapped[str] = mapped_column(default="", server_default="")
    """How many shifts a month they wish for, in their words ("1-2", "as needed"); the plan follows the hours."""
    left_on: Mapped[dt.date | None]
    """The day since which they are inactive; none: they are not, or have been since before this was kept."""
    __table_args__ = args(
        UniqueConstraint("code"),
        CheckConstraint("kind IN ('volunteer', 'clergy')", name="kind_is_known"),
        CheckConstraint("role IN ('lead', 'responder', 'trainee')", name="role_is_known"),
        CheckConstraint("status IN ('active', 'leave', 'inactive')", name="status_is_known"),
    )


class ResponderArea(Record):
    """An area other than home that a responder serves."""

    __tablename__ = "responder_area"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    __table_args__ = args(UniqueConstraint("responder_id", "area_id"))


class Credential(Record):
    """One responder's credential and the last day it is valid (none: for ever)."""

    __tablename__ = "credential"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("credential_kind.id"))
    expires: Mapped[dt.date | None]
    __table_args__ = args(UniqueConstraint("responder_id", "kind_id"))


class Partner(Record):
    """Two responders who work well together (prefers) or are kept apart (avoids)."""

    __tablename__ = "partner"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    grade: Mapped[str]
    __table_args__ = args(
        UniqueConstraint("responder_id", "other_id"),
        CheckConstraint("grade IN ('prefers', 'avoids')", name="grade_is_known"),
    )


class Availability(Record):
    """When a responder cannot, would rather not, prefers or wants to be on call: dates, weekdays, hours of the day."""

    __tablename__ = "availability"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    first: Mapped[dt.date | None]
    last: Mapped[dt.date | None]
    weekdays: Mapped[int]
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]
    grade: Mapped[str]
    note: Mapped[str]
    source: Mapped[str] = mapped_column(default="", server_default="")
    """What brought the line: "list" a file of availability; nothing: somebody typed it, or an older version."""
    __table_args__ = args(
        CheckConstraint("grade IN ('cannot', 'rather_not', 'prefers', 'wants')", name="grade_is_known"),
        CheckConstraint("first IS NULL OR last IS NULL OR first <= last", name="first_before_last"),
        Index(None, "responder_id"),
    )


class Wish(Record):
    """What a responder wishes for one shift template on one date; it outranks availability."""

    __tablename__ = "wish"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("shift_template.id"))
    date: Mapped[dt.date]
    grade: Mapped[str]
    __table_args__ = args(
        UniqueConstraint("responder_id", "template_id", "date"),
        CheckConstraint("grade IN ('cannot', 'rather_not', 'prefers', 'wants')", name="grade_is_known"),
    )


class MonthAnswer(Record):
    """That a responder was asked when they can in a month, and that they answered, whatever they said."""

    __tablename__ = "month_answer"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    month: Mapped[dt.date | None]
    """The first day of the month; none: what they said holds every week."""
    asked: Mapped[dt.datetime | None]
    """When they were first asked; none: nobody asked them by a sheet."""
    asked_again: Mapped[dt.datetime | None]
    answered: Mapped[dt.datetime | None]
    """When their newest answer was taken down; none: not yet, or by an older version, which kept no moment."""
    source: Mapped[str] = mapped_column(default="", server_default="")
    """What brought the answer; nothing: there is none yet."""
    __table_args__ = args(
        UniqueConstraint("responder_id", "month"),
        CheckConstraint("source IN ('', 'file', 'sheet', 'typed', 'own', 'said', 'record')", name="source_is_known"),
        Index("uq_month_answer_every_week", "responder_id", unique=True, sqlite_where=text("month IS NULL")),
    )
