"""Plan again without some people: mend only what they leave, at most so many places; who was told is dear to move."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from solver.again import Again
from solver.check import Ledger
from solver.formulate import period_of
from solver.problem import GRADES, Assignment, Problem
from solver.questions import Out, Replanned
from solver.result import Placed
from solver.roster import from_assignments

DAYS = 1
"""Days around what is left open that may change too. Measured on a city with three leads out, in points over the best
that the whole month could be: their days alone 0.24 %, a day more on each side 0.004 %."""
KEEP = 5.0
"""Points on each change while an answer is sought: of answers nearly alike the one with fewer changes is taken. Told
places have their own price in the rules."""
AWAY = next(letter for letter, grade in GRADES.items() if grade == "leave")


def without(problem: Problem, out: Collection[Out]) -> Problem:
    """Return the Problem in which people are on leave while they are out; raises KeyError for somebody unknown."""
    period = period_of(problem)
    people = list(problem.people)
    for each in out:
        number = period.person_of[each.person]
        letters = list(people[number].grades or "." * len(problem.slots))
        for slot, when in enumerate(problem.slots):
            if each.holds(when.date) and not when.begun:
                letters[slot] = AWAY
        people[number] = replace(people[number], grades="".join(letters))
    return replace(problem, people=tuple(people))


def replan(
    problem: Problem, assignments: Collection[Assignment | Placed], out: Collection[Out], *, most: int | None = None
) -> Replanned | None:
    """Return the best mending of a roster without some people; None where `most` changes do not do it.

    What has begun and what is locked stays, also of those who are out.
    """
    again = Again(without(problem, out), assignments)
    period = again.period
    locked = {(person, seat) for person, seat in period.locked}
    off = [
        (person, seat)
        for each in out
        for person in (period.person_of[each.person],)
        for seat in [duty.seat for duty in again.roster.duties[person]]
        if each.holds(period.slot(seat).date) and (person, seat) not in locked
    ]
    if not off:
        points, _ = Ledger(again.roster).totals()
        return Replanned((), (), points, points, True)
    slots = again.near({period.slot_of_seat[seat] for _, seat in off}, DAYS)
    solved = again.solve(slots, off=off, most=most, keep=KEEP)
    if solved is None:
        return None
    told = {(period.person_of[a.person], a.seat) for a in problem.current if a.state in ("told", "confirmed")}
    is_told = bool(told)
    phones = {
        period.person(change.person).id
        for change in solved.changes
        if change.added == is_told or (change.person, change.seat) in told
    } - {each.person for each in out}
    before, _ = Ledger(from_assignments(period, assignments)).totals()
    objective = before + solved.points
    bound = objective - KEEP * (len(solved.changes) + len(slots)) if solved.is_proven else None
    return Replanned(solved.changes, tuple(sorted(phones)), objective, bound, solved.is_legal)
