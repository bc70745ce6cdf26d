"""The year so far: what each responder carried, and what may still be taken before passing the fair share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.tables import Assignment, Shift, ShiftTemplate

KINDS = ("nights", "weekends", "holidays", "calls")
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Worked:
    """One past or fixed duty of a responder (row number), with what counts for fairness."""

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
    return [Worked(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class Carried:
    """What one responder carried in a stretch of time, by kind."""

    nights: float = 0.0
    weekends: float = 0.0
    holidays: float = 0.0
    calls: float = 0.0


def carried(
    duties: list[Worked], holidays: frozenset[dt.date], calls: dict[tuple[int, int, int, int], float]
) -> dict[int, Carried]:
    """Return what each responder carried: nights, weekends, holidays and expected calls.

    `calls` gives the calls expected in a shift by (weekday, month, template, area).
    """
    nights: dict[int, float] = {}
    weekends: dict[int, set[dt.date]] = {}
    free: dict[int, float] = {}
    load: dict[int, float] = {}
    for duty in duties:
        who = duty.responder
        nights[who] = nights.get(who, 0.0) + duty.night
        free[who] = free.get(who, 0.0) + (duty.date in holidays)
        if duty.weekend:
            weekends.setdefault(who, set()).add(duty.date - dt.timedelta(days=duty.date.weekday() - 5))
        if duty.area is not None:
            cell = (duty.date.weekday(), duty.date.month, duty.template, duty.area)
            load[who] = load.get(who, 0.0) + calls.get(cell, 0.0)
    return {
        who: Carried(nights[who], float(len(weekends.get(who, ()))), free[who], load.get(who, 0.0)) for who in nights
    }


def allowances(
    history: dict[int, Carried], month: Carried, weights: dict[int, float], tenure: dict[int, float]
) -> dict[int, Carried]:
    """Return per responder what may still be taken this month before passing the fair share, never below 0.

    A fair share goes by promised hours: last year's total by promised hours times the part of the year on the team
    (`tenure`, 0 to 1), this month's by promised hours alone. Whoever carried less last year may take more now.
    """
    year_weights = {who: weights[who] * tenure[who] for who in weights}
    result: dict[int, dict[str, float]] = {who: {} for who in weights}
    for kind in KINDS:
        total = sum(getattr(history[who], kind) for who in weights if who in history)
        for who in weights:
            fair = total * _part(year_weights, who) + getattr(month, kind) * _part(weights, who)
            done = getattr(history.get(who, Carried()), kind)
            result[who][kind] = round(max(0.0, fair - done), 3)
    return {who: Carried(**kinds) for who, kinds in result.items()}


def _part(weights: dict[int, float], who: int) -> float:
    total = sum(weights.values())
    return weights[who] / total if total else 0.0
