"""Availability from a file: when each person cannot, would rather not, prefers or wants to be on call."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import dates, month_answers, new_rows, times
from crt_scheduler.file_field import Field
from crt_scheduler.imports import answered, date_orders, days, earlier
from crt_scheduler.imports.answered import LookOver
from crt_scheduler.imports.availability_lines import GRADES, AvailabilityDraft
from crt_scheduler.imports.change_plan import SHOWN, BadRow, ImportPlan, Reader, columns, nobody
from crt_scheduler.imports.kind_value import WHOSE, Kind
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import Availability, Responder
from solver.wording import mark, tr

FIELDS = (
    WHOSE,
    *days.FIELDS,
    Field("grade", mark("Grade"), "choice", ("grade", "availability", "preference", "answer"), "grade", own=GRADES),
    Field("note", mark("Note"), "remark", ("note", "notes", "comment", "reason")),
)
NEEDED = ("person", "grade")


def read(
    session: Session,
    sheet: Sheet,
    mapping: dict[str, str],
    *,
    now: dt.datetime,
    date_order: str | None = None,
    replaces: bool = False,
    look: LookOver | None = None,
) -> ImportPlan[AvailabilityDraft]:
    """Read availability against the records and plan what to add; a line that is there already is left as it is.

    A line of an earlier file for the same hours of the same days is replaced, and so is an earlier line of this one.
    What earlier files say of other days in the same months stays and is said; with `replaces` it goes. With `look`
    the plan holds the whole file as people by dates. Raises CrtError for a missing column or dates of no certain order.
    """
    mapping = days.event_columns(sheet, mapping)
    held = columns(sheet, mapping, known=(*FIELDS, days.EVERY_DAY), required=NEEDED)
    orders = date_orders.orders(held, ("from", "to"), date_order, clocks=("start", "end"))
    people = {code.casefold(): number for number, code in session.execute(select(Responder.id, Responder.code))}
    rows = tuple(session.scalars(select(Availability)))
    there = {_as_draft(row) for row in rows}
    bad: list[BadRow] = []
    last: dict[earlier.When, tuple[int, AvailabilityDraft]] = {}
    rows_said: list[list[AvailabilityDraft]] = []
    changed_mind = []
    early: list[tuple[int, dt.date]] = []
    for row in sheet.rows:
        reader = Reader(held, row)
        found = _drafts(reader, people, orders)
        bad += reader.bad
        if reader.bad:
            continue
        rows_said.append(found)
        if (day := days.day_before(reader, orders, [_days(draft) for draft in found])) is not None:
            early.append((row.line, day))
        for draft in found:
            line, before = last.get(earlier.when(draft), (0, draft))
            changed_mind += [(line, row.line)] if before != draft else []
            if before != draft or not line:
                last[earlier.when(draft)] = (row.line, draft)
    mentioned = tuple(draft for _, draft in last.values())
    fresh = tuple(draft for draft in mentioned if draft not in there)
    said = earlier.settled(fresh, mentioned, rows, replaces=replaces)
    written = {earlier.when(draft): draft.grade for draft in said.drafts}
    unchanged = sum(all(written.get(earlier.when(each)) != each.grade for each in found) for found in rows_said)
    return ImportPlan(
        new=said.new,
        changed=said.changed,
        unchanged=unchanged,
        bad=tuple(bad),
        drafts=said.drafts,
        notes=(
            *_end_before(held.named("to"), early),
            *_later_counts(changed_mind),
            *said.notes,
            *answered.notes(mentioned),
        ),
        unused=held.unused(),
        answers=answered.answered(session, mentioned, said.drafts),
        poll=look(session, orders, mentioned, now) if look else None,
    )


def _end_before(column: str, events: list[tuple[int, dt.date]]) -> tuple[str, ...]:
    """Say which events end with the day before their end date."""
    if not events:
        return ()
    ends = ", ".join(tr("line {line} with {day}", line=line, day=times.day_words(day)) for line, day in events[:SHOWN])
    more = tr(" and {count:,} more", count=len(events) - SHOWN) if len(events) > SHOWN else ""
    count = tr("1 event ends") if len(events) == 1 else tr("{count:,} events end", count=len(events))
    return (
        tr(
            "{count} with the day before the {column}, as calendar programs write an end at midnight: {ends}{more}.",
            count=count,
            column=column,
            ends=ends,
            more=more,
        ),
    )


def _later_counts(pairs: list[tuple[int, int]]) -> tuple[str, ...]:
    """Say which lines of the file were taken back by later ones of the same person and day."""
    if not pairs:
        return ()
    lines = ", ".join(
        tr("{later} instead of {line}", later=later, line=line) for line, later in list(dict.fromkeys(pairs))[:3]
    )
    more = tr(" and others") if len(set(pairs)) > 3 else ""
    return (
        tr("Where one person answers twice for a day the later line counts: {lines}{more}.", lines=lines, more=more),
    )


def _as_draft(row: Availability) -> AvailabilityDraft:
    return AvailabilityDraft(
        row.responder_id, row.first, row.last, row.weekdays, row.start, row.end, row.grade, row.note
    )


def _days(draft: AvailabilityDraft) -> days.Days:
    return days.Days(draft.first, draft.last, draft.weekdays, draft.start, draft.end)


def _drafts(reader: Reader, people: dict[str, int], orders: dict[str, dates.Order]) -> list[AvailabilityDraft]:
    """Return what a row says: one line, or for an event of a calendar one for each part of its days."""
    person = people.get(reader.text("person").casefold())
    if person is None:
        reader.refuse("person", nobody())
    grade, note = reader.one_of("grade", GRADES), reader.text("note")
    return [
        AvailabilityDraft(person or 0, each.first, each.last, each.weekdays, each.start, each.end, grade, note)
        for each in days.days_in(reader, orders)
    ]


def write(session: Session, plan: ImportPlan[AvailabilityDraft]) -> None:
    """Add the planned lines of availability, in the place of those of earlier files that they correct."""
    fresh = []
    for draft in plan.drafts:
        values = {name: value for name, value in asdict(draft).items() if name not in ("changes", "is_dropped")}
        if draft.changes is None:
            fresh.append({**values, "source": earlier.LIST})
            continue
        row = session.get_one(Availability, draft.changes)
        if draft.is_dropped:
            session.delete(row)
            continue
        for name, value in values.items():
            setattr(row, name, value)
    new_rows.add(session, Availability, fresh)
    month_answers.note(session, plan.answers, month_answers.FILE)
    session.flush()


KIND = Kind(
    "availability", mark("Availability"), mark("availability"), FIELDS, NEEDED, read, write,
    things=(mark("1 line"), mark("{} lines")),
)  # fmt: skip
