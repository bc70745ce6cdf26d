"""Targets: the fewest teams that keep a promise, what they cost, and plans that follow them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crt_scheduler import planning
from crt_scheduler.demand import targets
from crt_scheduler.demand.full_teams import ends
from crt_scheduler.demand.targets import MOST_TEAMS, Targets, aim, teams_for
from crt_scheduler.errors import CrtError
from crt_scheduler.store import Store
from crt_scheduler.truth.afford import Budget, budget
from solver.problem import CITY, Area, Coverage, Problem, Shift
from tests.crt_scheduler import team_build as build
from tests.solver.build import problem, slot


def city(rates: list[float], chance: float) -> Problem:
    """One slot whose areas lie in a row, one team each, and a city-wide duty."""
    names = [f"A{n}" for n in range(len(rates))]
    areas = tuple(
        Area(name, tuple(names[m] for m in (n - 1, n + 1) if 0 <= m < len(names))) for n, name in enumerate(names)
    )
    shifts = (*(Shift(0, name, calls=rate, teams=1) for name, rate in zip(names, rates, strict=True)), Shift(0, CITY))
    return problem([], [slot()], areas=areas, shifts=shifts, seats=(), coverage=Coverage(answer_chance=chance))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4),
    st.floats(0.5, 1.0),
    st.sampled_from([0.9, 0.95, 0.99]),
    st.booleans(),
)
def test_every_area_keeps_its_target_and_no_area_could_do_with_a_team_less(
    rates: list[float], chance: float, share: float, borrowing: bool
) -> None:
    asked = city(rates, chance)
    found = teams_for(asked, Targets(share, {}), borrowing=borrowing)
    cells = ends(asked, found).cells
    kept = [(cell.p_team if borrowing else cell.p_served) >= aim(share) - 1e-9 for cell in cells]
    assert all(kept) or max(found) == MOST_TEAMS
    assert all(n >= 1 for n in found[:-1]) and found[-1] == 0
    if len(rates) == 1 and 1 < found[0] < MOST_TEAMS:
        assert ends(asked, [found[0] - 1, 0]).cells[0].p_team < aim(share)


def test_plans_aim_three_points_above_the_target_and_never_at_certainty() -> None:
    assert aim(0.9) == pytest.approx(0.93) and aim(0.95) == pytest.approx(0.98)
    assert aim(0.99) == pytest.approx(0.995)


def test_an_area_may_have_a_target_of_its_own() -> None:
    asked = city([0.3, 0.3], 0.6)
    low = teams_for(asked, Targets(0.5, {}))
    assert low == [1, 1, 0]
    assert sum(teams_for(asked, Targets(0.5, {"A1": 0.95}))) > sum(low)


def choose(store: Store, percent: float, area: str = "") -> None:
    """Set a target as one act."""
    with store.change("Aim") as session:
        targets.set_target(session, percent, area)


def told(store: Store) -> Budget:
    """The budget of January 2027."""
    with store.read() as session:
        return budget(session, "2027-01", now=store.now)


def test_plans_seat_the_teams_of_the_target_and_undo_takes_it_back(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("People") as session:
        build.pair(session)

    def teams() -> int:
        with store.read() as session:
            found = planning.problem(session, "2027-01", now=store.now)
        assert all(seat.count >= found.shifts[seat.shift].teams for seat in found.seats if seat.team)
        return sum(shift.teams for shift in found.shifts)

    before = teams()
    choose(store, 99)
    assert teams() > before == 4 * 62
    store.undo()
    assert teams() == before
    store.close()


def test_what_cannot_be_afforded_is_said_with_the_nearest_that_can(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Few people") as session:
        for n in range(240):
            build.responder(session, f"P{n:03d}", role="lead" if n % 2 else "responder")
    choose(store, 99)
    found = told(store)
    assert found.hours_promised == 240 * 36 and found.hours_kept == pytest.approx(0.8 * 240 * 36)
    assert found.chosen is not None and not found.chosen.is_affordable
    assert found.nearest is not None and found.nearest < 0.99
    assert f"not affordable. The nearest that is: {found.nearest:.0%}" in found.sentence
    assert [need.share for need in found.choices] == [0.9, 0.95, 0.99]
    hours = [need.hours for need in found.choices]
    assert hours == sorted(hours) and all(need.alone_hours >= need.hours for need in found.choices)
    assert hours[0] == pytest.approx((4 * 2 + 1) * 31 * 24)  # a pair in each area and one duty lead, day and night
    choose(store, 90)
    assert "then find a team" in told(store).sentence
    with store.change("Clear") as session:
        targets.clear(session)
    assert told(store).chosen is None and "No target is chosen" in told(store).sentence
    store.close()


def test_a_team_of_nobody_can_afford_nothing(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    choose(store, 95)
    found = told(store)
    store.close()
    assert found.nearest is None and "nor is one team in every shift" in found.sentence


@pytest.mark.parametrize(
    ("percent", "area", "words"), [(100, "", "Choose from 50"), (95, "Moon", "There are: Central")]
)
def test_what_is_no_target_is_refused_with_what_is(tmp_path: Path, percent: float, area: str, words: str) -> None:
    store = build.team(tmp_path)
    with pytest.raises(CrtError, match=words):
        choose(store, percent, area)
    store.close()


def test_a_target_set_again_is_changed_not_doubled(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    for percent in (90, 95):
        choose(store, percent)
    choose(store, 99, "west")
    with store.read() as session:
        assert targets.chosen(session) == Targets(0.95, {"West": 0.99})
    store.close()
