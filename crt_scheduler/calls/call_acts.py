"""Acts on a call: log it, amend it, sign it off; logging makes the incident that the forecast learns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, remedies, times
from crt_scheduler.act import Act
from crt_scheduler.call_words import listed, name_words, whole_minute
from crt_scheduler.calls import after, checks
from crt_scheduler.calls.call_values import SCENES, CallDraft
from crt_scheduler.errors import CrtError, Fault, NotAllowed, Refused
from crt_scheduler.programmes import area_ids, division_ids, programme_of
from crt_scheduler.tables import Area, Call, CallResponder, Division, Incident, Responder
from solver.wording import counted, mark, tr

OF_INCIDENT = ("area", "division", "type", "agency", "at")
NOT_KEPT = ("another_case", *OF_INCIDENT)
LATER = frozenset({"follow_up_due", "follow_up_done"})
"""What may still be noted once a call is signed off."""


def log(session: Session, draft: CallDraft, *, now: dt.datetime) -> int:
    """Log a call and return its row number; its incident is made, or found by its number.

    Raises Refused with each field at fault.
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
    notified = whole_minute(draft.notified or draft.at or now)
    draft = replace(draft, number=call_numbers.plain(draft.number))
    if draft.another_case:
        draft = _of_first(session, draft)
    division = division_ids(session).get(draft.division.casefold()) if draft.division else None
    area = draft.area or (session.get_one(Area, division[1]).name if division else "")
    number = draft.number or next_number(session, now=notified)
    draft = replace(draft, number=number, area=area, notified=notified, at=draft.at or notified)
    draft = _spelt(session, draft)
    if draft.served is None and (draft.adults is not None or draft.children is not None):
        draft = replace(draft, served=(draft.adults or 0) + (draft.children or 0))
    return draft


def _of_first(session: Session, draft: CallDraft) -> CallDraft:
    """Return the draft of a further case with what its number's incident says where nothing else is typed."""
    known = _known(session, draft.number)
    if known is None:
        return draft
    division = session.get_one(Division, known.division_id).name if known.division_id else ""
    return replace(
        draft, number=known.number, area=draft.area or session.get_one(Area, known.area_id).name,
        division=draft.division or division, type=draft.type or known.type, agency=draft.agency or known.agency,
        at=draft.at or known.at,
    )  # fmt: skip


def _known(session: Session, number: str) -> Incident | None:
    """Return the incident of a number, however its letters are written."""
    found: Incident | None = session.scalar(
        select(Incident)
        .where(
            or_(call_numbers.is_same(Incident.key, number, prefix="n:"), call_numbers.is_same(Incident.number, number))
        )
        .order_by(Incident.number != number, Incident.id)
    )
    return found if number else None


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
    known = _known(session, draft.number)
    if known is not None:
        return known
    row = Incident(key=f"n:{draft.number}", number=draft.number, duration_minutes=None, **_of_incident(session, draft))
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
        raise CrtError(tr("That call is gone from the records. Choose another one."))
    return row


def find(session: Session, words: str) -> int:
    """Return the row number of a call as people name it: 27-0031, or 27-0031/2 for its second case."""
    number, _, case = call_numbers.plain(words).replace(" case ", "/").partition("/")
    same = call_numbers.is_same(Call.number, number)
    found = session.execute(select(Call.id, Call.case, Call.number).where(same).order_by(Call.case)).all()
    found = [each for each in found if each[2] == number] or found  # an older version took K-1 and k-1 for two calls
    if not found:
        raise CrtError(tr("No call has the number {number!r}.", number=number), remedies.LIST_CALLS)
    for row, each, _ in found:
        if case == str(each) or (not case and len(found) == 1):
            return int(row)
    cases = listed([f"{spelled}/{each}" for _, each, spelled in found])
    raise CrtError(
        tr("{number} has {count} cases. Name one of: {cases}.", number=number, count=len(found), cases=cases)
    )


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


def amend(session: Session, /, call_id: int, *, now: dt.datetime, **changes: Any) -> None:
    """Change fields of a call, named as CallDraft names them.

    Raises Refused for a field at fault, NotAllowed once it is signed off (its follow-up apart).
    """
    row = call_of(session, call_id)
    if set(changes) - LATER:
        refuse_closed(row)
    draft = amended(session, call_id, **changes)
    checks.refuse(session, draft, now=now, call_id=call_id)
    if changes.get("clear") is not None:
        _refuse_clear(session, row)
    for name, value in _kept(draft).items():
        if value != getattr(row, name):
            setattr(row, name, value)
    if set(changes) & {*OF_INCIDENT, "number"}:
        _amend_incident(session, row, draft)
    session.flush()


