"""Questions of a solved month: what a menu of repairs and a plan without some people take, and how good they are.

`python -m tests.benchmarks.questions [--size small|city] [--seed N] [--seconds S] [--questions N] [--json]`; exit 1
where a bar is missed.

Asked (CPU seconds in one process, the solver loaded): 95 menus of 100 in 1.5, every way verified by the check; three
leads out in 1.5, at most 0.1 % over what the same days could be at all; with `--at-most 12` at most twelve changes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from msgspec.structs import replace

from solver.again import Again
from solver.check import check, verdict
from solver.engine import Limit, solve
from solver.formulate import period_of
from solver.problem import Assignment, Problem
from solver.questions import FILL, LEAVE, Out
from solver.repairs import ways
from solver.replan import DAYS, replan, without
from solver.roster import from_assignments
from tests.benchmarks.city import problem

T = TypeVar("T")
MENU, PLAN, SHARE, OVER = 1.5, 1.5, 0.95, 0.001
LEADS, FEW = 3, 12


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what some work returns, and its CPU seconds on all threads."""
    began = time.process_time()
    return work(), time.process_time() - began


def planned(size: str, seed: int, seconds: float) -> Problem:
    """Return a month with a roster of so many seconds, told to everybody as if it were published."""
    asked = problem(size, seed)
    found = solve(asked, Limit(seconds=seconds), seed=seed)
    told = tuple(Assignment(placed.person, placed.seat, state="told") for placed in found.roster)
    print(f"roster: {found.objective:,.0f} points, gap {found.gap or float('nan'):.2%}", file=sys.stderr)
    return replace(asked, current=told)


def menus(asked: Problem, questions: int, seed: int) -> dict[str, float]:
    """Ask for the ways out of open seats, drawn from all of them, and return what they took."""
    roster = from_assignments(period_of(asked), asked.current)
    open_ = [
        n
        for n, seat in enumerate(asked.seats)
        if not seat.optional and not roster.period.has_begun(n) and len(roster.on_seat[n]) < seat.count
    ]
    drawn = np.random.default_rng(seed).permutation(open_)[:questions].tolist()
    took, verified, changes, filled = [], 0, [], 0
    for seat in drawn:
        found, cpu = timed(lambda seat=seat: ways(asked, asked.current, seat))  # type: ignore[misc]
        took.append(cpu)
        verified += all(way.verified for way in found)
        filled += any(way.kind == FILL for way in found)
        changes += [len(way.changes) for way in found if way.kind != LEAVE]
    return {
        "questions": len(drawn), "p50": float(np.median(took)), "p95": float(np.quantile(took, 0.95)),
        "verified": verified, "within_rules": filled, "changes": float(np.median(changes)) if changes else 0.0,
    }  # fmt: skip


def outs(asked: Problem, seed: int) -> dict[str, float]:
    """Take three leads out of the month and return what mending it took, and how far it is from the best."""
    busy = [who for who in asked.people if "lead" in who.roles]
    dice = np.random.default_rng(seed)
    out = [Out(busy[n].id) for n in dice.permutation(len(busy))[:LEADS].tolist()]
    plan, cpu = timed(lambda: replan(asked, asked.current, out))
    few, few_cpu = timed(lambda: replan(asked, asked.current, out, most=FEW))
    assert plan is not None and few is not None
    again = Again(without(asked, out), asked.current)
    gone = {each.person for each in out}
    off = [
        (person, duty.seat)
        for person, duties in enumerate(again.roster.duties)
        for duty in duties
        if asked.people[person].id in gone
    ]
    whole = again.solve(again.near({again.period.slot_of_seat[seat] for _, seat in off}, DAYS + 1), off=off, keep=0.0)
    assert whole is not None
    base = verdict(check(asked, asked.current)).objective
    best = base + whole.points
    return {
        "cpu": cpu, "changes": len(plan.changes), "phones": len(plan.people_to_phone),
        "over": (plan.objective - best) / max(1.0, abs(best)), "few_cpu": few_cpu,
        "few": sum(asked.people[change.person].id not in gone for change in few.changes),
        "few_over": (few.objective - best) / max(1.0, abs(best)),
    }  # fmt: skip


def main() -> int:
    """Print a table and return 1 where a bar is missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--size", choices=("small", "city"), default="city")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--seconds", type=float, default=60.0)
    words.add_argument("--questions", type=int, default=100)
    words.add_argument("--json", action="store_true")
    given = words.parse_args()
    asked = planned(given.size, given.seed, given.seconds)
    menu, out = menus(asked, given.questions, given.seed), outs(asked, given.seed)
    met = {
        "menus": menu["p95"] <= MENU and menu["verified"] == menu["questions"],
        "three leads out": out["cpu"] <= PLAN and out["over"] <= OVER,
        "at most 12": out["few"] <= FEW,
    }
    if given.json:
        print(json.dumps({"menus": menu, "out": out, "met": met, "load": os.getloadavg()[0]}))
    else:
        print(f"load {os.getloadavg()[0]:.1f}")
        print(
            f"menus of repairs: {menu['questions']:.0f} asked, {menu['verified']:.0f} verified, "
            f"{menu['within_rules']:.0f} within the rules, CPU s p50 {menu['p50']:.2f} p95 {menu['p95']:.2f} "
            f"(asked {MENU}), changes {menu['changes']:.0f}"
        )
        print(
            f"three leads out: CPU s {out['cpu']:.2f} (asked {PLAN}), {out['changes']:.0f} changes, "
            f"{out['phones']:.0f} to phone, {out['over']:.3%} over the best "
            f"of a day more on each side (asked {OVER:.1%})"
        )
        print(
            f"the same, at most {FEW} other places: CPU s {out['few_cpu']:.2f}, {out['few']:.0f} changes, "
            f"{out['few_over']:.3%} over"
        )
        print(", ".join(f"{name}: {'met' if is_met else 'MISSED'}" for name, is_met in met.items()))
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
