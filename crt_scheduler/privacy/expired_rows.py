"""What is past its time: the rows of each kind of record that a purge takes, with the days they are of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crt_scheduler import journal, person_fields, times
from crt_scheduler.tables import (
    Availability,
    Call,
    CallAnswer,
    CallResponder,
    Debrief,
    HoursEntry,
    JournalAct,
    JournalRows,
    MonthAnswer,
    Responder,
    StandDown,
    Wish,
)

EMPTY: dict[str, Any] = {
    **dict.fromkeys(("unit", "scene", "language", "tradition", "hard", "signed_by"), ""),
    **dict.fromkeys(("clergy_wanted", "consent", "safety_issue"), False),
    **dict.fromkeys(("heard", "clergy_on_scene", "follow_up_due", "follow_up_done")),
    **{name: [] for name in ("services", "referrals")},
}
"""What a call's details are once they are purged."""
PRIVATE: dict[str, Any] = {field.attribute: field.blank for field in person_fields.PRIVATE}
"""What the private words about a person are once they are purged."""
Days = dict[int, dt.date]
"""Row numbers, each with the local day it is of."""


@dataclass(frozen=True)
class Past:
    """The rows of one table that are past their time; `emptied` holds what is left of the details of rows that stay.

    A row image whose `field` lies before `before` is past its time too, even where its row is no longer there.
    """

    table: str
    days: Days
    emptied: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""
    before: dt.datetime | dt.date | None = None

    def covers(self, key: int, held: Any) -> bool:
        """Is an image past its time, whose `field` holds something?"""
        return key in self.days or (held is not None and held < self.before)


def past(session: Session, kind: str, cut: dt.date, zone: str) -> tuple[Past, ...]:
    """Return the rows of a kind of record that lie before a local day."""
    return _FINDERS[kind](session, times.instant(cut, dt.time(), zone), cut, zone)


def _days(session: Session, query: Any, zone: str) -> Days:
    """Return row numbers with their days from a query of (number, instant or date)."""
    return {
        number: times.local(when, zone).date() if isinstance(when, dt.datetime) else when
        for number, when in session.execute(query)
    }


def _details(session: Session, at: dt.datetime, cut: dt.date, zone: str) -> tuple[Past, ...]:
    fields = [getattr(Call, name) for name in EMPTY]
    query = select(Call.id, Call.notified, *fields).where(Call.notified < at)
    wanted = list(EMPTY.values())
    days = {number: times.local(when, zone).date() for number, when, *held in session.execute(query) if held != wanted}
    return (Past("call", days, emptied=EMPTY, field="notified", before=at),)


def _private(session: Session, at: dt.datetime, cut: dt.date, zone: str) -> tuple[Past, ...]:
    held = or_(*(getattr(Responder, name).is_distinct_from(blank) for name, blank in PRIVATE.items()))
    left = select(Responder.id, Responder.left_on).where(Responder.status == "inactive", Responder.left_on < cut)
    return (Past("responder", _days(session, left.where(held), zone), emptied=PRIVATE, field="left_on", before=cut),)


def _care(session: Session, at: dt.datetime, cut: dt.date, zone: str) -> tuple[Past, ...]:
    debriefs = select(Debrief.id, Call.notified).join(Call, Debrief.call_id == Call.id).where(Call.notified < at)
    rests = select(StandDown.id, StandDown.start).where(StandDown.end < at)
    return (
        Past("debrief", _days(session, debriefs, zone), field="due", before=at),
        Past("stand_down", _days(session, rests, zone), field="end", before=at),
    )


def _answers(session: Session, at: dt.datetime, cut: dt.date, zone: str) -> tuple[Past, ...]:
    query = select(CallAnswer.id, CallAnswer.at).where(CallAnswer.at < at)
    return (Past("call_answer", _days(session, query, zone), field="at", before=at),)


def _hours(session: Session, at: dt.datetime, cut: dt.date, zone: str) -> tuple[Past, ...]:
    given = select(HoursEntry.id, HoursEntry.date).where(HoursEntry.date < cut)
    went = select(CallResponder.id, Call.notified).join(Call, CallResponder.call_id == Call.id)
    return (
        Past("hours_entry", _days(session, given, zone), field="date", before=cut),
        Past("call_responder", _days(session, went.where(Call.notified < at), zone), field="arrived", before=at),
    )


def _availability(session: Session, at: dt.datetime, cut: dt.date, zone: str) -> tuple[Past, ...]:
    said = select(Availability.id, Availability.last).where(Availability.last < cut)
    wished = select(Wish.id, Wish.date).where(Wish.date < cut)
    month = cut.replace(day=1)
    answered = select(MonthAnswer.id, MonthAnswer.month).where(MonthAnswer.month < month)
    return (
        Past("availability", _days(session, said, zone), field="last", before=cut),
        Past("wish", _days(session, wished, zone), field="date", before=cut),
        Past("month_answer", _days(session, answered, zone), field="month", before=month),
    )


def _journal(session: Session, at: dt.datetime, cut: dt.date, zone: str) -> tuple[Past, ...]:
    """Return the acts of old that still hold images."""
    query = select(JournalAct.id, JournalAct.at).join(JournalRows, JournalRows.act_id == JournalAct.id)
    old = query.where(JournalAct.at < at, func.length(JournalRows.images) > journal.NOTHING).distinct()
    return (Past("journal_act", _days(session, old, zone)),)


FORGOTTEN = "This act cannot be undone: what it changed has been purged."
"""What undo says of an act whose images are gone, wholly or in part."""

_FINDERS: dict[str, Callable[[Session, dt.datetime, dt.date, str], tuple[Past, ...]]] = {
    "call_details": _details,
    "private": _private,
    "care": _care,
    "answers": _answers,
    "hours": _hours,
    "availability": _availability,
    "journal": _journal,
}
