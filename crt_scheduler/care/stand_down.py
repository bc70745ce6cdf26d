"""Stand-downs: a responder's rest after a hard call, unavailability at once, until it ends or the lead lifts it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crt_scheduler import remedies, roster, times
from crt_scheduler.act import Act
from crt_scheduler.call_names import call_words, moment_words, shift_words
from crt_scheduler.care import debriefs
from crt_scheduler.care.shift_end import shift_end
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Assignment, Call, CallResponder, Debrief, Responder, Shift, StandDown
from solver.wording import tr

LONGEST_HOURS = 24 * 60
"""Hours that a stand-down may last after the shift: sixty days."""


class StandDownRow(msgspec.Struct, frozen=True):
    """One stand-down: whose, after which call and why, from and until (UTC), and who lifted it when.

    `shifts` are those the person still holds in it: each is a seat to fill.
    """

    id: int
    person: str
    name: str
    call: str
    call_id: int
    hard: str
    start: dt.datetime
    end: dt.datetime
    lifted: dt.datetime | None
    lifted_by: str
    shift_end: dt.datetime
    """When the shift of the call ended, from which its hours count."""
    running: str
    """The shift they were in when it began, while it runs: the rest of it is to be covered too; empty: none."""
    shifts: tuple[str, ...]
    sentence: str

    def is_on(self, at: dt.datetime) -> bool:
        """Does it keep the person off at an instant?"""
        return self.lifted is None and self.start <= at < self.end


def call_of(session: Session, call_id: int) -> Call:
    """Return a call by its row number; raises CrtError if there is none."""
    row = session.get(Call, call_id)
    if row is None:
        raise CrtError(tr("There is no call {call_id}.", call_id=call_id), remedies.LIST_CALLS)
    return row


def follow(session: Session, call: Call, *, now: dt.datetime) -> None:
    """Send everyone who went to a hard call into stand-down and have a debrief due.

    Call it again when somebody more has gone, or a time was noted: who was clear later than was known rests longer.
    """
    went = session.scalars(select(CallResponder).where(CallResponder.call_id == call.id).order_by(CallResponder.id))
    for row in list(went):
        start = min(row.cleared or call.clear or now, now)
        _begin(session, call, row.responder_id, start=start, now=now, hours=None)
        _lengthen(session, call, row)
    session.flush()


def add(session: Session, call_id: int, code: str, *, now: dt.datetime, hours: int | None = None) -> None:
    """Let somebody who did not go stand down too, such as a lead who listened; `hours` instead of the programme's.

    Raises CrtError for an unknown call or person or hours out of reason, NotAllowed if they stand down already or
    the call is not marked as hard.
    """
    call, who = call_of(session, call_id), roster.person(session, code)
    if not call.hard:
        raise NotAllowed(tr("Call {call} is not ticked as hard. Tick it first, with why.", call=call_words(call)))
    if hours is not None and not 0 < hours <= LONGEST_HOURS:
        raise CrtError(
            tr(
                "A stand-down lasts 1 to {longest_hours} hours. Give the hours after the shift.",
                longest_hours=LONGEST_HOURS,
            )
        )
    row = _of(session, call_id, who.id)
    if row is not None and row.lifted is None and row.end > now:
        raise NotAllowed(tr("{name} is standing down already after call {call}.", name=who.name, call=call_words(call)))
    if row is not None:
        session.delete(row)
        session.flush()
    _begin(session, call, who.id, start=now, now=now, hours=hours)
    session.flush()


def lift(session: Session, stand_down: int, who: str, now: dt.datetime) -> None:
    """Let a person back on call before their stand-down ends; the debrief is then due before their next shift.

    Raises CrtError if there is no such stand-down, NotAllowed if it is lifted or over.
    """
    row = session.get(StandDown, stand_down)
    if row is None:
        raise CrtError(tr("There is no stand-down {stand_down}.", stand_down=stand_down), remedies.LIST_STAND_DOWNS)
    name = session.get_one(Responder, row.responder_id).name
    if row.lifted is not None:
        raise NotAllowed(
            tr("The stand-down of {name} was lifted by {lifted_by} already.", name=name, lifted_by=row.lifted_by)
        )
    if row.end <= now:
        raise NotAllowed(tr("The stand-down of {name} is over. There is nothing to lift.", name=name))
    row.lifted, row.lifted_by = now, who
    session.flush()
    debriefs.bring_forward(session, row.call_id, row.responder_id, now=now)


def take_back(session: Session, call_id: int) -> None:
    """Remove the stand-downs of a call that nobody lifted."""
    for row in session.scalars(select(StandDown).where(StandDown.call_id == call_id, StandDown.lifted.is_(None))):
        session.delete(row)


def rows(session: Session, *, now: dt.datetime, past: bool = False) -> tuple[StandDownRow, ...]:
    """Return the stand-downs that are on or still to come, soonest to end first; with `past` every one there was."""
    query = _query().order_by(StandDown.end, Responder.name)
    if not past:
        query = query.where(StandDown.lifted.is_(None), StandDown.end > now)
    zone = customs.zone_of(programme_of(session))
    found = session.execute(query).all()
    return tuple(_row(session, row, call, who, zone, now) for row, call, who in found)


def spare(session: Session, call_id: int, responder: int) -> None:
    """Take back the stand-down and the debrief of somebody who did not go after all; what was lifted or held stays."""
    for table, kept in ((StandDown, StandDown.lifted), (Debrief, Debrief.done)):
        for row in session.scalars(
            select(table).where(table.call_id == call_id, table.responder_id == responder, kept.is_(None))
        ):
            session.delete(row)


def resting(session: Session, code: str, at: dt.datetime, *, but: int) -> dt.datetime | None:
    """Return until when a person stands down at an instant, after another call than `but`; None: they do not."""
    found: dt.datetime | None = session.scalar(
        select(func.max(StandDown.end))
        .join(Responder, StandDown.responder_id == Responder.id)
        .where(Responder.code == code, StandDown.call_id != but, StandDown.lifted.is_(None))
        .where(StandDown.start <= at, StandDown.end > at)
    )
    return found


def change(session: Session, stand_down: int, hours: int) -> None:
    """Let a stand-down last so many hours after the shift, longer or shorter than the programme's.

    Raises CrtError if there is no such one or for hours out of reason, NotAllowed if it is lifted.
    """
    row = session.get(StandDown, stand_down)
    if row is None:
        raise CrtError(tr("There is no stand-down {stand_down}.", stand_down=stand_down), remedies.LIST_STAND_DOWNS)
    if row.lifted is not None:
        name = session.get_one(Responder, row.responder_id).name
        raise NotAllowed(
            tr("The stand-down of {name} was lifted by {lifted_by} already.", name=name, lifted_by=row.lifted_by)
        )
    if not 0 < hours <= LONGEST_HOURS:
        raise CrtError(
            tr(
                "A stand-down lasts 1 to {longest_hours} hours. Give the hours after the shift.",
                longest_hours=LONGEST_HOURS,
            )
        )
    call = session.get_one(Call, row.call_id)
    row.end = shift_end(session, row.responder_id, row.start, since=call.notified) + dt.timedelta(hours=hours)
    row.by_hand = True
    session.flush()


def standing_down(session: Session, at: dt.datetime) -> dict[str, dt.datetime]:
    """Return who is standing down at an instant, by id, and until when."""
    query = (
        select(Responder.code, StandDown.end)
        .join(Responder, StandDown.responder_id == Responder.id)
        .where(StandDown.lifted.is_(None), StandDown.start <= at, StandDown.end > at)
        .order_by(StandDown.end)
    )
    return dict(session.execute(query).all())


def _query() -> Select[StandDown, Call, Responder]:
    return (
        select(StandDown, Call, Responder)
        .join(Call, StandDown.call_id == Call.id)
        .join(Responder, StandDown.responder_id == Responder.id)
    )


def _row(
    session: Session, row: StandDown, call: Call, who: Responder, zone: times.Zone, now: dt.datetime
) -> StandDownRow:
    held = tuple(_held_in(session, row)) if row.lifted is None else ()
    return StandDownRow(
        id=row.id,
        person=who.code,
        name=who.name,
        call=call_words(call),
        call_id=call.id,
        hard=call.hard,
        start=row.start,
        end=row.end,
        lifted=row.lifted,
        lifted_by=row.lifted_by,
        shift_end=shift_end(session, row.responder_id, row.start, since=call.notified),
        running=_running(session, row, now) if row.lifted is None else "",
        shifts=held,
        sentence=_sentence(row, call, who, held, zone),
    )


def _sentence(row: StandDown, call: Call, who: Responder, held: tuple[str, ...], zone: times.Zone) -> str:
    why = f" ({call.hard.lower()})" if call.hard else ""
    words = tr(
        "{name} stands down after call {call}{why} until {moment}",
        name=who.name,
        call=call_words(call),
        why=why,
        moment=moment_words(row.end, zone),
    )
    if row.lifted is not None:
        return tr(
            "{words}; lifted by {lifted_by} on {moment}.",
            words=words,
            lifted_by=row.lifted_by,
            moment=moment_words(row.lifted, zone),
        )
    shifts = "; ".join(shift_words(key) for key in held)
    return tr("{words}. Find cover for: {shifts}.", words=words, shifts=shifts) if held else f"{words}."


def _held_in(session: Session, row: StandDown) -> list[str]:
    """Return the shifts a person holds that begin before the stand-down ends and are not begun when it starts."""
    query = (
        select(Shift.key)
        .join(Assignment, Assignment.shift_id == Shift.id)
        .where(Assignment.responder_id == row.responder_id, Shift.start >= row.start, Shift.start < row.end)
        .order_by(Shift.start)
    )
    return list(session.scalars(query))


def _running(session: Session, row: StandDown, now: dt.datetime) -> str:
    """Return the shift that a person was in when the stand-down began, if it runs still."""
    query = (
        select(Shift.key)
        .join(Assignment, Assignment.shift_id == Shift.id)
        .where(Assignment.responder_id == row.responder_id)
        .where(Shift.start < row.start, Shift.end > row.start, Shift.end > now)
        .order_by(Shift.start)
    )
    return session.scalar(query.limit(1)) or ""


def _of(session: Session, call_id: int, responder: int) -> StandDown | None:
    found: StandDown | None = session.scalar(
        select(StandDown).where(StandDown.call_id == call_id, StandDown.responder_id == responder)
    )
    return found


def _lengthen(session: Session, call: Call, went: CallResponder) -> None:
    """Move the end of a stand-down that began before its person was clear; one set by hand stays."""
    row = _of(session, call.id, went.responder_id)
    cleared = went.cleared or call.clear
    if row is None or cleared is None or row.lifted is not None or row.by_hand or cleared <= row.start:
        return
    rest = dt.timedelta(hours=programme_of(session).stand_down_hours)
    row.start, row.end = cleared, shift_end(session, went.responder_id, cleared, since=call.notified) + rest
    debriefs.put_off(session, call.id, went.responder_id, row.end)


def _begin(
    session: Session, call: Call, responder: int, *, start: dt.datetime, now: dt.datetime, hours: int | None
) -> None:
    """Make one person's stand-down, unless it is over by now, and the debrief they owe."""
    rest = dt.timedelta(hours=programme_of(session).stand_down_hours if hours is None else hours)
    end = shift_end(session, responder, start, since=call.notified) + rest
    if end > max(start, now) and _of(session, call.id, responder) is None:
        session.add(
            StandDown(
                responder_id=responder,
                call_id=call.id,
                start=start,
                end=end,
                lifted=None,
                lifted_by="",
                by_hand=hours is not None,
            )
        )
    debriefs.owe(session, call.id, responder, stand_down_ends=end, now=now)


def _added(session: Session, call_id: int, code: str, **_: Any) -> str:
    who, call = roster.person(session, code), call_words(call_of(session, call_id))
    return tr("Stand down {name} after {call}", name=who.name, call=call)


def _lifted(session: Session, _: None, stand_down: int, *__: Any) -> str:
    return tr("Lift the stand-down of {name}", name=_name_of(session, stand_down))


def _changed(session: Session, _: None, stand_down: int, hours: int) -> str:
    return tr("Stand-down of {name}: {hours} h", name=_name_of(session, stand_down), hours=hours)


def _name_of(session: Session, stand_down: int) -> str:
    return session.get_one(Responder, session.get_one(StandDown, stand_down).responder_id).name


ADD = Act(add, _added)
LIFT = Act(lift, _lifted, names_answer=True)
CHANGE = Act(change, _changed, names_answer=True)
