"""Hours sheets out: one per person with their shifts and calls of a month to complete, and lines for all else."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster, sheets, times, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.hours import typed_hours
from crt_scheduler.hours.keys import LineKey
from crt_scheduler.hours.ledger_rows import call_words, rows
from crt_scheduler.hours.ledger_values import CALL_KINDS, OTHER_KINDS, RESPONSE, TRAVEL, EntryRow, kind_words
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Call, CallResponder, HoursEntry, Responder
from solver.wording import tr

HEADER = ("key", "person", "name", "what", "kind", "call", "date", "start", "end", "minutes", "state")
BLANKS = 12
"""Lines for hours that are in nobody's records yet."""
Said = Callable[[int, int], object]
"""Hears how many sheets are done, and of how many."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the sheet before it is filled: what it stands for and what is known of it."""

    line: str
    what: str
    kind: str = ""
    call: str = ""
    date: dt.date | None = None


def write(
    session: Session,
    month: str,
    folder: Path,
    *,
    person: str = "",
    as_csv: bool = False,
    said: Said | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the month's sheets into a folder, for everyone on the team or one person, and return their paths.

    Raises CrtError for a stranger, a word that is no month, and as `writing.write_all` does.
    """
    days, zone = times.month_days(month), customs.zone_of(programme_of(session))
    people = [roster.person(session, person)] if person else _team(session)
    duties, calls, logged = _duties(session, month), _calls(session, days, zone), _logged(session, days)
    blanks = _filled_blanks(session, month)
    ending = "csv" if as_csv else "xlsx"
    made: dict[Path, bytes] = {}
    for n, who in enumerate(people, start=1):
        lines = [*_shift_lines(who, duties[who.code], zone), *calls[who.id]]
        cells = list(_cells(who, month, lines, logged[who.code], blanks[who.code] + 1, zone))
        path = folder / f"hours-{month}-{file_part(who.code)}.{ending}"
        refuse_second(path, made, who.code)
        made[path] = _content(cells, tr("Hours {month} {code}", month=month, code=who.code), as_csv=as_csv)
        if said is not None:
            said(n, len(people))
    writing.write_all(made, force=force)
    return tuple(made)


def file_part(code: str) -> str:
    """Return an id as part of a file's name."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in code)


def refuse_second(path: Path, made: Collection[Path], code: str) -> None:
    """Raise CrtError for a sheet whose name another person's has already: one would take the other's place."""
    if path in made:
        raise CrtError(
            tr(
                "The sheet of {code} would have the name of another's, {name}. Give one another id.",
                code=code,
                name=path.name,
            )
        )


def _content(cells: list[list[sheets.Cell]], title: str, *, as_csv: bool) -> bytes:
    if as_csv:
        return sheets.csv_bytes(HEADER, cells)
    kinds = [kind_words(kind) for kind in (*CALL_KINDS, *OTHER_KINDS)]
    return sheets.xlsx_bytes(HEADER, cells, title=title, hidden=("key",), choices={"kind": kinds})


def _team(session: Session) -> list[Responder]:
    query = select(Responder).where(Responder.status != "inactive").order_by(Responder.code)
    return list(session.scalars(query))


def _duties(session: Session, month: str) -> defaultdict[str, list[AssignmentRow]]:
    found: defaultdict[str, list[AssignmentRow]] = defaultdict(list)
    for row in roster.month_rows(session, month):
        found[row.person].append(row)
    return found


def _logged(session: Session, days: list[dt.date]) -> defaultdict[str, list[EntryRow]]:
    """Return the month's entries by person, with those of the morning after its last night."""
    found: defaultdict[str, list[EntryRow]] = defaultdict(list)
    for row in rows(session, days[0], days[-1] + dt.timedelta(days=1)):
        found[row.person].append(row)
    return found


def _calls(session: Session, days: list[dt.date], zone: times.Zone) -> defaultdict[int, list[_Line]]:
    """Return the lines of the month's calls by responder (row number): the response and the way."""
    query = (
        select(CallResponder.responder_id, Call.id, Call.number, Call.case, Call.notified)
        .join(Call, CallResponder.call_id == Call.id)
        .where(
            Call.notified >= times.instant(days[0], dt.time(), zone),
            Call.notified < times.instant(days[-1] + dt.timedelta(days=1), dt.time(), zone),
        )
        .order_by(Call.notified, Call.id)
    )
    found: defaultdict[int, list[_Line]] = defaultdict(list)
    for who, call, number, case, at in session.execute(query):
        name, local = call_words(number, case), times.local(at, zone)
        for kind, words in ((RESPONSE, tr("on scene")), (TRAVEL, "travel")):
            what = tr("Call {name}, {clock}: {words}", name=name, clock=times.clock_at(at, zone), words=words)
            found[who].append(_Line(f"call:{call}:{who}:{kind}", what, kind, name, local.date()))
    return found


def _shift_lines(who: Responder, duties: list[AssignmentRow], zone: times.Zone) -> Iterator[_Line]:
    for duty in duties:
        start, end = times.clock_at(duty.start, zone), times.clock_at(duty.end, zone)
        what = tr(
            "On call, {template}, {area}, {start} to {end}: a call not listed here",
            template=duty.template,
            area=duty.area,
            start=start,
            end=end,
        )
        yield _Line(f"form:{who.code}:{duty.shift}", what, RESPONSE, "", duty.date)


def _cells(
    who: Responder, month: str, lines: list[_Line], logged: list[EntryRow], first_free: int, zone: times.Zone
) -> Iterator[list[sheets.Cell]]:
    """Yield the cells of one sheet: shifts and calls by date, what else is logged, and blank lines from a number on."""
    held = {row.key: row for row in logged}
    known = {line.line for line in lines}
    others = [
        _Line(row.key, tr("Logged already"), row.kind, row.call, row.date)
        for row in logged
        if row.key not in known and times.month_of(row.date) == month
    ]
    blank = [_Line(f"form:{who.code}:{month}:{n}", "") for n in range(first_free, first_free + BLANKS)]
    for line in (*sorted([*lines, *others], key=lambda line: line.date or dt.date.min), *blank):
        row = held.get(line.line)
        start, end, minutes = written(row, line.date, zone) if row else ("", "", "")
        yield [
            str(LineKey(who.code, month, line.line)),
            who.code,
            who.name,
            line.what,
            kind_words(row.kind if row else line.kind),
            line.call,
            "" if line.date is None else line.date.isoformat(),
            start,
            end,
            minutes,
            row.state if row else "",
        ]


def _filled_blanks(session: Session, month: str) -> Counter[str]:
    """Return the highest number of a blank line of the month that each person filled in, whatever its date is now."""
    found: Counter[str] = Counter()
    for key in session.scalars(select(HoursEntry.key).where(HoursEntry.key.like(f"form:%:{month}:%"))):
        code, _, number = key.removeprefix("form:").rpartition(f":{month}:")
        if number.isdigit():
            found[code] = max(found[code], int(number))
    return found


def written(row: EntryRow, day: dt.date | None, zone: times.Zone) -> tuple[str, str, str]:
    """Return start, end and minutes as a sheet holds them: clock times where they say the same on that date."""
    if row.start is None or row.end is None:
        return "", "", str(row.minutes)
    start, end = times.local(row.start, zone), times.local(row.end, zone)
    short = f"{start:%H:%M}", f"{end:%H:%M}", ""
    if day == row.date:
        read, _ = typed_hours.read(date=day.isoformat(), start=short[0], end=short[1], zone=zone, now=row.end)
        if read is not None and (read.start, read.end) == (row.start, row.end):
            return short
    return start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"), ""
