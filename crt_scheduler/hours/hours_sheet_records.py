"""What the lines of hours sheets are read against: people, entries, calls and shifts of the sheets' months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.hours.follow import parts
from crt_scheduler.hours.keys import key_of
from crt_scheduler.hours.ledger_rows import call_names, calls_by_name, rows
from crt_scheduler.hours.taken import Taken
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Row
from crt_scheduler.tables import Call, CallResponder, HoursEntry, Responder, Shift

AROUND = dt.timedelta(days=2)
"""A line of a month may be of the night that leads out of it."""
YEARS = range(1900, 2201)
"""Years that a sheet can be of, as of any date in a file."""
AT_ONCE = 500
"""Keys in one question to the database."""


@dataclass
class Records:
    """The records that lines are read against; `taken` grows with every line that is taken."""

    zone: times.Zone
    now: dt.datetime
    people: dict[str, Responder]
    entries: dict[str, HoursEntry]
    taken: Taken
    calls: dict[str, int]
    names: dict[int, str]
    """How each call (row number) is named."""
    notified: dict[int, dt.datetime]
    told: set[str]
    """The beginnings of keys of calls whose own times say the hours: call:CALL:PERSON:"""
    called: set[tuple[int, int]]
    shifts: dict[str, dt.datetime]
    seen: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[HoursEntry | None, dict[str, Any]]] = field(default_factory=list)


def records_of(session: Session, found: list[tuple[str, Row]], now: dt.datetime) -> Records:
    """Return what the lines of sheets are read against, of the months that their keys speak of."""
    first, last = _dates(found)
    goers = list(session.scalars(select(CallResponder)))
    return Records(
        zone=customs.zone_of(programme_of(session)),
        now=now,
        people={row.code: row for row in session.scalars(select(Responder))},
        entries=_entries(session, found),
        taken=Taken(rows(session, first, last)),
        calls=calls_by_name(session),
        names=call_names(session),
        notified=dict(session.execute(select(Call.id, Call.notified)).all()),
        told={f"call:{who.call_id}:{who.responder_id}:" for who in goers if next(parts(who), None) is not None},
        called={(who.call_id, who.responder_id) for who in goers},
        shifts=dict(
            session.execute(select(Shift.key, Shift.start).where(Shift.date >= first, Shift.date <= last)).all()
        ),
    )


def _entries(session: Session, found: list[tuple[str, Row]]) -> dict[str, HoursEntry]:
    """Return the entries of the lines by key, whatever date they have come to have since."""
    keys = sorted({line for _, row in found if (line := line_of(row))})
    return {
        entry.key: entry
        for n in range(0, len(keys), AT_ONCE)
        for entry in session.scalars(select(HoursEntry).where(HoursEntry.key.in_(keys[n : n + AT_ONCE])))
    }


def line_of(row: Row) -> str:
    """Return what the key of a line stands for, or nothing where it is none."""
    try:
        return key_of(row.cells["key"]).line
    except CrtError:
        return ""


def _dates(found: list[tuple[str, Row]]) -> tuple[dt.date, dt.date]:
    """Return the dates that the keys of the sheets speak of, with some days around."""
    months = set()
    for _, row in found:
        try:
            month = times.parse_month(key_of(row.cells["key"]).month)
        except CrtError:
            continue
        if month.year in YEARS:
            months.add(month)
    first, last = min(months, default=dt.date(2000, 1, 1)), max(months, default=dt.date(2000, 1, 1))
    return first - AROUND, last + dt.timedelta(days=31) + AROUND
