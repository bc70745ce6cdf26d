"""A roster solved again around a question: what is best where some of it must be otherwise, checked whole.

Everything but the choices that a question frees stays as it is. The whole roster is read by the check before and
after, so that a price is the roster's own and not the model's. OR-Tools is loaded by the first question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

import msgspec
import numpy as np

from solver.attend import attended
from solver.backends import mathopt
from solver.check import Ledger
from solver.columns import Bools, Floats, Ints, Model
from solver.formulate import grid_of, model_of, period_of
from solver.problem import Assignment, Problem
from solver.program import Answer, Program
from solver.questions import Change
from solver.reduce import Part, window
from solver.result import Placed
from solver.roster import Roster, from_assignments

Seated = tuple[int, int]
"""A (person, seat) pair."""
GAP = 1e-6
KEEP = 25.0
"""Points that a changed place is taken to cost while an answer is sought, so that no more moves than helps: a draft
costs nothing by the rules, and a coordinator reads every change. It is no part of an answer's points."""


SURE = 10.0
"""Points by which the relaxation must hold a choice to its bound for it to be left there. Measured on a city's weeks:
whole answers cost 2 to 5 points more than the relaxation, so what is dearer by ten is in none of the best."""


class Solved(msgspec.Struct, frozen=True):
    """What solving again found: the places that change, and by how many points the whole roster does.

    `is_proven` says that nothing else within what was freed is better, changes counted as `KEEP` says; `is_legal`
    that no hard rule is broken by more than before.
    """

    changes: tuple[Change, ...]
    points: float
    is_proven: bool
    is_legal: bool

    @property
    def phones(self) -> tuple[int, ...]:
        """The people whose places change, each once."""
        return tuple(sorted({change.person for change in self.changes}))


