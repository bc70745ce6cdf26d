"""Rules proven in numbers: `python -m tests.benchmarks.rules_proven [--problems 2000] [--rosters 10000]`.

Tiny Problems, each roster of them priced by the check alone: the cheapest is what the solver proves, with the rows
that tighten and without. Rosters changed step by step: model and check agree on each. Exit 1 where one does not.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator

import numpy as np

from solver.check import check_roster, verdict
from solver.engine import Limit, solve
from solver.formulate import grid_of, model_of, period_of
from solver.problem import Problem
from solver.roster import Roster
from tests.solver.build import random_problem
from tests.solver.tiny import cheapest, mutated, optimum, pair_or_two, price_by_model, random_pairs, tiny

FEW = 9
STEPS = 10


def drawn() -> Iterator[Problem]:
    """Yield tiny Problems without end: by turns of every rule, and of pairs with trainees, languages and half teams.

    Where locked assignments break a hard rule the solver breaks no other to mend it; every roster together might.
    """
    for seed in itertools.count():
        asked = tiny(seed // 2) if seed % 2 else pair_or_two(seed // 2)
        period = period_of(asked)
        few = len(grid_of(period).person) <= FEW
        if few and not verdict(check_roster(Roster(period, period.locked))).hard_violations:
            yield asked


def proven(count: int) -> tuple[int, int]:
    """Return how many tiny Problems the solver did not prove at their cheapest roster, and how many rows changed."""
    wrong = moved = 0
    for number, asked in enumerate(itertools.islice(drawn(), count)):
        hard, points = cheapest(asked)
        result = solve(asked, Limit(work=60), seed=number)
        if result.status != "optimal" or result.hard_violations != hard or abs(result.objective - points) > 1e-4:
            wrong += 1
            print(
                f"tiny Problem {number}: {result.status} {result.objective} {result.hard_violations}, {points} {hard}"
            )
        if abs(optimum(asked, is_tight=True) - optimum(asked, is_tight=False)) > 1e-5:
            moved += 1
            print(f"tiny Problem {number}: the rows that tighten move its optimum")
    return wrong, moved


def agreed(count: int) -> tuple[int, int]:
    """Return (rosters held, rosters on which model and check differ)."""
    held = apart = seed = 0
    while held < count:
        seed += 1
        dice = np.random.default_rng(seed)
        asked = random_problem(seed) if seed % 2 else pair_or_two(seed)
        period = period_of(asked)
        if verdict(check_roster(Roster(period, period.locked))).hard_violations:
            continue
        model = model_of(grid_of(period))
        pairs = random_pairs(asked, model, dice)
        for _ in range(STEPS):
            pairs = mutated(pairs, model, dice)
            read, priced = verdict(check_roster(Roster(period, pairs))), price_by_model(model, pairs)
            same = priced is None if read.hard_violations else abs((priced or 0.0) - read.objective) < 1e-5
            held += 1
            if not same:
                apart += 1
                print(f"roster of Problem {seed}: {priced} in the model, {read.objective} {read.hard_violations} read")
    return held, apart


def main() -> int:
    """Print the figures; return 1 where one is not 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=2000)
    parser.add_argument("--rosters", type=int, default=10000)
    asked = parser.parse_args()
    began = time.process_time()
    wrong, moved = proven(asked.problems)
    spent = time.process_time() - began
    print(
        f"{asked.problems} tiny Problems: {wrong} not proven at their cheapest roster, {moved} moved by the rows that"
    )
    print(f"tighten, {spent:.0f} CPU s", flush=True)
    held, apart = agreed(asked.rosters)
    print(f"{held} changed rosters: model and check differ on {apart}, {time.process_time() - began - spent:.0f} CPU s")
    return int(wrong + moved + apart > 0)


if __name__ == "__main__":
    sys.exit(main())
