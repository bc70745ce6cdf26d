"""Time on call, from the roster: a shift belongs to the local date it starts on, and its instants decide its length."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.hours import spans
from crt_scheduler.tables import Assignment, Responder, Shift


def minutes(session: Session, first: dt.date, last: dt.date, *, until: dt.datetime | None = None) -> dict[str, int]:
    """Return minutes on call by person (an id) of the shifts that start from first to last (local dates).

    A night over a clock change is 11 or 13 hours. With `until` only the time before that instant counts.
    """
    found = stretches(session, first, last, until=until)
    return {code: spans.length(own) for code, own in found.items()}


def stretches(
    session: Session, first: dt.date, last: dt.date, *, until: dt.datetime | None = None
) -> dict[str, list[spans.Span]]:
    """Return the stretches on call by person (an id), as `minutes` counts them."""
    spans_of = _shifts(session, first, last, until)
    held = (
        select(Responder.code, Assignment.shift_id)
        .join(Assignment, Assignment.responder_id == Responder.id)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.date >= first, Shift.date <= last)
        .order_by(Responder.code, Shift.start)
    )
    found: dict[str, list[spans.Span]] = {}
    for code, shift in session.execute(held):
        if shift in spans_of:
            found.setdefault(code, []).append(spans_of[shift])
    return found


def _shifts(session: Session, first: dt.date, last: dt.date, until: dt.datetime | None) -> dict[int, spans.Span]:
    """Return the stretch of each shift (row number), read once however many hold it; those still to come left out."""
    query = select(Shift.id, Shift.start, Shift.end).where(Shift.date >= first, Shift.date <= last)
    found: dict[int, spans.Span] = {}
    for number, start, end in session.execute(query):
        stop = end if until is None else min(end, until)
        if stop > start:
            found[number] = spans.span(start, stop)
    return found
