"""What a publication would send, before anything is written: news per person, whom to phone, rules that are broken."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal, planning, times
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.publish import sent_ledger
from crt_scheduler.publish.mail import can_be_mailed
from crt_scheduler.publish.outgoing_names import person_calendar
from crt_scheduler.publish.publication_promise import has_news, last_version
from crt_scheduler.publish.wanted_calendars import Wanted, wanted
from crt_scheduler.responders.phone_numbers import phone_words
from crt_scheduler.roster import month_rows
from crt_scheduler.tables import CalendarEvent, Programme, Responder
from solver.explain import TITLES
from solver.result import Violation
from solver.wording import say_date

LATE = dt.timedelta(hours=48)
"""A calendar is read again every 4 to 24 hours; news of a shift this near is told by phone too."""
CANCELLED, MOVED, SOON, SILENT = "cancelled", "changed", "soon", "no mail"


@dataclass(frozen=True)
class ShiftChange:
    """One shift that is new, changed or cancelled for a person: what it says now and what it said before, in words.

    `is_small` marks a change of the words around it only, such as who else is on call.
    """

    kind: str
    shift: str
    start: dt.datetime
    words: str
    before: str
    is_small: bool


@dataclass(frozen=True)
class PersonNews:
    """What one person would be sent; `phone_for` says why a message is not enough ("" if it is)."""

    person: str
    name: str
    phone: str
    phone_words: str
    has_email: bool
    changes: tuple[ShiftChange, ...]
    phone_for: str

    @property
    def must_phone(self) -> bool:
        """Must the person be phoned?"""
        return bool(self.phone_for)

    def count(self, kind: str) -> int:
        """Return how many shifts are new, changed or cancelled."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True)
class BrokenRule:
    """A hard rule that the month's roster breaks, by name, with a sentence for each time."""

    rule: str
    title: str
    sentences: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What publishing a month would do; `version` is the one it would become.

    `has_news` is false when the calendars would say what they say already; `revision` is the journal's number.
    """

    month: str
    version: int
    published: dt.datetime | None
    zone: times.Zone
    has_news: bool
    places: int
    new: int
    changed: int
    cancelled: int
    people: tuple[PersonNews, ...]
    broken: tuple[BrokenRule, ...]
    without_email: tuple[str, ...]
    revision: int

    @property
    def to_phone(self) -> tuple[PersonNews, ...]:
        """The people who must be phoned."""
        return tuple(person for person in self.people if person.must_phone)

    @property
    def count(self) -> int:
        """How many shifts of people's own calendars change."""
        return self.new + self.changed + self.cancelled


def preview(session: Session, month: str, *, now: dt.datetime) -> Preview:
    """Return what a publication of the month would send; nothing is written. Raises CrtError for what is no month."""
    programme = programme_of(session)
    rows = month_rows(session, month)
    last = last_version(session, month)
    people = _people(session, programme, _changes(session, programme, month, now), now)
    return Preview(
        month=month,
        version=1 if last is None else last.version + 1,
        published=None if last is None else last.at,
        zone=customs.zone_of(programme),
        has_news=bool(rows or last) and has_news(session, month),
        places=len(rows),
        new=sum(person.count("new") for person in people),
        changed=sum(person.count("changed") for person in people),
        cancelled=sum(person.count("cancelled") for person in people),
        people=people,
        broken=broken_rules(session, month, now=now) if rows else (),
        without_email=tuple(person.name for person in people if not person.has_email),
        revision=journal.revision(session),
    )


def stale_news(session: Session, now: dt.datetime) -> tuple[PersonNews, ...]:
    """Return who holds a stale calendar with the shifts at odds, of every published month that is not yet past."""
    programme = programme_of(session)
    found: dict[str, list[ShiftChange]] = defaultdict(list)
    for month in sent_ledger.published_months(session, now):
        if sent_ledger.is_untouched(session, month):
            continue
        for code, changes in _changes(session, programme, month, now).items():
            found[code] += changes
    return _people(session, programme, found, now)


def phone_list(people: Iterable[PersonNews]) -> str:
    """Return the people to phone as plain text: name, number, and each change in a line of its own."""
    blocks = []
    for person in people:
        lines = [f"{person.name}\t{person.phone_words or 'no phone number'}"]
        lines += [f"  {change.kind}: {change.words}" for change in person.changes if not change.is_small]
        blocks.append("\n".join(lines))
    return "\n".join([*blocks, ""]) if blocks else ""


