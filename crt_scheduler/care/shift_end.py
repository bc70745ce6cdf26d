"""When the shift ends that a responder is in: the rest of it belongs to a stand-down."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Assignment, Shift, ShiftTemplate


def shift_end(session: Session, responder: int, at: dt.datetime, *, since: dt.datetime) -> dt.datetime:
    """Return when the shift of an instant ends: the person's own, else the one areas are rostered in, else at once.

    Whose own shift since the call came in has ended already is off it: the rest begins at once.
    """
    own = select(Shift.end).join(Assignment, Assignment.shift_id == Shift.id)
    own = own.where(Assignment.responder_id == responder)
    running: dt.datetime | None = session.scalar(
        own.where(Shift.start <= at, Shift.end > at).order_by(Shift.end.desc()).limit(1)
    )
    if running is not None:
        return running
    if session.scalar(own.where(Shift.start <= since, Shift.end > since).limit(1)) is not None:
        return at
    zone = customs.zone_of(programme_of(session))
    date = times.local(at, zone).date()
    for row in session.scalars(select(ShiftTemplate).where(ShiftTemplate.by_area).order_by(ShiftTemplate.id)):
        for day in (date, date - dt.timedelta(days=1)):
            start, end = times.span(day, row.start, row.end, zone)
            if times.on_weekday(day, row.weekdays) and start <= at < end:
                return end
    return at
