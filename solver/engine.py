"""The ladder, at any time a legal roster: greedy, LP bound, dive, windows, proof."""

from __future__ import annotations

import time
from collections.abc import Callable

from solver.attend import Stopped, attended
from solver.backends.apart import Apart
from solver.certificate import certify
from solver.check import Ledger
from solver.dive import dive, relax
from solver.formulate import grid_of, model_of, period_of
from solver.greedy import greedy
from solver.problem import Problem
from solver.proof import begin, improve
from solver.result import Progress, Result, Status
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
    beside: Apart | None = None
    try:
        # Beside, as every long step: a stop asked for meanwhile is answered with the first roster.
        search.model = attended(lambda: model_of(columns), search.is_hurried)
        beside = begin(search)
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
    """Sign the best roster of a search."""
    assert search.best is not None
    status: Status = "optimal" if search.proven else "stopped" if search.stopped else "feasible"
    return certify(
        problem, search.best.roster, status=status, bound=search.bound, seconds=search.seconds(),
        work=search.work, seed=search.seed,
    )  # fmt: skip
