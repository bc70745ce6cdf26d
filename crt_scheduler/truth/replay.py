"""Replay a stream of calls against teams on shift: teams go out and come back, and the rest is counted exactly.

What a call finds is taken as an expectation over who answers (a chance per free team); a draw decides who goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import msgspec
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SERVICE_VARIATION = 0.7
"""Coefficient of variation of a response's minutes, lognormal (DOMAIN: median 1.7 h, mean 2.1 h)."""


class Stream(msgspec.Struct, frozen=True):
    """Calls in order of time: minute they came, minutes they took, area, and the shift (any number) they fell in."""

    minute: Ints
    minutes: Floats
    area: Ints
    shift: Ints


class Ends(msgspec.Struct, frozen=True):
    """Chances per call that it was served by its own area, or late by a neighbour; the rest was missed."""

    served: Floats
    late: Floats

    @property
    def missed(self) -> Floats:
        """Chance per call that nobody came."""
        return np.asarray(1.0 - self.served - self.late, dtype=np.float64)


def replay(
    calls: Stream, teams: Ints, answers: Floats, near: Sequence[Sequence[int]], *, dice: np.random.Generator
) -> Ends:
    """Return how each call ends; `teams` and `answers` are calls x areas, as they stood when the call came.

    They hold the full teams on shift, and the chance that one of them answers.
    A team is busy for the call's minutes, at most until its shift ends: the next shift begins rested.
    """
    busy: dict[int, list[float]] = {}
    rows, silent, luck = teams.tolist(), (1.0 - answers).tolist(), dice.random((len(calls.minute), 2)).tolist()
    served, late, current = [], [], None
    columns = (calls.minute, calls.minutes, calls.area, calls.shift)
    stream = zip(*(column.tolist() for column in columns), rows, silent, luck, strict=True)
    for minute, minutes, area, shift, on_shift, miss, (draw, which) in stream:
        if shift != current:
            busy, current = {}, shift
        free = _free(busy[area], on_shift[area], minute) if area in busy else on_shift[area]
        others = [_free(busy[o], on_shift[o], minute) if o in busy else on_shift[o] for o in near[area]]
        none = miss[area] ** free
        none_near = prod([miss[other] ** count for other, count in zip(near[area], others)])  # noqa: B905 - one each
        served.append(1.0 - none)
        late.append(none * (1.0 - none_near))
        if draw >= none:
            busy.setdefault(area, []).append(minute + minutes)
        elif draw >= none * none_near:
            busy.setdefault(near[area][_pick(others, which)], []).append(minute + minutes)
    return Ends(np.array(served), np.array(late))


def _free(out: list[float], on_shift: int, minute: int) -> int:
    """Return the teams not out at a minute, and forget those that came back."""
    out[:] = [back for back in out if back > minute]
    return max(0, on_shift - len(out))


def _pick(free: Sequence[int], which: float) -> int:
    """Return the neighbour whose team goes: each free team is as likely as another."""
    left = which * sum(free)
    for place, count in enumerate(free):
        left -= count
        if left < 0:
            return place
    return max(place for place, count in enumerate(free) if count)


def responses(count: int, *, mean: float, dice: np.random.Generator) -> Floats:
    """Return drawn response times in minutes: lognormal with this mean and a coefficient of variation of 0.7."""
    sigma = float(np.sqrt(np.log1p(SERVICE_VARIATION**2)))
    return dice.lognormal(np.log(mean) - sigma**2 / 2.0, sigma, count)


def at_once(calls: Stream) -> Bools:
    """Say of each call whether it came while another of its area and shift was still being answered."""
    last: dict[tuple[int, int], float] = {}
    found = []
    ends = calls.minute + calls.minutes
    stream = zip(calls.minute.tolist(), ends.tolist(), calls.area.tolist(), calls.shift.tolist(), strict=True)
    for minute, end, area, shift in stream:
        until = last.get((area, shift), -1.0)
        found.append(until > minute)
        if end > until:
            last[area, shift] = end
    return np.array(found, dtype=bool)
