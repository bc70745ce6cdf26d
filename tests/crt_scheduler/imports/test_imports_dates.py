"""Dates as people write them: a whole column decides its order, and where nothing decides it the person is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import dates, imports, times
from crt_scheduler.store import Store
from crt_scheduler.tables import Responder
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import at_home_nowhere, refused, table

ZONE = times.Zone("America/Los_Angeles")
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    yield opened
    opened.close()


def joined(store: Store, folder: Path, *texts: str, date_order: str | None = None) -> list[dt.date | None]:
    """Return the joining dates of an import in which each person has one of the texts."""
    rows = [(f"V{n:03d}", "Ana", text) for n, text in enumerate(texts)]
    imports.run(store, "people", table(folder, ("id", "name", "joined"), *rows), date_order=date_order)
    with store.read() as session:
        return list(session.scalars(select(Responder.joined).order_by(Responder.code)))


def test_one_date_past_the_twelfth_decides_the_whole_column(store: Store, tmp_path: Path) -> None:
    assert joined(store, tmp_path, "3/4/2020", "5/31/2020") == [dt.date(2020, 3, 4), dt.date(2020, 5, 31)]
    assert joined(store, tmp_path, "3/4/2020", "31/5/2020") == [dt.date(2020, 4, 3), dt.date(2020, 5, 31)]


def test_iso_dates_and_dates_with_points_are_certain(store: Store, tmp_path: Path) -> None:
    found = joined(store, tmp_path, "2020-03-04", "2020/3/4", "4.3.2020", "3/3/2020", "2020-03-04 00:00:00")
    assert found == [dt.date(2020, 3, 4)] * 3 + [dt.date(2020, 3, 3), dt.date(2020, 3, 4)]


def test_an_ambiguous_column_is_asked_about_and_never_guessed(store: Store, tmp_path: Path) -> None:
    at_home_nowhere(store)
    path = table(tmp_path, ("id", "name", "joined"), ("V001", "Ana", "3/4/2020"))
    sentence = refused(store, "people", path, skip_bad=True)
    assert "column joined: is 3/4/2020 Wed 4 Mar 2020 or Fri 3 Apr 2020?" in sentence
    assert "--dates us" in sentence
    assert "--dates eu" in sentence
    assert joined(store, tmp_path, "3/4/2020", date_order="us") == [dt.date(2020, 3, 4)]
    assert joined(store, tmp_path, "3/4/2020", date_order="eu") == [dt.date(2020, 4, 3)]


def test_another_column_of_the_file_may_settle_an_ambiguous_one(store: Store, tmp_path: Path) -> None:
    header = ("id", "name", "joined", "status_until")
    path = table(tmp_path, header, ("V001", "Ana", "3/4/2020", "31/12/2026"))
    assert imports.run(store, "people", path).new == 1
    with store.read() as session:
        assert session.scalar(select(Responder.joined)) == dt.date(2020, 4, 3)


def test_a_column_of_both_orders_is_refused_unless_one_is_said(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "joined"), ("V001", "Ana", "1/31/2020"), ("V002", "Ben", "31/1/2020"))
    assert "1/31/2020 has the month first and 31/1/2020 the day first" in refused(store, "people", path)
    found = imports.run(store, "people", path, date_order="us", dry_run=True).bad
    assert [(fault.line, fault.value) for fault in found] == [(3, "31/1/2020")]
    assert imports.run(store, "people", path, date_order="iso", dry_run=True).bad_rows == 2


def test_an_unknown_order_is_refused(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "joined"), ("V001", "Ana", "2020-01-01"))
    assert "--dates uk is not known" in refused(store, "people", path, date_order="uk")


@given(DATES)
def test_a_date_reads_back_from_every_way_it_is_written(date: dt.date) -> None:
    assert dates.date_in(date.isoformat(), "iso") == date
    assert dates.date_in(f"{date.month}/{date.day}/{date.year}", "us") == date
    assert dates.date_in(f"{date.day:02d}-{date.month:02d}-{date.year}", "eu") == date
    assert dates.date_in(f"{date.day}.{date.month}.{date.year}", "us") == date


@given(st.text("0123456789/-.: TZ+apmAPM", max_size=24))
def test_any_text_is_a_date_time_or_moment_or_a_reason(text: str) -> None:
    for read in (
        lambda: dates.date_in(text, "us"),
        lambda: dates.time_in(text),
        lambda: dates.moment_in(text, "eu", ZONE),
    ):
        try:
            read()
        except (ValueError, OverflowError) as reason:
            assert str(reason)


@given(DATES, st.times().map(lambda wall: wall.replace(microsecond=0, tzinfo=None, fold=0)))
def test_a_timestamp_means_the_same_in_every_form(date: dt.date, wall: dt.time) -> None:
    meant = times.instant(date, wall, ZONE)
    assume(times.local(meant, ZONE).time() == wall)  # not in the hour that a spring night skips
    for text in (
        f"{date} {wall}",
        f"{date}T{wall}",
        f"{date.month}/{date.day}/{date.year} {wall}",
        f"{date.month}/{date.day}/{date.year} {wall:%I:%M:%S %p}",
        meant.isoformat(),
        f"{meant:%Y-%m-%dT%H:%M:%SZ}",
    ):
        assert dates.moment_in(text, "us", ZONE) == meant


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("06:00", "06:00"),
        ("6:00 PM", "18:00"),
        ("12:05am", "00:05"),
        ("12:05 p.m.", "12:05"),
        ("24:00", "00:00"),
        ("7:30:15", "07:30:15"),
    ],
)
def test_times_are_read_with_or_without_am_and_pm(text: str, time: str) -> None:
    assert dates.time_in(text) == dt.time.fromisoformat(time)


@pytest.mark.parametrize("text", ["25:00", "6", "13:00 PM", "6:75", "noonish", "24:01", "0.25", "1.75", "18.5"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        dates.time_in(text)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2015-01-01 00:06:00", "2015-01-01T08:06:00+00:00"),
        ("2015-07-01T00:06", "2015-07-01T07:06:00+00:00"),
        ("2015-01-01 00:06:00-05:00", "2015-01-01T05:06:00+00:00"),
        ("2015-01-01T00:06:00Z", "2015-01-01T00:06:00+00:00"),
        ("1/5/2015 3:04 PM", "2015-01-05T23:04:00+00:00"),
        ("1/5/2015, 15:04", "2015-01-05T23:04:00+00:00"),
        ("1/5/2015 15:04 +0100", "2015-01-05T14:04:00+00:00"),
        ("2015-12-31 24:00", "2016-01-01T08:00:00+00:00"),
        ("2027-11-07 01:30", "2027-11-07T08:30:00+00:00"),
    ],
)
def test_a_timestamp_is_wall_time_of_the_zone_unless_it_bears_an_offset(text: str, instant: str) -> None:
    assert dates.moment_in(text, "us", ZONE) == dt.datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", ["2015-01-01", "1/5/2015", "yesterday 15:00", "2015-02-30 10:00", "0015-02-03 10:00"])
def test_a_date_without_a_time_is_no_timestamp(text: str) -> None:
    with pytest.raises(ValueError, match="write it as"):
        dates.moment_in(text, "us", ZONE)
