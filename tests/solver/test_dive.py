"""The dive goes down to a roster that breaks no hard rule, close to what the relaxation proves."""

from __future__ import annotations

import contextlib

import pytest

from solver.attend import Stopped
from solver.check import Ledger
from solver.dive import dive, relax
from solver.formulate import grid_of, model_of, period_of
from solver.greedy import greedy
from solver.problem import Problem
from solver.proof import improve
from solver.result import Progress
from solver.search import Limit, Search
from solver.windows import Windows
from tests.benchmarks.city import problem as city
from tests.solver.build import random_problem


def begun(given: Problem, work: int, news: list[Progress]) -> Search:
    """A search with its first roster and its model."""
    columns = grid_of(period_of(given))
    search = Search(
        columns, limit=Limit(work=work), seed=1, report=news.append, should_stop=lambda: False, began=0.0
    )  # fmt: skip
    search.best = Ledger(greedy(columns, seed=1))
    search.model = model_of(columns)
    search.learn_nothing()
    return search


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_dive_ends_within_a_hundredth_of_the_bound_and_breaks_nothing(seed: int) -> None:
    news: list[Progress] = []
    search = begun(city("small", seed), 60, news)
    first = search.objective()
    relax(search)
    dive(search)
    assert search.best is not None and search.bound is not None
    assert search.best.totals()[1] == 0
    assert {step.stage for step in news} >= {"bound", "dive"}
    assert search.objective() < first
    assert search.objective() <= 1.01 * search.bound


@pytest.mark.parametrize("seed", [3, 8])
def test_after_a_dive_the_whole_proves_the_cheapest_roster(seed: int) -> None:
    search = begun(random_problem(seed, tame=True), 200, [])
    with contextlib.suppress(Stopped):  # raised by whatever would come after the proof
        relax(search)
        dive(search)
        improve(search, Windows(search), None)
    assert search.proven
