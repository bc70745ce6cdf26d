"""Hours sheets back: every line against the records, row by row; all of it in one act, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import typed_hours
from crt_scheduler.hours.hours_ledger import overlap_words
from crt_scheduler.hours.hours_sheet_records import Records, line_of, records_of
from crt_scheduler.hours.keys import SIGN, LineKey, key_of
from crt_scheduler.hours.ledger_values import KINDS_SAID, Stretch, kind_of
from crt_scheduler.hours.report import BadSheets, SheetLine, SheetsReport, rows_in
from crt_scheduler.hours.resaved import date_in_month, is_same_id
from crt_scheduler.sheets import Row
from crt_scheduler.store import Store
from crt_scheduler.tables import HoursEntry, Responder
from solver.wording import mark, tr

NEEDED = ("key", "kind", "date", "start", "end", "minutes")
FILLED = ("start", "end", "minutes")


def read(store: Store, path: Path, *, dry_run: bool = False, skip_bad: bool = False) -> SheetsReport:
    """Read a sheet or a folder of sheets as one act, or with `dry_run` only say what it would do.

    Lines left empty say nothing. Raises BadSheets (a CrtError with the report) for lines that cannot be taken without
    `skip_bad`, and CrtError for a file that cannot be read or a folder without sheets; then nothing is written.
    """
    report = SheetsReport("entries", dry_run=dry_run)
    found = list(rows_in(path, report, NEEDED))
    if dry_run:
        with store.read() as session:
            _judge(records_of(session, found, store.now), found, report)
        return report
    report.written = store.do(READ(path, found, report, skip_bad=skip_bad, now=store.now)).answer
    return report


def take(
    session: Session,
    path: Path,
    found: list[tuple[str, Row]],
    report: SheetsReport,
    *,
    skip_bad: bool,
    now: dt.datetime,
) -> bool:
    """Write what the lines of sheets say, and return whether anything changed; raises BadSheets as `read` does."""
    held = records_of(session, found, now)
    _judge(held, found, report)
    if report.bad and not skip_bad:
        raise BadSheets(report)
    for row, values in held.changes:
        if row is None:
            session.add(HoursEntry(**values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
    session.flush()
    return bool(held.changes)


READ = Act(take, mark("Read hours from {path.name}"))


def _judge(held: Records, found: list[tuple[str, Row]], report: SheetsReport) -> None:
    for file, row in found:
        person = row.cells.get("person", "")
        if _is_empty(row):
            report.lines += _cleared(held, file, row, person)
            continue
        try:
            outcome, words = _take(held, file, row)
        except CrtError as fault:
            outcome, words = "bad", str(fault)
        report.lines.append(SheetLine(file, row.line, person, outcome, words))


def _cleared(held: Records, file: str, row: Row, person: str) -> Iterator[SheetLine]:
    """Say of an empty line whose hours are logged that they stay: who empties it may mean to take them out."""
    there = held.entries.get(line_of(row))
    if there is not None:
        words = tr(
            "{kind} of {date} stays: an empty line takes nothing out", kind=KINDS_SAID[there.kind], date=there.date
        )
        yield SheetLine(file, row.line, person, "unchanged", words)


def _is_empty(row: Row) -> bool:
    """Does a line say nothing? On a blank line every word counts; elsewhere date, kind and call stood there already."""
    if any(row.cells.get(name) for name in FILLED):
        return False
    key = row.cells["key"].split(SIGN)
    is_blank = len(key) == 4 and key[2].startswith(f"form:{key[0]}:{key[1]}:")
    return not (is_blank and any(row.cells.get(name) for name in ("what", "kind", "date", "call")))


def _take(held: Records, file: str, row: Row) -> tuple[str, str]:
    """Take one line that is filled in: note the change it makes, and return what becomes of it and in which words."""
    if row.beyond:
        raise CrtError(tr("The line has more cells than the header. Take a new sheet and write there."))
    key = key_of(row.cells["key"])
    if key.line in held.seen:
        raise CrtError(tr("This line is also in {seen}. Delete one of the two.", seen=held.seen[key.line]))
    who = held.people.get(key.person)
    if who is None:
        raise CrtError(tr("Nobody has the id {person!r} any more. Leave the sheet out.", person=key.person))
    if not is_same_id(row.cells.get("person", key.person), key.person):
        raise CrtError(
            tr("The line is on the sheet of {name}. Write other people's hours on their own sheets.", name=who.name)
        )
    values = _values(held, key, row, who)
    held.seen[key.line] = tr("{file}, line {line}", file=file, line=row.line)
    words = tr(
        "{name}: {kind}, {hours} on {values}",
        name=who.name,
        kind=KINDS_SAID[values["kind"]],
        hours=times.hours_words(values["minutes"]),
        values=values["date"],
    )
    there = held.entries.get(key.line)
    if there is not None and all(getattr(there, name) == value for name, value in values.items()):
        return "unchanged", words
    _refuse_change(held, key, there)
    _refuse_overlap(held, key, who, values)
    if there is None:
        values |= {"state": "logged", "approved_by": ""}
    held.changes.append((there, values))
    return ("new" if there is None else "changed"), words


def _values(held: Records, key: LineKey, row: Row, who: Responder) -> dict[str, Any]:
    kind = kind_of(row.cells["kind"]) if row.cells["kind"] else ""
    if not kind:
        raise CrtError(tr("The line names no kind. Write one, such as meeting."))
    call, anchor = _call(held, key, row, who, kind)
    stretch = _stretch(held, key, row, anchor)
    return {
        "responder_id": who.id,
        "kind": kind,
        "date": stretch.date,
        "start": stretch.start,
        "end": stretch.end,
        "minutes": stretch.minutes,
        "call_id": call,
        "key": key.line,
    }


def _call(held: Records, key: LineKey, row: Row, who: Responder, kind: str) -> tuple[int | None, dt.datetime | None]:
    """Return the call of a line and the moment its clock times follow; refuses a line that is not what it was."""
    said = row.cells.get("call", "")
    number = call_numbers.look_up(held.calls, said) if said else None
    if said and number is None:
        raise CrtError(tr("There is no call {said!r}. Correct the number, or leave it out.", said=said))
    head, *rest = key.line.split(":")
    if head == "call" and len(rest) == 3 and rest[0].isascii() and rest[0].isdigit() and len(rest[0]) < 16:
        call = int(rest[0])
        if (call, who.id) not in held.called or str(who.id) != rest[1]:
            raise CrtError(tr("{name} is not on this call any more. Leave the line empty.", name=who.name))
        if kind != rest[2].removesuffix("_back") or number != call:
            raise CrtError(tr("The kind or the call of this line was changed. Write other hours on a blank line."))
        return call, held.notified[call]
    shift = key.line.removeprefix(f"form:{key.person}:")
    if shift in held.shifts and kind != "response":
        raise CrtError(tr("The kind of this line was changed. Write other hours on a blank line."))
    return number, held.shifts.get(shift)


def _stretch(held: Records, key: LineKey, row: Row, anchor: dt.datetime | None) -> Stretch:
    cells = row.cells
    stretch, faults = typed_hours.read(
        date=date_in_month(cells["date"], key.month), start=cells["start"], end=cells["end"], minutes=cells["minutes"],
        zone=held.zone, now=held.now, anchor=anchor,
    )  # fmt: skip
    if stretch is None:
        raise CrtError(" ".join(fault.sentence for fault in faults))
    if anchor is None and times.month_of(stretch.date) != key.month:
        raise CrtError(
            tr(
                "{date} lies outside {month}. Use the sheet of that month.",
                date=stretch.date,
                month=times.month_words(key.month),
            )
        )
    if anchor is not None and not _is_of_line(stretch.date, times.local(anchor, held.zone).date()):
        raise CrtError(tr("{date} is not the day of this line. Write other hours on a blank line.", date=stretch.date))
    return stretch


def _is_of_line(date: dt.date, day: dt.date) -> bool:
    """Are hours of a date of the line of a day? A night and a call may lead into the next one."""
    return day <= date <= day + dt.timedelta(days=1)


def _refuse_change(held: Records, key: LineKey, there: HoursEntry | None) -> None:
    if key.line.rpartition(":")[0] + ":" in held.told:
        raise CrtError(tr("The call itself says other times. Correct them there; the hours follow."))
    if there is not None and there.state == "approved":
        raise CrtError(tr("These hours are approved. Take their approval back first to change them."))


def _refuse_overlap(held: Records, key: LineKey, who: Responder, values: dict[str, Any]) -> None:
    start, end, kind = values["start"], values["end"], values["kind"]
    there = held.entries.get(key.line)
    if there is not None and there.kind != kind:
        held.taken.drop(who.code, there.kind, key.line)
    if start is None:
        held.taken.drop(who.code, kind, key.line)
        return
    call = held.names.get(values["call_id"] or 0, "")
    clash = held.taken.clash(who.code, kind, start, end, call=call, but=key.line)
    if clash is not None:
        raise CrtError(overlap_words(who.name, kind, clash[0], clash[1], held.zone))
    held.taken.put(who.code, kind, start, end, key.line, call=call)
