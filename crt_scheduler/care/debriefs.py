"""Debriefs: what a responder owes after a hard call, to be done before the next shift."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies, roster, times
from crt_scheduler.act import Act
from crt_scheduler.call_names import call_words, moment_words, shift_words
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Assignment, Call, Debrief, Responder, Shift, StandDown
from solver.wording import mark, tr


class DebriefRow(msgspec.Struct, frozen=True):
    """One debrief: whose, after which call, when it is due, when and by whom done.

    `next_shift` is the first shift after their stand-down that the person holds; the debrief comes before it.
    """

    id: int
    person: str
    name: str
    call: str
    call_id: int
    hard: str
    due: dt.datetime
    done: dt.datetime | None
    done_by: str
    next_shift: str
    is_overdue: bool
    sentence: str


def owe(session: Session, call_id: int, responder: int, *, stand_down_ends: dt.datetime, now: dt.datetime) -> None:
    """Have a debrief due before the person's next shift or, if that is sooner, when the stand-down ends.

    Shifts inside the stand-down are not worked, so they set no date. Who owes one already, or did it, keeps it.
    """
    if _of(session, call_id, responder) is not None:
        return
    due = stand_down_ends if stand_down_ends > now else _next_start(session, responder, now)
    rest = dt.timedelta(hours=programme_of(session).stand_down_hours)
    session.add(Debrief(responder_id=responder, call_id=call_id, due=due or now + rest, done=None, done_by=""))


def bring_forward(session: Session, call_id: int, responder: int, *, now: dt.datetime) -> None:
    """Have a debrief due before the next shift, now that the person is back on call."""
    row, start = _of(session, call_id, responder), _next_start(session, responder, now)
    if row is not None and row.done is None and start is not None and start < row.due:
        row.due = start
        session.flush()


def put_off(session: Session, call_id: int, responder: int, due: dt.datetime) -> None:
    """Have a debrief that is owed due later, with the end of a stand-down that was lengthened."""
    row = _of(session, call_id, responder)
    if row is not None and row.done is None:
        row.due = due


def done(session: Session, debrief: int, who: str, now: dt.datetime) -> None:
    """Note that a debrief was held; raises CrtError if there is no such one, NotAllowed if it is done already."""
    row = session.get(Debrief, debrief)
    if row is None:
        raise CrtError(tr("There is no debrief {debrief}.", debrief=debrief), remedies.LIST_DEBRIEFS)
    if row.done is not None:
        raise NotAllowed(tr("That debrief was noted as done by {done_by} already.", done_by=row.done_by))
    row.done, row.done_by = now, who
    session.flush()


def done_by_person(session: Session, code: str, who: str, now: dt.datetime) -> int:
    """Note every debrief that a person owes as held and return how many; raises NotAllowed if there is none."""
    person = roster.person(session, code)
    owed = list(session.scalars(select(Debrief).where(Debrief.responder_id == person.id, Debrief.done.is_(None))))
    if not owed:
        raise NotAllowed(tr("{name} owes no debrief.", name=person.name))
    for row in owed:
        done(session, row.id, who, now)
    return len(owed)


def take_back(session: Session, call_id: int) -> None:
    """Remove the debriefs of a call that nobody has held."""
    for row in session.scalars(select(Debrief).where(Debrief.call_id == call_id, Debrief.done.is_(None))):
        session.delete(row)


def rows(session: Session, *, now: dt.datetime, past: bool = False) -> tuple[DebriefRow, ...]:
    """Return the debriefs that are owed, most overdue first; with `past` those that were held too."""
    query = (
        select(Debrief, Call, Responder)
        .join(Call, Debrief.call_id == Call.id)
        .join(Responder, Debrief.responder_id == Responder.id)
        .order_by(Debrief.due, Responder.name)
    )
    if not past:
        query = query.where(Debrief.done.is_(None))
    zone = customs.zone_of(programme_of(session))
    return tuple(_row(session, row, call, who, zone, now) for row, call, who in session.execute(query).all())


def overdue(session: Session, *, now: dt.datetime) -> frozenset[int]:
    """Return who owes a debrief that should have been held by now, by row number."""
    owed = session.scalars(select(Debrief).where(Debrief.done.is_(None)).order_by(Debrief.id))
    return frozenset(row.responder_id for row in list(owed) if _due(row, _next_shift(session, row, now)) <= now)


def _due(row: Debrief, shift: Shift | None) -> dt.datetime:
    return min(row.due, shift.start) if shift is not None else row.due


def _row(session: Session, row: Debrief, call: Call, who: Responder, zone: times.Zone, now: dt.datetime) -> DebriefRow:
    shift = _next_shift(session, row, now) if row.done is None else None
    due = _due(row, shift)
    is_overdue = row.done is None and due <= now
    return DebriefRow(
        id=row.id,
        person=who.code,
        name=who.name,
        call=call_words(call),
        call_id=call.id,
        hard=call.hard,
        due=due,
        done=row.done,
        done_by=row.done_by,
        next_shift=shift.key if shift is not None else "",
        is_overdue=is_overdue,
        sentence=_sentence(row, call, who, zone, due=due, shift=shift, is_overdue=is_overdue),
    )


def _sentence(
    row: Debrief,
    call: Call,
    who: Responder,
    zone: times.Zone,
    *,
    due: dt.datetime,
    shift: Shift | None,
    is_overdue: bool,
) -> str:
    if row.done is not None:
        return tr(
            "{name} had the debrief of call {call} on {moment}.",
            name=who.name,
            call=call_words(call),
            moment=moment_words(row.done, zone),
        )
    was = tr("was due") if is_overdue else tr("is due")
    words = tr(
        "The debrief of {name} after call {call} {was} {moment}",
        name=who.name,
        call=call_words(call),
        was=was,
        moment=moment_words(due, zone),
    )
    return (
        tr("{words}, before {shift}.", words=words, shift=shift_words(shift.key)) if shift is not None else f"{words}."
    )


def _next_shift(session: Session, row: Debrief, now: dt.datetime) -> Shift | None:
    """Return the shift that the debrief must come before: the first held one outside the stand-down, begun or not."""
    rest: StandDown | None = session.scalar(
        select(StandDown).where(StandDown.call_id == row.call_id, StandDown.responder_id == row.responder_id)
    )
    since = now if rest is None else rest.lifted or rest.end
    query = (
        select(Shift)
        .join(Assignment, Assignment.shift_id == Shift.id)
        .where(Assignment.responder_id == row.responder_id, Shift.start >= since, Shift.end > now)
        .order_by(Shift.start)
    )
    found: Shift | None = session.scalar(query.limit(1))
    return found


def _next_start(session: Session, responder: int, now: dt.datetime) -> dt.datetime | None:
    found: dt.datetime | None = session.scalar(
        select(Shift.start)
        .join(Assignment, Assignment.shift_id == Shift.id)
        .where(Assignment.responder_id == responder, Shift.start > now)
        .order_by(Shift.start)
        .limit(1)
    )
    return found


def _of(session: Session, call_id: int, responder: int) -> Debrief | None:
    found: Debrief | None = session.scalar(
        select(Debrief).where(Debrief.call_id == call_id, Debrief.responder_id == responder)
    )
    return found


HELD = mark("Debrief of {name} done")


def _held(session: Session, _: None, debrief: int, *__: Any) -> str:
    who = session.get_one(Responder, session.get_one(Debrief, debrief).responder_id)
    return tr(HELD, name=who.name)


DONE = Act(done, _held, names_answer=True)
DONE_BY_PERSON = Act(done_by_person, roster.of_person(HELD))
