"""The forecast: shrunk towards what is known, taken over by the log, and honest about how little it saw."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import demand, planning, times
from crt_scheduler.demand import Calls, Prior
from crt_scheduler.tables import Area, Incident
from tests.crt_scheduler import team_build as build

PRIOR = Prior(yearly_calls=730.0, area_weights=np.array([1.0, 3.0]), template_hours=np.array([12.0, 12.0]))
NONE = np.zeros(0, dtype=np.int64)


def calls(days: list[int], *, template: int = 0, area: int = 0) -> Calls:
    """Return calls on these days, all in one template and area."""
    day = np.array(days, dtype=np.int64)
    return Calls(day, np.full(len(day), template, dtype=np.int64), np.full(len(day), area, dtype=np.int64))


def month_total(forecast: demand.Forecast, month: str) -> float:
    """Return the calls expected in a month over two templates and two areas."""
    return sum(forecast.calls(day, t, a) for day in times.month_days(month) for t in range(2) for a in range(2))


def test_without_a_log_the_yearly_number_by_hand_and_the_area_weights_give_the_table() -> None:
    forecast = demand.learn(Calls(NONE, NONE, NONE), PRIOR, until=20000)
    assert month_total(forecast, "2027-01") == pytest.approx(62.0)
    day = dt.date(2027, 1, 5)
    assert forecast.calls(day, 0, 1) == pytest.approx(3 * forecast.calls(day, 0, 0))
    assert "by hand" in forecast.sentence()


def test_a_long_steady_log_takes_over_from_the_number_by_hand() -> None:
    three_a_day = sorted(list(range(18900, 20000)) * 3)
    forecast = demand.learn(calls(three_a_day, area=1), PRIOR, until=20000)
    # three years of log: nothing is left of the two a day by hand
    assert forecast.level == pytest.approx(3.0, abs=0.01)
    assert forecast.area_share[1] > 0.99
    assert forecast.week_index[0, 0] > 1.5 > 0.5 > forecast.week_index[0, 1]


def test_calls_after_the_level_is_frozen_are_not_looked_at() -> None:
    early = demand.learn(calls(list(range(19000, 20000))), PRIOR, until=20000)
    late = demand.learn(calls(list(range(19000, 20000)) + [20001] * 500), PRIOR, until=20000)
    assert early.level == late.level


def test_a_level_that_jumps_is_followed_within_months() -> None:
    days = list(range(19000, 19700)) + sorted(list(range(19700, 20000)) * 3)
    assert demand.learn(calls(days), PRIOR, until=20000).level > 2.5


@given(st.lists(st.integers(19000, 20000), max_size=60), st.integers(0, 1), st.integers(0, 1))
def test_a_forecast_is_never_negative_and_a_week_keeps_its_total(days: list[int], template: int, area: int) -> None:
    forecast = demand.learn(calls(sorted(days), template=template, area=area), PRIOR, until=20001)
    cells = [forecast.cell(w, 6, t, a) for w in range(7) for t in range(2) for a in range(2)]
    assert min(cells) >= 0
    assert sum(cells) == pytest.approx(7 * forecast.level * forecast.month_index[5])


@given(st.floats(0, 40))
def test_the_band_holds_the_mean(mean: float) -> None:
    low, high = demand.band(mean)
    assert low <= mean + 1 and high >= mean - 1 and low <= high


def test_the_band_of_a_quiet_shift_is_none_or_one_call() -> None:
    assert demand.band(0.0) == (0, 0)
    assert demand.band(0.24) == (0, 1)


def test_a_call_before_dawn_belongs_to_the_night_that_began_the_day_before(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Incidents") as session:
        valley = session.scalars(select(Area.id).where(Area.name == "Valley")).one()
        for n, (day, hour) in enumerate(((9, 3), (9, 6), (9, 17), (9, 18))):
            at = times.instant(dt.date(2026, 10, day), dt.time(hour), "America/Los_Angeles")
            session.add(
                Incident(
                    key=str(n), number="", at=at, area_id=valley, division_id=None, type="", agency="",
                    duration_minutes=None,
                )
            )  # fmt: skip
    with store.read() as session:
        logged = demand.logged(session)
        days = [dt.date(1970, 1, 1) + dt.timedelta(days=int(day)) for day in logged.day]
    names = ["day", "night"]
    assert [(d.day, names[t]) for d, t in zip(days, logged.template, strict=True)] == [
        (8, "night"), (9, "day"), (9, "day"), (9, "night"),
    ]  # fmt: skip
    store.close()


def test_the_forecast_of_a_month_names_every_area_shift_with_its_teams(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.read() as session:
        cells = planning.cells_of(planning.standing(session, "2027-02", now=store.now))
    assert len(cells) == 28 * 2 * 4
    assert {cell.teams for cell in cells} == {1}
    assert all(0 < cell.p_team < 1 and cell.low <= cell.high for cell in cells)
    assert sum(cell.calls for cell in cells) == pytest.approx(713 / 365 * 28, rel=0.01)
    store.close()
