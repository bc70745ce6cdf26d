"""Deleting people who were entered by mistake: only those of whom no duty, hours, call or answer speaks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.tables import (
    Assignment,
    Availability,
    CalendarEvent,
    CalendarSent,
    CallAnswer,
    CallResponder,
    Credential,
    Debrief,
    HoursEntry,
    MonthAnswer,
    Partner,
    Pin,
    Responder,
    ResponderArea,
    StandDown,
    Wish,
)
from solver.wording import counted, mark, tr

HISTORY: tuple[tuple[Any, str], ...] = (
    (Assignment, mark("shifts")),
    (HoursEntry, mark("hours")),
    (CallResponder, mark("calls")),
    (CallAnswer, mark("answers to call-outs")),
    (StandDown, mark("stand-downs")),
    (Debrief, mark("debriefs")),
)
"""What makes a person part of the team's history, and its word."""
SENT: tuple[Any, ...] = (CalendarEvent, CalendarSent)
OWN: tuple[Any, ...] = (ResponderArea, Credential, Availability, Wish, MonthAnswer, Pin)
"""What goes with a person: it speaks of nobody else."""


def history_of(session: Session, who: Responder) -> tuple[str, ...]:
    """Return the words of what the records hold of somebody's history; none: they can be deleted."""
    found = [
        tr(words)
        for table, words in HISTORY
        if session.scalar(select(table.id).where(table.responder_id == who.id).limit(1)) is not None
    ]
    sent = any(session.scalar(select(table.id).where(table.responder_code == who.code).limit(1)) for table in SENT)
    return (*found, *([tr("calendars that were sent")] if sent else []))


def delete(session: Session, codes: Collection[str]) -> int:
    """Delete people with all that they said of themselves, and return how many.

    Raises CrtError, with nobody deleted, if nobody has an id or one of them has history.
    """
    people = [roster.person(session, code) for code in dict.fromkeys(codes)]
    if not people:
        raise CrtError(tr("Choose somebody first."))
    refused = [f"{who.name} ({who.code}): {', '.join(found)}" for who in people if (found := history_of(session, who))]
    if refused:
        of_whom = "; ".join(refused[:3]) + (
            tr("; and {count:,} more", count=len(refused) - 3) if len(refused) > 3 else ""
        )
        raise CrtError(
            counted(
                len(refused),
                "{of_whom}. Who has history cannot be deleted: set inactive instead.",
                "{of_whom}. Who have history cannot be deleted: set inactive instead.",
                of_whom=of_whom,
            )
        )
    for who in people:
        _delete(session, who)
    session.flush()
    return len(people)


def _delete(session: Session, who: Responder) -> None:
    for table in OWN:
        for row in session.scalars(select(table).where(table.responder_id == who.id)):
            session.delete(row)
    for row in session.scalars(select(Partner).where(or_(Partner.responder_id == who.id, Partner.other_id == who.id))):
        session.delete(row)
    session.flush()
    session.delete(who)


def _deleted(session: Session, codes: Collection[str]) -> str:
    names = [roster.person(session, code).name for code in dict.fromkeys(codes)]
    return counted(len(names), "Delete {name}", "Delete {n} people", name=next(iter(names), ""))


DELETE = Act(delete, _deleted)
