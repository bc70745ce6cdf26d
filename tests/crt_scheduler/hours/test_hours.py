"""The hours ledger: times as typed, what is refused and why, approval in bulk, and the hours that calls give."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.hours import hours_ledger, time_on_call, typed_hours
from crt_scheduler.hours.ledger_values import EntryDraft
from crt_scheduler.roster import assign, shift_name
from crt_scheduler.store import Store
from crt_scheduler.tables import CallResponder
from tests.crt_scheduler.hours_build import ZONE, at, call, logged, stretch
from tests.crt_scheduler.team_build import NOW, everything, pair, team


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A team of Ana and Ben."""
    opened = team(tmp_path)
    with opened.change("Add people") as session:
        pair(session)
    yield opened
    opened.close()


def refused(**words: str) -> dict[str, str]:
    """What is wrong with typed words, by part."""
    found, faults = typed_hours.read(zone=ZONE, now=NOW, **words)
    assert found is None
    return {fault.field: fault.sentence for fault in faults}


def test_half_past_one_to_half_past_one_on_the_autumn_night_is_one_hour() -> None:
    by_clock = stretch(NOW, date="2026-11-01", start="01:30", end="01:30")
    with_dates = stretch(NOW, start="2026-11-01 01:30", end="2026-11-01 01:30")
    assert by_clock == with_dates
    assert (by_clock.minutes, by_clock.start, by_clock.end) == (
        60,
        at("2026-11-01 01:30"),
        at("2026-11-01 01:30", fold=1),
    )


def test_an_evening_over_the_autumn_night_counts_the_doubled_hour() -> None:
    assert stretch(NOW, date="2026-10-31", start="22:00", end="02:00").minutes == 5 * 60
    assert stretch(NOW, date="2026-11-01", start="01:45", end="01:15").minutes == 30


def test_a_spring_night_is_an_hour_shorter() -> None:
    assert stretch(NOW, date="2026-03-07", start="22:00", end="04:00").minutes == 5 * 60


def test_an_end_after_midnight_is_the_next_morning() -> None:
    found = stretch(NOW, date="2026-11-20", start="22:30", end="01:00")
    assert (found.date, found.minutes) == (dt.date(2026, 11, 20), 150)


def test_midnight_is_a_time_where_an_end_is_given() -> None:
    found = stretch(NOW, start="2026-11-20 00:00", end="2026-11-20 02:00")
    assert (found.start, found.minutes) == (at("2026-11-20 00:00"), 120)


def test_minutes_may_stand_for_the_end_or_for_both_times() -> None:
    assert stretch(NOW, date="2026-11-20", start="9:00 am", minutes="1:30").end == at("2026-11-20 10:30")
    alone = stretch(NOW, date="2026-11-20", minutes="90")
    assert (alone.start, alone.minutes) == (None, 90)


@pytest.mark.parametrize(
    ("words", "part", "said"),
    [
        ({"date": "2026-11-20", "start": "15:00", "end": "14:00"}, "end", "is not after the start"),
        ({"date": "2026-11-20", "start": "15:00", "end": "15:00"}, "end", "is not after the start"),
        ({"start": "2026-11-20 15:00", "end": "2026-11-19 16:00"}, "end", "is not after the start"),
        ({"date": "2026-12-24", "start": "15:00", "end": "16:00"}, "end", "future"),
        ({"date": "2026-12-24", "minutes": "60"}, "date", "future"),
        ({"date": "2026-11-20", "start": "15:00"}, "end", "Give the end too"),
        ({"date": "2026-11-20", "end": "15:00"}, "start", "Give the start too"),
        ({"date": "2026-11-20"}, "start", "Give start and end"),
        ({"start": "15:00", "end": "16:00"}, "date", "Give the date"),
        ({"date": "2026-11-20", "start": "25:00", "end": "1"}, "start", "not a time"),
        ({"date": "2026-11-20", "start": "15:00", "end": "later"}, "end", "not a time"),
        ({"date": "31 May", "start": "15:00", "end": "16:00"}, "date", "has no year"),
        ({"date": "May", "start": "15:00", "end": "16:00"}, "date", "not a date"),
        ({"date": "2026-11-20", "start": "15:00", "end": "16:00", "minutes": "90"}, "minutes", "make 60 minutes"),
        ({"date": "2026-11-20", "minutes": "ninety"}, "minutes", "not a length"),
        ({"date": "2026-11-20", "minutes": "2000"}, "minutes", "24 hours"),
    ],
)
def test_times_that_cannot_be_are_refused_in_a_sentence(words: dict[str, str], part: str, said: str) -> None:
    assert said in refused(**words)[part]


