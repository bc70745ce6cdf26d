"""The hours a call gives: response from arrival to clear, travel there and back, made and renewed with the call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import new_rows, times
from crt_scheduler.hours.ledger_values import RESPONSE, TRAVEL
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import CallResponder, HoursEntry

Part = tuple[str, str, dt.datetime, dt.datetime]
"""The last word of the key, the kind, start and end."""
CHUNK = 500
"""Calls looked up at a time."""


def follow(session: Session, call_id: int) -> None:
    """Make, renew or drop the entries that a call's responders' own times mean."""
    follow_all(session, [call_id])


def follow_all(session: Session, calls: Sequence[int]) -> None:
    """Make, renew or drop the entries that the own times of the responders of calls mean.

    Response is arrived to cleared, travel departed to arrived and cleared to home (keys call:CALL:PERSON:response,
    :travel and :travel_back, by row numbers). Nothing is made before somebody who departed is clear or home. An
    approved entry whose times change is no longer approved. Who has no times at all keeps the hours entered by hand.
    """
    zone = programme_of(session).zone
    fresh: list[dict[str, Any]] = []
    for start in range(0, len(calls), CHUNK):
        some = calls[start : start + CHUNK]
        there: dict[int, dict[str, HoursEntry]] = {call: {} for call in some}
        for row in session.scalars(select(HoursEntry).where(HoursEntry.call_id.in_(some))):
            there.setdefault(row.call_id or 0, {})[row.key] = row
        went: dict[int, list[CallResponder]] = {call: [] for call in some}
        for who in session.scalars(select(CallResponder).where(CallResponder.call_id.in_(some))):
            went[who.call_id].append(who)
        for call in some:
            fresh += _follow(session, call, there[call], went[call], zone)
    session.flush()
    new_rows.add(session, HoursEntry, fresh)


def _follow(
    session: Session, call: int, there: dict[str, HoursEntry], went: list[CallResponder], zone: str
) -> Iterator[dict[str, Any]]:
    """Renew and drop the entries of one call, and yield those it has none of yet."""
    prefix = f"call:{call}:"
    kept = set()
    for who in went:
        own = f"{prefix}{who.responder_id}:"
        if not any((who.departed, who.arrived, who.cleared, who.home)):
            kept |= {key for key in there if key.startswith(own)}
            continue
        for word, kind, start, end in parts(who):
            key = own + word
            kept.add(key)
            if key in there:
                _renew(there[key], start=start, end=end, zone=zone)
            else:
                yield _entry(key, who, kind=kind, start=start, end=end, zone=zone)
    for key, row in there.items():
        if key.startswith(prefix) and key not in kept:
            session.delete(row)


def parts(who: CallResponder) -> Iterator[Part]:
    """Yield the stretches that one responder's times at a call mean; a time that is missing is taken from the next."""
    begin, finish = who.departed or who.arrived, who.home or who.cleared
    if begin is None or finish is None:
        return
    arrived = who.arrived or (
        begin if who.cleared else finish
    )  # never arrived and never clear: turned back, all travel
    cleared = who.cleared or finish
    for word, kind, start, end in (
        ("travel", TRAVEL, begin, arrived),
        ("response", RESPONSE, arrived, cleared),
        ("travel_back", TRAVEL, cleared, finish),
    ):
        if times.minutes(end) > times.minutes(start):
            yield word, kind, start, end


def _entry(
    key: str, who: CallResponder, *, kind: str, start: dt.datetime, end: dt.datetime, zone: str
) -> dict[str, Any]:
    return {
        "responder_id": who.responder_id, "kind": kind, "date": times.local(start, zone).date(), "start": start,
        "end": end, "minutes": times.minutes(end) - times.minutes(start), "call_id": who.call_id, "state": "logged",
        "approved_by": "", "key": key,
    }  # fmt: skip


def _renew(row: HoursEntry, *, start: dt.datetime, end: dt.datetime, zone: str) -> None:
    if (row.start, row.end) != (start, end):
        row.date, row.start, row.end = times.local(start, zone).date(), start, end
        row.minutes = times.minutes(end) - times.minutes(start)
        row.state, row.approved_by = "logged", ""


def is_told_by_call(session: Session, row: HoursEntry) -> bool:
    """Do the times of an entry come from its call, where they are to be corrected?"""
    if row.call_id is None or not row.key.startswith("call:"):
        return False
    who = session.scalar(
        select(CallResponder).where(
            CallResponder.call_id == row.call_id, CallResponder.responder_id == row.responder_id
        )
    )
    return who is not None and next(parts(who), None) is not None
