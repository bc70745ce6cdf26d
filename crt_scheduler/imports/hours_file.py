"""Hours from a file: whose, of what kind, when and at which call; the same file twice changes nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, dates, new_rows, times
from crt_scheduler.errors import CrtError
from crt_scheduler.file_field import Field
from crt_scheduler.hours import typed_hours
from crt_scheduler.hours.ledger_rows import call_names, calls_by_name, rows
from crt_scheduler.hours.ledger_values import KINDS, STATES, EntryRow, Stretch, kind_of, kind_words
from crt_scheduler.hours.taken import Taken
from crt_scheduler.imports import date_orders
from crt_scheduler.imports.change_plan import Columns, ImportPlan, Reader, columns, nobody, plain
from crt_scheduler.imports.hours_known import HoursLine, Ledger
from crt_scheduler.imports.incidents_file import AHEAD
from crt_scheduler.imports.kind_value import WHOSE, Kind
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import HoursEntry, Responder
from solver.wording import counted, mark, tr

FIELDS = (
    WHOSE,
    Field("kind", mark("Kind"), "choice", ("kind", "type", "activity", "category"), "hours_kind", own=KINDS),
    Field("date", mark("Date"), "date"),
    Field("start", mark("Start"), "moment", ("start", "from", "start time", "began", "date")),
    Field("end", mark("End"), "moment", ("end", "to", "end time", "ended")),
    Field("minutes", mark("Minutes"), "number", ("minutes", "duration", "duration min", "length")),
    Field("hours", mark("Hours")),
    Field("call", mark("Call"), "id", ("call", "call number", "incident", "incident number")),
    Field("state", mark("State"), "choice", ("state", "status"), "state", own=STATES),
    Field("approved_by", mark("Approved by")),
)
_PARTS = {"date": "date", "start": "start", "end": "end", "minutes": "minutes"}
_DECIMAL = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?$")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::00)?$")


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """One entry to write: its values, and the number of the entry it changes (None: a new one)."""

    entry: int | None
    responder_id: int
    kind: str
    stretch: Stretch
    call_id: int | None
    state: str
    approved_by: str
    key: str


@dataclass
class _Setting:
    zone: times.Zone
    now: dt.datetime
    orders: dict[str, dates.Order]
    people: dict[str, tuple[int, str]]
    calls: dict[str, int]
    names: dict[int, str]
    ledger: Ledger
    taken: Taken


def read(
    session: Session, sheet: Sheet, mapping: dict[str, str], *, now: dt.datetime, date_order: str | None = None
) -> ImportPlan[HoursDraft]:
    """Read hours against the records and plan what to add or change; a list that `hours list --out` wrote is one too.

    An entry is known by person, kind, start and call, one without times by its date and minutes. Raises CrtError for a
    missing column or dates of no certain order.
    """
    held = _columns(sheet, mapping)
    setting = _setting(session, now, date_orders.orders(held, ("date", "start", "end"), date_order))
    readers = [Reader(held, row) for row in sheet.rows]
    lines = [(reader, _line(reader, setting)) for reader in readers]
    same = {line.line: _claimed(setting, line) for _, line in lines if line is not None}
    drafts: list[HoursDraft] = []
    unchanged = 0
    for reader, line in lines:
        draft, is_known = (None, False) if line is None else _draft(reader, setting, line, same[line.line])
        if draft is not None and not is_known:
            drafts.append(draft)
        unchanged += is_known
    new = sum(draft.entry is None for draft in drafts)
    bad = tuple(fault for reader in readers for fault in reader.bad)
    return ImportPlan(
        new, len(drafts) - new, unchanged, bad, tuple(drafts), notes=_early(drafts, now), unused=held.unused()
    )


def _columns(sheet: Sheet, mapping: dict[str, str]) -> Columns:
    """Find the columns; when an entry was is said by its start, or by its date."""
    is_dated = mapping.get("date") or any(plain(name) == "date" for name in sheet.header)
    return columns(sheet, mapping, known=FIELDS, required=("person", "kind", "date" if is_dated else "start"))


def _early(drafts: list[HoursDraft], now: dt.datetime) -> tuple[str, ...]:
    """Remark on hours in the future, as of incidents; those more than a year ahead are refused."""
    early = sum((draft.stretch.end or now) > now for draft in drafts)
    return (
        (counted(early, "{n} lies in the future: check the dates.", "{n} lie in the future: check the dates."),)
        if early
        else ()
    )


def _setting(session: Session, now: dt.datetime, orders: dict[str, dates.Order]) -> _Setting:
    there = rows(session)
    people = select(Responder.id, Responder.code)
    return _Setting(
        zone=customs.zone_of(programme_of(session)),
        now=now,
        orders=orders,
        people={code.casefold(): (number, code) for number, code in session.execute(people)},
        calls=calls_by_name(session),
        names=call_names(session),
        ledger=Ledger(there),
        taken=Taken(there),
    )


def _line(reader: Reader, setting: _Setting) -> HoursLine | None:
    """Return what a row says, or None where something of it cannot be taken."""
    who = setting.people.get(reader.text("person").casefold())
    if who is None:
        reader.refuse("person", nobody())
    kind = _kind(reader)
    call = _call(reader, setting)
    state = reader.one_of("state", STATES, "logged")
    stretch = _stretch(reader, setting)
    if reader.bad or who is None or stretch is None:
        return None
    by = reader.text("approved_by") if state == "approved" else ""
    return HoursLine(reader.row.line, who, kind, stretch, call, setting.names.get(call or 0, ""), state, by)


def _claimed(setting: _Setting, line: HoursLine) -> EntryRow | None:
    """Return the entry that a line says again, before any other line is taken for a correction of it."""
    there = setting.ledger.same(line)
    if there is not None:
        setting.ledger.lines[there.key] = line.line
    return there


def _draft(
    reader: Reader, setting: _Setting, line: HoursLine, there: EntryRow | None
) -> tuple[HoursDraft | None, bool]:
    """Return the entry that a line makes, and whether the records say the same already."""
    key = there.key if there is not None else ""
    if there is None:
        key, there = setting.ledger.known(line)
        if key in setting.ledger.lines:
            reader.refuse(
                "start",
                tr("the same hours are on line {lines}; delete one of the two", lines=setting.ledger.lines[key]),
            )
            return None, False
        if _overlaps(reader, setting, line, key):
            return None, False
        setting.ledger.lines[key] = line.line
    elif _overlaps(reader, setting, line, key):
        return None, False
    when = line.stretch
    if when.start and when.end:
        setting.taken.put(line.who[1], line.kind, when.start, when.end, key, call=line.call_name)
    by = line.approved_by or (there.approved_by if there else "") or "import"
    draft = HoursDraft(
        there.id if there else None, line.who[0], line.kind, when, line.call, line.state,
        by if line.state == "approved" else "", key,
    )  # fmt: skip
    return draft, there is not None and _same(there, draft, line)


def _overlaps(reader: Reader, setting: _Setting, line: HoursLine, key: str) -> bool:
    """Refuse a line whose hours overlap others of the same person and kind."""
    when, kind = line.stretch, line.kind
    if not (when.start and when.end):
        return False
    clash = setting.taken.clash(line.who[1], kind, when.start, when.end, call=line.call_name, but=key)
    if clash is None:
        return False
    lines = setting.ledger.lines
    where = tr("on line {lines}", lines=lines[clash[2]]) if clash[2] in lines else tr("in the records")
    reader.refuse(
        "start", tr("overlaps other {kind} hours of the same person {where}", kind=kind_words(kind), where=where)
    )
    return True


def _same(there: EntryRow, draft: HoursDraft, line: HoursLine) -> bool:
    when = Stretch(there.date, there.start, there.end, there.minutes)
    said = (draft.stretch, line.call_name, draft.state, draft.approved_by)
    return (when, there.call, there.state, there.approved_by) == said


def _kind(reader: Reader) -> str:
    try:
        return kind_of(reader.text("kind"))
    except CrtError as fault:
        reader.refuse("kind", str(fault))
        return ""


def _call(reader: Reader, setting: _Setting) -> int | None:
    text = reader.text("call")
    found = call_numbers.look_up(setting.calls, text) if text else None
    if text and found is None:
        reader.refuse("call", tr("there is no such call; import calls first, or correct the number"))
    return found


def _stretch(reader: Reader, setting: _Setting) -> Stretch | None:
    """Return when an entry was; its minutes may be said as hours too, and both must agree."""
    start, end = reader.text("start"), reader.text("end")
    minutes, date = _minutes(reader), _date(reader, setting)
    if reader.bad:
        return None
    stretch, faults = typed_hours.read(
        date=date, start=start, end=end, minutes=minutes, zone=setting.zone, now=setting.now + AHEAD,
        order=setting.orders.get("start", setting.orders.get("end", "iso")),
    )  # fmt: skip
    for fault in faults:
        part = _PARTS[fault.field]
        reader.refuse(part if part != "date" or reader.columns.has("date") else "start", fault.sentence)
    return stretch


def _date(reader: Reader, setting: _Setting) -> str:
    """Return the date of a row as 2027-01-31, by the order of its own column."""
    text = reader.text("date")
    if not text:
        return ""
    try:
        return dates.date_in(text, setting.orders["date"]).isoformat()
    except ValueError as fault:
        reader.refuse("date", str(fault))
        return ""


def _minutes(reader: Reader) -> str:
    """Return how long a row says it was, in minutes; hours are written 0:45, 1.5 or 1,5."""
    minutes, hours = reader.text("minutes"), reader.text("hours")
    if not hours:
        return minutes
    clock, decimal = _CLOCK.match(hours), _DECIMAL.match(hours)
    if clock:
        found = int(clock[1]) * 60 + int(clock[2])
    elif decimal:
        found = round(float(f"{decimal[1]}.{decimal[2] or 0}") * 60)
    else:
        reader.refuse("hours", tr("is not a length; write hours as 1:30 or 1.5"))
        return minutes
    if minutes.isdecimal() and int(minutes) != found:
        reader.refuse(
            "hours", tr("makes {found} minutes, not {minutes}; leave one of the two out", found=found, minutes=minutes)
        )
    return minutes or str(found)


def write(session: Session, plan: ImportPlan[HoursDraft]) -> None:
    """Add and change the planned entries."""
    there: dict[int, HoursEntry] = {}
    if plan.changed:
        wanted = {draft.entry for draft in plan.drafts}
        there = {row.id: row for row in session.scalars(select(HoursEntry)) if row.id in wanted}
    fresh: list[dict[str, Any]] = []
    for draft in plan.drafts:
        if draft.entry is None:
            fresh.append(_values(draft))
            continue
        for name, value in _values(draft).items():
            setattr(there[draft.entry], name, value)
    new_rows.add(session, HoursEntry, fresh)
    session.flush()


def _values(draft: HoursDraft) -> dict[str, Any]:
    when = draft.stretch
    return {
        "responder_id": draft.responder_id, "kind": draft.kind, "date": when.date, "start": when.start,
        "end": when.end, "minutes": when.minutes, "call_id": draft.call_id, "state": draft.state,
        "approved_by": draft.approved_by, "key": draft.key,
    }  # fmt: skip


KIND = Kind(
    "hours", mark("Hours"), mark("hours"), FIELDS, ("person", "kind"), read, write,
    things=(mark("1 entry"), mark("{} entries")),
)  # fmt: skip
