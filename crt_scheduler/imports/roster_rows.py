"""The records behind a roster file: what there is to read it against, and writing its shifts and duties."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import new_rows, times
from crt_scheduler.imports.change_plan import ImportPlan
from crt_scheduler.imports.named_areas import City, city
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.roster import roster_of
from crt_scheduler.tables import Assignment, Responder, Seat, Shift, ShiftTemplate

Place = tuple[dt.date, int, int | None]
"""Where a duty is: date, shift template, and area (None: the whole city)."""


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """A shift as the records hold it: its key, template, area (None: the whole city) and instants."""

    key: str
    date: dt.date
    template_id: int
    area_id: int | None
    start: dt.datetime
    end: dt.datetime

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.date, self.template_id, self.area_id


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """One person on one seat of a shift; `changes` is the assignment that the file corrects."""

    shift: ShiftDraft
    responder_id: int
    role: str
    tier: str
    state: str
    changes: int | None = None


@dataclass(frozen=True)
class Template:
    """A shift template with the roles and tiers of its city-wide seats and of those in each area."""

    row: ShiftTemplate
    city_seats: tuple[tuple[str, str], ...]
    area_seats: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Held:
    """A duty somebody has already: in the records (`assignment`) or on an earlier line of the file."""

    key: str
    start: dt.datetime
    end: dt.datetime
    role: str
    tier: str
    state: str
    assignment: int | None
    line: int
    locked: bool = False
    place: Place | None = None


@dataclass
class Setting:
    """What each row is read against; `shifts`, `duties` and `taken` grow with the rows read."""

    places: City
    zone: times.Zone
    today: dt.date
    templates: dict[str, Template]
    people: dict[str, int]
    codes: dict[int, str]
    order: str
    shifts: dict[Place, ShiftDraft]
    duties: dict[int, dict[dt.date, list[Held]]]
    taken: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))


def setting(session: Session, *, now: dt.datetime, order: str) -> Setting:
    """Read what a roster file is read against: places, seats, people, and every shift and duty there is."""
    zone = customs.zone_of(programme_of(session))
    seats: dict[tuple[int, bool], list[tuple[str, str]]] = defaultdict(list)
    for seat in session.scalars(select(Seat).order_by(Seat.id)):
        seats[seat.template_id, seat.city_wide].append((seat.role, seat.tier))
    templates = {
        row.name.casefold(): Template(row, tuple(seats[row.id, True]), tuple(seats[row.id, False]))
        for row in session.scalars(select(ShiftTemplate))
    }
    codes = dict(session.execute(select(Responder.id, Responder.code)).all())
    found = Setting(
        places=city(session),
        zone=zone,
        today=times.local(now, zone).date(),
        templates=templates,
        people={code.casefold(): n for n, code in codes.items()},
        codes=codes,
        order=order,
        shifts={},
        duties=defaultdict(lambda: defaultdict(list)),
    )
    _add_known(session, found)
    return found


def _add_known(session: Session, setting: Setting) -> None:
    """Fill in the shifts and duties of the records."""
    of = Shift
    for values in session.execute(select(of.key, of.date, of.template_id, of.area_id, of.start, of.end)):
        shift = ShiftDraft(*values)
        setting.shifts[shift.date, shift.template_id, shift.area_id] = shift
    of_duty = Assignment
    found = session.execute(
        select(
            of_duty.id,
            of_duty.responder_id,
            of_duty.role,
            of_duty.tier,
            of_duty.state,
            of.key,
            of.date,
            of.start,
            of.end,
            of_duty.locked,
            of.template_id,
            of.area_id,
        )
        .join(of, of.id == of_duty.shift_id)
        .order_by(of_duty.id)
    )
    for number, person, role, tier, state, key, date, start, end, locked, template, area in found:
        held = Held(key, start, end, role, tier, state, number, 0, locked, (date, template, area))
        setting.duties[person][date].append(held)
        setting.taken[key, role].append(tier)


def write(session: Session, plan: ImportPlan[DutyDraft]) -> None:
    """Add the planned duties, with the shifts and the months' rosters they need."""
    shifts = _shift_rows(session, plan)
    fresh: list[dict[str, Any]] = []
    for draft in plan.drafts:
        if draft.changes is None:
            seat = {"role": draft.role, "tier": draft.tier, "state": draft.state, "locked": False}
            fresh.append({"shift_id": shifts[draft.shift.key], "responder_id": draft.responder_id, **seat})
        else:
            row = session.get_one(Assignment, draft.changes)
            row.shift_id, row.state = shifts[draft.shift.key], draft.state
            row.role, row.tier = draft.role, draft.tier
    new_rows.add(session, Assignment, fresh)
    session.flush()


def _shift_rows(session: Session, plan: ImportPlan[DutyDraft]) -> dict[str, int]:
    """Return the row number of every shift planned for, making those that are not there."""
    numbers = dict(session.execute(select(Shift.key, Shift.id)).all())
    wanted = {draft.shift.key: draft.shift for draft in plan.drafts}
    rosters = {
        month: roster_of(session, month).id for month in sorted({times.month_of(s.date) for s in wanted.values()})
    }
    fresh: list[dict[str, Any]] = [
        {
            "roster_id": rosters[times.month_of(shift.date)], "template_id": shift.template_id,
            "area_id": shift.area_id, "key": key, "date": shift.date, "start": shift.start, "end": shift.end,
        }
        for key, shift in wanted.items()
        if key not in numbers
    ]  # fmt: skip
    new_rows.add(session, Shift, fresh)
    numbers.update({row["key"]: row["id"] for row in fresh})
    return numbers
