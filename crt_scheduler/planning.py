"""Records to Problem and Result to assignments: what the solver is asked, and how its answer becomes a draft."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, demand, fairness, frame, journal, roster, team, times
from crt_scheduler.calls import team_rate
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.fairness import Worked
from crt_scheduler.kept import kept
from crt_scheduler.programmes import programme_of
from crt_scheduler.rows import AssignmentRow
from crt_scheduler.tables import Assignment, Record, Responder, RuleSetting, Shift, WantedLanguage
from crt_scheduler.truth.teams import Truth, as_seated, ends, planned, seated
from solver import problem as asked
from solver import result as answered
from solver.check import check as check_roster
from solver.check import check_hard
from solver.rules import DEFAULTS

PRICED_BY_SEAT = "open_seats"
"""Duty lead and clergy seats carry their own price; there is no one price to set."""
Members = Callable[[Session, frame.Frame, availability.Days, list[Worked]], list[team.Member]]
AROUND_DAYS = 7
"""Days before and after the month whose duties rest, nights and weekends must respect."""


def problem(session: Session, month: str, *, now: dt.datetime) -> asked.Problem:
    """Freeze everything a solver needs to plan the month.

    A shift that has begun by `now` is history: whoever is on it stays, nobody is added, and its open seats are not
    asked for. Locked places keep their people too. Raises CrtError if there is nobody to roster.
    """
    forecast = _forecast(session, month, now=now)
    return _freeze(session, month, forecast, team.members, now=now)


def _forecast(session: Session, month: str, *, now: dt.datetime) -> demand.Forecast:
    today = times.local(now, programme_of(session).zone).date()
    return demand.forecast(session, times.parse_month(month), today=today)


def _freeze(
    session: Session, month: str, forecast: demand.Forecast, members_of: Members, *, now: dt.datetime
) -> asked.Problem:
    programme = programme_of(session)
    plan = _as_of(frame.frame(session, programme, month), now)
    duties = fairness.worked_before(session, plan.days[0])
    days = availability.Days(plan.slots, programme.zone)
    members = members_of(session, plan, days, duties)
    promised = sum(member.target for member in members if member.record.kind == "volunteer")
    answering = team_rate.answering(session)
    wanted = frame.places(session, plan, forecast, promised=promised, answering=answering)
    rows = roster.rows(session, plan.days[0], plan.days[-1])
    wanted = _with_history(plan, wanted, rows)
    answered = fairness.answered(session, plan.days[0] - fairness.YEAR, plan.days[0])
    shares = team.fair_shares(session, plan, members, duties, forecast, wanted, answered)
    codes = {member.record.id: member.record.code for member in members}
    return asked.Problem(
        period=month,
        zone=programme.zone,
        areas=frame.neighbourhood(session, plan),
        slots=plan.slots,
        shifts=wanted.shifts,
        seats=wanted.seats,
        languages=tuple(
            asked.Language(row.name, row.each_area)
            for row in session.scalars(select(WantedLanguage).order_by(WantedLanguage.id))
        ),
        groups=tuple(_group(member) for member in {m.group.kind: m for m in members}.values()),
        people=team.persons(session, plan, days, members, shares, answering.factors, now=now),
        rules=rules(session),
        coverage=frame.prices(programme, forecast, answering),
        current=_current(plan, wanted, rows, codes, now),
        around=_around(session, plan, codes),
        revision=journal.revision(session),
    )


def _as_of(plan: frame.Frame, now: dt.datetime) -> frame.Frame:
    """Return the frame with every slot marked that has begun by an instant, the very start included."""
    until = times.minutes(now)
    return replace(plan, slots=tuple(msgspec.structs.replace(s, begun=s.start <= until) for s in plan.slots))


def _with_history(plan: frame.Frame, wanted: frame.Places, rows: list[AssignmentRow]) -> frame.Places:
    """Return the places with a seat for each role and tier held on a begun shift that the programme no longer seats.

    Who worked such a seat worked its hours all the same.
    """
    shift_of = _shifts_by_name(plan, wanted)
    known = {(seat.shift, seat.role, seat.tier) for seat in wanted.seats}
    gone: dict[tuple[int, str, str], None] = {}
    for row in rows:
        shift = shift_of.get((row.date, row.template, row.area))
        if shift is not None and plan.slots[wanted.shifts[shift].slot].begun:
            key = (shift, row.role, row.tier)
            gone |= {} if key in known else {key: None}
    seats = (asked.Seat(shift, role, (role,), tier=tier, optional=True) for shift, role, tier in gone)
    return replace(wanted, seats=(*wanted.seats, *seats))


def _shifts_by_name(plan: frame.Frame, wanted: frame.Places) -> dict[tuple[dt.date, str, str], int]:
    return {
        (plan.slots[shift.slot].date, plan.slots[shift.slot].template, shift.area): n
        for n, shift in enumerate(wanted.shifts)
    }


def begun_until(frozen: asked.Problem) -> dt.datetime | None:
    """Return the start of the newest shift that had begun when a Problem was frozen; None if none had."""
    starts = [slot.start for slot in frozen.slots if slot.begun]
    return times.from_minutes(max(starts)) if starts else None


def reopened(frozen: asked.Problem, name: roster.ShiftName) -> asked.Problem:
    """Return a Problem as if one shift had not begun; raises CrtError if the programme has no such shift."""
    wanted = frozen.shifts[shift_number(frozen, name)].slot
    slots = (msgspec.structs.replace(s, begun=s.begun and n != wanted) for n, s in enumerate(frozen.slots))
    return msgspec.structs.replace(frozen, slots=tuple(slots))


def is_over(frozen: asked.Problem) -> bool:
    """Has every shift of a frozen month begun, so that nothing of it can be planned?"""
    return all(slot.begun for slot in frozen.slots)


def _unbegun(frozen: asked.Problem) -> asked.Problem:
    """Return a Problem as if nothing had begun: what its history broke and cost."""
    return msgspec.structs.replace(frozen, slots=tuple(msgspec.structs.replace(s, begun=False) for s in frozen.slots))


def rules(session: Session) -> dict[str, asked.Setting]:
    """Return every rule's setting: the default, or what the coordinator set instead."""
    programme = programme_of(session)
    settings = {rule: setting for rule, setting in DEFAULTS.items() if rule != PRICED_BY_SEAT}
    for row in session.scalars(select(RuleSetting)):
        settings[row.rule] = asked.Setting(row.hard, row.points)
    settings["missed_calls"] = asked.Setting(points=programme.missed_points)
    settings["late_calls"] = asked.Setting(points=programme.late_points)
    return settings


