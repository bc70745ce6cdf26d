"""Answers to call-outs from a file: call, person, time and what was answered; a file read twice changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, dates, new_rows, times
from crt_scheduler.calls.call_values import ANSWERS, REASONS
from crt_scheduler.file_field import Field
from crt_scheduler.hours.ledger_rows import calls_by_name
from crt_scheduler.imports import date_orders
from crt_scheduler.imports.change_plan import ImportPlan, Reader, columns, nobody
from crt_scheduler.imports.incidents_file import AHEAD
from crt_scheduler.imports.kind_value import WHOSE, Kind
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import CallAnswer, Responder
from solver.wording import mark, tr

FIELDS = (
    Field("call", mark("Call"), "id", ("call", "number", "incident number", "call number")),
    WHOSE,
    Field("time", mark("Time"), "moment", ("time", "timestamp", "at", "date time")),
    Field("answer", mark("Answer"), "choice", ("answer", "said", "response", "result"), "answer", own=ANSWERS),
    Field("reason", mark("Reason"), "remark", ("reason", "why")),
)
NEEDED = ("call", "person", "time", "answer")


@dataclass(frozen=True)
class AnswerLine:
    """One answer of a file: row numbers of call and responder, an UTC instant, the answer and why."""

    call_id: int
    responder_id: int
    at: dt.datetime
    answer: str
    reason: str


@dataclass(frozen=True)
class _Known:
    calls: dict[str, int]
    people: dict[str, int]
    order: dates.Order
    zone: times.Zone
    now: dt.datetime


def read(
    session: Session, sheet: Sheet, mapping: dict[str, str], *, now: dt.datetime, date_order: str | None = None
) -> ImportPlan[AnswerLine]:
    """Read answers against the records and plan what to add or change; a call is named 27-0031, or 27-0031/2.

    Raises CrtError for a missing column or dates of no certain order.
    """
    held = columns(sheet, mapping, known=FIELDS, required=NEEDED)
    orders = date_orders.orders(held, ("time",), date_order)
    known = _Known(
        calls_by_name(session), _people(session), orders["time"], customs.zone_of(programme_of(session)), now
    )
    of = CallAnswer
    held_rows = session.execute(select(of.call_id, of.responder_id, of.at, of.answer, of.reason))
    there = {(row.call_id, row.responder_id, row.at): AnswerLine(*row) for row in held_rows}
    drafts: dict[tuple[int, int, dt.datetime], AnswerLine] = {}
    new = changed = unchanged = 0
    bad = []
    for row in sheet.rows:
        reader = Reader(held, row)
        line = _line(reader, known)
        bad += reader.bad
        if reader.bad or line is None:
            continue
        key = (line.call_id, line.responder_id, line.at)
        before = drafts.get(key) or there.get(key)
        new += before is None
        changed += before is not None and before != line
        unchanged += before == line
        if before != line:
            drafts[key] = line
    return ImportPlan(new, changed, unchanged, tuple(bad), tuple(drafts.values()), unused=held.unused())


def _people(session: Session) -> dict[str, int]:
    return {code.casefold(): number for number, code in session.execute(select(Responder.id, Responder.code))}


def _line(reader: Reader, known: _Known) -> AnswerLine | None:
    call = call_numbers.look_up(known.calls, reader.text("call"))
    if call is None:
        reader.refuse("call", tr("no call has this number; import calls first, or correct it"))
    person = known.people.get(reader.text("person").casefold())
    if person is None:
        reader.refuse("person", nobody())
    at = _moment(reader, known)
    said, reason = reader.one_of("answer", ANSWERS), reader.text("reason").casefold()
    if said == "declined" and reason not in ("", *REASONS):
        reader.refuse("reason", tr("use one of {names}", names=", ".join(REASONS)))
    if call is None or person is None or at is None:
        return None
    return AnswerLine(call, person, at, said, reason if said == "declined" else "")


def _moment(reader: Reader, known: _Known) -> dt.datetime | None:
    try:
        at = dates.moment_in(reader.text("time"), known.order, known.zone)
    except (ValueError, OverflowError) as fault:
        reader.refuse("time", str(fault))
        return None
    if at > known.now + AHEAD:
        reader.refuse("time", tr("lies more than a year ahead; check the year"))
    return at


def write(session: Session, plan: ImportPlan[AnswerLine]) -> None:
    """Add and change the planned answers."""
    there: dict[tuple[int, int, dt.datetime], CallAnswer] = {}
    if plan.changed:
        there = {(row.call_id, row.responder_id, row.at): row for row in session.scalars(select(CallAnswer))}
    fresh = []
    for line in plan.drafts:
        row = there.get((line.call_id, line.responder_id, line.at))
        if row is None:
            fresh.append({**asdict(line), "available": ""})
        else:
            row.answer, row.reason = line.answer, line.reason
    new_rows.add(session, CallAnswer, fresh)
    session.flush()


KIND = Kind(
    "answers", mark("Answers to call-outs"), mark("answers to call-outs"), FIELDS, NEEDED, read, write,
    things=(mark("1 answer"), mark("{} answers")),
)  # fmt: skip
