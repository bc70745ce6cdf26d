"""What the log itself says of some dates: the calls of past years on them against those of the weeks around."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from crt_scheduler.demand import shape
from crt_scheduler.demand.forecast_values import Calls, weekday_of
from solver.wording import counted, tr

AROUND_DAYS = 28
"""Days before and after the dates whose calls say what an ordinary day would have brought."""


class Ratio(msgspec.Struct, frozen=True):
    """Calls logged on such dates in past years, calls of as many ordinary days, and how many days those were."""

    calls: int
    expected: float
    days: int

    @property
    def ratio(self) -> float | None:
        """Calls against expected calls; none where the log holds no such day."""
        return self.calls / self.expected if self.expected > 0 else None

    @property
    def shrunk(self) -> float:
        """The same with 30 pseudo-calls, as every index of the forecast: what may be set without following chance."""
        return (self.calls + shape.PSEUDO_CALLS) / (self.expected + shape.PSEUDO_CALLS)

    def sentence(self) -> str:
        """Say the ratio and what it rests on."""
        if self.ratio is None:
            return tr("The log holds no such day yet.")
        return counted(
            self.days,
            "The log says {ratio:.2f}: {calls} calls on {n} day, {expected:.1f} on ordinary ones.",
            "The log says {ratio:.2f}: {calls} calls on {n} days, {expected:.1f} on ordinary ones.",
            ratio=self.ratio,
            calls=self.calls,
            expected=self.expected,
        )


def ratio(calls: Calls, spans: Sequence[tuple[int, int]], *, area: int | None = None) -> Ratio:
    """Return what the log says of these spans of days (first and last, both included), in an area or everywhere.

    A span counts if it and the four weeks on either side lie within the log.
    """
    if not len(calls.day):
        return Ratio(0, 0.0, 0)
    begun, ended = int(calls.day.min()), int(calls.day.max())
    counts = np.bincount(calls.day[calls.area == area if area is not None else slice(None)] - begun)
    counts = np.pad(counts, (0, ended - begun + 1 - len(counts))).astype(float)
    weekday = weekday_of(np.arange(begun, ended + 1))
    seen = np.bincount(weekday, minlength=7)
    by_weekday = np.bincount(weekday, weights=counts, minlength=7).astype(float)
    pull = shape.index(by_weekday, seen * counts.mean())[weekday]
    found, expected, days = 0, 0.0, 0
    for first, last in spans:
        low, high = first - begun, last + 1 - begun
        if low < AROUND_DAYS or high + AROUND_DAYS > len(counts):
            continue
        near = np.r_[low - AROUND_DAYS : low, high : high + AROUND_DAYS]
        found += int(counts[low:high].sum())
        expected += float(counts[near].sum() / pull[near].sum() * pull[low:high].sum())
        days += high - low
    return Ratio(found, expected, days)
