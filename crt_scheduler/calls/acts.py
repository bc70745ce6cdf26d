"""Acts on a call: log it, amend it, sign it off; logging makes the incident that the forecast learns."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.calls import after, checks
from crt_scheduler.calls.values import CallDraft
from crt_scheduler.calls.words import listed, name_words
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.programmes import area_ids, division_ids, programme_of
from crt_scheduler.tables import Area, Call, CallResponder, Division, Incident, Responder

OF_INCIDENT = ("area", "division", "type", "agency", "at")
NOT_KEPT = ("another_case", *OF_INCIDENT)
LATER = frozenset({"follow_up_due", "follow_up_done"})
"""What may still be noted once a call is signed off."""


def log(session: Session, draft: CallDraft, *, now: dt.datetime) -> int:
    """Log a call and return its row number; its incident is made, or found by its number.

    Raises FieldFault (a CrtError) with the field at fault.
    """
    draft = filled(session, draft, now=now)
    checks.refuse(session, draft, now=now)
    incident = _incident(session, draft)
    cases = session.scalars(select(Call.case).where(Call.number == draft.number)).all()
    row = Call(
        incident_id=incident.id, case=max(cases, default=0) + 1, closed=None, signed_by="", heard=None, hard="",
        **_kept(draft),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def filled(session: Session, draft: CallDraft, *, now: dt.datetime) -> CallDraft:
    """Return the draft with what follows from the rest: the next free number, now, the area of a division."""
    notified = draft.notified or draft.at or now
    division = division_ids(session).get(draft.division.casefold()) if draft.division else None
    area = draft.area or (session.get_one(Area, division[1]).name if division else "")
    number = draft.number or next_number(session, now=notified)
    draft = replace(draft, number=number, area=area, notified=notified, at=draft.at or notified)
    if draft.served is None and (draft.adults is not None or draft.children is not None):
        draft = replace(draft, served=(draft.adults or 0) + (draft.children or 0))
    return draft


def next_number(session: Session, *, now: dt.datetime) -> str:
    """Return the next free number of the year, such as 27-0001."""
    year = f"{times.local(now, programme_of(session).zone):%y}-"
    taken = [
        *session.scalars(select(Call.number).where(Call.number.startswith(year))),
        *session.scalars(select(Incident.number).where(Incident.number.startswith(year))),
    ]
    last = max((int(number[3:]) for number in taken if number[3:].isdecimal()), default=0)
    return f"{year}{last + 1:04d}"


def _incident(session: Session, draft: CallDraft) -> Incident:
    key = f"n:{draft.number}"
    known: Incident | None = session.scalar(
        select(Incident).where(or_(Incident.key == key, Incident.number == draft.number)).order_by(Incident.id)
    )
    if known is not None:
        return known
    row = Incident(key=key, number=draft.number, duration_minutes=None, **_of_incident(session, draft))
    session.add(row)
    session.flush()
    return row


def _of_incident(session: Session, draft: CallDraft) -> dict[str, Any]:
    division = division_ids(session).get(draft.division.casefold()) if draft.division else None
    return {
        "at": draft.at, "area_id": area_ids(session)[draft.area.casefold()],
        "division_id": division and division[0], "type": draft.type, "agency": draft.agency,
    }  # fmt: skip


def _kept(draft: CallDraft) -> dict[str, Any]:
    """Return what the call's own row keeps of a draft."""
    values = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name not in NOT_KEPT}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def call_of(session: Session, call_id: int) -> Call:
    """Return a call's row; raises CrtError if there is none."""
    row = session.get(Call, call_id)
    if row is None:
        raise CrtError("That call is gone from the records. Choose another one.")
    return row


def find(session: Session, words: str) -> int:
    """Return the row number of a call as people name it: 27-0031, or 27-0031/2 for its second case."""
    number, _, case = words.strip().partition("/")
    found = session.execute(select(Call.id, Call.case).where(Call.number == number).order_by(Call.case)).all()
    if not found:
        raise CrtError(f"No call has the number {number!r}. List them with: crt-scheduler call list")
    for row, each in found:
        if case == str(each) or (not case and len(found) == 1):
            return int(row)
    cases = listed([f"{number}/{each}" for _, each in found])
    raise CrtError(f"{number} has {len(found)} cases. Name one of: {cases}.")


