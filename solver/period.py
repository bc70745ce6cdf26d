"""The period: look-ups over a Problem that every face of the solver shares, worked out once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cached_property

from solver.coverage import SlotCalls, Steps, slot_calls, steps
from solver.problem import CITY, GRADES, Duty, Grade, Person, Problem, Seat, Setting, Shift, Slot, shift_key
from solver.wording import say_date


class Period:
    """A Problem with its indices: seats per shift, shifts per slot, people by id, what lies around the period."""

    def __init__(self, problem: Problem, defaults: dict[str, Setting]) -> None:
        self.problem = problem
        self.settings = {**defaults, **problem.rules}
        self.hard = frozenset(name for name, setting in self.settings.items() if setting.hard)
        self.person_of = {person.id: index for index, person in enumerate(problem.people)}
        self.group_of = {group.name: group for group in problem.groups}
        self.groups = [self.group_of[person.group] for person in problem.people]
        self.slot_of_seat = [problem.shifts[seat.shift].slot for seat in problem.seats]
        self.seats_of_shift: list[list[int]] = [[] for _ in problem.shifts]
        for index, seat in enumerate(problem.seats):
            self.seats_of_shift[seat.shift].append(index)
        self.shifts_of_slot: list[list[int]] = [[] for _ in problem.slots]
        for index, shift in enumerate(problem.shifts):
            self.shifts_of_slot[shift.slot].append(index)

    def seat(self, index: int) -> Seat:
        """Return the seat group at an index."""
        return self.problem.seats[index]

    def shift(self, seat: int) -> Shift:
        """Return the shift that a seat group belongs to."""
        return self.problem.shifts[self.problem.seats[seat].shift]

    def slot(self, seat: int) -> Slot:
        """Return the stretch of time of a seat group."""
        return self.problem.slots[self.slot_of_seat[seat]]

    def has_begun(self, seat: int) -> bool:
        """Say whether a seat group is on a slot that has begun: history, which no plan changes."""
        return self.problem.slots[self.slot_of_seat[seat]].begun

    def grade(self, person: int, seat: int) -> Grade:
        """Return what a person said about the slot of a seat; a person without letters is free throughout."""
        letters = self.problem.people[person].grades
        return GRADES[letters[self.slot_of_seat[seat]]] if letters else "free"

    def setting(self, rule: str) -> Setting:
        """Return how a rule is kept here: the Problem's setting, else the default."""
        return self.settings[rule]

    @cached_property
    def around(self) -> list[list[Duty]]:
        """Duties outside the period per person, by start."""
        duties: list[list[Duty]] = [[] for _ in self.problem.people]
        for duty in sorted(self.problem.around, key=lambda duty: duty.start):
            if duty.person in self.person_of:
                duties[self.person_of[duty.person]].append(duty)
        return duties

    @cached_property
    def weekends_outside(self) -> list[frozenset[dt.date]]:
        """The weekends (by their Saturday) of the period that each person is on call in by a duty outside it.

        A weekend on the border of two months belongs to both: whoever is on call on its Saturday is on call in it.
        """
        here = {saturday(slot.date) for slot in self.problem.slots if slot.weekend}
        return [frozenset(here.intersection(saturday(d.date) for d in duties if d.weekend)) for duties in self.around]

    @cached_property
    def team_seats(self) -> list[list[tuple[int, int]]]:
        """Team seats of each shift as (seat, places per team); empty when the shift seats no team."""
        found: list[list[tuple[int, int]]] = []
        for index, shift in enumerate(self.problem.shifts):
            seats = [seat for seat in self.seats_of_shift[index] if self.problem.seats[seat].team]
            places = [(seat, self.problem.seats[seat].count // shift.teams) for seat in seats] if shift.teams else []
            found.append([(seat, per_team) for seat, per_team in places if per_team])
        return found

    @cached_property
    def teams_to_come(self) -> list[list[tuple[int, int]]]:
        """`team_seats` of each shift that has not begun; empty for those that have."""
        slots = self.problem.slots
        return [
            [] if slots[shift.slot].begun else parts
            for shift, parts in zip(self.problem.shifts, self.team_seats, strict=True)
        ]

    @cached_property
    def covered(self) -> list[list[int]]:
        """Shifts with teams per slot to come: the area shifts whose calls a slot's teams answer."""
        return [
            [s for s in shifts if self.problem.shifts[s].area != CITY and self.teams_to_come[s]]
            for shifts in self.shifts_of_slot
        ]

    @cached_property
    def slot_calls(self) -> list[SlotCalls | None]:
        """What decides how each slot's calls end; None for one without teams (a 24 h duty of the clergy) or begun."""
        return [
            slot_calls(self.problem, slot, shifts) if self.covered[slot] else None
            for slot, shifts in enumerate(self.shifts_of_slot)
        ]

    @cached_property
    def steps(self) -> list[Steps | None]:
        """The concave steps of each slot that the model and the check share; None for a slot without teams."""
        return [steps(calls) if calls else None for calls in self.slot_calls]

    @cached_property
    def calls(self) -> list[float]:
        """Expected calls per shift."""
        return [shift.calls for shift in self.problem.shifts]

    @cached_property
    def promised(self) -> dict[int, list[tuple[int, str]]]:
        """Assignments to come that were told or confirmed: person -> (seat, state); done counts as confirmed."""
        kept: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for assignment in self.problem.current:
            is_open = assignment.person in self.person_of and not self.has_begun(assignment.seat)
            if assignment.state != "draft" and is_open:
                state = "told" if assignment.state == "told" else "confirmed"
                kept[self.person_of[assignment.person]].append((assignment.seat, state))
        return dict(kept)

    @cached_property
    def locked(self) -> list[tuple[int, int]]:
        """Current assignments that must stay, as (person, seat): locked ones, and those on slots that have begun."""
        return sorted(
            {
                (self.person_of[a.person], a.seat)
                for a in self.problem.current
                if a.person in self.person_of and (a.locked or self.has_begun(a.seat))
            }
        )

    @cached_property
    def worked(self) -> list[list[int]]:
        """The seats that each person holds on slots that have begun: what was worked, whatever is planned."""
        held: list[list[int]] = [[] for _ in self.problem.people]
        for person, seat in self.locked:
            if self.has_begun(seat):
                held[person].append(seat)
        return held

    @cached_property
    def locked_of(self) -> dict[int, list[tuple[int, int]]]:
        """The locked (person, seat) pairs of each person who has any."""
        kept: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for person, seat in self.locked:
            kept[person].append((person, seat))
        return dict(kept)

    @cached_property
    def pairs(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Unordered pairs of people who like to serve together, and who are kept apart."""
        return self._pairs("likes"), self._pairs("apart")

    def _pairs(self, wish: str) -> list[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        for index, person in enumerate(self.problem.people):
            for other_id in getattr(person, wish):
                other = self.person_of.get(other_id, index)
                if other != index:
                    found.add((min(index, other), max(index, other)))
        return sorted(found)

    def key(self, shift: int) -> str:
        """Return a shift's name, such as 2027-01-09/night/Valley."""
        return shift_key(self.problem, shift)

    def person(self, index: int) -> Person:
        """Return the person at an index."""
        return self.problem.people[index]


def saturday(date: dt.date) -> dt.date:
    """Return the Saturday that names the weekend of a date's week (Monday to Sunday)."""
    return date + dt.timedelta(days=5 - date.weekday())


def day_words(date: dt.date) -> str:
    """Return a date as people say it: Sat 9 January."""
    return say_date(date, "weekday long day")
