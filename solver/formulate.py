"""From a Period to the model: every rule speaks once about the grid and once about rows."""

from __future__ import annotations

from solver.columns import Columns, Model
from solver.period import Period
from solver.problem import Problem
from solver.rules import DEFAULTS, RULES
from solver.rules.fitness import worth_looking_at


def period_of(problem: Problem) -> Period:
    """Return the look-ups of a Problem, with the default setting of every rule it does not mention."""
    return Period(problem, DEFAULTS)


def grid_of(period: Period, *, is_tight: bool = True) -> Columns:
    """Return the columns with every rule's word on who may sit where, before any row is written.

    A model that is not tight has the same optimum, and a relaxation further from it.
    """
    columns = Columns(period, *worth_looking_at(period), is_tight=is_tight)
    for rule in RULES:
        if rule.grid:
            rule.grid(columns)
    columns.freeze()
    return columns


def model_of(columns: Columns) -> Model:
    """Return the finished model: every rule writes its rows over the columns, then those that tighten it."""
    for rule in RULES:
        if rule.rows:
            rule.rows(columns)
    for rule in RULES if columns.is_tight else ():
        if rule.tight:
            rule.tight(columns)
    return columns.finish()
