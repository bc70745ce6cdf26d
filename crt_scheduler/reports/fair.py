"""Fairness: how hours, nights, weekends and calls are spread, and who was never called."""

from __future__ import annotations

import datetime as dt
import math

from sqlalchemy.orm import Session

from crt_scheduler.reports import called, gather
from crt_scheduler.reports.team_values import FairReport, Group, Load, Spread
from crt_scheduler.reports.year import ranked

BUSIEST = 12
"""Percent: in a sister organisation so many of the volunteers got most of the calls, and newcomers left."""
KINDS = ("volunteer", "clergy")
AXES = ("on_call", "nights", "weekends", "calls")


def fair_report(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> FairReport:
    """Return how evenly the team carried the days from first to last.

    The team is everybody who is active or on leave and joined by the last day, and whoever was on call or at a call.
    """
    gather.refuse_backwards(first, last)
    minutes, duties = gather.on_call(session, first, last, now=now), gather.duties(session, first, last, now=now)
    calls, asked = called.calls_by_person(session, first, last)
    people = []
    for member in gather.members(session):
        duty = duties.get(member.id, gather.Duty())
        is_on_team = member.status != "inactive" and (member.joined is None or member.joined <= last)
        if is_on_team or duty.shifts or calls[member.id]:
            people.append(
                Load(
                    code=member.code,
                    name=member.name,
                    kind=member.kind,
                    joined=member.joined,
                    on_call=minutes.get(member.code, 0),
                    shifts=duty.shifts,
                    nights=duty.nights,
                    weekends=duty.weekends,
                    calls=calls[member.id],
                    asked=asked[member.id],
                )
            )
    return FairReport(first, last, tuple(_group(kind, people) for kind in KINDS), tuple(people))


def _group(kind: str, people: list[Load]) -> Group:
    """Return how things are spread over the volunteers, or the clergy."""
    mine = [person for person in people if person.kind == kind]
    busy = math.ceil(len(mine) * BUSIEST / 100)
    spreads = tuple(spread(axis, [getattr(person, axis) for person in mine], busy) for axis in AXES)
    return Group(kind, len(mine), busy, spreads)


def spread(name: str, carried: list[int], busy: int) -> Spread:
    """Return how numbers, one for each person, are spread; `busy` people are the busiest."""
    ordered = sorted(carried)
    total = sum(ordered)
    return Spread(
        name=name,
        total=total,
        lowest=ordered[0] if ordered else 0,
        tenth=ranked(ordered, 10) or 0,
        median=ranked(ordered, 50) or 0,
        ninetieth=ranked(ordered, 90) or 0,
        highest=ordered[-1] if ordered else 0,
        busiest=sum(ordered[-busy:]) / total if total and busy else None,
    )
