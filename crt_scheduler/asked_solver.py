"""Questions asked of the solver as a program of its own, which keeps the month while somebody asks."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import msgspec

from crt_scheduler.child import reason
from crt_scheduler.errors import CrtError
from crt_scheduler.places import own_environment, solver_command
from solver.problem import Problem, to_json
from solver.questions import TO_ANSWER, Answer, Question
from solver.wording import tr


class AskedSolver:
    """A solver that has a month in mind and answers one question at a time."""

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        self._process, self._errors = process, errors

    def ask(self, question: Question) -> Answer:
        """Return the answer; raises CrtError if the solver ended without one."""
        line = self._tell(msgspec.json.encode(question))
        if not line:
            raise CrtError(self._why())
        return TO_ANSWER.decode(line)

    def _tell(self, words: bytes) -> bytes:
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(words + b"\n")
            self._process.stdin.flush()
        except OSError:  # it is gone: what it said of the reason is read below
            return b""
        return self._process.stdout.readline()

    def _why(self) -> str:
        code = self._process.wait()
        self._errors.seek(0)
        why = reason(code, self._errors.read().decode(errors="replace"))
        return tr("The solver ended without an answer ({why}). Nothing was changed; ask again.", why=why)


@contextmanager
def asked_solver(problem: Problem) -> Iterator[AskedSolver]:
    """Start a solver on a month, and make sure it is gone at the end; raises CrtError for a month it refuses."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [*solver_command(), "--questions"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=own_environment(),
        )
        try:
            solver = AskedSolver(process, errors)
            assert process.stdin is not None
            process.stdin.write(to_json(problem) + b"\n")
            yield solver
        finally:
            process.kill()
            process.communicate()