def set_rule(session: Session, rule: str, *, hard: bool, points: float) -> None:
    """Make a rule hard, or weighted with points per unit.

    Raises CrtError for a rule that does not exist, and for a missed or late call without a price of its own.
    """
    programme = programme_of(session)
    if rule not in DEFAULTS or rule == PRICED_BY_SEAT:
        raise CrtError(f"No rule is called {rule!r}. List them with: crt-scheduler rules list")
    if not math.isfinite(points):
        raise CrtError("Give the points as a number, such as 40.")
    if rule in ("missed_calls", "late_calls"):
        if hard or points < 0:
            raise CrtError("A missed or late call has a price and is never forbidden. Give --points, 0 or more.")
        if rule == "missed_calls":
            programme.missed_points = points
        else:
            programme.late_points = points
        session.flush()
        return
    row: RuleSetting | None = session.scalar(select(RuleSetting).where(RuleSetting.rule == rule))
    if row is None:
        session.add(RuleSetting(programme_id=programme.id, rule=rule, hard=hard, points=points))
    else:
        row.hard, row.points = hard, points
    session.flush()


def _group(member: team.Member) -> asked.Group:
    row = member.group
    return asked.Group(row.kind, row.rest_minutes, row.nights_in_a_row, row.weekends, row.most_per_tier)


