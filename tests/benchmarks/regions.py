"""Regions and larger: cities side by side in a ring, joined where they meet, planned as one Problem.

The duty lead, the clergy and the languages of the city are the whole region's; the last area of each city is the
neighbour of the second of the next, and some of the people of either serve across.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import msgspec
import numpy as np

from solver.problem import CITY, Area, Person, Problem, to_json
from tests.benchmarks.city import problem as city

CITIES = {"region": 4, "mega": 20}
"""Cities of 250 responders and 4 areas: 1,040 people in 16 areas, 5,040 in 80 (the 40 clergy count once)."""
ACROSS = 0.15
"""The share of the people of two areas that meet who serve in both."""


def problem(size: str, seed: int) -> Problem:
    """Return a region as one Problem, the same for the same seed."""
    count = CITIES[size]
    parts = [city("city", seed + number) for number in range(count)]
    dice = np.random.default_rng([seed, count])
    near = _borders(count)
    joined = [_renamed(part, number, near, dice) for number, part in enumerate(parts)]
    shifts, seats, current = [], [], []
    for part in joined:
        first_shift, first_seat = len(shifts), len(seats)
        shifts += part.shifts
        seats += [msgspec.structs.replace(seat, shift=seat.shift + first_shift) for seat in part.seats]
        current += [msgspec.structs.replace(a, seat=a.seat + first_seat) for a in part.current]
    return msgspec.structs.replace(
        parts[0],
        areas=tuple(area for part in joined for area in part.areas),
        shifts=tuple(shifts), seats=tuple(seats), current=tuple(current),
        people=tuple(person for part in joined for person in part.people),
    )  # fmt: skip


def _borders(count: int) -> dict[str, tuple[str, ...]]:
    """Return the areas of other cities that an area meets."""
    near: dict[str, tuple[str, ...]] = {}
    for number in range(count):
        here, there = f"{number}-Valley", f"{(number + 1) % count}-South"
        near[here], near[there] = (there,), (here,)
    return near


def _renamed(part: Problem, number: int, near: dict[str, tuple[str, ...]], dice: np.random.Generator) -> Problem:
    """Return a city with the names of its number; beyond the first, what is city-wide is left out."""

    def named(area: str) -> str:
        return area if area in ("", CITY) else f"{number}-{area}"

    kept = [n for n, shift in enumerate(part.shifts) if number == 0 or shift.area != CITY]
    place = {old: new for new, old in enumerate(kept)}
    seats = [n for n, seat in enumerate(part.seats) if seat.shift in place]
    seat_of = {old: new for new, old in enumerate(seats)}
    people = [_moved(p, number, near, dice) for p in part.people if number == 0 or p.roles != ("clergy",)]
    return msgspec.structs.replace(
        part,
        areas=tuple(Area(named(a.name), (*map(named, a.neighbours), *near.get(named(a.name), ()))) for a in part.areas),
        shifts=tuple(msgspec.structs.replace(part.shifts[n], area=named(part.shifts[n].area)) for n in kept),
        seats=tuple(msgspec.structs.replace(part.seats[n], shift=place[part.seats[n].shift]) for n in seats),
        people=tuple(people),
        current=tuple(
            msgspec.structs.replace(a, person=f"{number}-{a.person}", seat=seat_of[a.seat])
            for a in part.current
            if a.seat in seat_of
        ),
    )


def _moved(person: Person, number: int, near: dict[str, tuple[str, ...]], dice: np.random.Generator) -> Person:
    home = f"{number}-{person.home}" if person.home else ""
    across = near.get(home, ()) if dice.random() < ACROSS else ()
    return msgspec.structs.replace(
        person,
        id=f"{number}-{person.id}",
        home=home,
        serves=(*(f"{number}-{area}" for area in person.serves), *across),
        likes=tuple(f"{number}-{other}" for other in person.likes),
        apart=tuple(f"{number}-{other}" for other in person.apart),
    )


if __name__ == "__main__":
    began = time.process_time()
    given = problem(sys.argv[1], int(sys.argv[2]))
    Path(sys.argv[3]).write_bytes(to_json(given))
    print(f"{len(given.people)} people, {len(given.seats)} seats, {time.process_time() - began:.1f} CPU s")
