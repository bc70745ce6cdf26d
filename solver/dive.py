"""The bound of the relaxation, and the dive: fix what it is sure of, solve again, finish with whole numbers."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from solver.attend import Stopped
from solver.backends import mathopt
from solver.backends.warm import WarmLp
from solver.bounding import proof
from solver.columns import Bools, Floats, Ints
from solver.greedy import greedy
from solver.reduce import restricted
from solver.search import Search

LARGE = 8_000
"""Columns from which the relaxation is only brought near its optimum, by a method that needs no factors."""
NEAR = 3e-4
"""How near: the bound it proves is 0.2 % below the relaxation's own, in a quarter of the time."""
PER_ENTRY = 1.2e-6
"""CPU seconds per entry of the matrix that go into handing it over, outside the time limit."""
DEAR = 3.0
"""Reduced cost in points, by a relaxation brought near, from which an unused choice is left out of the dive."""
DEAR_EXACT = 2.0
"""The same by a relaxation that is solved."""
SURE_NEAR = 0.95
"""Values of a relaxation brought near that the dive begins with as 1."""
SURE = 0.7
"""Relaxed values from here on are fixed to 1. On the city 0.7 took 5 rounds (0.5 s), 0.9 took 12 for no gain."""
UNUSED = 0.05
"""A value below is as good as 0 in a relaxation brought near."""
LESS_SURE = 0.6
"""From here on once few fractions are left: the MIP goes back to where they were."""
LIKELY = 0.3
"""Relaxed values worth a try when they are rounded one by one."""
SMALL = 150
"""So few fractions left are handed to the MIP."""
SHARE, SHARE_SHORT = 0.1, 0.4
"""Where nothing is sure, this share of the fractions is fixed, the largest first; more where time is short."""
ROUNDS, COLD = 6, 0.25
"""Time is short when it is left for fewer rounds such as the last: a rough end of the dive beats none.

The first, which starts cold, takes four times as long as the next.
"""


def relax(search: Search) -> None:
    """Bound every roster by the relaxation; its values and reduced costs guide the dive."""
    program = search.whole.program
    left = search.left()
    if len(program.cost) > LARGE:
        # Half of the time at most: on a busy machine what it has by then bounds and guides well enough.
        lost = search.slowness * PER_ENTRY * program.matrix.nnz
        seconds = None if left is None else max(0.1, 0.5 * left - lost)
        near = partial(mathopt.solve_first_order, program, tolerance=NEAR, seconds=seconds)
        answer = search.run(near)
    else:
        answer = search.run(partial(mathopt.solve_lp, program, seconds=left, seed=search.seed))
    search.learn(answer.dual)
    if answer.values is not None:
        search.relaxed = search.spread(answer.values)
    search.tell("bound")


def _round(search: Search, relaxed: Floats) -> None:
    """Take the likeliest choices of a relaxation while they are legal, and fill up."""
    value = relaxed[: search.model.choices]
    likely = np.flatnonzero(value >= LIKELY)
    likely = likely[np.argsort(-value[likely], kind="stable")]
    first = zip(search.model.person[likely].tolist(), search.model.seat[likely].tolist(), strict=True)
    search.offer(greedy(search.columns, seed=search.seed, first=list(first)).placed(), "rounded")


def dear(search: Search, points: float) -> Bools:
    """Return which choices the relaxation leaves unused at a reduced cost above `points`."""
    choices = search.model.choices
    if search.relaxed is None:
        return np.zeros(choices, dtype=bool)
    return (search.relaxed[:choices] < UNUSED) & (search.reduced() > points)


def dive(search: Search) -> None:
    """Fix and re-solve down to a roster, then go back to where few fractions were left and solve these whole.

    A dive that is not finished is never taken as it is (that broke hard rules at 1,000 people): its choices are
    tried one by one, as those of the relaxation are when there was time for no more.
    """
    if search.relaxed is None:
        return
    going = _Dive(search)
    try:
        while going.deeper():
            pass
        if not search.offer(search.pairs(going.relaxed), "dive"):
            _round(search, going.relaxed)
        going.is_down, search.kept_back = True, 0.0
        going.finish()
    except Stopped:
        if not search.stopped and not going.is_down:  # whoever asked for a stop waits for no rounding
            _round(search, going.relaxed)
        raise


