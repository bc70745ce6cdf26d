"""Responders as the solver sees them: hours owed, fair shares, grades, credentials, partners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, demand, fairness, remedies, responders, times
from crt_scheduler.care import debriefs
from crt_scheduler.errors import CrtError
from crt_scheduler.fairness import Carried, Worked
from crt_scheduler.frame import Frame, Places, load
from crt_scheduler.kept import kept
from crt_scheduler.programmes import programme_of
from crt_scheduler.responders import shift_wish
from crt_scheduler.tables import Responder, ResponderGroup, Seat
from solver import problem as asked
from solver.wording import tr

LONGEST_CARRY = 12 * 60
"""Minutes short or over that one month may hand to the next."""


class OnTeam(msgspec.Struct, frozen=True):
    """A responder's record as a month's plan looks at it; `id` is the row number."""

    id: int
    code: str
    name: str
    kind: str
    role: str
    status: str
    status_until: dt.date | None
    leave_since: dt.date | None
    leave_ended: dt.date | None
    joined: dt.date | None
    languages: Sequence[str]
    target_minutes: int | None
    shifts_a_month: str


class Member(msgspec.Struct, frozen=True):
    """A responder who can be rostered this month, with floor, target and ceiling in minutes, and slots off.

    The target is what they owe by their promise; what they wish for is the solver's alone (`wished`).
    """

    record: OnTeam
    group: ResponderGroup
    floor: int
    target: int
    ceiling: int
    off: dict[str, availability.Bools]


def members(session: Session, month: Frame, days: availability.Days, duties: list[Worked]) -> list[Member]:
    """Return everyone on the team this month, by id; raises CrtError if there is nobody."""
    found = members_if_any(session, month, days, duties)
    if not found:
        raise CrtError(tr("There is nobody to roster."), remedies.IMPORT_PEOPLE)
    return found


def members_if_any(session: Session, month: Frame, days: availability.Days, duties: list[Worked]) -> list[Member]:
    """Return everyone on the team this month, by id; `duties` are those before the month."""
    groups = {row.kind: row for row in session.scalars(select(ResponderGroup))}
    rows = kept(session, tr("on the team"), frozenset({"responder"}), lambda: _on_the_team(session))
    before = times.month_days(times.previous_month(times.month_of(month.days[0])))
    done: dict[int, int] = {}
    for duty in duties:
        if before[0] <= duty.date <= before[-1]:
            done[duty.responder] = done.get(duty.responder, 0) + duty.minutes
    rests = availability.rests_by(session, month.days[0], month.days[-1])
    return [
        _member(row, groups[row.kind], availability.off_slots(days, row, rests.get(row.id, ())), before, done)
        for row in rows
        if row.kind in groups
    ]


def _on_the_team(session: Session) -> list[OnTeam]:
    """Return everyone on the team, by id, read as plain values: two thousand records take four times as long."""
    r = Responder
    query = select(
        r.id, r.code, r.name, r.kind, r.role, r.status, r.status_until, r.leave_since, r.leave_ended, r.joined,
        r.languages, r.target_minutes, r.shifts_a_month,
    )  # fmt: skip
    found: Any = session.execute(query.where(r.status != "inactive").order_by(r.code))
    return [OnTeam(*row) for row in found]


def _member(
    row: OnTeam,
    group: ResponderGroup,
    off: dict[str, availability.Bools],
    before: list[dt.date],
    done: dict[int, int],
) -> Member:
    """Work out the hours owed: promised, moved by what last month (`before`) left short or over, less the time off.

    Last month asked for less where they were on leave in it: leave is not made up for later. A stand-down excuses from
    the floor only: the target stays, so that nobody else's month changes with it.
    """
    least = min((1.0 - float(slots.mean()) for slots in off.values()), default=1.0)
    part = _part_here(off)
    promised = group.target_minutes if row.target_minutes is None else row.target_minutes
    promised = min(promised, group.ceiling_minutes)
    floor = min(group.floor_minutes, promised)
    target = promised
    was_here = row.joined is None or row.joined < before[0]
    is_back = row.status == "active" or (row.status_until is not None and row.status_until <= before[-1])
    if done and was_here and is_back and promised:
        short = round(promised * (1.0 - _leave_part(row, before))) - done.get(row.id, 0)
        target = promised + max(-LONGEST_CARRY, min(LONGEST_CARRY, short))
        target = max(floor, min(target, group.ceiling_minutes))
    return Member(row, group, round(floor * least), round(target * part), group.ceiling_minutes, off)


def _part_here(off: Mapping[str, availability.Bools]) -> float:
    """Return the part of the month that somebody is not off; a stand-down leaves the target as it is."""
    return min((1.0 - float(slots.mean()) for grade, slots in off.items() if grade != "stand_down"), default=1.0)


def wished(member: Member, length: Mapping[str, float]) -> int:
    """Return the minutes the solver is to come near: of the shifts a month somebody wishes for, else what they owe.

    `length` are the minutes of a shift by role. A wish counts only where they promised no hours of their own, and never
    below their floor nor over the ceiling: it moves the target, which is soft, and changes nothing that is owed.
    """
    row = member.record
    shifts = shift_wish.shifts(row.shifts_a_month) if row.target_minutes is None else None
    minutes = length.get(_role(row), 0.0)
    if shifts is None or not minutes:
        return member.target
    return max(member.floor, min(round(shifts * minutes * _part_here(member.off)), member.ceiling))


def _role(row: OnTeam) -> str:
    return "clergy" if row.kind == "clergy" else row.role


def _lengths(session: Session, month: Frame) -> dict[str, float]:
    """Return how long a shift of the month is on average, by the roles that its seats are open to."""
    accepts: dict[int, set[str]] = {}
    for template, roles in session.execute(select(Seat.template_id, Seat.accepts)):
        accepts.setdefault(template, set()).update(roles)
    held: dict[str, list[int]] = {}
    for (_, template), place in month.places.items():
        for role in accepts.get(template, ()):
            held.setdefault(role, []).append(month.slots[place].end - month.slots[place].start)
    return {role: sum(minutes) / len(minutes) for role, minutes in held.items()}


def _leave_part(row: OnTeam, days: list[dt.date]) -> float:
    """Return the part of some days that a person was on leave; a leave of unknown beginning had begun before."""
    ended = row.status_until if row.status == "leave" else row.leave_ended
    if row.status != "leave" and ended is None:
        return 0.0
    begun = row.leave_since or days[0]
    return sum(begun <= day and (ended is None or day <= ended) for day in days) / len(days)


def persons(
    session: Session,
    month: Frame,
    days: availability.Days,
    team: list[Member],
    fair: dict[int, Carried],
    answers: Mapping[int, tuple[float, ...]],
    *,
    now: dt.datetime,
    told: Mapping[int, str] | None = None,
) -> tuple[asked.Person, ...]:
    """Return the team as the solver sees it as of `now`, in the order of `team`.

    `told` are the letters of their availability where these were read already.
    """
    owing = _owing(session, days, now)
    told = availability.told_by(session, days, month.places) if told is None else told
    free = "." * len(month.slots)
    length = _lengths(session, month)
    known = responders.details(session)
    result = []
    for member in team:
        row, detail, allowed = member.record, known[member.record.id], fair[member.record.id]
        off = owing.get(row.id, {}) | member.off
        result.append(
            asked.Person(
                id=row.code,
                name=row.name,
                group=row.kind,
                roles=(_role(row),),
                experienced=_is_experienced(member, month.days[0]),
                home=detail.home_area,
                serves=detail.serves,
                languages=tuple(row.languages),
                grades=availability.taken_off(told.get(row.id, free), off),
                credentials=detail.credentials,
                floor=member.floor,
                target=wished(member, length),
                ceiling=member.ceiling,
                nights=allowed.nights,
                weekends=allowed.weekends,
                holidays=allowed.holidays,
                calls=allowed.calls,
                likes=detail.likes,
                apart=detail.apart,
                answers=answers.get(row.id, ()),
            )
        )
    return tuple(result)


def _owing(session: Session, days: availability.Days, now: dt.datetime) -> dict[int, dict[str, availability.Bools]]:
    """Return the slots that an overdue debrief keeps its owner off: those to come while it can hardly be held before.

    Each day counts anew from `now`, so nobody drops out of a whole month for one that is still to be held.
    """
    late = debriefs.overdue(session, now=now)
    until = now + dt.timedelta(hours=programme_of(session).debrief_hours)
    slots = days.begin_in(times.minutes(now), times.minutes(until))
    return {number: {"debrief": slots} for number in late}


def _is_experienced(member: Member, day: dt.date) -> bool:
    row = member.record
    if row.role != "responder":
        return row.role == "lead"
    return row.joined is None or (day - row.joined).days >= member.group.experienced_after_days


def fair_shares(
    session: Session,
    month: Frame,
    team: list[Member],
    duties: list[Worked],
    forecast: demand.Forecast,
    wanted: Places,
    answered: fairness.Answered,
) -> dict[int, Carried]:
    """Return what each person (row number) may still take this month, volunteers and clergy apart."""
    calls = {
        (weekday, number, template.id, area.id): forecast.cell(weekday, number, t, a)
        for weekday in range(7)
        for number in range(1, 13)
        for t, template in enumerate(month.by_area)
        for a, area in enumerate(month.areas)
    }
    history = fairness.carried_before(session, month.days[0], duties, month.holidays, calls, answered)
    result: dict[int, Carried] = {}
    for kind in ("volunteer", "clergy"):
        own = [member for member in team if member.record.kind == kind]
        asks = load(month, wanted, clergy=kind == "clergy", promised=sum(member.target for member in own))
        weights = {member.record.id: float(member.target) for member in own}
        tenure = {member.record.id: _tenure(member.record, month.days[0]) for member in own}
        result |= fairness.allowances(history, asks, weights, tenure)
    return result


def _tenure(row: OnTeam, day: dt.date) -> float:
    """Return the part of the past year that the person was on the team."""
    if row.joined is None:
        return 1.0
    return max(0.0, min(1.0, (day - row.joined) / fairness.YEAR))