def _current(
    plan: frame.Frame, wanted: frame.Places, rows: list[AssignmentRow], codes: dict[int, str], now: dt.datetime
) -> tuple[asked.Assignment, ...]:
    """Return the roster as it stands; a place no seat of the programme matches is left out."""
    shift_of = _shifts_by_name(plan, wanted)
    known = set(codes.values())
    seat_of = {(seat.shift, seat.role, seat.tier): n for n, seat in enumerate(wanted.seats)}
    result = []
    for row in rows:
        shift = shift_of.get((row.date, row.template, row.area))
        seat = None if shift is None else seat_of.get((shift, row.role, row.tier))
        if seat is not None and row.person in known:
            begun = row.start <= now or row.state == "done"
            result.append(asked.Assignment(row.person, seat, row.locked or begun, _state(row.state)))
    return tuple(result)


def _state(word: str) -> asked.PromiseState:
    for state in ("draft", "told", "confirmed", "done"):
        if word == state:
            return state
    raise ValueError(word)


def _around(session: Session, plan: frame.Frame, codes: dict[int, str]) -> tuple[asked.Duty, ...]:
    """Return the duties just before and after the month."""
    margin = dt.timedelta(days=AROUND_DAYS)
    duties = fairness.worked(session, plan.days[0] - margin, plan.days[-1] + margin)
    return tuple(
        asked.Duty(
            person=codes[duty.responder],
            date=duty.date,
            start=times.minutes(duty.start),
            end=times.minutes(duty.end),
            night=duty.night,
            weekend=duty.weekend,
        )
        for duty in duties
        if duty.responder in codes and not plan.days[0] <= duty.date <= plan.days[-1]
    )


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
        raise NotAllowed("The roster changed while solving. Solve again to apply.")
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
                f"{times.day_words(name.date)} {name.template}, {name.area}, has begun since this plan was made, and "
                "the plan would change who is on it. Solve again to apply."
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


@dataclass(frozen=True)
class Cell:
    """One shift's forecast: calls with the band that holds 80 % of such months' shifts, full teams, how calls end.

    `teams` are those on the roster, or those planned while there is none; `planned` is what the seats allow.
    """

    date: dt.date
    shift: str
    area: str
    calls: float
    low: int
    high: int
    teams: int
    planned: int
    p_team: float
    p_served: float
    p_late: float
    p_missed: float


@dataclass(frozen=True)
class Standing:
    """A month as it stands: the Problem, full teams per shift, and whether those are the roster's or the plan's.

    `seated` is the Problem with every shift answered as surely as those on it answer.
    """

    problem: asked.Problem
    seated: asked.Problem
    forecast: demand.Forecast
    teams: tuple[int, ...]
    is_rostered: bool

    @property
    def truth(self) -> Truth:
        """How the month's calls are expected to end."""
        return ends(self.seated, self.teams)

    @property
    def words(self) -> str:
        """Whose teams these are, for people."""
        return "the teams on the roster" if self.is_rostered else "the teams planned, for nobody is on call yet"


def problem_if_any(session: Session, month: str, *, now: dt.datetime) -> asked.Problem:
    """Freeze the month as `problem` does, also while there is nobody to roster."""
    return _freeze(session, month, _forecast(session, month, now=now), team.members_if_any, now=now)


def standing(session: Session, month: str, *, now: dt.datetime) -> Standing:
    """Return the month with the full teams of its roster, or with those planned while nobody is on call.

    It rests on nearly every table; a page that plays the log on what it shows asks for the same moment again.
    """
    every_table = frozenset(Record.metadata.tables)
    return kept(session, ("standing", month, now), every_table, lambda: _standing(session, month, now=now))


def _standing(session: Session, month: str, *, now: dt.datetime) -> Standing:
    forecast = _forecast(session, month, now=now)
    frozen = _freeze(session, month, forecast, team.members_if_any, now=now)
    has_roster = any(frozen.seats[a.seat].team for a in frozen.current)
    found = seated(frozen) if has_roster else planned(frozen)
    return Standing(frozen, as_seated(frozen), forecast, tuple(found), has_roster)


def cells_of(standing: Standing) -> list[Cell]:
    """Return the forecast of every area-shift of a month, by date, shift and area.

    `p_team` is the chance that a call finds a full team that answers, of its own or a neighbouring area.
    """
    return [
        Cell(
            end.date,
            end.template,
            end.area,
            end.calls,
            *demand.band(end.calls, spread=standing.forecast.spread),
            end.teams,
            standing.problem.shifts[end.shift].teams,
            *(round(chance, 4) for chance in (end.p_team, end.p_served, end.p_late, end.p_missed)),
        )
        for end in standing.truth.cells
    ]


