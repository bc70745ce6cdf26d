"""Rows that tighten the model take no roster away and change no price: the optimum is the same without them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.backends.mathopt import solve_lp
from solver.check import check_roster, verdict
from solver.formulate import grid_of, model_of, period_of
from solver.reduce import whole_model
from solver.roster import Roster
from tests.benchmarks.city import problem as city
from tests.solver.tiny import cheapest, mutated, optimum, pair_or_two, price_by_model, random_pairs, tiny


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_optimum_is_the_same_with_and_without_the_rows_that_tighten(seed: int) -> None:
    asked = pair_or_two(seed)
    assert optimum(asked, is_tight=True) == pytest.approx(optimum(asked, is_tight=False), abs=1e-6)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_optimum_of_a_few_people_is_the_cheapest_roster_of_all(seed: int) -> None:
    asked = pair_or_two(seed)
    open_ = len(grid_of(period_of(asked)).person)
    if open_ <= 9:
        hard, points = cheapest(asked)
        if not hard:
            assert optimum(asked, is_tight=True) == pytest.approx(points, abs=1e-5)


@pytest.mark.parametrize("seed", range(20, 28))
def test_a_tiny_problem_of_every_rule_keeps_its_optimum_too(seed: int) -> None:
    asked = tiny(seed)
    assert optimum(asked, is_tight=True) == pytest.approx(optimum(asked, is_tight=False), abs=1e-6)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_model_and_check_agree_on_rosters_that_change_step_by_step(seed: int) -> None:
    dice = np.random.default_rng(seed)
    asked = pair_or_two(seed)
    period = period_of(asked)
    if verdict(check_roster(Roster(period, period.locked))).hard_violations:
        return
    model = model_of(grid_of(period))
    pairs = random_pairs(asked, model, dice)
    for _ in range(4):
        pairs = mutated(pairs, model, dice)
        read = verdict(check_roster(Roster(period, pairs)))
        priced = price_by_model(model, pairs)
        assert (priced is None) == bool(read.hard_violations)
        assert priced is None or priced == pytest.approx(read.objective, abs=1e-6)


def test_the_rows_bring_the_relaxation_of_a_small_city_near_the_optimum() -> None:
    asked, bounds = city("small", 1), []
    for is_tight in (True, False):
        part = whole_model(model_of(grid_of(period_of(asked), is_tight=is_tight)))
        bounds.append(solve_lp(part.program, seconds=None).objective + part.constant)
    best, (tight, loose) = optimum(asked, is_tight=True), bounds
    assert best - tight < 0.25 * (best - loose)
