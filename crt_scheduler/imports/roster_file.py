"""Rosters from a file: who was or will be on call, for rest, carry-over and fairness."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from crt_scheduler import dates, times
from crt_scheduler.file_field import Field
from crt_scheduler.imports import date_orders
from crt_scheduler.imports.change_plan import ImportPlan, Reader, columns, nobody
from crt_scheduler.imports.kind_value import WHOSE, Kind
from crt_scheduler.imports.named_areas import WHOLE_CITY
from crt_scheduler.imports.roster_corrected import PROMISED, WHATS, Corrections, Placed
from crt_scheduler.imports.roster_rows import DutyDraft, Held, Setting, ShiftDraft, setting, write
from crt_scheduler.roster import ShiftName
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import ShiftTemplate
from solver.problem import CITY
from solver.wording import mark, tr

__all__ = ["KIND", "DutyDraft", "read", "write"]

FIELDS = (
    Field("date", mark("Date"), "date", ("date", "day", "shift date")),
    Field("shift", mark("Shift"), "choice", ("shift", "shift name", "template")),
    Field("area", mark("Area"), "area", ("area", "bureau", "zone"), "area"),
    Field("role", mark("Role"), "choice", ("role", "seat", "position"), "seat"),
    WHOSE,
    Field("tier", mark("Tier"), "text", ("tier", "primary backup", "backup")),
)
NEEDED = ("date", "shift", "role", "person")


def read(
    session: Session, sheet: Sheet, mapping: dict[str, str], *, now: dt.datetime, date_order: str | None = None
) -> ImportPlan[DutyDraft]:
    """Read duties against the records and plan what to add; those before today are done, later ones a draft.

    A duty whose area, shift or date alone was corrected replaces the one it was, and is said to: see `Corrections`.
    Raises CrtError for a missing column or dates of no certain order.
    """
    held = columns(sheet, mapping, known=FIELDS, required=NEEDED)
    order = date_orders.orders(held, ("date",), date_order)["date"]
    against = setting(session, now=now, order=order)
    readers = [Reader(held, row) for row in sheet.rows]
    placed = [_placed(reader, against) for reader in readers]
    corrections = Corrections(session, against, sheet.path.name, [one for one in placed if one is not None])
    drafts = []
    unchanged = 0
    for reader, one in zip(readers, placed, strict=True):
        draft = None if one is None else _duty(reader, against, corrections, one)
        if reader.bad:
            continue
        if draft is None:
            unchanged += 1
        else:
            drafts.append(draft)
    new = sum(draft.changes is None for draft in drafts)
    bad = tuple(fault for reader in readers for fault in reader.bad)
    notes = tuple(corrections.notes())
    return ImportPlan(new, len(drafts) - new, unchanged, bad, tuple(drafts), notes=notes, unused=held.unused())


def _placed(reader: Reader, against: Setting) -> Placed | None:
    """Return who a row puts on which shift, or None where that cannot be taken."""
    person = against.people.get(reader.text("person").casefold())
    if person is None:
        reader.refuse("person", nobody())
    shift, seats = _shift(reader, against)
    return None if reader.bad or shift is None or person is None else Placed(person, shift, seats)


def _duty(reader: Reader, against: Setting, corrections: Corrections, placed: Placed) -> DutyDraft | None:
    """Return what the row adds or corrects, or None where the records say the same already."""
    person, shift = placed.person, placed.shift
    there, before = _there(reader, against, corrections, placed)
    role, tier = _seat(reader, against, shift, placed.seats, there)
    if reader.bad:
        return None
    if there is not None:
        return _again(reader, shift, person, role, tier, there)
    before = before or corrections.elsewhere(placed)
    state = "done" if shift.date < against.today else "draft"
    if before is not None:
        _take_off(against, person, before)
        corrections.note(against.codes[person], placed, before)
    duty = Held(shift.key, shift.start, shift.end, role, tier, state, None, reader.row.line)
    against.duties[person][shift.date].append(duty)
    against.taken[shift.key, role].append(tier)
    return DutyDraft(shift, person, role, tier, state, None if before is None else before.assignment)


def _take_off(against: Setting, person: int, duty: Held) -> None:
    """Let a duty go that is replaced."""
    for duties in against.duties[person].values():
        if duty in duties:
            duties.remove(duty)
    against.taken[duty.key, duty.role].remove(duty.tier)


def _shift(reader: Reader, against: Setting) -> tuple[ShiftDraft | None, tuple[tuple[str, str], ...]]:
    """Return the row's shift and the seats of its kind."""
    date, area = _date(reader, against), None
    template = against.templates.get(reader.text("shift").casefold())
    if template is None:
        known = ", ".join(known.row.name for known in against.templates.values())
        reader.refuse("shift", tr("is no shift of the programme; there are {known}", known=known))
    elif date is not None and not times.on_weekday(date, template.row.weekdays):
        days = ", ".join(times.weekday_names(template.row.weekdays))
        reader.refuse("date", tr("{name} shifts run on {days} only", name=template.row.name, days=days))
    whole = reader.text("area").casefold() in WHOLE_CITY
    if not whole:
        area = against.places.area(reader, "area")
    if reader.bad or date is None or template is None:
        return None, ()
    if not (template.row.city_wide if whole else template.row.by_area):
        where = (
            tr("have no city-wide shift; name an area")
            if whole
            else tr("are for the whole city; write {city}", city=CITY)
        )
        reader.refuse("area", tr("{name} shifts {where}", name=template.row.name, where=where))
        return None, ()
    place = (date, template.row.id, area)
    if place not in against.shifts:
        against.shifts[place] = _new_shift(against, template.row, date, area)
    return against.shifts[place], template.city_seats if whole else template.area_seats


