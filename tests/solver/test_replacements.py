"""Who could take a place instead of its holder: held against two whole rosters, checked one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.check import check
from solver.formulate import period_of
from solver.problem import Assignment, Problem
from solver.replacements import ranked, scale_of, trades
from solver.result import Placed, Violation
from solver.rules.fitness import takes
from tests.solver.build import THURSDAY, lead, placed, problem, random_problem, responder, slot


def filled(asked: Problem, seed: int) -> list[Placed]:
    """A roster at random: fitting people on seats, good and bad, one place each at most per seat."""
    dice = np.random.default_rng(seed)
    found = set()
    for number, seat in enumerate(asked.seats):
        fit = [p.id for p in asked.people if takes(p, seat, asked.shifts[seat.shift])]
        if fit and dice.random() < 0.5:
            found.add((str(dice.choice(fit)), number))
    return placed(*sorted(found))


def total(asked: Problem, roster: Iterable[Placed]) -> float:
    """What a whole roster costs."""
    return sum(violation.points for violation in check(asked, roster))


def hard_amounts(found: Iterable[Violation]) -> dict[tuple[str, str], float]:
    """How far each hard rule is broken, per person or per stretch of time, over a whole roster."""
    in_time = {"seat_count", "escort", "alone", "languages_area", "languages_city", "partners_apart", "partners_liked"}
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    for violation in found:
        if violation.hard:
            whose = "/".join(violation.shift.split("/")[:2]) if violation.rule in in_time else violation.person
            amounts[violation.rule, whose] += violation.amount
    return amounts


def is_worse(asked: Problem, before: list[Placed], after: list[Placed]) -> bool:
    """Does any hard rule hold less than it did, for somebody or at some time?"""
    stood, stands = (hard_amounts(check(asked, roster)) for roster in (before, after))
    return any(amount > stood[key] + 1e-9 for key, amount in stands.items())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_replacement_costs_the_difference_of_two_whole_rosters(seed: int) -> None:
    asked = random_problem(seed)
    roster = filled(asked, seed)
    for held in roster[:3]:
        others = [place for place in roster if place != held]
        for one in ranked(scale_of(asked, roster), held.seat, held.person):
            after = [*others, Placed(one.person, held.seat)]
            assert one.points == pytest.approx(total(asked, after) - total(asked, roster), abs=1e-7)
            assert one.points == pytest.approx(sum(one.points_by_rule.values()))
            assert bool(one.blocked) == is_worse(asked, roster, after), one


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_trade_is_legal_and_costs_the_difference_of_two_whole_rosters(seed: int) -> None:
    asked = random_problem(seed)
    roster = filled(asked, seed)
    for held in roster[:4]:
        for trade in trades(scale_of(asked, roster), held.seat, held.person):
            theirs = Placed(trade.person, trade.gives)
            assert theirs in roster
            after = [place for place in roster if place not in (held, theirs)]
            after += [Placed(trade.person, held.seat), Placed(held.person, trade.gives)]
            assert trade.points == pytest.approx(total(asked, after) - total(asked, roster), abs=1e-7)
            assert not is_worse(asked, roster, after)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_weighing_leaves_the_roster_as_it_was(seed: int) -> None:
    asked = random_problem(seed)
    scale = scale_of(asked, filled(asked, seed))
    stood = scale.roster.placed()
    for person, seat in stood:
        for other in range(len(asked.people)):
            if not scale.roster.holds(other, seat):
                scale.weigh(off=[(person, seat)], on=[(other, seat)])
    assert scale.roster.placed() == stood


def test_an_open_place_is_weighed_without_anybody_leaving_it() -> None:
    given_ = problem([lead("Lea", grades="r"), lead("Lou"), responder("Ana")])
    found = ranked(scale_of(given_, placed(("ana", 1))), 0)
    assert [one.name for one in found] == ["Lou", "Lea"]
    assert found[0].points < found[1].points < 0


def test_nobody_replaces_a_locked_holder() -> None:
    given_ = problem([lead("Lea"), lead("Lou")], current=(Assignment("lea", 0, locked=True),))
    (only,) = ranked(scale_of(given_, given_.current), 0, "lea")
    assert only.rule == "locks"
    assert only.blocked == "Lea is locked there (West, Thu 7 January day). Unlock the seat to change it."


def test_a_replacement_pays_for_the_promise_it_breaks() -> None:
    given_ = problem([lead("Lea"), lead("Lou")], current=(Assignment("lea", 0, state="told"),))
    (only,) = ranked(scale_of(given_, given_.current), 0, "lea")
    assert only.points_by_rule == {"told": 25.0}


def test_a_person_with_too_little_rest_can_trade_the_duty_that_is_in_the_way() -> None:
    given_ = problem([lead("Lea"), lead("Lou")], [slot(), slot(THURSDAY, "night")])
    roster = placed(("lea", 0), ("lou", 3))
    (blocked,) = ranked(scale_of(given_, roster), 0, "lea")
    assert blocked.rule == "rest"
    (trade,) = trades(scale_of(given_, roster), 0, "lea")
    assert (trade.person, trade.gives, trade.points) == ("lou", 3, 0)


def test_a_locked_duty_is_never_given_in_return() -> None:
    given_ = problem([lead("Lea"), lead("Lou")], [slot(), slot(THURSDAY, "night")])
    locked = (Assignment("lea", 0), Assignment("lou", 3, locked=True))
    held = Problem(**{**{f: getattr(given_, f) for f in given_.__struct_fields__}, "current": locked})
    assert trades(scale_of(held, held.current), 0, "lea") == []
    assert period_of(held).locked == [(1, 3)]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_leaving_out_the_price_of_whom_one_duty_rules_out_changes_nothing_else(seed: int) -> None:
    asked = random_problem(seed)
    roster = filled(asked, seed)
    for held in roster[:3]:
        scale = scale_of(asked, roster)
        priced = {one.person: one for one in ranked(scale, held.seat, held.person)}
        for one in ranked(scale, held.seat, held.person, price_all=False):
            assert bool(one.blocked) == bool(priced[one.person].blocked)
            if one.points_by_rule or not one.blocked:
                assert one == priced[one.person]
