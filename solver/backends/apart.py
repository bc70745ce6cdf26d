"""Work on a whole program in a process of its own: on the second core, and gone the moment nobody waits for it.

HiGHS keeps one scheduler per process: two MIPs in two threads for 5 s took 5.6 CPU s together, and neither got
beyond its root. In a process of its own each runs at full speed, and can be ended.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection

from solver.columns import Floats
from solver.program import Answer, Program


@dataclass(frozen=True)
class Relaxation:
    """An order: bring the relaxation of a program near its optimum."""

    program: Program
    tolerance: float
    seconds: float


@dataclass(frozen=True)
class Whole:
    """An order: solve a program with whole numbers, from a hint per column (NaN where it says nothing)."""

    program: Program
    hint: Floats
    seconds: float
    seed: int


Order = Relaxation | Whole
LATER = 5


def _work(line: Connection) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    if hasattr(os, "nice"):  # where cores are scarce the first process, which holds the roster, goes first
        os.nice(LATER)
    # The pipe that the parent writes its result to must close when the parent does, whatever happens here.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    from solver.backends.mathopt import solve_first_order, solve_mip  # the child alone pays for loading the optimiser

    while True:
        order: Order = line.recv()
        if isinstance(order, Relaxation):
            line.send(solve_first_order(order.program, tolerance=order.tolerance, seconds=order.seconds))
        else:
            line.send(solve_mip(order.program, seconds=order.seconds, hint=order.hint, gap=1e-7, seed=order.seed))


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Apart:
    """Another process that works on one order after the other."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, far = context.Pipe()
        self._process = context.Process(target=_work, args=(far,), daemon=True)
        self._process.start()
        far.close()
        # From a thread: the other side takes seconds to load the optimiser before it reads, on a busy machine ten and
        # more, and a large program does not fit into the pipe until it does.
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._sending = threading.Thread(target=self._send, daemon=True)
        self._sending.start()

    def _send(self) -> None:
        while (order := self._orders.get()) is not None:
            with contextlib.suppress(OSError):  # it died before it read; `answer` says so
                self._line.send(order)

    def ask(self, order: Order) -> None:
        """Give an order; it is worked on once those before it are done."""
        self._orders.put(order)

    def answer(self, wait: float) -> Answer | None:
        """Return the next answer when it arrives within `wait` seconds, else None; raises EOFError if it died."""
        return self._line.recv() if self._line.poll(wait) else None

    def end(self) -> None:
        """End the process, finished or not."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._orders.put(None)
        self._sending.join()
        self._line.close()
