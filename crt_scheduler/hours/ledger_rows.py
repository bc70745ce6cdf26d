"""Reading the ledger: entries as frozen rows, and totals in which no hour is counted twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, times
from crt_scheduler.hours import spans, time_on_call
from crt_scheduler.hours.ledger_values import CALL_KINDS, KINDS, RESPONSE, TRAVEL, EntryRow, PersonTotals, Totals
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Call, HoursEntry, Responder


def rows(
    session: Session,
    first: dt.date | None = None,
    last: dt.date | None = None,
    *,
    person: str = "",
    kind: str = "",
    state: str = "",
) -> tuple[EntryRow, ...]:
    """Return the entries that began from first to last (local dates), by date, person and kind, narrowed if asked."""
    e = HoursEntry
    query = (
        select(
            e.id,
            Responder.code,
            Responder.name,
            e.kind,
            e.date,
            e.start,
            e.end,
            e.minutes,
            Call.number,
            Call.case,
            e.state,
            e.approved_by,
            e.key,
        )
        .join(Responder, e.responder_id == Responder.id)
        .outerjoin(Call, e.call_id == Call.id)
        .order_by(e.date, Responder.name, e.kind, e.start, e.id)
    )
    if first is not None:
        query = query.where(e.date >= first)
    if last is not None:
        query = query.where(e.date <= last)
    for column, wanted in ((Responder.code, person), (e.kind, kind), (e.state, state)):
        if wanted:
            query = query.where(column == wanted)
    return tuple(_row(tuple(found)) for found in session.execute(query))


def _row(found: tuple[Any, ...]) -> EntryRow:
    """Return a row from the values of the query, in its order."""
    number, person, name, kind, date, start, end, minutes, call, case, state, approved_by, key = found
    return EntryRow(
        number, person, name, kind, date, start, end, minutes, call_words(call, case), state, approved_by, key
    )


def call_words(number: str | None, case: int | None) -> str:
    """Return how a call is named: its number, with its case where the incident has several."""
    return "" if number is None else number if case in (None, 1) else f"{number}/{case}"


def calls_by_name(session: Session) -> dict[str, int]:
    """Return the row numbers of calls by spelled and by folded name; a number alone means its first case.

    `calls.numbers.look_up` finds a call in them.
    """
    found: dict[str, int] = {}
    for number, case, name in session.execute(select(Call.id, Call.case, Call.number).order_by(Call.case, Call.id)):
        for each in (name, call_numbers.folded(name)):
            found.setdefault(each, number)
            found.setdefault(f"{each}/{case}", number)
    return found


def call_names(session: Session) -> dict[int, str]:
    """Return how each call (row number) is named."""
    return {
        row: call_words(number, case) for row, number, case in session.execute(select(Call.id, Call.number, Call.case))
    }


def latest_month(session: Session) -> str:
    """Return the month of the latest entry as YYYY-MM, or nothing where the ledger is empty."""
    date = session.scalar(select(func.max(HoursEntry.date)))
    return "" if date is None else times.month_of(date)


def totals(
    session: Session, first: dt.date, last: dt.date, *, until: dt.datetime | None = None
) -> tuple[Totals, tuple[PersonTotals, ...]]:
    """Return the totals of everyone together and of each person with any, by name.

    Entries count by the local date they began on, on-call time as hours.on_call says (with `until` only so far).
    Hours of several people are added; of one person, an hour counts once.
    """
    zone = customs.zone_of(programme_of(session))
    duty = time_on_call.stretches(session, first - dt.timedelta(days=1), last + dt.timedelta(days=1), until=until)
    own_duty = time_on_call.stretches(session, first, last, until=until)
    entries: defaultdict[str, list[EntryRow]] = defaultdict(list)
    for row in rows(session, first, last):
        entries[row.person].append(row)
    names = dict(session.execute(select(Responder.code, Responder.name)).all())
    people = [
        PersonTotals(
            code,
            names[code],
            total(entries.get(code, ()), own_duty.get(code, ()), around=duty.get(code, ()), zone=zone),
        )
        for code in {*entries, *own_duty}
    ]
    people.sort(key=lambda each: (each.name.casefold(), each.person))
    return added(each.totals for each in people), tuple(people)


def total(
    entries: Iterable[EntryRow], duty: Iterable[spans.Span], *, around: Iterable[spans.Span] = (), zone: str = "UTC"
) -> Totals:
    """Return one person's totals; `duty` are the stretches on call, `around` those just before and after too.

    Response and travel of unknown times are taken to be inside the on-call time of their date, as far as it reaches.
    """
    entries, duty = list(entries), list(duty)
    known = [*duty, *around]
    by_kind = tuple((kind, _once([row for row in entries if row.kind == kind])) for kind in KINDS)
    minutes = dict(by_kind)
    timed = {row.id: spans.span(row.start, row.end) for row in entries if row.start and row.end}
    calls = [timed[row.id] for row in entries if row.kind in CALL_KINDS and row.id in timed]
    untimed = [row for row in entries if row.id not in timed]
    loose = _beyond_duty([row for row in untimed if row.kind in CALL_KINDS], known, calls, zone)
    others = sum(row.minutes for row in untimed if row.kind not in CALL_KINDS)
    in_duty = spans.length(duty)
    elsewhere = spans.outside(timed.values(), known)
    return Totals(
        on_call=in_duty,
        response=minutes[RESPONSE],
        travel=minutes[TRAVEL],
        other=sum(count for kind, count in by_kind if kind not in CALL_KINDS),
        credited=spans.outside(calls, known) + loose,
        combined=in_duty + elsewhere + loose + others,
        logged=_once([row for row in entries if row.state == "logged"]),
        kinds=by_kind,
    )


def _once(own: list[EntryRow]) -> int:
    """Return the minutes of one person's entries: the union of known stretches, and unknown ones added."""
    timed = spans.length(spans.span(row.start, row.end) for row in own if row.start and row.end)
    return timed + sum(row.minutes for row in own if not (row.start and row.end))


def _beyond_duty(untimed: list[EntryRow], duty: list[spans.Span], calls: list[spans.Span], zone: str) -> int:
    """Return the minutes of calls at unknown times that no on-call time of their date can hold."""
    if not untimed:
        return 0
    by_date: defaultdict[dt.date, int] = defaultdict(int)
    for row in untimed:
        by_date[row.date] += row.minutes
    beyond = 0
    room = spans.outside(duty, calls)
    for date, minutes in sorted(by_date.items()):
        begin = times.minutes(times.instant(date, dt.time(), zone))
        finish = times.minutes(times.instant(date + dt.timedelta(days=1), dt.time(), zone))
        touching = [each for each in duty if each[0] < finish and each[1] > begin]
        inside = min(minutes, spans.outside(touching, calls), room)
        room -= inside
        beyond += minutes - inside
    return beyond


def added(each: Iterable[Totals]) -> Totals:
    """Return the sum of totals of different people."""
    found = list(each)
    fields = ("on_call", "response", "travel", "other", "credited", "combined", "logged")
    sums = {name: sum(getattr(one, name) for one in found) for name in fields}
    kinds = tuple((kind, sum(dict(one.kinds).get(kind, 0) for one in found)) for kind in KINDS)
    return Totals(**sums, kinds=kinds)
