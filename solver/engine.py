"""The ladder, at any time a legal roster: greedy, LP bound, dive, windows, proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version

from solver.attend import Stopped
from solver.check import Ledger, check_roster, outcome, verdict
from solver.dive import dive, relax
from solver.explain import open_seats
from solver.formulate import grid_of, model_of, period_of
from solver.greedy import greedy
from solver.problem import Problem, digest
from solver.proof import begin, improve
from solver.result import Progress, Result, Status, gap, roster_digest
from solver.roster import to_placed
from solver.search import Limit, Search
from solver.windows import Windows

__all__ = ["Limit", "solve"]


def _quiet(_: Progress) -> None:
    """Tell nobody."""


def solve(
    problem: Problem, limit: Limit, *, seed: int = 0,
    report: Callable[[Progress], None] = _quiet, should_stop: Callable[[], bool] = lambda: False,
) -> Result:  # fmt: skip
    """Return the best roster found within the limit; it breaks no hard rule that the locked assignments do not break.

    With a limit of work, the same Problem and seed give the same roster; no clock is looked at.
    """
    began = time.perf_counter()
    period = period_of(problem)
    columns = grid_of(period)
    search = Search(columns, limit=limit, seed=seed, report=report, should_stop=should_stop, began=began)
    search.best = Ledger(greedy(columns, seed=seed))
    search.work += 1
    search.tell("greedy")
    search.model = model_of(columns)
    beside = begin(search)
    try:
        relax(search)
        dive(search)
        improve(search, Windows(search), beside)
    except Stopped:
        pass
    finally:
        if beside is not None:
            beside.end()
    return _certificate(problem, search)


def _certificate(problem: Problem, search: Search) -> Result:
    """Re-read the roster with the check, which shares nothing with the model, and sign it."""
    assert search.best is not None
    roster = search.best.roster
    read = verdict(check_roster(roster))
    missed, late = outcome(search.period, roster)
    placed = to_placed(roster)
    bound = search.bound
    status: Status = "optimal" if search.proven else "stopped" if search.stopped else "feasible"
    return Result(
        status=status, objective=read.objective, bound=bound, gap=gap(read.objective, bound),
        seconds=search.seconds(), work=search.work, seed=search.seed,
        seats=roster.places(), filled=roster.filled(),
        expected_missed_calls=missed, expected_late_calls=late,
        cost_by_rule=read.cost_by_rule, hard_violations=read.hard_violations,
        open_seats=open_seats(problem, roster), roster=placed,
        problem_digest=digest(problem), roster_digest=roster_digest(placed),
        versions={name: version(name) for name in ("ortools", "numpy", "scipy", "msgspec")},
    )  # fmt: skip
