"""Who sits beside whom: no more people than places, nobody alone, trainees escorted, plain seats filled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Bools, Columns, stacked
from solver.period import Period
from solver.problem import Person, Setting
from solver.result import Violation
from solver.role_names import role_words
from solver.roster import Roster
from solver.rules.rest import where_words
from solver.rules.rule import Off, Rule, broken, plural
from solver.rules.teams import first_teams, parts_of
from solver.wording import counting, tr


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
                role = role_words(roster.period.seat(seat).role)
                sentence = tr(
                    "{plural} too many on the {role} seat ({where}).",
                    plural=plural(over, "person", "people"),
                    role=role,
                    where=where_words(roster, seat),
                )
                yield broken(roster, "seat_count", over, sentence, shift=shift)


def _alone_rows(columns: Columns) -> None:
    """Per team seat: people on it beyond what the shift's full teams need."""
    rows, shifts = [], []
    for shift, seat, per_team, teams in parts_of(columns):
        if len(mine := columns.on_seat(seat)):
            weight = np.repeat([1.0, -float(per_team)], [len(mine), len(teams)])
            rows.append((np.concatenate([mine, teams]), weight))
            shifts.append(shift)
    where = np.array(shifts, dtype=np.int64)
    excess = columns.limit("alone", *stacked(rows), 0.0, shift=where, size=len(rows))
    columns.shared["alone"] = (where[: len(excess)], excess)


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


def _train_rows(columns: Columns) -> None:
    """Without anybody on its team seats a shift has nobody to take a trainee along: no trainee on half a team.

    Whoever could is part of a full team or alone, so trainees on a seat <= places x (first team + people alone).
    That needs a price on people alone, a hard escort, and no seat where an able person counts as neither; a trainee
    who is locked in place may be there against the rules.
    """
    period, (shift_alone, alone) = columns.period, columns.shared["alone"]
    if not period.setting("escort").hard or not len(alone):
        return
    first_team, start = first_teams(columns), np.searchsorted(shift_alone, np.arange(len(period.problem.shifts) + 1))
    fixed = columns.fixed() > 0
    rows, shifts = [], []
    for seat in np.flatnonzero([place.escort for place in period.problem.seats]).tolist():
        shift, mine = period.seat(seat).shift, columns.on_seat(seat)
        if first_team[shift] >= 0 and len(mine) and not fixed[mine].any() and _only_teams_beside(period, shift):
            beside = np.concatenate([first_team[shift : shift + 1], alone[start[shift] : start[shift + 1]]])
            weight = np.repeat([1.0, -float(period.seat(seat).count)], [len(mine), len(beside)])
            rows.append((np.concatenate([mine, beside]), weight))
            shifts.append(shift)
    columns.rows("escort", *stacked(rows), 0.0, shift=np.array(shifts, dtype=np.int64), size=len(rows))


def _only_teams_beside(period: Period, shift: int) -> bool:
    """Say whether each seat of a shift is a part of its teams, or one of those for trainees."""
    parts = {seat for seat, _ in period.team_seats[shift]}
    seats = period.seats_of_shift[shift]
    return all((seat in parts) != period.seat(seat).escort for seat in seats)


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
    priced = [
        (index, seat)
        for index, seat in enumerate(columns.period.problem.seats)
        if not (seat.team or seat.optional or columns.begun[index]) and seat.points
    ]
    left = columns.add("open_seats", np.array([seat.points for _, seat in priced]), upper=np.inf, whole=False)
    rows = [np.append(columns.on_seat(index), left[n]) for n, (index, _) in enumerate(priced)]
    row, column, weight = stacked([(row, np.full(len(row), -1.0)) for row in rows])
    places = np.array([-float(seat.count) for _, seat in priced])
    shifts = np.array([seat.shift for _, seat in priced], dtype=np.int64)
    columns.rows("open_seats", row, column, weight, places, shift=shifts, size=len(rows))


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
    usual=Setting(points=60),
)
ESCORT = Rule(
    "escort",
    "Trainees escorted",
    "Each trainee has a lead or an experienced member beside them, one each.",
    "slot",
    _escort,
    rows=_escort_rows,
    tight=_train_rows,
    off=Off("No lead beside", counting("{n} would have no lead beside", "{n} would have no lead beside")),
)
OPEN_SEATS = Rule(
    "open_seats",
    "Seats open",
    "Each open place that is no part of a team, such as duty lead or clergy; the seat says its price.",
    "slot",
    _open,
    rows=_open_rows,
    usual=Setting(points=1),
)
