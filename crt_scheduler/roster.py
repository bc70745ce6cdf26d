"""Acts on the roster: assign, unassign, move, swap, lock, tell, confirm; only the impossible is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler import remedies, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Area, Assignment, Responder, Roster, Seat, Shift, ShiftTemplate
from solver.problem import CITY
from solver.wording import say_date, tr

STATES = ("draft", "told", "confirmed", "done")


class ShiftName(msgspec.Struct, frozen=True):
    """The parts of 2027-01-09/night/Valley."""

    date: dt.date
    template: str
    area: str

    def __str__(self) -> str:
        return f"{self.date.isoformat()}/{self.template}/{self.area}"


def shift_name(words: str) -> ShiftName:
    """Read a shift as people type it; raises CrtError showing the form."""
    parts = words.split("/", 2)
    try:
        name = ShiftName(dt.date.fromisoformat(parts[0]), parts[1], parts[2])
    except (ValueError, IndexError) as fault:
        raise CrtError(
            tr("{shown} is not a shift. Write it as 2027-01-09/night/Valley.", shown=times.shown(words))
        ) from fault
    times.refuse_far(name.date.year, parts[0])
    return name


def roster_of(session: Session, month: str) -> Roster:
    """Return the month's roster, made if there is none yet."""
    times.parse_month(month)
    row: Roster | None = session.scalar(select(Roster).where(Roster.month == month))
    if row is None:
        row = Roster(programme_id=programme_of(session).id, month=month, version=0)
        session.add(row)
        session.flush()
    return row


def shift_of(session: Session, name: ShiftName) -> Shift:
    """Return the shift, made if there is none yet.

    Raises CrtError for an unknown template or area and for a day on which the template does not run.
    """
    template: ShiftTemplate | None = session.scalar(select(ShiftTemplate).where(ShiftTemplate.name == name.template))
    if template is None:
        known = ", ".join(session.scalars(select(ShiftTemplate.name).order_by(ShiftTemplate.id)))
        raise CrtError(tr("No shift is called {template!r}. There are: {known}.", template=name.template, known=known))
    area = _area(session, name.area)
    canonical = known_name(session, name)
    row: Shift | None = session.scalar(select(Shift).where(Shift.key == str(canonical)))
    if row is not None:
        return row
    if not (template.city_wide if area is None else template.by_area):
        raise CrtError(tr("{name} shifts are not rostered in {area}.", name=template.name, area=canonical.area))
    if not times.on_weekday(name.date, template.weekdays):
        days = ", ".join(times.weekday_names(template.weekdays))
        raise CrtError(tr("{name} shifts run on {days} only. Choose another date.", name=template.name, days=days))
    start, end = times.span(name.date, template.start, template.end, programme_of(session).zone)
    row = Shift(
        roster_id=roster_of(session, times.month_of(name.date)).id,
        template_id=template.id,
        area_id=None if area is None else area.id,
        key=str(canonical),
        date=name.date,
        start=start,
        end=end,
    )
    session.add(row)
    session.flush()
    return row


def known_name(session: Session, name: ShiftName) -> ShiftName:
    """Return a shift's name with its area as the team writes it; raises CrtError for an unknown area."""
    area = _area(session, name.area)
    return ShiftName(name.date, name.template, CITY if area is None else area.name)


def _area(session: Session, name: str) -> Area | None:
    if name.casefold() == CITY.casefold():
        return None
    for area in session.scalars(select(Area)):
        if area.name.casefold() == name.casefold():
            return area
    known = ", ".join([*session.scalars(select(Area.name).order_by(Area.id)), CITY])
    raise CrtError(tr("No area is called {name!r}. There are: {known}.", name=name, known=known), remedies.ADD_AREA)


def person(session: Session, code: str) -> Responder:
    """Return the responder with this id; raises CrtError if nobody has it."""
    row: Responder | None = session.scalar(select(Responder).where(Responder.code == code))
    if row is None:
        raise CrtError(tr("Nobody has the id {code!r}.", code=code), remedies.LIST_PEOPLE)
    return row


def assignment(session: Session, number: int) -> Assignment:
    """Return an assignment by number; raises CrtError if there is none."""
    row = session.get(Assignment, number)
    if row is None:
        raise CrtError(tr("There is no assignment {number}.", number=number), remedies.LIST_ASSIGNMENTS)
    return row


def find(session: Session, name: ShiftName, code: str) -> Assignment:
    """Return one person's assignment on one shift; raises CrtError if the person is not on it."""
    shift, who = shift_of(session, name), person(session, code)
    row: Assignment | None = session.scalar(
        select(Assignment).where(Assignment.shift_id == shift.id, Assignment.responder_id == who.id)
    )
    if row is None:
        raise CrtError(tr("{name} is not on {key}.", name=who.name, key=shift.key))
    return row


