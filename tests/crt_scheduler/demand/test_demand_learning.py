"""What the forecast learns: level and jumps, season, shares, spread, durations; and what it may not look at."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import demand
from crt_scheduler.demand import Calls, Prior, log_arrays, shape, spread
from crt_scheduler.demand.forecast_values import OUTSIDE, TIMELESS, day_number

PRIOR = Prior(713.0, np.ones(4), np.array([12.0, 12.0]))
START = day_number(dt.date(2019, 1, 1))


def stream(*yearly: float, seed: int = 1, night: float = 0.5) -> Calls:
    """Return clustered calls, a year at each of these yearly levels from 2019 on, in four equal areas."""
    rng = np.random.default_rng(seed)
    rate = np.repeat(np.array(yearly) / 365, 365) * rng.gamma(5, 0.2, size=365 * len(yearly))
    day = np.repeat(np.arange(START, START + len(rate)), rng.poisson(rate))
    return Calls(day, (rng.random(len(day)) < night).astype(np.int64), rng.integers(0, 4, len(day)))


def after(calls: Calls, years: int) -> int:
    """Return the day after so many years of the stream."""
    assert len(calls.day)
    return START + 365 * years


def same(one: demand.Forecast, other: demand.Forecast) -> bool:
    """Do two forecasts expect the same in every shift, with the same spread and durations?"""
    first = START + 5000
    equal = np.array_equal(one.cells(first, first + 366), other.cells(first, first + 366))
    return equal and (one.spread, one.service) == (other.spread, other.service)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 1), st.integers(0, 3)), max_size=80))
def test_nothing_from_the_frozen_day_on_has_any_influence(later: list[tuple[int, int, int]]) -> None:
    log_, until = stream(300, 300), START + 700
    extra = np.array(later, dtype=np.int64).reshape(-1, 3)
    more = Calls(
        np.concatenate([log_.day, until + extra[:, 0]]),
        np.concatenate([log_.template, extra[:, 1]]),
        np.concatenate([log_.area, extra[:, 2]]),
        np.concatenate([np.full(len(log_.day), np.nan), np.full(len(extra), 900.0)]),
    )
    assert same(demand.learn(log_, PRIOR, until=until), demand.learn(more, PRIOR, until=until))


def test_the_number_by_hand_fades_within_nine_months_of_log() -> None:
    logged = stream(300)
    by_hand = [demand.learn(logged, PRIOR, until=START + days) for days in (30, 120, 280)]
    other = [
        demand.learn(logged, Prior(2000.0, PRIOR.area_weights, PRIOR.template_hours), until=START + days)
        for days in (30, 120, 280)
    ]
    apart = [two.level / one.level - 1 for one, two in zip(by_hand, other, strict=True)]
    assert apart[0] > 0.3 > 0.15 > apart[1] > apart[2] == pytest.approx(0.0)
    assert "set by hand still weigh" in by_hand[0].sentence()
    assert "by hand" not in by_hand[2].sentence()


def test_a_level_that_jumps_from_268_to_713_calls_is_followed_and_said() -> None:
    logged = stream(268, 268, 713)
    learnt = demand.learn(logged, PRIOR, until=after(logged, 3))
    story = learnt.story
    assert 600 < story.yearly < 830 and story.low < 713 < story.high
    assert story.jump is not None and story.jump.ratio == pytest.approx(713 / 268, rel=0.15)
    assert abs(story.jump.since - dt.date(2021, 1, 1)) < dt.timedelta(days=45)
    assert f"about {story.jump.ratio:.1f} times the rate of the year before" in learnt.sentence()
    # half a year after the jump the forecast of a month is nearer to the new level than to the old one
    half = demand.learn(logged, PRIOR, until=START + 730 + 180)
    assert half.cells(START + 960, START + 990).sum() / 30 * 365 > 550


@pytest.mark.parametrize("seed", range(6))
def test_a_steady_log_and_a_season_are_no_jump(seed: int) -> None:
    steady = stream(713, 713, 713, seed=seed)
    assert demand.learn(steady, PRIOR, until=after(steady, 3)).story.jump is None
    rng = np.random.default_rng(seed)
    season = 2.0 * (1.0 + 0.5 * np.sin(2 * np.pi * np.arange(1095) / 365))
    day = np.repeat(np.arange(START, START + 1095), rng.poisson(season))
    summer = Calls(day, np.zeros_like(day), np.zeros_like(day))
    learnt = [demand.learn(summer, PRIOR, until=START + days) for days in (800, 900, 1000, 1095)]
    assert [one.story.jump for one in learnt] == [None] * 4
    # ... and the season is learnt: spring is the peak
    assert learnt[-1].month_index[2] > 1.25 > 0.75 > learnt[-1].month_index[9]
    assert learnt[-1].level * 365 == pytest.approx(730, rel=0.15)


def test_cells_that_differ_only_by_chance_are_taken_as_equal() -> None:
    rng = np.random.default_rng(4)
    fair = np.full(14, 200.0)
    flat = [shape.pseudo_calls(rng.poisson(fair).astype(float), fair) for _ in range(50)]
    assert np.mean(np.array(flat) > 400) > 0.9
    told = shape.pseudo_calls(fair * np.linspace(0.4, 1.6, 14), fair)
    assert told == shape.PSEUDO_CALLS


def test_an_areas_own_recent_level_counts_from_a_thousand_calls_on() -> None:
    day = np.arange(START, START + 1500)
    area = np.where(day < START + 1200, 0, 1)
    for copies, recent in ((1, False), (2, True)):
        calls = Calls(np.repeat(day, copies), np.zeros(1500 * copies, dtype=np.int64), np.repeat(area, copies))
        share = demand.learn(calls, PRIOR, until=START + 1500).area_share
        assert (share[1] > 0.3) == (recent or copies == 1)
        assert share.sum() == pytest.approx(1.0)


def test_an_area_without_calls_keeps_a_small_share() -> None:
    logged = stream(400, 400)
    only = Calls(logged.day, logged.template, np.minimum(logged.area, 2))
    share = demand.learn(only, PRIOR, until=after(only, 2)).area_share
    assert 0 < share[3] < 0.02


def test_the_spread_is_learnt_from_many_calls_and_kept_at_five_for_few() -> None:
    rng = np.random.default_rng(2)
    expected = np.full(4000, 0.8)
    poisson = rng.poisson(expected).astype(float)
    clustered = rng.poisson(expected * rng.gamma(1.5, 1 / 1.5, 4000)).astype(float)
    assert spread.spread(poisson[:100], expected[:100]) == 5.0
    assert spread.spread(poisson, expected) > 15
    assert spread.spread(clustered, expected) == pytest.approx(1.6, rel=0.3)


@given(st.floats(0, 300), st.floats(1, 100))
def test_the_band_holds_its_share_and_no_more_than_needed(mean: float, r: float) -> None:
    low, high = demand.band(mean, spread=r)
    counts = np.arange(0, 4000)
    if mean > 1e-6:
        steps = np.log(mean / (r + mean)) + np.log((counts[1:] + r - 1) / counts[1:])
        chance = np.exp(-r * np.log1p(mean / r) + np.concatenate([[0.0], np.cumsum(steps)]))
        assert chance[low : high + 1].sum() >= 0.8 - 1e-9
        assert chance[:low].sum() <= 0.1 + 1e-9 and chance[high + 1 :].sum() <= 0.1 + 1e-9


def test_durations_are_learnt_with_shrinkage_and_outliers_do_not_rule() -> None:
    assert spread.service(np.zeros(0)).minutes == pytest.approx(126.0)
    assert spread.service(np.array([np.nan, 0.0])).variation == pytest.approx(0.7)
    rng = np.random.default_rng(3)
    long = spread.service(rng.lognormal(np.log(200), 0.5, 2000))
    assert long.minutes == pytest.approx(200 * np.exp(0.125), rel=0.05) and long.responses == 2000
    few = spread.service(np.array([600.0, 600.0, 600.0]))
    assert 126 < few.minutes < 170


def test_a_log_that_ended_years_ago_says_so_and_falls_back_to_its_long_mean() -> None:
    logged = stream(500, 700)
    learnt = demand.learn(logged, PRIOR, until=after(logged, 2) + 1000)
    assert 550 < learnt.level * 365 < 720
    assert "too long to be chance" in learnt.sentence()


def test_quiet_weeks_of_a_small_team_are_quiet_and_not_missing() -> None:
    rare = Calls(START + np.arange(0, 700, 30), np.zeros(24, dtype=np.int64), np.zeros(24, dtype=np.int64))
    small = Prior(12.0, np.ones(4), np.array([12.0, 12.0]))
    learnt = demand.learn(rare, small, until=START + 720)
    assert learnt.story.silent_since is None
    assert learnt.level * 365 == pytest.approx(12, rel=0.3)


def test_a_log_that_begins_after_the_frozen_day_is_said_and_not_used() -> None:
    logged = stream(300)
    learnt = demand.learn(logged, PRIOR, until=START - 10)
    assert "begins after 22 December 2018" in learnt.sentence() and "713 calls a year by hand" in learnt.sentence()


@pytest.mark.parametrize("until", [1, 30, 400, 4000])
def test_one_call_leaves_the_number_by_hand_nearly_as_it_is(until: int) -> None:
    one = Calls(np.array([START]), np.array([0]), np.array([1]))
    learnt = demand.learn(one, PRIOR, until=START + until)
    assert 650 < learnt.level * 365 < 730
    assert "1 call over 1 day" in learnt.sentence()


def test_calls_at_midnight_sharp_count_for_their_day_and_say_nothing_of_the_shift() -> None:
    shifts = log_arrays.week([log_arrays.Pattern(360, 720), log_arrays.Pattern(1080, 720)])
    midnight = np.arange(START, START + 300) * 1440
    calls = log_arrays.calls_in(shifts, midnight, np.zeros(300, dtype=np.int64))
    assert set(calls.template) == {TIMELESS} and calls.day[0] == START
    learnt = demand.learn(calls, PRIOR, until=START + 300)
    assert learnt.week_index.tolist() == [[1.0, 1.0]] * 7
    assert learnt.level == pytest.approx(1.0, rel=0.1)
    assert "midnight sharp" in learnt.sentence()
    some = log_arrays.calls_in(shifts, np.concatenate([midnight[:5], midnight + 700]), np.zeros(305, dtype=np.int64))
    assert TIMELESS not in some.template


def test_hours_that_no_shift_covers_keep_their_calls_apart() -> None:
    office = log_arrays.week([log_arrays.Pattern(540, 480, weekdays=31)])
    assert office.hours.tolist() == [[8.0]] * 5 + [[0.0]] * 2
    rng = np.random.default_rng(5)
    calls = log_arrays.calls_in(
        office, START * 1440 + rng.integers(0, 700 * 1440, 2000), np.zeros(2000, dtype=np.int64)
    )
    assert (calls.template == OUTSIDE).mean() == pytest.approx(1 - 40 / 168, abs=0.03)
    learnt = demand.learn(calls, Prior(713.0, np.ones(1), office.hours), until=START + 700)
    expected = learnt.cells(START + 700, START + 1400).sum()
    assert expected == pytest.approx((calls.template >= 0).sum(), rel=0.12)
    assert "no shift covers" in learnt.sentence()


def test_three_shifts_of_eight_hours_make_21_cells() -> None:
    shifts = log_arrays.week([log_arrays.Pattern(hour * 60, 480) for hour in (7, 15, 23)])
    rng = np.random.default_rng(6)
    minute = np.where(rng.random(3000) < 0.5, rng.integers(900, 1380, 3000), rng.integers(0, 1440, 3000))
    calls = log_arrays.calls_in(shifts, (START + rng.integers(0, 600, 3000)) * 1440 + minute, rng.integers(0, 4, 3000))
    learnt = demand.learn(calls, Prior(713.0, np.ones(4), shifts.hours), until=START + 600)
    assert learnt.week_index.shape == (7, 3)
    by_shift = learnt.cells(START + 600, START + 607).sum(axis=(0, 2))
    assert by_shift[1] / by_shift.sum() == pytest.approx(2 / 3, abs=0.08)


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440), st.integers(1, 127)), max_size=5))
def test_every_minute_of_the_week_belongs_to_one_shift_or_none(found: list[tuple[int, int, int]]) -> None:
    shifts = log_arrays.week([log_arrays.Pattern(*one) for one in found])
    covered = (shifts.template != OUTSIDE).sum()
    assert shifts.hours.sum() * 60 == pytest.approx(covered)
    assert set(shifts.before.tolist()) <= {0, 1}


def test_ten_years_of_log_forecast_as_two_do() -> None:
    logged = stream(*[700.0] * 10)
    learnt = demand.learn(logged, PRIOR, until=after(logged, 10))
    assert learnt.level * 365 == pytest.approx(700, rel=0.12)
    assert "over 10.0 years" in learnt.sentence()


def test_a_programme_without_areas_or_shifts_has_an_empty_forecast() -> None:
    nothing = Prior(713.0, np.zeros(0), np.zeros((7, 0)))
    none = np.zeros(0, dtype=np.int64)
    learnt = demand.learn(Calls(none, none, none), nothing, until=START)
    assert learnt.cells(START, START + 3).shape == (3, 0, 0)
