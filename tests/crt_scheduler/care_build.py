"""Builders for tests of care: a call that some people went to, as the calls view would leave it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.calls import call_acts
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.tables import Call, CallAnswer, CallResponder

HOUR = dt.timedelta(hours=1)


def call(
    session: Session,
    at: dt.datetime,
    *went: str,
    now: dt.datetime,
    clear: dt.datetime | None = None,
    area: str = "Valley",
    hard: str = "",
) -> int:
    """Log a call that people went to at once and, where it is clear, came home from an hour later."""
    on_scene = at + HOUR / 2 if clear is not None else None
    number = call_acts.log(
        session, CallDraft(area=area, type="homicide", at=at, on_scene=on_scene, clear=clear), now=now
    )
    for n, code in enumerate(went):
        session.add(
            CallResponder(
                call_id=number, responder_id=roster.person(session, code).id, role="responder" if n else "lead",
                departed=at, arrived=at + HOUR / 2, cleared=clear, home=clear and clear + HOUR, miles=None,
            )
        )  # fmt: skip
    session.flush()
    session.get_one(Call, number).hard = hard
    session.flush()
    return number


def answered(session: Session, number: int, code: str, answer: str, at: dt.datetime) -> None:
    """Note somebody's answer to a call."""
    who = roster.person(session, code)
    session.add(CallAnswer(call_id=number, responder_id=who.id, at=at, answer=answer, reason="", available=""))
    session.flush()


def marked(session: Session, number: int) -> str:
    """Return why a call is hard ("" if it is not)."""
    return session.scalars(select(Call.hard).where(Call.id == number)).one()
