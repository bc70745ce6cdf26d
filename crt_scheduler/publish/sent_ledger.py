"""The ledger of what each calendar was last sent, and its comparison with what the roster says now."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler import journal, times
from crt_scheduler.programmes import programme_of
from crt_scheduler.publish.outgoing_names import person_calendar
from crt_scheduler.publish.wanted_calendars import Wanted, wanted
from crt_scheduler.tables import CalendarEvent, JournalAct, Programme, Responder, Roster
from solver.wording import tr

KEPT_DAYS = 30
"""How long a shift stays in a person's file after it has ended."""
SECOND = dt.timedelta(seconds=1)
SHOWN = frozenset({"assignment", "shift", "shift_template", "responder", "area", "programme"})
"""The tables whose words and times stand in calendars."""


class Change(msgspec.Struct, frozen=True):
    """One shift in one calendar that is new, changed or cancelled (the kind) against what was last sent."""

    calendar: str
    code: str
    shift_key: str
    kind: str
    summary: str
    start: dt.datetime
    end: dt.datetime

    def is_news(self, now: dt.datetime) -> bool:
        """Is it about a shift that has not ended? What is over is put right in the files, and announced to nobody."""
        return self.end > now


class StaleCalendar(msgspec.Struct, frozen=True):
    """A person whose calendar no longer says what the published months' roster says, with the shifts at odds."""

    code: str
    name: str
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        """Return how many shifts are new, changed or cancelled."""
        return Counter(change.kind for change in self.changes)[kind]


def new_uid() -> str:
    """Return a fresh random id for one person's shift in one calendar; it says nothing of either."""
    return f"{uuid.uuid4().hex}@crt-scheduler.example"


def compare(session: Session, month: str) -> tuple[Change, ...]:
    """Return what a publication of the month would send: only shifts of that month, by calendar and start."""
    pairs = _pairs(session, programme_of(session), month)
    changes = [change for entry, row in pairs if (change := _change(entry, row)) is not None]
    return tuple(sorted(changes, key=lambda change: (change.calendar, change.start, change.shift_key, change.code)))


def sync(session: Session, month: str, now: dt.datetime, *, new_uid: Callable[[], str] = new_uid) -> tuple[Change, ...]:
    """Bring the ledger's rows of the month's shifts to what the roster says, and return what differed.

    Every difference raises the sequence and moves `changed` on by at least a second; other months stay as last sent.
    """
    moment = now.replace(microsecond=0)
    changes = []
    for entry, row in _pairs(session, programme_of(session), month):
        change = _change(entry, row)
        if change is None:
            continue
        changes.append(change)
        if row is None and entry is not None:
            session.add(_first(entry, moment, new_uid()))
        elif row is not None:
            _renew(row, entry, moment)
    session.flush()
    return tuple(changes)


def _pairs(session: Session, programme: Programme, month: str) -> list[tuple[Wanted | None, CalendarEvent | None]]:
    """Return each entry beside its ledger row; new entries and rows gone from the roster stand alone."""
    sent = {(row.calendar, row.shift_key, row.responder_code): row for row in events_of_month(session, month)}
    asked = {entry.key: entry for entry in wanted(session, programme, month)}
    return [(asked.get(key), sent.get(key)) for key in sorted(sent.keys() | asked.keys())]


def events_of_month(session: Session, month: str) -> list[CalendarEvent]:
    """Return the ledger rows of the month's shifts, oldest row first (a shift's key begins with its date)."""
    first = times.parse_month(month)
    mine = CalendarEvent.shift_key.startswith(f"{times.month_of(first)}-", autoescape=True)
    return list(session.scalars(select(CalendarEvent).where(mine).order_by(CalendarEvent.id)))


def people_before(session: Session, month: str) -> frozenset[str]:
    """Return the ids of people whose calendar holds a shift of an earlier month."""
    first = times.parse_month(month)
    return frozenset(
        session.scalars(select(CalendarEvent.responder_code).where(CalendarEvent.shift_key < first.isoformat()))
    )


def _change(entry: Wanted | None, row: CalendarEvent | None) -> Change | None:
    """Return what stands between the roster and the ledger for one shift, or None if they agree."""
    if entry is None:
        if row is None or row.cancelled:
            return None
        return Change(row.calendar, row.responder_code, row.shift_key, "cancelled", row.summary, row.start, row.end)
    kind = "new" if row is None or row.cancelled else "changed"
    if row is not None and not row.cancelled and _visible(row) == _visible(entry):
        return None
    return Change(entry.calendar, entry.code, entry.shift_key, kind, entry.summary, entry.start, entry.end)


def _visible(said: Wanted | CalendarEvent) -> tuple[object, ...]:
    return said.start, said.end, said.summary, said.description, said.location


def _first(entry: Wanted, moment: dt.datetime, uid: str) -> CalendarEvent:
    return CalendarEvent(
        calendar=entry.calendar,
        responder_code=entry.code,
        shift_key=entry.shift_key,
        uid=uid,
        sequence=0,
        changed=moment,
        start=entry.start,
        end=entry.end,
        summary=entry.summary,
        description=entry.description,
        location=entry.location,
        cancelled=False,
    )


def _renew(row: CalendarEvent, entry: Wanted | None, moment: dt.datetime) -> None:
    """Let a row say what the roster says now; without an entry it becomes cancelled and keeps its words."""
    row.sequence += 1
    row.changed = max(moment, row.changed + SECOND)
    row.cancelled = entry is None
    if entry is not None:
        row.start, row.end = entry.start, entry.end
        row.summary, row.description, row.location = entry.summary, entry.description, entry.location


def stale(session: Session, now: dt.datetime) -> tuple[StaleCalendar, ...]:
    """Return the people whose own calendar is at odds with a published month, by name; shifts that are over aside."""
    by_code: dict[str, list[Change]] = defaultdict(list)
    for month in published_months(session, now):
        for change in () if is_untouched(session, month) else compare(session, month):
            if change.calendar == person_calendar(change.code) and change.is_news(now):
                by_code[change.code].append(change)
    names = {row.code: row.name for row in session.execute(select(Responder.code, Responder.name))}
    found = [StaleCalendar(code, names.get(code, code), tuple(changes)) for code, changes in by_code.items()]
    return tuple(sorted(found, key=lambda person: (person.name, person.code)))


def is_untouched(session: Session, month: str) -> bool:
    """Has no act since the month was published last touched anything that a calendar shows? Then it is not stale."""
    final = tr("Publishing {month} cannot be undone", month=times.month_words(month))
    query = select(func.max(JournalAct.id)).where(JournalAct.final.startswith(final, autoescape=True))
    act = session.scalar(query)
    return act is not None and not journal.tables_since(session, act) & SHOWN


def published_months(session: Session, now: dt.datetime) -> tuple[str, ...]:
    """Return the published months whose shifts still stand in people's files."""
    oldest = times.month_of((now - dt.timedelta(days=KEPT_DAYS)).date())
    rows = session.scalars(
        select(Roster.month).where(Roster.version > 0, Roster.month >= oldest).order_by(Roster.month)
    )
    return tuple(rows)
