"""The promise of a publication in the records: who is told, which version it is, and what each person was sent."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.publish import rolling, sent_ledger
from crt_scheduler.publish.outgoing_names import person_calendar
from crt_scheduler.roster import month_rows
from crt_scheduler.tables import Assignment, CalendarSent, PublishedVersion, Roster
from crt_scheduler.times import month_words
from solver.explain import TITLES
from solver.wording import tr

SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Promised:
    """What a publication changed, and each person's calendar after it, in parts by id."""

    changes: tuple[sent_ledger.Change, ...]
    calendars: dict[str, tuple[bytes, ...]]


def has_news(session: Session, month: str) -> bool:
    """Is there anything to publish: a first version, a draft, another roster than went out, or other words for it?"""
    rows = month_rows(session, month)
    last = last_version(session, month)
    if last is None or last.digest != roster_digest(rows) or any(row.state == "draft" for row in rows):
        return True
    return bool(sent_ledger.compare(session, month))


def roster_digest(rows: Iterable[AssignmentRow]) -> str:
    """Return a digest of who is on which seat of which shift."""
    lines = sorted(f"{row.shift}|{row.person}|{row.role}|{row.tier}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def last_version(session: Session, month: str) -> PublishedVersion | None:
    """Return the newest published version of a month, or None if it never went out."""
    return session.scalars(_versions(month).limit(1)).first()


def published(session: Session, month: str) -> PublishedVersion:
    """Return the newest published version of a month that has gone out."""
    return session.scalars(_versions(month).limit(1)).one()


def _versions(month: str) -> Select[PublishedVersion]:
    query = select(PublishedVersion).join(Roster, PublishedVersion.roster_id == Roster.id).where(Roster.month == month)
    return query.order_by(PublishedVersion.version.desc())


def final(month: str) -> str:
    """Return why a publication cannot be undone."""
    words = month_words(month)
    return tr(
        "Publishing {words} cannot be undone: the calendars have gone out. Change the roster and publish again.",
        words=words,
    )


def keep(session: Session, month: str, *, who: str, now: dt.datetime) -> Promised:
    """Keep a publication in the records: everyone is told, and the next version with what each was sent."""
    roster = session.scalars(select(Roster).where(Roster.month == month)).one()
    rows = month_rows(session, month)
    for row in rows:
        if row.state == "draft":
            session.get_one(Assignment, row.id).state = "told"
    version = _next_version(session, roster, rows, who=who, now=now)
    changes = sent_ledger.sync(session, month, version.at)
    calendars = rolling.personal_files(session, now)
    _keep_sent(session, changes, version.at, calendars)
    return Promised(changes, calendars)


def label(month: str, acknowledged: Iterable[str]) -> str:
    """Return what a publication is called in the journal, with the broken rules that were acknowledged."""
    words, names = month_words(month), ", ".join(TITLES.get(rule, rule) for rule in acknowledged)
    if names:
        return tr("Publish {month}, broken rules acknowledged: {rules}", month=words, rules=names)
    return tr("Publish {month}", month=words)


def _next_version(
    session: Session, roster: Roster, rows: Iterable[AssignmentRow], *, who: str, now: dt.datetime
) -> PublishedVersion:
    """Add the next version, at least a second after the last, so that its time tells which events it changed."""
    last = last_version(session, roster.month)
    now = now.replace(microsecond=0)
    at = now if last is None else max(now, last.at + SECOND)
    roster.version += 1
    version = PublishedVersion(roster_id=roster.id, version=roster.version, at=at, who=who, digest=roster_digest(rows))
    session.add(version)
    session.flush()
    return version


def _keep_sent(
    session: Session, changes: tuple[sent_ledger.Change, ...], at: dt.datetime, calendars: dict[str, tuple[bytes, ...]]
) -> None:
    """Keep what each person was sent: `version` counts that person's own calendars."""
    moved = {change.code for change in changes if change.calendar == person_calendar(change.code)}
    sent = {row.responder_code: row for row in session.scalars(select(CalendarSent))}
    for code, parts in calendars.items():
        row = sent.get(code)
        digest = hashlib.sha256(b"".join(parts)).hexdigest()
        if row is None:
            session.add(CalendarSent(responder_code=code, version=1, at=at, digest=digest))
        elif code in moved:
            row.version, row.at, row.digest = row.version + 1, at, digest
