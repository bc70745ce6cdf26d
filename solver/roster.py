"""A roster over a period: who is on which seat, and each person's duties in order of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from solver.period import Period
from solver.problem import Assignment
from solver.result import Placed


class OnCall(NamedTuple):
    """One duty of a person inside the period, times in minutes since the epoch (UTC)."""

    start: int
    end: int
    slot: int
    shift: int
    seat: int


class Roster:
    """People on seats over a Period, kept in step both ways: per person by time, per seat and per shift."""

    def __init__(self, period: Period, placed: Iterable[tuple[int, int]] = ()) -> None:
        self.period = period
        self.duties: list[list[OnCall]] = [[] for _ in period.problem.people]
        self.on_seat: list[list[int]] = [[] for _ in period.problem.seats]
        for person, seat in sorted(set(placed)):
            self.add(person, seat)

    def add(self, person: int, seat: int) -> None:
        """Put a person on a seat; being there already is a fault of the caller."""
        slot = self.period.slot_of_seat[seat]
        when = self.period.problem.slots[slot]
        self.duties[person].append(OnCall(when.start, when.end, slot, self.period.problem.seats[seat].shift, seat))
        self.duties[person].sort()
        self.on_seat[seat].append(person)

    def remove(self, person: int, seat: int) -> None:
        """Take a person off a seat; raises ValueError when the person is not there."""
        self.on_seat[seat].remove(person)
        self.duties[person] = [duty for duty in self.duties[person] if duty.seat != seat]

    def holds(self, person: int, seat: int) -> bool:
        """Say whether a person is on a seat."""
        return person in self.on_seat[seat]

    def on_shift(self, shift: int) -> list[int]:
        """Return the people on any seat of a shift, once per seat they hold."""
        return [person for seat in self.period.seats_of_shift[shift] for person in self.on_seat[seat]]

    def teams(self, shift: int) -> int:
        """Return the number of full teams on a shift: every unlike part is there as often as one team needs it."""
        parts = self.period.team_seats[shift]
        full = min((len(self.on_seat[seat]) // per_team for seat, per_team in parts), default=0)
        return min(full, self.period.problem.shifts[shift].teams)

    def placed(self) -> list[tuple[int, int]]:
        """Return (person, seat) pairs in order."""
        return sorted((person, duty.seat) for person, duties in enumerate(self.duties) for duty in duties)

    def places(self) -> int:
        """Return the number of places, optional seats left out; of what has begun, those that were held."""
        seats = self.period.problem.seats
        return sum(
            min(seat.count, len(people)) if self.period.has_begun(number) else seat.count
            for number, (seat, people) in enumerate(zip(seats, self.on_seat, strict=True))
            if not seat.optional
        )

    def filled(self) -> int:
        """Return the number of places taken, optional seats left out."""
        seats = self.period.problem.seats
        return sum(
            min(seat.count, len(people)) for seat, people in zip(seats, self.on_seat, strict=True) if not seat.optional
        )

    def copy(self) -> Roster:
        """Return a roster that can change without touching this one."""
        twin = Roster(self.period)
        twin.duties = [list(duties) for duties in self.duties]
        twin.on_seat = [list(people) for people in self.on_seat]
        return twin


def from_assignments(period: Period, assignments: Iterable[Assignment | Placed]) -> Roster:
    """Return the roster of assignments; raises KeyError for a person the Problem does not know."""
    return Roster(period, ((period.person_of[a.person], a.seat) for a in assignments))


def to_placed(roster: Roster) -> tuple[Placed, ...]:
    """Return the roster as values that can leave the room."""
    people = roster.period.problem.people
    return tuple(Placed(person=people[person].id, seat=seat) for person, seat in roster.placed())
