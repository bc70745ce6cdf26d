"""Who came off a shift shortly before it began, read from the journal: told or confirmed, then no longer on it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal
from crt_scheduler.tables import JournalAct, JournalRows, Shift, StandDown

NOTICE = dt.timedelta(hours=48)
FEW = 2
"""An act that touches more places than a person's own and a swap partner's is the coordinator's plan, not theirs."""


def came_off(session: Session, *, since: dt.datetime, now: dt.datetime) -> dict[int, int]:
    """Return how many shifts each responder (row number) came off within 48 hours of their start.

    The journal does not know who asked for it, so this is a reason to phone and never a count against anyone. Left
    out: drafts nobody was told of, acts undone, plans that moved many, and shifts inside a stand-down.
    """
    acts = session.scalars(
        select(JournalAct)
        .join(JournalRows, JournalRows.act_id == JournalAct.id)
        .where(JournalAct.kind == "act", JournalAct.undone.is_(False), JournalRows.table_name == "assignment")
        .where(JournalAct.at > since, JournalAct.at <= now)
        .order_by(JournalAct.id)
    ).unique()
    counts: dict[int, int] = {}
    for act in acts:
        changes = [row for row in journal.rows_of(session, act.id) if row.table == "assignment"]
        if len(changes) > FEW:
            continue
        for change in changes:
            who = _who_left(change)
            if who and _is_near(session, change.before, act.at) and not _rested(session, who, act.at):
                counts[who] = counts.get(who, 0) + 1
    return counts


def _who_left(change: journal.RowChange) -> int:
    """Return the row number of who held the place and was told of it, and no longer holds it (0: nobody)."""
    before, after = change.before, change.after
    if before is None or before["state"] not in ("told", "confirmed"):
        return 0
    stays = after is not None and after["responder_id"] == before["responder_id"]
    return 0 if stays else int(before["responder_id"])


def _is_near(session: Session, before: journal.Image | None, at: dt.datetime) -> bool:
    shift = session.get(Shift, before["shift_id"]) if before else None
    return shift is not None and at < shift.start <= at + NOTICE


def _rested(session: Session, responder: int, at: dt.datetime) -> bool:
    """Was the person standing down when it was done?"""
    query = select(StandDown.id).where(StandDown.responder_id == responder, StandDown.start <= at, StandDown.end > at)
    return session.scalar(query.limit(1)) is not None
