"""Tiny Problems, and every roster of them: what the cheapest one costs, by the check alone."""

from __future__ import annotations

import itertools

import numpy as np

from solver.backends.mathopt import solve_mip
from solver.check import check_roster, verdict
from solver.columns import Floats, Model
from solver.formulate import grid_of, model_of, period_of
from solver.problem import Assignment, Language, Person, Problem, Seat, Setting, Shift
from solver.reduce import restricted, whole_model
from solver.roster import Roster
from tests.solver.build import THURSDAY, pair_seats, problem, random_problem, responder, slot

Pairs = set[tuple[int, int]]
SPOKEN = (Language("Spanish", each_area=True), Language("Farsi"))


def price_by_model(model: Model, pairs: Pairs) -> float | None:
    """What the model says a roster costs; None when it says the roster breaks a hard rule."""
    at = {pair: i for i, pair in enumerate(zip(model.person.tolist(), model.seat.tolist(), strict=True))}
    chosen: Floats = np.zeros(model.choices)
    for pair in pairs:
        if pair not in at:
            return None
        chosen[at[pair]] = 1.0
    lower, upper = model.lower.copy(), model.upper.copy()
    if (chosen < lower[: model.choices]).any():
        return None
    lower[: model.choices] = upper[: model.choices] = chosen
    upper[[i for i, rule in enumerate(model.column_rule) if rule == "broken"]] = 0.0
    part = restricted(model, lower, upper)
    if (part.program.limit < 0).any() and not len(part.kept):
        return None
    answer = solve_mip(part.program, gap=1e-9)
    return None if answer.values is None else answer.objective + part.constant


def random_pairs(given: Problem, model: Model, dice: np.random.Generator) -> Pairs:
    """A few of the open choices, a few of the locked, sometimes one that the grid closes."""
    count = int(dice.integers(0, min(9, model.choices + 1)))
    picked = dice.choice(model.choices, count, replace=False) if model.choices else []
    pairs = {(int(model.person[i]), int(model.seat[i])) for i in picked}
    if dice.random() < 0.8:
        pairs |= set(period_of(given).locked)
    if dice.random() < 0.1:
        pairs.add((int(dice.integers(len(given.people))), int(dice.integers(len(given.seats)))))
    return pairs


def mutated(pairs: Pairs, model: Model, dice: np.random.Generator) -> Pairs:
    """A roster with one person more, fewer, or moved to another seat."""
    twin = set(pairs)
    kind = dice.integers(3)
    if twin and kind > 0:
        twin.remove(sorted(twin)[int(dice.integers(len(twin)))])
    if model.choices and kind < 2:
        which = int(dice.integers(model.choices))
        twin.add((int(model.person[which]), int(model.seat[which])))
    return twin


def cheapest(asked: Problem) -> tuple[int, float]:
    """The fewest broken hard rules and the fewest points over every roster, by enumeration through the check."""
    period = period_of(asked)
    columns = grid_of(period)
    choices = list(zip(columns.person.tolist(), columns.seat.tolist(), strict=True))
    fixed = set(period.locked)
    open_ = [pair for pair in choices if pair not in fixed]
    assert len(open_) <= 12
    best = (10**6, 0.0)
    for on in itertools.product((False, True), repeat=len(open_)):
        pairs = fixed | {pair for pair, is_on in zip(open_, on, strict=True) if is_on}
        read = verdict(check_roster(Roster(period, pairs)))
        best = min(best, (read.hard_violations, round(read.objective, 7)))
    return best


def tiny(seed: int) -> Problem:
    """The first random Problem from a seed on with 6 to 9 choices."""
    for further in range(seed * 1000, seed * 1000 + 999):
        asked = random_problem(further, people=4, days=1, tame=bool(further % 2))
        if 6 <= len(grid_of(period_of(asked)).person) <= 9:
            return asked
    raise AssertionError("no tiny Problem in a thousand")


def pair_or_two(seed: int) -> Problem:
    """One or two shifts of pairs with a trainee's seat, few people, and prices that make half a team worth it."""
    dice = np.random.default_rng([seed, 14])
    slots = [slot(THURSDAY, "day"), slot(THURSDAY, "night")][: int(dice.integers(1, 3))]
    teams = [int(dice.integers(1, 3)) for _ in slots]
    seats = [seat for index in range(len(slots)) for seat in pair_seats(index, teams=teams[index])]
    if dice.random() < 0.2:
        seats.append(Seat(0, "desk", ("responder", "lead"), points=float(dice.integers(1, 40))))
    people = [_member(number, len(slots), dice) for number in range(int(dice.integers(3, 6)) if len(slots) == 1 else 3)]
    rules = {"alone": Setting(points=float(dice.choice([5, 15, 60, 0])))}
    if dice.random() < 0.2:
        rules["escort"] = Setting(points=float(dice.integers(1, 40)))
    current = ()
    if dice.random() < 0.3:
        current = (Assignment(people[0].id, int(dice.integers(len(seats))), locked=True),)
    shifts = tuple(
        Shift(index, "West", calls=float(dice.random()), teams=count, answers=float(dice.choice([0.0, 0.5, 0.95])))
        for index, count in enumerate(teams)
    )
    return problem(people, slots, seats=tuple(seats), shifts=shifts, languages=SPOKEN, rules=rules, current=current)


def _member(number: int, slots: int, dice: np.random.Generator) -> Person:
    return responder(
        f"p{number}", roles=(str(dice.choice(["lead", "responder", "trainee"], p=[0.35, 0.35, 0.3])),),
        experienced=bool(dice.random() < 0.3), grades="".join(dice.choice(list(".rpw"), slots)),
        languages=tuple(language.name for language in SPOKEN if dice.random() < 0.4),
        floor=int(dice.integers(0, 3)) * 720, target=int(dice.integers(0, 4)) * 720,
        nights=float(dice.integers(0, 2)), weekends=9.0,
    )  # fmt: skip


def optimum(asked: Problem, *, is_tight: bool) -> float:
    """What the model's cheapest roster costs."""
    part = whole_model(model_of(grid_of(period_of(asked), is_tight=is_tight)))
    if not len(part.kept):
        return part.constant
    return solve_mip(part.program, gap=1e-9).objective + part.constant
