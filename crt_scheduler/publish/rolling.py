"""All calendar files as the ledger has them: each person's rolling file and the whole roster of each area and month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.publish.calendars import Event, Look, part_name, render_parts
from crt_scheduler.publish.outgoing_names import person_calendar, refuse_like_ids
from crt_scheduler.publish.sent_ledger import KEPT_DAYS, events_of_month, published_months
from crt_scheduler.tables import CalendarEvent, Programme, Responder
from crt_scheduler.times import month_words
from solver.wording import tr


def event_of(row: CalendarEvent) -> Event:
    """Return a ledger row as the event that a calendar file shows."""
    return Event(
        uid=row.uid,
        sequence=row.sequence,
        changed=row.changed,
        start=row.start,
        end=row.end,
        summary=row.summary,
        description=row.description,
        location=row.location,
        cancelled=row.cancelled,
    )


def look_of(programme: Programme, title: str) -> Look:
    """Return how a person's own calendar looks; its alarm is never the only alert."""
    return Look(
        title=tr("On call: {title}", title=title),
        zone=customs.zone_of(programme),
        alarm_minutes=programme.alarm_minutes,
    )


def personal_files(session: Session, now: dt.datetime) -> dict[str, tuple[bytes, ...]]:
    """Return the parts of each person's calendar by id: shifts of all months that ended at most 30 days ago.

    Who is active or on leave has a file even without a shift; anybody else while there are shifts to show.
    """
    programme = programme_of(session)
    events: dict[str, list[Event]] = defaultdict(list)
    recent = select(CalendarEvent).where(CalendarEvent.end >= now - dt.timedelta(days=KEPT_DAYS))
    for row in session.scalars(recent.order_by(CalendarEvent.id)):
        if row.calendar == person_calendar(row.responder_code):
            events[row.responder_code].append(event_of(row))
    people = {
        person.code: person.name
        for person in session.scalars(select(Responder))
        if person.status in ("active", "leave") or person.code in events
    }
    codes = sorted(people.keys() | events.keys())
    refuse_like_ids(codes)
    return {code: render_parts(events[code], look_of(programme, people.get(code, code))) for code in codes}


def roster_files(session: Session, month: str, now: dt.datetime) -> dict[str, tuple[bytes, ...]]:
    """Return the parts of each whole-roster calendar by file: the month's and those of other months still shown."""
    zone = customs.zone_of(programme_of(session))
    found: dict[str, tuple[bytes, ...]] = {}
    for each in sorted({month, *published_months(session, now)}):
        events: dict[str, list[Event]] = defaultdict(list)
        for row in events_of_month(session, each):
            if row.calendar != person_calendar(row.responder_code):
                events[row.calendar].append(event_of(row))
        for name in sorted(events):
            area = name.removeprefix("roster/").removesuffix(f"-{each}.ics")
            look = Look(
                title=tr("On call: {area}, {month}", area=area, month=month_words(each)), zone=zone, blocks_time=False
            )
            found[name] = render_parts(events[name], look)
    return found


def by_path(calendars: dict[str, tuple[bytes, ...]]) -> dict[str, bytes]:
    """Return the parts of calendars under the path each part is written to."""
    return {
        part_name(calendar, number): part
        for calendar, parts in calendars.items()
        for number, part in enumerate(parts, start=1)
    }
