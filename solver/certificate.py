"""The certificate of a roster: read again by the check, which shares nothing with the model, and signed."""

from __future__ import annotations

from importlib.metadata import version

from solver.check import check_roster, outcome, verdict
from solver.explain import open_seats
from solver.problem import Problem, digest
from solver.result import Result, Status, gap, roster_digest
from solver.roster import Roster, to_placed


def certify(
    problem: Problem, roster: Roster, *, status: Status, bound: float | None, seconds: float, work: int, seed: int
) -> Result:
    """Return the Result of a roster: its cost by the check, why seats are open, and its bound as the search left it."""
    read = verdict(check_roster(roster))
    missed, late = outcome(roster.period, roster)
    placed = to_placed(roster)
    return Result(
        status=status, objective=read.objective, bound=bound, gap=gap(read.objective, bound),
        seconds=seconds, work=work, seed=seed,
        seats=roster.places(), filled=roster.filled(),
        expected_missed_calls=missed, expected_late_calls=late,
        cost_by_rule=read.cost_by_rule, hard_violations=read.hard_violations,
        open_seats=open_seats(problem, roster), roster=placed,
        problem_digest=digest(problem), roster_digest=roster_digest(placed),
        versions={name: version(name) for name in ("ortools", "numpy", "scipy", "msgspec")},
    )  # fmt: skip
