"""From a Period to the model: every rule speaks once about the grid and once about rows."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from solver.columns import Columns, Model
from solver.period import Period
from solver.problem import Problem
from solver.rules import DEFAULTS, RULES
from solver.rules.fitness import worth_looking_at


def period_of(problem: Problem) -> Period:
    """Return the look-ups of a Problem, with the default setting of every rule it does not mention."""
    return Period(problem, DEFAULTS)


def grid_of(
    period: Period,
    *,
    is_tight: bool = True,
    slots: Collection[int] | None = None,
    held: Collection[tuple[int, int]] = (),
) -> Columns:
    """Return the columns with every rule's word on who may sit where, before any row is written.

    A model that is not tight has the same optimum, and a relaxation further from it. With `slots` only these have
    choices, beside the (person, seat) pairs that are `held`: all that can matter while nothing else may change.
    """
    person, seat = worth_looking_at(period)
    if slots is not None:
        keys = person * len(period.problem.seats) + seat
        mine = np.array([who * len(period.problem.seats) + place for who, place in held], dtype=np.int64)
        slot = np.array(period.slot_of_seat, dtype=np.int64)[seat]
        kept = np.isin(slot, np.array(sorted(slots), dtype=np.int64)) | np.isin(keys, mine)
        person, seat = person[kept], seat[kept]
    columns = Columns(period, person, seat, is_tight=is_tight)
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


def least_of_all(columns: Columns) -> float:
    """Return what no roster can undercut, before there is a model: every gain there is, at no cost."""
    liked = columns.period.setting("partners_liked")
    pairs = len(columns.period.pairs[0]) * len(columns.period.problem.shifts)
    gain = 0.0 if liked.hard else min(0.0, liked.points)
    return float(np.minimum(columns.price, 0.0).sum()) + gain * pairs
