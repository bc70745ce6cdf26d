"""What the calls view shows: the calls of some days, those nobody has signed off, and what fields are chosen from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.calls import call_acts, call_rows, checks
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.care import hard_calls
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Area


@dataclass(frozen=True)
class Choices:
    """What a call's fields are chosen from; `divisions` are pairs of division and area."""

    areas: tuple[str, ...]
    divisions: tuple[tuple[str, str], ...]
    types: tuple[str, ...]
    agencies: tuple[str, ...]
    languages: tuple[str, ...]
    traditions: tuple[str, ...]
    hard: tuple[str, ...]


@dataclass(frozen=True)
class CallsView:
    """Calls newest first, the next free number, and the programme's zone and limits in minutes."""

    calls: tuple[CallRow, ...]
    choices: Choices
    next_number: str
    zone: times.Zone
    silence_minutes: int
    at: dt.datetime


def calls_view(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> CallsView:
    """Return the calls from first to last (local dates), and every one that is not signed off."""
    programme = programme_of(session)
    found = {row.id: row for row in (*call_rows.calls(session, first, last), *call_rows.unfinished(session))}
    return CallsView(
        calls=tuple(sorted(found.values(), key=lambda row: (row.notified, row.id), reverse=True)),
        choices=choices(session),
        next_number=call_acts.next_number(session, now=now),
        zone=customs.zone_of(programme),
        silence_minutes=programme.silence_minutes,
        at=now,
    )


def choices(session: Session) -> Choices:
    """Return what a call's fields are chosen from."""
    return Choices(
        areas=tuple(session.scalars(select(Area.name).order_by(Area.id))),
        divisions=checks.divisions(session),
        types=checks.types(session),
        agencies=checks.agencies(session),
        languages=checks.languages(session),
        traditions=checks.traditions(session),
        hard=hard_calls.kinds(session),
    )
