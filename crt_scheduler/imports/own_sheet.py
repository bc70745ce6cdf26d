"""Our own availability sheets among the files that come in: known by their keys, and read by them and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler import month_answers, remedies, times, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.file_field import Field
from crt_scheduler.hours import offers
from crt_scheduler.hours.keys import key_of
from crt_scheduler.hours.report import SheetsReport
from crt_scheduler.imports import people_by_dates
from crt_scheduler.imports.change_plan import BadRow, ImportPlan
from crt_scheduler.imports.kind_value import WHOSE, Kind
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from solver.wording import mark, tr

FIELDS = (
    Field("key", mark("Key")),
    WHOSE,
    Field("name", mark("Name"), "name"),
    Field("date", mark("Date"), "date"),
    Field("weekday", mark("Weekday")),
    Field("shift", mark("Shift"), "choice"),
    Field("hours", mark("Hours")),
    Field("grade", mark("Grade"), "choice"),
)
NEEDED = ("key", "grade")
OFFER, HOURS = "offer:", ("form:", "call:")
"""How the keys of our sheets' lines begin: of availability, and of hours."""
SAID = mark("One of our availability sheets: its hidden keys say whose and of which shift each line is.")


def is_own(sheet: Sheet) -> bool:
    """Is a table one of our availability sheets, by its columns and the key of any of its lines?"""
    if not set(NEEDED) <= set(sheet.header):
        return False
    if set(KIND.fields) <= set(sheet.header):
        return True
    return any(_line(row.cells["key"]).startswith(OFFER) for row in sheet.rows)


def refuse_hours(sheet: Sheet) -> None:
    """Raise CrtError for one of our hours sheets: as a list its lines would come in twice, here and by their keys."""
    if "key" in sheet.header and any(_line(row.cells["key"]).startswith(HOURS) for row in sheet.rows):
        raise CrtError(
            tr("{name} is one of our hours sheets, whose hidden keys say what each line is.", name=sheet.path.name),
            remedies.READ_HOURS.of(name=sheet.path.name),
        )


def _line(words: str) -> str:
    """Return what a key stands for, or nothing where it is none."""
    try:
        return key_of(words).line
    except CrtError:
        return ""


def read(
    session: Session, sheet: Sheet, mapping: dict[str, str], *, now: dt.datetime, is_looked_over: bool = False
) -> ImportPlan[Any]:
    """Read a sheet of ours against the records and plan the wishes to keep; an empty grade leaves a wish as it is."""
    found, report = offers.Offers(session, now), SheetsReport("offers", files=1, dry_run=True)
    if writing.is_ours(sheet.path):
        report.untouched.add(sheet.path.name)
    found.judge([(sheet.path.name, row) for row in sheet.rows], report)
    cells = {row.line: row.cells for row in sheet.rows}
    bad = tuple(BadRow(each.line, "grade", cells[each.line]["grade"], _reason(each.words)) for each in report.bad)
    heard = found.answers()
    return ImportPlan(
        new=report.count("new"),
        changed=report.count("changed"),
        unchanged=report.count("unchanged"),
        bad=bad,
        drafts=tuple(found.wanted.items()),
        notes=(*report.notes, *_untouched(report.untouched)),
        answers=tuple(sorted(heard, key=lambda each: each.responder_id)),
        poll=_poll(session, sheet, found, now) if is_looked_over else None,
    )


def _untouched(files: set[str]) -> tuple[str, ...]:
    return tuple(tr("{name} is as it was written: nobody has filled it in yet.", name=name) for name in files)


def _reason(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}".rstrip(".")


def write(session: Session, plan: ImportPlan[Any]) -> None:
    """Keep the planned wishes, and who answered."""
    offers.keep(session, dict(plan.drafts), plan.answers)


def _poll(session: Session, sheet: Sheet, found: offers.Offers, now: dt.datetime) -> people_by_dates.Poll:
    """Return the sheet as people by dates."""
    told, whose = [], {}
    for each in found.said:
        told.append(
            people_by_dates.Told(each.line, each.grade, each.grade, each.date, each.date, times.ALL_WEEK, each.hours)
        )
        whose[each.line] = people_by_dates.Whose(each.name, each.person)
    month = times.month_of(min(each.date for each in found.said)) if found.said else _month(sheet, now)
    codes = {each.person for each in found.said}
    waiting = [each for each in month_answers.waiting(session, month) if each.id not in codes]
    return people_by_dates.poll(
        told, whose, columns={}, waiting=waiting, month=month, zone=customs.zone_of(programme_of(session))
    )


def _month(sheet: Sheet, now: dt.datetime) -> str:
    keys = (row.cells["key"] for row in sheet.rows)
    months: Sequence[str] = [key_of(key).month for key in keys if _line(key).startswith(OFFER)]
    return months[0] if months else times.next_month(now.date())


KIND = Kind(
    "availability", mark("Availability"), mark("availability"), FIELDS, NEEDED, read, write,
    things=(mark("1 line"), mark("{} lines")),
)  # fmt: skip
"""Our own availability sheets, which are read by their keys; they come in as availability."""
