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
    query = (
        select(Responder.code, Shift.start, Shift.end)
        .join(Assignment, Assignment.responder_id == Responder.id)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.date >= first, Shift.date <= last)
        .order_by(Responder.code, Shift.start)
    )
    found: dict[str, list[spans.Span]] = {}
    for code, start, end in session.execute(query):
        stop = end if until is None else min(end, until)
        if stop > start:
            found.setdefault(code, []).append(spans.span(start, stop))
    return found
