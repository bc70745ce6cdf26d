"""What one responder sees and does at a shared desk: own shifts, calendar, hours, week and wishes; nobody else's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, month_answers, planning, roster, times, writing
from crt_scheduler.act import Act
from crt_scheduler.cover.why_me import why_me
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.hours import hours_ledger
from crt_scheduler.hours.ledger_values import EntryRow
from crt_scheduler.people import ranges, usual_week
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.publish.calendars import part_name, render_parts
from crt_scheduler.publish.outgoing_names import person_calendar
from crt_scheduler.publish.rolling import event_of, look_of
from crt_scheduler.publish.sent_ledger import KEPT_DAYS
from crt_scheduler.tables import (
    Area,
    Assignment,
    CalendarEvent,
    Call,
    CallResponder,
    Responder,
    Shift,
    ShiftTemplate,
)
from solver.problem import CITY
from solver.wording import tr
from solver.wording.dates import weekday

OPEN_MONTHS = 2
RECENT = dt.timedelta(days=60)


@dataclass(frozen=True)
class OwnShift:
    """One shift that was told to the responder; start and end are local wall times, on a clock of 12 or 24 hours."""

    start: dt.datetime
    end: dt.datetime
    template: str
    area: str
    role: str
    tier: str
    state: str
    clock: times.Clock = "24"

    @property
    def words(self) -> str:
        """When, such as Sat 9 Jan 2027, 18:00 to Sun 06:00."""
        day = f"{weekday(self.end.weekday())} " if self.end.date() != self.start.date() else ""
        first, last = (times.clock_words(wall, self.clock) for wall in (self.start, self.end))
        return tr(
            "{day}, {first} to {day2}{last}", day=times.day_words(self.start.date()), first=first, day2=day, last=last
        )


@dataclass(frozen=True)
class OpenMonth:
    """A month that wishes are still heard for, and the last day on which they are."""

    month: str
    until: dt.date


@dataclass(frozen=True)
class OwnPage:
    """Everything a responder sees at the shared desk."""

    code: str
    name: str
    zone: times.Zone
    today: dt.date
    shifts: tuple[OwnShift, ...]
    week: usual_week.Week
    wishes: tuple[ranges.Wished, ...]
    months: tuple[OpenMonth, ...]
    hours: tuple[EntryRow, ...]
    calls: tuple[str, ...]
    """The numbers of the calls they went to lately, newest first."""

    @property
    def signature(self) -> str:
        """The name that signs their acts in the journal; with the id, so that no coordinator has the same."""
        return f"{self.name} ({self.code})"

    def deadline_words(self) -> str:
        """Say until when wishes are heard."""
        each = [
            tr("for {month} until {day}", month=times.month_words(m.month), day=times.day_words(m.until))
            for m in self.months
        ]
        return tr("Wishes {names}.", names=" and ".join(each))


def names(session: Session) -> tuple[tuple[str, str], ...]:
    """Return the names one can pick at the desk, with their ids: who is active or on leave, by name."""
    found = session.execute(select(Responder.name, Responder.code).where(Responder.status.in_(("active", "leave"))))
    return tuple(sorted((name, code) for name, code in found))


def page(session: Session, code: str, *, now: dt.datetime) -> OwnPage:
    """Return a responder's own page as of now; raises CrtError for an unknown person."""
    who = roster.person(session, code)
    programme = programme_of(session)
    zone = customs.zone_of(programme)
    today = times.local(now, zone).date()
    return OwnPage(
        code=who.code,
        name=who.name,
        zone=zone,
        today=today,
        shifts=_shifts(session, who, zone, now),
        week=usual_week.week(session, who.code),
        wishes=ranges.wishes(session, who.code, since=today),
        months=open_months(today, until=programme.wishes_until),
        hours=hours_ledger.rows(session, today - RECENT, today, person=who.code)[::-1],
        calls=_calls(session, who, now),
    )


def open_months(today: dt.date, *, until: int) -> tuple[OpenMonth, ...]:
    """Return the next two months that wishes are still heard for: each until that day of the month before it."""
    before = today.replace(day=1)
    if today.day > until:
        before = times.parse_month(times.next_month(before))
    found = []
    for _ in range(OPEN_MONTHS):
        month = times.next_month(before)
        found.append(OpenMonth(month, before.replace(day=until)))
        before = times.parse_month(month)
    return tuple(found)


