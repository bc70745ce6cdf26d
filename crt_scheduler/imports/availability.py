"""Availability from a file: when each person cannot, would rather not, prefers or wants to be on call."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import many
from crt_scheduler.imports import dates, days
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
    mapping = days.event_columns(sheet, mapping)
    held = columns(sheet, mapping, known=(*FIELDS, days.ALL_DAY), required=("person", "grade"))
    orders = dates.orders(held, ("from", "to"), date_order, clocks=("start", "end"))
    people = {code.casefold(): number for number, code in session.execute(select(Responder.id, Responder.code))}
    there = {_as_draft(row) for row in session.scalars(select(Availability))}
    drafts: dict[AvailabilityDraft, None] = {}
    bad = []
    unchanged = 0
    for row in sheet.rows:
        reader = Reader(held, row)
        found = _drafts(reader, people, orders)
        bad += reader.bad
        if reader.bad:
            continue
        fresh = [draft for draft in found if draft not in there and draft not in drafts]
        unchanged += not fresh
        drafts |= dict.fromkeys(fresh)
    return ImportPlan(len(drafts), 0, unchanged, tuple(bad), tuple(drafts), notes=held.notes())


def _as_draft(row: Availability) -> AvailabilityDraft:
    return AvailabilityDraft(
        row.responder_id, row.first, row.last, row.weekdays, row.start, row.end, row.grade, row.note
    )


def _drafts(reader: Reader, people: dict[str, int], orders: dict[str, dates.Order]) -> list[AvailabilityDraft]:
    """Return what a row says: one line, or for an event of a calendar one for each part of its days."""
    person = people.get(reader.text("person").casefold())
    if person is None:
        reader.refuse("person", "no person has this id; import people first, or correct it")
    grade, note = reader.one_of("grade", GRADES), reader.text("note")
    return [
        AvailabilityDraft(person or 0, each.first, each.last, each.weekdays, each.start, each.end, grade, note)
        for each in days.days_in(reader, orders)
    ]


def write(session: Session, plan: ImportPlan[AvailabilityDraft]) -> None:
    """Add the planned lines of availability."""
    many.add(session, Availability, [asdict(draft) for draft in plan.drafts])