def test_an_overlap_of_one_person_and_kind_is_refused(store: Store) -> None:
    with store.change("Log") as session:
        logged(session, "Ana", "meeting", NOW, date="2026-11-20", start="18:00", end="20:00")
        logged(session, "Ana", "office", NOW, date="2026-11-20", start="18:00", end="20:00")
        logged(session, "Ben", "meeting", NOW, date="2026-11-20", start="18:00", end="20:00")
        logged(session, "Ana", "meeting", NOW, date="2026-11-20", start="20:00", end="21:00")
        with pytest.raises(NotAllowed, match="has meeting hours from 2026-11-20 18:00 to 20:00 already"):
            logged(session, "Ana", "meeting", NOW, date="2026-11-20", start="19:30", end="19:45")


def test_a_stranger_an_unknown_kind_and_an_unknown_call_are_told_field_by_field(store: Store) -> None:
    with store.read() as session:
        draft, faults = hours_ledger.faults(
            session, person="Zed", kind="lunch", call="C9", date="2026-11-20", minutes="60", now=NOW
        )
    assert draft is None
    assert {fault.field for fault in faults} == {"person", "kind", "call"}
    with store.read() as session:
        _, faults = hours_ledger.faults(session, person="Ana", kind="lunch", date="2026-11-20", minutes="60", now=NOW)
    assert [fault.field for fault in faults] == ["kind"]
    with store.change("Log") as session, pytest.raises(CrtError, match="comes from the roster"):
        hours_ledger.log(session, EntryDraft("Ana", "on call", stretch(NOW, date="2026-11-20", minutes="60")), now=NOW)


def test_hours_that_overlap_are_told_beside_their_start(store: Store) -> None:
    with store.change("Log") as session:
        logged(session, "Ana", "meeting", NOW, date="2026-11-20", start="18:00", end="20:00")
        draft, faults = hours_ledger.faults(
            session, person="Ana", kind="meeting", date="2026-11-20", start="19:00", end="21:00", now=NOW
        )
    assert draft is None
    assert [(fault.field, "18:00 to 20:00 already" in fault.sentence) for fault in faults] == [("start", True)]


def test_approving_in_bulk_is_one_act_that_undo_takes_back(store: Store) -> None:
    with store.change("Log") as session:
        numbers = [logged(session, "Ana", "meeting", NOW, date=f"2026-11-{n:02d}", minutes="60") for n in range(1, 21)]
    before = everything(store)
    with store.change("Approve 20 entries") as session:
        assert hours_ledger.approve(session, numbers, who="coordinator") == 20
    with store.read() as session:
        assert {(row.state, row.approved_by) for row in hours_ledger.rows(session)} == {("approved", "coordinator")}
    store.undo()
    assert everything(store) == before


def test_approved_hours_are_neither_changed_nor_removed_before_the_approval_is_taken_back(store: Store) -> None:
    with store.change("Log") as session:
        number = logged(session, "Ana", "meeting", NOW, date="2026-11-20", minutes="60")
        hours_ledger.approve(session, [number], who="coordinator")
    with store.change("Try") as session:
        with pytest.raises(NotAllowed, match="Take their approval back"):
            hours_ledger.remove(session, number)
        with pytest.raises(NotAllowed, match="Take their approval back"):
            hours_ledger.amend(session, number, stretch(NOW, date="2026-11-20", minutes="90"), now=NOW)
        assert hours_ledger.unapprove(session, [number]) == 1
        hours_ledger.amend(session, number, stretch(NOW, date="2026-11-20", minutes="90"), now=NOW)
        assert [row.minutes for row in hours_ledger.rows(session)] == [90]
        hours_ledger.remove(session, number)
        assert hours_ledger.rows(session) == ()
    with store.change("Try") as session, pytest.raises(CrtError, match="no entry 99"):
        hours_ledger.approve(session, [99], who="coordinator")


