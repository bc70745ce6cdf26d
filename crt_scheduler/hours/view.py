"""What the hours of a month look like on one page: the ledger, its totals, who may be logged for; and a table of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import sheets, times
from crt_scheduler.hours import time_on_call
from crt_scheduler.hours.ledger_rows import latest_month, rows, totals
from crt_scheduler.hours.ledger_values import EntryRow, Totals, kind_words
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Responder
from solver.wording import mark

HEADER = ("date", "person", "name", "kind", "start", "end", "minutes", "hours", "call", "state", "approved by")


@dataclass(frozen=True)
class HoursView:
    """A month's hours: entries, totals so far, minutes rostered in all, and everyone on the team by id and name.

    `latest` is the latest month with an entry, or nothing where the ledger is empty.
    """

    month: str
    zone: times.Zone
    entries: tuple[EntryRow, ...]
    totals: Totals
    rostered: int
    people: tuple[tuple[str, str], ...]
    latest: str


def hours_view(session: Session, month: str, *, now: dt.datetime) -> HoursView:
    """Return a month's hours as of an instant; raises CrtError where there is no programme yet."""
    days = times.month_days(month)
    whole, _ = totals(session, days[0], days[-1], until=now)
    team = select(Responder.code, Responder.name).where(Responder.status != "inactive").order_by(Responder.name)
    return HoursView(
        month,
        customs.zone_of(programme_of(session)),
        rows(session, days[0], days[-1]),
        totals=whole,
        rostered=sum(time_on_call.minutes(session, days[0], days[-1]).values()),
        people=tuple(session.execute(team).all()),
        latest=latest_month(session),
    )


LEFT_OUT = mark("Left out: phone numbers, addresses, e-mail addresses, notes and everything about survivors.")
"""What every file of hours or offers leaves out, said wherever one is written."""


def write_table(path: Path, entries: Iterable[EntryRow], zone: str, *, force: bool = False) -> int:
    """Write entries to a CSV or XLSX file, times local, and return how many; raises CrtError as `writing` does.

    Left out: phones, addresses and everything about survivors.
    """
    cells = [_cells(row, zone) for row in entries]
    sheets.write(path, HEADER, cells, force=force)
    return len(cells)


def _cells(row: EntryRow, zone: str) -> list[sheets.Cell]:
    def clock(moment: dt.datetime | None) -> str:
        return "" if moment is None else f"{times.local(moment, zone):%Y-%m-%d %H:%M}"

    return [
        *(row.date.isoformat(), row.person, row.name, kind_words(row.kind), clock(row.start), clock(row.end)),
        *(row.minutes, times.hours_words(row.minutes), row.call, row.state, row.approved_by),
    ]
