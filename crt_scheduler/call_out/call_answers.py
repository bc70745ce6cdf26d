"""What people answer when they are called out: accepted, declined and why, no answer, wrong number."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.act import Act
from crt_scheduler.call_words import clock_words, future_fault, listed, whole_minute
from crt_scheduler.calls import after, going
from crt_scheduler.calls.call_acts import call_name, call_of, refuse_closed
from crt_scheduler.calls.call_values import ANSWERS, AVAILABLE, REASONS
from crt_scheduler.care import stand_down
from crt_scheduler.errors import Fault, Refused
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import CallAnswer, CallResponder
from solver.wording import tr


def answer(
    session: Session, call_id: int, code: str, said: str, *, now: dt.datetime, at: dt.datetime | None = None,
    reason: str = "", available: str = "",
) -> None:  # fmt: skip
    """Note what somebody answered, now or at a time; who accepts is on the call, who declines after all is not.

    Two answers in one minute are one, corrected. Raises Refused for a stranger, a word not on the list, a reason
    that is missing or not called for, and a time before the call or to come.
    """
    row, who, moment = call_of(session, call_id), roster.person(session, code), whole_minute(at or now)
    refuse_closed(row)
    _refuse_words(said, reason, available)
    zone = customs.zone_of(programme_of(session))
    if words := future_fault(tr("The answer"), moment, now, zone):
        raise Refused(Fault("at", words))
    if moment < row.notified:
        came = clock_words(row.notified, zone, beside=moment)
        raise Refused(Fault("at", tr("The call came in at {came}, after that answer. Type a later time.", came=came)))
    if said == "accepted":
        going.refuse_resting(session, row, code, moment, now=now)
        going.add(session, call_id, code, at=moment)
        is_first = row.dispatched is None or moment < row.dispatched
        if row.kind == "team" and is_first and (row.on_scene is None or moment <= row.on_scene):
            row.dispatched = moment
    else:
        _take_off(session, call_id, who.id, now=now)
    _keep(session, call_id, who.id, moment, said, reason, available)
    session.flush()


def _refuse_words(said: str, reason: str, available: str) -> None:
    if said not in ANSWERS:
        raise Refused(
            Fault("answer", tr("{said!r} is no answer. Use one of: {listed}.", said=said, listed=listed(ANSWERS)))
        )
    if said == "declined" and reason not in REASONS:
        raise Refused(Fault("reason", tr("Say why they declined. Choose one of: {listed}.", listed=listed(REASONS))))
    if said != "declined" and reason:
        raise Refused(Fault("reason", tr("Only who declines gives a reason. Leave it out.")))
    if available not in AVAILABLE:
        raise Refused(
            Fault(
                "available",
                tr(
                    "{available!r} is not on the list. Use one of: {listed}.",
                    available=available,
                    listed=listed(AVAILABLE[1:]),
                ),
            )
        )


def _take_off(session: Session, call_id: int, responder: int, *, now: dt.datetime) -> None:
    """Take somebody off the call who accepted and has not departed."""
    gone = session.scalar(
        select(CallResponder).where(CallResponder.call_id == call_id, CallResponder.responder_id == responder)
    )
    if gone is None:
        return
    if gone.departed or gone.arrived or gone.cleared or gone.home:
        raise Refused(
            Fault("answer", tr("They are on the way already. Take their times back first, or note them clear."))
        )
    session.delete(gone)
    stand_down.spare(session, call_id, responder)
    session.flush()
    after.gone(session, call_id, now=now)


def _keep(
    session: Session, call_id: int, responder: int, moment: dt.datetime, said: str, reason: str, available: str
) -> None:
    known = session.scalar(
        select(CallAnswer).where(
            CallAnswer.call_id == call_id, CallAnswer.responder_id == responder, CallAnswer.at == moment
        )
    )
    if known is None:
        known = CallAnswer(call_id=call_id, responder_id=responder, at=moment)
        session.add(known)
    known.answer, known.reason, known.available = said, reason, available


def _answered(session: Session, call_id: int, code: str, said: str, *, reason: str = "", **_: Any) -> str:
    words = ", ".join(filter(None, (said.replace("_", " "), reason)))
    name = roster.person(session, code).name
    return tr("{name}: {said}, {call}", name=name, said=words, call=call_name(session, call_id))


ANSWER = Act(answer, _answered)
