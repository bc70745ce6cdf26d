"""Who changed what of one person: the journal's acts that touched their records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.tables import JournalAct, JournalRows

_TABLES = ("responder", "responder_area", "credential", "partner", "availability", "wish", "month_answer", "assignment")


@dataclass(frozen=True)
class Line:
    """One act that touched a person: when (UTC), by whom, label, the tables it touched and whether it was undone."""

    at: datetime
    who: str
    label: str
    tables: tuple[str, ...]
    is_undone: bool


def of_person(session: Session, code: str, *, limit: int = 30) -> tuple[Line, ...]:
    """Return the newest acts that touched a person's own records, availability or assignments, newest first."""
    number = roster.person(session, code).id
    found: list[Line] = []
    for act, tables in _touching(session, number):
        found.append(Line(act.at, act.who, act.label, tables, act.undone))
        if len(found) == limit:
            break
    return tuple(found)


def _touching(session: Session, number: int) -> Iterator[tuple[JournalAct, tuple[str, ...]]]:
    """Yield acts with the tables in which they touched the person; images are searched as text, never decoded."""
    own = re.compile(rb'"id":%d[,}]' % number)
    of = re.compile(rb'"(?:responder|other)_id":%d[,}]' % number)
    acts = session.scalars(select(JournalAct).where(JournalAct.kind == "act").order_by(JournalAct.id.desc()))
    for act in acts.yield_per(200):
        batches = session.execute(
            select(JournalRows.table_name, JournalRows.images).where(
                JournalRows.act_id == act.id, JournalRows.table_name.in_(_TABLES)
            )
        )
        tables = tuple(
            name for name, images in batches if (own if name == "responder" else of).search(zlib.decompress(images))
        )
        if tables:
            yield act, tables
