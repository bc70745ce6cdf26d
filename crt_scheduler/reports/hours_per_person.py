"""Hours per person: time on call from the roster, and every kind of the ledger beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sqlalchemy.orm import Session

from crt_scheduler.hours.ledger_values import KINDS
from crt_scheduler.reports import called, gather
from crt_scheduler.reports.team_values import HoursReport, PersonHours


def hours_report(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> HoursReport:
    """Return the hours of everybody who gave any from first to last."""
    gather.refuse_backwards(first, last)
    ledger = gather.ledger_by_person(session, first, last)
    once = gather.once(session, first, last, KINDS)
    on_call = gather.on_call(session, first, last, now=now)
    calls, _ = called.calls_by_person(session, first, last)
    people = []
    for member in gather.members(session):
        held, minutes = ledger.get(member.id, Counter()), on_call.get(member.code, 0)
        if held or minutes or calls[member.id]:
            people.append(_person(member, held, once.get(member.id, Counter()).total(), minutes, calls[member.id]))
    return HoursReport(first, last, tuple(people))


def _person(member: gather.Member, held: Counter[str], once: int, on_call: int, calls: int) -> PersonHours:
    return PersonHours(
        code=member.code,
        name=member.name,
        kind=member.kind,
        on_call=on_call,
        kinds=tuple(held[kind] for kind in KINDS),
        ledger=once,
        waiting=held["waiting"],
        calls=calls,
    )
