"""Availability from a file: when each person cannot, would rather not, prefers or wants to be on call."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import many, times
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import dates
from crt_scheduler.imports.plan import ImportPlan, Reader, columns
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import Availability, Responder

FIELDS = ("person", "from", "to", "weekdays", "start", "end", "grade", "note")
GRADES = ("cannot", "rather_not", "prefers", "wants")


@dataclass(frozen=True)
class AvailabilityDraft:
    """One line of availability; no dates mean always, no hours the whole day, an end before the start the next day."""

    responder_id: int
    first: dt.date | None
    last: dt.date | None
    weekdays: int
    start: dt.time | None
    end: dt.time | None
    grade: str
    note: str


def read(
    session: Session, sheet: Sheet, mapping: dict[str, str], *, now: dt.datetime, date_order: str | None = None
) -> ImportPlan[AvailabilityDraft]:
    """Read availability against the records and plan what to add; a line that is there already is left as it is.

    Raises CrtError for a missing column or dates of no certain order.
    """
    held = columns(sheet, mapping, known=FIELDS, required=("person", "grade"))
    orders = dates.orders(held, ("from", "to"), date_order)
    people = {code.casefold(): number for number, code in session.execute(select(Responder.id, Responder.code))}
    there = {_as_draft(row) for row in session.scalars(select(Availability))}
    drafts: dict[AvailabilityDraft, None] = {}
    bad = []
    unchanged = 0
    for row in sheet.rows:
        reader = Reader(held, row)
        draft = _draft(reader, people, orders)
        bad += reader.bad
        if reader.bad:
            continue
        if draft in there or draft in drafts:
            unchanged += 1
        else:
            drafts[draft] = None
    return ImportPlan(len(drafts), 0, unchanged, tuple(bad), tuple(drafts), notes=held.notes())


def _as_draft(row: Availability) -> AvailabilityDraft:
    return AvailabilityDraft(
        row.responder_id, row.first, row.last, row.weekdays, row.start, row.end, row.grade, row.note
    )


def _draft(reader: Reader, people: dict[str, int], orders: dict[str, dates.Order]) -> AvailabilityDraft:
    person = people.get(reader.text("person").casefold())
    if person is None:
        reader.refuse("person", "no person has this id; import people first, or correct it")
    first, last = _date(reader, "from", orders), _date(reader, "to", orders)
    if first is not None and last is not None and first > last:
        reader.refuse("to", f"is before the from date {first}; exchange the two")
    start, end = _time(reader, "start"), _time(reader, "end")
    if bool(reader.text("start")) != bool(reader.text("end")):
        missing = "end" if reader.text("start") else "start"
        reader.refuse(missing, "give both start and end, or neither for the whole day")
    return AvailabilityDraft(
        responder_id=person or 0,
        first=first,
        last=last,
        weekdays=_weekdays(reader),
        start=start,
        end=end,
        grade=reader.one_of("grade", GRADES),
        note=reader.text("note"),
    )


def _date(reader: Reader, ours: str, orders: dict[str, dates.Order]) -> dt.date | None:
    text = reader.text(ours)
    try:
        return dates.date_in(text, orders[ours]) if text else None
    except ValueError as fault:
        reader.refuse(ours, str(fault))
        return None


def _time(reader: Reader, ours: str) -> dt.time | None:
    text = reader.text(ours)
    try:
        return dates.time_in(text) if text else None
    except ValueError as fault:
        reader.refuse(ours, str(fault))
        return None


def _weekdays(reader: Reader) -> int:
    try:
        return times.weekday_mask(reader.several("weekdays"))
    except CrtError as fault:
        reader.refuse("weekdays", str(fault))
        return times.ALL_WEEK


def write(session: Session, plan: ImportPlan[AvailabilityDraft]) -> None:
    """Add the planned lines of availability."""
    many.add(session, Availability, [asdict(draft) for draft in plan.drafts])
