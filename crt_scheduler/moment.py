"""The instant of an act, which its session carries, so that every act can note when it was done."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

MOMENT = "moment"


def give_to(session: Session, now: dt.datetime) -> None:
    """Let a session know when its act is done."""
    session.info[MOMENT] = now


def of(session: Session) -> dt.datetime:
    """Return when the act of a session is done."""
    now: dt.datetime = session.info[MOMENT]
    return now
