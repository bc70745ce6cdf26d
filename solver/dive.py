"""The LP bound, and the dive: fix what the relaxation is sure of, solve again, finish the rest with whole numbers."""

from __future__ import annotations

from functools import partial

import numpy as np

from solver.attend import Stopped
from solver.backends import mathopt
from solver.columns import Bools, Floats
from solver.greedy import greedy
from solver.program import Answer
from solver.reduce import Part, restricted, whole_model
from solver.search import Search

SURE = 0.7
"""Relaxed values from here on are fixed to 1. On the city 0.7 took 5 rounds (0.5 s), 0.9 took 12 for no gain."""
DEAR = 2.0
"""Reduced cost in points from which an unused choice is left out of the dive: half of the columns go."""
LIKELY = 0.3
"""Relaxed values worth a try when they are rounded one by one."""
SMALL = 150
"""So few fractions left are handed to the MIP."""


def relax(search: Search) -> None:
    """Solve the relaxation: its value bounds every roster, its values and reduced costs guide the dive."""
    part = whole_model(search.model)
    answer = search.run(partial(mathopt.solve_lp, part.program, seconds=search.left(), seed=search.seed))
    if answer.values is None:
        return
    search.relaxed, search.reduced = _spread(search, part, answer)
    search.raise_bound(answer.objective + part.constant)
    search.tell("bound")
    _round(search, search.relaxed)


def _round(search: Search, relaxed: Floats) -> None:
    """Take the likeliest choices of a relaxation while they are legal, and fill up."""
    value = relaxed[: search.model.choices]
    likely = np.flatnonzero(value >= LIKELY)
    likely = likely[np.argsort(-value[likely], kind="stable")]
    first = zip(search.model.person[likely].tolist(), search.model.seat[likely].tolist(), strict=True)
    search.offer(greedy(search.columns, seed=search.seed, first=list(first)).placed(), "rounded")


def _spread(search: Search, part: Part, answer: Answer) -> tuple[Floats, Floats]:
    """Return values and reduced costs per column of the model; fixed columns keep their value and cost nothing."""
    model = search.model
    values, reduced = np.where(model.upper > model.lower, 0.0, model.lower), np.zeros(len(model.cost))
    if answer.values is not None:
        values[part.kept] = answer.values
    if answer.reduced is not None:
        reduced[part.kept] = answer.reduced
    return values, reduced


def dear(search: Search, points: float) -> Bools:
    """Return which choices the relaxation leaves unused at a reduced cost above `points`."""
    choices = search.model.choices
    if search.relaxed is None or search.reduced is None:
        return np.zeros(choices, dtype=bool)
    return (search.relaxed[:choices] < 1e-7) & (search.reduced[:choices] > points)


def dive(search: Search) -> None:
    """Fix and re-solve until few fractions are left, then solve the rest whole. What turns infeasible is unfixed.

    A dive that is not finished is never taken as it is (that broke hard rules at 1,000 people): its choices are
    tried one by one, as those of the first relaxation are.
    """
    if search.relaxed is None:
        return
    lower, upper = search.model.lower.copy(), search.model.upper.copy()
    upper[: search.model.choices][dear(search, DEAR) & (lower[: search.model.choices] < 1)] = 0.0
    rounds = [(lower, search.relaxed)]
    try:
        while (deeper := _fix(search, *rounds[-1], upper)) is not None:
            rounds.append(deeper)
        _finish(search, [bounds for bounds, _ in rounds], upper)
    except Stopped:
        if len(rounds) > 1 and not search.stopped:  # whoever asked for a stop waits for no rounding
            _round(search, rounds[-1][1])
        raise


def _fix(search: Search, lower: Floats, relaxed: Floats, upper: Floats) -> tuple[Floats, Floats] | None:
    """Fix what a relaxation is sure of and solve again; None when little is left to fix, or too much was fixed."""
    choices = search.model.choices
    open_, value = upper[:choices] > lower[:choices], relaxed[:choices]
    fractions = open_ & (value > 1e-6) & (value < 1 - 1e-6)
    sure = open_ & (value >= SURE)
    if int(fractions.sum()) <= SMALL or not (sure & fractions).any():
        return None
    lower = lower.copy()
    lower[:choices][sure] = 1.0
    part = restricted(search.model, lower, upper)
    answer = search.run(partial(mathopt.solve_lp, part.program, seconds=search.left(), seed=search.seed))
    if answer.values is None:
        return None
    relaxed = np.where(upper > lower, 0.0, lower)
    relaxed[part.kept] = answer.values
    return lower, relaxed


def _finish(search: Search, rounds: list[Floats], upper: Floats) -> None:
    """Solve what the dive left open with whole numbers; without an answer, take back the newest round and try again."""
    for lower in reversed(rounds):
        part = restricted(search.model, lower, upper)
        left = search.left()
        seconds = None if left is None else max(0.2, min(0.25 * left, 4.0))
        nodes = 40 if left is None else None
        answer = search.run(
            partial(mathopt.solve_mip, part.program, seconds=seconds, nodes=nodes, gap=5e-4, seed=search.seed)
        )
        if answer.values is not None:
            values = np.where(upper > lower, 0.0, lower)
            values[part.kept] = answer.values
            search.offer(search.pairs(values), "dive")
            return