def wish(session: Session, code: str, date: dt.date, template: str, grade: str, *, now: dt.datetime) -> None:
    """Note a responder's wish for a shift of a date; the grade "none" takes it back.

    Raises NotAllowed once the month's deadline is past, and CrtError for a shift that is none of theirs on that day.
    """
    who = roster.person(session, code)
    programme = programme_of(session)
    today = times.local(now, customs.zone_of(programme)).date()
    first = open_months(today, until=programme.wishes_until)[0]
    if times.month_of(date) < first.month:
        raise NotAllowed(
            tr(
                "Wishes for {month} are closed. Phone the coordinator about changes; wishes from {month2} on are open.",
                month=times.month_words(times.month_of(date)),
                month2=times.month_words(first.month),
            )
        )
    if usual_week.Cell(date.weekday(), template) not in usual_week.week(session, who.code).grades:
        raise CrtError(
            tr(
                "There is no {template} shift for you on {day}. Choose another day or shift.",
                template=template,
                day=times.day_words(date),
            )
        )
    availability.wish(session, roster.ShiftName(date, template, ""), who.code, grade)
    if grade != "none":
        month_answers.note_one(session, who.id, month_answers.month_start(date), month_answers.OWN)


def say_week(session: Session, code: str, cells: tuple[usual_week.Cell, ...], grade: str, *, now: dt.datetime) -> None:
    """Grade shifts of a responder's usual week; raises NotAllowed once next month's deadline is past.

    The usual week speaks of every month, so from then on until the month begins the coordinator is to hear of it.
    """
    programme = programme_of(session)
    today = times.local(now, customs.zone_of(programme)).date()
    if today.day > programme.wishes_until:
        month = times.next_month(today)
        opens = times.parse_month(month)
        raise NotAllowed(
            tr(
                "Availability for {month} is closed. Phone the coordinator about changes; your usual "
                "week can be changed again from {day} on.",
                month=times.month_words(month),
                day=times.day_words(opens),
            )
        )
    usual_week.set_grades(session, code, cells, grade)
    month_answers.note_one(session, roster.person(session, code).id, None, month_answers.OWN)


def _wished(session: Session, code: str, date: dt.date, template: str, grade: str, **_: Any) -> str:
    return availability.wished(session, roster.ShiftName(date, template, ""), code, grade)


WISH = Act(wish, _wished)
SAY_WEEK = Act(say_week, usual_week.graded)


def calendar(session: Session, code: str, *, now: dt.datetime) -> tuple[bytes, ...]:
    """Return the parts of one responder's calendar as last sent: the same files that publishing writes for them."""
    who = roster.person(session, code)
    recent = CalendarEvent.end >= now - dt.timedelta(days=KEPT_DAYS)
    query = select(CalendarEvent).where(CalendarEvent.calendar == person_calendar(who.code), recent)
    events = [event_of(row) for row in session.scalars(query.order_by(CalendarEvent.id))]
    return render_parts(events, look_of(programme_of(session), who.name))


def save_calendar(
    session: Session, code: str, path: Path, *, now: dt.datetime, force: bool = False
) -> tuple[Path, ...]:
    """Write one responder's calendar to a file and return what was written; raises CrtError as `writing` does."""
    if not path.name:
        raise CrtError(
            tr("{path} is a folder. Name a file for the calendar, such as {code}.ics.", path=path, code=code)
        )
    writing.refuse_no_folder(path)
    parts = enumerate(calendar(session, code, now=now), start=1)
    files = {path.with_name(part_name(path.name, number)): part for number, part in parts}
    writing.write_all(files, force=force)
    return tuple(files)


def _shifts(session: Session, who: Responder, zone: times.Zone, now: dt.datetime) -> tuple[OwnShift, ...]:
    """Return the shifts to come that were told: a draft is no promise yet."""
    areas = {row.id: row.name for row in session.scalars(select(Area))}
    query = (
        select(Shift, ShiftTemplate.name, Assignment.role, Assignment.tier, Assignment.state)
        .join(Assignment, Assignment.shift_id == Shift.id)
        .join(ShiftTemplate, Shift.template_id == ShiftTemplate.id)
        .where(Assignment.responder_id == who.id, Assignment.state != "draft", Shift.end > now)
        .order_by(Shift.start)
    )
    return tuple(
        OwnShift(
            start=times.local(shift.start, zone),
            end=times.local(shift.end, zone),
            clock=times.clock_of(zone),
            template=template,
            area=areas.get(shift.area_id or 0, CITY),
            role=role,
            tier=tier,
            state=state,
        )
        for shift, template, role, tier, state in session.execute(query)
    )


def _calls(session: Session, who: Responder, now: dt.datetime) -> tuple[str, ...]:
    query = (
        select(Call.number, Call.case)
        .join(CallResponder, CallResponder.call_id == Call.id)
        .where(CallResponder.responder_id == who.id, Call.notified > now - RECENT)
        .order_by(Call.notified.desc())
    )
    return tuple(number if case == 1 else f"{number}/{case}" for number, case in session.execute(query))


def why(session: Session, code: str, month: str, *, now: dt.datetime) -> str:
    """Return why a responder has the shifts of a month, in words for them; raises CrtError for who is not on its team.

    Only what was told counts: what a coordinator drafts is nobody else's yet.
    """
    frozen = planning.problem(session, month, now=now)
    told = tuple(assignment for assignment in frozen.current if assignment.state != "draft")
    return why_me(replace(frozen, current=told), code).paragraph
