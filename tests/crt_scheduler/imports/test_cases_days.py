"""Days and hours as availability files tell them: one date is one day, and events end as calendars mean it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import days
from crt_scheduler.imports.days import Days
from crt_scheduler.store import Store
from crt_scheduler.tables import Availability
from tests.crt_scheduler import team_build

CASES = Path(__file__).parents[2] / "cases"
CLOCK = dt.datetime(2026, 12, 15, 20, tzinfo=dt.UTC)
EVENT = "person,grade,Subject,Start Date,Start Time,End Date,End Time,All day event,Description\nV001,cannot,Skiing,"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The team of the cases."""
    opened = team_build.team_of_four(tmp_path, now=CLOCK)
    yield opened
    opened.close()


def held(store: Store) -> list[tuple[str, str, str]]:
    """Return first and last day and the hours of every line there is."""
    with store.read() as session:
        rows = session.scalars(select(Availability).order_by(Availability.id)).all()
        return [
            (str(row.first), str(row.last), f"{row.start:%H:%M}-{row.end:%H:%M}" if row.start and row.end else "")
            for row in rows
        ]


def taken(store: Store, folder: Path, text: str) -> list[tuple[str, str, str]]:
    """Import a file of availability and return what the records hold then."""
    (folder / "availability.csv").write_text(text, encoding="utf-8")
    imports.run(store, "availability", folder / "availability.csv")
    return held(store)


def test_35_one_date_without_an_end_is_that_day(store: Store) -> None:
    imports.run(store, "availability", CASES / "35-open-to" / "one_day.csv")
    assert held(store) == [("2027-01-09", "2027-01-09", "")]


@pytest.mark.parametrize(
    "word", ["forever", "Until further notice", "until further notice.", "open-ended", "INDEFINITELY"]
)
def test_35_an_open_end_is_a_word(store: Store, tmp_path: Path, word: str) -> None:
    text = f"person,from,to,grade\nV002,2027-01-09,{word},cannot\n"
    assert taken(store, tmp_path, text) == [("2027-01-09", "None", "")]


def test_35_a_file_without_a_last_day_means_single_days(store: Store, tmp_path: Path) -> None:
    assert taken(store, tmp_path, "person,from,grade\nV002,2027-01-09,cannot\n") == [("2027-01-09", "2027-01-09", "")]


def test_35_weekdays_from_a_date_on_need_an_end_or_a_word(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CrtError, match="give the last day these weekdays hold for, or write forever"):
        taken(store, tmp_path, "person,from,weekdays,to,grade\nV002,2027-01-04,Mon,,cannot\n")
    text = "person,from,weekdays,to,grade\nV002,2027-01-04,Mon,forever,cannot\nV002,,Tue,,cannot\n"
    assert taken(store, tmp_path, text) == [("2027-01-04", "None", ""), ("None", "None", "")]


def test_54_an_all_day_event_ends_the_day_before_its_end(store: Store) -> None:
    imports.run(store, "availability", CASES / "54-outlook" / "outlook.csv")
    assert held(store) == [("2027-01-16", "2027-01-17", "")]


def test_54_reading_says_of_an_all_day_event_that_it_ends_the_day_before_its_end_date(store: Store) -> None:
    report = imports.run(store, "availability", CASES / "54-outlook" / "outlook.csv", dry_run=True)
    assert (
        "1 event ends with the day before the End Date, as calendar programs write an end at midnight: line 2 with "
        "Sun 17 Jan 2027." in report.notes
    )


