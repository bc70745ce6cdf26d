"""Mending a month by what the solver found: a way out of an open seat, or a plan without some people, as one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler import roster, times
from crt_scheduler.act import Act
from crt_scheduler.asked_solver import asked_solver
from crt_scheduler.errors import CrtError
from crt_scheduler.planning import applying
from crt_scheduler.planning.begun import shift_number
from solver.problem import Problem, shift_key
from solver.questions import Change, Repairs, Way, Ways
from solver.result import Placed
from solver.role_names import role_words
from solver.wording import tr


def open_seat(frozen: Problem, shift: str, role: str = "", tier: str = "") -> int:
    """Return the first open seat of a shift that bears a role; raises CrtError where none is open."""
    number = shift_number(frozen, roster.shift_name(shift))
    held = [assignment.seat for assignment in frozen.current]
    for index, seat in enumerate(frozen.seats):
        is_meant = seat.shift == number and role in ("", seat.role) and tier in ("", seat.tier)
        if is_meant and not seat.optional and held.count(index) < seat.count:
            return index
    raise CrtError(tr("No such seat of {shift} is open.", shift=shift))


def changed(frozen: Problem, changes: Collection[Change]) -> tuple[Placed, ...]:
    """Return the whole roster with some changes."""
    held = {(assignment.person, assignment.seat) for assignment in frozen.current}
    held |= {(frozen.people[c.person].id, c.seat) for c in changes if c.added}
    held -= {(frozen.people[c.person].id, c.seat) for c in changes if not c.added}
    return tuple(Placed(person, seat) for person, seat in sorted(held))


def differences(frozen: Problem, changes: Collection[Change]) -> list[applying.Difference]:
    """Return the changes as a coordinator reads them: whose, which shift and seat, and what they were told."""
    return applying.difference(frozen, changed(frozen, changes))


class FoundWay(msgspec.Struct, frozen=True):
    """A way out of an open seat, with the month and the seat that it is of: all that doing it takes."""

    frozen: Problem
    seat: int
    way: Way

    def taken(self) -> tuple[str, str] | None:
        """Return who takes the seat, or another one of its shift, and that shift; None where nobody does."""
        seats, shift = self.frozen.seats, self.frozen.seats[self.seat].shift
        takes = [change for change in self.way.changes if change.added and seats[change.seat].shift == shift]
        if not takes:
            return None
        taker = min(takes, key=lambda change: change.seat != self.seat).person
        return self.frozen.people[taker].id, shift_key(self.frozen, shift)


def found_ways(frozen: Problem, shift: str, role: str = "", tier: str = "") -> tuple[FoundWay, ...]:
    """Return the ways out of an open seat, cheapest first, from a solver of its own: two CPU seconds on a city.

    Raises CrtError where no such seat is open, or the solver ended without an answer.
    """
    seat = open_seat(frozen, shift, role, tier)
    with asked_solver(frozen) as solver:
        found = solver.ask(Repairs(seat))
    return tuple(FoundWay(frozen, seat, way) for way in found.ways) if isinstance(found, Ways) else ()


def mend(session: Session, frozen: Problem, seat: int, changes: Collection[Change], *, now: dt.datetime) -> int:
    """Do what a way out of an open seat says; return how many places changed. Raises NotAllowed as applying does."""
    return applying.apply(session, frozen, changed(frozen, changes), now=now)


def _mended(_: Session, frozen: Problem, seat: int, *__: object, **___: object) -> str:
    name = roster.shift_words(roster.shift_name(shift_key(frozen, frozen.seats[seat].shift)))
    return tr("Fill {role}, {shift}", role=role_words(frozen.seats[seat].role), shift=name)


MEND = Act(mend, _mended)


def replan(
    session: Session, frozen: Problem, out: Collection[str], changes: Collection[Change], *, now: dt.datetime
) -> int:
    """Do what planning again without some people says; return how many places changed. Raises NotAllowed likewise."""
    return applying.apply(session, frozen, changed(frozen, changes), now=now)


def _replanned(session: Session, frozen: Problem, out: Collection[str], *_: object, **__: object) -> str:
    names = ", ".join(roster.person(session, code).name for code in dict.fromkeys(out))
    return tr("Plan {month} again without {names}", month=times.month_words(frozen.period), names=names)


REPLAN = Act(replan, _replanned)
