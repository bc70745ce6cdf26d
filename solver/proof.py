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
WORTH_IT = 15.0
"""Seconds left from which the bound is worked on from the start."""
SMALL = 6000
"""Columns up to which the whole program is tried at once."""


def begin(search: Search) -> Apart | None:
    """Start bounding the whole program on the second core while this one relaxes and dives, if the time is worth it.

    On the sample city the cuts of the first 25 s raise the bound by 0.7 %; begun only after the dive, by 0.1 %.
    """
    left = search.left()
    if left is None or left < WORTH_IT or len(whole_model(search.model).kept) < SMALL:
        return None
    return _beside(search, left)


def improve(search: Search, windows: Windows, beside: Apart | None) -> None:
    """Improve the best roster until the limit or the proof. Seconds: the bound is raised on the second core."""
    left = search.left()
    if left is None:
        _by_turns(search, windows)
    elif left > 0:
        _side_by_side(search, windows, left, beside)


def _beside(search: Search, left: float) -> Apart | None:
    """Start the whole program in a process of its own, to end a little before the time that is left."""
    part, hint = _whole(search)
    # It ends a little early, for it looks at its clock seldom; two seconds go into starting it.
    seconds = 0.88 * left - 2.0
    return Apart(part.program, hint, seconds=seconds, seed=search.seed) if seconds > 1.0 else None


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


def _side_by_side(search: Search, windows: Windows, left: float, beside: Apart | None) -> None:
    """Try a small whole at once; then windows here, and the whole program beside in a process of its own."""
    part, hint = _whole(search)
    if len(part.kept) < SMALL:
        slice_ = partial(mathopt.solve_mip, part.program, seconds=0.2 * left, hint=hint, gap=1e-7, seed=search.seed)
        _take(search, search.run(slice_))
    if search.is_over():
        return
    own = _beside(search, search.left() or 0.0) if beside is None else None
    try:
        _until_over(search, windows, beside or own)
    finally:
        if own is not None:
            own.end()


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
