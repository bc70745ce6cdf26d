"""Builders for tests of hours: local moments, calls with who went, and entries in the ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import sheets, times
from crt_scheduler.calls import call_acts
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.hours import hours_ledger, typed_hours
from crt_scheduler.hours.ledger_values import EntryDraft, Stretch
from crt_scheduler.tables import CallResponder, Responder

ZONE = times.Zone("America/Los_Angeles")


def at(words: str, *, fold: int = 0) -> dt.datetime:
    """Return the instant of a local wall time such as 2026-11-14 18:30."""
    return dt.datetime.fromisoformat(words).replace(tzinfo=times.zone(ZONE), fold=fold).astimezone(dt.UTC)


def stretch(now: dt.datetime, **words: str) -> Stretch:
    """Return the stretch of typed words, which must be right."""
    found, faults = typed_hours.read(zone=ZONE, now=now, **words)
    assert found is not None, faults
    return found


def logged(session: Session, person: str, kind: str, now: dt.datetime, **words: str) -> int:
    """Log an entry from typed words and return its number."""
    return hours_ledger.log(session, EntryDraft(person, kind, stretch(now, **words)), now=now)


def call(session: Session, number: str, when: dt.datetime, *people: str, now: dt.datetime, **moments: Any) -> int:
    """Log a call in Valley with people at it, their times alike, and let the ledger follow."""
    found = call_acts.log(
        session, CallDraft(area="Valley", type="homicide", number=number, at=when, notified=when), now=now
    )
    for code in people:
        who = session.scalars(select(Responder).where(Responder.code == code)).one()
        own = {"departed": None, "arrived": None, "cleared": None, "home": None, **moments}
        session.add(CallResponder(call_id=found, responder_id=who.id, role="responder", miles=None, **own))
    session.flush()
    hours_ledger.follow(session, found)
    return found


def fill_in(path: Path, what: str, /, **cells: str) -> None:
    """Fill in the first line of a sheet whose description holds some words (none: the first blank line)."""
    sheet = sheets.read(path)
    rows = [dict(row.cells) for row in sheet.rows]
    row = next(r for r in rows if (what in r["what"] if what else not r["what"] and not r["date"]))
    row.update(cells)
    sheets.write(path, sheet.header, [[r[name] for name in sheet.header] for r in rows])