def amended(session: Session, call_id: int, **changes: Any) -> CallDraft:
    """Return a call as it would be with other fields; people served follow their counts, a division its area."""
    before = draft_of(session, call_id)
    draft = replace(before, **changes)
    if {"adults", "children"} & set(changes) and "served" not in changes:
        draft = replace(draft, served=_served(before, draft))
    if "area" in changes and "division" not in changes:
        draft = replace(draft, division="")
    division = division_ids(session).get(draft.division.casefold()) if draft.division else None
    if division and not draft.area:
        draft = replace(draft, area=session.get_one(Area, division[1]).name)
    return _spelt(session, draft)


def _spelt(session: Session, draft: CallDraft) -> CallDraft:
    """Return the draft with the words of the lists as the lists spell them."""
    lists = {
        "type": checks.types, "agency": checks.agencies, "language": checks.languages, "tradition": checks.traditions,
    }  # fmt: skip
    found: dict[str, Any] = {}
    for name in ("scene", *lists):
        said = getattr(draft, name)
        known = SCENES if name == "scene" else lists[name](session) if said else ()
        found[name] = next((word for word in known if word.casefold() == said.casefold()), said)
    return replace(draft, **found)


def _served(before: CallDraft, draft: CallDraft) -> int | None:
    """Return how many were served after adults or children were counted; a count that was never parted stays."""
    if draft.adults is None and draft.children is None:
        return None
    if before.adults is None and before.children is None and before.served is not None:
        return before.served
    return (draft.adults or 0) + (draft.children or 0)


def _amend_incident(session: Session, row: Call, draft: CallDraft) -> None:
    incident = session.get_one(Incident, row.incident_id)
    if incident.number != draft.number:
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
    there = _not_clear(session, row)
    if there:
        raise NotAllowed(tr("{there} Note when, then close it.", there=there))
    row.closed, row.signed_by = now, by
    session.flush()
    after.gone(session, call_id, now=now)


def _refuse_clear(session: Session, row: Call) -> None:
    """Refuse to call the scene clear while somebody is there: nobody would ask after them any more."""
    there = _not_clear(session, row)
    if there:
        raise Refused(Fault("clear", tr("{there} Note when each was; the call follows.", there=there)))


def _not_clear(session: Session, row: Call) -> str:
    """Say who is still on the way or on scene; nothing where nobody is."""
    there = session.scalars(
        select(Responder.name).join(CallResponder, CallResponder.responder_id == Responder.id)
        .where(CallResponder.call_id == row.id, CallResponder.cleared.is_(None), CallResponder.home.is_(None),
               or_(CallResponder.departed.is_not(None), CallResponder.arrived.is_not(None)))
        .order_by(Responder.name)
    ).all()  # fmt: skip
    name = name_words(row.number, row.case)
    return (
        counted(
            len(there),
            "{people} is not clear of {call}.",
            "{people} are not clear of {call}.",
            people=listed(list(there)),
            call=name,
        )
        if there
        else ""
    )


def reopen(session: Session, call_id: int) -> None:
    """Take back a sign-off, so that the call can be amended."""
    row = call_of(session, call_id)
    row.closed, row.signed_by = None, ""
    session.flush()


def refuse_closed(row: Call) -> None:
    """Raise NotAllowed for a call that is signed off."""
    if row.closed is not None:
        raise NotAllowed(tr("{name} is signed off. Reopen it first.", name=name_words(row.number, row.case)))


def call_name(session: Session, call_id: int) -> str:
    """Return what a call is called, for labels: 27-0031, or 27-0031 case 2."""
    row = call_of(session, call_id)
    return name_words(row.number, row.case)


def of_call(message: str) -> Callable[..., str]:
    """Return a label that says a message of a call, `{call}`, whose number is the first value."""
    return lambda session, call_id, *_, **__: tr(message, call=call_name(session, call_id))


LOG = Act(log, of_call(mark("Log call {call}")), names_answer=True)
AMEND = Act(amend, of_call(mark("Report of {call}")))
HEAR = Act(hear, of_call(mark("Word from {call}")))
CLOSE = Act(close, of_call(mark("Sign off {call}")))
REOPEN = Act(reopen, of_call(mark("Reopen {call}")))
