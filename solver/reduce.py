"""Smaller programs from the model: fixed columns folded away, rows that can no longer bind left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.columns import Bools, Floats, Ints, Model
from solver.program import Program


@dataclass(frozen=True)
class Part:
    """A program over some columns of the model, and the constant that the fixed ones add."""

    program: Program
    kept: Ints
    constant: float


def whole_model(model: Model) -> Part:
    """Return the program of the model as it stands."""
    return restricted(model, model.lower, model.upper)


def restricted(model: Model, lower: Floats, upper: Floats) -> Part:
    """Return the program with other bounds: columns with lower == upper are folded into the limits."""
    kept = np.flatnonzero(upper > lower)
    fixed = np.where(upper > lower, 0.0, lower)
    limit = model.limit - model.matrix @ fixed
    matrix = model.matrix_by_column[:, kept].tocsr()
    most = _most(matrix, lower[kept], upper[kept])
    rows = np.flatnonzero(most > limit + 1e-9)
    program = Program(model.cost[kept], lower[kept], upper[kept], model.whole[kept], matrix[rows], limit[rows])
    return Part(program, kept, float(model.cost @ fixed) + model.constant)


def _most(matrix: object, lower: Floats, upper: Floats) -> Floats:
    """Return the largest value each row can take."""
    high = matrix.maximum(0) @ np.minimum(upper, 1e12)  # type: ignore[attr-defined]
    low = matrix.minimum(0) @ lower  # type: ignore[attr-defined]
    return np.asarray(high + low, dtype=float)


def window(model: Model, free: Bools, values: Floats, drop: Bools) -> Part:
    """Return the program in which only `free` choices move from `values`; columns they cannot touch are left out.

    `values` and `free` are over the choices; `drop` marks choices not worth trying, which stay off unless they are on.
    """
    touched = np.zeros(len(model.cost), dtype=bool)
    touched[: model.choices] = free & ((model.lower[: model.choices] < 1) & ~(drop & (values < 0.5)))
    further = touched.copy()
    while further.any():
        rows = (model.pattern @ further.astype(float)) > 0
        reached = (model.pattern.T @ rows.astype(float)) > 0
        reached[: model.choices] = False
        further = reached & ~touched
        touched |= reached
    fixed = np.concatenate([values, np.zeros(len(model.cost) - model.choices)])
    fixed[touched] = 0.0
    kept = np.flatnonzero(touched)
    matrix = model.matrix_by_column[:, kept].tocsr()
    limit = model.limit - model.matrix @ fixed
    rows_kept = np.flatnonzero(
        (np.diff(matrix.indptr) > 0) & (_most(matrix, model.lower[kept], model.upper[kept]) > limit + 1e-9)
    )
    program = Program(
        model.cost[kept], model.lower[kept], model.upper[kept], model.whole[kept], matrix[rows_kept], limit[rows_kept]
    )
    return Part(program, kept, 0.0)
