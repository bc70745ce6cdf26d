"""Calls a month: those that came, and those that one forecast expects with the band of the month's total."""

from __future__ import annotations

import datetime as dt

import msgspec
import numpy as np

from crt_scheduler import times
from crt_scheduler.demand.forecast_values import Floats, Forecast, Ints, date_of, day_number
from crt_scheduler.demand.origin import total_band


class MonthCalls(msgspec.Struct, frozen=True):
    """One month: calls that came (none: not logged, or the month is not over) and expected, with the 80 % band."""

    month: str
    came: int | None
    so_far: int | None
    """Calls of a month that is not over yet, or whose first days are not logged."""
    expected: float | None
    low: int | None
    high: int | None


class CallsByMonth(msgspec.Struct, frozen=True):
    """Months in order for the city (area empty) or one area."""

    area: str
    months: tuple[MonthCalls, ...]

    def of(self, month: str) -> MonthCalls | None:
        """Return one month, if it is shown."""
        return next((each for each in self.months if each.month == month), None)


def by_month(
    forecast: Forecast, day: Ints, area: Ints, names: tuple[str, ...], *,
    month: str, today: dt.date, back: int = 24, ahead: int = 6,
) -> tuple[CallsByMonth, ...]:  # fmt: skip
    """Return the months around `month` for the city and each area, from the local dates and areas of logged calls.

    The forecast is that of `month`, frozen 45 days before it; it is given from the first month that is not over.
    """
    first = times.parse_month(month)
    last = _later(first, ahead)
    starts = _starts(day, first, back, last)
    counts, whole = _counts(day, area, len(names), starts, last, today=today)
    begin = next((n for n, start in enumerate(starts) if start >= first or (start >= _over(day, today))), len(starts))
    edges = [day_number(start) for start in (*starts, last)]
    expected = [forecast.cells(edges[n], edges[n + 1]) for n in range(begin, len(starts))]
    sides = [("", slice(None)), *((name, slice(n, n + 1)) for n, name in enumerate(names))]
    return tuple(
        CallsByMonth(
            name,
            tuple(
                _month(forecast, start, int(counts[n, which].sum()), str(whole[n]),
                       None if n < begin else expected[n - begin][:, :, which])
                for n, start in enumerate(starts)
            ),
        )
        for name, which in sides
    )  # fmt: skip


def _month(forecast: Forecast, start: dt.date, came: int, state: str, cells: Floats | None) -> MonthCalls:
    low, high = (None, None) if cells is None else total_band(forecast, cells)
    total = None if cells is None else round(float(cells.sum()), 2)
    return MonthCalls(
        times.month_of(start), came if state == "over" else None, came if state == "part" else None, total, low, high
    )


def _later(first: dt.date, months: int) -> dt.date:
    """Return the first day of the month so many months on."""
    count = first.year * 12 + first.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def _starts(day: Ints, first: dt.date, back: int, last: dt.date) -> list[dt.date]:
    """Return the first days of the months shown: from where the log begins, at most `back` months before `first`."""
    start = first
    if len(day):
        start = max(_later(first, -back), min(first, date_of(int(day.min())).replace(day=1)))
    found = []
    while start < last:
        found.append(start)
        start = _later(start, 1)
    return found


def _over(day: Ints, today: dt.date) -> dt.date:
    """Return the first day of the first month that is not wholly logged."""
    if not len(day):
        return today.replace(day=1)
    logged = date_of(int(day.max()))
    return min(today.replace(day=1), _later(logged.replace(day=1), 1))


def _counts(
    day: Ints, area: Ints, areas: int, starts: list[dt.date], last: dt.date, *, today: dt.date
) -> tuple[Ints, list[str]]:
    """Return calls per month x area, and whether each month is over, is a part only, or is none of the log."""
    edges = np.array([day_number(start) for start in (*starts, last)])
    counts = np.zeros((len(starts), areas), dtype=np.int64)
    inside = (day >= edges[0]) & (day < edges[-1])
    np.add.at(counts, (np.searchsorted(edges, day[inside], side="right") - 1, area[inside]), 1)
    if not len(day):
        return counts, ["none"] * len(starts)
    begun, over = date_of(int(day.min())), _over(day, today)
    states: list[str] = []
    for start in starts:
        if start >= over:  # a call dated after today is a slip of the pen, not a month begun
            states.append("part" if start <= today and counts[len(states)].any() else "none")
        else:
            states.append("over" if begun <= start + dt.timedelta(days=6) else "part")
    return counts, states
