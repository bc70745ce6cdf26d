"""What teams are worth, against plain enumeration of who is free and answers."""

from __future__ import annotations

import itertools
import math
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.coverage import Pool, SlotCalls, busy_share, erlang_loss, slot_calls, stepped, steps, true_cost, unmet
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


def slopes(pool: Pool) -> list[float]:
    """The calls that a pool saves per unit of pull, stretch by stretch."""
    return [(a - b) / (y - x) for (x, a), (y, b) in pairwise(zip(pool.marks, pool.missed, strict=True))]


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
    for row in (*fitted.home, *(slopes(pool) for pool in fitted.pools)):
        assert list(row) == sorted(row, reverse=True)
    full = true_cost(city, PRICES, (2, 2, 2))
    assert sum(pool.missed[0] for pool in fitted.pools) == pytest.approx(1.1 - full.missed)
    assert unmet(fitted, (2, 2, 2)) == 0 and stepped(fitted, PRICES, (2, 2, 2)) == 0
    assert stepped(fitted, PRICES, (0, 0, 0)) == pytest.approx(1000 * 1.1 - full.points)


def test_the_first_team_near_an_area_is_worth_far_more_than_the_last() -> None:
    fitted = steps(calls((0.25,) * 2, most=2))
    assert [pool.areas for pool in fitted.pools] == [(0, 1)]
    empty, one, three, full = (unmet(fitted, teams) for teams in ((0, 0), (0, 1), (2, 1), (2, 2)))
    assert empty - one > 5 * (three - full)


def test_a_team_on_the_far_side_of_the_city_saves_nobody() -> None:
    city = calls((0.3, 0.0, 0.0, 0.3), most=1)
    fitted = steps(city)
    near = stepped(fitted, PRICES, (0, 1, 0, 0)) - stepped(fitted, PRICES, (0, 1, 1, 0))
    again = stepped(fitted, PRICES, (1, 1, 0, 0)) - stepped(fitted, PRICES, (1, 1, 0, 1))
    assert near > 0.3 * 0.7 * 600 and again > 0.3 * 0.7 * 1000


def drawn(data: st.DataObject, rates: list[float]) -> tuple[SlotCalls, tuple[int, ...]]:
    """Areas in a row that answer as surely as drawn, and full teams on each."""
    answers = tuple(data.draw(st.floats(0.0, 1.0)) for _ in rates)
    most = data.draw(st.integers(1, 3))
    given_ = msgspec.structs.replace(calls(tuple(rates), most), answers=answers)
    return given_, data.draw(st.tuples(*[st.integers(0, most)] * len(rates)))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.floats(0.0, 3.0), min_size=1, max_size=5), st.data())
def test_the_steps_charge_what_the_true_cost_does_beyond_a_full_plan(rates: list[float], data: st.DataObject) -> None:
    given_, teams = drawn(data, rates)
    true = true_cost(given_, PRICES, teams).points - true_cost(given_, PRICES, given_.most).points
    assert stepped(steps(given_), PRICES, teams) == pytest.approx(true, abs=1e-4 * 1000 * sum(rates) + 1e-4)


def test_a_city_of_many_areas_has_steps_as_true_as_a_small_one() -> None:
    everyone = msgspec.structs.replace(
        calls((0.3,) * 12), neighbours=tuple(tuple(n for n in range(12) if n != own) for own in range(12))
    )
    (pool,) = steps(everyone).pools
    assert len(pool.marks) < 200
    teams = (2, 0, 1, 0, 0, 2, 0, 0, 0, 0, 1, 0)
    true = true_cost(everyone, PRICES, teams).points - true_cost(everyone, PRICES, (2,) * 12).points
    assert stepped(steps(everyone), PRICES, teams) == pytest.approx(true, rel=5e-4)


def test_the_duty_that_covers_the_city_is_no_area_of_its_own() -> None:
    shifts = (Shift(0, "West", calls=0.2, teams=1), Shift(0, "City"), Shift(0, "Valley", calls=0.1, teams=1))
    asked = problem([responder("Ana")], [slot()], shifts=shifts, areas=(Area("West", ("Valley",)), Area("Valley")))
    found = slot_calls(asked, 0, (0, 1, 2))
    assert found.shifts == (0, 2)
    assert found.neighbours == ((1,), ())
