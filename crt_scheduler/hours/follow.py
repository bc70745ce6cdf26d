"""The hours a call gives: response from arrival to clear, travel there and back, made and renewed with the call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.hours.values import RESPONSE, TRAVEL
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import CallResponder, HoursEntry

Part = tuple[str, str, dt.datetime, dt.datetime]
"""The last word of the key, the kind, start and end."""


def follow(session: Session, call_id: int) -> None:
    """Make, renew or drop the entries that a call's responders' own times mean.

    Response is arrived to cleared, travel departed to arrived and cleared to home (keys call:CALL:PERSON:response,
    :travel and :travel_back, by row numbers). Nothing is made before somebody who departed is clear or home. An
    approved entry whose times change is no longer approved. Who has no times at all keeps the hours entered by hand.
    """
    zone = programme_of(session).zone
    there = {row.key: row for row in session.scalars(select(HoursEntry).where(HoursEntry.call_id == call_id))}
    prefix = f"call:{call_id}:"
    kept, people = set(), set()
    for who in session.scalars(select(CallResponder).where(CallResponder.call_id == call_id)):
        own = f"{prefix}{who.responder_id}:"
        people.add(own)
        if not any((who.departed, who.arrived, who.cleared, who.home)):
            kept |= {key for key in there if key.startswith(own)}
            continue
        for word, kind, start, end in parts(who):
            key = own + word
            kept.add(key)
            _renew(session, there.get(key), key, who, kind=kind, start=start, end=end, zone=zone)
    for key, row in there.items():
        if key.startswith(prefix) and key not in kept:
            session.delete(row)
    session.flush()


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


def _renew(
    session: Session,
    row: HoursEntry | None,
    key: str,
    who: CallResponder,
    *,
    kind: str,
    start: dt.datetime,
    end: dt.datetime,
    zone: str,
) -> None:
    date = times.local(start, zone).date()
    minutes = times.minutes(end) - times.minutes(start)
    if row is None:
        row = HoursEntry(
            responder_id=who.responder_id, kind=kind, date=date, start=start, end=end, minutes=minutes,
            call_id=who.call_id, state="logged", approved_by="", key=key,
        )  # fmt: skip
        session.add(row)
    elif (row.start, row.end) != (start, end):
        row.date, row.start, row.end, row.minutes = date, start, end, minutes
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
