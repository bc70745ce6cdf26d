"""Wall time to instants: clock changes, leap days, month ends."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import times
from crt_scheduler.errors import CrtError

LA = "America/Los_Angeles"


@pytest.mark.parametrize(
    ("date", "hours"),
    [(dt.date(2027, 3, 13), 11), (dt.date(2027, 11, 6), 13), (dt.date(2027, 1, 9), 12), (dt.date(2028, 2, 29), 12)],
)
def test_a_night_over_a_clock_change_is_eleven_or_thirteen_hours(date: dt.date, hours: int) -> None:
    start, end = times.span(date, dt.time(18), dt.time(6), LA)
    assert (end - start) == dt.timedelta(hours=hours)


def test_a_whole_day_duty_ends_at_the_same_wall_time_next_day() -> None:
    start, end = times.span(dt.date(2027, 3, 13), dt.time(6), dt.time(6), LA)
    assert times.local(end, LA).time() == dt.time(6)
    assert end - start == dt.timedelta(hours=23)


def test_a_wall_time_that_the_spring_night_skips_moves_forward() -> None:
    moment = times.instant(dt.date(2027, 3, 14), dt.time(2, 30), LA)
    assert times.local(moment, LA).time() == dt.time(3, 30)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31)),
    st.times(),
    st.times(),
    st.sampled_from([LA, "Asia/Kolkata", "Pacific/Apia", "UTC"]),
)
def test_every_shift_ends_after_it_starts_and_within_a_day_and_two_hours(
    date: dt.date, start: dt.time, end: dt.time, zone: str
) -> None:
    begin, finish = times.span(date, start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0), zone)
    assert dt.timedelta(0) < finish - begin <= dt.timedelta(hours=50)


def test_a_shift_that_starts_in_the_skipped_hour_keeps_its_length() -> None:
    start, end = times.span(dt.date(2027, 3, 14), dt.time(2, 30), dt.time(3, 15), LA)
    assert end - start == dt.timedelta(minutes=45)


@given(st.integers())
def test_minutes_and_instants_are_inverse(count: int) -> None:
    count %= 10**8
    assert times.minutes(times.from_minutes(count)) == count


def test_months_follow_each_other_over_the_year_end() -> None:
    assert times.next_month(dt.date(2026, 12, 31)) == "2027-01"
    assert times.previous_month("2027-01") == "2026-12"
    assert len(times.month_days("2028-02")) == 29


@pytest.mark.parametrize("words", ["", "2027", "2027-13", "2027-1", "2027-001", "27-01", "2027-01-02", "January"])
def test_a_month_that_is_none_is_refused_in_a_sentence(words: str) -> None:
    with pytest.raises(CrtError, match="is not a month"):
        times.parse_month(words)


def test_an_unknown_zone_is_refused_in_a_sentence() -> None:
    for name in ("Mars/Olympus", "../etc/passwd", ""):
        with pytest.raises(CrtError, match="No time zone"):
            times.zone(name)


def test_weekdays_are_read_and_written() -> None:
    mask = times.weekday_mask(["Mon", "saturday"])
    assert times.weekday_names(mask) == ["Mon", "Sat"]
    assert times.weekday_mask([]) == times.ALL_WEEK
    with pytest.raises(CrtError, match="is not a weekday"):
        times.weekday_mask(["Funday"])


def test_hours_are_said_as_people_say_them() -> None:
    assert (times.hours_words(2160), times.hours_words(-95)) == ("36:00", "-1:35")
