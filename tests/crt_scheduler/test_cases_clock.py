"""A team that says 6:05 PM: every sentence, sheet, calendar, list and picture says so; files for machines do not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import cli, dates, planning, sheets, times
from crt_scheduler.calls import typed_times
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_sheet, hours_sheet_back, offers
from crt_scheduler.hours.hours_ledger import overlap_words
from crt_scheduler.hours.ledger_rows import rows
from crt_scheduler.imports import log_health
from crt_scheduler.people import ranges
from crt_scheduler.reports import report_files as reports
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import Store
from crt_scheduler.truth import pictures, seen
from tests.crt_scheduler.hours_build import at, fill_in, logged
from tests.crt_scheduler.publish.test_publish_build import events, out_of, send, valley

ROOMS = Path(__file__).parents[2]
LA = times.Zone("America/Los_Angeles", "12")
WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
CLOCKLESS = {
    "crt_scheduler/times.py": "the door itself",
    "crt_scheduler/calls/typed_times.py": "0213, as one types beside the telephone",
    "crt_scheduler/cli/programme_commands.py": "backups by UTC, as their files are named",
    "crt_scheduler/store.py": "an act by UTC, before the records are trusted",
    **dict.fromkeys(
        ("backups/backup_names.py", "backups/sound.py", "safety.py", "strange_log.py", "privacy/copies.py"),
        "a file's name",
    ),
    **dict.fromkeys(
        ("sample/duties_by_moment.py", "sample/sample_incidents.py", "publish/tables_out.py", "hours/view.py"), "column"
    ),
    **dict.fromkeys(("hours/hours_sheet.py", "imports/wide.py"), "a column that is read back"),
    **dict.fromkeys(("imports/incidents_file.py", "imports/hours_known.py", "reports/year.py"), "a key"),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A team of four in Valley, two nights of January drafted, whose clock has twelve hours."""
    with valley(tmp_path) as opened:
        with opened.change("Set the clock") as session:
            programme_acts.amend(session, "clock", "12")
            programme_acts.amend(session, "first_weekday", "sunday")
        yield opened


def typed_in(store: Store, capture: pytest.CaptureFixture[str], *words: str) -> str:
    """Type a command at its hour and return what people read."""
    assert cli.run(["--database", str(store.path), "--now", store.now.isoformat(), *words]) == 0
    return "".join(capture.readouterr())


def test_a_calendar_says_as_of_when_by_the_teams_clock(store: Store) -> None:
    store.now = at("2026-12-19 18:05")
    send(store)
    assert str(events(store, "V1")["01-10"]["DESCRIPTION"]).endswith("As of Sat 19 Dec 2026 7:05 PM")
    whole = (out_of(store) / "roster" / "Valley-2027-01.ics").read_text(encoding="utf-8")
    assert "As of Sat 19 Dec 2026 7:05 PM" in whole and "19:05" not in whole


def test_the_published_tables_keep_hours_that_spreadsheets_sort(store: Store) -> None:
    send(store)
    told = (out_of(store) / "roster" / "roster-2027-01.csv").read_text(encoding="utf-8-sig")
    assert "2027-01-09 18:00" in told and "PM" not in told


def test_an_hours_sheet_says_shifts_by_the_teams_clock_and_reads_what_is_written_by_it(store: Store) -> None:
    with store.read() as session:
        (path,) = hours_sheet.write(session, "2027-01", store.path.parent / "sheets", person="V1")
    words = [row.cells["what"] for row in sheets.read(path).rows]
    assert words[0] == "On call, night, Valley, 6:00 PM to 6:00 AM: a call not listed here"
    store.now = at("2027-01-11 09:00")
    fill_in(path, "On call", start="9:10 PM", end="12:40 AM")
    report = hours_sheet_back.read(store, path)
    assert not report.bad
    with store.read() as session:
        assert [entry.minutes for entry in rows(session, person="V1")] == [210]


def test_an_availability_sheet_says_hours_by_the_teams_clock(store: Store) -> None:
    with store.read() as session:
        (path,) = offers.write(session, "2027-01", store.path.parent / "sheets", person="V1")
    assert {row.cells["hours"] for row in sheets.read(path).rows} == {"6:00 AM to 6:00 PM", "6:00 PM to 6:00 AM"}