def test_a_call_gives_response_and_travel_hours_in_the_same_act(store: Store) -> None:
    with store.change("A call") as session:
        number = call(
            session, "C1", at("2026-11-20 19:00"), "Ana", "Ben", now=NOW, departed=at("2026-11-20 19:10"),
            arrived=at("2026-11-20 19:40"), cleared=at("2026-11-20 21:40"), home=at("2026-11-20 22:00"),
        )  # fmt: skip
        found = hours_ledger.rows(session, person="Ana")
    assert [(row.kind, row.minutes, row.call) for row in found] == [
        ("response", 120, "C1"), ("travel", 30, "C1"), ("travel", 20, "C1"),
    ]  # fmt: skip
    with store.change("Follow again") as session:
        hours_ledger.follow(session, number)
    with store.read() as session:
        assert hours_ledger.rows(session, person="Ana") == found


def test_other_times_of_a_call_renew_its_hours_and_end_their_approval(store: Store) -> None:
    moments = {"departed": at("2026-11-20 19:10"), "arrived": at("2026-11-20 19:40"), "cleared": at("2026-11-20 21:40")}
    with store.change("A call") as session:
        number = call(session, "C1", at("2026-11-20 19:00"), "Ana", now=NOW, **moments)
        hours_ledger.approve(session, [row.id for row in hours_ledger.rows(session)], who="coordinator")
    with store.change("Correct the call") as session:
        who = session.query(CallResponder).one()
        who.cleared = at("2026-11-20 22:00")
        hours_ledger.follow(session, number)
        found = {row.kind: (row.minutes, row.state) for row in hours_ledger.rows(session)}
        assert found == {"response": (140, "logged"), "travel": (30, "approved")}
        with pytest.raises(NotAllowed, match="come from a call"):
            hours_ledger.unapprove(session, [row.id for row in hours_ledger.rows(session)])
            hours_ledger.remove(session, hours_ledger.rows(session)[0].id)
        session.delete(who)
        session.flush()
        hours_ledger.follow(session, number)
        assert hours_ledger.rows(session) == ()


def test_hours_added_by_hand_to_a_call_are_changed_by_hand(store: Store) -> None:
    moments = {"departed": at("2026-11-20 19:10"), "cleared": at("2026-11-20 21:40")}
    with store.change("A call") as session:
        call(session, "C1", at("2026-11-20 19:00"), "Ana", now=NOW, **moments)
        after = stretch(NOW, date="2026-11-21", start="09:00", end="10:00")
        number = hours_ledger.log(session, EntryDraft("Ana", "response", after, "C1"), now=NOW)
        hours_ledger.amend(session, number, stretch(NOW, date="2026-11-21", start="09:30", end="10:00"), now=NOW)
        assert [row.minutes for row in hours_ledger.rows(session) if row.id == number] == [30]
        hours_ledger.remove(session, number)


def test_who_turned_back_has_travelled_and_who_is_still_out_has_no_hours_yet(store: Store) -> None:
    out = at("2026-11-20 19:10")
    with store.change("Calls") as session:
        call(session, "C1", out, "Ana", now=NOW, departed=out, home=at("2026-11-20 19:50"))
        call(session, "C2", out, "Ben", now=NOW, departed=out, arrived=at("2026-11-20 19:30"))
        assert [(row.person, row.kind, row.minutes) for row in hours_ledger.rows(session)] == [("Ana", "travel", 40)]


def test_a_night_on_call_over_a_clock_change_is_eleven_or_thirteen_hours(store: Store) -> None:
    with store.change("On call") as session:
        for date in ("2026-10-31", "2027-03-13"):
            assign(session, shift_name(f"{date}/night/Valley"), "Ana")
    with store.read() as session:
        assert time_on_call.minutes(session, dt.date(2026, 10, 31), dt.date(2026, 10, 31)) == {"Ana": 13 * 60}
        assert time_on_call.minutes(session, dt.date(2027, 3, 1), dt.date(2027, 3, 31)) == {"Ana": 11 * 60}
        assert time_on_call.minutes(session, dt.date(2026, 11, 1), dt.date(2026, 11, 30)) == {}