def broken_rules(session: Session, month: str, *, now: dt.datetime) -> tuple[BrokenRule, ...]:
    """Return the hard rules that the month's roster breaks, the most often broken first."""
    found: dict[str, list[Violation]] = defaultdict(list)
    for violation in planning.check(session, month, now=now):
        if violation.hard:
            found[violation.rule].append(violation)
    return tuple(
        BrokenRule(
            rule=rule,
            title=TITLES.get(rule, rule.replace("_", " ").capitalize()),
            sentences=tuple(violation.sentence for violation in each),
            people=tuple(dict.fromkeys(violation.person for violation in each if violation.person)),
        )
        for rule, each in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _people(
    session: Session, programme: Programme, changes: Mapping[str, Sequence[ShiftChange]], now: dt.datetime
) -> tuple[PersonNews, ...]:
    """Return who would be sent something: those to phone first, then by name."""
    known = {row.code: row for row in session.scalars(select(Responder))}
    found = [_news(code, known.get(code), each, programme.country, now) for code, each in changes.items()]
    return tuple(sorted(found, key=lambda person: (not person.must_phone, person.name, person.person)))


def _changes(session: Session, programme: Programme, month: str, now: dt.datetime) -> dict[str, list[ShiftChange]]:
    """Return the changes of each person's own calendar, by id, in order of time; not those of shifts that are over."""
    own = {row.key: row for row in wanted(session, programme, month) if row.calendar == person_calendar(row.code)}
    sent = {
        (row.calendar, row.shift_key, row.responder_code): row for row in sent_ledger.events_of_month(session, month)
    }
    found: dict[str, list[ShiftChange]] = defaultdict(list)
    for change in sorted(sent_ledger.compare(session, month), key=lambda change: (change.start, change.shift_key)):
        if change.calendar == person_calendar(change.code) and change.is_news(now):
            key = (change.calendar, change.shift_key, change.code)
            found[change.code].append(_line(change, own.get(key), sent.get(key), customs.zone_of(programme)))
    return found


def _line(change: sent_ledger.Change, entry: Wanted | None, row: CalendarEvent | None, zone: times.Zone) -> ShiftChange:
    was = "" if row is None or row.cancelled else _words(row, zone)
    says = "" if entry is None else _words(entry, zone)
    is_small = change.kind == "changed" and was == says
    return ShiftChange(change.kind, change.shift_key, change.start, says or was, was, is_small)


def _words(said: Wanted | CalendarEvent, zone: times.Zone) -> str:
    """Return a shift in local time, such as Sat 9 Jan 18:00–06:00: lead, Valley; its length on a clock-change night."""
    start, end = times.local(said.start, zone), times.local(said.end, zone)
    minutes = times.minutes(said.end) - times.minutes(said.start)
    on_the_clock = round((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds() / 60)
    length = "" if minutes == on_the_clock else f" ({times.hours_words(minutes)} h)"
    date = say_date(start, "weekday day")
    hours = f"{times.clock_at(said.start, zone)}–{times.clock_at(said.end, zone)}"
    return f"{date} {hours}{length}: {said.summary.partition(': ')[2]}"


def _news(
    code: str, who: Responder | None, changes: Sequence[ShiftChange], country: str, now: dt.datetime
) -> PersonNews:
    has_email = who is not None and can_be_mailed(who.email)
    phone = who.phone if who is not None else ""
    return PersonNews(
        person=code,
        name=who.name if who is not None else code,
        phone=phone,
        phone_words=phone_words(phone, country) if phone else "",
        has_email=has_email,
        changes=tuple(changes),
        phone_for=_phone_for(changes, now, has_email=has_email),
    )


def _phone_for(changes: Iterable[ShiftChange], now: dt.datetime, *, has_email: bool) -> str:
    """Return why a person must be phoned: a promise is broken, a shift is near, or no mail can reach them."""
    mine = [change for change in changes if change.start > now and not change.is_small]
    if any(change.kind == "cancelled" for change in mine):
        return CANCELLED
    if any(change.kind == "changed" for change in mine):
        return MOVED
    if any(change.start <= now + LATE for change in mine):
        return SOON
    return "" if has_email else SILENT
