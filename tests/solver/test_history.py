"""A slot that has begun is history: people on it stay and count, nobody joins, and nothing of it is paid for."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from solver.check import blocked, check, verdict
from solver.engine import Limit, solve
from solver.explain import open_seats
from solver.formulate import period_of
from solver.problem import Assignment, Problem, Setting
from solver.result import Placed
from solver.roster import from_assignments
from tests.solver.build import THURSDAY, lead, problem, responder, slot


def begun(days: int, *, of: int) -> tuple[object, ...]:
    """Day slots from a Thursday on, the first few begun."""
    slots = (slot(THURSDAY + dt.timedelta(days=day)) for day in range(of))
    return tuple(msgspec.structs.replace(when, begun=n < days) for n, when in enumerate(slots))


def asked(*current: Assignment, days: int = 1, of: int = 3, **facts: object) -> Problem:
    """Lea and Ana, one pair in West a day; seats 3n and 3n + 1 are its lead and responder."""
    people = facts.pop("people", [lead("Lea"), responder("Ana")])
    return problem(people, begun(days, of=of), current=current, **facts)  # type: ignore[arg-type]


def test_nobody_joins_or_leaves_what_has_begun_even_where_locks_have_a_price() -> None:
    given = asked(Assignment("ana", 1), days=2, rules={"locks": Setting(points=1)})
    result = solve(given, Limit(work=20))
    assert {(p.person, p.seat) for p in result.roster} == {("ana", 1), ("lea", 6), ("ana", 7)}
    assert result.status == "optimal" and result.hard_violations == 0


@pytest.mark.parametrize("roster", [[Placed("lea", 0), Placed("ana", 1)], []])
def test_a_roster_that_rewrites_history_breaks_a_hard_rule(roster: list[Placed]) -> None:
    given = asked(Assignment("ana", 1), rules={"locks": Setting(points=1)})
    (found,) = [violation for violation in check(given, roster) if violation.hard]
    assert found.rule == "locks" and "has begun" in found.sentence


def test_what_begun_shifts_lack_is_neither_paid_for_nor_open() -> None:
    given = asked(days=3)
    result = solve(given, Limit(work=3))
    assert (result.seats, result.filled, result.open_seats) == (0, 0, ())
    assert set(result.cost_by_rule) == {"target"}
    assert (result.expected_missed_calls, result.expected_late_calls) == (0.0, 0.0)


def test_whoever_is_put_on_a_begun_shift_is_blocked_with_a_sentence() -> None:
    roster = from_assignments(period_of(asked()), [])
    refusal = blocked(roster, 0, 0)
    assert refusal is not None and "West, Thu 7 January day has begun" in refusal.sentence
    assert blocked(roster, 0, 3) is None


def test_rest_is_kept_after_a_duty_that_has_begun_but_not_between_two_of_them() -> None:
    night = msgspec.structs.replace(slot(THURSDAY, "night"), begun=True)
    day = slot(THURSDAY + dt.timedelta(days=1))
    people = [lead("Lea")]
    coming = problem(people, (night, day), current=(Assignment("lea", 0),))
    assert {(p.person, p.seat) for p in solve(coming, Limit(work=9)).roster} == {("lea", 0)}
    over = msgspec.structs.replace(
        coming,
        slots=(night, msgspec.structs.replace(day, begun=True)),
        current=(Assignment("lea", 0), Assignment("lea", 3)),
    )
    assert verdict(check(over, over.current)).hard_violations == 0


def test_hours_over_the_ceiling_that_were_worked_are_no_fault_of_a_plan() -> None:
    given = asked(Assignment("ana", 1), Assignment("ana", 4), days=2, people=[responder("Ana", ceiling=12 * 60)])
    assert not [v for v in check(given, given.current) if v.hard]
    more = [*given.current, Assignment("ana", 7)]
    (found,) = [v for v in check(given, more) if v.hard]
    assert (found.rule, found.amount) == ("ceiling", 12.0)
    assert "the ceiling is 12 h" in found.sentence


def test_hours_that_were_worked_count_towards_the_floor() -> None:
    given = asked(Assignment("ana", 1), people=[responder("Ana", floor=24 * 60)])
    (found,) = [v for v in check(given, given.current) if v.rule == "floor"]
    assert found.amount == 12.0


def test_open_seats_list_only_what_is_to_come() -> None:
    given = asked()
    found = open_seats(given, from_assignments(period_of(given), []))
    assert {seat.date for seat in found} == {THURSDAY + dt.timedelta(days=1), THURSDAY + dt.timedelta(days=2)}
