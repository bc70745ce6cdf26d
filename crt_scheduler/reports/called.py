"""The calls of a stretch of days, read as columns: when and where they came, how soon somebody was there, who went."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.programmes import programme_of
from crt_scheduler.reports.gather import bounds
from crt_scheduler.tables import Area, Call, CallAnswer, CallResponder, Incident


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call: local month and hour it came, area, type, minutes until somebody was on scene, people, who went."""

    month: str
    hour: int
    area: str
    type: str
    reach: int | None
    served: int | None
    adults: int
    children: int
    went: int
    came: bool
    """Did anybody go?"""


def calls(session: Session, first: dt.date, last: dt.date) -> list[CallLine]:
    """Return the calls that came from first to last, in order of time."""
    zone = programme_of(session).zone
    begin, end = bounds(first, last, zone)
    query = (
        select(
            Incident.at, Area.name, Incident.type, Call.id, Call.notified, Call.on_scene,
            Call.served, Call.adults, Call.children,
        )
        .join(Incident, Call.incident_id == Incident.id)
        .join(Area, Incident.area_id == Area.id)
        .where(Incident.at >= begin, Incident.at < end)
        .order_by(Incident.at, Call.id)
    )  # fmt: skip
    rows = session.execute(query).all()
    went, arrived = _who_went(session, begin, end)
    at = np.array([row[0].replace(tzinfo=None) for row in rows], dtype="datetime64[m]").astype(np.int64)
    local = times.local_minutes(at, zone) if rows else at
    months = (local // 1440).astype("datetime64[D]").astype("datetime64[M]").astype(str).tolist()
    hours = (local // 60 % 24).tolist()
    found = []
    for row, month, hour in zip(rows, months, hours, strict=True):
        _, area, kind, call, notified, on_scene, served, adults, children = row
        people = went.get(call, 0)
        reach = _minutes(notified, on_scene or arrived.get(call))
        counted = served if served is not None else _sum(adults, children)
        line = CallLine(month, hour, area, kind, reach, counted, adults or 0, children or 0, people,
                        people > 0 or on_scene is not None)  # fmt: skip
        found.append(line)
    return found


def came() -> ColumnElement[bool]:
    """Return the condition of a call that somebody went to, which makes it a response."""
    return select(CallResponder.id).where(CallResponder.call_id == Call.id).exists() | Call.on_scene.is_not(None)


def _who_went(session: Session, begin: dt.datetime, end: dt.datetime) -> tuple[Counter[int], dict[int, dt.datetime]]:
    """Return how many people went to each call, and when the first of them arrived."""
    query = (
        select(CallResponder.call_id, func.count(), func.min(CallResponder.arrived))
        .join(Call, CallResponder.call_id == Call.id)
        .join(Incident, Call.incident_id == Incident.id)
        .where(Incident.at >= begin, Incident.at < end)
        .group_by(CallResponder.call_id)
    )
    went: Counter[int] = Counter()
    arrived: dict[int, dt.datetime] = {}
    for call, count, first in session.execute(query):
        went[call] = count
        if first is not None:
            arrived[call] = first
    return went, arrived


def _minutes(start: dt.datetime, end: dt.datetime | None) -> int | None:
    """Return whole minutes between two instants; none where one is missing or they are the wrong way round."""
    if end is None or end < start:
        return None
    return times.minutes(end) - times.minutes(start)


def _sum(adults: int | None, children: int | None) -> int | None:
    return None if adults is None and children is None else (adults or 0) + (children or 0)


def calls_by_person(session: Session, first: dt.date, last: dt.date) -> tuple[Counter[int], Counter[int]]:
    """Return by responder (row number) how many calls each went to, and how often each answered a call-out."""
    begin, end = bounds(first, last, programme_of(session).zone)
    counts = []
    for table in (CallResponder, CallAnswer):
        query = (
            select(table.responder_id, func.count())
            .join(Call, table.call_id == Call.id)
            .join(Incident, Call.incident_id == Incident.id)
            .where(Incident.at >= begin, Incident.at < end)
            .group_by(table.responder_id)
        )
        counts.append(Counter({row[0]: row[1] for row in session.execute(query)}))
    return counts[0], counts[1]
