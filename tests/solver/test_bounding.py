"""A bound from dual values is true whatever they are, and tight where they are the relaxation's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.backends.mathopt import solve_first_order, solve_lp, solve_mip
from solver.backends.warm import WarmLp
from solver.bounding import proof
from solver.formulate import grid_of, least_of_all, model_of, period_of
from solver.program import Program
from solver.reduce import whole_model
from tests.benchmarks.city import problem as city
from tests.solver.build import random_problem


def program_of(seed: int) -> Program:
    """The program of a random Problem that touches every rule."""
    return whole_model(model_of(grid_of(period_of(random_problem(seed, days=2))))).program


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_no_roster_costs_less_than_any_values_per_row_prove(seed: int) -> None:
    program = program_of(seed)
    best = solve_mip(program, gap=1e-9)
    dice = np.random.default_rng(seed)
    for scale in (0.0, 1.0, 100.0):
        proven = proof(program, dice.normal(size=len(program.limit)) * scale)
        assert proven.bound <= best.objective + 1e-6
        assert best.values is not None
        on = (best.values > 0.5) & (program.lower < 0.5) & program.whole
        assert not (proven.is_off(best.objective + 1e-6) & on).any(), "the best roster uses none of what is off"


@pytest.mark.parametrize("seed", range(3))
def test_the_values_of_a_solved_relaxation_prove_its_own_value(seed: int) -> None:
    program = program_of(seed)
    solved = solve_lp(program, seconds=None)
    assert solved.dual is not None
    assert proof(program, solved.dual).bound == pytest.approx(solved.objective, rel=1e-6, abs=1e-4)


def test_a_relaxation_brought_near_proves_almost_as_much_as_one_that_is_solved() -> None:
    program = whole_model(model_of(grid_of(period_of(city("small", 1))))).program
    solved = solve_lp(program, seconds=None)
    near = solve_first_order(program, tolerance=1e-4, seconds=None)
    assert near.done and near.dual is not None
    bound = proof(program, near.dual).bound
    assert solved.objective - 0.005 * abs(solved.objective) < bound <= solved.objective + 1e-6


def test_a_relaxation_that_runs_out_of_time_still_proves_something() -> None:
    program = whole_model(model_of(grid_of(period_of(city("small", 1))))).program
    begun = solve_first_order(program, tolerance=1e-9, seconds=0.01)
    assert begun.dual is not None
    assert proof(program, begun.dual).bound <= solve_lp(program, seconds=None).objective


def test_an_lp_that_is_kept_follows_what_is_fixed() -> None:
    program = whole_model(model_of(grid_of(period_of(city("small", 2))))).program
    kept = WarmLp(program)
    first = kept.solve(seconds=None)
    assert first.values is not None
    assert first.objective == pytest.approx(solve_lp(program, seconds=None).objective, abs=1e-4)
    sure = np.flatnonzero((first.values > 0.7) & (first.values < 1 - 1e-6) & program.whole)[:5]
    kept.fix(sure, 1.0)
    then = kept.solve(seconds=None)
    assert then.values is not None and then.values[sure] == pytest.approx(1.0)
    assert then.objective >= first.objective - 1e-6
    kept.free(sure)
    assert kept.solve(seconds=None).objective == pytest.approx(first.objective, abs=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_before_there_is_a_model_every_gain_at_no_cost_is_a_bound(seed: int) -> None:
    asked = random_problem(seed)
    columns = grid_of(period_of(asked))
    least = least_of_all(columns)
    part = whole_model(model_of(columns))
    assert least <= solve_mip(part.program, gap=1e-9).objective + part.constant + 1e-6
