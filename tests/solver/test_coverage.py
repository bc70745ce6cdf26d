"""What teams are worth, against plain enumeration of who is free and answers."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.coverage import SlotCalls, busy_share, erlang_loss, falling, slot_calls, stepped, steps, true_cost, unmet
from solver.problem import Area, Coverage, Shift
from tests.solver.build import problem, responder, slot

PRICES = Coverage(answer_chance=0.8)


def calls(rates: tuple[float, ...], most: int = 2) -> SlotCalls:
    """Areas in a row: each is the neighbour of the next."""
    near = tuple(tuple(n for n in (i - 1, i + 1) if 0 <= n < len(rates)) for i in range(len(rates)))
    loads = tuple(rate * 126 / 720 for rate in rates)
    return SlotCalls(
        tuple(range(len(rates))), rates, loads, (most,) * len(rates), near, (PRICES.answer_chance,) * len(rates)
    )


def enumerated(given: SlotCalls, teams: tuple[int, ...]) -> tuple[float, float]:
    """(late, missed) by listing every way in which each team answers or does not."""
    chances = [PRICES.answer_chance * (1 - busy_share(load, n)) for load, n in zip(given.loads, teams, strict=True)]
    owner = [area for area, n in enumerate(teams) for _ in range(n)]
    late = missed = 0.0
    for answers in itertools.product((False, True), repeat=len(owner)):
        weight = math.prod(
            chances[area] if yes else 1 - chances[area] for area, yes in zip(owner, answers, strict=True)
        )
        up = {area for area, yes in zip(owner, answers, strict=True) if yes}
        for area, rate in enumerate(given.rates):
            if area not in up:
                near = up.intersection(given.neighbours[area])
                late, missed = late + weight * rate * bool(near), missed + weight * rate * (not near)
    return late, missed


@pytest.mark.parametrize("teams", list(itertools.product((0, 1, 2), repeat=3)))
def test_the_true_cost_is_the_sum_over_every_way_the_night_can_go(teams: tuple[int, ...]) -> None:
    city = calls((0.3, 0.1, 0.7))
    late, missed = enumerated(city, teams)
    cost = true_cost(city, PRICES, teams)
    assert cost.late == pytest.approx(late, abs=1e-9)
    assert cost.missed == pytest.approx(missed, abs=1e-9)
    assert cost.points == pytest.approx(400 * late + 1000 * missed, abs=1e-6)


@pytest.mark.parametrize(("load", "teams"), [(0.05, 1), (0.4, 2), (1.3, 3), (0.0, 2)])
def test_the_loss_formula_is_erlangs(load: float, teams: int) -> None:
    parts = [load**n / math.factorial(n) for n in range(teams + 1)]
    assert erlang_loss(load, teams) == pytest.approx(parts[-1] / sum(parts), abs=1e-12)


def test_busy_teams_share_the_calls_that_are_carried() -> None:
    assert busy_share(0.4, 2) == pytest.approx(0.4 * (1 - erlang_loss(0.4, 2)) / 2)
    assert busy_share(0.4, 0) == 0


def test_an_empty_city_misses_every_call_and_waits_for_none() -> None:
    cost = true_cost(calls((0.3, 0.1, 0.7)), PRICES, (0, 0, 0))
    assert (cost.late, cost.missed) == (0, pytest.approx(1.1))


def test_steps_fall_and_add_up_to_what_a_full_city_saves() -> None:
    city = calls((0.3, 0.1, 0.7))
    fitted = steps(city)
    for row in (*fitted.home, *(pool.steps for pool in fitted.pools)):
        assert list(row) == sorted(row, reverse=True)
    full = true_cost(city, PRICES, (2, 2, 2))
    assert sum(sum(pool.steps) for pool in fitted.pools) == pytest.approx(1.1 - full.missed)
    assert unmet(fitted, (2, 2, 2)) == 0 and stepped(fitted, PRICES, (2, 2, 2)) == 0
    assert stepped(fitted, PRICES, (0, 0, 0)) == pytest.approx(1000 * 1.1 - full.points)


def test_the_first_team_near_an_area_is_worth_far_more_than_the_last() -> None:
    (pool,) = steps(calls((0.25,) * 2, most=2)).pools
    assert pool.areas == (0, 1)
    assert pool.steps[0] > 5 * pool.steps[-1]


def test_a_team_on_the_far_side_of_the_city_saves_nobody() -> None:
    city = calls((0.3, 0.0, 0.0, 0.3), most=1)
    fitted = steps(city)
    near = stepped(fitted, PRICES, (0, 1, 0, 0)) - stepped(fitted, PRICES, (0, 1, 1, 0))
    again = stepped(fitted, PRICES, (1, 1, 0, 0)) - stepped(fitted, PRICES, (1, 1, 0, 1))
    assert near > 0.3 * 0.7 * 600 and again > 0.3 * 0.7 * 1000


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.floats(0.05, 0.4), min_size=2, max_size=4), st.data())
def test_the_steps_rank_two_shifts_as_the_true_cost_does(rates: list[float], data: st.DataObject) -> None:
    given_ = calls(tuple(rates))
    fitted = steps(given_)
    one, other = (data.draw(st.tuples(*[st.integers(0, 2)] * len(rates))) for _ in range(2))
    true = [true_cost(given_, PRICES, teams).points for teams in (one, other)]
    read = [stepped(fitted, PRICES, teams) for teams in (one, other)]
    if (true[0] - true[1]) * (read[0] - read[1]) < 0:
        assert abs(true[0] - true[1]) <= 0.02 * min(true) + 0.5


def test_rising_steps_are_averaged_without_changing_their_sum() -> None:
    assert falling([1.0, 3.0, 0.5]) == (2.0, 2.0, 0.5)
    assert falling([]) == ()


def test_the_duty_that_covers_the_city_is_no_area_of_its_own() -> None:
    shifts = (Shift(0, "West", calls=0.2, teams=1), Shift(0, "City"), Shift(0, "Valley", calls=0.1, teams=1))
    asked = problem([responder("Ana")], [slot()], shifts=shifts, areas=(Area("West", ("Valley",)), Area("Valley")))
    found = slot_calls(asked, 0, (0, 1, 2))
    assert found.shifts == (0, 2)
    assert found.neighbours == ((1,), ())