@pytest.mark.parametrize(
    ("event", "is_said"),
    [
        ("1/16/2027,,1/18/2027,,True,", True),
        ("1/16/2027,12:00 AM,1/18/2027,12:00 AM,False,", True),
        ("1/16/2027,6:00 AM,1/18/2027,12:00 AM,False,", True),
        ("1/16/2027,,1/16/2027,,True,", False),
        ("1/16/2027,9:00 AM,1/16/2027,5:00 PM,False,", False),
        ("1/16/2027,6:00 AM,1/19/2027,6:00 PM,False,", False),
    ],
)
def test_54_only_an_end_that_is_not_the_date_written_is_said(
    store: Store, tmp_path: Path, event: str, is_said: bool
) -> None:
    path = tmp_path / "availability.csv"
    path.write_text(EVENT + event, encoding="utf-8")
    notes = imports.run(store, "availability", path, dry_run=True).notes
    assert any("ends with the day before" in note for note in notes) is is_said


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("1/16/2027,12:00:00 AM,1/18/2027,12:00:00 AM,True,", [("2027-01-16", "2027-01-17", "")]),
        ("1/16/2027,12:00:00 AM,1/18/2027,12:00:00 AM,False,", [("2027-01-16", "2027-01-17", "")]),
        ("1/16/2027,,1/18/2027,,True,", [("2027-01-16", "2027-01-17", "")]),
        ("1/16/2027,12:00:00 AM,1/17/2027,12:00:00 AM,TRUE,", [("2027-01-16", "2027-01-16", "")]),
        ("1/16/2027,12:00:00 AM,1/16/2027,12:00:00 AM,True,", [("2027-01-16", "2027-01-16", "")]),
        ("1/16/2027,,1/16/2027,,,", [("2027-01-16", "2027-01-16", "")]),
        ("1/16/2027,9:00:00 AM,1/16/2027,5:00:00 PM,False,", [("2027-01-16", "2027-01-16", "09:00-17:00")]),
        ("1/16/2027,6:00:00 PM,1/17/2027,12:00:00 AM,False,", [("2027-01-16", "2027-01-16", "18:00-00:00")]),
        ("1/16/2027,10:00:00 PM,1/17/2027,6:00:00 AM,False,", [("2027-01-16", "2027-01-16", "22:00-06:00")]),
        (
            "1/16/2027,6:00:00 AM,1/19/2027,6:00:00 PM,False,",
            [("2027-01-16", "2027-01-16", "06:00-00:00"), ("2027-01-17", "2027-01-18", ""),
             ("2027-01-19", "2027-01-19", "00:00-18:00")],
        ),
    ],
)  # fmt: skip
def test_54_an_event_is_all_the_time_between_its_moments(
    store: Store, tmp_path: Path, event: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert taken(store, tmp_path, EVENT + event) == wanted
    (tmp_path / "again.csv").write_text(EVENT + event)
    assert imports.run(store, "availability", tmp_path / "again.csv").unchanged == 1


def test_54_what_an_event_is_about_is_never_kept(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, f"{EVENT}1/16/2027,9:00 AM,1/16/2027,5:00 PM,False,With the doctor")
    assert not any("Skiing" in str(row) or "doctor" in str(row) for row in team_build.everything(store)["availability"])
    with store.read() as session:
        assert session.scalars(select(Availability)).one().note == ""


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("1/16/2027,9:00 AM,1/16/2027,8:00 AM,False,", "ends before it begins"),
        ("1/16/2027,9:00 AM,1/15/2027,5:00 PM,False,", "ends before it begins"),
        (",9:00 AM,1/15/2027,5:00 PM,False,", "needs the date it begins on"),
        ("1/16/2027,9:00 AM,1/16/2027,5:00 PM,perhaps,", "write True or False"),
    ],
)
def test_54_an_event_that_cannot_be_is_refused(store: Store, tmp_path: Path, event: str, said: str) -> None:
    with pytest.raises(CrtError, match=said):
        taken(store, tmp_path, EVENT + event)


BEGIN = dt.datetime(2027, 1, 1)


def hours_of(each: Days) -> set[int]:
    """Return the quarters of an hour since BEGIN that a stretch holds."""
    assert each.first is not None and each.last is not None
    found: set[int] = set()
    for n in range((each.last - each.first).days + 1):
        day = dt.datetime.combine(each.first + dt.timedelta(days=n), dt.time())
        start = day if each.start is None else dt.datetime.combine(day, each.start)
        end = day + dt.timedelta(days=1) if each.end is None else dt.datetime.combine(day, each.end)
        end += dt.timedelta(days=1) if end <= start else dt.timedelta()
        found |= set(range(*(int((at - BEGIN) / dt.timedelta(minutes=15)) for at in (start, end))))
    return found


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_54_the_parts_of_a_span_are_all_of_it_and_nothing_else(start: int, length: int) -> None:
    begin = BEGIN + dt.timedelta(minutes=15 * start)
    parts = [hours_of(each) for each in days.span(begin, begin + dt.timedelta(minutes=15 * length))]
    assert sum(map(len, parts)) == length and set().union(*parts) == set(range(start, start + length))
