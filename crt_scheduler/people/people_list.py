"""The list of people as a coordinator works with it: contacts, hours this month against the promise, what expires."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import person_fields, responders, times
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Assignment, Division, Responder, ResponderGroup, Shift
from solver import problem as asked

SOON_DAYS = 60
"""A credential that ends within so many days is worth a word."""


_PLAIN = tuple(field for field in person_fields.ALL if field.is_plain)
_COLUMNS = (
    *(Responder.id, Responder.code, Responder.home_division_id),
    *(getattr(Responder, field.attribute) for field in _PLAIN),
)
"""Read as plain values: 2,000 records take twice as long."""


@dataclass(frozen=True)
class Held:
    """A credential: its last valid day (None: for ever), days left from today (below zero: expired), and its state."""

    name: str
    expires: dt.date | None
    days_left: int | None
    is_blocking: bool

    @property
    def state(self) -> str:
        """Return forever, good, soon or expired."""
        if self.days_left is None:
            return "forever"
        return "expired" if self.days_left < 0 else "soon" if self.days_left <= SOON_DAYS else "good"


@dataclass(frozen=True)
class PersonLine:
    """One responder as the list shows one; minutes are of the month asked for."""

    id: str
    name: str
    kind: str
    role: str
    status: str
    status_until: dt.date | None
    joined: dt.date | None
    home_division: str
    home_area: str
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    traditions: tuple[str, ...]
    email: str
    phone: str
    country: str
    """Of the programme: how a phone number is written there."""
    target_minutes: int | None
    promised_minutes: int
    minutes: int
    credentials: tuple[Held, ...]
    likes: tuple[str, ...]
    apart: tuple[str, ...]
    phone_2: str
    notes: str
    next_of_kin: str
    next_of_kin_phone: str
    shifts_a_month: str

    @property
    def first_to_expire(self) -> Held | None:
        """Return the credential that ends first, or None where none ever does."""
        ending = [held for held in self.credentials if held.days_left is not None]
        return min(ending, key=lambda held: held.days_left or 0, default=None)


def lines(session: Session, month: str, *, now: dt.datetime, code: str = "") -> tuple[PersonLine, ...]:
    """Return everyone by id, or whoever has that code, with the month's minutes on call and days left as of `now`."""
    programme = programme_of(session)
    today = times.local(now, programme.zone).date()
    known = responders.details(session)
    minutes = _minutes(session, month, code)
    people_asked = select(*_COLUMNS).order_by(Responder.code)
    promised = {row.kind: (row.target_minutes, row.ceiling_minutes) for row in session.scalars(select(ResponderGroup))}
    divisions = {row.id: row.name for row in session.scalars(select(Division))}
    return tuple(
        PersonLine(
            id=row.code,
            home_division=divisions.get(row.home_division_id or 0, ""),
            home_area=known[row.id].home_area,
            areas=known[row.id].listed,
            country=programme.country,
            promised_minutes=_promise(row, promised),
            minutes=minutes.get(row.id, 0),
            credentials=tuple(_held(each, today) for each in known[row.id].credentials),
            likes=known[row.id].likes,
            apart=known[row.id].apart,
            **_plain(row),
        )
        for row in session.execute(people_asked.where(Responder.code == code) if code else people_asked)
    )


def _plain(row: Any) -> dict[str, Any]:
    """Return what a record itself holds, as a line shows it."""
    held = {field.line_name: getattr(row, field.attribute) for field in _PLAIN}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in held.items()}


def _minutes(session: Session, month: str, code: str) -> dict[int, int]:
    days = times.month_days(month)
    query = (
        select(Assignment.responder_id, Shift.start, Shift.end)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.date >= days[0], Shift.date <= days[-1])
    )
    if code:
        query = query.join(Responder, Assignment.responder_id == Responder.id).where(Responder.code == code)
    found: dict[int, int] = {}
    for number, start, end in session.execute(query):
        found[number] = found.get(number, 0) + times.minutes(end) - times.minutes(start)
    return found


def _promise(row: Any, groups: dict[str, tuple[int, int]]) -> int:
    """Return the minutes a month somebody promised: their own, else their group's, at most the ceiling."""
    target, ceiling = groups.get(row.kind, (0, 0))
    return min(target if row.target_minutes is None else row.target_minutes, ceiling)


def _held(each: asked.Credential, today: dt.date) -> Held:
    left = None if each.until is None else (each.until - today).days
    return Held(each.name, each.until, left, each.blocking)
