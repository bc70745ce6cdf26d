"""Dates and times as spreadsheets and teams write them: each case's right value, and the kinds they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import dates, imports, times
from crt_scheduler.imports import date_orders
from crt_scheduler.store import Store
from crt_scheduler.tables import Availability, Incident
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import at_home_nowhere, refused, table

CASES = Path(__file__).resolve().parents[2] / "cases"
ZONE = times.Zone("America/Los_Angeles")
JANUARY_9 = dt.date(2027, 1, 9)
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2060, 12, 31))
CLOCKS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0, tzinfo=None, fold=0))
SPANISH = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team_of_four(tmp_path, now=dt.datetime(2026, 12, 15, 17, tzinfo=dt.UTC))
    yield opened
    opened.close()


def lines(store: Store) -> list[tuple[dt.date | None, dt.date | None, dt.time | None, dt.time | None]]:
    """Return dates and times of the lines of availability there are."""
    with store.read() as session:
        found = session.scalars(select(Availability).order_by(Availability.id))
        return [(line.first, line.last, line.start, line.end) for line in found]


def moments(store: Store) -> list[str]:
    """Return the local times of the incidents there are."""
    with store.read() as session:
        found = session.scalars(select(Incident.at).order_by(Incident.at))
        return [f"{times.local(at, ZONE):%Y-%m-%d %H:%M:%S}" for at in found]


def test_dates_typed_as_text_in_many_ways_are_one_date(store: Store) -> None:
    imports.run(store, "availability", CASES / "06-date-time-columns" / "text_dates.xlsx")
    assert lines(store) == [(JANUARY_9, JANUARY_9, None, None)]  # four equal lines are one


def test_a_spreadsheets_numbers_are_dates_and_times_in_columns_of_dates_and_times(store: Store) -> None:
    imports.run(store, "availability", CASES / "06-date-time-columns" / "serial.xlsx")
    assert lines(store) == [(JANUARY_9, JANUARY_9, dt.time(18), dt.time(6))]


@pytest.mark.parametrize("name", ["incidents.csv", "incidents.xlsx"])
def test_a_date_cell_joined_with_a_time_cell_is_a_time(store: Store, name: str) -> None:
    path = CASES / "06-date-time-columns" / name
    report = imports.run(store, "incidents", path, mapping={"timestamp": "date + time"}, date_order="us")
    assert report.new == 2
    assert moments(store) == ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]


def test_hours_that_the_clocks_skipped_are_named_and_those_they_doubled_are_taken(store: Store) -> None:
    store.now = dt.datetime(2027, 12, 15, 17, tzinfo=dt.UTC)
    sentence = refused(store, "hours", CASES / "59-dst-hours" / "hours.csv")
    assert "the clocks skipped 02:15 on Sun 14 Mar 2027" in sentence
    report = imports.run(store, "hours", CASES / "59-dst-hours" / "hours.csv", skip_bad=True)
    assert (report.new, report.bad_rows) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("calls", ("number", "timestamp", "area"), ("K-1", "3/14/2027 2:30 AM", "Valley")),
        ("calls", ("number", "timestamp", "area"), ("K-1", "2027-03-14T02:30", "Valley")),
        ("hours", ("person", "kind", "start", "end"), ("V003", "meeting", "2027-03-14 02:30", "2027-03-14 04:00")),
        ("hours", ("person", "kind", "start", "end"), ("V003", "meeting", "2027-03-14 01:30", "02:30")),
    ],
)
def test_no_import_moves_a_time_that_the_clocks_skipped(
    store: Store, tmp_path: Path, kind: str, header: tuple[str, ...], row: tuple[str, ...]
) -> None:
    store.now = dt.datetime(2027, 12, 15, 17, tzinfo=dt.UTC)
    assert "the clocks skipped 02:30" in refused(store, kind, table(tmp_path, header, row))


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (("46335.7534722222", "46336"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
        (("1794276300", "1794297600"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
        (("1794276300000", "1794297600000"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
        (("202611091805", "20261110 0000"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
        (("2026-11-10 02:05+00", "2026-11-10 08:00:00 UTC"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
        (("Nov 9, 2026 6:05 PM", "9 de noviembre de 2026 24:00"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
        (("Mon 11/9/26 6:05 p.m.", "11/10/26 12:00 AM"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
        (("9.11.2026 18.05", "10.11.2026 0.00"), ["2026-11-09 18:05:00", "2026-11-10 00:00:00"]),
    ],
)
def test_a_log_goes_in_however_its_program_writes_times(
    store: Store, tmp_path: Path, texts: tuple[str, ...], meant: list[str]
) -> None:
    imports.run(store, "incidents", table(tmp_path, ("timestamp", "area"), *((text, "Valley") for text in texts)))
    assert moments(store) == meant


def test_a_bare_number_among_dates_is_refused_and_not_read_as_one(store: Store, tmp_path: Path) -> None:
    rows = [("V001", "2027-01-09", "2027-01-09", "cannot"), ("V001", "2027-01-10", "90012", "cannot")]
    sentence = refused(store, "availability", table(tmp_path, ("person", "from", "to", "grade"), *rows))
    assert 'column to, "90012": is not a date' in sentence


def test_a_number_that_may_be_a_time_or_a_part_of_a_day_is_refused_where_nothing_tells(
    store: Store, tmp_path: Path
) -> None:
    header = ("person", "from", "to", "start", "end", "grade")
    row = ("V001", "2027-01-09", "2027-01-09", "0.25", "0.30", "cannot")
    assert "may be a part of a day" in refused(store, "availability", table(tmp_path, header, row))
    row = ("V001", "2027-01-09", "2027-01-09", "0.25", "0.7534722", "cannot")
    imports.run(store, "availability", table(tmp_path, header, row))
    assert lines(store) == [(JANUARY_9, JANUARY_9, dt.time(6), dt.time(18, 5))]


def test_a_weekday_tells_the_order_of_its_column_and_a_wrong_one_is_refused(store: Store, tmp_path: Path) -> None:
    header = ("person", "from", "to", "grade")
    imports.run(store, "availability", table(tmp_path, header, ("V001", "Sat 1/9/2027", "1/9/27", "cannot")))
    assert lines(store) == [(JANUARY_9, JANUARY_9, None, None)]
    wrong = table(tmp_path, header, ("V002", "Sun Jan 10 2027", "Sat Jan 10 2027", "cannot"))
    assert "is a Sun, not a Sat" in refused(store, "availability", wrong)


def test_years_of_two_digits_are_asked_about_like_those_of_four(store: Store, tmp_path: Path) -> None:
    at_home_nowhere(store)
    header = ("person", "from", "to", "grade")
    path = table(tmp_path, header, ("V001", "1/9/27", "1/9/27", "cannot"))
    assert "is 1/9/27 Sat 9 Jan 2027 or Wed 1 Sep 2027?" in refused(store, "availability", path)
    assert dates.date_in("3/4/98", "us") == dt.date(1998, 3, 4)
    with pytest.raises(ValueError, match="may begin or end with its year"):
        dates.date_in("27-01-09", "eu")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Fri 1/8", "2027-01-08"), ("Jan 8", "2027-01-08"), ("8-Jan", "2027-01-08"), ("1/8", "2027-01-08"),
        ("12/31", "2026-12-31"), ("viernes 8 de enero", "2027-01-08"), ("Jan 8 (Fri)", "2027-01-08"),
        ("mar 9 mar", "2027-03-09"), ("Tue Mar 9", "2027-03-09"), ("Mar 9", "2027-03-09"),
    ],
)  # fmt: skip
def test_a_polls_dates_without_a_year_are_those_nearest_to_the_month_planned(text: str, date: str) -> None:
    assert dates.date_in(text, "us", near=dt.date(2027, 1, 15)) == dt.date.fromisoformat(date)
    with pytest.raises(ValueError, match=r"has no year|is not a"):
        dates.date_in(text, "us")


def test_a_polls_headers_say_their_order_or_are_asked_about() -> None:
    near = dt.date(2027, 1, 15)
    assert date_orders.order_among(["1/8", "1/15"], file="poll.csv", what="headers", near=near) == "us"
    assert (
        date_orders.order_among(["Fri 1/8", "Sat 2/1"], file="poll.csv", what="headers", said="eu", near=near) == "eu"
    )
    with pytest.raises(date_orders.UnclearDates, match="is 1/8 Fri 8 Jan 2027 or"):
        date_orders.order_among(["1/8", "1/9"], file="poll.csv", what="headers", near=near)
    assert date_orders.order_among(["Fri 1/8", "1/9"], file="poll.csv", what="headers", near=near) == "us"


@given(DAYS)
def test_a_date_is_the_same_in_words_numbers_and_a_spreadsheets_count(date: dt.date) -> None:
    serial = (date - dt.date(1899, 12, 30)).days
    for text in (
        f"{date:%d %b %Y}", f"{date:%B} {date.day}, {date.year}", f"{date:%a} {date.month}/{date.day}/{date.year}",
        f"{date.day} de {SPANISH[date.month - 1]} de {date.year}", f"{date:%Y%m%d}", f"{date:%A, %B %d, %Y}",
        f"{date:%Y.%m.%d}", f"{date} 00:00:00", f"{date.day}-{date:%b-%Y}", str(serial), f"{serial}.0",
    ):  # fmt: skip
        assert dates.date_in(text, f"us{dates.COUNTED}") == date


@given(DAYS, CLOCKS)
def test_a_moment_is_the_same_joined_packed_counted_or_spelled(date: dt.date, wall: dt.time) -> None:
    meant = times.instant(date, wall, ZONE)
    assume(times.local(meant, ZONE).time() == wall)
    serial = (date - dt.date(1899, 12, 30)).days + (wall.hour * 60 + wall.minute) / 1440
    for text in (
        f"{date} 00:00:00 {wall}", f"{date:%Y%m%d} {wall:%H%M}", f"{date:%Y%m%d}{wall:%H%M}", f"{serial:.7f}",
        f"{date:%b %d, %Y} {wall:%I:%M %p}", f"{date:%d/%b/%Y} {wall:%H.%M}", f"{meant:%Y-%m-%d %H:%M}+00",
        f"{date:%a} {date.month}/{date.day}/{date.year} {wall:%I:%M} {'a.m.' if wall.hour < 12 else 'p.m.'}",
        f"{date} 1899-12-30 {wall}", str(int(meant.timestamp())) if meant.timestamp() >= 1e9 else f"{serial:.7f}",
    ):  # fmt: skip
        assert dates.moment_in(text, f"us{dates.COUNTED}", ZONE) == meant, text


@given(st.text("0123456789/-.: TZ+apmAPMjnejulde,º'", max_size=24), st.sampled_from(["us", "eu+counted", "iso"]))
def test_any_text_has_a_meaning_or_a_reason(text: str, order: str) -> None:
    for read in (
        lambda: dates.date_in(text, order, near=JANUARY_9),
        lambda: dates.time_in(text, order),
        lambda: dates.moment_in(text, order, ZONE),
    ):
        try:
            read()
        except (ValueError, OverflowError) as reason:
            assert str(reason)