def draft_of(session: Session, call_id: int) -> CallDraft:
    """Return a call as it could be filled in again."""
    row = call_of(session, call_id)
    incident = session.get_one(Incident, row.incident_id)
    division = session.get_one(Division, incident.division_id).name if incident.division_id else ""
    own = {field.name: getattr(row, field.name) for field in fields(CallDraft) if field.name not in NOT_KEPT}
    own |= {"services": tuple(row.services), "referrals": tuple(row.referrals)}
    return CallDraft(
        area=session.get_one(Area, incident.area_id).name, division=division, type=incident.type,
        agency=incident.agency, at=incident.at, **own,
    )  # fmt: skip


def amend(session: Session, call_id: int, *, now: dt.datetime, **changes: Any) -> None:
    """Change fields of a call, named as CallDraft names them.

    Raises FieldFault for a field at fault, NotAllowed once it is signed off (its follow-up apart).
    """
    row = call_of(session, call_id)
    if set(changes) - LATER:
        refuse_closed(row)
    draft = amended(session, call_id, **changes)
    checks.refuse(session, draft, now=now, call_id=call_id)
    for name, value in _kept(draft).items():
        if value != getattr(row, name):
            setattr(row, name, value)
    if set(changes) & {*OF_INCIDENT, "number"}:
        _amend_incident(session, row, draft)
    session.flush()


def amended(session: Session, call_id: int, **changes: Any) -> CallDraft:
    """Return a call as it would be with other fields; people served follow their counts, a division its area."""
    draft = replace(draft_of(session, call_id), **changes)
    if {"adults", "children"} & set(changes) and "served" not in changes:
        draft = replace(draft, served=(draft.adults or 0) + (draft.children or 0))
    if "area" in changes and "division" not in changes:
        draft = replace(draft, division="")
    return draft


def _amend_incident(session: Session, row: Call, draft: CallDraft) -> None:
    incident = session.get_one(Incident, row.incident_id)
    if incident.number != draft.number:
        others = session.scalars(select(Call.id).where(Call.incident_id == incident.id, Call.id != row.id)).first()
        taken = session.scalar(select(Incident.id).where(Incident.key == f"n:{draft.number}"))
        if others is not None or taken is not None:
            raise checks.FieldFault("number", f"{draft.number} cannot be taken here. Choose a number that is free.")
        incident.number, incident.key = draft.number, f"n:{draft.number}"
    for name, value in _of_incident(session, draft).items():
        setattr(incident, name, value)


def hear(session: Session, call_id: int, *, now: dt.datetime) -> None:
    """Note that somebody on scene was heard from now."""
    row = call_of(session, call_id)
    refuse_closed(row)
    row.heard = now
    session.flush()


def close(session: Session, call_id: int, *, by: str, now: dt.datetime) -> None:
    """Sign a call off; raises NotAllowed while somebody is on it."""
    row = call_of(session, call_id)
    refuse_closed(row)
    there = session.scalars(
        select(Responder.name).join(CallResponder, CallResponder.responder_id == Responder.id)
        .where(CallResponder.call_id == call_id, CallResponder.cleared.is_(None), CallResponder.home.is_(None),
               or_(CallResponder.departed.is_not(None), CallResponder.arrived.is_not(None)))
        .order_by(Responder.name)
    ).all()  # fmt: skip
    if there:
        name = name_words(row.number, row.case)
        raise NotAllowed(f"{listed(list(there))} {'is' if len(there) == 1 else 'are'} not clear of {name}. "
                         "Note when, then close it.")  # fmt: skip
    row.closed, row.signed_by = now, by
    session.flush()
    after.gone(session, call_id, now=now)


def reopen(session: Session, call_id: int) -> None:
    """Take back a sign-off, so that the call can be amended."""
    row = call_of(session, call_id)
    row.closed, row.signed_by = None, ""
    session.flush()


def refuse_closed(row: Call) -> None:
    """Raise NotAllowed for a call that is signed off."""
    if row.closed is not None:
        raise NotAllowed(f"{name_words(row.number, row.case)} is signed off. Reopen it first.")
