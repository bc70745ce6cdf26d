"""Today: who is on call now and next, open calls, the week's coverage, what needs care, next month and first steps."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster, times
from crt_scheduler.board.openings import ShiftSeats, month_seats
from crt_scheduler.care.stand_down import standing_down
from crt_scheduler.programmes import customs
from crt_scheduler.publish import sent_ledger
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.tables import Area, Programme, Responder, ShiftTemplate
from crt_scheduler.today import first_steps as first_run
from crt_scheduler.today import month_card, needs_care, on_call_now
from crt_scheduler.today import week_ahead as coverage
from crt_scheduler.today.open_calls import open_calls
from crt_scheduler.today.today_values import (
    Care,
    CarePerson,
    MonthCard,
    OnCall,
    OpenCall,
    Post,
    Step,
    Today,
    Turn,
    Watch,
    Week,
    WeekCell,
    WeekColumn,
    WeekLine,
)

__all__ = [
    "Care", "CarePerson", "MonthCard", "OnCall", "OpenCall", "Post", "Step", "Today", "Turn", "Watch", "Week",
    "WeekCell", "WeekColumn", "WeekLine", "today",
]  # fmt: skip

BEFORE, AHEAD = dt.timedelta(days=2), dt.timedelta(days=8)
"""A duty that runs now began at most two dates ago; the week and the watch after it end within eight."""


def today(session: Session, *, now: dt.datetime) -> Today:
    """Return what the coordinator sees first at an instant; works for a database with nothing in it yet."""
    programme: Programme | None = session.scalar(select(Programme))
    if programme is None or session.scalar(select(ShiftTemplate.id).limit(1)) is None:
        return _bare(session, programme, now)
    zone = customs.zone_of(programme)
    date = times.local(now, zone).date()
    shifts = _shifts(session, date, times.next_month(date))
    near = [shift for shift in shifts if date - BEFORE <= shift.date <= date + AHEAD]
    rows = roster.rows(session, date - BEFORE, date + AHEAD)
    areas = list(session.scalars(select(Area.name).order_by(Area.id)))
    phones = _phones(session, programme.country)
    turn_now, turn_next = on_call_now.turns(near, now)
    posts = on_call_now.posts(areas, near, rows, phones, now=now, turn=turn_next.start if turn_next else None)
    month = times.next_month(date)
    stale = sent_ledger.stale(session, now)
    return Today(
        at=now,
        zone=zone,
        programme=programme.name,
        turn_now=turn_now,
        turn_next=turn_next,
        posts=on_call_now.rested(posts, standing_down(session, now), now),
        week=coverage.week(areas, near, today=date, now=now),
        care=needs_care.care(session, rows, stale, phones, now=now, zone=zone),
        card=month_card.month_card(
            session, month, [s for s in shifts if times.month_of(s.date) == month], stale, today=date
        ),
        steps=first_run.steps(session, month),
        is_rostered=bool(rows),
        calls=open_calls(session, phones, now=now, zone=zone, silence_minutes=programme.silence_minutes),
    )


def _bare(session: Session, programme: Programme | None, now: dt.datetime) -> Today:
    month = times.next_month(now.date())
    return Today(
        at=now,
        zone=customs.zone_of(programme) if programme else times.Zone("UTC"),
        programme=programme.name if programme else "",
        turn_now=None,
        turn_next=None,
        posts=(),
        week=Week((), ()),
        care=(),
        card=None,
        steps=first_run.steps(session, month),
        is_rostered=False,
    )


def _shifts(session: Session, date: dt.date, coming: str) -> list[ShiftSeats]:
    """Return the shifts of the months that the days around the date and the coming month touch."""
    months = {times.month_of(date - BEFORE), times.month_of(date), times.month_of(date + AHEAD), coming}
    return [shift for month in sorted(months) for shift in month_seats(session, month)]


def _phones(session: Session, country: str) -> PhoneBook:
    query = select(Responder.code, Responder.phone).where(Responder.phone != "")
    return PhoneBook({row.code: row.phone for row in session.execute(query)}, country)
