"""The lines of the journal: history, what changed since, and what is next to undo or redo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from crt_scheduler.journal.images import RowChange, read
from crt_scheduler.tables import JournalAct, JournalRows

LARGE = 40_000
"""Bytes of packed images, those of about a thousand rows, above which an act is taken back beside the window's work."""


BYTES_EACH = 100
"""What the images of one changed row take, packed, at the most as a rule."""


class HistoryLine(msgspec.Struct, frozen=True):
    """One line of history: number, what, who, when, and whether it has been undone or cannot be."""

    number: int
    label: str
    who: str
    at: dt.datetime
    kind: str
    undone: bool
    final: str


def history(session: Session, limit: int = 100) -> list[HistoryLine]:
    """Return the newest acts, newest first."""
    rows = session.scalars(select(JournalAct).order_by(JournalAct.id.desc()).limit(limit))
    return [act_of(row) for row in rows]


def act_of(row: JournalAct) -> HistoryLine:
    return HistoryLine(row.id, row.label, row.who, row.at, row.kind, row.undone, row.final)


def revision(session: Session) -> int:
    """Return the journal's number: it grows with every act, undo and redo."""
    return session.scalar(select(func.max(JournalAct.id))) or 0


def tables_since(session: Session, number: int) -> frozenset[str]:
    """Return the names of the tables that acts, undos and redos after a journal's number have touched."""
    act = func.coalesce(JournalAct.of, JournalAct.id)
    query = select(JournalRows.table_name).join(JournalAct, act == JournalRows.act_id).where(JournalAct.id > number)
    return frozenset(session.scalars(query.distinct()))


def changes_since(session: Session, number: int, tables: Iterable[str], *, most: int) -> list[RowChange] | None:
    """Return the row changes of some tables by acts, undos and redos after a journal's number; None: more than `most`.

    Raises DamagedJournal for a batch that is garbled.
    """
    act = func.coalesce(JournalAct.of, JournalAct.id)
    query = select(JournalRows).join(JournalAct, act == JournalRows.act_id).where(JournalAct.id > number)
    query = query.where(JournalRows.table_name.in_(list(tables)))
    found: list[RowChange] = []
    if (session.scalar(select(func.sum(func.length(query.subquery().c.images)))) or 0) > most * BYTES_EACH:
        return None
    for batch in session.scalars(query):
        found += read(batch, "")
    return found if len(found) <= most else None


def is_large(session: Session, act: int) -> bool:
    """Did an act change so many rows that taking it back takes more than a moment?"""
    size = session.scalar(select(func.sum(func.length(JournalRows.images))).where(JournalRows.act_id == act))
    return (size or 0) > LARGE


def next_undo(session: Session, who: str) -> HistoryLine | None:
    """Return this person's newest act that is not undone, or None."""
    row = session.scalar(acts_of(who).where(~JournalAct.undone).order_by(JournalAct.id.desc()).limit(1))
    return None if row is None else act_of(row)


def next_redo(session: Session, who: str) -> HistoryLine | None:
    """Return this person's oldest act that was undone since they did their newest one, or None.

    What was undone before something else was done is given up: it is not repeated once that is undone too.
    """
    newest = session.scalar(acts_of(who).order_by(JournalAct.id.desc()).limit(1))
    if newest is None:
        return None
    mark = aliased(JournalAct)
    undone_since = select(mark.id).where(mark.kind == "undo", mark.of == JournalAct.id, mark.id > newest.id)
    query = acts_of(who).where(JournalAct.undone, undone_since.exists())
    row = session.scalar(query.order_by(JournalAct.id).limit(1))
    return None if row is None else act_of(row)


def acts_of(who: str) -> Any:
    return select(JournalAct).where(JournalAct.who == who, JournalAct.kind == "act")
