"""Acts done by the public functions, where a command takes too long to get ready: a roster's write, many acts."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable

from crt_scheduler import availability, planning
from crt_scheduler.errors import CrtError
from crt_scheduler.roster import shift_name
from crt_scheduler.store import open_store
from solver.problem import Problem
from solver.result import Placed

NOW = dt.datetime(2026, 12, 1, 17, 0, tzinfo=dt.UTC)
MONTH = "2027-01"
BUSY = "Another program"
"""How the sentence begins that asks to wait for another writer."""


def full_roster(frozen: Problem) -> tuple[Placed, ...]:
    """Return a roster that fills every team seat of the month, whoever it is (only its writing is under test)."""
    people = [person.id for person in frozen.people]
    seats = [n for n, seat in enumerate(frozen.seats) if seat.team]
    return tuple(Placed(people[n % len(people)], seat) for n, seat in enumerate(seats))


def apply(database: str) -> None:
    """Write a full month's roster as Apply does."""
    store = open_store(database, who="drill", now=NOW)
    try:
        with store.read() as session:
            frozen = planning.problem(session, MONTH, now=NOW)
        placed = full_roster(frozen)
        with store.change("Solve January 2027") as session:
            planning.apply(session, frozen, placed)
    finally:
        store.close()


def many(database: str, who: str, person: str, times: str) -> None:
    """Do so many acts one after the other, each a wish for a shift of its own; print the number of those done."""
    store = open_store(database, who=who, now=NOW, patience=60.0)
    done = 0
    try:
        for n in range(int(times)):
            with store.change(f"{who} {n}") as session:
                availability.wish(session, shift_name(shift_of(n)), person, "prefers")
            done += 1
    except CrtError as fault:
        print(fault)
    finally:
        store.close()
        print(done)


def shift_of(number: int) -> str:
    """Return the name of the shift of a number: for each another date or time of day, as wishes go by these."""
    day = dt.date(2027, 1, 1) + dt.timedelta(days=number // 2)
    return f"{day}/{('day', 'night')[number % 2]}/Valley"


OWN: dict[str, Callable[..., None]] = {"apply": apply, "many": many}

if __name__ == "__main__":
    OWN[sys.argv[1]](*sys.argv[2:])
