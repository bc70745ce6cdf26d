"""Who sits beside whom: no more people than places, nobody alone, trainees escorted, plain seats filled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Bools, Columns
from solver.problem import Person
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rest import where_words
from solver.rules.rule import Rule, broken, plural
from solver.rules.teams import team_columns
from solver.wording import tr


def _count_rows(columns: Columns) -> None:
    places = np.array([float(seat.count) for seat in columns.period.problem.seats])
    chosen = np.flatnonzero(columns.to_come)
    seats, row = np.unique(columns.seat[chosen], return_inverse=True)
    shifts = columns.shift_of_seat[seats]
    columns.limit("seat_count", row.astype(np.int64), chosen, 1.0, places[seats], shift=shifts, size=len(seats))


def _count(roster: Roster, slot: int) -> Iterator[Violation]:
    for shift in roster.period.shifts_of_slot[slot]:
        for seat in roster.period.seats_of_shift[shift]:
            over = len(roster.on_seat[seat]) - roster.period.seat(seat).count
            if over > 0:
                role = roster.period.seat(seat).role.replace("_", " ")
                sentence = tr(
                    "{plural} too many on the {role} seat ({where}).",
                    plural=plural(over, "person", "people"),
                    role=role,
                    where=where_words(roster, seat),
                )
                yield broken(roster, "seat_count", over, sentence, shift=shift)


def _alone_rows(columns: Columns) -> None:
    """Per team seat: people on it beyond what the shift's full teams need."""
    for seat, per_team, teams in team_columns(columns):
        mine = np.flatnonzero(columns.seat == seat)
        if len(mine):
            column = np.concatenate([mine, teams])
            weight = np.concatenate([np.ones(len(mine)), np.full(len(teams), -float(per_team))])
            shift = int(columns.shift_of_seat[seat])
            columns.limit("alone", np.zeros(len(column), np.int64), column, weight, 0.0, shift=shift)


def _alone(roster: Roster, slot: int) -> Iterator[Violation]:
    for shift in roster.period.shifts_of_slot[slot]:
        full = roster.teams(shift)
        for seat, per_team in roster.period.team_seats[shift]:
            over = len(roster.on_seat[seat]) - full * per_team
            if over > 0:
                names = ", ".join(roster.period.person(p).name for p in roster.on_seat[seat])
                sentence = tr(
                    "{names}: no full team beside them ({where}).", names=names, where=where_words(roster, seat)
                )
                yield broken(roster, "alone", over, sentence, shift=shift)


def can_escort(person: Person) -> bool:
    """Say whether a person may take a trainee along: a lead, or experienced."""
    return person.experienced or "lead" in person.roles


def _escort_rows(columns: Columns) -> None:
    problem = columns.period.problem
    escorted: Bools = np.array([seat.escort for seat in problem.seats], dtype=bool) & ~columns.begun
    able = np.array([can_escort(person) for person in problem.people], dtype=bool)
    shifts = np.unique(columns.shift_of_seat[escorted])
    place = np.full(len(problem.shifts), -1, dtype=np.int64)
    place[shifts] = np.arange(len(shifts))
    beside = ~escorted[columns.seat]
    chosen = np.flatnonzero((place[columns.shift] >= 0) & (~beside | able[columns.person]))
    weight = np.where(beside[chosen], -1.0, 1.0)
    columns.limit("escort", place[columns.shift[chosen]], chosen, weight, 0.0, shift=shifts, size=len(shifts))


def _escort(roster: Roster, slot: int) -> Iterator[Violation]:
    for shift in roster.period.shifts_of_slot[slot]:
        learning, able = [], 0
        for seat in roster.period.seats_of_shift[shift]:
            if roster.period.seat(seat).escort:
                learning += [(person, seat) for person in roster.on_seat[seat]]
            else:
                able += sum(can_escort(roster.period.person(person)) for person in roster.on_seat[seat])
        if len(learning) > able:
            names = ", ".join(roster.period.person(person).name for person, _ in learning)
            sentence = tr(
                "{names}: no lead or experienced member beside ({where}).",
                names=names,
                where=where_words(roster, learning[0][1]),
            )
            yield broken(roster, "escort", len(learning) - able, sentence, shift=shift)


def _open_rows(columns: Columns) -> None:
    """Price every open place of a plain seat; the price is the seat's own, not a setting's."""
    problem = columns.period.problem
    for index, seat in enumerate(problem.seats):
        if seat.team or seat.optional or not seat.points or columns.begun[index]:
            continue
        left = columns.add("open_seats", np.array([seat.points]), upper=np.inf, whole=False)
        mine = np.flatnonzero(columns.seat == index)
        column = np.concatenate([mine, left])
        row = np.zeros(len(column), np.int64)
        columns.rows("open_seats", row, column, -1.0, -float(seat.count), shift=seat.shift)


def _open(roster: Roster, slot: int) -> Iterator[Violation]:
    period = roster.period
    for shift in period.shifts_of_slot[slot]:
        for index in period.seats_of_shift[shift]:
            seat = period.seat(index)
            missing = seat.count - len(roster.on_seat[index])
            if missing > 0 and seat.points and not seat.team and not seat.optional:
                sentence = f"No {seat.tier or seat.role.replace('_', ' ')} ({where_words(roster, index)})."
                yield Violation(
                    rule="open_seats", hard=False, amount=missing, points=seat.points * missing,
                    sentence=sentence, shift=period.key(shift),
                )  # fmt: skip


SEAT_COUNT = Rule(
    "seat_count",
    "No more people than places",
    "No seat holds more people than it has places.",
    "slot",
    _count,
    rows=_count_rows,
)
ALONE = Rule(
    "alone",
    "Nobody sent out alone",
    "Each person on a team's seat without a full team beside them.",
    "slot",
    _alone,
    rows=_alone_rows,
)
ESCORT = Rule(
    "escort",
    "Trainees escorted",
    "Each trainee has a lead or an experienced member beside them, one each.",
    "slot",
    _escort,
    rows=_escort_rows,
)
OPEN_SEATS = Rule(
    "open_seats",
    "Seats open",
    "Each open place that is no part of a team, such as duty lead or clergy; the seat says its price.",
    "slot",
    _open,
    rows=_open_rows,
)
