"""A whole program solved in a process of its own: on the second core, and gone the moment nobody waits for it.

HiGHS keeps one scheduler per process: two MIPs in two threads for 5 s took 5.6 CPU s together, and neither got
beyond its root. In a process of its own each runs at full speed, and can be ended.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from multiprocessing.connection import Connection

from solver.columns import Floats
from solver.program import Answer, Program


def _work(line: Connection) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    # The pipe that the parent writes its result to must close when the parent does, whatever happens here.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    from solver.backends.mathopt import solve_mip  # the child alone pays for loading the optimiser

    program, hint, seconds, seed = line.recv()
    line.send(solve_mip(program, seconds=seconds, hint=hint, gap=1e-7, seed=seed))


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Apart:
    """A MIP on its way in another process."""

    def __init__(self, program: Program, hint: Floats, *, seconds: float, seed: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, far = context.Pipe()
        self._process = context.Process(target=_work, args=(far,), daemon=True)
        self._process.start()
        far.close()
        # From a thread: the other side takes seconds to load the optimiser before it reads, on a busy machine ten and
        # more, and a large program does not fit into the pipe until it does.
        order = (program, hint, seconds, seed)
        self._sending = threading.Thread(target=self._send, args=(order,), daemon=True)
        self._sending.start()

    def _send(self, order: tuple[Program, Floats, float, int]) -> None:
        with contextlib.suppress(OSError):  # it died before it read; `answer` says so
            self._line.send(order)

    def answer(self, wait: float) -> Answer | None:
        """Return the answer when it arrives within `wait` seconds, else None; raises EOFError when the process died."""
        return self._line.recv() if self._line.poll(wait) else None

    def end(self) -> None:
        """End the process, finished or not."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._sending.join()
        self._line.close()