def check(session: Session, month: str, *, now: dt.datetime) -> list[answered.Violation]:
    """Return every rule the month's roster breaks or pays for from `now` on, places that fit no seat first."""
    return violations(problem(session, month, now=now), roster.month_rows(session, month))


def violations(frozen: asked.Problem, rows: list[AssignmentRow]) -> list[answered.Violation]:
    """Return every rule that a frozen month and its assignments break or pay for, places that fit no seat first.

    What was worked counts as worked, but what has begun breaks nothing any more: see `history`.
    """
    return [*_strays(frozen, rows), *check_roster(frozen, frozen.current)]


def history(frozen: asked.Problem, rows: list[AssignmentRow]) -> list[answered.Violation]:
    """Return the hard rules that were broken by what has begun, which no plan can mend any more."""
    if begun_until(frozen) is None:
        return []
    known = {violation.sentence for violation in _hard(frozen, rows)}
    return [found for found in check_hard(_unbegun(frozen), frozen.current) if found.sentence not in known]


def _hard(frozen: asked.Problem, rows: list[AssignmentRow]) -> list[answered.Violation]:
    """Return the hard rules among `violations`."""
    return [*_strays(frozen, rows), *check_hard(frozen, frozen.current)]


def _strays(frozen: asked.Problem, rows: list[AssignmentRow]) -> list[answered.Violation]:
    """Return the places to come that fit no seat, or whose holder is off the team."""
    until = begun_until(frozen)
    placed = {(asked.shift_key(frozen, frozen.seats[a.seat].shift), a.person) for a in frozen.current}
    return [
        answered.Violation(
            rule="roles",
            hard=True,
            amount=1.0,
            points=0.0,
            sentence=f"{row.name} is on {row.shift} as {row.role}, but is off the team or that seat is gone. "
            "Take them off it.",
            person=row.person,
            shift=row.shift,
        )
        for row in rows
        if (row.shift, row.person) not in placed and (until is None or row.start > until)
    ]


def broken(session: Session, month: str, *, now: dt.datetime) -> list[str]:
    """Return a sentence per hard rule that the month's roster breaks, or broke on what has begun: for a hand's act.

    None while there is nobody to roster.
    """
    if session.scalar(select(Responder.id).where(Responder.status != "inactive")) is None:
        return []
    frozen, rows = problem(session, month, now=now), roster.month_rows(session, month)
    return [violation.sentence for violation in (*_hard(frozen, rows), *history(frozen, rows))]


def refuse_hopeless(frozen: asked.Problem) -> None:
    """Raise CrtError if the month is over, or an expired blocking credential keeps everyone off the rest of it."""
    if is_over(frozen):
        raise CrtError(
            f"{times.month_words(frozen.period)} is over: each of its shifts has begun, so nothing is left to plan. "
            "Correct by hand who worked them, or choose a month to come."
        )
    first = min(slot.date for slot in frozen.slots if not slot.begun)

    def is_expired(who: asked.Person) -> bool:
        return any(c.blocking and c.until is not None and c.until < first for c in who.credentials)

    if all(is_expired(person) for person in frozen.people):
        raise CrtError(
            f"Nobody can be rostered in {frozen.period}: a blocking credential of each of {len(frozen.people)} people "
            "has expired. Import people with the new expiry dates."
        )


@dataclass(frozen=True)
class Difference:
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


def shift_number(frozen: asked.Problem, name: roster.ShiftName) -> int:
    """Return the position of a shift in the Problem; raises CrtError if the programme has no such shift."""
    for n in range(len(frozen.shifts)):
        if asked.shift_key(frozen, n).casefold() == str(name).casefold():
            return n
    raise CrtError(f"There is no shift {name}. Shifts are named like {asked.shift_key(frozen, 0)}.")


def is_at(seat: answered.OpenSeat, name: roster.ShiftName) -> bool:
    """Is the open seat one of that shift?"""
    return (seat.date, seat.shift, seat.area.casefold()) == (name.date, name.template, name.area.casefold())
