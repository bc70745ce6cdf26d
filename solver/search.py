"""One search for a roster: the best so far, the bound, what is left of the limit, and the news for the outside."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from solver.attend import Stopped, attended
from solver.backends import mathopt
from solver.bounding import Proof, proof
from solver.check import Ledger
from solver.columns import Columns, Floats, Model
from solver.explain import open_seats
from solver.program import Answer
from solver.reduce import Part, restricted, whole_model
from solver.result import Progress
from solver.roster import to_placed

PER_OPEN_SEAT = 0.0025
"""Seconds per open seat for explaining it at the end (measured on a city)."""
AFTERWARDS = 0.3
"""Seconds after the time asked in which places may be explained: the roster is out by then."""
NOTICED, SLOWEST = 0.2, 8.0
"""Seconds from which a step says how slow the machine is, and the most that is believed."""
DEAREST = 6
"""Open seats told with each step, without their reasons: ranking all of a city's takes 2 ms."""


@dataclass(frozen=True)
class Limit:
    """How long a search may take: seconds on the wall, or units of work (one greedy pass or one backend solve each)."""

    seconds: float | None = None
    work: int | None = None


class Search:
    """A search with a life: it counts work, keeps the best legal roster and tells of every step forward."""

    def __init__(
        self, columns: Columns, *, limit: Limit, seed: int,
        report: Callable[[Progress], None], should_stop: Callable[[], bool], began: float,
    ) -> None:  # fmt: skip
        self.columns, self.limit, self.seed = columns, limit, seed
        self.model: Model
        self.period = columns.period
        self.dice = np.random.default_rng(seed)
        self.began, self.work, self.stopped = began, 0, False
        self.reserve = self.kept_back = 0.0
        self.slowness = 1.0
        """Wall seconds per CPU second of late: above 1 where the machine is shared."""
        self._bound: float | None = None
        self._charged: tuple[Ledger | None, float] | None = None
        self.proven = False
        self.relaxed: Floats | None = None
        """The values of a relaxation per column of the model."""
        self.proof: Proof | None = None
        """The best of what dual values have proven of the whole program."""
        self.best: Ledger | None = None
        self._told: Ledger | None = None
        self._report, self._should_stop = report, should_stop

    def seconds(self) -> float:
        """Return the seconds since the search began."""
        return time.perf_counter() - self.began

    def left(self) -> float | None:
        """Return the seconds left; None when the limit counts work."""
        kept = self.reserve + self.kept_back
        return None if self.limit.seconds is None else self.limit.seconds - kept - self.seconds()

    def is_over(self) -> bool:
        """Say whether the limit is reached, a stop was asked for, or the best roster is proven."""
        if self._should_stop():
            self.stopped = True
        spent = self.limit.work is not None and self.work >= self.limit.work
        left = self.left()
        return self.stopped or spent or (left is not None and left <= 0) or self.proven

    def run(self, solve: Callable[[], Answer]) -> Answer:
        """Run one backend solve as one unit of work; raises Stopped when the search is over meanwhile."""
        if self.is_over():
            raise Stopped
        self.work += 1
        with self.noticed():
            return attended(solve, self.is_hurried)

    @contextlib.contextmanager
    def noticed(self) -> Iterator[None]:
        """Notice how slow the machine is while something is worked on."""
        wall, spent = time.perf_counter(), time.process_time()
        yield
        if (wall := time.perf_counter() - wall) > NOTICED:
            self.slowness = min(SLOWEST, max(1.0, wall / max(1e-3, time.process_time() - spent)))

    def is_hurried(self) -> bool:
        """Say whether a long step must be left as it is: a stop was asked for, or the time is well over."""
        if self._should_stop():
            self.stopped = True
        left = self.left()
        return self.stopped or (left is not None and left < -0.1)

    def pairs(self, values: Floats) -> list[tuple[int, int]]:
        """Return the (person, seat) pairs that are on in a value per choice."""
        on = np.flatnonzero(values[: self.model.choices] > 0.5)
        return list(zip(self.model.person[on].tolist(), self.model.seat[on].tolist(), strict=True))

    def values(self) -> Floats:
        """Return the best roster as a value per choice."""
        assert self.best is not None
        on = np.zeros(self.model.choices)
        on[self.model.places(self.best.roster.placed())] = 1.0
        return on

    def hint(self, part: Part) -> Floats:
        """Return the best roster as a value per column of a program; NaN where it says nothing."""
        hint = np.full(len(part.kept), np.nan)
        choices = part.kept[part.kept < self.model.choices]
        hint[: len(choices)] = self.values()[choices]
        return hint

    def offer(self, pairs: list[tuple[int, int]], stage: str) -> bool:
        """Take a roster if the check finds it better: fewer broken hard rules first, then fewer points."""
        assert self.best is not None
        found = self.best.moved(pairs)
        (points, hard), (old, old_hard) = found.totals(), self.best.totals()
        if (hard, points) >= (old_hard, old - 1e-6):
            return False
        self.best = found
        self.tell(stage)
        return True

    def offer_part(self, part: Part, answer: Answer, stage: str) -> bool:
        """Take what a smaller program found; columns it left out keep the value that the best roster gives them."""
        if answer.values is None:
            return False
        values = self.values()
        choices = part.kept[part.kept < self.model.choices]
        values[choices] = answer.values[: len(choices)]
        return self.offer(self.pairs(values), stage)

    @cached_property
    def whole(self) -> Part:
        """The whole program."""
        return whole_model(self.model)

    def learn_nothing(self) -> None:
        """Note the bound that the prices alone prove: poor, but there from the start."""
        self.learn(np.zeros(len(self.whole.program.limit)))

    def learn(self, dual: Floats | None) -> None:
        """Note what a value per row of the whole program proves."""
        if dual is None:
            return
        found = proof(self.whole.program, dual)
        if self.proof is None or found.bound > self.proof.bound:
            self.proof = found
        self.raise_bound(found.bound + self.whole.constant)

    def spread(self, values: Floats) -> Floats:
        """Return the values of the whole program per column of the model; fixed columns keep their value."""
        every = np.where(self.model.upper > self.model.lower, 0.0, self.model.lower)
        every[self.whole.kept] = values
        return every

    def reduced(self) -> Floats:
        """Return what each choice costs beyond the best proof; one that is fixed costs nothing."""
        costs = np.zeros(len(self.model.cost))
        if self.proof is not None:
            costs[self.whole.kept] = self.proof.reduced
        return costs[: self.model.choices]

    def raise_bound(self, bound: float) -> None:
        """Note a proven bound of the model, its price for broken locks included."""
        if np.isfinite(bound) and (self._bound is None or bound > self._bound):
            self._bound = bound
        self._see_proof()

    @property
    def bound(self) -> float | None:
        """What no roster can undercut that breaks the rules of locked assignments as little as the best one does."""
        return None if self._bound is None else self._bound - self._broken()

    def _see_proof(self) -> None:
        bound = self.bound
        if bound is not None:
            objective = self.objective()
            self.proven = objective - bound <= 1e-6 * max(1.0, abs(objective))

    def _broken(self) -> float:
        """Return what the model charges the best roster for rules that locks break: no real points."""
        if "broken" not in self.model.column_rule:
            return 0.0
        if self._charged is None or self._charged[0] is not self.best:
            lower, upper = self.model.lower.copy(), self.model.upper.copy()
            lower[: self.model.choices] = upper[: self.model.choices] = self.values()
            part = restricted(self.model, lower, upper)
            answer = mathopt.solve_mip(part.program, gap=1e-9)
            self._charged = (self.best, max(0.0, answer.objective + part.constant - self.objective()))
        return self._charged[1]

    def objective(self) -> float:
        """Return the points of the best roster."""
        assert self.best is not None
        return self.best.totals()[0]

    def tell(self, stage: str) -> None:
        """Report the best roster so far, with all its places where they are others than told before."""
        assert self.best is not None
        self._see_proof()
        roster = self.best.roster
        open_ = roster.places() - roster.filled()
        if self.limit.seconds is not None:
            words = 0.1 + self.slowness * PER_OPEN_SEAT * open_
            self.reserve = min(max(0.0, words - AFTERWARDS), 0.15 * self.limit.seconds)
        lacking = sum(1 for n, parts in enumerate(self.period.teams_to_come) if parts and not roster.teams(n))
        dearest = open_seats(self.period.problem, roster, reasons=False)[:DEAREST]
        objective = self.objective()
        placed = to_placed(roster) if self.best is not self._told else None
        self._told = self.best
        self._report(Progress(self.seconds(), objective, self.bound, open_, stage, lacking, dearest, placed, self.work))
