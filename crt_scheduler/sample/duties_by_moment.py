"""The sample city's year of duties, asked by moment: who was on call, where and until when."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crt_scheduler import times
from crt_scheduler.sheets import Cell

HOURS = {
    "day": (dt.time(6), dt.time(18)),
    "night": (dt.time(18), dt.time(6)),
    "24h": (dt.time(6), dt.time(6)),
}


@dataclass(frozen=True)
class Duty:
    """One person on call from an instant to another, in an area and a role."""

    person: str
    area: str
    role: str
    tier: str
    start: dt.datetime
    end: dt.datetime


class OnShift:
    """Every duty of the year, by the local date it starts on and by person."""

    def __init__(self, roster: Iterable[list[Cell]], zone: str) -> None:
        self._zone = zone
        self._by_date: dict[dt.date, list[Duty]] = defaultdict(list)
        self.by_person: dict[str, list[Duty]] = defaultdict(list)
        spans: dict[tuple[str, str], tuple[dt.datetime, dt.datetime]] = {}
        for date, shift, area, role, person, tier in (map(str, row) for row in roster):
            on = dt.date.fromisoformat(date)
            if (date, shift) not in spans:
                spans[date, shift] = times.span(on, *HOURS[shift], zone)
            duty = Duty(person, area, role, tier, *spans[date, shift])
            self._by_date[on].append(duty)
            self.by_person[person].append(duty)

    def at(self, moment: dt.datetime) -> list[Duty]:
        """Return who is on call at an instant, in the roster's order."""
        today = times.local(moment, self._zone).date()
        near = [duty for day in (today - dt.timedelta(days=1), today) for duty in self._by_date.get(day, ())]
        return [duty for duty in near if duty.start <= moment < duty.end]

    def is_on_call(self, person: str, start: dt.datetime, end: dt.datetime) -> bool:
        """Is the person on call at any time between two instants?"""
        duties = self.by_person[person]  # one after another: the last to start before the end is the one in question
        before = bisect_left(duties, end, key=lambda duty: duty.start)
        return before > 0 and start < duties[before - 1].end


def told(moment: dt.datetime, zone: str) -> dt.datetime:
    """Return the instant, moved on past an autumn night's second pass, whose wall time would be read as the first."""
    while True:
        local = times.local(moment, zone)
        if times.instant(local.date(), local.time().replace(fold=0), zone) == moment:
            return moment
        moment += dt.timedelta(minutes=1)


def written(moment: dt.datetime, zone: str) -> str:
    """Return an instant as the wall time that files hold."""
    return f"{times.local(moment, zone):%Y-%m-%d %H:%M}"
