"""The forecast from the records: the frozen day, zones, rolling origin; all at once and in local time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import demand, programmes, times
from crt_scheduler.demand import Calls, Prior, origin
from crt_scheduler.demand.forecast_values import day_number
from crt_scheduler.store import Store
from crt_scheduler.tables import Area, Incident, ShiftTemplate
from tests.crt_scheduler import team_build as build
from tests.opened import open_store

FIRST = dt.date(2027, 1, 1)
FROZEN = FIRST - dt.timedelta(days=45)


def log_at(store: Store, moments: list[dt.datetime], *, minutes: int | None = None) -> None:
    """Log one incident in the first area at each instant."""
    with store.change("Incidents") as session:
        area = session.scalars(select(Area.id).order_by(Area.id)).first()
        session.add_all(
            Incident(
                key=f"{n}-{at}", number="", at=at, area_id=area, division_id=None, type="", agency="",
                duration_minutes=minutes,
            )
            for n, at in enumerate(moments)
        )  # fmt: skip


def test_days_that_nobody_has_lived_through_yet_are_no_quiet_days(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    begun = dt.datetime(2026, 1, 1, 20, tzinfo=dt.UTC)
    log_at(store, [begun + dt.timedelta(hours=12 * n) for n in range(2 * 300)])
    today = dt.date(2026, 10, 28)
    with store.read() as session:
        near = demand.forecast(session, dt.date(2026, 12, 12), today=today)
        far = [demand.forecast(session, first, today=today) for first in (dt.date(2026, 12, 18), dt.date(2027, 3, 1))]
        unaware = demand.forecast(session, dt.date(2027, 3, 1))
    assert [round(found.level, 3) for found in far] == [round(near.level, 3)] * 2
    assert "too long to be chance" in unaware.sentence()
    assert all("too long to be chance" not in found.sentence() for found in far)
    assert far[1].story.frozen == dt.date(2027, 1, 15)
    store.close()


def test_a_call_in_the_small_hours_of_the_frozen_day_is_not_looked_at(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    zone = "America/Los_Angeles"
    early = [times.instant(FROZEN - dt.timedelta(days=n), dt.time(12), zone) for n in range(1, 300)]
    log_at(store, early)
    with store.read() as session:
        before = demand.forecast(session, FIRST)
    # 03:00 belongs to the night shift of the day before, but is not known yet when the level is frozen at midnight
    log_at(store, [times.instant(FROZEN, dt.time(3), zone)] * 40, minutes=600)
    with store.read() as session:
        after = demand.forecast(session, FIRST)
    first = day_number(FIRST)
    assert np.array_equal(before.cells(first, first + 31), after.cells(first, first + 31))
    assert after.service == before.service and after.total == before.total == 299
    store.close()


def test_durations_in_the_log_teach_how_long_a_response_takes(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    at = [dt.datetime(2026, 5, 1, 20, tzinfo=dt.UTC) + dt.timedelta(hours=7 * n) for n in range(400)]
    log_at(store, at, minutes=60)
    with store.read() as session:
        learnt = demand.forecast(session, FIRST)
    assert 60 < learnt.service_minutes < 75 and learnt.service.responses == 400
    store.close()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Phoenix", "Asia/Kathmandu"])
def test_a_zone_without_summer_time_places_calls_by_its_own_wall_clock(tmp_path: Path, zone: str) -> None:
    store = open_store(str(tmp_path / "team.db"), who="x", now=build.NOW, create=True)
    with store.change("Set up") as session:
        programmes.init(session, programmes.preset("crt"), name="crt", zone=zone)
    date = dt.date(2026, 7, 1)
    log_at(store, [times.instant(date, dt.time(hour), zone) for hour in (6, 17, 18, 23)])
    with store.read() as session:
        logged = demand.logged(session)
        assert demand.forecast(session, FIRST).total == 4
    assert logged.template.tolist() == [0, 0, 1, 1] and set(logged.day) == {day_number(date)}
    store.close()


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 60 * 365 * 1440), max_size=30),
    st.sampled_from(["America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_local_minutes_of_an_array_agree_with_the_zone_one_by_one(moments: list[int], zone: str) -> None:
    around_change = [29903520 + n for n in range(-60 * 30, 60 * 30, 29)]  # Los Angeles, 9 November 2026 and days around
    found = times.local_minutes(np.array(moments + around_change, dtype=np.int64), zone).tolist()
    for minute, local in zip(moments + around_change, found, strict=True):
        wall = times.local(times.from_minutes(minute), zone).replace(tzinfo=dt.UTC)
        assert local == times.minutes(wall)


def test_the_spring_night_and_the_autumn_night_keep_their_calls(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    moments = [
        times.instant(dt.date(2026, month, day), dt.time(hour, 30), "America/Los_Angeles")
        for month, day in ((3, 8), (11, 1))
        for hour in (0, 1, 3, 5)
    ]
    log_at(store, moments)
    with store.read() as session:
        logged = demand.logged(session)
    assert set(logged.template.tolist()) == {1}
    assert set(logged.day) == {day_number(dt.date(2026, 3, 7)), day_number(dt.date(2026, 10, 31))}
    store.close()


def test_an_empty_programme_and_one_without_area_shifts_still_answer(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.read() as session:
        assert demand.rolling(session) == ()
        assert "No calls are logged yet" in demand.forecast(session, FIRST).sentence()
        assert "No calls" in demand.forecast(session, dt.date(2090, 1, 1)).sentence()
    log_at(store, [dt.datetime(2026, 5, 1, 20, tzinfo=dt.UTC)])
    with store.change("City only") as session:
        for template in session.scalars(select(ShiftTemplate)):
            template.by_area = False
    with store.read() as session:
        learnt = demand.forecast(session, FIRST)
        assert learnt.week_index.shape == (7, 0) and "no shift covers" in learnt.sentence()
        assert demand.rolling(session) == ()
    store.close()


def steady(days: int = 900, *, yearly: float = 900.0, seed: int = 7) -> Calls:
    """Return a clustered steady stream in two areas."""
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(18000, 18000 + days), rng.poisson(yearly / 365 * rng.gamma(5, 0.2, days)))
    return Calls(day, rng.integers(0, 2, len(day)), rng.integers(0, 2, len(day)))


def test_rolling_origin_shows_each_month_as_it_was_frozen_beside_what_came() -> None:
    prior = Prior(900.0, np.ones(2), np.array([12.0, 12.0]))
    calls = steady()
    rows = origin.roll(calls, prior, first=dt.date(2019, 4, 1), last=dt.date(2021, 9, 1))
    assert rows[0].month == "2019-12" and rows[-1].month == "2021-08"  # half a year and 45 days after the log began
    assert sum(row.came for row in rows) == pytest.approx(sum(row.expected for row in rows), rel=0.1)
    assert np.mean([row.is_within for row in rows]) >= 0.7
    assert np.mean([row.inside for row in rows]) >= 0.8
    assert np.mean([row.deviance for row in rows]) < np.mean([row.area_mean for row in rows]) * 1.02
    # what comes later changes no row
    again = origin.roll(
        calls.between(0, day_number(dt.date(2020, 7, 1))), prior, first=dt.date(2020, 1, 1), last=dt.date(2020, 7, 1)
    )
    assert list(again) == [row for row in rows if "2020-01" <= row.month <= "2020-06"]


def test_the_deviance_is_that_of_poisson_and_none_where_all_is_as_expected() -> None:
    came = np.array([0.0, 1.0, 3.0])
    assert origin.deviance(came, came) == pytest.approx(0.0, abs=1e-8)
    mu = np.array([0.5, 0.5, 2.0])
    by_hand = 2 * (0.5 + (np.log(2) - 0.5) + (3 * np.log(1.5) - 1.0)) / 3
    assert origin.deviance(came, mu) == pytest.approx(by_hand)
