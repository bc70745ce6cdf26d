"""The duty sheet: a PDF of who is on call, shift by shift in the order to call them, with phones; made on request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from crt_scheduler import times
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.publish.one_line import one_line
from crt_scheduler.publish.printed_page import Block, Line, Page
from crt_scheduler.publish.wanted_calendars import order_of_call, post
from crt_scheduler.responders.phone_numbers import phone_words
from crt_scheduler.times import month_words
from solver.problem import CITY
from solver.wording import mark, tr

NOTICE = mark("Contains phone numbers. Made on request for the duty lead; do not publish.")


@dataclass(frozen=True)
class Sheet:
    """What stands on a duty sheet beside its rows: programme, month, version and its time, zone and country."""

    programme: str
    month: str
    version: int
    published: dt.datetime
    zone: times.Zone
    country: str


def duty_sheet(rows: Sequence[AssignmentRow], phones: Mapping[str, str], sheet: Sheet) -> bytes:
    """Return the PDF of a month's roster with each person's phone; the same roster is always the same bytes."""
    names = {row.person: one_line(row.name) for row in rows}
    told = times.local(sheet.published, sheet.zone)
    page = Page(
        title=tr("Duty sheet, {month}", month=month_words(sheet.month)),
        subtitle=tr(
            "{programme}, version {version}, published {day} {clock}",
            programme=sheet.programme,
            version=sheet.version,
            day=times.day_words(told.date()),
            clock=times.clock_at(sheet.published, sheet.zone),
        ),
        notice=tr(NOTICE),
        letters=[*names.values(), *(row.area for row in rows), *(row.template for row in rows), sheet.programme],
        made=sheet.published,
    )
    numbers = {code: one_line(phone_words(phone, sheet.country)) for code, phone in phones.items()}
    for date, of_day in groupby(sorted(rows, key=lambda row: row.date), key=lambda row: row.date):
        page.day(times.day_words(date), _blocks(list(of_day), names, numbers, sheet))
    return page.to_bytes()


def _blocks(
    rows: list[AssignmentRow], names: Mapping[str, str], numbers: Mapping[str, str], sheet: Sheet
) -> list[Block]:
    """Return a date's shifts by start, those in areas before those that are only city-wide."""
    by_shift: dict[tuple[object, ...], list[AssignmentRow]] = {}
    areas = {row.template for row in rows if row.area != CITY}
    for row in rows:
        by_shift.setdefault((row.template not in areas, row.start, row.end, row.template), []).append(row)
    return [
        Block(_heading(crew[0], sheet), tuple(_lines(crew, names, numbers)))
        for _, crew in sorted(by_shift.items(), key=lambda item: item[0])
    ]


def _heading(row: AssignmentRow, sheet: Sheet) -> str:
    start, end = (times.clock_at(moment, sheet.zone) for moment in (row.start, row.end))
    length = times.hours_words(times.minutes(row.end) - times.minutes(row.start))
    return f"{row.template.capitalize()}  {start}-{end}  ({length} h)"


def _lines(crew: list[AssignmentRow], names: Mapping[str, str], numbers: Mapping[str, str]) -> list[Line]:
    """Return the people of one shift area by area, the city's duties last, each area in the order to call."""
    lines, area = [], ""
    for row in sorted(crew, key=lambda row: (row.area == CITY, row.area, *order_of_call(row))):
        lines.append(
            Line(
                area="" if row.area == area else row.area,
                person=row.person,
                name=names[row.person],
                post=post(row),
                phone=numbers.get(row.person, ""),
            )
        )
        area = row.area
    return lines
