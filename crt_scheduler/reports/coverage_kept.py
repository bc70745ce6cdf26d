"""Coverage kept: the seats that were held, and what the rosters promised beside a replay of the calls that came."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sqlalchemy.orm import Session

from crt_scheduler import planning, times
from crt_scheduler.errors import CrtError
from crt_scheduler.planning import Standing
from crt_scheduler.programmes import programme_of
from crt_scheduler.reports import called, gather
from crt_scheduler.reports.team_values import CoverageReport, Kept
from crt_scheduler.truth import backtest
from solver.wording import tr

MOST_MONTHS = 36
"""Each month is forecast and replayed, which takes up to a second."""


def coverage_report(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> CoverageReport:
    """Return the months from first to last that have a roster; days still to come are left out.

    Raises CrtError for more than three years.
    """
    gather.refuse_backwards(first, last)
    log = backtest.logged(session)
    unanswered = Counter(call.month for call in called.calls(session, first, last) if not call.came)
    end = min(last, times.local(now, programme_of(session).zone).date())
    months = [month for month in gather.months_with_roster(session) if _touches(month, first, end)]
    refuse_too_many(months)
    kept = []
    for month in months:
        days = times.month_days(month)
        standing = planning.standing(session, month, now=now)
        if standing.is_rostered:
            span = (max(first, days[0]), min(end, days[-1]))
            kept.append(_kept(session, standing, log, span, unanswered[month], now=now))
    return CoverageReport(first, last, end, tuple(kept))


def refuse_too_many(months: list[str]) -> None:
    """Raise CrtError for more months than can be replayed while somebody waits."""
    if len(months) > MOST_MONTHS:
        raise CrtError(tr("{count} months are too many to replay. Choose at most three years.", count=len(months)))


def _touches(month: str, first: dt.date, last: dt.date) -> bool:
    days = times.month_days(month)
    return days[0] <= last and days[-1] >= first


def _kept(
    session: Session, standing: Standing, log: backtest.Logged, span: tuple[dt.date, dt.date], unanswered: int,
    *, now: dt.datetime,
) -> Kept:  # fmt: skip
    """Return one month: the seats of its days in the span, and the replay of the calls that came in them."""
    first, last = span
    seats, held = _seats(standing, first, last, now=now)
    calls = log.between(first, last)
    found = backtest.of_log(session, standing, log, first=first, last=last) if len(calls.date) else None
    return Kept(
        month=standing.problem.period,
        seats=seats,
        held=held,
        calls=len(calls.date),
        unanswered=unanswered,
        promised=found.promised_p_team if found else None,
        replayed=found.replayed_p_team if found else None,
    )


def _seats(standing: Standing, first: dt.date, last: dt.date, *, now: dt.datetime) -> tuple[int, int]:
    """Return the seats of a month's days in the span whose shifts have begun, without optional ones, and those held."""
    frozen, begun = standing.problem, times.minutes(now)
    taken = Counter(assignment.seat for assignment in frozen.current)
    seats = held = 0
    for number, seat in enumerate(frozen.seats):
        slot = frozen.slots[frozen.shifts[seat.shift].slot]
        if not seat.optional and first <= slot.date <= last and slot.start <= begun:
            seats += seat.count
            held += min(seat.count, taken[number])
    return seats, held
