"""The answers of a chosen cell: its holder, its open seat, or a person's free day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import planning, roster, times
from crt_scheduler.cover.effect import promise_words
from crt_scheduler.cover.others import Others, others
from crt_scheduler.cover.place import Place, ShiftFacts, calls_words, facts, held_by, minutes_of, seat_of
from crt_scheduler.cover.why_held import Why, why
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.publish.outgoing_names import person_calendar
from crt_scheduler.responders.phone_numbers import phone_words
from crt_scheduler.tables import Assignment, CalendarEvent, Responder, Shift
from solver import explain
from solver.problem import GRADES, Problem
from solver.replacements import scale_of
from solver.rules.fitness import takes
from solver.wording import Sayings, tr

SAID = Sayings({
    "cannot": "Cannot come", "rather_not": "Would rather not", "prefers": "Prefers this", "wants": "Wants this",
    "leave": "On leave", "stand_down": "Standing down after a hard call",
    "debrief": "Owes the debrief of a hard call", "not_joined": "Not on the team then",
    "free": "",
})  # fmt: skip
"""What a person said of a stretch of time, as a head line shows it."""


@dataclass(frozen=True)
class Held:
    """A held place: shift, holder with promise and contact, why it is they, and who else could."""

    shift: ShiftFacts
    number: int
    person: str
    name: str
    state: str
    told: dt.date | None
    locked: bool
    begun: bool
    phone: str
    dialled: str
    email: str
    why: Why
    others: Others


@dataclass(frozen=True)
class Open:
    """An open place: shift, how many like it are open, why, and who could take it."""

    shift: ShiftFacts
    count: int
    reason: str
    missed: float
    points: float
    others: Others

    @property
    def calls(self) -> str:
        """What one of them costs while it is open, in missed calls."""
        return calls_words(self.points, signed=False)


@dataclass(frozen=True)
class Option:
    """A seat that a free person could take, with the change in points; `others` are still open beside it."""

    shift: ShiftFacts
    points: float
    points_by_rule: dict[str, float]
    is_open: bool

    @property
    def calls(self) -> str:
        """The change in missed calls, with its sign."""
        return calls_words(self.points)


@dataclass(frozen=True)
class Free:
    """A person's free day: hours so far, what they said, the seats they could take, and why not the rest."""

    person: str
    name: str
    date: dt.date
    template: str
    said: str
    minutes: int
    target: int
    phone: str
    dialled: str
    email: str
    options: tuple[Option, ...]
    refusals: tuple[str, ...]


def held(session: Session, frozen: Problem, shift: str, person: str, *, now: dt.datetime) -> Held:
    """Return a held place; raises CrtError if the person is not on the shift, or on a seat that is gone.

    Why they held it is said of a shift that has begun too, but nobody else could take it any more.
    """
    name = roster.shift_name(shift)
    row = _assignment(session, shift, person)
    place = held_by(frozen, name, person)
    told = told_on(session, shift, person) if row.state != "draft" else None
    contact = _contact(session, person)
    head = facts(place, customs.zone_of(programme_of(session)))
    begun = place.slot.begun or head.start <= now
    nobody = Others((), ())
    return Held(
        shift=head, number=row.id, person=person, name=place.who.name, state=row.state, told=told, locked=row.locked,
        begun=begun, phone=contact.phone, dialled=_dialled(session, contact.phone), email=contact.email,
        why=why(held_by(planning.reopened(frozen, name), name, person) if begun else place),
        others=nobody if begun else others(place, promise=promise_words(row.state, told)),
    )  # fmt: skip


def _assignment(session: Session, shift: str, person: str) -> Assignment:
    row: Assignment | None = session.scalar(
        select(Assignment)
        .join(Shift, Assignment.shift_id == Shift.id)
        .join(Responder, Assignment.responder_id == Responder.id)
        .where(Shift.key == shift, Responder.code == person)
    )
    if row is None:
        raise CrtError(tr("The roster changed: nobody holds this place any more. Choose another."))
    return row