class Again:
    """A roster that questions are asked of; it is as before after each."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment | Placed]) -> None:
        self.period = period_of(problem)
        self.roster: Roster = from_assignments(self.period, assignments)
        self._before = Ledger(self.roster)
        self._models: dict[frozenset[int], Model] = {}

    @property
    def objective(self) -> float:
        """What the roster costs as it stands."""
        return self._before.totals()[0]

    def near(self, slots: Collection[int], days: int) -> frozenset[int]:
        """Return the slots to come that begin within so many days of some."""
        dates = [self.period.problem.slots[slot].date.toordinal() for slot in slots]
        return frozenset(
            number
            for number, slot in enumerate(self.period.problem.slots)
            if not slot.begun and any(abs(slot.date.toordinal() - date) <= days for date in dates)
        )

    def model(self, slots: frozenset[int]) -> Model:
        """Return the model in which only some slots can change: the choices there, and the roster as it stands."""
        if slots not in self._models:
            self._models = {slots: model_of(grid_of(self.period, slots=slots, held=self.roster.placed()))}
        return self._models[slots]

    def solve(
        self,
        slots: frozenset[int],
        *,
        off: Collection[Seated] = (),
        never: Collection[Seated] = (),
        fill: Mapping[int, int] | None = None,
        most: int | None = None,
        keep: float = KEEP,
    ) -> Solved | None:
        """Solve some slots again with people taken off and seats filled; None where that cannot be.

        `fill` says how many must be on a seat at least, `never` who may not be put where, `most` how many places may
        change at most beside those taken off.
        """
        model = self.model(slots)
        values = self._values(model)
        slot = np.array(self.period.slot_of_seat, dtype=np.int64)[model.seat]
        free = np.isin(slot, np.array(sorted(slots), dtype=np.int64))
        gone, shut = model.places(sorted(off)), model.places(sorted(never))
        upper = model.upper.copy()
        upper[gone] = upper[shut[values[shut] < 0.5]] = 0.0
        values[gone] = 0.0
        part = window(replace(model, upper=upper), free, values, np.zeros(model.choices, dtype=bool))
        program = self._asked(model, part, values, gone, fill or {}, most, keep)
        answer = attended(partial(_best, program), lambda: False)
        if answer.values is None:
            return None
        kept = part.kept[part.kept < model.choices]
        values[kept] = answer.values[: len(kept)]
        return self._solved(model, values, off, is_proven=answer.done)

    def _values(self, model: Model) -> Floats:
        on = np.zeros(model.choices)
        on[model.places(self.roster.placed())] = 1.0
        return on

    def _asked(
        self, model: Model, part: Part, values: Floats, gone: Ints, fill: Mapping[int, int], most: int | None,
        keep: float,
    ) -> Program:  # fmt: skip
        """Return the program with what the question asks as rows of its own, and a price on each change."""
        import scipy.sparse as sp

        program = part.program
        choices = part.kept < model.choices
        mine = part.kept[choices]
        seat = np.full(len(part.kept), -1, dtype=np.int64)
        seat[choices] = model.seat[mine]
        moved: Bools = choices.copy()
        moved[choices] &= ~np.isin(mine, gone)
        on = np.zeros(len(part.kept))
        on[choices] = values[mine]
        flip = np.where(moved, np.where(on > 0.5, -1.0, 1.0), 0.0)
        rows: list[Floats] = []
        limits: list[float] = []
        for place, least in fill.items():
            others = np.setdiff1d(np.flatnonzero(model.seat == place), mine)
            rows.append(np.where(seat == place, -1.0, 0.0))
            limits.append(float(values[others].sum()) - least)
        if most is not None:
            rows.append(flip)
            limits.append(float(most) - float(on[moved].sum()))
        program = replace(program, cost=program.cost + keep * flip)
        if not rows:
            return program
        return replace(
            program,
            matrix=sp.vstack([program.matrix, sp.csr_matrix(np.array(rows))]).tocsr(),
            limit=np.concatenate([program.limit, np.array(limits)]),
        )

    def _solved(self, model: Model, values: Floats, off: Collection[Seated], *, is_proven: bool) -> Solved:
        on = np.flatnonzero(values > 0.5)
        placed = self.roster.placed()
        known = model.places(placed)
        seen = set(zip(model.person[known].tolist(), model.seat[known].tolist(), strict=True))
        strays = [pair for pair in placed if pair not in seen and pair not in off]
        now = {*strays, *zip(model.person[on].tolist(), model.seat[on].tolist(), strict=True)}
        after = self._before.moved(now)
        (points, hard), (old, old_hard) = after.totals(), self._before.totals()
        was = set(placed)
        changes = [Change(person, seat, True) for person, seat in sorted(now - was)]
        changes += [Change(person, seat, False) for person, seat in sorted(was - now)]
        return Solved(tuple(changes), points - old, is_proven, hard <= old_hard)


def _best(program: Program) -> Answer:
    """Return the best whole answer: what the relaxation is sure of stays, and that is proven or taken back.

    Any answer that moves a choice from where the relaxation holds it costs at least the relaxation and that choice's
    reduced cost; so one found without them that costs less beside the relaxation than `SURE` is the best of all.
    """
    relaxed = mathopt.solve_lp(program, seconds=None)
    if relaxed.values is None or relaxed.dual is None:
        return mathopt.solve_mip(program, gap=GAP)
    reduced = program.cost - program.matrix.T @ relaxed.dual
    held = program.whole & np.isfinite(program.upper)
    off = held & (reduced > SURE) & (relaxed.values < program.lower + 1e-6)
    on = held & (reduced < -SURE) & (relaxed.values > program.upper - 1e-6)
    smaller = replace(
        program, upper=np.where(off, program.lower, program.upper), lower=np.where(on, program.upper, program.lower)
    )
    found = mathopt.solve_mip(smaller, gap=GAP)
    if found.values is not None and found.objective - relaxed.objective <= SURE:
        return found
    return mathopt.solve_mip(program, gap=GAP)
