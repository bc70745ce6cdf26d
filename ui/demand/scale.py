"""Where months and numbers of calls lie on a plot, and the round numbers beside it."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QRectF

from crt_scheduler import times
from crt_scheduler.demand.coming import MonthCalls
from solver.wording import say_date


class Scale:
    """Where a month and a number of calls lie."""

    def __init__(self, place: QRectF, months: tuple[MonthCalls, ...]) -> None:
        self.place, self.count = place, len(months)
        most = max((max(m.came or 0, m.so_far or 0, m.high or 0, m.expected or 0) for m in months), default=0)
        step = round_step(max(1.0, float(most)) / 4)
        self.ticks = [step * n for n in range(math.ceil(most / step) + 1)] or [0.0, 1.0]
        self.most = max(self.ticks[-1], step)

    def x(self, place: int) -> float:
        """Return the middle of a month."""
        return self.place.left() + self.place.width() * (place + 0.5) / self.count

    def y(self, calls: float) -> float:
        """Return the height of a number of calls."""
        return self.place.bottom() - self.place.height() * calls / self.most


def round_step(rough: float) -> float:
    """Return the next of 1, 2, 2.5, 5 times a power of ten, and never less than one call."""
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1.0, 2.0, 2.5, 5.0, 10.0) if power * n >= rough)
    return max(1.0, step)


def short(month: str) -> str:
    """Return a month as a short label, with its year in January."""
    first: dt.date = times.parse_month(month)
    return say_date(first, "short month year") if first.month == 1 else say_date(first, "month")
