"""How fast this machine is: the CPU seconds HiGHS takes to prove public instance 3 of staff rostering.

The machine that the bars of the solver were set on takes 0.7 CPU s. Curtois & Qu 2014, a run-network model: each run
of working days of a person is one column, so are the rests between them.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from solver.backends.mathopt import solve_mip
from solver.program import Program

INSTANCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "rostering" / "Instance3.txt"
BEST = 1001


def sections(text: str) -> dict[str, list[list[str]]]:
    """Return the rows of an instance by section."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("SECTION_"):
            rows = found.setdefault(line, [])
        elif line and not line.startswith("#"):
            rows.append([part.strip() for part in line.split(",")])
    return found


@dataclass
class Rows:
    """A program being written: columns with a cost, rows of (column, weight) up to a limit."""

    cost: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float]] = field(default_factory=list)
    constant: float = 0.0

    def column(self, cost: float = 0.0, *, whole: bool = True) -> int:
        """Add a column and return its number."""
        self.cost.append(cost)
        self.whole.append(whole)
        return len(self.cost) - 1

    def at_most(self, parts: dict[int, float], limit: float) -> None:
        """Add a row."""
        self.rows.append((parts, limit))

    def equal(self, parts: dict[int, float], limit: float) -> None:
        """Add a row both ways."""
        self.at_most(parts, limit)
        self.at_most({column: -weight for column, weight in parts.items()}, -limit)

    def program(self) -> Program:
        """Return what was written."""
        entries = [(n, column, weight) for n, (parts, _) in enumerate(self.rows) for column, weight in parts.items()]
        row, column, weight = (np.array(part) for part in zip(*entries, strict=True))
        size = len(self.cost)
        upper = np.where(self.whole, 1.0, np.inf)
        matrix = sp.csr_matrix((weight, (row, column)), shape=(len(self.rows), size))
        return Program(
            np.array(self.cost),
            np.zeros(size),
            upper,
            np.array(self.whole),
            matrix,
            np.array([b for _, b in self.rows]),
        )


def written(text: str) -> Rows:
    """Return an instance as a run-network model."""
    parts = sections(text)
    days = int(parts["SECTION_HORIZON"][0][0])
    shifts = {row[0]: (int(row[1]), [s for s in row[2].split("|") if s]) for row in parts["SECTION_SHIFTS"]}
    off = {row[0]: {int(day) for day in row[1:]} for row in parts["SECTION_DAYS_OFF"]}
    model = Rows()
    seats: dict[tuple[str, int, str], int] = {}
    for row in parts["SECTION_STAFF"]:
        _person(model, seats, row, days, shifts, off.get(row[0], set()))
    for who, day, shift, weight in parts.get("SECTION_SHIFT_ON_REQUESTS", []):
        model.constant += int(weight)
        if (who, int(day), shift) in seats:
            model.cost[seats[who, int(day), shift]] -= int(weight)
    for who, day, shift, weight in parts.get("SECTION_SHIFT_OFF_REQUESTS", []):
        if (who, int(day), shift) in seats:
            model.cost[seats[who, int(day), shift]] += int(weight)
    for day, shift, wanted, under, over in parts["SECTION_COVER"]:
        here = {column: 1.0 for (_, d, s), column in seats.items() if (d, s) == (int(day), shift)}
        short, extra = model.column(float(under), whole=False), model.column(float(over), whole=False)
        model.equal({**here, short: 1.0, extra: -1.0}, float(wanted))
    return model


def _person(
    model: Rows, seats: dict[tuple[str, int, str], int], row: list[str], days: int,
    shifts: dict[str, tuple[int, list[str]]], off: set[int],
) -> None:  # fmt: skip
    """Write one person: runs of work and rest through the horizon, one shift on each working day."""
    who, (most, least, longest, shortest, rest, weekends) = row[0], (int(part) for part in row[2:8])
    kinds = {name: int(count) for name, count in (part.split("=") for part in row[1].split("|"))}
    mine = {(day, s): model.column() for day in range(days) for s in shifts if day not in off and kinds.get(s, days)}
    seats.update({(who, day, s): column for (day, s), column in mine.items()})
    runs = {
        (a, b): model.column()
        for a in range(days)
        for b in range(a + 1, min(days, a + longest) + 1)
        if not off.intersection(range(a, b)) and (b - a >= shortest or a == 0 or b == days)
    }
    _flow(model, runs, days, rest)
    for day in range(days):
        on = {runs[a, b]: -1.0 for a, b in runs if a <= day < b}
        model.equal({**on, **{mine[day, s]: 1.0 for s in shifts if (day, s) in mine}}, 0.0)
        for s, (_, forbidden) in shifts.items():
            after = {mine[day + 1, t]: 1.0 for t in forbidden if (day + 1, t) in mine}
            if after and (day, s) in mine:
                model.at_most({mine[day, s]: 1.0, **after}, 1.0)
    minutes = {column: float(shifts[s][0]) for (_, s), column in mine.items()}
    model.at_most(minutes, most)
    model.at_most({column: -weight for column, weight in minutes.items()}, -least)
    for s, count in kinds.items():
        model.at_most({column: 1.0 for (_, t), column in mine.items() if t == s}, count)
    worked = []
    for saturday in range(5, days, 7):
        worked.append(model.column())
        for day in range(saturday, min(days, saturday + 2)):
            on = {runs[a, b]: 1.0 for a, b in runs if a <= day < b}
            model.at_most({**on, worked[-1]: -1.0}, 0.0)
    model.at_most(dict.fromkeys(worked, 1.0), weekends)


def _flow(model: Rows, runs: dict[tuple[int, int], int], days: int, rest: int) -> None:
    """Join runs of work by rests of at least `rest` days; a rest that touches either end may be shorter."""
    ready: list[dict[int, float]] = [{} for _ in range(days + 1)]
    tired: list[dict[int, float]] = [{} for _ in range(days + 1)]
    for (a, b), column in runs.items():
        ready[a][column], tired[b][column] = -1.0, 1.0
    for day in range(days):
        longer = model.column()
        ready[day][longer], ready[day + 1][longer] = -1.0, 1.0
    for day in range(1, days + 1):
        off = model.column()
        tired[day][off] = -1.0
        if day + rest <= days:
            ready[day + rest][off] = 1.0
    for day in range(days):
        model.equal(ready[day], -1.0 if day == 0 else 0.0)
        if day:
            model.equal(tired[day], 0.0)
    model.equal(tired[days], 0.0)


def calibrate() -> float:
    """Return the CPU seconds of proving public instance 3, or NaN where the public set does not lie at hand."""
    if not INSTANCE.exists():
        return float("nan")
    model = written(INSTANCE.read_text(encoding="utf-8-sig"))
    program = model.program()
    began = time.process_time()
    answer = solve_mip(program, gap=1e-6)
    if not answer.done or round(answer.objective + model.constant) != BEST:
        raise AssertionError(f"instance 3 gives {answer.objective + model.constant}, not {BEST}")
    return time.process_time() - began


if __name__ == "__main__":
    print(f"public instance 3: {calibrate():.2f} CPU s")
    sys.exit(0)
