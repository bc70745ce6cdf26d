"""Full teams and the calls they answer: late without a home team, missed without any."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Columns, Ints, stacked
from solver.coverage import unmet
from solver.problem import CITY, Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Rule, plural
from solver.wording import tr


def parts_of(columns: Columns) -> Iterator[tuple[int, int, int, Ints]]:
    """Yield (shift, seat, places per team, team columns of its shift) for every part of a team."""
    shift_of, team = teams_of(columns)
    start = np.searchsorted(shift_of, np.arange(len(columns.period.problem.shifts) + 1)).tolist()
    for shift, parts in enumerate(columns.period.teams_to_come):
        for seat, per_team in parts:
            yield shift, seat, per_team, team[start[shift] : start[shift + 1]]


def teams_of(columns: Columns) -> tuple[Ints, Ints]:
    """Return (shift, column) of every team column, a shift's in order, written at the first call."""
    if "teams" not in columns.shared:
        columns.shared["teams"] = _write_teams(columns)
    return columns.shared["teams"]


def first_teams(columns: Columns) -> Ints:
    """Return the column of each shift's first team; -1 where none is seated."""
    shift_of, team = teams_of(columns)
    first = np.full(len(columns.period.problem.shifts), -1, dtype=np.int64)
    first[shift_of[::-1]] = team[::-1]
    return first


def _late_rows(columns: Columns) -> None:
    """People on each part carry the teams of their shift."""
    parts = list(parts_of(columns))
    rows = [
        (np.concatenate([mine, teams]), np.repeat([-1.0, float(per_team)], [len(mine), len(teams)]))
        for _, seat, per_team, teams in parts
        for mine in (columns.on_seat(seat),)
    ]
    shifts = np.array([shift for shift, *_ in parts], dtype=np.int64)
    columns.rows("late_calls", *stacked(rows), 0.0, shift=shifts, size=len(rows))


def _write_teams(columns: Columns) -> tuple[Ints, Ints]:
    """Add a column per team of a shift, worth the calls that would else wait."""
    period, coverage = columns.period, columns.period.problem.coverage
    saved: dict[int, tuple[float, ...]] = {}
    for calls, steps in zip(period.slot_calls, period.steps, strict=True):
        if calls and steps:
            saved.update(zip(calls.shifts, steps.home, strict=True))
    shifts, worth, whole = [], [], []
    for shift, parts in enumerate(period.teams_to_come):
        for team in range(period.problem.shifts[shift].teams if parts else 0):
            step = saved.get(shift, ())
            shifts.append(shift)
            worth.append(coverage.late * step[team] if team < len(step) else 0.0)
            whole.append(team > 0 or any(per_team > 1 for _, per_team in parts))
    # With one place per part, whole people make a whole first team; telling the solver less lets it branch on people.
    # Further teams are whole, for each pulls more than the one before: half of each would count for more than one.
    columns.constant += sum(worth)
    team_of = columns.add("late_calls", -np.array(worth, dtype=float), whole=np.array(whole, dtype=bool))
    shift_of = np.array(shifts, dtype=np.int64)
    _in_order(columns, shift_of, team_of)
    return shift_of, team_of


def _in_order(columns: Columns, shift_of: Ints, team_of: Ints) -> None:
    """No second team of a shift before its first."""
    later = np.flatnonzero(shift_of[1:] == shift_of[:-1]) + 1
    row = np.tile(np.arange(len(later), dtype=np.int64), 2)
    weight = np.repeat([1.0, -1.0], len(later))
    column = np.concatenate([team_of[later], team_of[later - 1]])
    columns.rows("late_calls", row, column, weight, 0.0, shift=shift_of[later], size=len(later))


def _pooled_rows(columns: Columns) -> None:
    """Per pool one column per stretch of its curve, filled by the pull of the teams in its areas."""
    shift_of, team = teams_of(columns)
    start = np.searchsorted(shift_of, np.arange(len(columns.period.problem.shifts) + 1)).tolist()
    extra = columns.period.problem.coverage.missed - columns.period.problem.coverage.late
    pools = [
        (calls, steps, pool)
        for calls, steps in zip(columns.period.slot_calls, columns.period.steps, strict=True)
        if calls and steps
        for pool in steps.pools
    ]
    worth = [-extra * np.diff(pool.missed) for *_, pool in pools]
    columns.constant += float(sum(part.sum() for part in worth))
    pooled = columns.add("missed_calls", -np.concatenate([np.zeros(0), *worth]), whole=False)
    rows, first = [], 0
    for calls, steps, pool in pools:
        stretches = pooled[first : first + len(pool.marks) - 1]
        first += len(stretches)
        shifts = [calls.shifts[area] for area in pool.areas]
        column = np.concatenate([stretches, *(team[start[shift] : start[shift + 1]] for shift in shifts)])
        pull = [-part for area in pool.areas for part in steps.pull[area]]
        rows.append((column, np.concatenate([np.diff(pool.marks), pull])))
    where = np.array([calls.shifts[pool.areas[0]] for calls, _, pool in pools], dtype=np.int64)
    columns.rows("missed_calls", *stacked(rows), 0.0, shift=where, size=len(rows))


def _late(roster: Roster, slot: int) -> Iterator[Violation]:
    calls, steps = roster.period.slot_calls[slot], roster.period.steps[slot]
    if not calls or not steps:
        return
    price = roster.period.problem.coverage.late
    for shift, home in zip(calls.shifts, steps.home, strict=True):
        teams = roster.teams(shift)
        waiting = sum(home[teams:])
        if waiting > 0:
            wanted = plural(len(home), "team")
            sentence = tr(
                "{area} has {teams} of {wanted}: {waiting:.2f} more calls must wait for a neighbour.",
                area=roster.period.problem.shifts[shift].area,
                teams=teams or "no",
                wanted=wanted,
                waiting=waiting,
            )
            yield Violation("late_calls", False, waiting, price * waiting, sentence, shift=roster.period.key(shift))


def _missed(roster: Roster, slot: int) -> Iterator[Violation]:
    calls, steps = roster.period.slot_calls[slot], roster.period.steps[slot]
    if not calls or not steps:
        return
    coverage = roster.period.problem.coverage
    teams = [roster.teams(shift) for shift in calls.shifts]
    lost = unmet(steps, teams)
    if lost > 0:
        when = roster.period.problem.slots[slot]
        wanted = plural(sum(calls.most), "team")
        sentence = tr(
            "{sum} of {wanted} in the city: {lost:.2f} more calls find nobody.",
            sum=sum(teams),
            wanted=wanted,
            lost=lost,
        )
        where = f"{when.date.isoformat()}/{when.template}/{CITY}"
        yield Violation("missed_calls", False, lost, (coverage.missed - coverage.late) * lost, sentence, shift=where)


LATE_CALLS = Rule(
    "late_calls",
    "Calls that wait for a neighbour",
    "Each call expected to wait for a team of a neighbouring area.",
    "slot",
    _late,
    rows=_late_rows,
    usual=Setting(points=400),
)
MISSED_CALLS = Rule(
    "missed_calls",
    "Calls that nobody answers",
    "Each call expected to find no full team, at home or next door.",
    "slot",
    _missed,
    rows=_pooled_rows,
    usual=Setting(points=1000),
)
