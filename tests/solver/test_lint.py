"""What is said of a month before it is solved: seats nobody can take, hours that do not reach, limits without a use."""

from __future__ import annotations

from msgspec.structs import replace

from solver.formulate import period_of
from solver.lint import lint
from solver.problem import Assignment, Group, Language, Problem
from solver.roster import from_assignments
from solver.why_open import NOBODY, PRICE, why_open
from tests.solver import build


def kinds(problem: Problem) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in lint(problem):
        found[each.kind] = found.get(each.kind, 0.0) + each.amount
    return found


def test_a_seat_that_nobody_may_take_is_named_with_its_shift() -> None:
    problem = build.problem(people=[build.responder("Ana"), build.responder("Ben")], slots=[build.slot()])
    (found,) = (each for each in lint(problem) if each.kind == "nobody_eligible")
    assert found.amount == 1 and found.sentence.startswith("Nobody can take the lead seat of West, day, on 2027-01-")


def test_places_that_hours_do_not_reach_are_counted_exactly() -> None:
    slots = [build.slot(build.THURSDAY), build.slot(build.THURSDAY, "night")]
    team = [build.lead("Lou", ceiling=12 * 60), build.responder("Ana", ceiling=48 * 60)]
    problem = build.problem(people=team, slots=slots)
    found = [each for each in lint(problem) if each.kind == "out_of_reach"]
    assert [each.amount for each in found] == [1.0]
    assert found[0].sentence == "1 of 2 lead seats can never be filled: 1 person, 12 h each at most."


def test_a_month_with_people_enough_is_not_remarked_upon() -> None:
    team = [build.lead("Lou"), build.responder("Ana"), build.lead("Lea"), build.responder("Ben")]
    assert not {"nobody_eligible", "out_of_reach", "contradiction"} & set(
        kinds(build.problem(people=team, slots=[build.slot()]))
    )


def test_a_language_that_nobody_speaks_where_it_is_wanted_is_said() -> None:
    team = [build.lead("Lou"), build.responder("Ana", languages=("Korean",), serves=("Valley",))]
    problem = replace(
        build.problem(people=team, slots=[build.slot()]),
        languages=(Language("Korean", each_area=True), Language("Armenian")),
    )
    said = [each.sentence for each in lint(problem) if each.kind == "language"]
    assert "Nobody speaks Armenian." in said and "Nobody who serves West speaks Korean." in said


def test_locks_that_break_a_hard_rule_by_themselves_are_a_contradiction() -> None:
    slots = [build.slot(build.THURSDAY), build.slot(build.THURSDAY, "night")]
    problem = build.problem(people=[build.lead("Lou"), build.responder("Ana")], slots=slots)
    seats = [n for n, seat in enumerate(problem.seats) if seat.role == "responder"]
    locks = tuple(Assignment("ana", seat, locked=True) for seat in seats)
    found = [each for each in lint(replace(problem, current=locks)) if each.kind == "contradiction"]
    assert len(found) == 1 and "Ana" in found[0].sentence
    assert "contradiction" not in kinds(replace(problem, current=locks[:1]))


def test_a_limit_that_no_plan_can_reach_is_said_to_do_nothing() -> None:
    team = [build.lead("Lou"), build.responder("Ana")]
    problem = build.problem(people=team, slots=[build.slot(build.THURSDAY, "night")])
    loose = replace(problem, groups=tuple(replace(group, nights_in_a_row=3) for group in problem.groups))
    assert any("Nights in a row" in each.sentence for each in lint(loose))
    tight = replace(problem, groups=tuple(Group(group.name, nights_in_a_row=0) for group in problem.groups))
    assert not any("Nights in a row" in each.sentence for each in lint(tight))


def test_each_open_place_is_put_down_to_one_thing_and_the_parts_add_up() -> None:
    team = [build.lead("Lou", grades="c."), build.responder("Ana")]
    slots = [build.slot(build.THURSDAY), build.slot(build.THURSDAY, "night")]
    problem = build.problem(people=team, slots=slots)
    found = why_open(from_assignments(period_of(problem), ()))
    assert found.places == sum(part.places for part in found.parts) == found.seats == 4
    assert {part.bound: part.places for part in found.parts} == {PRICE: 3, "availability": 1}
    assert found.sentence().startswith("4 of 4 places are open: 3 places would cost more than they gain, of 1, whoever")


def test_a_place_without_anybody_of_its_role_is_put_down_to_that() -> None:
    problem = build.problem(people=[build.responder("Ana")], slots=[build.slot()])
    found = why_open(from_assignments(period_of(problem), ()))
    assert {part.bound: part.places for part in found.parts} == {NOBODY: 1, PRICE: 1}
    full = from_assignments(period_of(problem), [Assignment("ana", n) for n in range(len(problem.seats))])
    assert why_open(full).sentence() == "Every seat is taken."
