"""What the roster of a month says now, as every calendar would say it: one entry per calendar, shift and person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.publish.one_line import one_line
from crt_scheduler.publish.outgoing_names import person_calendar, roster_calendar, short_name
from crt_scheduler.roster import month_rows
from crt_scheduler.tables import Programme
from solver.role_names import seat_words
from solver.wording import tr

ROLES = ("duty_lead", "lead", "responder", "trainee", "clergy")
"""The order in which people of one shift are named."""
TIERS = ("", "primary", "backup")


class Wanted(msgspec.Struct, frozen=True):
    """What one calendar should say of one person's shift; the "as of" line is not part of it."""

    calendar: str
    code: str
    shift_key: str
    start: dt.datetime
    end: dt.datetime
    summary: str
    description: str
    location: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What the ledger knows this entry by."""
        return self.calendar, self.shift_key, self.code


def wanted(session: Session, programme: Programme, month: str) -> tuple[Wanted, ...]:
    """Return what the month's roster asks of each person's calendar and of each area's whole-roster calendar."""
    crews: dict[str, list[AssignmentRow]] = defaultdict(list)
    for row in month_rows(session, month):
        crews[row.shift].append(row)
    return tuple(
        entry
        for crew in crews.values()
        for row in sorted(crew, key=order_of_call)
        for entry in _entries(row, crew, programme, month)
    )


def order_of_call(row: AssignmentRow) -> tuple[object, ...]:
    """Return where a person stands among those of one shift: by tier, then lead first."""
    role = ROLES.index(row.role) if row.role in ROLES else len(ROLES)
    return TIERS.index(row.tier) if row.tier in TIERS else len(TIERS), role, row.name, row.person


def post(row: AssignmentRow) -> str:
    """Return the role as people say it, such as duty lead or clergy primary."""
    return seat_words(row.role, row.tier)


def _entries(
    row: AssignmentRow, crew: Iterable[AssignmentRow], programme: Programme, month: str
) -> tuple[Wanted, Wanted]:
    place = one_line(programme.report_to)
    report = [tr("Report to: {place}", place=place)] if place else []
    others = sorted((other for other in crew if other.person != row.person), key=order_of_call)
    company = (
        [tr("With: {names}", names=", ".join(_partner(other) for other in others))]
        if programme.show_partner and others
        else []
    )
    on_call = tr("On call: {post}, {area}", post=post(row), area=row.area)
    own = _entry(row, person_calendar(row.person), on_call, [*company, *report], place)
    whole = _entry(row, roster_calendar(row.area, month), f"{one_line(row.name)} - {on_call}", report, place)
    return own, whole


def _partner(row: AssignmentRow) -> str:
    name = short_name(one_line(row.name))
    return f"{name} ({row.tier})" if row.tier else name


def _entry(row: AssignmentRow, calendar: str, summary: str, lines: list[str], place: str) -> Wanted:
    return Wanted(
        calendar=calendar,
        code=row.person,
        shift_key=row.shift,
        start=row.start.replace(microsecond=0),
        end=row.end.replace(microsecond=0),
        summary=one_line(summary),
        description="\n".join(one_line(line) for line in lines),
        location=place,
    )
