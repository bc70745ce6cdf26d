"""Who goes to a call and when: added, departed, arrived, clear, home; nobody is at two calls at once."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.act import Act
from crt_scheduler.call_words import clock_words, future_fault, listed, name_words, order_fault, whole_minute
from crt_scheduler.calls import after
from crt_scheduler.calls.call_acts import call_name, call_of, refuse_closed
from crt_scheduler.calls.call_values import TIME_WORDS, TIMES
from crt_scheduler.care import stand_down
from crt_scheduler.errors import CrtError, Fault, NotAllowed, Refused
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Assignment, Call, CallResponder, Incident, Responder, Shift
from solver.wording import tr

MOST_MILES = 2_000


def go(session: Session, call_id: int, code: str, *, now: dt.datetime, at: dt.datetime | None = None) -> None:
    """Note that somebody departs to a call, now or at a time; raises CrtError where that cannot be."""
    set_time(session, call_id, code, "departed", at or now, now=now)


def arrive(session: Session, call_id: int, code: str, *, now: dt.datetime, at: dt.datetime | None = None) -> None:
    """Note that somebody arrives on scene; raises CrtError where that cannot be."""
    set_time(session, call_id, code, "arrived", at or now, now=now)


def clear(session: Session, call_id: int, code: str, *, now: dt.datetime, at: dt.datetime | None = None) -> None:
    """Note that somebody leaves the scene; raises CrtError where that cannot be."""
    set_time(session, call_id, code, "cleared", at or now, now=now)


def home(session: Session, call_id: int, code: str, *, now: dt.datetime, at: dt.datetime | None = None) -> None:
    """Note that somebody is home again; raises CrtError where that cannot be."""
    set_time(session, call_id, code, "home", at or now, now=now)


def set_time(
    session: Session, call_id: int, code: str, field: str, moment: dt.datetime | None, *, now: dt.datetime
) -> None:
    """Set one of the times of a responder at a call (None takes it back); somebody new is added to the call.

    Raises Refused for a stranger, a time to come, an end before its start, and for two calls at once.
    """
    if field not in TIMES:
        raise CrtError(
            tr("{field!r} is no time of a responder. Use one of: {listed}.", field=field, listed=listed(TIMES))
        )
    row, moment = call_of(session, call_id), whole_minute(moment)
    refuse_closed(row)
    gone = session.scalar(_of(call_id, roster.person(session, code).id))
    if gone is None:
        refuse_resting(session, row, code, moment or now, now=now)
        gone = add(session, call_id, code, at=moment or now)
    setattr(gone, field, moment)
    _refuse_times(session, row, gone, field, now)
    _refuse_two_calls(session, row, gone)
    session.flush()
    _renew(session, row, now)


def add(session: Session, call_id: int, code: str, *, at: dt.datetime) -> CallResponder:
    """Put somebody on a call, with the role they have on shift then; raises CrtError for somebody at another call."""
    who, row = roster.person(session, code), call_of(session, call_id)
    refuse_closed(row)
    at = whole_minute(at)
    if who.status == "inactive":
        raise NotAllowed(
            tr("{name} has left the team. Choose somebody else, or change the status first.", name=who.name)
        )
    known: CallResponder | None = session.scalar(_of(call_id, who.id))
    if known is not None:
        return known
    gone = CallResponder(
        call_id=call_id,
        responder_id=who.id,
        role=role_at(session, who, at),
        departed=None,
        arrived=None,
        cleared=None,
        home=None,
        miles=None,
    )
    _refuse_two_calls(session, row, gone, since=at)
    session.add(gone)
    session.flush()
    return gone


def remove(session: Session, call_id: int, code: str, *, now: dt.datetime) -> None:
    """Take somebody off a call again, times and all; raises CrtError if they are not on it."""
    row, who = call_of(session, call_id), roster.person(session, code)
    refuse_closed(row)
    gone = session.scalar(_of(call_id, who.id))
    if gone is None:
        raise CrtError(
            tr(
                "{name} is not on {name2}. Choose somebody who is.",
                name=who.name,
                name2=name_words(row.number, row.case),
            )
        )
    session.delete(gone)
    stand_down.spare(session, call_id, who.id)
    session.flush()
    _renew(session, row, now)


def refuse_resting(session: Session, row: Call, code: str, moment: dt.datetime, *, now: dt.datetime) -> None:
    """Raise Refused for somebody who stands down after another call, then and still."""
    until = stand_down.resting(session, code, moment, but=row.id)
    if until is not None and until > now:
        zone = customs.zone_of(programme_of(session))
        name = roster.person(session, code).name
        words = tr("{name} stands down until {clock}.", name=name, clock=clock_words(until, zone, beside=now))
        raise Refused(Fault("answer", tr("{words} Choose somebody else, or have the lead lift it first.", words=words)))


def drive(session: Session, call_id: int, code: str, miles: float | None) -> None:
    """Note the miles somebody drove; raises CrtError for a distance that cannot be, and for a stranger to the call."""
    gone = session.scalar(_of(call_id, roster.person(session, code).id))
    if gone is None:
        raise CrtError(tr("{code} is not on this call. Choose somebody who is.", code=code))
    if miles is not None and not 0 <= miles <= MOST_MILES:
        raise Refused(Fault("miles", tr("Type the miles driven, from 0 to {most_miles:,}.", most_miles=MOST_MILES)))
    refuse_closed(call_of(session, call_id))
    gone.miles = miles
    session.flush()


def role_at(session: Session, who: Responder, at: dt.datetime) -> str:
    """Return the role somebody has on shift at a moment, else their own."""
    held = session.scalar(
        select(Assignment.role)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Assignment.responder_id == who.id, Shift.start <= at, Shift.end > at)
        .order_by(Assignment.id)
    )
    return held or ("clergy" if who.kind == "clergy" else who.role)


def _of(call_id: int, responder: int) -> Select[CallResponder]:
    return select(CallResponder).where(CallResponder.call_id == call_id, CallResponder.responder_id == responder)


def _refuse_times(session: Session, row: Call, gone: CallResponder, field: str, now: dt.datetime) -> None:
    zone = customs.zone_of(programme_of(session))
    if words := future_fault(TIME_WORDS[field], getattr(gone, field), now, zone):
        raise Refused(Fault(field, words))
    known = [(tr("the call came in"), row.notified)]
    known += [(TIME_WORDS[name], getattr(gone, name)) for name in TIMES if getattr(gone, name) is not None]
    for (before, earlier), (later_name, later) in pairwise(known):
        if words := order_fault(before[0].lower() + before[1:], earlier, later_name, later, zone):
            raise Refused(Fault(field, words))


def _refuse_two_calls(session: Session, row: Call, gone: CallResponder, since: dt.datetime | None = None) -> None:
    """Refuse a stretch at this call that overlaps one at another call."""
    start = since or gone.departed or gone.arrived or row.notified
    end = gone.cleared or gone.home
    query = (
        select(CallResponder, Call)
        .join(Call, CallResponder.call_id == Call.id)
        .where(CallResponder.responder_id == gone.responder_id, Call.id != row.id)
        .order_by(Call.notified.desc())
    )
    with session.no_autoflush:
        others = session.execute(query).all()
    for other, call in others:
        begin = other.departed or other.arrived or call.notified
        until = other.cleared or other.home or call.clear or call.closed
        if _overlap(start, end, begin, until):
            who, zone = session.get_one(Responder, gone.responder_id), customs.zone_of(programme_of(session))
            name = name_words(call.number, call.case)
            when = (
                tr("since {clock}", clock=clock_words(begin, zone, beside=start))
                if until is None
                else (
                    tr(
                        "from {clock} to {clock2}",
                        clock=clock_words(begin, zone, beside=start),
                        clock2=clock_words(until, zone, beside=start),
                    )
                )
            )
            raise Refused(
                Fault(
                    "departed",
                    tr(
                        "{name} is at {name2} {when}. Note when they were clear there, or choose somebody else.",
                        name=who.name,
                        name2=name,
                        when=when,
                    ),
                )
            )


def _overlap(start: dt.datetime, end: dt.datetime | None, begin: dt.datetime, until: dt.datetime | None) -> bool:
    """Is one at two calls at once? A stretch whose end is not noted yet may end before a later one that is over."""
    if end is None and until is not None:
        return begin <= start < until
    return (end is None or begin < end) and (until is None or start < until)


def _renew(session: Session, row: Call, now: dt.datetime) -> None:
    """Bring the call's own times in line with those of its responders, and the ledger with both."""
    gone = session.scalars(select(CallResponder).where(CallResponder.call_id == row.id)).all()
    team = [one for one in gone if one.role != "clergy"]
    departed = [one.departed for one in team if one.departed]
    arrived = [one.arrived for one in team if one.arrived]
    cleared = [one.cleared for one in team if one.cleared]
    if arrived:
        row.on_scene = min(arrived)
    row.dispatched = _called_out(row, departed)
    is_over = bool(cleared) and all(one.cleared or one.home or not (one.departed or one.arrived) for one in team)
    if cleared or (row.clear is not None and arrived):
        row.clear = max(cleared) if is_over else None
    if row.clear is not None and row.on_scene is not None:
        incident = session.get_one(Incident, row.incident_id)
        incident.duration_minutes = int((row.clear - row.on_scene).total_seconds() // 60)
    clergy = [one.arrived for one in gone if one.role == "clergy" and one.arrived]
    if clergy:
        row.clergy_on_scene = min(clergy)
    session.flush()
    after.gone(session, row.id, now=now)


def _called_out(row: Call, departed: list[dt.datetime]) -> dt.datetime | None:
    """Return when the team was called out: the first that is known, and never after it was on scene."""
    known = [*departed, *([row.dispatched] if row.dispatched else [])]
    known = [moment for moment in known if row.on_scene is None or moment <= row.on_scene]
    return min(known, default=None)


def _timed(session: Session, call_id: int, code: str, field: str, moment: dt.datetime | None, **_: Any) -> str:
    zone = customs.zone_of(programme_of(session))
    told = tr("taken back") if moment is None else clock_words(moment, zone)
    what, who = TIME_WORDS.get(field, field).lower(), roster.person(session, code).name
    call = call_name(session, call_id)
    return tr("{name}: {what} {when}, {call}", name=who, what=what, when=told, call=call)


def _removed(session: Session, call_id: int, code: str, **_: Any) -> str:
    return tr("Take {name} off {call}", name=roster.person(session, code).name, call=call_name(session, call_id))


def _drove(session: Session, call_id: int, code: str, miles: float | None) -> str:
    who, call = roster.person(session, code).name, call_name(session, call_id)
    if miles is None:
        return tr("{name}: miles taken back, {call}", name=who, call=call)
    return tr("{name}: {miles:g} miles, {call}", name=who, miles=miles, call=call)


SET_TIME = Act(set_time, _timed)
REMOVE = Act(remove, _removed)
DRIVE = Act(drive, _drove)