def assign(session: Session, name: ShiftName, code: str, *, role: str = "", tier: str = "") -> Assignment:
    """Put a person on a shift as a draft; without a role, on the first seat open to that person.

    Raises NotAllowed if the person is already on call at that time, CrtError if no seat is open to the role.
    """
    shift, who = shift_of(session, name), person(session, code)
    _refuse_double_booking(session, who, shift)
    seat = _seat_for(session, shift, who, role=role, tier=tier)
    row = Assignment(
        shift_id=shift.id, responder_id=who.id, role=seat.role, tier=seat.tier, state="draft", locked=False
    )
    session.add(row)
    session.flush()
    return row


def unassign(session: Session, name: ShiftName, code: str) -> None:
    """Take a person off a shift; raises NotAllowed if the assignment is locked."""
    row = find(session, name, code)
    _refuse_locked(row, tr("take anyone off it"))
    session.delete(row)
    session.flush()


def lock(session: Session, name: ShiftName, code: str, *, locked: bool = True) -> None:
    """Lock or unlock one person's place on a shift."""
    find(session, name, code).locked = locked
    session.flush()


def promise(session: Session, name: ShiftName, code: str, state: str) -> None:
    """Set the promise state of one person's place: draft, told, confirmed or done."""
    if state not in STATES:
        raise CrtError(
            tr("{state!r} is not a promise state. Use one of: {names}.", state=state, names=", ".join(STATES))
        )
    find(session, name, code).state = state
    session.flush()


def swap(session: Session, one: int, other: int) -> None:
    """Let two people take each other's place; both places become drafts, since neither has been told yet.

    Raises NotAllowed if either place is locked or the swap would book somebody twice.
    """
    a, b = assignment(session, one), assignment(session, other)
    if a.id == b.id:
        raise CrtError(tr("A place cannot be swapped with itself. Name two assignments."))
    for row in (a, b):
        _refuse_locked(row, "swap")
    if a.shift_id == b.shift_id:
        a.role, b.role, a.tier, b.tier = b.role, a.role, b.tier, a.tier
    else:
        for row, partner in ((a, b), (b, a)):
            who = session.get_one(Responder, row.responder_id)
            _refuse_double_booking(session, who, session.get_one(Shift, partner.shift_id), leaving=row)
        a.responder_id, b.responder_id = b.responder_id, a.responder_id
    a.state = b.state = "draft"
    session.flush()


def replace(session: Session, name: ShiftName, old: str, new: str) -> Assignment:
    """Put one person in another's place, as a draft, since neither has been told yet.

    Raises NotAllowed if the place is locked or the new person is already on call then.
    """
    row, who = find(session, name, old), person(session, new)
    if row.responder_id == who.id:
        raise CrtError(tr("{name} holds that place already. Name somebody else.", name=who.name))
    _refuse_locked(row, tr("put somebody else on it"))
    _refuse_double_booking(session, who, session.get_one(Shift, row.shift_id))
    row.responder_id, row.state = who.id, "draft"
    session.flush()
    return row


def move(session: Session, number: int, name: ShiftName) -> None:
    """Move a person's place to another shift, there as a draft, in the same role where that shift has it.

    Raises NotAllowed if the place is locked or the person is already on call then.
    """
    row, target = assignment(session, number), shift_of(session, name)
    _refuse_locked(row, tr("move it"))
    who = session.get_one(Responder, row.responder_id)
    _refuse_double_booking(session, who, target, leaving=row)
    roles = {(seat.role, seat.tier) for seat in seats_of(session, target)}
    if (row.role, row.tier) not in roles:
        seat = _seat_for(session, target, who, role="", tier="")
        row.role, row.tier = seat.role, seat.tier
    row.shift_id, row.state = target.id, "draft"
    session.flush()


def seats_of(session: Session, shift: Shift) -> list[Seat]:
    """Return the kinds of seats a shift has, in the order they are filled."""
    return list(
        session.scalars(
            select(Seat)
            .where(Seat.template_id == shift.template_id, Seat.city_wide == (shift.area_id is None))
            .order_by(Seat.id)
        )
    )


def _seat_for(session: Session, shift: Shift, who: Responder, *, role: str, tier: str) -> Seat:
    seats = [s for s in seats_of(session, shift) if (not role or s.role == role) and (not tier or s.tier == tier)]
    if not seats:
        known = ", ".join(f"{s.role} {s.tier}".strip() for s in seats_of(session, shift))
        raise CrtError(
            tr(
                "{key} has no seat for a {role}. Its seats are: {known}.",
                key=shift.key,
                role=role or "responder",
                known=known,
            )
        )
    taken = list(session.scalars(select(Assignment).where(Assignment.shift_id == shift.id)))
    roles = {"clergy"} if who.kind == "clergy" else {who.role}
    fits = [s for s in seats if roles & set(s.accepts)]
    free = [s for s in fits if sum((t.role, t.tier) == (s.role, s.tier) for t in taken) < max(1, s.minimum)]
    if not (fits or role):
        raise CrtError(
            tr(
                "{key} has no seat open to {name}, who is a {next}.",
                key=shift.key,
                name=who.name,
                next=next(iter(roles)),
            )
        )
    return (free or fits or seats)[0]


