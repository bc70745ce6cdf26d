"""All-call: everyone is asked who can come to a large event now, in two hours or tonight, and relief is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies, roster, times
from crt_scheduler.act import Act
from crt_scheduler.call_names import call_words
from crt_scheduler.call_out import relief as relieving
from crt_scheduler.call_out.kept_off import kept_off
from crt_scheduler.calls import going
from crt_scheduler.calls.call_acts import of_call, refuse_closed
from crt_scheduler.care.stand_down import call_of, standing_down
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.tables import Area, Assignment, Call, CallAnswer, CallResponder, Responder, Shift
from solver.wording import counted, mark, tr

READY = ("now", "two_hours", "tonight")
ANSWERS = (*READY, "cannot", "no_answer", "wrong_number")
EVENING = dt.time(18)
"""Tonight begins at six, or at once when it is later."""
AROUND = dt.timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """One person of an all-call: what they answered and when ("" while they have not), and what keeps them off.

    `ready` is when they can be there (UTC); `kept_off` says what keeps them off, empty for who may go.
    """

    person: str
    name: str
    role: str
    home: str
    phone: str
    phone_words: str
    answer: str
    at: dt.datetime | None
    ready: dt.datetime | None
    kept_off: str


@dataclass(frozen=True)
class Poll:
    """An all-call's answers: everyone on the team, by what they said; `counts` by answer, "" for who has not."""

    call: str
    at: dt.datetime
    people: tuple[Asked, ...]
    sent: tuple[str, ...] = ()
    """The ids of those who are on the call already."""

    def of(self, answer: str) -> tuple[Asked, ...]:
        """Return who gave an answer; "" for those still to be asked who may be."""
        return tuple(one for one in self.people if one.answer == answer and (answer or not one.kept_off))

    @property
    def counts(self) -> dict[str, int]:
        """How many gave each answer."""
        return {answer: len(self.of(answer)) for answer in (*ANSWERS, "")}


def begin(session: Session, call_id: int) -> None:
    """Make a call an all-call: everyone may be asked, and their answers count neither for nor against them."""
    call = call_of(session, call_id)
    refuse_closed(call)
    call.kind = "all_call"
    session.flush()


def answer(session: Session, call_id: int, code: str, said: str, *, now: dt.datetime) -> None:
    """Note what somebody answered: now, two_hours, tonight, cannot, no_answer or wrong_number; the last one counts.

    Raises CrtError for another word, NotAllowed if the call is no all-call or the person stands down.
    """
    call, who = call_of(session, call_id), roster.person(session, code)
    if said not in ANSWERS:
        raise CrtError(tr("{said!r} is not an answer. Use one of: {names}.", said=said, names=", ".join(ANSWERS)))
    refuse_closed(call)
    if call.kind != "all_call":
        raise NotAllowed(tr("That call is no all-call."), remedies.MAKE_ALL_CALL)
    if said in READY and code in standing_down(session, now):
        raise NotAllowed(
            tr("{name} is standing down. Let the lead lift it first, or ask somebody else.", name=who.name)
        )
    row: CallAnswer | None = session.scalar(
        select(CallAnswer).where(CallAnswer.call_id == call_id, CallAnswer.responder_id == who.id, CallAnswer.at == now)
    )
    if row is None:
        row = CallAnswer(call_id=call_id, responder_id=who.id, at=now, answer="", reason="", available="")
        session.add(row)
    row.answer = "accepted" if said in READY else {"cannot": "declined"}.get(said, said)
    row.available = said if said in READY else ""
    session.flush()


def poll(session: Session, call_id: int, *, now: dt.datetime) -> Poll:
    """Return everyone on the team and what they answered, who can come soonest first."""
    call = call_of(session, call_id)
    programme = programme_of(session)
    people = list(session.scalars(select(Responder).where(Responder.status != "inactive").order_by(Responder.name)))
    phones = PhoneBook({row.code: row.phone for row in people}, programme.country)
    said = _answers(session, call_id)
    off = kept_off(session, now, customs.zone_of(programme), call_id=call_id, are_asked=True)
    homes = _homes(session)
    found = []
    for row in people:
        word, at = said.get(row.id, ("", None))
        kept = off.get(row.id, "")
        ready = _ready(word, at, customs.zone_of(programme)) if at is not None else None
        role = "clergy" if row.kind == "clergy" else row.role
        home = homes.get(row.home_area_id or 0, "")
        found.append(Asked(row.code, row.name, role, home, *phones.of(row.code), word, at, ready, kept))
    order = (*READY, "", "cannot", "no_answer", "wrong_number")
    found.sort(key=lambda one: (order.index(one.answer), bool(one.kept_off)))
    gone = select(Responder.code).join(CallResponder, CallResponder.responder_id == Responder.id)
    sent = tuple(session.scalars(gone.where(CallResponder.call_id == call_id).order_by(Responder.code)))
    return Poll(call_words(call), call.notified, tuple(found), sent)


