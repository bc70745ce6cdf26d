"""True bounds from dual values, whoever found them: a dual need be neither optimal nor exact to prove something.

For any y <= 0, every x within its ends that keeps the rows costs at least y.limit + the least of (cost - y.matrix).x
over the ends (weak duality): plain arithmetic, which needs no solver and trusts none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.columns import Bools, Floats
from solver.program import Program


@dataclass(frozen=True)
class Proof:
    """What dual values prove: no roster costs less than `bound`; a unit more of a column costs `reduced` beyond it."""

    bound: float
    reduced: Floats

    def is_off(self, best: float) -> Bools:
        """Return the columns of whole numbers that no roster cheaper than `best` uses (the others are marked alike)."""
        return np.asarray(self.bound + self.reduced >= best)


def proof(program: Program, dual: Floats) -> Proof:
    """Return what a value per row proves; those above 0, which no bound can use, count as 0."""
    priced = np.minimum(dual, 0.0)
    reduced = program.cost - program.matrix.T @ priced
    upper = ends(program)
    with np.errstate(invalid="ignore"):  # nothing times an end that is infinite
        least = np.where(reduced > 0, reduced * program.lower, np.where(reduced < 0, reduced * upper, 0.0))
    return Proof(float(priced @ program.limit + least.sum()), reduced)


def ends(program: Program) -> Floats:
    """Return the upper ends of columns; one without an end needs to be no larger than its rows can ever lack.

    Such a column has a price and makes up for what rows lack: the most that each can, with the others at their worst.
    """
    open_ = np.isinf(program.upper)
    if not open_.any():
        return program.upper
    matrix = program.matrix.tocsc()
    finite = matrix[:, ~open_]
    most = finite.maximum(0) @ program.upper[~open_] + finite.minimum(0) @ program.lower[~open_] - program.limit
    part = matrix[:, open_].tocoo()
    needed = np.zeros(int(open_.sum()))
    helps = part.data < 0
    np.maximum.at(needed, part.col[helps], most[part.row[helps]] / -part.data[helps])
    worse = np.unique(part.col[~helps])
    needed[worse] = np.inf  # it makes some row worse: nothing says how large it may be
    upper = program.upper.copy()
    upper[open_] = np.where(program.cost[open_] >= 0, np.maximum(needed, program.lower[open_]), np.inf)
    return upper
