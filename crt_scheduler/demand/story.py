"""What a forecast says of itself: how much log it rests on, the level with its interval, and a jump it followed."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

Z80 = 1.2816
"""Standard deviations either side of the middle that hold 80 % of a normal law."""
YEAR = 365.0


@dataclass(frozen=True)
class Jump:
    """A lasting change of level: since when, and how many times the year before."""

    since: dt.date
    ratio: float


@dataclass(frozen=True)
class Story:
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
            f"Learnt from {_calls(self.total)} over {_span(self.years)}; "
            f"at present {self.yearly:.0f} calls a year (80 % sure: {self.low:.0f} to {self.high:.0f})."
        ]
        if self.jump is not None:
            parts.append(
                f"Since about {self.jump.since:%B %Y} calls come at about {self.jump.ratio:.1f} times the rate of the "
                "year before, and the forecast follows."
            )
        if self.hand_part >= 0.05:
            parts.append(
                f"The log is short: the {self.by_hand:.0f} calls a year set by hand still weigh {self.hand_part:.0%}."
            )
        if self.silent_since is not None:
            parts.append(
                f"No call is logged after {_day(self.silent_since)}, too long to be chance: import the calls since, or "
                "correct the number set by hand."
            )
        if self.outside:
            parts.append(f"{_calls(self.outside)} came at hours that no shift covers; no seat is planned for those.")
        if self.timeless:
            parts.append(
                f"{_calls(self.timeless)} are logged at midnight sharp, as if the time were missing: they count for the"
                " day but teach nothing about day and night."
            )
        return " ".join(parts)

    def _without_log(self) -> str:
        said = f"{self.yearly:.0f} calls a year by hand, shared by the areas' weights."
        if self.later and self.frozen is not None:
            return (
                f"The log begins after {_day(self.frozen)}, when this period's level is frozen, so nothing is learnt "
                f"from it yet: {said}"
            )
        return f"No calls are logged yet: {said}"


def _calls(count: int) -> str:
    return f"{count:,} {'call' if count == 1 else 'calls'}"


def _span(years: float) -> str:
    if years >= 1.95:
        return f"{years:.1f} years"
    months = round(years * 12)
    if months >= 2:
        return f"{months} months"
    days = round(years * 365.25)
    return f"{days} {'day' if days == 1 else 'days'}"


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
