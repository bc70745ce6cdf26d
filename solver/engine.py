"""The ladder, at any time a legal roster: greedy, bound, dive, windows, proof."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from solver.attend import Stopped, attended
from solver.certificate import certify
from solver.check import Ledger
from solver.dive import dive, relax
from solver.formulate import grid_of, least_of_all, model_of, period_of
from solver.greedy import greedy
from solver.problem import Problem
from solver.proof import begin, hear, improve, try_whole
from solver.result import Progress, Result, Status
from solver.search import Limit, Search
from solver.windows import Windows

__all__ = ["Limit", "solve"]


def _quiet(_: Progress) -> None:
    """Tell nobody."""


def solve(
    problem: Problem, limit: Limit, *, seed: int = 0, began: float | None = None,
    report: Callable[[Progress], None] = _quiet, should_stop: Callable[[], bool] = lambda: False,
) -> Result:  # fmt: skip
    """Return the best roster found within the limit; it breaks no hard rule that the locked assignments do not break.

    With a limit of work, the same Problem and seed give the same roster; no clock is looked at. The time counts from
    `began` on (time.perf_counter), else from this call.
    """
    began = time.perf_counter() if began is None else began
    period = period_of(problem)
    columns = grid_of(period)
    search = Search(columns, limit=limit, seed=seed, report=report, should_stop=should_stop, began=began)
    first = time.perf_counter()
    with search.noticed():
        search.best = Ledger(greedy(columns, seed=seed))
    search.work += 1
    search.tell("greedy")
    # Until a dive is down, its choices are tried one by one at the end, as in the first roster.
    search.kept_back = 0.05 + 1.1 * (time.perf_counter() - first)
    with contextlib.suppress(Stopped), contextlib.ExitStack() as afterwards:
        # Beside, as every long step: a stop asked for meanwhile is answered with the first roster.
        search.model = attended(lambda: model_of(columns), search.is_hurried)
        search.learn_nothing()
        _climb(search, afterwards)
    return _certificate(problem, search)


def _climb(search: Search, afterwards: contextlib.ExitStack) -> None:
    """Improve the first roster rung by rung until the search is over; raises Stopped when it is."""
    if try_whole(search):
        return
    beside = begin(search)
    if beside is not None:
        afterwards.callback(beside.end)
        afterwards.callback(hear, search, beside)
    relax(search)
    dive(search)
    improve(search, Windows(search), beside)


def _certificate(problem: Problem, search: Search) -> Result:
    """Sign the best roster of a search."""
    assert search.best is not None
    status: Status = "optimal" if search.proven else "stopped" if search.stopped else "feasible"
    bound = least_of_all(search.columns) if search.bound is None else search.bound
    return certify(
        problem, search.best.roster, status=status, bound=bound, seconds=search.seconds(),
        work=search.work, seed=search.seed,
    )  # fmt: skip