def send(session: Session, call_id: int, codes: Sequence[str], *, now: dt.datetime) -> None:
    """Put people on the call, as a wave that goes now; raises CrtError as `going.add` does, and then nobody goes."""
    for code in codes:
        going.add(session, call_id, code, at=now)


def plan(
    session: Session,
    call_id: int,
    *,
    start: dt.datetime,
    size: int,
    waves: int,
    now: dt.datetime,
    hours: float = 12,
) -> tuple[relieving.Wave, ...]:
    """Return relief waves of those who said they can come, rested from and for shifts they hold and calls they went to.

    Raises CrtError as `relief` does, and for a block of no sensible length.
    """
    relieving.refuse(size=size, waves=waves, hours=hours)
    length = dt.timedelta(hours=hours)
    ready = [one for one in poll(session, call_id, now=now).people if one.ready is not None and not one.kept_off]
    busy = _busy(session, start, start + waves * length, now=now)
    helpers = [
        relieving.Helper(one.person, one.name, one.role, one.ready, tuple(busy.get(one.person, ())))
        for one in ready
        if one.ready is not None
    ]
    return relieving.relief(helpers, start=start, size=size, waves=waves, block=length)


def _answers(session: Session, call_id: int) -> dict[int, tuple[str, dt.datetime]]:
    """Return each person's last answer in the words of the poll, and when it was given."""
    query = select(CallAnswer).where(CallAnswer.call_id == call_id).order_by(CallAnswer.at, CallAnswer.id)
    words = {"accepted": "now", "declined": "cannot"}
    return {
        row.responder_id: (row.available or words.get(row.answer, row.answer), row.at) for row in session.scalars(query)
    }


def _ready(word: str, at: dt.datetime, zone: str) -> dt.datetime | None:
    """Return from when somebody can be there."""
    if word == "tonight":
        return max(at, times.instant(times.local(at, zone).date(), EVENING, zone))
    return {"now": at, "two_hours": at + dt.timedelta(hours=2)}.get(word)


def _homes(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Area.id, Area.name)).all())


def _busy(
    session: Session, first: dt.datetime, last: dt.datetime, *, now: dt.datetime
) -> dict[str, list[relieving.Stretch]]:
    """Return the shifts that people hold and the calls they went to around a stretch of time, by id."""
    query = (
        select(Responder.code, Shift.start, Shift.end)
        .join(Assignment, Assignment.responder_id == Responder.id)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.end > first - AROUND, Shift.start < last + AROUND)
    )
    found: dict[str, list[relieving.Stretch]] = {}
    for code, start, end in session.execute(query):
        found.setdefault(code, []).append((start, end))
    for code, start, end in _at_calls(session, first - AROUND, now):
        found.setdefault(code, []).append((start, end))
    return found


def _at_calls(session: Session, since: dt.datetime, now: dt.datetime) -> Iterator[tuple[str, dt.datetime, dt.datetime]]:
    """Yield who was at which call from when until when; who is on it still serves a whole block, and until now."""
    gone = CallResponder
    query = (
        select(Responder.code, gone.departed, gone.arrived, gone.cleared, gone.home, Call.notified, Call.clear)
        .join(gone, gone.responder_id == Responder.id)
        .join(Call, gone.call_id == Call.id)
        .where(Call.notified > since, Call.notified <= now)
    )
    for code, departed, arrived, cleared, home, notified, clear in session.execute(query):
        begin = departed or arrived or notified
        yield code, begin, home or cleared or clear or max(now, begin + relieving.BLOCK)


def _answered(session: Session, call_id: int, code: str, said: str, **_: Any) -> str:
    who, call = roster.person(session, code), call_words(call_of(session, call_id))
    return tr("{name}: {said}, all-call {call}", name=who.name, said=said.replace("_", " "), call=call)


def _sent(session: Session, call_id: int, codes: Sequence[str], **_: Any) -> str:
    name = roster.person(session, codes[0]).name if len(codes) == 1 else ""
    call = call_words(call_of(session, call_id))
    return counted(
        len(codes), "Send {name} to all-call {call}", "Send {n} people to all-call {call}", name=name, call=call
    )


BEGIN = Act(begin, of_call(mark("All-call for {call}")))
ANSWER = Act(answer, _answered)
SEND = Act(send, _sent)