def _contact(session: Session, person: str) -> Responder:
    return roster.person(session, person)


def _dialled(session: Session, phone: str) -> str:
    return phone_words(phone, programme_of(session).country) if phone else ""


def told_on(session: Session, shift: str, person: str) -> dt.date | None:
    """Return the local date of the publication that told a person of a shift; None if none did."""
    at: dt.datetime | None = session.scalar(
        select(CalendarEvent.changed).where(
            CalendarEvent.calendar == person_calendar(person),
            CalendarEvent.shift_key == shift,
            CalendarEvent.cancelled.is_(False),
        )
    )
    return None if at is None else times.local(at, programme_of(session).zone).date()


def open_seat(frozen: Problem, shift: str, role: str, tier: str = "", *, zone: times.Zone) -> Open:
    """Return an open place, which nobody can take once its shift has begun; raises CrtError if there is none such."""
    place = seat_of(frozen, roster.shift_name(shift), role, tier)
    seat, found = place.seat, Others((), ()) if place.slot.begun else others(place)
    missing = max(0, seat.count - len(place.roster.on_seat[place.seat_number]))
    gaps = explain.open_on(place.roster, seat.shift) if missing and not seat.optional else []
    gap = next((one for one in gaps if (one.role, one.tier) == (seat.role, seat.tier)), None)
    return Open(
        shift=facts(place, zone), count=missing, reason=_reason(place, found) if missing else "",
        missed=gap.expected_missed_calls if gap else 0.0, points=gap.points if gap else 0.0, others=found,
    )  # fmt: skip


def _reason(place: Place, found: Others) -> str:
    """Return why nobody holds an open place, in a sentence without prices: the list beside it has those."""
    if not found.free:
        return explain.reason_open(place.roster, place.seat_number)
    count, best = len(found.free), found.free[0]
    could = tr("{count} could take it", count=count)
    if best.points < 0:
        return tr("{could}; with {name} the month is better than without.", could=could, name=best.name)
    if best.points_by_rule.get("alone", 0.0) > 0:
        return tr("{could}, but nobody is sent out alone: another seat of this team is open too.", could=could)
    return tr("{could}, but each would cost more than the seat gains.", could=could)


def free_day(session: Session, frozen: Problem, person: str, slot: int) -> Free:
    """Return what a person could take on the day of a slot; raises CrtError if they are not on the team."""
    scale = scale_of(frozen, frozen.current)
    number = scale.roster.period.person_of.get(person, -1)
    if number < 0:
        raise CrtError(tr("{person!r} is not on the team this month. Choose somebody who is.", person=person))
    who, when, contact = frozen.people[number], frozen.slots[slot], _contact(session, person)
    zone = customs.zone_of(programme_of(session))
    options: list[Option] = []
    refusals: dict[str, str] = {}
    for index, seat in enumerate(frozen.seats):
        shift = frozen.shifts[seat.shift]
        is_open = len(scale.roster.on_seat[index]) < seat.count
        if frozen.slots[shift.slot].date != when.date or not is_open or not takes(who, seat, shift):
            continue
        weighed = scale.weigh(on=[(number, index)])
        if weighed.block:
            refusals.setdefault(weighed.block.rule, weighed.block.sentence)
        else:
            head = facts(Place(frozen, scale, index), zone)
            options.append(Option(head, weighed.points, weighed.points_by_rule, not seat.optional))
    return Free(
        person=person, name=who.name, date=when.date, template=when.template,
        said=SAID[GRADES[who.grades[slot]]] if who.grades else "", minutes=minutes_of(scale.roster, number),
        target=who.target, phone=contact.phone, dialled=_dialled(session, contact.phone), email=contact.email,
        options=tuple(sorted(options, key=lambda option: (option.points, option.shift.key))),
        refusals=tuple(refusals.values()),
    )  # fmt: skip