def test_lists_of_acts_and_dates_say_when_by_the_teams_clock(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    store.now = at("2026-12-19 18:05")
    with store.change("Ana: away") as session:
        when = {"first": dt.date(2027, 2, 1), "last": dt.date(2027, 2, 1)}
        ranges.say(session, "V1", "cannot", **when, start=dt.time(18), end=dt.time(22, 30))
    assert "2026-12-19 6:05 PM" in typed_in(store, capsys, "history")
    assert "2026-12-19 6:05 PM" in typed_in(store, capsys, "person", "history", "V1")
    for words in (("available", "show", "V1"), ("person", "show", "V1")):
        assert "6:00 PM-10:30 PM" in typed_in(store, capsys, *words)


def test_the_list_of_calls_says_when_by_the_teams_clock(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    store.now = at("2026-12-19 18:05")
    typed_in(store, capsys, "call", "log", "--area", "Valley", "--type", "homicide", "--notified", "5:55 PM")
    assert "2026-12-19 5:55 PM" in typed_in(store, capsys, "call", "list")


def test_hours_that_overlap_are_said_by_the_teams_clock(store: Store) -> None:
    store.now = at("2027-01-11 09:00")
    with store.change("Log") as session:
        logged(session, "V1", "meeting", store.now, date="2027-01-10", start="18:00", end="19:30")
    with pytest.raises(CrtError, match=r"from 2027-01-10 6:00 PM to 7:30 PM already"), store.change("Log") as session:
        logged(session, "V1", "meeting", store.now, date="2027-01-10", start="7:00 PM", end="8 pm")
    assert "18:00 to 19:30" in overlap_words(
        "Ana", "meeting", at("2027-01-10 18:00"), at("2027-01-10 19:30"), times.Zone(LA)
    )


def test_the_year_report_and_the_heat_tell_hours_by_the_teams_clock(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with store.read() as session:
        wish = reports.Wish("year", dt.date(2026, 1, 1), dt.date(2026, 12, 31), rate=3000)
        found = reports.printed(session, reports.report_of(session, wish, now=store.now), now=store.now)
    hours = next(table for table in found.tables if table.title == "Responses by hour of the day")
    assert [row[0] for row in hours.rows][::6] == ["12 AM", "6 AM", "12 PM", "6 PM"]
    told = typed_in(store, capsys, "heat", "2027-01").splitlines()
    assert next(line for line in told if line.startswith("Hour")).split() == [
        "Hour", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
    ]  # fmt: skip
    assert any(line.startswith("6 PM") for line in told)


def test_the_picture_of_demand_begins_the_week_and_tells_hours_as_people_do(store: Store) -> None:
    with store.read() as session:
        shown = seen.seen(session, planning.standing(session, "2027-01", now=store.now))
    plot = pictures.figure(shown).subfigs[0].axes[0]
    assert [tick.get_text() for tick in plot.get_xticklabels()] == ["12 AM", "6 AM", "12 PM", "6 PM"]
    assert [tick.get_text() for tick in plot.get_yticklabels()][:2] == ["Sun", "Mon"]
    assert plot.images[0].get_array().tolist()[0] == shown.heat[0][6].tolist()  # Sunday's row is drawn first


@pytest.mark.parametrize("clock", ["12", "24"])
@given(wall=WALLS)
def test_a_time_shown_can_be_typed_beside_the_telephone(clock: times.Clock, wall: dt.time) -> None:
    assert typed_times.clock(times.clock_words(wall, clock)) == wall
    assert typed_times.clock(f"{wall:%H%M}") == wall


@pytest.mark.parametrize("words", ["13 PM", "0 am", "2", "2:60 pm", "pm", "24:00", "1:2"])
def test_what_is_no_time_of_day_is_refused_with_how_to_type_it(words: str) -> None:
    with pytest.raises(CrtError, match=r"Type it as 0213, 2:13 or 2:13 AM\."):
        typed_times.clock(words)


def test_a_time_that_cannot_be_is_said_by_the_teams_clock() -> None:
    spring = at("2027-03-14 12:00")
    with pytest.raises(CrtError, match=r"On 14 March the clocks skipped 2:30 AM\."):
        typed_times.moment("0230", now=spring, zone=LA)
    with pytest.raises(CrtError, match=r"^12:30 PM has not come yet; it is 12:00 PM\. .*2027-03-13 12:30 PM\.$"):
        typed_times.moment("12:30 PM", now=spring, zone=LA)
    with pytest.raises(ValueError, match=r"the clocks skipped 2:30 AM on Sun 14 Mar 2027"):
        dates.moment_in("2027-03-14 02:30", "iso", LA)


def test_a_log_without_times_of_day_is_said_by_the_teams_clock() -> None:
    calls = log_health.Gathered()
    calls.extend([times.minutes(at(f"2026-{n % 12 + 1:02d}-{n % 27 + 1:02d} 00:00")) for n in range(60)], [1] * 60,
                 [("other", "")] * 60)  # fmt: skip
    said = calls.remarks({1: "Valley"}, zone=LA, now=at("2027-01-01 12:00"))
    assert any("60 of 60 calls are at 12:00 AM sharp" in sentence for sentence in said)


def test_only_files_names_and_keys_tell_hours_without_the_teams_clock() -> None:
    told = re.compile(r"%H|%I|%-I|T%H|:02d}:00|\.hour:0?2")
    found = {
        str(path.relative_to(ROOMS))
        for room in ("crt_scheduler", "ui")
        for path in (ROOMS / room).rglob("*.py")
        if told.search(path.read_text(encoding="utf-8"))
    }
    known = {name if name.startswith("crt_scheduler/") else f"crt_scheduler/{name}" for name in CLOCKLESS}
    assert found <= known | {"crt_scheduler/migrations/env.py"}, "tell hours through crt_scheduler.times"
