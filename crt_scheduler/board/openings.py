"""Open seats counted from the records alone, as the board counts them, fast enough for a page that is always there."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, demand, fairness, frame, team, times
from crt_scheduler.kept import kept
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Assignment, Responder, ResponderGroup, Shift
from solver import problem as asked

OWED_BY = frozenset({"responder", "responder_group", "stand_down", "shift_template", "programme"})
"""The tables that say how much is owed, beside the duties done and those that a stand-down broke off."""


class OpenPlace(msgspec.Struct, frozen=True):
    """Places of one kind that nobody holds on a shift; `team` ones are parts of a pair."""

    role: str
    tier: str
    count: int
    team: bool


class ShiftSeats(msgspec.Struct, frozen=True):
    """One shift of a month with its seats counted, optional ones left out; instants in UTC.

    `kinds` are (role, tier, places). `teams` are the full teams it has people for, `wanted` those it has seats for
    (0: it has no team seats).
    """

    key: str
    date: dt.date
    template: str
    area: str
    start: dt.datetime
    end: dt.datetime
    night: bool
    weekend: bool
    kinds: tuple[tuple[str, str, int], ...]
    open: tuple[OpenPlace, ...]
    teams: int
    wanted: int

    @property
    def seats(self) -> int:
        """How many places it has."""
        return sum(count for _, _, count in self.kinds)

    @property
    def missing(self) -> int:
        """How many places nobody holds."""
        return sum(place.count for place in self.open)

    @property
    def lacks_team(self) -> bool:
        """Should it have a full team and has none? A team of one is out of service."""
        return self.wanted > 0 and self.teams == 0


def month_seats(session: Session, month: str) -> tuple[ShiftSeats, ...]:
    """Return every shift of a month with its seats counted, by start.

    The figures are those of `board`, without the weighing of people that explanations need; of shifts that have begun,
    whose open seats the board no longer asks for, they say who is missing on call.
    Raises CrtError if the programme has no shifts.
    """
    programme = programme_of(session)
    plan = frame.frame(session, programme, month)
    wanted = frame.places(
        session,
        plan,
        demand.forecast(session, plan.days[0]),
        promised=_promised(session, plan, programme.zone),
        answering=frame.seating(session),
    )
    held = _held(session, month)
    seats: dict[int, list[asked.Seat]] = defaultdict(list)
    for seat in wanted.seats:
        if not seat.optional:
            seats[seat.shift].append(seat)
    found = [_counted(plan, shift, seats[n], held) for n, shift in enumerate(wanted.shifts) if seats[n]]
    return tuple(sorted(found, key=lambda shift: shift.start))


def _promised(session: Session, plan: frame.Frame, zone: str) -> int:
    """Return the minutes that volunteers owe in the month, moved by what the month before left over."""
    first, last = plan.days[0], plan.days[-1]
    until = last + dt.timedelta(days=1) if availability.rests_by(session, first, last) else first
    return kept(session, ("promised", first), OWED_BY, lambda: _owed(session, plan, zone), duties_before=until)


def _owed(session: Session, plan: frame.Frame, zone: str) -> int:
    before = times.month_days(times.previous_month(times.month_of(plan.days[0])))
    duties = fairness.worked(session, before[0], before[-1])
    members = team.members_if_any(session, plan, availability.Days(plan.slots, zone), duties)
    return sum(member.target for member in members if member.record.kind == "volunteer")


def _held(session: Session, month: str) -> dict[str, Counter[tuple[str, str]]]:
    """Return how many hold each role and tier, by shift; who has left the team holds nothing."""
    days = times.month_days(month)
    kinds = session.scalars(select(ResponderGroup.kind)).all()
    query = (
        select(Shift.key, Assignment.role, Assignment.tier)
        .join(Shift, Assignment.shift_id == Shift.id)
        .join(Responder, Assignment.responder_id == Responder.id)
        .where(Shift.date >= days[0], Shift.date <= days[-1])
        .where(Responder.status != "inactive", Responder.kind.in_(kinds))
    )
    held: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for key, role, tier in session.execute(query):
        held[key][role, tier] += 1
    return held


def _counted(
    plan: frame.Frame, shift: asked.Shift, seats: list[asked.Seat], held: dict[str, Counter[tuple[str, str]]]
) -> ShiftSeats:
    slot = plan.slots[shift.slot]
    key = f"{slot.date.isoformat()}/{slot.template}/{shift.area}"
    taken = held.get(key, Counter())
    parts = [seat for seat in seats if seat.team]
    per_team = [taken[seat.role, seat.tier] // max(1, seat.count // max(1, shift.teams)) for seat in parts]
    return ShiftSeats(
        key=key,
        date=slot.date,
        template=slot.template,
        area=shift.area,
        start=times.from_minutes(slot.start),
        end=times.from_minutes(slot.end),
        night=slot.night,
        weekend=slot.weekend,
        kinds=tuple((seat.role, seat.tier, seat.count) for seat in seats),
        open=tuple(
            OpenPlace(seat.role, seat.tier, missing, seat.team)
            for seat in seats
            if (missing := seat.count - taken[seat.role, seat.tier]) > 0
        ),
        teams=min(per_team, default=0),
        wanted=shift.teams if parts else 0,
    )
