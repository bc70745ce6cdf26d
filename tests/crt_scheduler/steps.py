"""What a program does to the disk, counted: to end it, or to let the disk fail, at the n-th step."""

from __future__ import annotations

import errno
import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

ROOM, MOVES = ("write", "fsync", "mkdir"), ("replace",)
NAMES = ("write", "fsync", "replace", "mkdir", "unlink", "rmdir")


@contextmanager
def steps(at: Callable[[int, str], None]) -> Iterator[list[int]]:
    """Call `at` with its number, from 1, and its name before each step, and count the steps."""
    count = [0]

    def counted(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def step(*words: Any, **named: Any) -> Any:
            count[0] += 1
            at(count[0], name)
            return act(*words, **named)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.setattr(os, name, counted(name, getattr(os, name)))
        yield count


def counted(act: Callable[[], object]) -> int:
    """Return how many steps an act takes."""
    with steps(lambda *_: None) as count:
        act()
    return count[0]


def killed(act: Callable[[], object], step: int) -> bool:
    """Let a copy of this process do an act and kill it at a step; False if it was through before that.

    The records must be closed: a copy of a process may not use what SQLite has open.
    """

    def die(number: int, _: str) -> None:
        if number == step:
            os.kill(os.getpid(), signal.SIGKILL)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the test runner's own threads take no part in the act
        child = os.fork()
    if not child:
        with steps(die):
            act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or not status, "the act failed before it was killed"
    return os.WIFSIGNALED(status)


@contextmanager
def full(step: int, names: tuple[str, ...] = ROOM) -> Iterator[list[int]]:
    """Let the disk be full from a step on: what has the names fails, which is all that needs room if none are given."""

    def fail(number: int, name: str) -> None:
        if number >= step and name in names:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with steps(fail) as count:
        yield count
