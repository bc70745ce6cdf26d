"""Acts on the ledger: log, amend, remove, approve in bulk; what a call gives is followed in the call's own act."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, remedies, roster, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError, Fault, NotAllowed, Refused
from crt_scheduler.hours import typed_hours
from crt_scheduler.hours.follow import follow, is_told_by_call
from crt_scheduler.hours.ledger_rows import call_words, calls_by_name, rows, total, totals
from crt_scheduler.hours.ledger_values import KINDS_SAID, EntryDraft, Logged, Stretch, kind_of
from crt_scheduler.hours.taken import Taken
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Call, HoursEntry, Responder
from solver.wording import counted, mark, say_date, tr

__all__ = [
    "AMEND", "APPROVE", "LOG", "REMOVE", "UNAPPROVE",
    "amend", "approve", "faults", "follow", "log", "remove", "rows", "total", "totals", "unapprove",
]  # fmt: skip


def log(session: Session, draft: EntryDraft, *, now: dt.datetime) -> int:
    """Log an entry and return its number.

    Raises CrtError for a stranger, a kind or call there is not, a time in the future, or an overlap with another entry
    of the same person and kind.
    """
    who = roster.person(session, draft.person)
    kind, call = kind_of(draft.kind), _call(session, draft.call)
    _refuse(session, who, kind, draft.stretch, now=now, key=draft.key, call=call)
    return _add(session, who, draft, call=call)


def log_typed(
    session: Session,
    *,
    person: str,
    kind: str,
    call: str = "",
    date: str = "",
    start: str = "",
    end: str = "",
    minutes: str = "",
    now: dt.datetime,
) -> Logged:
    """Log the entry that typed words mean (times local); raises Refused with what is wrong with each part."""
    draft, wrong = faults(
        session, person=person, kind=kind, call=call, date=date, start=start, end=end, minutes=minutes, now=now
    )
    if draft is None:
        raise Refused(*wrong)
    number = _add(session, roster.person(session, draft.person), draft, call=_call(session, draft.call))
    return Logged(number, draft.stretch.minutes)


def _add(session: Session, who: Responder, draft: EntryDraft, *, call: int | None) -> int:
    row = HoursEntry(
        responder_id=who.id,
        kind=kind_of(draft.kind),
        date=draft.stretch.date,
        start=draft.stretch.start,
        end=draft.stretch.end,
        minutes=draft.stretch.minutes,
        call_id=call,
        state="logged",
        approved_by="",
        key=draft.key or f"hand:{secrets.token_hex(8)}",
    )
    session.add(row)
    session.flush()
    return row.id


def amend(session: Session, number: int, stretch: Stretch, *, now: dt.datetime) -> None:
    """Change when an entry was and how long; raises NotAllowed once it is approved or where its call says the times."""
    row = entry(session, number)
    _refuse_fixed(session, row, tr("change it"))
    who = session.get_one(Responder, row.responder_id)
    _refuse(session, who, row.kind, stretch, now=now, key=row.key, call=row.call_id)
    row.date, row.start, row.end, row.minutes = stretch.date, stretch.start, stretch.end, stretch.minutes
    session.flush()


def amend_typed(
    session: Session,
    number: int,
    *,
    date: str = "",
    start: str = "",
    end: str = "",
    minutes: str = "",
    now: dt.datetime,
) -> None:
    """Change an entry to what typed words mean (times local), as `amend` does."""
    zone = customs.zone_of(programme_of(session))
    stretch, wrong = typed_hours.read(date=date, start=start, end=end, minutes=minutes, zone=zone, now=now)
    if stretch is None:
        raise Refused(*wrong)
    amend(session, number, stretch, now=now)


def remove(session: Session, number: int) -> None:
    """Take an entry out of the ledger; raises NotAllowed once it is approved."""
    row = entry(session, number)
    _refuse_fixed(session, row, tr("remove it"))
    session.delete(row)
    session.flush()


def remove_all(session: Session, numbers: Collection[int]) -> None:
    """Take entries out of the ledger, all or none; raises NotAllowed where one is approved."""
    for number in numbers:
        remove(session, number)


def approve(session: Session, numbers: Collection[int], *, who: str) -> int:
    """Approve entries, all in one act, and return how many were not approved before."""
    return _set_state(session, numbers, "approved", who)


def unapprove(session: Session, numbers: Collection[int]) -> int:
    """Take the approval of entries back and return how many had one."""
    return _set_state(session, numbers, "logged", "")


def _set_state(session: Session, numbers: Collection[int], state: str, who: str) -> int:
    wanted = set(numbers)
    if not wanted:
        raise CrtError(tr("No entry is named."), remedies.CHOOSE_ENTRIES)
    found = {row.id: row for row in _of(session, wanted)}
    if missing := sorted(wanted - set(found)):
        raise CrtError(tr("There is no entry {missing} in the ledger.", missing=missing[0]), remedies.SEE_HOURS)
    changed = [row for row in found.values() if row.state != state]
    for row in changed:
        row.state, row.approved_by = state, who
    session.flush()
    return len(changed)


def _of(session: Session, numbers: Iterable[int]) -> list[HoursEntry]:
    """Return entries by number, some hundreds at a time: a database takes only so many values in one question."""
    wanted, found = sorted(numbers), list[HoursEntry]()
    for n in range(0, len(wanted), 500):
        found += session.scalars(select(HoursEntry).where(HoursEntry.id.in_(wanted[n : n + 500])))
    return found


def entry(session: Session, number: int) -> HoursEntry:
    """Return an entry by number; raises CrtError if there is none."""
    row = session.get(HoursEntry, number)
    if row is None:
        raise CrtError(tr("There is no entry {number} in the ledger.", number=number), remedies.SEE_HOURS)
    return row


def faults(
    session: Session,
    *,
    person: str,
    kind: str,
    call: str = "",
    date: str = "",
    start: str = "",
    end: str = "",
    minutes: str = "",
    now: dt.datetime,
) -> tuple[EntryDraft | None, tuple[Fault, ...]]:
    """Return the entry that typed words mean (times local), or what is wrong with each part; nothing is written."""
    zone = customs.zone_of(programme_of(session))
    stretch, wrong = typed_hours.read(date=date, start=start, end=end, minutes=minutes, zone=zone, now=now)
    found = list(wrong)
    who = None
    for part, look in (("person", lambda: roster.person(session, person)), ("kind", lambda: kind_of(kind))):
        try:
            value = look()
            who = value if isinstance(value, Responder) else who
        except CrtError as fault:
            found.append(Fault(part, str(fault)))
    at_call = None
    try:
        at_call = _call(session, call)
    except CrtError as fault:
        found.append(Fault("call", str(fault)))
    if found or stretch is None or who is None:
        return None, tuple(found)
    try:
        _refuse(session, who, kind_of(kind), stretch, now=now, key="", call=at_call)
    except CrtError as fault:
        return None, (Fault("start" if stretch.start else "minutes", str(fault)),)
    return EntryDraft(who.code, kind_of(kind), stretch, call.strip()), ()


def _call(session: Session, name: str) -> int | None:
    if not name.strip():
        return None
    number = call_numbers.look_up(calls_by_name(session), name)
    if number is None:
        raise CrtError(tr("There is no call {name!r}. Check the number, or leave it out.", name=name.strip()))
    return number


def _refuse_fixed(session: Session, row: HoursEntry, act: str) -> None:
    if row.state == "approved":
        raise NotAllowed(tr("These hours are approved. Take their approval back to {act}.", act=act))
    if is_told_by_call(session, row):
        raise NotAllowed(tr("These hours come from a call. Correct the times of the call to {act}.", act=act))


def _refuse(
    session: Session, who: Responder, kind: str, stretch: Stretch, *, now: dt.datetime, key: str, call: int | None
) -> None:
    """Raise CrtError for a stretch without length, in the future, or that overlaps another of the person and kind.

    Hours at two calls at once are taken: whoever was at both says so of each, and every sum counts them once.
    """
    if stretch.minutes <= 0:
        raise CrtError(tr("Hours need at least one minute. Correct the start or the end."))
    zone = customs.zone_of(programme_of(session))
    if (stretch.end or now) > now or stretch.date > times.local(now, zone).date():
        raise CrtError(tr("These hours lie in the future. Log hours after they were given."))
    near = dt.timedelta(days=2)
    around = rows(session, stretch.date - near, stretch.date + near, person=who.code, kind=kind)
    if stretch.start is None or stretch.end is None:
        return
    row = session.get(Call, call) if call is not None else None
    name = call_words(row.number, row.case) if row is not None else ""
    clash = Taken(around).clash(who.code, kind, stretch.start, stretch.end, call=name, but=key or "-")
    if clash is not None:
        raise NotAllowed(overlap_words(who.name, kind, clash[0], clash[1], zone))


def overlap_words(name: str, kind: str, start: dt.datetime, end: dt.datetime, zone: times.Zone) -> str:
    """Say which hours are there already."""
    when = tr("{stamp} to {clock}", stamp=times.stamp(start, zone), clock=times.clock_at(end, zone))
    return tr(
        "{name} has {kind} hours from {when} already. Correct the times, or change that entry.",
        name=name,
        kind=KINDS_SAID[kind],
        when=when,
    )


def _words(session: Session, message: str, number: int) -> str:
    """Return a message of an entry, such as "Log hours of Ana Cano: meeting, 1:30 on 3 May"."""
    row = entry(session, number)
    who, day = session.get_one(Responder, row.responder_id), say_date(row.date)
    length = times.hours_words(row.minutes)
    return tr(message, name=who.name, kind=KINDS_SAID[row.kind], length=length, day=day)


def _removed(session: Session, numbers: Collection[int]) -> str:
    if len(numbers) == 1:
        return _words(session, mark("Remove hours of {name}: {kind}, {length} on {day}"), next(iter(numbers)))
    return counted(len(numbers), "Remove 1 entry", "Remove {n} entries")


def _approved(_: Session, numbers: Collection[int], **__: Any) -> str:
    return counted(len(set(numbers)), "Approve 1 entry", "Approve {n} entries")


def _unapproved(_: Session, numbers: Collection[int]) -> str:
    count = len(set(numbers))
    return counted(count, "Take back the approval of 1 entry", "Take back the approval of {n} entries")


def _logged(session: Session, made: Logged, **_: Any) -> str:
    return _words(session, mark("Log hours of {name}: {kind}, {length} on {day}"), made.number)


def _amended(session: Session, _: None, number: int, **__: Any) -> str:
    return _words(session, mark("Change hours of {name}: {kind}, {length} on {day}"), number)


LOG = Act(log_typed, _logged, names_answer=True)
AMEND = Act(amend_typed, _amended, names_answer=True)
REMOVE = Act(remove_all, _removed)
APPROVE = Act(approve, _approved)
UNAPPROVE = Act(unapprove, _unapproved)
