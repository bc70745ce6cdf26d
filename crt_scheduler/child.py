"""Running the solver as a program of its own: a Problem in, progress and a Result out, Stop in between."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

import msgspec

from crt_scheduler.errors import CrtError
from crt_scheduler.places import own_environment, solver_command
from solver import problem as asked
from solver.result import Progress, Result

Line = Progress | Result
"""What the solver says on one line."""


def solve(
    problem: asked.Problem,
    *,
    seconds: float | None,
    work: int | None,
    seed: int,
    on_progress: Callable[[Progress], None],
) -> Result:
    """Solve in a child process and return its Result; Ctrl+C stops it with the best roster so far.

    Raises CrtError if the child ended without a result.
    """
    words = command(seconds=seconds, work=work, seed=seed)
    with tempfile.TemporaryFile() as errors, _child(words, errors) as process:
        assert process.stdin is not None and process.stdout is not None
        result: Result | None = None
        with suppress(BrokenPipeError):  # it ended before reading; what it said of the reason is read below
            process.stdin.write(asked.to_json(problem) + b"\n")
            process.stdin.flush()
        lines = process.stdout
        while result is None:
            try:
                line = lines.readline()
                if not line:
                    break
                said = msgspec.json.decode(line, type=Line)
                if isinstance(said, Result):
                    result = said
                else:
                    on_progress(said)
            except KeyboardInterrupt:
                process.stdin.write(b"stop\n")
                process.stdin.flush()
        if result is None:
            process.wait()
            errors.seek(0)
            raise CrtError(ended(process.returncode, errors.read().decode(errors="replace")))
        return result


def command(*, seconds: float | None, work: int | None, seed: int, nice: int = 0) -> list[str]:
    """Return the words that start an attended solver; `nice` lets other programs go first."""
    words = [*solver_command(), "--attended", "--seed", str(seed)]
    words += ["--nice", str(nice)] if nice else []
    return [*words, *(["--work", str(work)] if work is not None else ["--seconds", str(seconds)])]


def ended(code: int, said: str) -> str:
    """Return the sentence for a solver that ended without a roster, from its exit code and what it said of it."""
    last = said.strip().splitlines()[-1] if said.strip() else f"exit code {code}"
    return f"The solver ended without a roster ({last}). The records are unchanged; solve again."


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
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # the child has ended; nothing more to tell it
                    pipe.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