def _new_shift(against: Setting, template: ShiftTemplate, date: dt.date, area: int | None) -> ShiftDraft:
    start, end = times.span(date, template.start, template.end, against.zone)
    name = ShiftName(date, template.name, CITY if area is None else against.places.area_names[area])
    return ShiftDraft(str(name), date, template.id, area, start, end)


def _date(reader: Reader, against: Setting) -> dt.date | None:
    try:
        return dates.date_in(reader.text("date"), against.order)
    except ValueError as fault:
        reader.refuse("date", str(fault))
        return None


def _there(
    reader: Reader, against: Setting, corrections: Corrections, placed: Placed
) -> tuple[Held | None, Held | None]:
    """Return the person's duty on the shift, or one at the same time that the row corrects, if any.

    Any other duty at the same time is refused, and so is correcting one that was promised or is locked.
    """
    own, shift = against.duties[placed.person], placed.shift
    near = [duty for days in (-1, 0, 1) for duty in own.get(shift.date + dt.timedelta(days=days), ())]
    for duty in near:
        if duty.key == shift.key:
            return duty, None
    clashes = [duty for duty in near if duty.start < shift.end and shift.start < duty.end]
    if not clashes:
        return None, None
    duty, *others = clashes
    if others or not corrections.is_of(placed, duty):
        where = tr("on line {line}", line=duty.line) if duty.assignment is None else tr("in the records")
        reader.refuse("person", tr("double booking: already on {key} {where}", key=duty.key, where=where))
    elif duty.state in PROMISED:
        reader.refuse("person", tr("{key} was promised to the person; change it in the roster instead", key=duty.key))
    elif duty.locked:
        reader.refuse("person", tr("is locked on {key}; unlock it in the roster first", key=duty.key))
    return None, duty


def _seat(
    reader: Reader, against: Setting, shift: ShiftDraft, seats: tuple[tuple[str, str], ...], there: Held | None
) -> tuple[str, str]:
    """Return role and tier; where the file names no tier, the one held, else the first that nobody has yet."""
    role, tier = reader.text("role").casefold().replace(" ", "_"), reader.text("tier").casefold()
    tiers = [seat[1] for seat in seats if seat[0] == role]
    if not tiers:
        known = ", ".join(dict.fromkeys(seat[0] for seat in seats))
        reader.refuse("role", tr("is no role of this shift; there are {known}", known=known))
        return role, tier
    if tier in tiers:
        return role, tier
    if tier:
        reader.refuse(
            "tier",
            tr("is no tier of {role}; there are {names}", role=role, names=", ".join(t for t in tiers if t) or "none"),
        )
        return role, tier
    if there is not None and there.role == role:
        return role, there.tier
    taken = against.taken[shift.key, role]
    return role, next((each for each in tiers if each not in taken), tiers[-1])


def _again(reader: Reader, shift: ShiftDraft, person: int, role: str, tier: str, there: Held) -> DutyDraft | None:
    """Return the correction where the person is on the shift already but in another role or tier."""
    if (there.role, there.tier) == (role, tier):
        return None
    if there.assignment is None:
        reader.refuse(
            "role",
            tr(
                "the person is on this shift as {role} on line {line}; keep one of the two",
                role=there.role,
                line=there.line,
            ),
        )
        return None
    if there.state in PROMISED:
        reader.refuse(
            "role", tr("was promised to the person as {role}; change it in the roster instead", role=there.role)
        )
        return None
    return DutyDraft(shift, person, role, tier, there.state, there.assignment)


KIND = Kind(
    "roster", mark("Past and planned shifts"), WHATS, FIELDS, NEEDED, read, write,
    things=(mark("1 duty"), mark("{} duties")),
)  # fmt: skip