def _refuse_locked(row: Assignment, act: str) -> None:
    if row.locked:
        raise NotAllowed(tr("This shift is locked. Unlock it to {act}.", act=act))


def _refuse_double_booking(session: Session, who: Responder, shift: Shift, leaving: Assignment | None = None) -> None:
    """Raise NotAllowed if the person is on call at any moment of the shift (their place in `leaving` apart)."""
    query = (
        select(Shift, Assignment.id)
        .join(Assignment, Assignment.shift_id == Shift.id)
        .where(Assignment.responder_id == who.id, Shift.start < shift.end, Shift.end > shift.start)
    )
    for other, number in session.execute(query):
        if leaving is None or number != leaving.id:
            raise NotAllowed(
                tr("{name} is already on call on {key}. Choose another shift.", name=who.name, key=other.key)
            )


def rows(session: Session, first: dt.date, last: dt.date) -> list[AssignmentRow]:
    """Return the assignments of shifts that start from first to last (local dates), by time, area and seat."""
    on, of = Shift, Assignment
    query = (
        select(
            of.id, on.key, on.date, ShiftTemplate.name, func.coalesce(Area.name, CITY), of.role, of.tier,
            Responder.code, Responder.name, on.start, on.end, of.state, of.locked,
        )
        .join(Shift, Assignment.shift_id == Shift.id)
        .join(ShiftTemplate, Shift.template_id == ShiftTemplate.id)
        .join(Responder, Assignment.responder_id == Responder.id)
        .outerjoin(Area, Shift.area_id == Area.id)
        .where(Shift.date >= first, Shift.date <= last)
        .order_by(Shift.start, ShiftTemplate.id, Area.id, Assignment.role, Assignment.tier, Responder.code)
    )  # fmt: skip
    return [AssignmentRow(*tuple(row)) for row in session.execute(query)]


def month_rows(session: Session, month: str) -> list[AssignmentRow]:
    """Return the assignments of a month (a shift belongs to the month it starts in)."""
    days = times.month_days(month)
    return rows(session, days[0], days[-1])


def shift_words(name: ShiftName) -> str:
    """Return a shift for labels and sentences: Valley, night, 9 Jan."""
    return ", ".join((name.area, name.template, say_date(name.date)))


def shift_of_place(session: Session, number: int) -> ShiftName:
    """Return the name of the shift an assignment is on."""
    return shift_name(session.get_one(Shift, assignment(session, number).shift_id).key)


def of_person(message: str) -> Callable[..., str]:
    """Return a label that says a message of a person, `{name}`, whose id is the first value."""
    return lambda session, code, *_, **__: tr(message, name=person(session, code).name)


def _of(session: Session, row: Assignment) -> tuple[str, ShiftName]:
    """Return whose place an assignment is, by name, and the shift."""
    return session.get_one(Responder, row.responder_id).name, shift_of_place(session, row.id)


def _assigned(session: Session, row: Assignment, *_: Any, **__: Any) -> str:
    who, name = _of(session, row)
    return tr("Assign {name}, {place}", name=who, place=shift_words(name))


def _moved(session: Session, _: None, number: int, *__: Any) -> str:
    who, name = _of(session, assignment(session, number))
    return tr("Move {name} to {place}", name=who, place=shift_words(name))


def _swapped(session: Session, one: int, other: int) -> str:
    (a, first), (b, second) = (_of(session, assignment(session, number)) for number in (one, other))
    days = [say_date(day) for day in sorted({first.date, second.date})]
    if len(days) == 1:
        return tr("Swap {one} and {other}, {day}", one=a, other=b, day=days[0])
    return tr("Swap {one} and {other}, {day} and {later}", one=a, other=b, day=days[0], later=days[1])


def _replaced(session: Session, row: Assignment, _: ShiftName, old: str, __: str) -> str:
    who, name = _of(session, row)
    before = person(session, old).name
    return tr("Put {name} in for {before}, {place}", name=who, before=before, place=shift_words(name))


ASSIGN = Act(assign, _assigned, names_answer=True)
MOVE = Act(move, _moved, names_answer=True)
SWAP = Act(swap, _swapped)
REPLACE = Act(replace, _replaced, names_answer=True)
