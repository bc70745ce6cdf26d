"""How far long work is: a part from 0 to 1 told to whoever wants to know, now and then, who may stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar, overload

from crt_scheduler.errors import CrtError

T = TypeVar("T")
Progress = Callable[[float], None]
"""Hears how far the work is; what it raises ends the work there, and whoever does the work leaves nothing half done."""
OFTEN: Final = 500
"""Things that are walked through between two tellings."""


class Stopped(CrtError):
    """Long work was stopped by whoever it is done for."""


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


def part_of(progress: Progress, first: float, last: float) -> Progress:
    """Return who hears of a part of the work, the one from `first` to `last` of the whole."""
    return lambda part: progress(first + (last - first) * min(1.0, part))


def onward(progress: Progress) -> Progress:
    """Return who hears of the work, but never that it went back: some of it is done several times over."""
    told = 0.0

    def tell(part: float) -> None:
        nonlocal told
        told = max(told, part)
        progress(told)

    return tell


def watched(things: Iterable[T], count: int, progress: Progress) -> Iterator[T]:
    """Yield so many things, and tell now and then how many of them that was."""
    for n, thing in enumerate(things):
        if not n % OFTEN:
            progress(n / max(1, count))
        yield thing


class Watched(Sequence[T], Generic[T]):
    """A sequence as it is; whoever walks through it is heard of, and may be stopped."""

    def __init__(self, things: Sequence[T], progress: Progress) -> None:
        self._things, self._progress = things, progress

    def __len__(self) -> int:
        return len(self._things)

    def __iter__(self) -> Iterator[T]:
        return watched(self._things, len(self._things), self._progress)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._things[place]
