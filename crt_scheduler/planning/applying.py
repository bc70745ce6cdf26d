"""How the solver's answer becomes a draft, and what it changes beside the roster as it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal, roster, times
from crt_scheduler.act import Act
from crt_scheduler.errors import NotAllowed
from crt_scheduler.planning.begun import begun_until
from crt_scheduler.tables import Assignment, Responder, Shift
from solver import problem as asked
from solver import result as answered
from solver.wording import tr


def apply(
    session: Session,
    asked_problem: asked.Problem,
    roster_found: tuple[answered.Placed, ...],
    *,
    now: dt.datetime | None = None,
) -> int:
    """Write a solved roster as the month's draft and return the number of places that changed.

    Whoever keeps a place keeps its state; whoever is on a shift that has begun stays. Raises NotAllowed if the records
    changed since the Problem was frozen, or a shift that the plan changes has begun by `now` (none given: as frozen).
    """
    if journal.revision(session) != asked_problem.revision:
        raise NotAllowed(tr("The roster changed while solving. Solve again to apply."))
    if now is not None:
        _refuse_begun(asked_problem, roster_found, now)
    wanted = {}
    for placed in roster_found:
        seat = asked_problem.seats[placed.seat]
        wanted[asked.shift_key(asked_problem, seat.shift), placed.person] = seat
    month = roster.roster_of(session, asked_problem.period)
    changed = _drop(session, month.id, wanted, until=begun_until(asked_problem))
    shifts = {row.key: row for row in session.scalars(select(Shift).where(Shift.roster_id == month.id))}
    numbers = dict(session.execute(select(Responder.code, Responder.id)).all())
    for (key, code), seat in sorted(wanted.items(), key=lambda item: item[0]):
        shift = shifts.get(key)
        if shift is None:
            shift = shifts[key] = roster.shift_of(session, roster.shift_name(key))
        session.add(
            Assignment(
                shift_id=shift.id,
                responder_id=numbers[code],
                role=seat.role,
                tier=seat.tier,
                state="draft",
                locked=False,
            )
        )
        changed += 1
    session.flush()
    return changed


def _refuse_begun(frozen: asked.Problem, found: tuple[answered.Placed, ...], now: dt.datetime) -> None:
    """Raise NotAllowed if the plan changes a shift that has begun since it was made."""
    slots = {(slot.date, slot.template): slot for slot in frozen.slots}
    for change in difference(frozen, found):
        name = roster.shift_name(change.shift)
        if times.from_minutes(slots[name.date, name.template].start) <= now:
            raise NotAllowed(
                tr(
                    "{day} {template}, {area}, has begun since this plan was made, and "
                    "the plan would change who is on it. Solve again to apply.",
                    day=times.day_words(name.date),
                    template=name.template,
                    area=name.area,
                )
            )


def _drop(session: Session, month: int, wanted: dict[tuple[str, str], asked.Seat], *, until: dt.datetime | None) -> int:
    """Delete the places that are not wanted, take those that are out of `wanted`, and count the changes.

    Places on shifts begun by `until` stay as they are, also of people who have left the team since.
    """
    changed = 0
    query = (
        select(Assignment, Shift.key, Responder.code, Shift.start)
        .join(Shift, Assignment.shift_id == Shift.id)
        .join(Responder, Assignment.responder_id == Responder.id)
        .where(Shift.roster_id == month)
    )
    for row, key, code, start in session.execute(query).all():
        seat = wanted.pop((key, code), None)
        if until is not None and start <= until:
            continue
        if seat is None:
            if row.locked or row.state == "done":
                continue
            session.delete(row)
            changed += 1
        elif (row.role, row.tier) != (seat.role, seat.tier):
            row.role, row.tier = seat.role, seat.tier
            changed += 1
    session.flush()
    return changed


class Difference(msgspec.Struct, frozen=True):
    """One place that a solved roster adds (or takes away) beside the roster as it stands."""

    person: str
    shift: str
    role: str
    added: bool
    state: str
    tier: str = ""


def difference(frozen: asked.Problem, found: tuple[answered.Placed, ...]) -> list[Difference]:
    """Return what a solved roster changes, by person and shift."""
    before = {(a.person, a.seat): a.state for a in frozen.current}
    after = {(placed.person, placed.seat) for placed in found}
    changes = [(person, seat, False, state) for (person, seat), state in before.items() if (person, seat) not in after]
    changes += [(person, seat, True, "draft") for person, seat in after - before.keys()]
    rows = (
        Difference(
            person=person,
            shift=asked.shift_key(frozen, frozen.seats[seat].shift),
            role=frozen.seats[seat].role,
            added=added,
            state=state,
            tier=frozen.seats[seat].tier,
        )
        for person, seat, added, state in changes
    )
    return sorted(rows, key=lambda row: (row.person, row.shift, row.added))


def _solved(_: Session, asked_problem: asked.Problem, *__: Any, **___: Any) -> str:
    return tr("Solve {month}", month=times.month_words(asked_problem.period))


APPLY = Act(apply, _solved)
