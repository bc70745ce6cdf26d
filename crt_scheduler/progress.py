"""How far long work is: a part from 0 to 1 told to whoever wants to know, now and then."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]


def nobody(part: float) -> None:
    """Tell nobody."""


class Steps:
    """So many steps to do; tells each whole hundredth once."""

    def __init__(self, progress: Progress, count: int) -> None:
        self._progress, self._count = progress, max(1, count)
        self._done, self._told = 0, -1

    def done(self, count: int) -> None:
        """Some more steps are done."""
        self._done += count
        hundredth = min(100, 100 * self._done // self._count)
        if hundredth > self._told:
            self._told = hundredth
            self._progress(hundredth / 100)
