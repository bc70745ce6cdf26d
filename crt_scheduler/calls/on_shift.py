"""Who is on shift around a moment, and which areas lend to which: what a call-out starts from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.tables import AreaNeighbour, Assignment, Shift

AROUND = dt.timedelta(days=2)


@dataclass(frozen=True)
class Duty:
    """One duty of somebody: area (None: the whole city), role, tier, from and until."""

    area: int | None
    role: str
    tier: str
    start: dt.datetime
    end: dt.datetime


def duties_around(session: Session, at: dt.datetime) -> dict[int, list[Duty]]:
    """Return each person's duties (by row number) that run at a moment or ended within two days before it."""
    day = at.date()
    columns = (Assignment.responder_id, Shift.area_id, Assignment.role, Assignment.tier, Shift.start, Shift.end)
    query = (
        select(*columns)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(
            Shift.date >= day - dt.timedelta(days=4), Shift.date <= day + dt.timedelta(days=1), Shift.start <= at,
            Shift.end > at - AROUND,
        )
        .order_by(Shift.start)
    )  # fmt: skip
    found: dict[int, list[Duty]] = {}
    for number, area, role, tier, start, end in session.execute(query):
        found.setdefault(number, []).append(Duty(area, role, tier, start, end))
    return found


def neighbours(session: Session, area: int) -> frozenset[int]:
    """Return the areas that can lend a team to one."""
    return frozenset(session.scalars(select(AreaNeighbour.neighbour_id).where(AreaNeighbour.area_id == area)))