class _Dive:
    """A dive with its bounds per column of the model, and the LP that follows them."""

    def __init__(self, search: Search) -> None:
        assert search.relaxed is not None
        self.search, self.relaxed, self.is_down = search, search.relaxed, False
        model = search.model
        self.lower, self.upper = model.lower.copy(), model.upper.copy()
        self._leave_out(dear(search, DEAR))
        self.rounds = [self.lower.copy()]
        """Lower bounds with few enough fractions left for the MIP, the last the latest; the first fix nothing."""
        near = (self.relaxed[: model.choices] > SURE_NEAR) & (search.reduced() < 1.0)
        self.lower[np.flatnonzero(near & self._open())] = 1.0
        # Without what is fixed from the start: two thirds of the columns, and of the time.
        self.part = restricted(model, self.lower, self.upper)
        self.place = np.full(len(model.cost), -1, dtype=np.int64)
        self.place[self.part.kept] = np.arange(len(self.part.kept))
        self.lp = WarmLp(self.part.program)
        self.is_first, self.is_short = True, False
        self.newest = np.zeros(0, dtype=np.int64)
        """What was fixed last, the surest first."""

    def _open(self) -> Bools:
        choices = self.search.model.choices
        return np.asarray(self.upper[:choices] > self.lower[:choices])

    def _leave_out(self, choices: Bools) -> Ints:
        """Leave choices out that nothing holds in place; return them."""
        out = np.flatnonzero(choices & (self.lower[: len(choices)] < 1) & (self.upper[: len(choices)] > 0))
        self.upper[out] = 0.0
        return out

    def deeper(self) -> bool:
        """Solve the LP and fix what it is sure of; say whether there are fractions left, and more to fix."""
        began = self.search.seconds()
        answer = self.search.run(partial(self.lp.solve, seconds=self.search.left()))
        left, took = self.search.left(), self.search.seconds() - began
        self.is_short = left is not None and left < ROUNDS * (COLD * took if self.is_first else took)
        if answer.values is None:
            return self._take_back()
        self.relaxed = np.where(self.upper > self.lower, 0.0, self.lower)
        self.relaxed[self.part.kept] = answer.values
        if self.is_first and answer.dual is not None:
            self._leave_out_dear(answer.dual)
        self.is_first = False
        return self._fix_sure()

    def _leave_out_dear(self, dual: Floats) -> None:
        costs = np.zeros(len(self.relaxed))
        costs[self.part.kept] = proof(self.part.program, dual).reduced
        choices = self.search.model.choices
        out = self._leave_out((self.relaxed[:choices] < 1e-7) & (costs[:choices] > DEAR_EXACT))
        self.lp.fix(self.place[out], 0.0)

    def _take_back(self) -> bool:
        """Fix half of what was fixed last, for all of it leaves no roster; say whether there was anything to halve."""
        kept, back = np.split(self.newest, [len(self.newest) // 2])
        self.lower[back] = 0.0
        self.lp.free(self.place[back])
        self.newest = kept
        return len(back) > 0 and not self.search.is_over()

    def _fix_sure(self) -> bool:
        choices = self.search.model.choices
        value, open_ = self.relaxed[:choices], self._open()
        fractions = np.flatnonzero(open_ & (value > 1e-6) & (value < 1 - 1e-6))
        if len(fractions) <= SMALL and len(self.rounds) == 1:
            self.rounds.append(self.lower.copy())
        if not len(fractions):
            return False
        is_last = len(fractions) <= SMALL or self.is_short
        sure = np.flatnonzero(open_ & (value >= (LESS_SURE if is_last else SURE)))
        if not np.isin(fractions, sure).any():
            largest = fractions[np.argsort(-value[fractions], kind="stable")]
            share = SHARE_SHORT if self.is_short else SHARE
            sure = np.union1d(sure, largest[: math.ceil(share * len(largest))])
        self.newest = self._fitting(sure[np.argsort(-value[sure], kind="stable")])
        self.lower[self.newest] = 1.0
        self.lp.fix(self.place[self.newest], 1.0)
        return len(self.newest) > 0

    def _fitting(self, choices: Ints) -> Ints:
        """Return those of some choices that no row alone keeps from being 1 together, the first of them first.

        Of five duties at 0.8 a ceiling takes four.
        """
        model = self.search.model
        matrix, limit = model.matrix_by_column, model.limit + 1e-9
        least = model.matrix.maximum(0) @ self.lower + model.matrix.minimum(0) @ self.upper
        kept = []
        for choice in choices.tolist():
            part = slice(matrix.indptr[choice], matrix.indptr[choice + 1])
            rows = matrix.indices[part]
            then = least[rows] + np.maximum(matrix.data[part], 0.0)
            if (then <= limit[rows]).all():
                least[rows] = then
                kept.append(choice)
        return np.array(kept, dtype=np.int64)

    def finish(self) -> None:
        """Solve what was open when few fractions were left with whole numbers, from the best roster there is."""
        search = self.search
        for lower in reversed(self.rounds):
            part = restricted(search.model, lower, self.upper)
            left = search.left()
            seconds = None if left is None else max(0.2, min(0.5 * left, 4.0))
            nodes = 40 if left is None else None
            hint = search.hint(part)
            whole = partial(
                mathopt.solve_mip, part.program, seconds=seconds, nodes=nodes, hint=hint, gap=5e-4, seed=search.seed
            )
            answer = search.run(whole)
            if answer.values is not None:
                values = np.where(self.upper > lower, 0.0, lower)
                values[part.kept] = answer.values
                search.offer(search.pairs(values), "dive")
                return
