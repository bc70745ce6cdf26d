"""What a solver has said so far: its steps, its best roster and its Result; nothing it does later loses them."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from crt_scheduler.errors import CrtError
from solver.certificate import certify
from solver.formulate import period_of
from solver.problem import Problem
from solver.result import Placed, Progress, Result
from solver.roster import from_assignments
from solver.wording import tr

Line = Progress | Result
"""What the solver says on one line."""
LONGEST = 64_000_000
"""Bytes of a line that never ends: the largest roster takes a tenth of it."""


@dataclass(frozen=True)
class Best:
    """The best roster a solver sent, with the bound, the seconds and the work of its last step."""

    roster: tuple[Placed, ...]
    bound: float | None
    seconds: float
    work: int


class Heard:
    """One solver's lines as they come in; a line that is none of ours is passed over, and counted."""

    def __init__(self) -> None:
        self.steps: list[Progress] = []
        self.result: Result | None = None
        self.best: Best | None = None
        """The best roster so far; None before the first. Set as a whole: another thread may read it meanwhile."""
        self.garbled = 0
        self._rest = bytearray()

    def take(self, chunk: bytes) -> None:
        """Take what has arrived; a line that is not whole yet waits for its rest."""
        self._rest += chunk
        *lines, rest = self._rest.split(b"\n")
        self._rest = bytearray(rest)
        if len(self._rest) > LONGEST:
            self.garbled, self._rest = self.garbled + 1, bytearray()
        for line in lines:
            self._hear(bytes(line))

    def _hear(self, line: bytes) -> None:
        try:
            said = msgspec.json.decode(line, type=Line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.garbled += 1  # what a library printed, or half of a line whose writer was killed
            return
        if isinstance(said, Result):
            self.result = said
            return
        roster = said.roster if said.roster is not None or self.best is None else self.best.roster
        if roster is not None:
            self.best = Best(roster, said.bound, said.seconds, said.work)
        self.steps.append(msgspec.structs.replace(said, roster=None))  # the newest is enough: each is a city's places


def result_of(problem: Problem, best: Best, *, seed: int) -> Result:
    """Return the Result of the best roster of a solver that gave none: checked and explained here, status "stopped".

    The bound is the one last heard; one above what the roster costs is no bound, and left out. Raises CrtError if the
    roster is none of this Problem.
    """
    try:
        roster = from_assignments(period_of(problem), best.roster)
    except (KeyError, IndexError):
        raise CrtError(
            tr("The solver sent a roster of another month. The records are unchanged; solve again.")
        ) from None
    found = certify(
        problem, roster, status="stopped", bound=best.bound, seconds=best.seconds, work=best.work, seed=seed
    )
    if best.bound is not None and best.bound > found.objective + 1e-6 * max(1.0, abs(found.objective)):
        return msgspec.structs.replace(found, bound=None, gap=None)
    return found


def kept_words(why: str) -> str:
    """Return the sentence for a solver that ended before its time, from the reason."""
    return tr(
        "The solver ended early ({why}). This is the best roster it had found; nothing is proven beyond it.", why=why
    )
