"""What the records hold for a report: the ledger, time on call, people; added up by the database, quick over years."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import time_on_call as roster_hours
from crt_scheduler.tables import (
    Area,
    Assignment,
    HoursEntry,
    Responder,
    Roster,
    Shift,
    ShiftTemplate,
)
from solver.wording import tr

FIRST_YEAR, LAST_YEAR = 1970, 2999
LONGEST = dt.timedelta(days=366 * 30)


def refuse_backwards(first: dt.date, last: dt.date) -> None:
    """Raise CrtError for a stretch that ends before it begins, or that is longer than anybody can mean."""
    if first > last:
        raise CrtError(
            tr("{first} is after {last}. Choose a first day that is not after the last.", first=first, last=last)
        )
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise CrtError(
            tr(
                "{first} to {last} is no stretch of days of a team. Choose years from {first_year} on.",
                first=first,
                last=last,
                first_year=FIRST_YEAR,
            )
        )
    if last - first > LONGEST:
        raise CrtError(
            tr(
                "{first} to {last} is longer than thirty years. Choose days nearer to each other.",
                first=first,
                last=last,
            )
        )


def bounds(first: dt.date, last: dt.date, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the instants at which the stretch of local dates begins and has ended."""
    return times.instant(first, dt.time(), zone), times.instant(last + dt.timedelta(days=1), dt.time(), zone)


@dataclass(frozen=True)
class Ledger:
    """Minutes of the ledger by year and kind, each hour of a person once in its kind; those not approved yet."""

    minutes: Counter[tuple[int, str]]
    waiting: int

    def of(self, kind: str) -> int:
        """Return the minutes of one kind."""
        return sum(count for (_, each), count in self.minutes.items() if each == kind)


def ledger(session: Session, first: dt.date, last: dt.date) -> Ledger:
    """Return what the ledger holds from first to last."""
    minutes: Counter[tuple[int, str]] = Counter()
    for (_, year, kind), count in _minutes(session, first, last, apart=True).items():
        minutes[year, kind] += count
    waiting = _minutes(session, first, last, HoursEntry.state == "logged")
    return Ledger(minutes, sum(waiting.values()))


def ledger_by_person(session: Session, first: dt.date, last: dt.date) -> dict[int, Counter[str]]:
    """Return minutes by responder (row number) and kind; those not approved yet are also under "waiting"."""
    found: dict[int, Counter[str]] = {}
    for (who, _, kind), count in _minutes(session, first, last, apart=True).items():
        found.setdefault(who, Counter())[kind] += count
    for (who, _, _), count in _minutes(session, first, last, HoursEntry.state == "logged").items():
        found[who]["waiting"] += count
    return found


def once(session: Session, first: dt.date, last: dt.date, kinds: Collection[str]) -> dict[int, Counter[int]]:
    """Return minutes of these kinds by responder (row number) and year, an hour of two entries at once counted once."""
    found: dict[int, Counter[int]] = {}
    for (who, year, _), count in _minutes(session, first, last, HoursEntry.kind.in_(list(kinds))).items():
        found.setdefault(who, Counter())[year] += count
    return found


_Key = tuple[int, int, str]
"""A responder (row number), a year, and a kind, or nothing where kinds are not told apart."""


def _minutes(
    session: Session, first: dt.date, last: dt.date, *only: ColumnElement[bool], apart: bool = False
) -> Counter[_Key]:
    """Return minutes of the ledger, those in several entries of a person (with `apart` of one kind) counted once.

    They count for the entry that began first. Entries without times are added. The database adds up; only entries
    that lie over others, which are few, are looked at one by one.
    """
    e = HoursEntry
    kind = (e.kind,) if apart else ()
    of_stretch = (e.date >= first, e.date <= last, *only)
    year = extract("year", e.date)
    sums = select(e.responder_id, year, func.sum(e.minutes), *kind).where(*of_stretch)
    found: Counter[_Key] = Counter()
    for who, when, count, *of in session.execute(sums.group_by(e.responder_id, year, *kind)):
        found[who, int(when), of[0] if of else ""] += count
    before = func.max(e.end).over(
        partition_by=(e.responder_id, *kind), order_by=(e.start, e.end, e.id), rows=(None, -1)
    )
    timed = select(e.responder_id, e.date, e.kind, e.start, e.end, before.label("before")).where(
        *of_stretch, e.start.is_not(None), e.end.is_not(None)
    )
    over = timed.subquery()
    for who, date, of_kind, start, end, until in session.execute(select(over).where(over.c.before > over.c.start)):
        found[who, date.year, of_kind if apart else ""] -= times.minutes(min(until, end)) - times.minutes(start)
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
