"""A place on the board: one seat of one shift in a frozen month, with its holder if there is one."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from crt_scheduler import planning, times
from crt_scheduler.errors import CrtError
from crt_scheduler.publish.outgoing_names import short_name
from crt_scheduler.roster import ShiftName
from solver.problem import CITY, Person, Problem, Seat, Shift, Slot
from solver.replacements import Scale, scale_of
from solver.role_names import TIERS, role_words
from solver.roster import Roster
from solver.wording import tr

MISSED_CALL = 1000.0
"""Points of one expected missed call: the unit that people read prices in."""


@dataclass(frozen=True)
class Place:
    """One seat of a frozen month, by number; `holder` is the person's number, -1 while nobody holds it."""

    problem: Problem
    scale: Scale
    seat_number: int
    holder: int = -1

    @property
    def roster(self) -> Roster:
        """The month's roster, with look-ups."""
        return self.scale.roster

    @property
    def seat(self) -> Seat:
        """The seat itself."""
        return self.problem.seats[self.seat_number]

    @property
    def shift(self) -> Shift:
        """The shift that the seat is part of."""
        return self.problem.shifts[self.seat.shift]

    @property
    def slot(self) -> Slot:
        """When that is."""
        return self.problem.slots[self.shift.slot]

    @property
    def who(self) -> Person:
        """The holder; a fault of the caller while there is none."""
        assert self.holder >= 0
        return self.problem.people[self.holder]

    @property
    def beside(self) -> list[Person]:
        """Everybody else on the shift."""
        return [self.problem.people[n] for n in self.roster.on_shift(self.seat.shift) if n != self.holder]


@dataclass(frozen=True)
class ShiftFacts:
    """A shift and a seat of it as a head line shows them; instants in UTC, `minutes` from instants."""

    key: str
    date: dt.date
    template: str
    area: str
    role: str
    tier: str
    start: dt.datetime
    end: dt.datetime
    minutes: int
    zone: times.Zone
    night: bool

    @property
    def clock(self) -> str:
        """Local start and end, such as 18:00–06:00."""
        return f"{times.clock_at(self.start, self.zone)}–{times.clock_at(self.end, self.zone)}"

    @property
    def hours(self) -> str:
        """Its length, such as 12:00 h; a night over a clock change has 11 or 13."""
        return f"{times.hours_words(self.minutes)} h"

    @property
    def seat(self) -> str:
        """Which seat, in words: lead seat, or backup clergy seat."""
        return seat_words(self.role, self.tier)


def facts(place: Place, zone: times.Zone) -> ShiftFacts:
    """Return what a head line says of a place's shift, its hours as the people of the programme's zone tell them."""
    slot = place.slot
    return ShiftFacts(
        key=place.roster.period.key(place.seat.shift), date=slot.date, template=slot.template, area=place.shift.area,
        role=place.seat.role, tier=place.seat.tier, start=times.from_minutes(slot.start),
        end=times.from_minutes(slot.end), minutes=slot.end - slot.start,
        zone=zone, night=slot.night,
    )  # fmt: skip


def held_by(frozen: Problem, name: ShiftName, person: str) -> Place:
    """Return the place that a person holds on a shift; raises CrtError if they hold none that the programme has."""
    shift = planning.shift_number(frozen, name)
    for assignment in frozen.current:
        if assignment.person == person and frozen.seats[assignment.seat].shift == shift:
            scale = scale_of(frozen, frozen.current)
            return Place(frozen, scale, assignment.seat, scale.roster.period.person_of[person])
    known = {who.id: who.name for who in frozen.people}
    if person not in known:
        raise CrtError(tr("{person!r} is not on the team this month. Choose somebody who is.", person=person))
    raise CrtError(tr("{known} holds no seat of {name}. Choose somebody who is on it.", known=known[person], name=name))


def seat_of(frozen: Problem, name: ShiftName, role: str, tier: str = "") -> Place:
    """Return the place of a shift with that role; raises CrtError if the shift has no such seat."""
    shift = planning.shift_number(frozen, name)
    mine = [(n, seat) for n, seat in enumerate(frozen.seats) if seat.shift == shift]
    for number, seat in mine:
        if seat.role == role and (not tier or seat.tier == tier):
            return Place(frozen, scale_of(frozen, frozen.current), number)
    known = ", ".join(f"{seat.role} {seat.tier}".strip() for _, seat in mine)
    raise CrtError(tr("{name} has no {role} seat. Its seats are: {known}.", name=name, role=role, known=known))


def seat_words(role: str, tier: str = "") -> str:
    """Return a seat in words: lead seat, duty lead seat, primary clergy seat."""
    return tr("{tier} {role} seat", tier=TIERS.get(tier, tier), role=role_words(role)).strip()


def where_words(area: str) -> str:
    """Return an area as people say it: Valley, or city-wide."""
    return tr("city-wide") if area == CITY else area


def minutes_of(roster: Roster, person: int) -> int:
    """Return a person's minutes on call in the month."""
    return sum(duty.end - duty.start for duty in roster.duties[person])


def given_name(name: str) -> str:
    """Return what a person is called in a sentence: Nare, or Rev. Anahit; a one-word name stays whole."""
    words = short_name(name).split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].endswith(".") else " ".join(words)


def called(one: str, other: str) -> tuple[str, str]:
    """Return what two people are called side by side: whole names where the given ones are the same."""
    pair = given_name(one), given_name(other)
    return pair if pair[0] != pair[1] else (one, other)


def missed_calls(points: float) -> float:
    """Return points as expected missed calls, the unit of a price that people read."""
    return points / MISSED_CALL


def calls_words(points: float, *, signed: bool = True) -> str:
    """Return points as missed calls with two decimals, halves away from nothing: +0.02; 0.00 has no sign."""
    hundredths = math.floor(abs(missed_calls(points)) * 100 + 0.5 + 1e-9)
    sign = ("−" if points < 0 else "+") if hundredths and signed else ""
    return f"{sign}{hundredths / 100:.2f}"
