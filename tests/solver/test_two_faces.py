"""The model and the check share nothing, so they are held against each other, and both against enumeration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solver.check import check, check_hard, check_roster, verdict
from solver.engine import Limit, solve
from solver.formulate import grid_of, model_of, period_of
from solver.problem import Problem, Seat, Setting
from solver.result import Placed
from solver.roster import Roster
from tests.solver.build import lead, problem, random_problem, responder
from tests.solver.tiny import cheapest, price_by_model, random_pairs, tiny


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_model_and_the_check_agree_on_any_roster(seed: int) -> None:
    dice = np.random.default_rng(seed)
    asked = random_problem(seed)
    period = period_of(asked)
    assume(not verdict(check_roster(Roster(period, period.locked))).hard_violations)
    model = model_of(grid_of(period))
    for _ in range(3):
        pairs = random_pairs(asked, model, dice)
        read = verdict(check_roster(Roster(period, pairs)))
        priced = price_by_model(model, pairs)
        if read.hard_violations:
            assert priced is None, "the model lets through what the check refuses"
        else:
            assert priced is not None, "the model refuses what the check lets through"
            assert priced == pytest.approx(read.objective, abs=1e-6)


@pytest.mark.parametrize("places", [2, 3])
def test_a_team_that_is_not_whole_answers_nothing_in_either(places: int) -> None:
    crew = [lead("Lea"), *(responder(name) for name in ("Ana", "Ben", "Cy"))]
    seats = (Seat(0, "lead", ("lead",), team=True), Seat(0, "mate", ("responder",), count=places, team=True))
    asked = problem(crew, seats=seats)
    period = period_of(asked)
    for mates in range(places + 1):
        pairs = {(0, 0), *((mate, 1) for mate in range(1, mates + 1))}
        priced = price_by_model(model_of(grid_of(period)), pairs)
        assert priced == pytest.approx(verdict(check_roster(Roster(period, pairs))).objective, abs=1e-6)


def test_only_an_open_place_of_a_plain_seat_costs_the_seats_own_points_in_either() -> None:
    seats = (
        Seat(0, "lead", ("lead",), team=True, points=5),
        Seat(0, "trainee", ("trainee",), optional=True, points=7),
        Seat(0, "desk", ("responder",), count=2, points=9),
        Seat(0, "driver", ("responder",)),
    )
    asked = problem([lead("Lea"), responder("Ana"), responder("Ben")], seats=seats)
    period = period_of(asked)
    model = model_of(grid_of(period))
    for pairs, points in ((set(), [18]), ({(0, 0), (1, 2)}, [9]), ({(0, 0), (1, 2), (2, 2)}, [])):
        read = check_roster(Roster(period, pairs))
        assert [found.points for found in read if found.rule == "open_seats"] == points
        assert price_by_model(model, pairs) == pytest.approx(verdict(read).objective, abs=1e-6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_hard_rules_read_alone_are_those_of_the_whole_check(seed: int) -> None:
    dice = np.random.default_rng(seed)
    asked = random_problem(seed)
    pairs = random_pairs(asked, model_of(grid_of(period_of(asked))), dice)
    placed = [Placed(asked.people[person].id, seat) for person, seat in pairs]
    assert check_hard(asked, placed) == [found for found in check(asked, placed) if found.hard]


@pytest.mark.parametrize("seed", range(14))
def test_the_proven_roster_is_the_cheapest_of_all(seed: int) -> None:
    asked = tiny(seed)
    result = solve(asked, Limit(work=60), seed=seed)
    hard, points = cheapest(asked)
    assert result.status == "optimal"
    assert result.hard_violations == hard
    assert result.objective == pytest.approx(points, abs=1e-5)
    assert result.bound == pytest.approx(points, abs=1e-3)


def test_a_hard_rule_that_cannot_be_met_still_leaves_a_plan() -> None:
    asked = random_problem(3, people=3, days=1, tame=True)
    stern = dict.fromkeys(("floor", "target", "languages_area", "told", "alone"), Setting(hard=True))
    result = solve(
        Problem(**{**{f: getattr(asked, f) for f in asked.__struct_fields__}, "rules": stern}), Limit(work=8)
    )
    assert result.roster is not None
    assert result.hard_violations > 0
