"""What a forecast is made of and made from: calls as arrays, what is known without a log, factors, the forecast."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from crt_scheduler.demand import story

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)

EPOCH = dt.date(1970, 1, 1)
SPREAD = 5.0
"""The negative binomial's r until the log teaches better: calls come in clusters (measured on four real logs)."""
SERVICE_MINUTES, SERVICE_VARIATION = 126.0, 0.7
"""A response's mean minutes and coefficient of variation, lognormal, until logged durations teach better."""
OUTSIDE, TIMELESS = -1, -2
"""Template of a call that came when no shift runs, and of one whose time of day was not written down."""


def day_number(date: dt.date) -> int:
    """Return days since 1970-01-01."""
    return (date - EPOCH).days


def date_of(day: int) -> dt.date:
    """Return the date so many days after 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(day))


def month_of(days: Ints) -> Ints:
    """Return the month (0-11) of days since 1970-01-01."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12


def weekday_of(days: Ints) -> Ints:
    """Return the weekday (Monday 0) of days since 1970-01-01, which was a Thursday."""
    return (days + 3) % 7


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """Return the values that occur, in order; asked for them alone, NumPy loads its masked arrays, and that is slow."""
    found: NDArray[Number] = np.unique(values, return_counts=True)[0]
    return found


def _none() -> Floats:
    return np.zeros(0)


class Calls(msgspec.Struct, frozen=True):
    """Logged calls as arrays: local date (days since 1970), template index and area index of the shift each fell in.

    `minutes` is how long each response took (nan: not logged); it may be left out for all.
    """

    day: Ints
    template: Ints
    area: Ints
    minutes: Floats = msgspec.field(default_factory=_none)

    def between(self, first: int, last: int) -> Calls:
        """Return the calls from the day `first` to before the day `last`."""
        return self._kept((self.day >= first) & (self.day < last))

    def timed(self) -> Calls:
        """Return the calls whose time of day is known."""
        return self._kept(self.template != TIMELESS)

    def _kept(self, kept: NDArray[np.bool_]) -> Calls:
        minutes = self.minutes[kept] if len(self.minutes) else self.minutes
        return Calls(self.day[kept], self.template[kept], self.area[kept], minutes)


class Prior(msgspec.Struct, frozen=True):
    """What is known without a log: calls a year, area weights, hours of each template, minutes of a response.

    `template_hours` is one row for all days, or seven (Monday first) where templates differ by weekday.
    """

    yearly_calls: float
    area_weights: Floats
    template_hours: Floats
    service_minutes: float = SERVICE_MINUTES

    def week_hours(self) -> Floats:
        """Return weekday x template hours, and as a last column the hours of the day that no shift covers."""
        count = self.template_hours.shape[-1]
        hours = np.broadcast_to(self.template_hours, (7, count)).astype(float)
        rest = np.maximum(0.0, 24.0 * 7 - hours.sum()) / 7.0
        return np.hstack([hours, np.full((7, 1), rest)])


class Factor(msgspec.Struct, frozen=True):
    """A hand-set factor on the calls of some dates, in one area (index) or everywhere."""

    first: dt.date
    last: dt.date
    factor: float
    area: int | None = None


class Service(msgspec.Struct, frozen=True):
    """How long a response takes: lognormal with this mean in minutes and coefficient of variation."""

    minutes: float
    variation: float
    responses: int
    """How many logged durations taught it."""


class Forecast(msgspec.Struct, frozen=True):
    """Expected calls: a daily city level times shares and indices; `days` of log were learnt from, `total` calls."""

    level: float
    area_share: Floats
    week_index: Floats
    """Weekday x template; 1 is a shift with its fair share by hours."""
    month_index: Floats
    template_hours: Floats
    """Weekday x template hours."""
    days: int
    total: int
    spread: float
    service: Service
    story: story.Story
    factors: tuple[Factor, ...] = ()

    @property
    def service_minutes(self) -> float:
        """The mean minutes of a response, learnt from the log as far as it reaches."""
        return self.service.minutes

    def calls(self, date: dt.date, template: int, area: int) -> float:
        """Return the calls expected in one shift of one area, hand-set factors included."""
        return self.cell(date.weekday(), date.month, template, area) * self.factor(date, area)

    def cell(self, weekday: int, month: int, template: int, area: int) -> float:
        """Return the calls expected in one shift of one area on such a weekday (Monday 0) of such a month (1-12)."""
        return float(
            self.level
            * self.area_share[area]
            * self.template_hours[weekday, template]
            / 24.0
            * self.week_index[weekday, template]
            * self.month_index[month - 1]
        )

    def factor(self, date: dt.date, area: int) -> float:
        """Return the product of the hand-set factors on a date in an area; 1 on an ordinary day."""
        product = 1.0
        for each in self.factors:
            if each.first <= date <= each.last and each.area in (None, area):
                product *= each.factor
        return product

    def cells(self, first: int, last: int) -> Floats:
        """Return the calls expected per day x template x area from the day `first` to before the day `last`."""
        days = np.arange(first, last)
        week = self.week_index * self.template_hours / 24.0
        by_day = self.level * self.month_index[month_of(days)]
        result: Floats = by_day[:, None, None] * week[weekday_of(days)][:, :, None] * self.area_share[None, None, :]
        for each in self.factors:
            span = slice(max(0, day_number(each.first) - first), max(0, day_number(each.last) + 1 - first))
            result[span, :, slice(None) if each.area is None else each.area] *= each.factor
        return result

    def with_factors(self, factors: tuple[Factor, ...]) -> Forecast:
        """Return the same forecast with these hand-set factors."""
        return replace(self, factors=factors)

    def sentence(self) -> str:
        """Say what was learnt, from how much, and how sure it is."""
        return self.story.sentence()
