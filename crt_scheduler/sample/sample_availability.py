"""The sample city's availability: weekly patterns of five kinds of life, trips, wishes and the clergy's observances."""

from __future__ import annotations

import datetime as dt

import numpy as np

from crt_scheduler import times
from crt_scheduler.sample import draw
from crt_scheduler.sample.sample_people import Person
from crt_scheduler.sheets import Cell

HEADER = ("person", "from", "to", "weekdays", "start", "end", "grade", "note")
HALVES = (("06:00", "18:00"), ("18:00", "06:00"))
Weekly = dict[str, frozenset[tuple[int, int]]]
"""By person the halves of the week (weekday with Monday 0; 0 day, 1 night) on which they cannot."""

LIVES = (
    (0.38, (0.07, 0.70, 0.75, 0.58)),
    (0.20, (0.75, 0.20, 0.45, 0.20)),
    (0.15, (0.33, 0.33, 0.33, 0.33)),
    (0.15, (0.08, 0.15, 0.92, 0.75)),
    (0.12, (0.70, 0.80, 0.65, 0.65)),
)
"""Share of people, and the chance that they are free on a weekday's day and night, a weekend's day and night."""

OBSERVANCES = {
    "Catholic": (("Sat", "16:00", "19:00", "Vigil"), ("Sun", "06:00", "14:00", "Mass")),
    "Protestant": (("Sun", "07:00", "14:00", "Service"),),
    "Orthodox": (("Sat", "17:00", "20:00", "Vespers"), ("Sun", "07:00", "14:00", "Liturgy")),
    "Jewish": (("Fri", "16:00", "00:00", "Shabbat"), ("Sat", "00:00", "21:00", "Shabbat")),
    "Muslim": (("Fri", "11:30", "15:00", "Friday prayer"),),
    "Hindu": (("Sun", "08:00", "12:00", "Temple"),),
    "Sikh": (("Sun", "09:00", "14:00", "Gurdwara"),),
}


def weekly(rng: np.random.Generator, people: list[Person]) -> Weekly:
    """Draw each person's week; everyone keeps at least three halves of it free."""
    return {person.id: _week(rng, person.kind == "clergy") for person in people}


def _week(rng: np.random.Generator, clergy: bool) -> frozenset[tuple[int, int]]:
    halves = [(day, half) for day in range(7) for half in (0, 1)]
    free = draw.one(rng, [life for _, life in LIVES], [share for share, _ in LIVES])
    while True:
        if clergy:
            blocked = {(day, half) for day in range(7) if draw.chance(rng, 0.35) for half in (0, 1)}
        else:
            blocked = {(day, half) for day, half in halves if not draw.chance(rng, free[(2 if day > 4 else 0) + half])}
        if len(blocked) <= len(halves) - 3:
            return frozenset(blocked)


STRICTEST: tuple[Cell, ...] = ("cannot", "rather_not", "prefers", "wants")


def lines(rng: np.random.Generator, people: list[Person], week: Weekly, month: str) -> list[list[Cell]]:
    """Return availability.csv: what repeats every week, then what holds on dates of the month."""
    days = times.month_days(month)
    found = (
        line
        for person in people
        for line in (*_every_week(person, week[person.id]), *_trips(rng, person, days), *_wishes(rng, person, days))
    )
    said: dict[tuple[Cell, ...], list[Cell]] = {}
    for line in found:
        when = (*line[:6],)
        if when not in said or STRICTEST.index(line[6]) < STRICTEST.index(said[when][6]):
            said[when] = line  # in the place of the first: nobody says two things of one day
    return list(said.values())


def _every_week(person: Person, blocked: frozenset[tuple[int, int]]) -> list[list[Cell]]:
    result: list[list[Cell]] = []
    for half, (start, end) in enumerate(HALVES):
        days = ";".join(name for day, name in enumerate(times.WEEKDAYS) if (day, half) in blocked)
        if days:
            result.append([person.id, "", "", days, start, end, "cannot", ""])
    for tradition in person.traditions[:1]:
        for day, start, end, note in OBSERVANCES.get(tradition, ()):
            result.append([person.id, "", "", day, start, end, "cannot", note])
    return result


def _trips(rng: np.random.Generator, person: Person, days: list[dt.date]) -> list[list[Cell]]:
    """A quarter travel for three to eleven days of the month; single days are blocked now and then."""
    result: list[list[Cell]] = []
    if draw.chance(rng, 0.25):
        start = int(rng.integers(0, len(days)))
        end = min(start + int(rng.integers(2, 11)), len(days) - 1)
        result.append([person.id, str(days[start]), str(days[end]), "", "", "", "cannot", "Away"])
    for day in sorted(draw.some(rng, days, int(rng.poisson(0.9)))):
        result.append([person.id, str(day), str(day), "", "", "", "cannot", ""])
    return result


def _wishes(rng: np.random.Generator, person: Person, days: list[dt.date]) -> list[list[Cell]]:
    """Draw about two graded wishes a person, each for one date or one shift of it."""
    wishes = []
    for grade, mean in (("rather_not", 0.9), ("prefers", 0.7), ("wants", 0.5)):
        for day in draw.some(rng, days, int(rng.poisson(mean))):
            start, end = draw.one(rng, (("", ""), *HALVES), (1, 2, 2))
            wishes.append((day, start, end, grade))
    return [[person.id, str(day), str(day), "", start, end, grade, ""] for day, start, end, grade in sorted(wishes)]
