"""Check a roster in plain Python: every broken or paid-for rule, as the sentence a coordinator reads.

No OR-Tools here: a hand edit is checked while the mouse is still down.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import msgspec
from msgspec.structs import replace

from solver.answering import team_answer
from solver.coverage import true_cost
from solver.formulate import period_of
from solver.period import Period
from solver.problem import Assignment, Problem
from solver.result import Placed, Violation
from solver.roster import Roster, from_assignments
from solver.rules import RULES
from solver.rules.promises import joins_history

PERSON_RULES = tuple(rule for rule in RULES if rule.scope == "person")
WITHOUT_DUTY = tuple(rule for rule in PERSON_RULES if not rule.of_duties)
"""The rules of one person that somebody who is never on call can break."""
SLOT_RULES = tuple(rule for rule in RULES if rule.scope == "slot")
ON_SEAT = tuple(rule for rule in RULES if rule.on_seat)
TOGETHER = tuple(rule for rule in RULES if not rule.on_seat)


def check(problem: Problem, assignments: Iterable[Assignment | Placed]) -> list[Violation]:
    """Return every violation of a roster; points sum to its objective. Raises KeyError for an unknown person."""
    return check_roster(from_assignments(period_of(problem), assignments))


def check_hard(
    problem: Problem, assignments: Iterable[Assignment | Placed], *, slots: Container[int] | None = None
) -> list[Violation]:
    """Return the violations of hard rules alone, in the order of `check`; most rules have a price and are not read.

    A rule breaks under its own name, so what is hard is known before it is read. With `slots` given, the rules that
    look at a slot are read of these alone.
    """
    roster = from_assignments(period_of(problem), assignments)
    of_person, without_duty, of_slot = (
        tuple(rule for rule in rules if rule.name in roster.period.hard)
        for rules in (PERSON_RULES, WITHOUT_DUTY, SLOT_RULES)
    )
    found = [
        broken
        for who, duties in enumerate(roster.duties)
        for rule in (of_person if duties else without_duty)
        for broken in rule.check(roster, who)
    ]
    for number, slot in enumerate(problem.slots):
        if not slot.begun and (slots is None or number in slots):
            found += [broken for rule in of_slot for broken in rule.check(roster, number)]
    return found


def check_roster(roster: Roster) -> list[Violation]:
    """Return every violation of a roster, people first, then slots in order of time."""
    found = [violation for person in range(len(roster.duties)) for violation in check_person(roster, person)]
    for slot in range(len(roster.period.problem.slots)):
        found += check_slot(roster, slot)
    return found


def check_person(roster: Roster, person: int) -> list[Violation]:
    """Return the violations of the rules that look at one person."""
    rules = PERSON_RULES if roster.duties[person] else WITHOUT_DUTY
    return [violation for rule in rules for violation in rule.check(roster, person)]


def check_slot(roster: Roster, slot: int) -> list[Violation]:
    """Return the violations of the rules that look at one slot: seats, teams, calls, languages, partners.

    A slot that has begun breaks none: what it lacks can no longer be mended.
    """
    if roster.period.problem.slots[slot].begun:
        return []
    return [violation for rule in SLOT_RULES for violation in rule.check(roster, slot)]


def blocked(roster: Roster, person: int, seat: int) -> Violation | None:
    """Return the first hard rule that putting a person on a seat would newly break, or None when it is legal."""
    if roster.period.has_begun(seat):
        return joins_history(roster, person, seat)
    hard, grades = roster.period.hard, roster.period.problem.people[person].grades
    letter = grades[roster.period.slot_of_seat[seat]] if grades else "."
    for rule in ON_SEAT:
        if rule.name in hard and rule.on_seat and (not rule.said or letter in rule.said):
            for violation in rule.on_seat(roster, person, seat):
                return violation
    who = {"person": person, "slot": roster.period.slot_of_seat[seat]}
    roster.add(person, seat)
    try:
        for rule in TOGETHER:
            # Most people break nothing: what was broken before is read only when something is broken now.
            if rule.name in hard and (after := list(rule.check(roster, who[rule.scope]))):
                roster.remove(person, seat)
                before = _amount(rule.check(roster, who[rule.scope]))
                roster.add(person, seat)
                if _amount(after) > before + 1e-9:
                    return after[-1]
    finally:
        roster.remove(person, seat)
    return None


def _amount(violations: Iterable[Violation]) -> float:
    return sum(violation.amount for violation in violations)


class Verdict(msgspec.Struct, frozen=True):
    """What a roster costs: points per rule, and how many hard rules are broken."""

    objective: float
    cost_by_rule: dict[str, float]
    hard_violations: int


def verdict(violations: Iterable[Violation]) -> Verdict:
    """Sum violations up: the objective is the sum of their points, without constants."""
    cost: dict[str, float] = {}
    hard = 0
    for violation in violations:
        hard += violation.hard
        if violation.points:
            cost[violation.rule] = cost.get(violation.rule, 0.0) + violation.points
    return Verdict(objective=sum(cost.values()), cost_by_rule=cost, hard_violations=hard)


class Ledger:
    """The points and broken hard rules of a roster, kept per person and per slot so that a change is read locally."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.people = [_sum(check_person(roster, person)) for person in range(len(roster.duties))]
        self.slots = [_sum(check_slot(roster, slot)) for slot in range(len(roster.period.problem.slots))]

    def totals(self) -> tuple[float, int]:
        """Return (points, hard violations) of the whole roster."""
        parts = self.people + self.slots
        return sum(points for points, _ in parts), sum(hard for _, hard in parts)

    def moved(self, target: Iterable[tuple[int, int]]) -> Ledger:
        """Return the ledger of the roster that holds exactly `target`; only changed people and slots are read again."""
        now, then = set(target), set(self.roster.placed())
        twin = object.__new__(Ledger)
        twin.roster, twin.people, twin.slots = self.roster.copy(), list(self.people), list(self.slots)
        for person, seat in then - now:
            twin.roster.remove(person, seat)
        for person, seat in sorted(now - then):
            twin.roster.add(person, seat)
        changed = now ^ then
        for person in {person for person, _ in changed}:
            twin.people[person] = _sum(check_person(twin.roster, person))
        for slot in {self.roster.period.slot_of_seat[seat] for _, seat in changed}:
            twin.slots[slot] = _sum(check_slot(twin.roster, slot))
        return twin


def _sum(violations: list[Violation]) -> tuple[float, int]:
    return sum(v.points for v in violations), sum(v.hard for v in violations)


def outcome(period: Period, roster: Roster) -> tuple[float, float]:
    """Return the (missed, late) calls expected on what has not begun, under the true cost.

    They go by the teams of a roster and who is in them.
    """
    missed = late = 0.0
    for calls in period.slot_calls:
        if calls:
            teams = [roster.teams(shift) for shift in calls.shifts]
            seen = replace(calls, answers=tuple(team_answer(roster, shift) for shift in calls.shifts))
            result = true_cost(seen, period.problem.coverage, teams)
            missed, late = missed + result.missed, late + result.late
    return missed, late
