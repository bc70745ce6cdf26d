"""A mixed-integer program in plain arrays: what a backend takes, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.columns import Bools, Floats

if TYPE_CHECKING:
    import scipy.sparse as sp


@dataclass(frozen=True)
class Program:
    """min cost.x, lower <= x <= upper, matrix.x <= limit, x whole where marked."""

    cost: Floats
    lower: Floats
    upper: Floats
    whole: Bools
    matrix: sp.csr_matrix
    limit: Floats


@dataclass(frozen=True)
class Answer:
    """What came back: values (None when nothing was found), objective, proven bound, and whether it is finished.

    `dual` holds a value per row of a relaxation, however far it was solved.
    """

    values: Floats | None
    objective: float
    bound: float
    done: bool
    dual: Floats | None = None
