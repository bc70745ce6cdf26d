"""What is asked of a roster, solved again: the prices are the check's, and no roster of a tiny month does better."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import msgspec
import pytest
from msgspec.structs import replace

from solver import repairs
from solver.again import Again
from solver.answered import answer
from solver.check import Ledger, check
from solver.formulate import grid_of, period_of
from solver.problem import Assignment, Problem
from solver.questions import (
    ACTING,
    BORROW,
    FILL,
    LEAVE,
    OVER_CEILING,
    TO_ANSWER,
    TO_QUESTION,
    Out,
    Repairs,
    Replan,
    Value,
    Way,
)
from solver.replan import replan, without
from solver.roster import Roster
from solver.value import what_helps
from tests.solver import build, tiny

DAY, NIGHT = build.slot(build.THURSDAY), build.slot(build.THURSDAY, "night")


def best_with(problem: Problem, seat: int) -> tuple[int, float] | None:
    """The fewest broken hard rules and points over every roster in which a seat is full, by enumeration."""
    period = period_of(problem)
    columns = grid_of(period)
    choices = list(zip(columns.person.tolist(), columns.seat.tolist(), strict=True))
    fixed = set(period.locked)
    open_ = [pair for pair in choices if pair not in fixed]
    found = []
    for size in range(len(open_) + 1):
        for some in combinations(open_, size):
            roster = Roster(period, fixed | set(some))
            if len(roster.on_seat[seat]) >= period.seat(seat).count:
                points, hard = Ledger(roster).totals()
                found.append((hard, round(points, 6)))
    return min(found, default=None)


@pytest.mark.parametrize("seed", range(12))
def test_a_seat_is_filled_at_the_least_that_any_roster_of_a_tiny_month_costs(seed: int) -> None:
    problem = tiny.pair_or_two(seed)
    again = Again(problem, ())
    seat = next(n for n, each in enumerate(problem.seats) if not each.optional)
    solved = again.solve(again.near(range(len(problem.slots)), 9), fill={seat: problem.seats[seat].count}, keep=0.0)
    best = best_with(problem, seat)
    if solved is None:
        assert best is None
        return
    assert best is not None
    before, broken = Ledger(again.roster).totals()
    hard, points = best
    assert solved.is_proven and solved.is_legal == (hard <= broken)
    if not hard:
        assert before + solved.points == pytest.approx(points, abs=1e-3)


def of_kind(ways: tuple[Way, ...]) -> dict[str, Way]:
    return {way.kind: way for way in ways}


def test_each_way_out_says_what_it_takes_and_costs_what_the_check_says() -> None:
    team = [build.lead("Lou"), build.responder("Ana"), build.responder("Ben")]
    problem = replace(build.problem(people=team, slots=[DAY]), current=(Assignment("ana", 1),))
    ways = repairs.ways(problem, problem.current, 0)
    found = of_kind(ways)
    assert [way.points for way in ways] == sorted(way.points for way in ways)
    assert found[FILL].sentence == "Within the rules: Lou takes lead, West, Thu 7 Jan day."
    filled = [*problem.current, Assignment("lou", 0)]
    price = sum(v.points for v in check(problem, filled)) - sum(v.points for v in check(problem, problem.current))
    assert found[FILL].points == pytest.approx(price) and found[FILL].verified
    assert found[LEAVE].points == 0.0 and found[LEAVE].changes == ()


def test_a_rule_is_opened_only_where_the_rules_do_not_do_and_the_sentence_says_which() -> None:
    ben = build.responder("Ben", experienced=True)
    green = build.responder("Gil")
    problem = replace(build.problem(people=[ben, green], slots=[DAY]), current=(Assignment("gil", 1),))
    found = of_kind(repairs.ways(problem, problem.current, 0))
    assert FILL not in found
    assert found[ACTING].sentence.startswith("An experienced responder as acting lead: Ben takes lead")
    tired = build.lead("Lou", ceiling=0, target=0)
    problem = replace(build.problem(people=[tired, green], slots=[DAY]), current=(Assignment("gil", 1),))
    assert not {FILL, OVER_CEILING, ACTING} & set(of_kind(repairs.ways(problem, problem.current, 0)))
    full = build.lead("Lou", ceiling=6 * 60, target=6 * 60)
    problem = replace(build.problem(people=[full, green], slots=[DAY]), current=(Assignment("gil", 1),))
    assert of_kind(repairs.ways(problem, problem.current, 0))[OVER_CEILING].verified
    far = build.lead("Val", home="Valley", serves=("Valley",))
    problem = replace(build.problem(people=[far, green], slots=[DAY]), current=(Assignment("gil", 1),))
    assert "Val takes lead, West" in of_kind(repairs.ways(problem, problem.current, 0))[BORROW].sentence


def test_no_way_out_is_offered_for_a_seat_that_is_taken_or_has_begun() -> None:
    problem = replace(build.problem(people=[build.lead("Lou")], slots=[DAY]), current=(Assignment("lou", 0),))
    assert repairs.ways(problem, problem.current, 0) == ()
    begun = replace(problem, slots=(replace(DAY, begun=True),), current=())
    assert repairs.ways(begun, (), 0) == ()


def test_a_plan_without_somebody_mends_what_they_leave_and_says_whom_to_phone() -> None:
    team = [build.lead("Lou"), build.lead("Lea"), build.responder("Ana"), build.responder("Ben")]
    current = (Assignment("lou", 0, state="told"), Assignment("ana", 1, state="told"))
    problem = replace(build.problem(people=team, slots=[DAY, NIGHT]), current=current)
    plan = replan(problem, current, [Out("lou")])
    assert plan is not None and plan.is_legal
    people = [who.id for who in problem.people]
    changes = {(people[change.person], change.seat, change.added) for change in plan.changes}
    assert ("lou", 0, False) in changes and ("lea", 0, True) in changes
    assert "lea" in plan.people_to_phone and "lou" not in plan.people_to_phone
    assert ("ana", 1, False) not in changes, "who was told stays where that costs nothing"


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_places_change_than_was_asked_for(most: int) -> None:
    team = [build.lead(name) for name in ("Lou", "Lea", "Lin")] + [build.responder("Ana")]
    current = (Assignment("lou", 0), Assignment("ana", 1), Assignment("lea", 3))
    problem = replace(build.problem(people=team, slots=[DAY, NIGHT]), current=current)
    plan = replan(problem, current, [Out("lou", build.THURSDAY, build.THURSDAY)], most=most)
    assert plan is not None
    assert sum(problem.people[change.person].id != "lou" for change in plan.changes) <= most


def test_who_is_out_on_other_days_or_locked_keeps_the_place() -> None:
    current = (Assignment("lou", 0, locked=True),)
    problem = replace(build.problem(people=[build.lead("Lou"), build.lead("Lea")], slots=[DAY]), current=current)
    for out in (Out("lou", first=build.THURSDAY + dt.timedelta(days=1)), Out("lou")):
        plan = replan(problem, current, [out])
        assert plan is not None and plan.changes == ()
    assert without(problem, [Out("lou")]).people[0].grades == "l"
    with pytest.raises(KeyError):
        without(problem, [Out("zed")])


def test_questions_and_answers_travel_as_a_line_each() -> None:
    problem = replace(build.problem(people=[build.lead("Lou")], slots=[DAY]), current=())
    for question in (Repairs(0), Value("West"), Replan((Out("lou", build.THURSDAY),), 3)):
        assert TO_QUESTION.decode(msgspec.json.encode(question)) == question
        said = answer(problem, question)
        assert TO_ANSWER.decode(msgspec.json.encode(said)) == said


def test_what_would_help_most_is_one_more_of_whom_the_month_lacks() -> None:
    problem = build.problem(people=[build.responder("Ana"), build.responder("Ben")], slots=[DAY, NIGHT])
    found = what_helps(problem, (), "West")
    assert found[0].kind in ("lead", "night_lead") and found[0].area == "West" and found[0].verified
    assert found[0].calls > max(each.calls for each in found if each.kind == "responder")
    lead = next(each for each in found if each.kind == "lead")
    crew = replace(problem, people=(*problem.people, build.lead("Lou", serves=("West",), nights=9.0, calls=99.0)))
    (_, without), (_, with_lou) = tiny.cheapest(problem), tiny.cheapest(crew)
    assert lead.calls * 1000 == pytest.approx(without - with_lou, rel=0.01)


def test_nobody_more_is_wanted_where_every_seat_is_taken() -> None:
    problem = build.problem(people=[build.lead("Lou"), build.responder("Ana")], slots=[DAY])
    assert what_helps(problem, (Assignment("lou", 0), Assignment("ana", 1)), "West") == ()
