"""Running the solver as a program of its own: a Problem in, progress and a Result out, Stop in between."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

from crt_scheduler.errors import CrtError
from crt_scheduler.heard import Heard, kept_words, result_of
from crt_scheduler.places import own_environment, solver_command
from solver import problem as asked
from solver.result import Progress, Result
from solver.wording import tr

PATIENCE = 3.0
"""Seconds for answering a stop while a roster is in hand: the answer is that roster, or a little better. A city
answers in 2 CPU seconds, nearly all of them for the reasons of its open seats: 17 s on a machine at load 15."""
OVERDUE = 60.0
"""Seconds beyond its limit after which a solver that has sent a roster is taken for frozen."""
LEAVING = 5.0
"""Seconds for leaving after the last word."""
LOOK = 0.2
"""Seconds between looks at the clock; what the solver says is passed on at once."""


def solve(
    problem: asked.Problem,
    *,
    seconds: float | None,
    work: int | None,
    seed: int,
    on_progress: Callable[[Progress], None],
    on_kept: Callable[[str], None],
    words: list[str] | None = None,
    patience: float = PATIENCE,
) -> Result:
    """Solve in a child process and return its Result; Ctrl+C stops it with the best roster so far, twice at once.

    A child that gives no Result, whatever becomes of it, leaves the best roster it sent, and `on_kept` is told why.
    Raises CrtError if it sent none. `words` start another program that speaks as the solver does.
    """
    words = words or command(seconds=seconds, work=work, seed=seed)
    with tempfile.TemporaryFile() as errors, _child(words, errors) as process:
        talk = _Talk(process, asked.to_json(problem) + b"\n")
        why = _attend(talk, on_progress, overdue=None if seconds is None else seconds + OVERDUE, patience=patience)
        talk.end()
        if why:
            process.kill()
        with suppress(subprocess.TimeoutExpired):  # it has said its last word, and leaves by itself
            process.wait(LEAVING)
        if talk.heard.result is not None:
            return talk.heard.result
        errors.seek(0)
        why = why or reason(process.returncode or 0, errors.read().decode(errors="replace"))
    best = talk.heard.best
    if best is None:
        raise CrtError(ended(why))
    on_kept(kept_words(why))
    return result_of(problem, best, seed=seed)


def command(*, seconds: float | None, work: int | None, seed: int, nice: int = 0) -> list[str]:
    """Return the words that start an attended solver; `nice` lets other programs go first."""
    words = [*solver_command(), "--attended", "--seed", str(seed)]
    words += ["--nice", str(nice)] if nice else []
    return [*words, *(["--work", str(work)] if work is not None else ["--seconds", str(seconds)])]


def reason(code: int, said: str) -> str:
    """Return why a solver ended, from its exit code and what it said of it: a few words for a sentence."""
    if said.strip():
        return said.strip().splitlines()[-1]
    return tr("it was ended from outside") if code < 0 else tr("exit code {code}", code=code)


def ended(why: str) -> str:
    """Return the sentence for a solver that ended without a roster."""
    return tr("The solver ended without a roster ({why}). The records are unchanged; solve again.", why=why)


class _Talk:
    """Both ways of a child's line, each in a thread of its own: neither a frozen child nor Ctrl+C loses a word."""

    def __init__(self, process: subprocess.Popen[bytes], problem: bytes) -> None:
        self.heard, self.news, self.is_over = Heard(), threading.Event(), False
        self._process = process
        self._orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._orders.put(problem)
        for work in (self._speak, self._listen):
            threading.Thread(target=work, daemon=True).start()

    def stop(self) -> None:
        """Ask for the best roster so far."""
        self._orders.put(b"stop\n")

    def end(self) -> None:
        """Say nothing more."""
        self._orders.put(b"")

    def _speak(self) -> None:
        line = self._process.stdin
        assert line is not None
        with suppress(OSError, ValueError):  # the child, or its line, is gone: what it said of the reason is read later
            while order := self._orders.get():
                line.write(order)
                line.flush()

    def _listen(self) -> None:
        line = self._process.stdout
        assert line is not None
        with suppress(OSError, ValueError):
            while chunk := os.read(line.fileno(), 1 << 16):
                self.heard.take(chunk)
                self.news.set()
        self.is_over = True
        self.news.set()


def _attend(talk: _Talk, on_progress: Callable[[Progress], None], *, overdue: float | None, patience: float) -> str:
    """Pass progress on until there is a Result or the child's line ends; return why it was given up, or ""."""
    began = time.monotonic()
    stops: list[float] = []
    passed = 0
    while True:
        try:
            talk.news.wait(LOOK)
            talk.news.clear()
            is_over = talk.heard.result is not None or talk.is_over  # looked at first: what came before it is passed on
            while passed < len(talk.heard.steps):
                passed += 1
                on_progress(talk.heard.steps[passed - 1])
            if is_over:
                return ""
            if len(stops) > 1:
                return tr("it was told twice to stop")
            has_roster, now = talk.heard.best is not None, time.monotonic()
            if stops and has_roster and now > stops[0] + patience:
                return tr("it did not answer a stop")
            if overdue is not None and has_roster and now > began + overdue:
                return tr("it did not end in its time")
        except KeyboardInterrupt:
            stops.append(time.monotonic())
            talk.stop()


@contextmanager
def _child(words: list[str], errors: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the solver apart from this terminal's Ctrl+C, and make sure it is gone at the end."""
    own_group = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP; elsewhere a session of its own
    process: subprocess.Popen[bytes] = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=own_environment(),
        creationflags=own_group,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()  # one that nobody waits for any more; nothing happens to one that has left
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # the child has ended; nothing more to tell it
                    pipe.close()
