"""Windows: free all people on a few days, or a few people on all days, and solve that part again."""

from __future__ import annotations

from functools import partial

import numpy as np

from solver.backends import mathopt
from solver.columns import Bools
from solver.dive import dear
from solver.reduce import window
from solver.search import Search

SLICE = 0.6
"""CPU seconds a window may take before it counts as too large; a node limit stands in when work is counted."""
NODES = 30
WORTH_TRYING = 10.0
"""Reduced cost in points from which an unused choice stays off in a window."""


class Windows:
    """A walk through windows of the best roster; their sizes (shares of days or people) grow while they are solved."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.sizes = {"days": 0.35, "people": 0.35}
        self.turns = 0
        self.idle = 0
        """Windows since the last gain."""

    def step(self) -> None:
        """Solve one window again and take what is better; raises Stopped at the end of the search."""
        kind = "people" if self.turns % 2 else "days"
        self.turns += 1
        free = _people(self.search, self.sizes[kind]) if kind == "people" else _days(self.search, self.sizes[kind])
        better, done = _improve(self.search, free)
        self.sizes[kind] = min(1.0, max(0.02, self.sizes[kind] * (1.15 if done else 0.8)))
        self.idle = 0 if better else self.idle + 1


def _days(search: Search, share: float) -> Bools:
    """Free every choice of a run of dates."""
    slots = search.period.problem.slots
    date = np.array([slot.date.toordinal() for slot in slots])[search.columns.slot]
    first, last = int(date.min()), int(date.max())
    length = max(1, round(share * (last - first + 1)))
    start = int(search.dice.integers(first - length // 2, last - length // 2 + 1))
    return np.asarray((date >= start) & (date < start + length))


def _people(search: Search, share: float) -> Bools:
    """Free every choice of some people, mostly from one area."""
    people = search.period.problem.people
    homes = sorted({person.home for person in people})
    chosen = homes[int(search.dice.integers(len(homes)))]
    weight = np.array([3.0 if person.home == chosen else 1.0 for person in people])
    count = max(2, round(share * len(people)))
    picked = search.dice.choice(len(people), min(count, len(people)), replace=False, p=weight / weight.sum())
    return np.asarray(np.isin(search.model.person, picked))


def _improve(search: Search, free: Bools) -> tuple[bool, bool]:
    """Solve one window from the best roster; say whether it got better, and whether it was solved to its end."""
    values = search.values()
    part = window(search.model, free, values, dear(search, WORTH_TRYING))
    if not len(part.kept):
        return False, True
    hint = search.hint(part)
    left = search.left()
    seconds = None if left is None else min(SLICE * search.slowness, max(0.05, left))
    nodes = NODES if left is None else None
    seed = int(search.dice.integers(2**31 - 1))
    answer = search.run(
        partial(mathopt.solve_mip, part.program, seconds=seconds, nodes=nodes, hint=hint, gap=1e-5, seed=seed)
    )
    return search.offer_part(part, answer, "windows"), answer.done
