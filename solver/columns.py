"""The model in numpy: a column per allowed (person, seat), everything tagged with rule, person and shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from solver.period import Period

if TYPE_CHECKING:
    import scipy.sparse as sp

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BROKEN = 20_000.0
"""Points per unit for a hard row that the locked assignments alone break: a plan exists, mended where it can be."""


@dataclass(frozen=True)
class Model:
    """min cost.x + constant, lower <= x <= upper, matrix.x <= limit; the first `choices` columns seat people."""

    choices: int
    person: Ints
    seat: Ints
    cost: Floats
    lower: Floats
    upper: Floats
    whole: Bools
    matrix: sp.csr_matrix
    limit: Floats
    column_rule: tuple[str, ...]
    row_rule: tuple[str, ...]
    row_person: Ints
    row_shift: Ints
    constant: float

    @cached_property
    def matrix_by_column(self) -> sp.csc_matrix:
        """The same matrix, quick to cut columns from."""
        return self.matrix.tocsc()

    def places(self, pairs: Sequence[tuple[int, int]]) -> Ints:
        """Return which choices seat these (person, seat) pairs; those that no choice seats are left out."""
        seats = int(self.seat.max(initial=0)) + 1
        keys = self.person * seats + self.seat
        wanted = np.array([person * seats + seat for person, seat in pairs if seat < seats], dtype=np.int64)
        found = np.searchsorted(keys, wanted)
        return (
            found[(found < len(keys)) & (keys[np.minimum(found, len(keys) - 1)] == wanted)] if len(keys) else found[:0]
        )

    @cached_property
    def pattern(self) -> sp.csr_matrix:
        """Which rows hold which columns, as ones."""
        return abs(self.matrix).sign()


def stacked(rows: Sequence[tuple[Ints, Floats]]) -> tuple[Ints, Ints, Floats]:
    """Return (row, column, weight) of rows that were collected one by one, to be written at once."""
    row = np.repeat(np.arange(len(rows), dtype=np.int64), [len(column) for column, _ in rows])
    column = np.concatenate([np.zeros(0, np.int64), *(column for column, _ in rows)])
    return row, column, np.concatenate([np.zeros(0), *(weight for _, weight in rows)])


class Columns:
    """A model being built: first who may sit where at what price, then columns, then rows over them."""

    def __init__(self, period: Period, person: Ints, seat: Ints, *, is_tight: bool = True) -> None:
        """Begin with the choices (person, seat) worth looking at, in order of person and seat."""
        self.period, self.is_tight = period, is_tight
        problem = period.problem
        self.slot_of_seat = np.array(period.slot_of_seat, dtype=np.int64)
        self.shift_of_seat = np.array([seat.shift for seat in problem.seats], dtype=np.int64)
        self.begun: Bools = np.array([slot.begun for slot in problem.slots], dtype=bool)[self.slot_of_seat]
        self.is_open: Bools = np.ones(len(person), dtype=bool)
        """Which choices no hard rule closes; a locked one is a choice whether it is open or not."""
        self.price = np.zeros(len(person))
        self._place(person, seat)
        self.constant = 0.0
        self.count = 0
        self._cost: list[Floats] = []
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._whole: list[Bools] = []
        self._column_rule: list[str] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self._limit: list[Floats] = []
        self._row_rule: list[str] = []
        self._row_person: list[Ints] = []
        self._row_shift: list[Ints] = []
        self._rows = 0
        self.shared: dict[str, tuple[Ints, Ints]] = {}
        self.letters: npt.NDArray[np.str_] | None = None

    def _place(self, person: Ints, seat: Ints) -> None:
        self.person, self.seat = person, seat
        self.slot, self.shift = self.slot_of_seat[seat], self.shift_of_seat[seat]
        self.to_come: Bools = ~self.begun[seat]
        """Which choices are on slots that have not begun; the others are history, fixed."""

    def price_cells(self, rule: str, amount: Floats) -> None:
        """Keep a rule on the choices: a hard one closes those with an amount, a weighted one prices them.

        What has begun is neither closed nor priced: it is fixed.
        """
        setting = self.period.setting(rule)
        if setting.hard:
            self.is_open &= ~self.to_come | (amount <= 0)
        elif setting.points:
            self.price += np.where(self.to_come, setting.points * amount, 0.0)

    def freeze(self) -> None:
        """Turn the open choices into columns; a locked assignment has one whatever closes it, and it is fixed.

        Of a slot that has begun there are columns only for whoever is on it, fixed however locks are kept.
        """
        locked = self._are_locked()
        self.is_open &= self.to_come
        kept = self.is_open | locked
        fixed = (locked if self.period.setting("locks").hard else locked & ~self.to_come)[kept]
        self.is_open, self.price = self.is_open[kept], self.price[kept]
        self._place(self.person[kept], self.seat[kept])
        self.add("seat", self.price, lower=fixed.astype(float))

    def _are_locked(self) -> Bools:
        seats = len(self.period.problem.seats)
        held = np.array([person * seats + seat for person, seat in self.period.locked], dtype=np.int64)
        return np.isin(self.person * seats + self.seat, held)

    @cached_property
    def _by_seat(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.seat, kind="stable").astype(np.int64)
        return order, np.searchsorted(self.seat[order], np.arange(len(self.period.problem.seats) + 1))

    def on_seat(self, seat: int) -> Ints:
        """Return the choices of a seat, once frozen."""
        order, start = self._by_seat
        return order[start[seat] : start[seat + 1]]

    def of_person(self, person: int) -> Ints:
        """Return the choices of a person, once frozen."""
        first, last = np.searchsorted(self.person, (person, person + 1))
        return np.arange(first, last, dtype=np.int64)

    def fixed(self) -> Floats:
        """Return 1 for each choice that a lock holds in place, else 0."""
        return self._lower[0]

    def add(
        self, rule: str, cost: Floats, *, lower: Floats | float = 0.0, upper: float = 1.0, whole: Bools | bool = True
    ) -> Ints:
        """Add one column per cost (points per unit) and return their indices."""
        size = len(cost)
        self._cost.append(np.asarray(cost, dtype=float))
        self._lower.append(np.broadcast_to(np.asarray(lower, dtype=float), size).copy())
        self._upper.append(np.full(size, upper))
        self._whole.append(np.broadcast_to(np.asarray(whole, dtype=bool), size).copy())
        self._column_rule += [rule] * size
        self.count += size
        return np.arange(self.count - size, self.count, dtype=np.int64)

    def rows(
        self, rule: str, row: Ints, column: Ints, weight: Floats | float, limit: Floats | float,
        *, person: Ints | int = -1, shift: Ints | int = -1, size: int | None = None,
    ) -> Ints:  # fmt: skip
        """Add rows sum(weight x column) <= limit that always hold; `row` counts from 0 within this call."""
        size = (int(row.max()) + 1 if len(row) else 0) if size is None else size
        weights = np.broadcast_to(np.asarray(weight, dtype=float), len(row))
        self._entries.append((row + self._rows, column, weights))
        self._limit.append(np.broadcast_to(np.asarray(limit, dtype=float), size).copy())
        self._row_rule += [rule] * size
        self._row_person.append(np.broadcast_to(np.asarray(person, dtype=np.int64), size).copy())
        self._row_shift.append(np.broadcast_to(np.asarray(shift, dtype=np.int64), size).copy())
        self._rows += size
        return np.arange(self._rows - size, self._rows, dtype=np.int64)

    def limit(
        self, rule: str, row: Ints, column: Ints, weight: Floats | float, limit: Floats | float,
        *, person: Ints | int = -1, shift: Ints | int = -1, size: int | None = None,
    ) -> Ints:  # fmt: skip
        """Keep sum(weight x column) <= limit as the rule's setting asks: as hard rows, or excess priced per unit.

        Return the columns of the excess, one per row; none where there is no price.
        """
        setting = self.period.setting(rule)
        size = (int(row.max()) + 1 if len(row) else 0) if size is None else size
        if setting.hard:
            self.rows(rule, row, column, weight, limit, person=person, shift=shift, size=size)
        elif setting.points > 0 and size:
            excess = self.add(rule, np.full(size, setting.points), upper=np.inf, whole=False)
            weights = np.broadcast_to(np.asarray(weight, dtype=float), len(row))
            self.rows(
                rule,
                np.concatenate([row, np.arange(size)]),
                np.concatenate([column, excess]),
                np.concatenate([weights, np.full(size, -1.0)]),
                limit, person=person, shift=shift, size=size,
            )  # fmt: skip
            if self.is_tight:
                self._round(rule, row, column, weights, limit, excess, person=person, shift=shift)
            return excess
        return np.zeros(0, dtype=np.int64)

    def _round(
        self, rule: str, row: Ints, column: Ints, weight: Floats, limit: Floats | float, excess: Ints,
        *, person: Ints | int, shift: Ints | int,
    ) -> None:  # fmt: skip
        """Add the mixed-integer rounding of priced rows whose weights are nearly alike (Nemhauser & Wolsey 1990).

        People come whole: 1.3 nights allowed means that the second night already costs 0.7. Without these rows the
        bound believes in a third of a night; on the sample city that was 4 % of the cost.
        """
        size = len(excess)
        least, most = np.full(size, np.inf), np.zeros(size)
        np.minimum.at(least, row, np.abs(weight))
        np.maximum.at(most, row, np.abs(weight))
        unit = np.where(most > 0, most, 1.0)
        share = np.broadcast_to(np.asarray(limit, dtype=float), size) / unit
        part = share - np.floor(share)
        chosen = (least >= 0.8 * most) & (most > 0) & (part > 1e-6) & (part < 1 - 1e-6)
        if not chosen.any():
            return
        place = np.cumsum(chosen) - 1
        kept = chosen[row]
        scaled = weight[kept] / unit[row[kept]]
        over = part[row[kept]]
        whole = np.floor(scaled + 1e-9)
        rounded = whole + np.maximum(0.0, scaled - whole - over) / (1.0 - over)
        ends = np.flatnonzero(chosen)
        self.rows(
            rule,
            np.concatenate([place[row[kept]], place[ends]]),
            np.concatenate([column[kept], excess[ends]]),
            np.concatenate([rounded, -1.0 / (unit[ends] * (1.0 - part[ends]))]),
            np.floor(share[ends]),
            person=np.broadcast_to(np.asarray(person, dtype=np.int64), size)[ends],
            shift=np.broadcast_to(np.asarray(shift, dtype=np.int64), size)[ends],
            size=len(ends),
        )

    def finish(self) -> Model:
        """Return the model; a hard row that locked assignments alone break gets a dear way out: a plan exists."""
        # Imported only now: a check or a Problem needs no sparse matrix, and the window would hold 21 MB for it.
        import scipy.sparse as sp

        rows, columns, weights = (np.concatenate([entry[part] for entry in self._entries]) for part in range(3))
        limit, lower = np.concatenate(self._limit), np.concatenate(self._lower)
        activity = np.bincount(rows, weights=weights * lower[columns], minlength=self._rows)
        free = np.zeros(self._rows, dtype=bool)
        free[rows[np.isinf(np.concatenate(self._upper)[columns]) & (weights < 0)]] = True
        broken = np.flatnonzero((activity > limit + 1e-9) & ~free)
        if len(broken):
            ways_out = self.add("broken", np.full(len(broken), BROKEN), upper=np.inf, whole=False)
            rows, columns = np.concatenate([rows, broken]), np.concatenate([columns, ways_out])
            weights = np.concatenate([weights, np.full(len(broken), -1.0)])
        return Model(
            choices=len(self.person), person=self.person, seat=self.seat,
            cost=np.concatenate(self._cost), lower=np.concatenate(self._lower), upper=np.concatenate(self._upper),
            whole=np.concatenate(self._whole), limit=limit, constant=self.constant,
            matrix=sp.csr_matrix((weights, (rows, columns)), shape=(self._rows, self.count)),
            column_rule=tuple(self._column_rule), row_rule=tuple(self._row_rule),
            row_person=np.concatenate(self._row_person), row_shift=np.concatenate(self._row_shift),
        )  # fmt: skip
