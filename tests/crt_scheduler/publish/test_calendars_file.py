"""One calendar file: the rules R1-R13, byte for byte."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from crt_scheduler import times
from crt_scheduler.publish import calendars
from crt_scheduler.publish.calendars import Event, Look, part_name, render, render_parts
from tests.crt_scheduler.publish.test_publish_build import lint

GOLDEN = Path(__file__).parents[2] / "golden"
LOOK = Look(title="On call: Ana Ruiz", zone=times.Zone("America/Los_Angeles"), alarm_minutes=60)
START = dt.datetime(2027, 1, 10, 2, 0, tzinfo=dt.UTC)


def event(number: int = 1, **values: object) -> Event:
    """Return an event with its own fixed uid, a twelve-hour night in Valley unless said otherwise."""
    row: dict[str, object] = {
        "uid": f"{number:032x}@crt-scheduler.example",
        "sequence": 0,
        "changed": dt.datetime(2026, 12, 20, 18, 0, tzinfo=dt.UTC),
        "start": START + dt.timedelta(days=number),
        "end": START + dt.timedelta(days=number, hours=12),
        "summary": "On call: lead, Valley",
        "description": "With: Ben K.",
        "location": "",
        "cancelled": False,
    }
    return Event(**{**row, **values})  # type: ignore[arg-type]


def everything() -> list[Event]:
    """Return events that between them use every part of the format."""
    names = "With: 김민준, Արամ Պ., Zoë 😀, a very long \\ name; that goes on, and on, and on, past two folds of a line"
    return [
        event(1),
        event(2, description=names, location="Valley station, 2nd floor; ask"),
        event(3, cancelled=True, sequence=2, changed=dt.datetime(2027, 1, 2, 9, 30, 7, tzinfo=dt.UTC)),
        event(4, summary="On call: clergy primary, City", description="", end=START + dt.timedelta(days=5)),
    ]


def test_the_file_is_the_golden_one_byte_for_byte() -> None:
    assert render(everything(), LOOK) == (GOLDEN / "person.ics").read_bytes()
    assert render([], LOOK) == (GOLDEN / "nobody-on-call.ics").read_bytes()


def test_the_checker_finds_the_golden_files_clean() -> None:
    assert lint(GOLDEN / "person.ics", GOLDEN / "nobody-on-call.ics") == ""


def test_the_order_of_events_does_not_matter() -> None:
    assert render(everything()[::-1], LOOK) == render(everything(), LOOK)


def test_lines_end_in_crlf_and_hold_75_octets_at_most() -> None:
    content = render(everything(), LOOK)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\r\n\r\n|\xef\xbb\xbf", content)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n") and content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_the_head_names_the_calendar_and_asks_to_be_read_again() -> None:
    head = render([], LOOK).decode().split("\r\n")
    for line in (
        "METHOD:PUBLISH",
        "NAME:On call: Ana Ruiz",
        "X-WR-CALNAME:On call: Ana Ruiz",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ):
        assert head.count(line) == 1


def test_every_time_is_utc_and_every_property_stands_once() -> None:
    content = render(everything(), LOOK).decode()
    assert not re.search("TZID|VTIMEZONE|RRULE|RDATE|RECURRENCE-ID|ATTENDEE|ORGANIZER|DURATION:PT12H", content)
    for part in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", content, re.S):
        for name in ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "UID"):
            assert len(re.findall(rf"^{name}:", part, re.M)) == 1
        assert len(re.findall(r"^(?:DTSTAMP|LAST-MODIFIED|DTSTART|DTEND):\d{8}T\d{6}Z\r$", part, re.M)) == 4


def test_a_cancelled_shift_says_so_frees_the_time_and_rings_no_alarm() -> None:
    found = Calendar.from_ical(render([event(cancelled=True, sequence=1)], LOOK)).walk("VEVENT")[0]
    assert (found["STATUS"], found["TRANSP"], found.subcomponents) == ("CANCELLED", "TRANSPARENT", [])
    assert found["SUMMARY"] == "CANCELLED: On call: lead, Valley"


def test_the_alarm_is_one_relative_display_and_can_be_turned_off() -> None:
    found = Calendar.from_ical(render([event()], LOOK)).walk("VALARM")
    assert [(alarm["ACTION"], alarm["TRIGGER"].dt) for alarm in found] == [("DISPLAY", dt.timedelta(hours=-1))]
    assert not Calendar.from_ical(render([event()], Look("x", LOOK.zone))).walk("VALARM")


def test_shifts_block_the_time_of_a_person_but_not_where_the_file_says_they_do_not() -> None:
    for blocks, shown in ((True, "OPAQUE"), (False, "TRANSPARENT")):
        look = Look("x", LOOK.zone, blocks_time=blocks)
        (found,) = Calendar.from_ical(render([event()], look)).walk("VEVENT")
        assert (found["STATUS"], found["TRANSP"]) == ("CONFIRMED", shown)


def test_as_of_is_when_the_event_last_changed_in_local_time() -> None:
    found = Calendar.from_ical(render([event()], LOOK)).walk("VEVENT")[0]
    assert found["DESCRIPTION"] == "With: Ben K.\nAs of Sun 20 Dec 2026 10:00"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_any_words_give_a_file_that_reads_back(name: str, partner: str, place: str) -> None:
    content = render([event(summary=f"On call: {name}", description=f"With: {partner}", location=place)], LOOK)
    found = Calendar.from_ical(content).walk("VEVENT")
    assert len(found) == 1 and str(found[0]["SUMMARY"]).startswith("On call:")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.decode()


def test_a_full_calendar_is_dealt_to_parts_and_a_new_event_moves_no_old_one() -> None:
    many = [event(number) for number in range(1, 1001)]
    before, after = render_parts(many, LOOK), render_parts([*many, event(0)], LOOK)
    assert [len(Calendar.from_ical(part).walk("VEVENT")) for part in before] == [900, 100]
    assert before[0] == after[0]


def test_a_part_that_would_be_too_large_is_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST_OCTETS", 2_000)
    parts = render_parts([event(number) for number in range(1, 20)], LOOK)
    assert all(len(part) <= 2_000 for part in parts) and len(parts) > 4


def test_a_part_may_be_just_as_large_as_the_limit_and_one_event_too_large_stands_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [event(number) for number in range(1, 5)]
    whole = len(render(many, LOOK))
    for most, dealt in ((whole, [4]), (whole - 1, [2, 2]), (whole // 2, [1, 1, 1, 1])):
        monkeypatch.setattr(calendars, "MOST_EVENTS", 4)
        monkeypatch.setattr(calendars, "MOST_OCTETS", most)
        assert [part.count(b"BEGIN:VEVENT") for part in render_parts(many, LOOK)] == dealt
    monkeypatch.setattr(calendars, "MOST_OCTETS", 1)
    assert [len(render_parts(many[:count], LOOK)) for count in (0, 1, 2)] == [1, 1, 2]


def test_parts_are_numbered_from_the_second_on() -> None:
    assert [part_name("roster/Valley-2027-01.ics", n) for n in (1, 2)] == [
        "roster/Valley-2027-01.ics",
        "roster/Valley-2027-01-2.ics",
    ]
