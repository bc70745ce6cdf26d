"""What the records hold for a report: the ledger, time on call, people; added up by the database, quick over years."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import on_call as roster_hours
from crt_scheduler.tables import (
    Area,
    Assignment,
    HoursEntry,
    Responder,
    Roster,
    Shift,
    ShiftTemplate,
)

FIRST_YEAR, LAST_YEAR = 1970, 2999
LONGEST = dt.timedelta(days=366 * 30)


def refuse_backwards(first: dt.date, last: dt.date) -> None:
    """Raise CrtError for a stretch that ends before it begins, or that is longer than anybody can mean."""
    if first > last:
        raise CrtError(f"{first} is after {last}. Choose a first day that is not after the last.")
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise CrtError(f"{first} to {last} is no stretch of days of a team. Choose years from {FIRST_YEAR} on.")
    if last - first > LONGEST:
        raise CrtError(f"{first} to {last} is longer than thirty years. Choose days nearer to each other.")


def bounds(first: dt.date, last: dt.date, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the instants at which the stretch of local dates begins and has ended."""
    return times.instant(first, dt.time(), zone), times.instant(last + dt.timedelta(days=1), dt.time(), zone)


@dataclass(frozen=True)
class Ledger:
    """Minutes of the ledger by year and kind, and those not approved yet."""

    minutes: Counter[tuple[int, str]]
    waiting: int

    def of(self, kind: str) -> int:
        """Return the minutes of one kind."""
        return sum(count for (_, each), count in self.minutes.items() if each == kind)


def ledger(session: Session, first: dt.date, last: dt.date) -> Ledger:
    """Return what the ledger holds from first to last, added up by the database."""
    year = extract("year", HoursEntry.date)
    query = (
        select(year, HoursEntry.kind, HoursEntry.state, func.sum(HoursEntry.minutes))
        .where(HoursEntry.date >= first, HoursEntry.date <= last)
        .group_by(year, HoursEntry.kind, HoursEntry.state)
    )
    minutes: Counter[tuple[int, str]] = Counter()
    waiting = 0
    for each, kind, state, count in session.execute(query):
        minutes[int(each), kind] += count
        waiting += count if state == "logged" else 0
    return Ledger(minutes, waiting)


def ledger_by_person(session: Session, first: dt.date, last: dt.date) -> dict[int, Counter[str]]:
    """Return minutes by responder (row number) and kind; those not approved yet are also under "waiting"."""
    query = (
        select(HoursEntry.responder_id, HoursEntry.kind, HoursEntry.state, func.sum(HoursEntry.minutes))
        .where(HoursEntry.date >= first, HoursEntry.date <= last)
        .group_by(HoursEntry.responder_id, HoursEntry.kind, HoursEntry.state)
    )
    found: dict[int, Counter[str]] = {}
    for who, kind, state, count in session.execute(query):
        mine = found.setdefault(who, Counter())
        mine[kind] += count
        mine["waiting"] += count if state == "logged" else 0
    return found


def once(session: Session, first: dt.date, last: dt.date, kinds: Collection[str]) -> dict[int, Counter[int]]:
    """Return minutes of these kinds by responder (row number) and year, an hour of two kinds at once counted once.

    It counts for the entry that began first. Entries without times are added.
    """
    e = HoursEntry
    query = (
        select(e.responder_id, e.date, e.start, e.end, e.minutes)
        .where(e.date >= first, e.date <= last, e.kind.in_(list(kinds)))
        .order_by(e.responder_id, e.start, e.end)
    )
    found: dict[int, Counter[int]] = {}
    until: dict[int, dt.datetime] = {}
    for who, date, start, end, minutes in session.execute(query):
        mine = found.setdefault(who, Counter())
        if start is None or end is None:
            mine[date.year] += minutes
            continue
        begin = max(start, until.get(who, start))
        until[who] = max(end, begin)
        mine[date.year] += times.minutes(until[who]) - times.minutes(begin)
    return found


def on_call(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> dict[str, int]:
    """Return minutes on call by person (an id), those still to come left out."""
    return roster_hours.minutes(session, first, last, until=now)


@dataclass(slots=True)
class Duty:
    """How many shifts one responder was on, and how many of them were nights and weekend shifts."""

    shifts: int = 0
    nights: int = 0
    weekends: int = 0


def duties(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> dict[int, Duty]:
    """Return the shifts of each responder (row number) that have begun by now."""
    of_stretch = (Shift.date >= first, Shift.date <= last, Shift.start < now)
    query = select(Shift.id, Shift.date, ShiftTemplate.night).join(ShiftTemplate, Shift.template_id == ShiftTemplate.id)
    shifts = {number: (night, date.weekday() >= 5) for number, date, night in session.execute(query.where(*of_stretch))}
    seats = select(Assignment.responder_id, Assignment.shift_id).join(Shift, Assignment.shift_id == Shift.id)
    found: dict[int, Duty] = {}
    for who, number in session.execute(seats.where(*of_stretch)):
        night, weekend = shifts[number]
        duty = found.setdefault(who, Duty())
        duty.shifts += 1
        duty.nights += night
        duty.weekends += weekend
    return found


@dataclass(frozen=True, slots=True)
class Member:
    """A responder as reports name one: no contacts."""

    id: int
    code: str
    name: str
    kind: str
    status: str
    joined: dt.date | None


def members(session: Session) -> list[Member]:
    """Return every responder by name."""
    query = select(
        Responder.id, Responder.code, Responder.name, Responder.kind, Responder.status, Responder.joined
    ).order_by(Responder.name, Responder.code)
    return [Member(*row) for row in session.execute(query)]


def area_names(session: Session) -> list[str]:
    """Return the areas in the programme's order."""
    return list(session.scalars(select(Area.name).order_by(Area.id)))


def months_with_roster(session: Session) -> list[str]:
    """Return every month that has a roster, in order."""
    return list(session.scalars(select(Roster.month).distinct().order_by(Roster.month)))
