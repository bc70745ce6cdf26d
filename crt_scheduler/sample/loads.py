"""What everybody of the sample city has done so far, as columns: for the limits of a roster and for a fair turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from crt_scheduler.programmes import Preset
from crt_scheduler.sample.sample_availability import Weekly
from crt_scheduler.sample.sample_people import Person

REST, CEILING, MOST_NIGHTS, MOST_WEEKENDS = 12 * 60, 48 * 60, 2, 2
ROLES = ("lead", "responder", "trainee")
NEVER = -(10**9)
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Slot:
    """One stretch to be on call: its local date, minutes from and until, and the month it counts for."""

    date: dt.date
    night: bool
    start: int
    end: int
    month: str

    @property
    def weekend(self) -> int | None:
        """The number of the weekend the shift begins on, if it does."""
        return (self.date.toordinal() - 6) // 7 if self.date.weekday() > 4 else None


class Loads:
    """One place of every column for each person; slots are taken in order of time."""

    def __init__(self, plan: Preset, people: list[Person], week: Weekly) -> None:
        count, areas = len(people), [area.name for area in plan.areas]
        self.ids = [person.id for person in people]
        self.has_role = {role: np.array([p.role == role for p in people], dtype=bool) for role in ROLES}
        self.lives_in = {area: np.array([p.area == area for p in people], dtype=bool) for area in areas}
        self.owed = np.array([person.target_hours * 60 for person in people], dtype=np.int64)
        self.total: Ints = np.zeros(count, dtype=np.int64)
        self.month_minutes: Ints = np.zeros(count, dtype=np.int64)
        self._joined = np.array([person.joined.toordinal() for person in people], dtype=np.int64)
        self._blocked = np.zeros((7, 2, count), dtype=bool)
        self.serves = {area: np.zeros(count, dtype=bool) for area in areas}
        near = {area.name: (area.name, *area.neighbours) for area in plan.areas}
        for n, person in enumerate(people):
            for day, half in week[person.id]:
                self._blocked[day, half, n] = True
            for area in person.areas or near[person.area]:
                self.serves[area][n] = True
        self._ends: Ints = np.zeros(count, dtype=np.int64)
        self._night_on: Ints = np.full((MOST_NIGHTS + 1, count), NEVER, dtype=np.int64)
        self._weekends: Ints = np.zeros(count, dtype=np.int64)
        self._weekend: Ints = np.full(count, NEVER, dtype=np.int64)
        self._month = ""

    def may(self, slot: Slot) -> Bools:
        """Say who may be on call, by week, joining, hours, rest, nights and weekends."""
        self._turn_month(slot.month)
        day = slot.date.toordinal()
        free: Bools = ~self._blocked[slot.date.weekday(), int(slot.night)] & (self._joined <= day)
        free &= slot.start - self._ends >= REST
        free &= self.month_minutes + (slot.end - slot.start) <= CEILING
        if slot.night:
            before = [(self._night_on == day - n).any(axis=0) for n in range(1, MOST_NIGHTS + 1)]
            free &= ~np.logical_and.reduce(before)
        if slot.weekend is not None:
            free &= (self._weekend == slot.weekend) | (self._weekends < MOST_WEEKENDS)
        return free

    def may_24h(self, slot: Slot) -> Bools:
        """Say who may be on call for a day and the night after it."""
        free: Bools = self.may(slot) & ~self._blocked[slot.date.weekday(), 1]
        return free

    def take(self, n: int, slot: Slot) -> None:
        """Let one person have been on call."""
        self.total[n] += slot.end - slot.start
        self.month_minutes[n] += slot.end - slot.start
        self._ends[n] = slot.end
        if slot.night:
            day = slot.date.toordinal()
            self._night_on[day % (MOST_NIGHTS + 1), n] = day
        if slot.weekend is not None and self._weekend[n] != slot.weekend:
            self._weekend[n] = slot.weekend
            self._weekends[n] += 1

    def _turn_month(self, month: str) -> None:
        """Begin to count hours and weekends anew with each month."""
        if month != self._month:
            self._month = month
            self.month_minutes[:] = 0
            self._weekends[:] = 0
            self._weekend[:] = NEVER
