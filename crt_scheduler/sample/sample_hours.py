"""The sample city's hours: responses and their way there from the calls, then meetings, training and office."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from crt_scheduler import times
from crt_scheduler.sample import draw
from crt_scheduler.sample.duties_by_moment import OnShift, told, written
from crt_scheduler.sample.sample_calls import WAY_HOME, Response
from crt_scheduler.sample.sample_people import TEAM, Person
from crt_scheduler.sheets import Cell

HEADER = ("person", "kind", "start", "end", "minutes", "call", "state")
MEETING = (dt.time(19), dt.time(21))
TRAINING = (dt.time(9), dt.time(13))
OFFICE = (dt.time(14), dt.time(17))
MEETING_COMES, TRAINING_COMES, FOLLOWED_UP = 0.3, 0.15, 0.3
GIVERS, DESK_HANDS = 2, 6
"""How many leads give each training, and how many people take turns in the office."""
OPEN_DAYS = 21
"""What is younger than this at the end of the year has not been approved yet."""
Span = tuple[dt.datetime, dt.datetime]
Entry = tuple[str, str, dt.datetime, dt.datetime, str]
"""Person, kind, start, end, and the number of the call (none: empty)."""


class _Taken:
    """What everyone's time is already taken by, so that no two entries of one person overlap."""

    def __init__(self, on_shift: OnShift) -> None:
        self._on_shift = on_shift
        self._spans: dict[tuple[str, dt.date], list[Span]] = defaultdict(list)

    def take(self, person: str, start: dt.datetime, end: dt.datetime) -> None:
        """Note that the person is taken from one instant to another."""
        for day in times.days_between(start.date(), end.date()):
            self._spans[person, day].append((start, end))

    def is_free(self, person: str, start: dt.datetime, end: dt.datetime, *, duty: bool = False) -> bool:
        """Is the person free of all other hours; and, unless `duty` may be, of being on call?"""
        for day in times.days_between(start.date(), end.date()):
            if any(begin < end and start < finish for begin, finish in self._spans.get((person, day), ())):
                return False
        return duty or not self._on_shift.is_on_call(person, start, end)


def year(
    rng: np.random.Generator,
    zone: str,
    people: list[Person],
    responses: list[Response],
    on_shift: OnShift,
    first: dt.date,
    *,
    years: int = 1,
) -> list[list[Cell]]:
    """Return hours.csv in order of start: all that was given in the `years` before `first`."""
    taken, entries = _Taken(on_shift), list(_of_calls(responses))
    for call in responses:
        for person in call.team:
            taken.take(person, call.dispatched, call.clear + WAY_HOME)
    days = list(times.days_between(first.replace(year=first.year - years), first - dt.timedelta(days=1)))
    entries += _follow_ups(rng, zone, responses, taken, first)
    hands = draw.some(rng, [person for person in people if person.role != "trainee"], DESK_HANDS)
    for day in days:
        if day.weekday() == 1 and day.day <= 7:
            entries += _gathering(rng, zone, day, people, taken)
        if day.weekday() == 5 and day.day <= 7:
            entries += _training(rng, zone, day, people, taken)
        if day.weekday() < 5 and draw.chance(rng, 0.6):
            hand = hands[day.toordinal() % DESK_HANDS]
            entries += _held(zone, day, OFFICE, [(hand, "office")], taken)
    approved = times.instant(first - dt.timedelta(days=OPEN_DAYS), dt.time(), zone)
    entries.sort(key=lambda entry: (entry[2], entry[0], entry[1]))
    return [_line(entry, zone, approved) for entry in entries]


def _line(entry: Entry, zone: str, approved: dt.datetime) -> list[Cell]:
    person, kind, start, end, call = entry
    state = "approved" if end < approved else "logged"
    minutes = times.minutes(end) - times.minutes(start)
    return [person, kind, written(start, zone), written(end, zone), minutes, call, state]


def _of_calls(responses: list[Response]) -> Iterable[Entry]:
    for call in responses:
        for person in call.team:
            yield person, "travel", call.dispatched, call.on_scene, call.number
            yield person, "response", call.on_scene, call.clear, call.number


def _follow_ups(
    rng: np.random.Generator, zone: str, responses: list[Response], taken: _Taken, first: dt.date
) -> list[Entry]:
    """Let somebody of some teams ask after the survivors, one to three days later."""
    entries: list[Entry] = []
    for call in responses:
        day = times.local(call.clear, zone).date() + dt.timedelta(days=int(rng.integers(1, 4)))
        start = times.instant(day, dt.time(int(rng.integers(10, 18)), draw.one(rng, (0, 15, 30, 45))), zone)
        end = start + dt.timedelta(minutes=5 * int(rng.integers(3, 10)))
        person = call.team[0]
        if draw.chance(rng, FOLLOWED_UP) and day < first and taken.is_free(person, start, end, duty=True):
            taken.take(person, start, end)
            entries.append((person, "follow_up", start, end, call.number))
    return entries


def _gathering(rng: np.random.Generator, zone: str, day: dt.date, people: list[Person], taken: _Taken) -> list[Entry]:
    """Hold the month's meeting of the team, on an evening."""
    come = [(person, "meeting") for person in _come(rng, people, day, MEETING_COMES)]
    return _held(zone, day, MEETING, come, taken)


def _training(rng: np.random.Generator, zone: str, day: dt.date, people: list[Person], taken: _Taken) -> list[Entry]:
    """Hold the month's training on a Saturday morning: some leads give it."""
    come = _come(rng, people, day, TRAINING_COMES)
    givers = draw.some(rng, [person for person in come if person.role == "lead"], GIVERS)
    rest = [(person, "training_received") for person in come if person not in givers]
    return _held(zone, day, TRAINING, [*((person, "training_given") for person in givers), *rest], taken)


def _come(rng: np.random.Generator, people: list[Person], day: dt.date, share: float) -> list[Person]:
    """Let a share of the people come; of a larger team a smaller share does."""
    share *= min(1.0, (TEAM / len(people)) ** 0.5)
    return [person for person in people if draw.chance(rng, share) and person.joined <= day]


def _held(
    zone: str, day: dt.date, hours: tuple[dt.time, dt.time], come: Iterable[tuple[Person, str]], taken: _Taken
) -> list[Entry]:
    start, end = times.span(day, *hours, zone)
    start, end = told(start, zone), told(end, zone)
    free = [(person.id, kind) for person, kind in come if person.joined <= day]
    free = [(person, kind) for person, kind in free if taken.is_free(person, start, end)]
    for person, _ in free:
        taken.take(person, start, end)
    return [(person, kind, start, end, "") for person, kind in free]
