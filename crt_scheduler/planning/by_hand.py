"""What an act of the hand newly breaks: the people and slots it touched are judged, the answer is the whole month's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler import frame, roster, times
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.planning.asking import current, problem_of_few
from crt_scheduler.planning.checking import broken, hard_and_history
from crt_scheduler.planning.prices import rules
from crt_scheduler.programmes import programme_of
from crt_scheduler.roster import ShiftName
from crt_scheduler.tables import CallAnswer, Responder, ResponderGroup, StandDown
from solver import problem as asked

OF_ALL = ("fair_nights", "fair_weekends", "fair_holidays", "fair_calls")
"""Rules that cannot be told from a few people: everyone's year is in them."""


class Watched(msgspec.Struct, frozen=True):
    """A month before an act: its assignments, and the rules it broke where these must be known of everybody."""

    month: str
    now: dt.datetime
    rows: tuple[AssignmentRow, ...]
    whole: frozenset[str] | None


def watch(session: Session, shifts: Collection[ShiftName], *, now: dt.datetime) -> tuple[Watched, ...]:
    """Return the months of the shifts that an act is about to touch as they stand before it."""
    months = sorted({times.month_of(name.date) for name in shifts})
    return tuple(_watched(session, month, shifts, months, now) for month in months)


def _watched(
    session: Session, month: str, shifts: Collection[ShiftName], months: list[str], now: dt.datetime
) -> Watched:
    if len(months) == 1 and _reaches_few(session, month, shifts, now):
        return Watched(month, now, tuple(roster.month_rows(session, month)), None)
    return Watched(month, now, (), frozenset(broken(session, month, now=now)))


def newly_broken(session: Session, before: Watched) -> list[str]:
    """Return a sentence per hard rule that the month breaks now and did not before an act, in the order of `broken`."""
    if before.whole is not None:
        found = broken(session, before.month, now=before.now)
        return [sentence for sentence in found if sentence not in before.whole]
    rows = roster.month_rows(session, before.month)
    touched = set(before.rows) ^ set(rows)
    if not touched:
        return []
    slots = {(row.date, row.template) for row in touched}
    at_them = {row.person for row in (*before.rows, *rows) if (row.date, row.template) in slots}
    few = frozenset(at_them | _namesakes(session, touched))
    frozen = problem_of_few(session, before.month, few, now=before.now)
    numbers = frozenset(n for n, slot in enumerate(frozen.slots) if (slot.date, slot.template) in slots)
    known, found = (
        _told(frozen, [row for row in each if row.person in few], numbers, before.now) for each in (before.rows, rows)
    )
    return [sentence for sentence in found if sentence not in known]


def _told(frozen: asked.Problem, rows: list[AssignmentRow], slots: frozenset[int], now: dt.datetime) -> list[str]:
    """Return the hard rules that the people and some slots of a frozen month break with these assignments."""
    people = frozenset(person.id for person in frozen.people)
    held = current(frozen.slots, frozen.shifts, frozen.seats, rows, people, now=now)
    found = hard_and_history(msgspec.structs.replace(frozen, current=held), rows, slots=slots)
    return [violation.sentence for violation in found]


def _namesakes(session: Session, touched: Collection[AssignmentRow]) -> set[str]:
    """Return the ids of all who bear the names in some rows: what one breaks reads like what the other breaks."""
    names = {row.name for row in touched}
    return set(session.scalars(select(Responder.code).where(Responder.name.in_(names))))


def _reaches_few(session: Session, month: str, shifts: Collection[ShiftName], now: dt.datetime) -> bool:
    """Can an act on these shifts break nothing but rules of those it moves and of the slots it moves them in?

    What has begun counts in how surely people answer, in stand-downs and in history, and prices of the year in what
    is owed; then, and where the month would be refused, everybody is looked at.
    """
    if not _is_staffed(session):
        return False
    slots = frame.frame(session, programme_of(session), month).slots
    starts = {(slot.date, slot.template): slot.start for slot in slots}
    touched = [starts.get((name.date, name.template), 0) for name in shifts]
    settings = rules(session)
    ahead = select(func.max(CallAnswer.at)), select(func.max(StandDown.start)).where(StandDown.lifted.is_(None))
    newest = [session.scalar(query) for query in ahead]
    return (
        min(touched) > times.minutes(now)
        and not any(settings[rule].hard for rule in OF_ALL)
        and all(at is None or times.minutes(at) < min(touched) for at in newest)
    )


def _is_staffed(session: Session) -> bool:
    """Is there anybody who can be rostered?"""
    kinds = select(ResponderGroup.kind)
    query = select(Responder.id).where(Responder.status != "inactive", Responder.kind.in_(kinds))
    return session.scalar(query.limit(1)) is not None
