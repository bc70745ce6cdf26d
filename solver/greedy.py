"""A legal roster fast: the dearest need first, filled with the person who costs least."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import numpy as np

from solver.check import blocked
from solver.columns import Columns
from solver.coverage import unmet
from solver.period import Period
from solver.problem import CITY, Person
from solver.roster import Roster


def greedy(columns: Columns, *, seed: int = 0, first: Iterable[tuple[int, int]] = ()) -> Roster:
    """Return a roster that breaks no hard rule beyond what the locked assignments break; the same for the same seed.

    It takes the locked assignments, then those of `first` (person, seat) and of the roster as it stands that are legal
    in turn, then fills what is open. With the choices of a relaxation as `first`, it is the repair of a rounding.
    """
    period = columns.period
    roster = Roster(period, period.locked)
    current = [(period.person_of[a.person], a.seat) for a in period.problem.current if a.person in period.person_of]
    for person, seat in (*first, *current):
        if not roster.holds(person, seat) and not blocked(roster, person, seat):
            roster.add(person, seat)
    filler = _Filler(columns, roster, random.Random(seed))
    for _, _, kind, index in sorted(_needs(period, filler.dice), key=lambda need: (-need[0], need[1])):
        if kind == "team":
            filler.seat_team(index)
        else:
            filler.seat_plain(index)
    return roster


def _needs(period: Period, dice: random.Random) -> Iterator[tuple[float, float, str, int]]:
    """Yield (points saved, tie-break, kind, shift or seat) for every team and every plain place."""
    coverage = period.problem.coverage
    for calls, steps in zip(period.slot_calls, period.steps, strict=True):
        if not calls or not steps:
            continue
        order = sorted((-step, team, area) for area, home in enumerate(steps.home) for team, step in enumerate(home))
        seated = [0] * len(calls.shifts)
        for late, _, area in order:
            lost = unmet(steps, seated)
            seated[area] += 1
            missed = (coverage.missed - coverage.late) * (lost - unmet(steps, seated))
            yield missed - late * coverage.late, dice.random(), "team", calls.shifts[area]
    for index, seat in enumerate(period.problem.seats):
        for _ in range(0 if seat.team else seat.count):
            yield 0.0 if seat.optional else seat.points, dice.random(), "plain", index


class _Filler:
    """The roster being filled, with what each person still has to give."""

    def __init__(self, columns: Columns, roster: Roster, dice: random.Random) -> None:
        self.period, self.roster, self.dice = columns.period, roster, dice
        people, seats = len(self.period.problem.people), len(self.period.problem.seats)
        self.able: list[list[tuple[int, float]]] = []
        """Who may take each seat, and what their own rules ask for it."""
        for seat in range(seats):
            open_ = (mine := columns.on_seat(seat))[columns.is_open[mine]]
            self.able.append(list(zip(columns.person[open_].tolist(), columns.price[open_].tolist(), strict=True)))
        # People who can come seldom are used first where they can: what is left is easier to place.
        often = np.bincount(columns.person[columns.is_open], minlength=people)
        self.slack: list[float] = (np.minimum(often, 200) / 50.0).tolist()
        self.noise = [dice.random() for _ in range(people)]

    def _cost(self, person: int, seat: int, price: float) -> float:
        who, slot = self.period.person(person), self.period.slot(seat)
        minutes = sum(duty.end - duty.start for duty in self.roster.duties[person])
        length = slot.end - slot.start
        worth = self._promises(who, minutes + length) - self._promises(who, minutes) + price
        spare = 6.0 * ("lead" in who.roles and self.period.seat(seat).role == "responder")
        nights = 4.0 * (slot.night and self._nights(person) >= who.nights)
        return worth + spare + nights + self.slack[person] + self.noise[person]

    def _promises(self, who: Person, minutes: int) -> float:
        """Return the points of what was promised to a person at so many minutes on call."""
        below, beyond, short = (self.period.setting(rule).points for rule in ("target", "beyond", "floor"))
        away = minutes - who.target
        return (below * max(0, -away) + beyond * max(0, away) + short * max(0, who.floor - minutes)) / 60

    def _nights(self, person: int) -> int:
        slots = self.period.problem.slots
        return sum(slots[duty.slot].night for duty in self.roster.duties[person])

    def _pick(self, seat: int, limit: float) -> int | None:
        """Return the cheapest person who may take a seat for less than `limit` points, or None."""
        if len(self.roster.on_seat[seat]) >= self.period.seat(seat).count:
            return None
        busy = set(self.roster.on_shift(self.period.seat(seat).shift))
        able = self.able[seat]
        ranked = sorted((self._cost(person, seat, price), person) for person, price in able if person not in busy)
        for cost, person in ranked:
            if cost >= limit:
                return None
            if blocked(self.roster, person, seat) is None:
                return person
        return None

    def seat_plain(self, seat: int) -> None:
        """Fill one place of a plain seat when somebody gives less than the place is worth."""
        place = self.period.seat(seat)
        person = self._pick(seat, 0.0 if place.optional else place.points)
        if person is not None:
            self.roster.add(person, seat)

    def seat_team(self, shift: int) -> None:
        """Seat one more full team on a shift, or nobody."""
        wanted = self.roster.teams(shift) + 1
        added: list[tuple[int, int]] = []
        if wanted > self.period.problem.shifts[shift].teams or self.period.problem.shifts[shift].area == CITY:
            return
        for seat, per_team in self.period.team_seats[shift]:
            while len(self.roster.on_seat[seat]) < wanted * per_team:
                person = self._pick(seat, np.inf)
                if person is None:
                    for undone in added:
                        self.roster.remove(*undone)
                    return
                self.roster.add(person, seat)
                added.append((person, seat))
