"""The last rung: windows until nothing is gained, the whole program for a better bound, and at best the proof."""

from __future__ import annotations

from functools import partial

import numpy as np

from solver.backends import mathopt
from solver.backends.apart import Apart
from solver.columns import Floats
from solver.program import Answer
from solver.reduce import Part, whole_model
from solver.search import Search
from solver.windows import Windows

PATIENCE = 30
"""Windows without a gain after which the whole program is tried instead, when work is counted."""
FIRST_NODES = 50
SMALL = 6000
"""Columns up to which the whole program is tried at once."""


def improve(search: Search, windows: Windows) -> None:
    """Improve the best roster until the limit or the proof. Seconds: the proof runs on the second core."""
    left = search.left()
    if left is None:
        _by_turns(search, windows)
    elif left > 0:
        _side_by_side(search, windows, left)


def _by_turns(search: Search, windows: Windows) -> None:
    """Windows first, then the whole program with ever larger node limits: no clock decides, so it can be repeated."""
    while not search.is_over() and windows.idle < PATIENCE:
        windows.step()
    nodes = FIRST_NODES
    while not search.is_over():
        part, hint = _whole(search)
        solve = partial(mathopt.solve_mip, part.program, nodes=nodes, hint=hint, gap=1e-7, seed=search.seed)
        _take(search, search.run(solve))
        nodes *= 4


def _side_by_side(search: Search, windows: Windows, left: float) -> None:
    """Try a small whole at once; then windows here, and the whole program beside in a process of its own."""
    part, hint = _whole(search)
    if len(part.kept) < SMALL:
        slice_ = partial(mathopt.solve_mip, part.program, seconds=0.2 * left, hint=hint, gap=1e-7, seed=search.seed)
        _take(search, search.run(slice_))
    if search.is_over():
        return
    # It ends a little early, for it looks at its clock seldom; two seconds go into starting it.
    seconds = 0.88 * (search.left() or 0.0) - 2.0
    beside = Apart(part.program, hint, seconds=seconds, seed=search.seed) if seconds > 1.0 else None
    try:
        _until_over(search, windows, beside)
    finally:
        if beside is not None:
            beside.end()


def _until_over(search: Search, windows: Windows, beside: Apart | None) -> None:
    while not search.is_over():
        answer = None
        if beside is not None:
            try:
                answer = beside.answer(0.1 if windows.idle > PATIENCE else 0.0)
            except EOFError:
                beside = None  # the process died (out of memory, say): windows go on without it
        if answer is not None:
            search.work += 1
            _take(search, answer)
            beside = None
        else:
            windows.step()


def _whole(search: Search) -> tuple[Part, Floats]:
    """Return the whole program with the best roster as its hint."""
    part = whole_model(search.model)
    hint = np.full(len(part.kept), np.nan)
    choices = part.kept[part.kept < search.model.choices]
    hint[: len(choices)] = search.values()[choices]
    return part, hint


def _take(search: Search, answer: Answer) -> None:
    part = whole_model(search.model)
    search.offer_part(part, answer, "proof")
    search.raise_bound(answer.bound + part.constant)
    search.tell("proof")
