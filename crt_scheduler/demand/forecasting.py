"""The forecast from the records: what the programme, its log and its hand-set factors lead to for a period."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.demand import log_arrays, origin
from crt_scheduler.demand.factors import set_factors
from crt_scheduler.demand.forecast_values import Forecast, date_of, day_number
from crt_scheduler.demand.learning import learn
from crt_scheduler.demand.level import FROZEN_DAYS
from crt_scheduler.demand.origin import Rolled
from crt_scheduler.kept import kept

RESTS_ON = frozenset({"incident", "area", "shift_template", "programme"})
"""The tables that a forecast is learnt from."""


def forecast(session: Session, first: dt.date, *, today: dt.date | None = None) -> Forecast:
    """Return the forecast for a period that begins on `first`, learnt from what was logged until 45 days before it.

    Nothing from that day on has any influence. A log that ends earlier is learnt from up to its end. Where that day is
    still to come, the log ends `today`: days nobody has lived through yet are no quiet days.
    """
    frozen = first - dt.timedelta(days=FROZEN_DAYS)
    until = frozen if today is None else min(frozen, today)
    learnt = kept(session, ("learnt", until), RESTS_ON, lambda: _learnt(session, until))
    return replace(learnt, story=replace(learnt.story, frozen=frozen)).with_factors(set_factors(session))


def _learnt(session: Session, until: dt.date) -> Forecast:
    return learn(log_arrays.logged(session, before=until), log_arrays.prior(session), until=day_number(until))


def rolling(session: Session, *, first: dt.date | None = None, last: dt.date | None = None) -> tuple[Rolled, ...]:
    """Return month by month the forecast frozen 45 days ahead beside what came, hand-set factors included.

    Months from `first` to before `last`, by default all that have half a year of log before they were frozen; none
    after the month in which the log ends, for nothing came yet to hold a forecast against.
    """
    calls = log_arrays.logged(session)
    if not len(calls.day):
        return ()
    begun, ended = date_of(int(calls.day.min())), date_of(int(calls.day.max()) + 1)
    beyond = times.parse_month(times.next_month(ended))
    until = min(last, beyond) if last else ended
    return origin.roll(calls, log_arrays.prior(session), first=first or begun, last=until, factors=set_factors(session))
