"""What calls leave behind: debriefs, people standing down and the shifts they hold, responses without hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.call_names import moment_words
from crt_scheduler.care import debriefs, stand_down
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.tables import Call, CallResponder, HoursEntry, Responder
from crt_scheduler.today.today_values import Care, CarePerson
from solver.wording import counted, say_date, tr

ENDS_SOON = dt.timedelta(hours=36)
HOME_BY = dt.timedelta(hours=3)
"""So long after the scene is clear everyone should be home and their hours known."""
BACK = dt.timedelta(days=60)
SHOWN = 3


def after_calls(
    session: Session, rows: Sequence[AssignmentRow], phones: PhoneBook, *, now: dt.datetime, zone: times.Zone
) -> tuple[list[Care], list[Care]]:
    """Return what calls left behind: the urgent first, then the rest; `rows` are the assignments around now."""
    resting = stand_down.rows(session, now=now)
    urgent = [*_debriefs(session, phones, now, zone), *_held(resting, rows, phones, now, zone)]
    return urgent, [*_resting(resting, phones, now, zone), *_unlogged(session, phones, now, zone)]


def _few(words: Sequence[str]) -> str:
    more = tr(" and {count} more", count=len(words) - SHOWN) if len(words) > SHOWN else ""
    return "; ".join(words[:SHOWN]) + more


def _person(code: str, name: str, detail: str, phones: PhoneBook) -> CarePerson:
    phone, words = phones.of(code)
    return CarePerson(code, name, detail, phone, words)


def _day(at: dt.datetime, zone: str) -> str:
    local = times.local(at, zone)
    return say_date(local)


def _debriefs(session: Session, phones: PhoneBook, now: dt.datetime, zone: str) -> list[Care]:
    found = [row for row in debriefs.rows(session, now=now) if row.is_overdue]
    if not found:
        return []
    people = tuple(_person(row.person, row.name, row.sentence, phones) for row in found)
    sentence = counted(len(found), "1 debrief overdue", "{} debriefs overdue")
    detail = _few([f"{row.name}, {_day(row.due, zone)}" for row in found])
    return [Care("debriefs", len(found), sentence, detail, people, is_urgent=True, go=("care", "debriefs"))]


def _held(
    resting: Sequence[stand_down.StandDownRow],
    rows: Sequence[AssignmentRow],
    phones: PhoneBook,
    now: dt.datetime,
    zone: times.Zone,
) -> list[Care]:
    """Shifts of the coming days, the running one too, that are held by somebody who is standing down then."""
    off = {row.person: row for row in reversed(resting)}
    mine = [
        row
        for row in rows
        if row.end > now and row.person in off and row.start < off[row.person].end and off[row.person].start < row.end
    ]
    if not mine:
        return []
    people = tuple(_person(r.person, r.name, f"{r.area}, {moment_words(r.start, zone)}", phones) for r in mine)
    sentence = counted(len(mine), "1 place is held by somebody", "{} places are held by people") + tr(" standing down")
    detail = tr("First: {detail}. Find cover", detail=people[0].detail)
    return [Care("held", len(mine), sentence, detail, people, is_urgent=True, go=("roster", mine[0].shift))]


def _resting(
    found: Sequence[stand_down.StandDownRow], phones: PhoneBook, now: dt.datetime, zone: times.Zone
) -> list[Care]:
    """Those whose stand-down ends soon, else how many stand down at all."""
    if not found:
        return []
    ending = [row for row in found if row.end <= now + ENDS_SOON]
    shown = ending or list(found)
    people = tuple(
        _person(r.person, r.name, tr("until {moment}", moment=moment_words(r.end, zone)), phones) for r in shown
    )
    if ending:
        ends = counted(len(ending), "1 stand-down ends", "{} stand-downs end")
        sentence = f"{ends} {_soon(ending[-1].end, now, zone)}"
    else:
        sentence = counted(len(found), "1 person stands down", "{} people stand down")
    detail = _few([f"{row.name}, {moment_words(row.end, zone)}" for row in shown])
    return [Care("stand_downs", len(shown), sentence, detail, people, is_urgent=False, go=("care", "stand-downs"))]


def _soon(at: dt.datetime, now: dt.datetime, zone: str) -> str:
    days = (times.local(at, zone).date() - times.local(now, zone).date()).days
    if days == 0:
        return tr("today")
    return tr("by tomorrow") if days == 1 else tr("by {day}", day=_day(at, zone))


def _unlogged(session: Session, phones: PhoneBook, now: dt.datetime, zone: str) -> list[Care]:
    """Who went to a call that is long clear, has not noted when they were home, and has no hours for it."""
    logged = exists().where(
        HoursEntry.call_id == Call.id, HoursEntry.responder_id == Responder.id, HoursEntry.kind == "response"
    )
    query = (
        select(Responder.code, Responder.name, Call.id, Call.number, Call.notified)
        .join(CallResponder, CallResponder.responder_id == Responder.id)
        .join(Call, CallResponder.call_id == Call.id)
        .where(Call.notified > now - BACK, Call.clear <= now - HOME_BY, CallResponder.home.is_(None), ~logged)
        .order_by(Call.notified, Responder.name)
    )
    found = session.execute(query).all()
    if not found:
        return []
    people = tuple(
        _person(code, name, tr("call {number}, {day}", number=number, day=_day(at, zone)), phones)
        for code, name, _, number, at in found
    )
    sentence = counted(len(found), "1 response without hours", "{} responses without hours")
    detail = tr("Oldest is from {day}", day=_day(found[0].notified, zone))
    return [Care("unlogged", len(found), sentence, detail, people, is_urgent=False, go=("calls", found[0].id))]
