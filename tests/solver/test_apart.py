"""A second process works on one order after the other, and is gone when nobody waits for it."""

from __future__ import annotations

import numpy as np
import pytest

from solver.backends.apart import Apart, Relaxation, Whole
from solver.backends.mathopt import solve_lp, solve_mip
from solver.bounding import proof
from solver.formulate import grid_of, model_of, period_of
from solver.reduce import whole_model
from tests.benchmarks.city import problem as city
from tests.patience import LONG


def test_a_bound_and_then_a_roster_come_from_a_process_of_its_own() -> None:
    program = whole_model(model_of(grid_of(period_of(city("small", 1))))).program
    beside = Apart()
    try:
        beside.ask(Relaxation(program, 1e-4, LONG))
        beside.ask(Whole(program, np.full(len(program.cost), np.nan), LONG, 1))
        near, whole = beside.answer(LONG), beside.answer(LONG)
    finally:
        beside.end()
    assert near is not None and near.dual is not None and whole is not None and whole.values is not None
    assert proof(program, near.dual).bound <= solve_lp(program, seconds=None).objective + 1e-6
    assert whole.objective == pytest.approx(solve_mip(program, gap=1e-7).objective, rel=1e-6)


def test_a_process_at_work_is_ended_at_once() -> None:
    program = whole_model(model_of(grid_of(period_of(city("small", 2))))).program
    beside = Apart()
    beside.ask(Relaxation(program, 1e-12, LONG))
    assert beside.answer(0.0) is None
    beside.end()
