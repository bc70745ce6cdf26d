"""What a forecast says of itself: how much log it rests on, the level with its interval, and a jump it followed."""

from __future__ import annotations

import datetime as dt
import math

import msgspec

from solver.wording import counted, say_date, tr

Z80 = 1.2816
"""Standard deviations either side of the middle that hold 80 % of a normal law."""
YEAR = 365.0


class Jump(msgspec.Struct, frozen=True):
    """A lasting change of level: since when, and how many times the year before."""

    since: dt.date
    ratio: float


class Story(msgspec.Struct, frozen=True):
    """What was learnt: the log's first and last day (none: no log), its calls, the yearly level and how sure it is."""

    total: int
    first: dt.date | None
    last: dt.date | None
    yearly: float
    variation: float
    """Coefficient of variation of the level for a month that begins 45 days on."""
    jump: Jump | None = None
    silent_since: dt.date | None = None
    """The day after which the log seems to have ended, where the silence is too long to be chance."""
    by_hand: float = 0.0
    """The hand-set calls a year."""
    hand_part: float = 1.0
    """How much of the level is still the hand-set number, 0 to 1."""
    outside: int = 0
    timeless: int = 0
    later: int = 0
    """Calls logged on or after the day the level was frozen, which were not looked at."""
    frozen: dt.date | None = None

    @property
    def years(self) -> float:
        """Years of log learnt from."""
        if self.first is None or self.last is None:
            return 0.0
        return ((self.last - self.first).days + 1) / 365.25

    @property
    def low(self) -> float:
        """Calls a year that the level is above with 90 %."""
        return self.yearly * math.exp(-Z80 * self._sigma())

    @property
    def high(self) -> float:
        """Calls a year that the level is below with 90 %."""
        return self.yearly * math.exp(Z80 * self._sigma())

    def _sigma(self) -> float:
        return math.sqrt(math.log1p(self.variation**2))

    def sentence(self) -> str:
        """Return the whole story as a coordinator reads it."""
        if not self.total:
            return self._without_log()
        parts = [
            tr(
                "Learnt from {calls} over {span}; "
                "at present {yearly:.0f} calls a year (80 % sure: {low:.0f} to {high:.0f}).",
                calls=_calls(self.total),
                span=_span(self.years),
                yearly=self.yearly,
                low=self.low,
                high=self.high,
            )
        ]
        if self.jump is not None:
            parts.append(
                tr(
                    "Since about {month} calls come at about {ratio:.1f} times the rate of the "
                    "year before, and the forecast follows.",
                    month=say_date(self.jump.since, "month year"),
                    ratio=self.jump.ratio,
                )
            )
        if self.hand_part >= 0.05:
            parts.append(
                tr(
                    "The log is short: the {by_hand:.0f} calls a year set by hand still weigh {hand_part:.0%}.",
                    by_hand=self.by_hand,
                    hand_part=self.hand_part,
                )
            )
        if self.silent_since is not None:
            parts.append(
                tr(
                    "No call is logged after {day}, too long to be chance: import the calls since, or "
                    "correct the number set by hand.",
                    day=_day(self.silent_since),
                )
            )
        if self.outside:
            parts.append(
                tr(
                    "{calls} came at hours that no shift covers; no seat is planned for those.",
                    calls=_calls(self.outside),
                )
            )
        if self.timeless:
            parts.append(
                tr(
                    "{calls} are logged at midnight sharp, as if the time were missing: they count for the"
                    " day but teach nothing about day and night.",
                    calls=_calls(self.timeless),
                )
            )
        return " ".join(parts)

    def _without_log(self) -> str:
        said = tr("{yearly:.0f} calls a year by hand, shared by the areas' weights.", yearly=self.yearly)
        if self.later and self.frozen is not None:
            return tr(
                "The log begins after {day}, when this period's level is frozen, so nothing is learnt "
                "from it yet: {said}",
                day=_day(self.frozen),
                said=said,
            )
        return tr("No calls are logged yet: {said}", said=said)


def _calls(count: int) -> str:
    return counted(count, "{n} call", "{n} calls")


def _span(years: float) -> str:
    if years >= 1.95:
        return tr("{years:.1f} years", years=years)
    months = round(years * 12)
    if months >= 2:
        return tr("{months} months", months=months)
    days = round(years * 365.25)
    return counted(days, "{n} day", "{n} days")


def _day(date: dt.date) -> str:
    return say_date(date, "long day year")
