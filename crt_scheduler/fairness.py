"""The year so far: what each responder carried, and what may still be taken before passing the fair share."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.kept import kept
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Assignment, Call, CallResponder, Incident, Shift, ShiftTemplate
from solver.wording import tr

KINDS = ("nights", "weekends", "holidays", "calls")
YEAR = dt.timedelta(days=365)
ANSWERED_BY = frozenset({"call", "call_responder", "incident", "programme"})
"""The tables that say who answered which call."""
WHOLE = 0.8
"""Part of a month's incidents that must be logged with who went before its answered calls stand for the expected."""


class Worked(NamedTuple):
    """One past or fixed duty of a responder (row number), with what counts for fairness; a year has 30,000."""

    responder: int
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    template: int
    area: int | None
    night: bool

    @property
    def minutes(self) -> int:
        """Minutes on call."""
        return times.minutes(self.end) - times.minutes(self.start)

    @property
    def weekend(self) -> bool:
        """Does it start on a Saturday or Sunday?"""
        return self.date.weekday() >= 5


def worked(session: Session, first: dt.date, last: dt.date) -> list[Worked]:
    """Return every duty that starts from first to last (local dates)."""
    query = (
        select(
            Assignment.responder_id,
            Shift.date,
            Shift.start,
            Shift.end,
            Shift.template_id,
            Shift.area_id,
            ShiftTemplate.night,
        )
        .join(Shift, Assignment.shift_id == Shift.id)
        .join(ShiftTemplate, Shift.template_id == ShiftTemplate.id)
        .where(Shift.date >= first, Shift.date <= last)
        .order_by(Assignment.id)
    )
    return [Worked(*row) for row in plain_rows(session, query)]


def worked_before(session: Session, first: dt.date) -> list[Worked]:
    """Return every duty of the year before a date; it is kept, so let nobody change it."""
    rests_on = frozenset({"shift_template"})
    return kept(
        session,
        (tr("worked before"), first),
        rests_on,
        lambda: worked(session, first - YEAR, first - dt.timedelta(days=1)),
        duties_before=first,
    )


class Carried(msgspec.Struct, frozen=True):
    """What one responder carried in a stretch of time, by kind."""

    nights: float = 0.0
    weekends: float = 0.0
    holidays: float = 0.0
    calls: float = 0.0


NOTHING = Carried()


class Answered(msgspec.Struct, frozen=True):
    """The months (YYYY-MM) whose calls are logged with who went, and how many of them each responder answered."""

    months: frozenset[str] = frozenset()
    calls: Mapping[int, float] = msgspec.field(default_factory=dict)


NOTHING_LOGGED = Answered()


def answered(session: Session, first: dt.date, before: dt.date) -> Answered:
    """Return the calls answered from first until before (local dates), in months whose log is all but whole."""
    return kept(session, ("answered", first, before), ANSWERED_BY, lambda: _answered(session, first, before))


def _answered(session: Session, first: dt.date, before: dt.date) -> Answered:
    zone = programme_of(session).zone
    begin, end = (times.instant(day, dt.time(), zone) for day in (first, before))
    query = (
        select(Call.incident_id, Call.notified, CallResponder.responder_id)
        .join(CallResponder, CallResponder.call_id == Call.id)
        .where(Call.notified >= begin, Call.notified < end)
    )
    gone = plain_rows(session, query)
    if not gone:
        return NOTHING_LOGGED
    logged = plain_rows(session, select(Incident.at).where(Incident.at >= begin, Incident.at < end))
    asked = Counter(_months([at for (at,) in logged], zone))
    went: dict[str, set[int]] = {}
    months = _months([at for _, at, _ in gone], zone)
    for month, (incident, _, _) in zip(months, gone, strict=True):
        went.setdefault(month, set()).add(incident)
    whole = frozenset(month for month, incidents in went.items() if len(incidents) >= WHOLE * asked[month])
    calls: dict[int, float] = {}
    for month, (_, _, who) in zip(months, gone, strict=True):
        if month in whole:
            calls[who] = calls.get(who, 0.0) + 1.0
    return Answered(whole, calls)


