"""A solve ends with the best roster that was sent, whatever becomes of the solver."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest

from crt_scheduler import child
from crt_scheduler.errors import CrtError
from crt_scheduler.heard import LONGEST, Best, Heard, result_of
from crt_scheduler.places import solver_command
from solver.check import check, verdict
from solver.problem import Problem
from solver.result import Placed, Progress, Result, roster_digest
from tests.benchmarks.city import problem as city

DEAF = [*solver_command(), "--seconds", "600"]
"""The real solver, which listens to nobody: only an attended one hears a stop."""


@pytest.fixture(autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """Let Ctrl+C interrupt, as at a terminal: a shell starts what runs in its background deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@cache
def problem() -> Problem:
    """A city: no search proves its best roster while a test runs."""
    return city("city", 3)


def line(**values: object) -> bytes:
    """A line of progress."""
    step = {"seconds": 1.0, "objective": 9.0, "bound": 4.0, "open_seats": 1, **values}
    return msgspec.json.encode(msgspec.convert({"kind": "progress", **step}, Progress)) + b"\n"


def solve(happens: Callable[[Progress], object], **more: object) -> tuple[Result, list[Progress], list[str]]:
    """Solve a city in a real child, `happens` at its first step; return the Result, the steps and what was said."""
    steps: list[Progress] = []
    said: list[str] = []

    def on_progress(step: Progress) -> None:
        steps.append(step)
        if len(steps) == 1:
            happens(step)

    values = {"seconds": 600.0, "work": None, "seed": 1, "on_progress": on_progress, "on_kept": said.append, **more}
    return child.solve(problem(), **values), steps, said  # type: ignore[arg-type]


def own_children() -> list[int]:
    """The numbers of the processes this one started that run the solver's program."""
    tasks = Path("/proc/self/task").glob("*/children")
    numbers = [number for task in tasks for number in task.read_text().split()]
    return [int(n) for n in numbers if b"\0solver\0" in Path(f"/proc/{n}/cmdline").read_bytes()]


def interrupt() -> None:
    """Press Ctrl+C."""
    signal.raise_signal(signal.SIGINT)


def send(what: signal.Signals) -> None:
    """Send a signal to the solver."""
    (number,) = own_children()
    os.kill(number, what)


def assert_is_honest(result: Result) -> None:
    """What a kept roster says of itself is what the check finds, and its bound is no more than what was heard."""
    read = verdict(check(problem(), result.roster))
    assert (result.status, result.objective, result.hard_violations) == ("stopped", read.objective, 0)
    assert result.cost_by_rule == read.cost_by_rule
    assert result.roster_digest == roster_digest(result.roster)
    assert all(seat.reason for seat in result.open_seats)


only_linux = pytest.mark.skipif(sys.platform != "linux", reason="finds the solver's process in /proc")


def test_ctrl_c_asks_for_the_best_roster_and_gets_it() -> None:
    result, steps, said = solve(lambda step: interrupt(), patience=600.0)
    assert (result.status, said) == ("stopped", [])
    assert steps and result.roster


def test_ctrl_c_ends_with_the_best_roster_although_the_solver_ignores_it() -> None:
    result, _, said = solve(lambda step: interrupt(), words=DEAF, patience=0.0)
    assert len(said) == 1 and "it did not answer a stop" in said[0]
    assert_is_honest(result)


@only_linux
def test_ctrl_c_ends_with_the_best_roster_although_the_solver_is_frozen() -> None:
    def freeze(step: Progress) -> None:
        send(signal.SIGSTOP)
        interrupt()

    result, steps, said = solve(freeze, patience=0.0)
    assert len(said) == len(steps) == 1
    assert_is_honest(result)


@only_linux
def test_a_solver_that_is_killed_leaves_the_best_roster_it_sent() -> None:
    result, steps, said = solve(lambda step: send(signal.SIGKILL))
    assert said == [
        "The solver ended early (it was ended from outside). This is the best roster it had found; "
        "nothing is proven beyond it."
    ]
    assert result.bound == steps[-1].bound and result.objective == pytest.approx(steps[-1].objective)
    assert_is_honest(result)


def test_lines_come_whole_however_they_are_cut_and_garbage_between_them_loses_nothing() -> None:
    placed = [{"person": "lea", "seat": 0}]
    said = b"warning: \xff from a library\n" + line(roster=placed) + b'{"kind": "progress", "sec\n' + line(bound=5.0)
    heard = Heard()
    for n in range(len(said)):
        heard.take(said[n : n + 1])
    assert heard.best == Best((Placed("lea", 0),), bound=5.0, seconds=1.0, work=0)
    assert (len(heard.steps), heard.garbled, heard.result) == (2, 2, None)


def test_a_line_that_never_ends_fills_no_memory() -> None:
    heard = Heard()
    heard.take(line(roster=[]))
    for _ in range(2 + LONGEST // 2**22):
        heard.take(b"x" * 2**22)
    assert heard.garbled == 1 and heard.best is not None


def test_a_roster_of_another_month_is_refused_in_a_sentence() -> None:
    for placed in (Placed("nobody", 0), Placed(problem().people[0].id, 10**6)):
        with pytest.raises(CrtError, match="another month"):
            result_of(problem(), Best((placed,), bound=None, seconds=1.0, work=1), seed=1)


def test_a_bound_above_the_roster_it_bounds_is_no_bound() -> None:
    result = result_of(city("small", 3), Best((), bound=1e12, seconds=1.0, work=1), seed=1)
    assert (result.bound, result.gap) == (None, None)
