"""Why a seat is open, and who could take it."""

from __future__ import annotations

import datetime as dt

import pytest

from solver.explain import candidates, open_seats
from solver.formulate import period_of
from solver.problem import Group, Problem, Seat
from solver.result import OpenSeat, Placed
from solver.roster import from_assignments
from tests.solver.build import THURSDAY, lead, placed, problem, responder, slot


def open_in(given: Problem, roster: list[Placed]) -> tuple[OpenSeat, ...]:
    """The open seats of a roster."""
    return open_seats(given, from_assignments(period_of(given), roster))


def test_nobody_free_is_explained_by_counting_what_keeps_people_off() -> None:
    crew = [lead("Lea", grades="c."), lead("Lou", grades="c."), lead("Liv", grades="l."), lead("Lux")]
    given = problem(crew, [slot(), slot(THURSDAY, "night")])
    (first, *_) = [s for s in open_in(given, placed(("lux", 3))) if s.role == "lead" and s.shift == "day"]
    assert first.reason == "Nobody free: 2 are unavailable, 1 is on leave, 1 needs more rest."


def test_nobody_with_the_role_is_said_plainly() -> None:
    given = problem([responder("Ana")])
    (seat,) = [s for s in open_in(given, placed(("ana", 1))) if s.role == "lead"]
    assert seat.reason == "Nobody has the role and serves the area."


def test_a_seat_that_waits_for_its_partner_says_that_nobody_is_sent_out_alone() -> None:
    given = problem([lead("Lea")])
    (seat,) = [s for s in open_in(given, []) if s.role == "lead"]
    assert seat.reason == "1 could take it, but nobody is sent out alone: the responder seat of this team is open too."


def test_somebody_who_costs_more_than_they_give_is_named_with_the_price() -> None:
    given = problem([lead("Lea", target=0, grades="r")], seats=(Seat(0, "duty_lead", ("lead",), points=10.0),))
    (seat,) = open_in(given, [])
    assert seat.reason.startswith("1 could take it, but would cost more than it gains (+29 points, Lea:")


def test_a_missing_team_is_worth_the_calls_it_would_answer_shared_by_its_seats() -> None:
    given = problem([lead("Lea"), responder("Ana")])
    two = open_in(given, [])
    (one,) = open_in(given, placed(("lea", 0)))
    assert len(two) == 2
    assert sum(seat.expected_missed_calls for seat in two) == one.expected_missed_calls
    assert 0 < one.expected_missed_calls < 0.2
    assert one.points == pytest.approx(1000 * one.expected_missed_calls)


def test_optional_seats_are_never_reported_as_open() -> None:
    assert {seat.role for seat in open_in(problem([]), [])} == {"lead", "responder"}


def test_the_seat_that_misses_most_calls_comes_first() -> None:
    given = problem([], [slot(), slot(THURSDAY + dt.timedelta(days=1))])
    busy = Problem(**{**{f: getattr(given, f) for f in given.__struct_fields__}, "shifts": (
        given.shifts[0], type(given.shifts[1])(1, "West", calls=0.9, teams=1))})  # fmt: skip
    assert open_in(busy, [])[0].date == THURSDAY + dt.timedelta(days=1)


def test_candidates_are_ranked_legal_first_and_cheapest_first() -> None:
    crew = [lead("Lea", grades="r"), lead("Lou"), lead("Liv", grades="c"), responder("Ana")]
    ranked = candidates(problem(crew), placed(("ana", 1)), 0, "lead")
    assert [c.name for c in ranked] == ["Lou", "Lea", "Liv"]
    assert ranked[2].blocked == "Liv cannot come (West, Thu 7 January day)."
    assert ranked[1].points_by_rule["wishes_rather_not"] == 15
    assert ranked[0].points == sum(ranked[0].points_by_rule.values())
    assert ranked[0].points < 0


def test_a_block_names_the_duty_in_the_way() -> None:
    given = problem([lead("Lea")], [slot(), slot(THURSDAY, "night")], groups=(Group("volunteers"),))
    (only,) = candidates(given, placed(("lea", 3)), 0, "lead")
    assert only.rule == "rest"
    assert "0 h rest" in only.blocked
