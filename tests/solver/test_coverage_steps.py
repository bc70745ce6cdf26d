"""What the steps charge is what the check reads, and the ends of calls add up to the true cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.check import check_roster
from solver.coverage import endings, stepped, true_cost
from solver.formulate import grid_of, period_of
from solver.roster import Roster
from tests.solver.build import random_problem


def drawn(seed: int) -> Roster:
    """A random roster of a random Problem."""
    asked = random_problem(seed)
    columns = grid_of(period_of(asked))
    on = np.random.default_rng(seed).random(len(columns.person)) < 0.4
    return Roster(columns.period, zip(columns.person[on].tolist(), columns.seat[on].tolist(), strict=True))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_check_reads_what_the_steps_charge(seed: int) -> None:
    roster = drawn(seed)
    period = roster.period
    read = sum(v.points for v in check_roster(roster) if v.rule in ("late_calls", "missed_calls"))
    charged = sum(
        stepped(fitted, period.problem.coverage, [roster.teams(shift) for shift in calls.shifts])
        for calls, fitted in zip(period.slot_calls, period.steps, strict=True)
        if calls and fitted
    )
    assert charged == pytest.approx(read, abs=1e-9)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_ends_of_each_area_s_calls_add_up_to_the_true_cost(seed: int) -> None:
    roster = drawn(seed)
    prices = roster.period.problem.coverage
    for calls in filter(None, roster.period.slot_calls):
        teams = [roster.teams(shift) for shift in calls.shifts]
        ends = endings(calls, teams)
        cost = true_cost(calls, prices, teams)
        assert sum(r * own * near for r, (own, near) in zip(calls.rates, ends, strict=True)) == pytest.approx(
            cost.missed
        )
        assert sum(r * own for r, (own, _) in zip(calls.rates, ends, strict=True)) == pytest.approx(
            cost.late + cost.missed
        )
