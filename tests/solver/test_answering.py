"""How surely teams answer: the hours of the shift and who is on it count, and teams nobody knows are as the team."""

from __future__ import annotations

import msgspec
import pytest

from solver.answering import team_answer
from solver.check import check, outcome
from solver.engine import Limit, solve
from solver.formulate import period_of
from solver.problem import Problem, Seat, Shift
from solver.roster import from_assignments
from solver.validate import validate
from tests.solver.build import lead, placed, problem, responder, slot

PAIR = (("lea", 0), ("ana", 1))
HALVES = (0.5, 0.5)


def asked(lea: tuple[float, ...] = (), ana: tuple[float, ...] = (), *, answers: float = 0.0) -> Problem:
    """A pair on one shift of half a night and half a morning."""
    people = [lead("Lea", answers=lea), responder("Ana", answers=ana), lead("Lou", answers=(0.5, 0.5))]
    return problem(
        people,
        [msgspec.structs.replace(slot(), bands=HALVES)],
        shifts=(Shift(0, "West", calls=0.2, teams=1, answers=answers),),
    )


def chance(given: Problem, *who: tuple[str, int]) -> float:
    """How surely the team on the shift answers."""
    return team_answer(from_assignments(period_of(given), placed(*who)), 0)


def test_a_team_nobody_knows_answers_as_the_shift_does_or_else_as_the_city() -> None:
    assert chance(asked(), *PAIR) == 0.8
    assert chance(asked(answers=0.6), *PAIR) == 0.6
    assert chance(asked(answers=0.6)) == 0.6, "nor does an empty shift know better"


def test_a_pair_answers_when_both_do_each_as_in_the_hours_of_the_shift() -> None:
    given = asked((0.9, 1.1), (0.5, 0.7), answers=0.8)
    assert chance(given, *PAIR) == pytest.approx(0.8 * 1.0 * 0.6)
    assert chance(given, ("lea", 0), ("lou", 0), ("ana", 1)) == pytest.approx(0.8 * 0.75 * 0.6)


def test_no_team_is_surer_than_sure() -> None:
    assert chance(asked((1.2, 1.2), (1.2, 1.2)), *PAIR) == 1.0


def test_the_calls_missed_are_those_of_the_people_on_the_roster() -> None:
    given = asked((0.5, 0.5), (1.0, 1.0), answers=0.8)
    roster = from_assignments(period_of(given), placed(*PAIR))
    missed, _ = outcome(roster.period, roster)
    assert missed == pytest.approx(0.2 * (1 - 0.4 * (1 - (0.035 / 1.035))))


def test_what_cannot_be_a_chance_or_fits_no_band_is_said() -> None:
    assert validate(asked(answers=1.5)) == ["Shift 0 has teams that answer with a chance of 1.5; give one from 0 to 1."]
    assert validate(asked((1.0,))) == ["Lea answers in 1 bands of hours, which are not those of every slot."]


def test_of_two_who_could_come_the_one_who_answers_comes() -> None:
    people = [lead("Lea", answers=(0.4, 0.6)), lead("Lou", answers=(1.0, 1.1)), responder("Ana")]
    given = problem(people, [msgspec.structs.replace(slot(), bands=HALVES)])
    assert {(p.person, p.seat) for p in solve(given, Limit(work=9)).roster} == {("lou", 0), ("ana", 1)}
    read = [v for v in check(given, placed(("lea", 0), ("ana", 1))) if v.rule == "answers"]
    assert [(v.amount, v.sentence) for v in read] == [
        (pytest.approx(0.5), "Lea answers 50% as surely as the team then (West, Thu 7 January day).")
    ]


def test_whoever_answers_takes_no_night_beyond_their_fair_share_for_it() -> None:
    night = msgspec.structs.replace(slot(template="night"), bands=HALVES)
    people = [lead("Lea", answers=(0.1, 0.1)), lead("Lou", answers=(1.0, 1.0), nights=0.0), responder("Ana")]
    assert ("lea", 0) in {(p.person, p.seat) for p in solve(problem(people, [night]), Limit(work=9)).roster}


def test_nobody_answers_for_a_seat_beside_the_teams() -> None:
    desk = (Seat(0, "desk", ("lead",), points=9),)
    given = problem([lead("Lea", answers=(0.4, 0.6))], [msgspec.structs.replace(slot(), bands=HALVES)], seats=desk)
    assert not [v for v in check(given, placed(("lea", 0))) if v.rule == "answers"]
