"""What the roster promises: full teams only, fit on the day, and calls that end served, late or missed."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crt_scheduler import planning, roster
from crt_scheduler.demand.full_teams import ends, planned, seated
from solver.coverage import busy_share
from solver.problem import CITY, Area, Assignment, Coverage, Credential, Problem, Shift
from tests.crt_scheduler import team_build as build
from tests.solver.build import lead, pair_seats, problem, responder, slot

DAY = roster.shift_name("2027-01-09/day/Valley")


def pairs(*names: tuple[str, int], teams: int = 1, **facts: object) -> Problem:
    """A Problem with one shift in West and these people on its seats (0 lead, 1 responder)."""
    people = [lead("Lea"), lead("Lou"), responder("Ana"), responder("Ben")]
    current = tuple(Assignment(name, seat) for name, seat in names)
    return problem(people, [slot()], current=current, seats=tuple(pair_seats(0, teams=teams)), **facts)


def test_a_team_is_whole_or_nothing() -> None:
    assert seated(pairs(("lea", 0))) == [0]
    assert seated(pairs(("lea", 0), ("ana", 1))) == [1]
    assert seated(pairs(("lea", 0), ("ana", 1), ("ben", 1))) == [1]


def test_a_second_team_counts_even_where_one_was_planned() -> None:
    both = (("lea", 0), ("lou", 0), ("ana", 1), ("ben", 1))
    assert seated(pairs(*both)) == [2]


def test_who_lacks_the_role_makes_no_team() -> None:
    assert seated(pairs(("ben", 0), ("ana", 1))) == [0]


@pytest.mark.parametrize(("until", "teams"), [(6, 0), (7, 1)])
def test_a_credential_counts_through_its_last_day_and_not_after(until: int, teams: int) -> None:
    licence = (Credential("Academy", dt.date(2027, 1, until)),)
    people = [lead("Lea", credentials=licence), responder("Ana")]
    current = (Assignment("lea", 0), Assignment("ana", 1))
    assert seated(problem(people, [slot()], current=current)) == [teams]


@pytest.mark.parametrize("letter", ["l", "s"])
def test_who_is_on_leave_or_standing_down_makes_no_team(letter: str) -> None:
    people = [lead("Lea", grades=letter), responder("Ana")]
    current = (Assignment("lea", 0), Assignment("ana", 1))
    assert seated(problem(people, [slot()], current=current)) == [0]


def city(rates: list[float], teams: list[int], *, chance: float = 0.8) -> Problem:
    """One slot with areas in a row, each the neighbour of the next, and a city-wide duty."""
    names = [f"A{n}" for n in range(len(rates))]
    areas = tuple(
        Area(name, tuple(names[m] for m in (n - 1, n + 1) if 0 <= m < len(names))) for n, name in enumerate(names)
    )
    shifts = tuple(Shift(0, name, calls=rate, teams=n) for name, rate, n in zip(names, rates, teams, strict=True))
    seats = tuple(seat for n in range(len(rates)) for seat in pair_seats(n, teams=max(1, teams[n])))
    return problem(
        [], [slot()], areas=areas, shifts=(*shifts, Shift(0, CITY)), seats=seats,
        coverage=Coverage(answer_chance=chance),
    )  # fmt: skip


cells = st.lists(st.tuples(st.floats(0.0, 2.0), st.integers(0, 2)), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cells, st.floats(0.1, 1.0))
def test_the_ends_are_the_sum_over_every_way_the_shift_can_go(drawn: list[tuple[float, int]], chance: float) -> None:
    rates, teams = [rate for rate, _ in drawn], [n for _, n in drawn]
    found = ends(city(rates, teams, chance=chance), [*teams, 0])
    up_chance = [chance * (1 - busy_share(rate * 126 / 720, n)) for rate, n in drawn]
    owner = [area for area, n in enumerate(teams) for _ in range(n)]
    want = [[0.0, 0.0, 0.0] for _ in drawn]
    for answers in itertools.product((False, True), repeat=len(owner)):
        weight = math.prod(up_chance[a] if yes else 1 - up_chance[a] for a, yes in zip(owner, answers, strict=True))
        up = {area for area, yes in zip(owner, answers, strict=True) if yes}
        for area, ways in enumerate(want):
            ways[0 if area in up else 1 if up & {area - 1, area + 1} else 2] += weight
    for cell, (served, late, missed) in zip(found.cells, want, strict=True):
        assert (cell.p_served, cell.p_late, cell.p_missed) == pytest.approx((served, late, missed), abs=1e-9)
    assert found.served + found.late + found.missed == pytest.approx(sum(rates), abs=1e-9)
    assert found.city[0].teams == sum(teams)


def test_more_calls_or_longer_responses_never_help() -> None:
    given_, teams = city([0.3, 0.6], [1, 1]), [1, 1, 0]
    one = ends(given_, teams).p_team
    assert ends(given_, teams, scale=3.0).p_team < one
    assert ends(given_, teams, service_minutes=300.0).p_team < one


def test_a_city_without_calls_promises_every_one_of_them() -> None:
    found = ends(city([0.0], [1]), [1, 0])
    assert found.p_team == 1.0 and 0 < found.city[0].p_team < 1


def test_a_month_stands_on_its_plan_until_somebody_is_on_call(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.read() as session:
        empty = planning.standing(session, "2027-01", now=store.now)
    assert not empty.is_rostered
    assert list(empty.teams) == planned(empty.problem)
    with store.change("A pair") as session:
        build.pair(session)
        roster.assign(session, DAY, "Ana")
    with store.change("Ben too") as session:
        roster.assign(session, DAY, "Ben")
    with store.read() as session:
        found = planning.standing(session, "2027-01", now=store.now)
        shown = {(c.date.day, c.shift, c.area): c for c in planning.cells_of(found)}
    store.close()
    assert found.is_rostered and sum(found.teams) == 1
    assert shown[9, "day", "Valley"].teams == 1
    assert 0.7 < shown[9, "day", "Valley"].p_team < 0.8
    assert shown[9, "day", "West"].p_served == 0 < shown[9, "day", "West"].p_late
    assert shown[9, "day", "South"].p_team == 0  # Valley is no neighbour of South
    assert shown[9, "night", "Valley"].p_missed == 1
