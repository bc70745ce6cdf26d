"""The calls that go on: how far each is, how long since it came in, and who is silent on scene."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.call_words import clock_words, name_words
from crt_scheduler.calls import call_rows
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.today.today_values import OpenCall
from solver.wording import CountedSayings, tr

ANSWERS = CountedSayings(
    {
        "accepted": ("{n} accepted", "{n} accepted"),
        "declined": ("{n} declined", "{n} declined"),
        "no_answer": ("{n} did not answer", "{n} did not answer"),
        "wrong_number": ("{n} wrong number", "{n} wrong numbers"),
    }
)


def open_calls(
    session: Session, phones: PhoneBook, *, now: dt.datetime, zone: times.Zone, silence_minutes: int
) -> tuple[OpenCall, ...]:
    """Return the calls that are neither clear nor closed, those silent on scene first, then oldest first."""
    found = [_open(row, phones, now, zone, dt.timedelta(minutes=silence_minutes)) for row in call_rows.running(session)]
    return tuple(sorted(found, key=lambda call: (not call.is_silent(now), call.notified)))


def _open(row: CallRow, phones: PhoneBook, now: dt.datetime, zone: times.Zone, silence: dt.timedelta) -> OpenCall:
    heard = row.last_word
    lead = next((one for one in row.responders if one.cleared is None and one.home is None), None)
    phone, phone_words = phones.of(lead.code) if lead else ("", "")
    return OpenCall(
        id=row.id,
        number=name_words(row.number, row.case),
        area=row.area,
        type=row.type[:1].upper() + row.type[1:],
        place=", ".join(filter(None, (row.division or row.area, row.scene))),
        notified=row.notified,
        words=_words(row, now, zone),
        heard=heard,
        silent_at=heard + silence if heard else None,
        lead=lead.name if lead else "",
        phone=phone,
        phone_words=phone_words,
    )


def _words(row: CallRow, now: dt.datetime, zone: times.Zone) -> str:
    """Say how far a call is."""
    arrived = [one.arrived for one in row.responders if one.is_there and one.arrived is not None]
    if row.on_scene is None and arrived:
        return tr("Clergy on scene since {clock}", clock=clock_words(min(arrived), zone, beside=now))
    if row.on_scene is not None:
        return tr("On scene since {clock}", clock=clock_words(row.on_scene, zone, beside=now))
    gone = [one.departed for one in row.responders if one.departed is not None]
    if gone:
        return tr("On the way since {clock}", clock=clock_words(min(gone), zone, beside=now))
    last = {answer.code: answer.answer for answer in row.answers}
    if last:
        counts = Counter(last.values())
        said = ", ".join(ANSWERS.of(kind, counts[kind]) for kind in ANSWERS if counts[kind])
        return tr("Called out: {answers}", answers=said)
    return tr("Somebody is going") if row.responders else tr("Nobody is called out yet")