def _months(moments: list[dt.datetime], zone: str) -> list[str]:
    """Return the month (YYYY-MM) of each instant by the clock of a zone; all who went to a call bring the same one."""
    known = {at: times.month_of(times.local(at, zone).date()) for at in dict.fromkeys(moments)}
    return [known[at] for at in moments]


def carried_before(
    session: Session,
    first: dt.date,
    duties: list[Worked],
    holidays: frozenset[dt.date],
    calls: dict[tuple[int, int, int, int], float],
    logged: Answered,
) -> dict[int, Carried]:
    """Return what each responder `carried` before a date; it is kept, so let nobody change it.

    `duties` are those of `worked_before`, `logged` is what `answered` said of the same stretch.
    """
    return kept(
        session,
        ("carried", first, holidays, tuple(calls.items())),
        frozenset({"shift_template"}) | ANSWERED_BY,
        lambda: carried([duty for duty in duties if duty.date < first], holidays, calls, logged),
        duties_before=first,
    )


def carried(
    duties: list[Worked],
    holidays: frozenset[dt.date],
    calls: dict[tuple[int, int, int, int], float],
    logged: Answered = NOTHING_LOGGED,
) -> dict[int, Carried]:
    """Return what each responder carried: nights, weekends, holidays and calls.

    `calls` gives the calls expected in a shift by (weekday, month, template, area); in the months of `logged` the calls
    really answered count instead.
    """
    nights: dict[int, float] = {}
    weekends: dict[int, set[dt.date]] = {}
    free: dict[int, float] = {}
    load = dict(logged.calls)
    known = {date: _told_of(date, holidays, logged) for date in {duty.date for duty in duties}}
    for who, date, _, _, template, area, night in duties:
        is_free, saturday, weekday, is_logged = known[date]
        nights[who] = nights.get(who, 0.0) + night
        free[who] = free.get(who, 0.0) + is_free
        if saturday is not None:
            weekends.setdefault(who, set()).add(saturday)
        if area is not None and not is_logged:
            load[who] = load.get(who, 0.0) + calls.get((weekday, date.month, template, area), 0.0)
    return {
        who: Carried(nights.get(who, 0.0), float(len(weekends.get(who, ()))), free.get(who, 0.0), load.get(who, 0.0))
        for who in {**nights, **load}
    }


def _told_of(date: dt.date, holidays: frozenset[dt.date], logged: Answered) -> tuple[bool, dt.date | None, int, bool]:
    """Return of a date: is it a holiday, the Saturday of its weekend if it is in one, its weekday, is it logged?"""
    weekday = date.weekday()
    saturday = date - dt.timedelta(days=weekday - 5) if weekday >= 5 else None
    return date in holidays, saturday, weekday, times.month_of(date) in logged.months


def allowances(
    history: dict[int, Carried], month: Carried, weights: dict[int, float], tenure: dict[int, float]
) -> dict[int, Carried]:
    """Return per responder what may still be taken this month before passing the fair share, never below 0.

    A fair share goes by promised hours: last year's total by promised hours times the part of the year on the team
    (`tenure`, 0 to 1), this month's by promised hours alone. Whoever carried less last year may take more now.
    """
    year_weights = {who: weights[who] * tenure[who] for who in weights}
    year_sum, month_sum = sum(year_weights.values()), sum(weights.values())
    parts = [(_part(year_weights[who], year_sum), _part(weights[who], month_sum)) for who in weights]
    carried_by = [history.get(who, NOTHING) for who in weights]
    columns = []
    for kind in KINDS:
        done, asks = [getattr(each, kind) for each in carried_by], getattr(month, kind)
        total = sum(done)
        columns.append(
            [
                round(max(0.0, total * of_year + asks * of_month - own), 3)
                for (of_year, of_month), own in zip(parts, done, strict=True)
            ]
        )
    return {who: Carried(*each) for who, *each in zip(weights, *columns, strict=True)}


def _part(weight: float, total: float) -> float:
    return weight / total if total else 0.0
