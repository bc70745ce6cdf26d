"""Calls: what the team was asked to, who went and answered, and the care of those who did; no survivor has a name."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crt_scheduler.tables.record import Record, args


class Call(Record):
    """One response: one team at one incident; an incident with several cases has a call for each.

    `number` is what people say on the phone. `served` counts people, `adults` and `children` where they were told
    apart. `closed` is when the lead signed the report off.
    """

    __tablename__ = "call"
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    number: Mapped[str]
    case: Mapped[int]
    kind: Mapped[str]
    unit: Mapped[str]
    notified: Mapped[dt.datetime]
    dispatched: Mapped[dt.datetime | None]
    on_scene: Mapped[dt.datetime | None]
    clear: Mapped[dt.datetime | None]
    closed: Mapped[dt.datetime | None]
    signed_by: Mapped[str]
    heard: Mapped[dt.datetime | None]
    """When somebody on scene was last heard from."""
    scene: Mapped[str]
    language: Mapped[str]
    clergy_wanted: Mapped[bool]
    tradition: Mapped[str]
    consent: Mapped[bool]
    """The family agreed that its tradition is recorded."""
    clergy_on_scene: Mapped[dt.datetime | None]
    served: Mapped[int | None]
    adults: Mapped[int | None]
    children: Mapped[int | None]
    services: Mapped[list[str]]
    referrals: Mapped[list[str]]
    follow_up_due: Mapped[dt.date | None]
    follow_up_done: Mapped[dt.date | None]
    hard: Mapped[str]
    """Why the call was hard: a HardCall's name; empty: it was not."""
    safety_issue: Mapped[bool]
    __table_args__ = args(
        UniqueConstraint("number", "case"),
        Index(None, "incident_id"),
        Index(None, "notified"),
        CheckConstraint("kind IN ('team', 'all_call')", name="kind_is_known"),
        CheckConstraint("scene IN ('', 'home', 'street', 'hospital', 'station', 'other')", name="scene_is_known"),
    )


class CallResponder(Record):
    """One responder at one call, with the times of their own and the miles driven."""

    __tablename__ = "call_responder"
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    role: Mapped[str]
    departed: Mapped[dt.datetime | None]
    arrived: Mapped[dt.datetime | None]
    cleared: Mapped[dt.datetime | None]
    home: Mapped[dt.datetime | None]
    miles: Mapped[float | None]
    __table_args__ = args(UniqueConstraint("call_id", "responder_id"), Index(None, "responder_id"))


class CallAnswer(Record):
    """What one responder answered when called out, and when; `reason` is one of a list, never free text."""

    __tablename__ = "call_answer"
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    at: Mapped[dt.datetime]
    answer: Mapped[str]
    reason: Mapped[str]
    available: Mapped[str]
    """For an all-call: now, two_hours, tonight, or empty."""
    __table_args__ = args(
        UniqueConstraint("call_id", "responder_id", "at"),
        Index(None, "responder_id"),
        Index(None, "at"),
        CheckConstraint("answer IN ('accepted', 'declined', 'no_answer', 'wrong_number')", name="answer_is_known"),
        CheckConstraint("available IN ('', 'now', 'two_hours', 'tonight')", name="available_is_known"),
    )


class HardCall(Record):
    """A kind of call after which responders stand down, such as a child's death."""

    __tablename__ = "hard_call"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    __table_args__ = args(UniqueConstraint("programme_id", "name"))


class StandDown(Record):
    """A responder's rest after a hard call, from and until (UTC); a lead may lift it."""

    __tablename__ = "stand_down"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    start: Mapped[dt.datetime]
    end: Mapped[dt.datetime]
    lifted: Mapped[dt.datetime | None]
    lifted_by: Mapped[str]
    by_hand: Mapped[bool]
    """Its hours were given by hand: later times of the call do not move its end."""
    __table_args__ = args(
        UniqueConstraint("call_id", "responder_id"),
        Index(None, "responder_id"),
        CheckConstraint('"end" > start', name="ends_after_start"),
    )


class Debrief(Record):
    """A debrief that a responder owes after a call, due before the next shift."""

    __tablename__ = "debrief"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    due: Mapped[dt.datetime]
    done: Mapped[dt.datetime | None]
    done_by: Mapped[str]
    __table_args__ = args(UniqueConstraint("call_id", "responder_id"), Index(None, "responder_id"))
