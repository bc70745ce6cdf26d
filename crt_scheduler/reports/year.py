"""The year report: responses, people, hours and their value, and how soon the team was on scene."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.hours.ledger_values import KINDS
from crt_scheduler.programmes import programme_of
from crt_scheduler.reports import called, gather, hour_rates
from crt_scheduler.reports.called import CallLine
from crt_scheduler.reports.year_values import Reach, Slice, Value, YearReport
from solver.wording import mark, tr

NOT_SAID = mark("not said")
STEP, LAST = 10, 120
"""Minutes of one bar of the reach times, and where the last, open one begins."""


def year_report(
    session: Session,
    first: dt.date,
    last: dt.date,
    *,
    now: dt.datetime,
    rate: int | None = None,
    region: str = "",
    basis: str = "response",
    needs_rate: bool = True,
) -> YearReport:
    """Return the figures of the days from first to last; `rate` is in cents an hour.

    Raises CrtError for a year without a rate; without `needs_rate` the value is then None and the sentence is kept.
    """
    gather.refuse_backwards(first, last)
    logged = called.calls(session, first, last)
    went = [call for call in logged if call.came]
    held = gather.ledger(session, first, last)
    value, missing = _value(session, (first, last), rate, region, basis)
    if missing and needs_rate:
        raise CrtError(missing)
    return YearReport(
        first=first,
        last=last,
        responses=len(went),
        unanswered=len(logged) - len(went),
        person_responses=sum(call.went for call in went),
        people_served=sum(call.served or 0 for call in went),
        adults=sum(call.adults for call in went),
        children=sum(call.children for call in went),
        not_counted=sum(call.served is None for call in went),
        response_minutes=held.of("response"),
        on_call_minutes=sum(gather.on_call(session, first, last, now=now).values()),
        kinds=tuple((kind, held.of(kind)) for kind in KINDS),
        waiting=held.waiting,
        reach=reach(went, programme_of(session).reach_minutes),
        by_type=_by_type(went),
        by_area=_slices(went, lambda call: call.area, gather.area_names(session)),
        by_month=_slices(went, lambda call: call.month, _months(first, last)),
        by_hour=_slices(went, lambda call: f"{call.hour:02d}", [f"{hour:02d}" for hour in range(24)]),
        value=value,
        missing_rate=missing,
    )


def _value(
    session: Session, days: tuple[dt.date, dt.date], rate: int | None, region: str, basis: str
) -> tuple[Value | None, str]:
    """Return the value of the hours that the basis counts, each once, or the sentence that asks for a rate."""
    counted = hour_rates.BASES.get(basis, ())
    once = sum(gather.once(session, *days, counted).values(), Counter[int]())
    minutes = {year: once[year] for year in hour_rates.years_of(*days)}
    minutes = {year: count for year, count in minutes.items() if count} or minutes  # years without hours need no rate
    try:
        return hour_rates.value(session, minutes, basis=basis, typed=rate, region=region), ""
    except CrtError as fault:
        if basis not in hour_rates.BASES:
            raise
        return None, str(fault)


def reach(went: Iterable[CallLine], target: int) -> Reach:
    """Return how soon the team was on scene after it was notified."""
    lines = list(went)
    waits = sorted(call.reach for call in lines if call.reach is not None)
    return Reach(
        timed=len(waits),
        without=len(lines) - len(waits),
        median=ranked(waits, 50),
        ninetieth=ranked(waits, 90),
        within=sum(wait <= target for wait in waits),
        target=target,
        spread=tuple(_bars(waits)),
    )


def ranked(ordered: list[int], percent: int) -> int | None:
    """Return the nearest-rank percentile of ordered numbers: that many of a hundred are no greater."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)] if ordered else None


def _bars(waits: list[int]) -> Iterator[tuple[str, int]]:
    for low in range(0, LAST, STEP):
        yield f"{low}-{low + STEP - 1}", sum(low <= wait < low + STEP for wait in waits)
    yield f"{LAST}+", sum(wait >= LAST for wait in waits)


def _by_type(went: list[CallLine]) -> tuple[Slice, ...]:
    """Return the types, the most frequent first."""
    found = _slices(went, lambda call: call.type or tr(NOT_SAID), [])
    return tuple(sorted(found, key=lambda each: (-each.responses, each.name)))


def _slices(went: list[CallLine], name_of: Callable[[CallLine], str], names: list[str]) -> tuple[Slice, ...]:
    """Return one slice for each name, those given first even where nothing came."""
    parts: dict[str, list[CallLine]] = {name: [] for name in names}
    for call in went:
        parts.setdefault(name_of(call), []).append(call)
    return tuple(_slice(name, lines) for name, lines in parts.items())


def _slice(name: str, lines: list[CallLine]) -> Slice:
    waits = sorted(call.reach for call in lines if call.reach is not None)
    return Slice(
        name=name,
        responses=len(lines),
        person_responses=sum(call.went for call in lines),
        served=sum(call.served or 0 for call in lines),
        reach=ranked(waits, 50),
    )


def _months(first: dt.date, last: dt.date) -> list[str]:
    """Return every month that the stretch touches."""
    found, end = [times.month_of(first)], times.month_of(last)
    while found[-1] < end:
        found.append(times.next_month(times.parse_month(found[-1])))
    return found
