"""The last rung: windows until nothing is gained, the whole program for a better bound, and at best the proof."""

from __future__ import annotations

import contextlib
import math
from functools import partial

import numpy as np

from solver.backends import mathopt
from solver.backends.apart import Apart, Relaxation, Whole
from solver.program import Answer
from solver.reduce import Part, restricted
from solver.search import Search
from solver.windows import Windows

PATIENCE = 30
"""Windows without a gain after which the whole program is tried instead, when work is counted."""
FIRST_NODES = 50
SMALL = 8_000
"""Columns up to which the whole program is tried at once: it is proven before anything else would be over."""
WORTH_IT = 2.5
"""Seconds left from which a second process pays: it takes one to start."""
TIGHT = 1e-4
"""How near its optimum the second process brings the relaxation."""
MARGIN = 0.4
"""Seconds before the end that the whole program ends: its clock is looked at seldom."""


def try_whole(search: Search) -> bool:
    """Try a small program whole at once; say whether the search is over."""
    if len(search.whole.kept) > SMALL:
        return False
    part, hint = search.whole, search.hint(search.whole)
    left = search.left()
    seconds, nodes = (None, FIRST_NODES) if left is None else (0.3 * left, None)
    if len(part.kept):
        solve = partial(
            mathopt.solve_mip, part.program, seconds=seconds, nodes=nodes, hint=hint, gap=1e-7, seed=search.seed
        )
        _take(search, search.run(solve), part, math.inf)
    else:
        search.raise_bound(part.constant)
    return search.is_over()


def begin(search: Search) -> Apart | None:
    """Start on the second core, with a tighter bound of the whole than this side waits for, if there is time."""
    left = search.left()
    if left is None or left < WORTH_IT:
        return None
    beside = Apart()
    beside.ask(Relaxation(search.whole.program, TIGHT, left))
    return beside


def improve(search: Search, windows: Windows, beside: Apart | None) -> None:
    """Improve the best roster until the limit or the proof. Seconds: the bound is raised on the second core."""
    if search.left() is None:
        _by_turns(search, windows)
    else:
        _side_by_side(search, windows, beside)


def _by_turns(search: Search, windows: Windows) -> None:
    """Windows first, then the whole program with ever larger node limits: no clock decides, so it can be repeated."""
    while not search.is_over() and windows.idle < PATIENCE:
        windows.step()
    nodes = FIRST_NODES
    while not search.is_over():
        part, most = _left_open(search)
        hint = search.hint(part)
        solve = partial(mathopt.solve_mip, part.program, nodes=nodes, hint=hint, gap=1e-7, seed=search.seed)
        _take(search, search.run(solve), part, most)
        nodes *= 4


def _side_by_side(search: Search, windows: Windows, beside: Apart | None) -> None:
    """Windows here; beside, once the bound is tight, the program without what no better roster can use."""
    asked: tuple[Part, float] | None = None
    try:
        while not search.is_over():
            answer = beside.answer(0.1 if windows.idle > PATIENCE else 0.0) if beside is not None else None
            if answer is None or beside is None:
                windows.step()
                continue
            search.work += 1
            _take(search, answer, *(asked or (search.whole, math.inf)))
            left = search.left() or 0.0
            if left > MARGIN + 0.5 and not search.is_over():
                asked = _left_open(search)
                beside.ask(Whole(asked[0].program, search.hint(asked[0]), 0.9 * left - MARGIN, search.seed))
            else:
                beside = None
    except EOFError:  # the process died (out of memory, say): windows go on without it
        while not search.is_over():
            windows.step()


def hear(search: Search, beside: Apart) -> None:
    """Take what a process beside has found by the time the search ends; it may have been at it since the start."""
    with contextlib.suppress(EOFError):
        while (answer := beside.answer(0.0)) is not None:
            search.learn(answer.dual)


def _left_open(search: Search) -> tuple[Part, float]:
    """Return the whole program without the columns that no better roster uses, and what it then bounds at most.

    A roster that uses one of them costs at least as much as the best one: so says the reduced cost beyond the bound.
    """
    model, whole = search.model, search.whole
    if search.proof is None or "broken" in model.column_rule:
        return whole, math.inf
    best = search.objective()
    off = whole.kept[search.proof.is_off(best - whole.constant) & whole.program.whole]
    upper = model.upper.copy()
    upper[off] = np.minimum(model.upper[off], model.lower[off])
    upper[: model.choices] = np.maximum(upper[: model.choices], search.values())
    return restricted(model, model.lower, upper), best


def _take(search: Search, answer: Answer, part: Part, most: float) -> None:
    """Take a roster, or what a relaxation proves, and a bound: only up to `most` where columns were left out."""
    if answer.dual is None:
        search.offer_part(part, answer, "proof")
    search.learn(answer.dual)
    search.raise_bound(min(answer.bound + part.constant, most))
    search.tell("proof")
