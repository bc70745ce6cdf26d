"""The next month's roster in one card: how far it is, and by when to publish it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler import board, times
from crt_scheduler.board.openings import ShiftSeats
from crt_scheduler.publish.sent_ledger import StaleCalendar
from crt_scheduler.tables import Assignment, Roster, Shift
from crt_scheduler.today.today_values import MonthCard
from solver.wording import counted, say_date, tr

NOTICE = dt.timedelta(days=14)
"""How long before its first shift a month should be published."""


def month_card(
    session: Session, month: str, shifts: Sequence[ShiftSeats], stale: Sequence[StaleCalendar], *, today: dt.date
) -> MonthCard:
    """Return the card of a month whose shifts are counted already, beside who holds a stale calendar."""
    states = states_of(session, month)
    sent = board.published(session, month)
    version = sent.version if sent else 0
    is_stale = any(change.shift_key.startswith(f"{month}-") for who in stale for change in who.changes)
    state = _state(states, version, is_stale=is_stale)
    seats, missing = sum(shift.seats for shift in shifts), sum(shift.missing for shift in shifts)
    lacking = sum(shift.lacks_team for shift in shifts)
    by = times.parse_month(month) - NOTICE
    return MonthCard(
        month=month,
        state=state,
        seats=seats,
        open=missing,
        lacking=lacking,
        version=version,
        published=sent.at if sent else None,
        publish_by=by,
        is_late=state in ("none", "draft") and today > by,
        sentence=_sentence(state, month, seats, missing, lacking),
        detail=_detail(state, by, today),
    )


def states_of(session: Session, month: str) -> dict[str, int]:
    """Return how many places of a month's roster are draft, told, confirmed or done."""
    query = (
        select(Assignment.state, func.count())
        .join(Shift, Assignment.shift_id == Shift.id)
        .join(Roster, Shift.roster_id == Roster.id)
        .where(Roster.month == month)
        .group_by(Assignment.state)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _state(states: dict[str, int], version: int, *, is_stale: bool) -> str:
    if not version:
        return "draft" if states else "none"
    return "changed" if states.get("draft") or is_stale else "published"


def _sentence(state: str, month: str, seats: int, missing: int, lacking: int) -> str:
    if state == "none":
        return tr(
            "Nobody is on the roster of {month} yet. It has {seats:,} seats.",
            month=times.month_words(month),
            seats=seats,
        )
    if not missing:
        return tr("All {seats:,} seats are filled.", seats=seats)
    shifts = (
        counted(lacking, "{n} shift lacks a full pair.", "{n} shifts lack a full pair.")
        if lacking
        else tr("Every shift has a full pair.")
    )
    return tr(
        "{missing:,} of {seats:,} seats open. {shifts}",
        missing=missing,
        seats=seats,
        shifts=shifts,
    )


def _detail(state: str, by: dt.date, today: dt.date) -> str:
    if state == "published":
        return tr("Everyone holds what was published last.")
    if state == "changed":
        return tr("It has changed since it was published. Publish again to send what changed.")
    date = say_date(by)
    if today > by:
        return tr("Publish soon: 14 days' notice would have been {date}.", date=date)
    return tr("Publish by {date} to give 14 days' notice.", date=date)
