"""The ladder: legal at any time, repeatable, stoppable, and never without a plan."""

from __future__ import annotations

import msgspec
import pytest

from solver.check import check, check_roster, outcome, verdict
from solver.engine import Limit, solve
from solver.formulate import grid_of, period_of
from solver.greedy import greedy
from solver.problem import Assignment, Problem
from solver.result import Progress
from solver.roster import Roster, from_assignments
from tests.benchmarks.city import problem as city
from tests.patience import LONG
from tests.solver.build import lead, placed, problem, random_problem, responder, trainee


@pytest.mark.parametrize("seed", range(4))
def test_a_small_city_is_solved_without_a_broken_hard_rule(seed: int) -> None:
    given = city("small", seed)
    result = solve(given, Limit(work=9), seed=seed)
    read = verdict(check(given, result.roster))
    assert read.hard_violations == result.hard_violations == 0
    assert result.objective == pytest.approx(sum(result.cost_by_rule.values()))
    assert result.objective == pytest.approx(read.objective)
    assert result.bound is not None and result.gap is not None
    assert result.bound <= result.objective + 1e-6
    assert result.gap < 0.05


def test_the_same_seed_and_work_give_the_same_roster() -> None:
    given = city("small", 7)
    one, other = (solve(given, Limit(work=7), seed=3) for _ in range(2))
    assert one.roster_digest == other.roster_digest
    assert (one.work, one.objective, one.bound) == (other.work, other.objective, other.bound)
    assert one.problem_digest == other.problem_digest


def test_news_only_ever_gets_better_and_starts_with_a_legal_roster() -> None:
    news: list[Progress] = []
    solve(city("small", 2), Limit(work=6), report=news.append)
    points = [progress.objective for progress in news]
    assert news[0].stage == "greedy" and news[0].bound is None
    assert points == sorted(points, reverse=True)


def test_a_stop_ends_with_the_best_so_far() -> None:
    seen: list[Progress] = []
    result = solve(city("small", 1), Limit(seconds=LONG), report=seen.append, should_stop=lambda: bool(seen))
    assert result.status == "stopped"
    assert result.hard_violations == 0
    assert result.work == 1 and len(seen) == 1, "nothing is begun after the wish"


def test_a_limit_of_seconds_is_kept_and_what_comes_first_is_legal() -> None:
    seen: list[Progress] = []
    result = solve(city("small", 1), Limit(seconds=1e-6), report=seen.append)
    assert (result.status, result.hard_violations) == ("feasible", 0)
    assert result.work == 1 and len(seen) == 1, "nothing is begun once the time is over"


def test_a_tiny_problem_is_proven_by_the_clock_too_and_ends_when_it_is() -> None:
    result = solve(problem([lead("Lea"), responder("Ana")]), Limit(seconds=LONG))
    assert result.status == "optimal"
    assert result.seconds < LONG
    assert [p.person for p in result.roster] == ["lea", "ana"]


def test_nobody_at_all_is_a_plan_with_every_seat_open() -> None:
    result = solve(problem([]), Limit(work=5))
    assert result.status == "optimal"
    assert result.filled == 0
    assert {seat.role for seat in result.open_seats} == {"lead", "responder"}


def test_a_problem_without_shifts_is_a_plan_too() -> None:
    given = problem([lead("Lea", floor=0, target=0)], [], shifts=(), seats=())
    assert solve(given, Limit(work=5)).objective == 0


def test_locks_that_conflict_stay_and_are_told_apart_from_a_missing_plan() -> None:
    both = (Assignment("lea", 0, locked=True), Assignment("lea", 1, locked=True))
    result = solve(problem([lead("Lea"), responder("Ana")], current=both), Limit(work=8))
    assert {(p.person, p.seat) for p in result.roster} >= {("lea", 0), ("lea", 1)}
    assert result.hard_violations == 1


def test_a_locked_trainee_gets_a_lead_beside() -> None:
    alone = (Assignment("tim", 2, locked=True),)
    given = problem([trainee("Tim"), lead("Lea", grades="r")], current=alone)
    result = solve(given, Limit(work=8))
    assert result.hard_violations == 0
    assert ("lea", 0) in {(p.person, p.seat) for p in result.roster} or ("lea", 1) in {
        (p.person, p.seat) for p in result.roster
    }


def test_a_confirmed_assignment_is_kept_when_nothing_is_gained_by_a_change() -> None:
    given = problem([lead("Lea"), lead("Lou"), responder("Ana")], current=(Assignment("lou", 0, state="confirmed"),))
    assert ("lou", 0) in {(p.person, p.seat) for p in solve(given, Limit(work=8)).roster}


@pytest.mark.parametrize("seed", range(40, 52))
def test_greedy_breaks_nothing_that_locks_do_not_break(seed: int) -> None:
    given = random_problem(seed, people=8, days=4)
    period = period_of(given)
    before = verdict(check_roster(Roster(period, period.locked))).hard_violations  # what is locked, or has begun
    roster = greedy(grid_of(period), seed=seed)
    after = verdict(check(given, [Assignment(given.people[p].id, seat) for p, seat in roster.placed()]))
    assert after.hard_violations <= before


def test_calls_are_promised_by_the_true_cost_not_by_the_steps() -> None:
    given = problem([lead("Lea"), responder("Ana")])
    period = period_of(given)
    missed, late = outcome(period, from_assignments(period, placed(("lea", 0), ("ana", 1))))
    assert late == 0
    assert missed == pytest.approx(0.2 * (1 - 0.8 * (1 - (0.035 / 1.035))))


def test_the_bound_never_exceeds_what_a_longer_search_finds() -> None:
    given: Problem = msgspec.structs.replace(city("small", 5), revision=1)
    short, longer = (solve(given, Limit(work=work), seed=1) for work in (3, 12))
    assert short.bound is not None
    assert short.bound <= longer.objective + 1e-6
