"""The replay: teams go out and come back, neighbours help, and what is counted agrees with plain chance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import roster
from crt_scheduler.errors import CrtError
from crt_scheduler.store import Store
from crt_scheduler.tables import Area, Incident
from crt_scheduler.truth.backtest import Backtest, backtest
from crt_scheduler.truth.replay import Stream, at_once, replay, responses
from crt_scheduler.truth.stretch import Log, ground, play
from solver.problem import Area as AskedArea
from solver.problem import Shift
from tests.crt_scheduler import team_build as build
from tests.solver.build import pair_seats, problem, slot

NEAR = ((1,), (0,))


def stream(*calls: tuple[int, float, int, int]) -> Stream:
    """Calls as (minute, minutes, area, shift)."""
    minute, minutes, area, shift = zip(*calls, strict=True)
    return Stream(np.array(minute), np.array(minutes), np.array(area), np.array(shift))


def sure(calls: Stream, *teams: int) -> tuple[list[float], list[float]]:
    """Served and late where every free team answers."""
    on_shift = np.tile(np.array(teams), (len(calls.minute), 1))
    found = replay(calls, on_shift, np.ones(on_shift.shape), NEAR, dice=np.random.default_rng(0))
    return found.served.tolist(), found.late.tolist()


def test_a_team_out_on_a_call_leaves_the_next_to_a_neighbour_and_the_third_to_nobody() -> None:
    calls = stream((0, 60, 0, 1), (10, 60, 0, 1), (20, 60, 0, 1), (65, 10, 0, 1))
    assert sure(calls, 1, 1) == ([1, 0, 0, 1], [0, 1, 0, 0])


def test_the_next_shift_begins_with_rested_teams() -> None:
    assert sure(stream((0, 600, 0, 1), (10, 60, 0, 2)), 1, 0) == ([1, 1], [0, 0])


def test_a_second_team_takes_the_second_call() -> None:
    assert sure(stream((0, 60, 0, 1), (10, 60, 0, 1)), 2, 0) == ([1, 1], [0, 0])


def test_calls_at_once_are_those_that_come_while_another_of_their_area_runs() -> None:
    calls = stream((0, 60, 0, 1), (10, 5, 1, 1), (30, 60, 0, 1), (80, 5, 0, 1), (85, 5, 0, 2))
    assert at_once(calls).tolist() == [False, False, True, True, False]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 700), st.floats(1, 300), st.integers(0, 1)), min_size=1), st.integers(0, 3))
def test_every_call_ends_exactly_one_way(drawn: list[tuple[int, float, int]], teams: int) -> None:
    calls = stream(*((minute, minutes, area, 0) for minute, minutes, area in sorted(drawn)))
    on_shift = np.full((len(drawn), 2), teams)
    found = replay(calls, on_shift, np.full(on_shift.shape, 0.8), NEAR, dice=np.random.default_rng(1))
    for chance in (found.served, found.late, found.missed):
        assert ((chance >= -1e-12) & (chance <= 1 + 1e-12)).all()
    assert found.served[0] == pytest.approx(1 - 0.2**teams)


def test_drawn_responses_have_the_mean_asked_for() -> None:
    drawn = responses(200_000, mean=126.0, dice=np.random.default_rng(1))
    assert drawn.mean() == pytest.approx(126, rel=0.01)
    assert drawn.std() / drawn.mean() == pytest.approx(0.7, rel=0.02)


def test_calls_spread_by_chance_meet_what_was_promised() -> None:
    slots = [slot(dt.date(2027, 1, 4) + dt.timedelta(days=n)) for n in range(7)]
    areas = (AskedArea("West", ("Valley",)), AskedArea("Valley", ("West",)))
    shifts = tuple(Shift(n, area.name, calls=0.6, teams=1) for n in range(7) for area in areas)
    seats = tuple(seat for n in range(14) for seat in pair_seats(n))
    where = ground(problem([], slots, areas=areas, shifts=shifts, seats=seats), (1,) * 14, ["day"])
    dice, days = np.random.default_rng(3), 10_000
    counts = dice.poisson(0.6, (days, 2))
    day, area = (np.repeat(n.ravel(), counts.ravel()) for n in np.indices(counts.shape))
    minute = day * 1440 + 360 + dice.integers(0, 720, len(day))
    order = np.argsort(minute, kind="stable")
    log = Log(minute[order], day[order], np.zeros(len(day), np.int64), area[order], np.full(len(day), np.nan))
    played = play(log, where, first=0, last=days - 1, seed=1)
    replayed = float((played.ends.served + played.ends.late).mean())
    assert replayed == pytest.approx(float(played.promised.mean()), abs=0.015)
    assert played.at_once.mean() == pytest.approx(played.by_chance.mean(), rel=0.15)


def logged(store: Store, *moments: str, minutes: int | None = 60, area: str = "Valley") -> None:
    """Log calls at these UTC instants."""
    with store.change("Log") as session:
        row = session.scalar(select(Area).where(Area.name == area))
        assert row is not None
        for n, moment in enumerate(moments):
            at = dt.datetime.fromisoformat(moment)
            session.add(
                Incident(key=f"{moment}{n}", number="", at=at, area_id=row.id, division_id=None, type="fire", agency="",
                         duration_minutes=minutes)
            )  # fmt: skip


def tested(store: Store, **stretch: dt.date) -> Backtest:
    """A backtest of January 2027."""
    with store.read() as session:
        return backtest(session, "2027-01", now=store.now, **stretch)


def test_a_call_is_played_on_a_like_shift_of_the_month(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Every Saturday") as session:
        build.pair(session)
        for day in (2, 9, 16, 23, 30):
            for who in ("Ana", "Ben"):
                roster.assign(session, roster.shift_name(f"2027-01-{day:02d}/day/Valley"), who)
    logged(store, "2026-06-06T19:00+00:00", "2026-06-06T19:30+00:00", "2026-06-08T19:00+00:00")  # Saturday, Monday
    found = tested(store)
    store.close()
    assert found.teams_of == "roster" and found.calls == 3
    assert found.served == pytest.approx(0.8 + 0.8 * 0.2, abs=0.2)
    assert found.missed == pytest.approx(3 - found.served, abs=0.01)
    assert found.at_once == 1 and found.nights_with_two == 0
    assert [month.month for month in found.months] == ["2026-06"]
    assert found.replayed_p_team < found.promised_p_team


def test_the_stretch_is_the_log_s_last_twelve_months_unless_said(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    logged(store, "2024-03-01T20:00+00:00", "2025-07-01T20:00+00:00", "2026-06-30T20:00+00:00", minutes=None)
    assert (tested(store).first, tested(store).last) == (dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    assert tested(store).calls == 2
    assert tested(store, first=dt.date(2024, 1, 1)).calls == 3
    assert tested(store) == tested(store)
    with pytest.raises(CrtError, match="No call is logged from"):
        tested(store, last=dt.date(2023, 1, 1))
    with pytest.raises(CrtError, match="not after"):
        tested(store, first=dt.date(2026, 1, 2), last=dt.date(2026, 1, 1))
    store.close()


def test_without_a_log_the_backtest_says_what_to_do(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with pytest.raises(CrtError, match="Import some first"):
        tested(store)
    store.close()
