"""What needs care: debriefs, stand-downs, credentials, stale calendars, people not told or heard from, lost phones."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crt_scheduler import month_answers, times
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.publish.sent_ledger import StaleCalendar
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.tables import Availability, Credential, CredentialKind, Responder, Wish
from crt_scheduler.today.after_calls import after_calls
from crt_scheduler.today.today_values import Care, CarePerson
from solver.wording import counted, say_date, tr

EXPIRY = dt.timedelta(days=30)
"""A credential is brought up this long before it expires."""
SOON = dt.timedelta(days=3)
"""Whoever is on call this soon should have confirmed."""
DUE_DAY = 10
"""Day of the month before by which people say when they can (teams that offer dates ask for it then)."""
SHOWN = 3


def day(date: dt.date) -> str:
    """Return a date near today as people say it, such as Fri 15 May."""
    return say_date(date, "weekday day")


def care(
    session: Session,
    rows: Sequence[AssignmentRow],
    stale: Sequence[StaleCalendar],
    phones: PhoneBook,
    *,
    now: dt.datetime,
    zone: times.Zone,
) -> tuple[Care, ...]:
    """Return what needs care, most pressing first; `rows` are the assignments of the days around now."""
    today = times.local(now, zone).date()
    near = [row for row in rows if now < row.start <= now + SOON]
    urgent, later = after_calls(session, rows, phones, now=now, zone=zone)
    items = [
        *urgent,
        *_expired(session, phones, today),
        *_promises(near, phones, "untold", now=now, zone=zone),
        *_promises(near, phones, "told", now=now, zone=zone),
        *_without_phone(rows, phones, now=now, zone=zone),
        *later,
        *_stale(stale, phones, zone),
        *_expiring(session, phones, today),
        *_silent(session, phones, today),
    ]
    return tuple(items)


def _names(people: Iterable[CarePerson]) -> str:
    """Return a few names, and how many more there are."""
    names = list(dict.fromkeys(person.name for person in people))
    more = tr(" and {count} more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _person(code: str, name: str, detail: str, phones: PhoneBook) -> CarePerson:
    phone, words = phones.of(code)
    return CarePerson(code, name, detail, phone, words)


def _item(kind: str, sentence: str, detail: str, people: Sequence[CarePerson], **more: Any) -> Care:
    first = people[0].person if people else None
    go = more.pop("go", ("people", first))
    urgent = bool(more.pop("urgent", False))
    return Care(kind, len(people), sentence, detail, tuple(people), is_urgent=urgent, go=go)


def _credentials(session: Session, first: dt.date, last: dt.date) -> list[tuple[str, str, str, dt.date, bool]]:
    """Return (id, name, credential, last valid day, blocking) of those on the team that expire from first to last."""
    query = (
        select(Responder.code, Responder.name, CredentialKind.name, Credential.expires, CredentialKind.blocking)
        .join(Credential, Credential.responder_id == Responder.id)
        .join(CredentialKind, Credential.kind_id == CredentialKind.id)
        .where(Responder.status == "active", Credential.expires >= first, Credential.expires <= last)
        .order_by(Credential.expires, Responder.name)
    )
    return [(code, name, kind, until, blocks) for code, name, kind, until, blocks in session.execute(query) if until]


def _expired(session: Session, phones: PhoneBook, today: dt.date) -> list[Care]:
    """A blocking credential that has expired keeps its owner off shifts until it is renewed."""
    found = [c for c in _credentials(session, dt.date.min, today - dt.timedelta(days=1)) if c[4]]
    people = [
        _person(code, name, tr("{kind} expired {day}", kind=kind, day=day(until)), phones)
        for code, name, kind, until, _ in found
    ]
    if not people:
        return []
    sentence = counted(len(people), "1 credential has expired", "{} credentials have expired")
    detail = tr("Off shifts until renewed: {names}", names=_names(people))
    return [_item("expired", sentence, detail, people, urgent=True)]


def _expiring(session: Session, phones: PhoneBook, today: dt.date) -> list[Care]:
    found = _credentials(session, today, today + EXPIRY)
    people = [
        _person(code, name, tr("{kind}, last day {day}", kind=kind, day=day(until)), phones)
        for code, name, kind, until, _ in found
    ]
    if not people:
        return []
    kinds = Counter(kind for _, _, kind, _, _ in found)
    last = max(until for _, _, _, until, _ in found)
    sentence = tr(
        "{count} by {date}",
        count=counted(len(people), "1 credential expires", "{} credentials expire"),
        date=say_date(last),
    )
    return [_item("expiring", sentence, ", ".join(f"{kind} {n}" for kind, n in kinds.items()), people)]


def _promises(
    near: Sequence[AssignmentRow], phones: PhoneBook, kind: str, *, now: dt.datetime, zone: times.Zone
) -> list[Care]:
    """Told people who have not confirmed, and people on call soon whose month never went out to them."""
    mine = [row for row in near if row.state == ("draft" if kind == "untold" else "told")]
    if not mine:
        return []
    people = [_person(row.person, row.name, _shift_words(row, zone), phones) for row in mine]
    until = day(times.local(now + SOON, zone).date())
    if kind == "told":
        return [
            _item(
                kind,
                tr("{count:,} told, not confirmed", count=len(people)),
                tr("For shifts before {until}", until=until),
                people,
            )
        ]
    sentence = tr("{count} soon that nobody was told of", count=counted(len(people), "1 shift", "{} shifts"))
    go = ("publish", times.month_of(mine[0].date))
    detail = tr("Drafts before {until}: {names}", until=until, names=_names(people))
    return [_item(kind, sentence, detail, people, urgent=True, go=go)]


def _shift_words(row: AssignmentRow, zone: times.Zone) -> str:
    start = times.local(row.start, zone)
    return f"{row.area}, {day(start.date())} {times.clock_at(row.start, zone)}"


def _without_phone(
    rows: Sequence[AssignmentRow], phones: PhoneBook, *, now: dt.datetime, zone: times.Zone
) -> list[Care]:
    """Whoever is on call now or this week and cannot be called out, for there is no number."""
    week = now + dt.timedelta(days=7)
    mine = {row.person: row for row in reversed(rows) if now < row.end and row.start <= week}
    people = [
        _person(row.person, row.name, _shift_words(row, zone), phones)
        for row in sorted(mine.values(), key=lambda row: row.start)
        if not phones.of(row.person)[0]
    ]
    if not people:
        return []
    sentence = tr(
        "{count} on call this week without a phone number", count=counted(len(people), "1 person", "{} people")
    )
    return [_item("phone", sentence, _names(people), people, urgent=True)]


def _stale(stale: Sequence[StaleCalendar], phones: PhoneBook, zone: times.Zone) -> list[Care]:
    people = [_person(who.code, who.name, _stale_words(who), phones) for who in stale]
    if not people:
        return []
    first = min((change for who in stale for change in who.changes), key=lambda change: change.start)
    sentence = counted(len(people), "1 calendar out of date", "{} calendars out of date")
    moment = times.local(first.start, zone)
    detail = tr("First shift concerned: {day} {clock}", day=day(moment.date()), clock=times.clock_at(first.start, zone))
    return [_item("stale", sentence, detail, people, go=("publish", None))]


def _stale_words(who: StaleCalendar) -> str:
    parts = ((who.count(kind), kind) for kind in ("new", "changed", "cancelled"))
    return ", ".join(f"{count} {kind}" for count, kind in parts if count)


def _silent(session: Session, phones: PhoneBook, today: dt.date) -> list[Care]:
    """Who has said nothing of the next month: neither a date of it nor what holds every week."""
    month = times.next_month(today)
    days = times.month_days(month)
    said = set(
        session.scalars(
            select(Availability.responder_id).where(
                or_(Availability.first.is_(None), Availability.first <= days[-1]),
                or_(Availability.last.is_(None), Availability.last >= days[0]),
            )
        )
    )
    said |= set(session.scalars(select(Wish.responder_id).where(Wish.date >= days[0], Wish.date <= days[-1])))
    everyone = session.execute(
        select(Responder.id, Responder.code, Responder.name)
        .where(Responder.status == "active")
        .order_by(Responder.name)
    ).all()
    heard = {each.id for each in month_answers.of_month(session, month) if each.has_answered}
    quiet = [_person(code, name, "", phones) for n, code, name in everyone if n not in said and code not in heard]
    if not quiet:
        return []
    words = say_date(days[0], "long month")
    if len(quiet) == len(everyone):
        sentence, detail = (
            tr("Nobody has said when they can in {words}", words=words),
            tr("Everyone counts as free until they do"),
        )
    else:
        sentence = tr(
            "{count} said nothing of {words}", count=counted(len(quiet), "1 person has", "{} people have"), words=words
        )
        detail = tr(
            "Due by {due_day} {month}; {count:,} have. They count as free",
            due_day=DUE_DAY,
            month=say_date(today, "month"),
            count=len(everyone) - len(quiet),
        )
    return [_item("silent", sentence, detail, quiet)]
