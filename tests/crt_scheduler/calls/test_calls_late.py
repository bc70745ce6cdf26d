"""Calls as they are really noted: late, out of order, corrected, on the nights the clocks change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crt_scheduler import roster, times
from crt_scheduler.call_out import all_call, call_answers
from crt_scheduler.call_out.whom_to_phone import call_out
from crt_scheduler.calls import call_acts, call_rows, going, typed_times
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.care import debriefs, hard_calls, stand_down
from crt_scheduler.cli import amend_values, run
from crt_scheduler.errors import CrtError, NotAllowed, Refused
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.call_build import NOW, city, log

ZONE = times.Zone("America/Los_Angeles")
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Records with people on shift, at nine in the morning."""
    opened = city(tmp_path)
    yield opened
    opened.close()


def at(words: str) -> dt.datetime:
    """A wall time of 1 December."""
    return times.instant(dt.date(2026, 12, 1), dt.time.fromisoformat(words), ZONE)


def now(store: Store, call: int) -> CallRow:
    """The call as it is now."""
    with store.read() as session:
        return call_rows.call(session, call)


def refused(store: Store, call: int, words: str, **changes: object) -> None:
    """An amendment that is refused with these words."""
    with pytest.raises(CrtError, match=words), store.change("Amend") as session:
        call_acts.amend(session, call, now=NOW, **changes)


def test_who_joins_late_does_not_move_when_the_team_was_called_out(store: Store) -> None:
    call = log(store, notified=at("08:00"))
    with store.change("A team that comes one by one") as session:
        going.arrive(session, call, "Ana", now=NOW, at=at("08:30"))
        call_answers.answer(session, call, "Ben", "accepted", now=NOW, at=at("08:50"))
        assert call_rows.call(session, call).dispatched is None, "nobody knows when, but not after she was there"
        call_answers.answer(session, call, "Ana", "accepted", now=NOW, at=at("08:10"))
        going.go(session, call, "Ben", now=NOW, at=at("08:55"))
        call_acts.amend(session, call, now=NOW, adults=2)
    assert (now(store, call).dispatched, now(store, call).adults) == (at("08:10"), 2)


def test_what_happens_in_the_minute_of_the_call_happens_with_it(store: Store) -> None:
    store.now = NOW + dt.timedelta(seconds=40)
    call = log(store)
    with store.change("At once") as session:
        call_answers.answer(session, call, "Ana", "declined", now=store.now, at=NOW, reason="at work")
        call_answers.answer(session, call, "Ana", "accepted", now=store.now + dt.timedelta(seconds=10))
        going.go(session, call, "Ana", now=store.now, at=NOW)
    assert [(one.answer, one.at) for one in now(store, call).answers] == [("accepted", NOW)], "corrected, not two"


def test_a_call_keeps_number_and_times_and_takes_no_other_ones_number(store: Store) -> None:
    other, call = log(store, number="LAFD-77"), log(store)
    refused(store, call, "A call keeps its number. Type it, such as 26-0001.", number="")
    refused(store, call, "A call keeps its time: notified. Type it as 0213.", notified=None)
    refused(store, call, "A call keeps its time: the incident. Type it as 0213.", at=None)
    refused(store, call, "lafd-77 is another incident's. Choose a number that is free.", number="lafd-77")
    log(store, number="lafd-77", another_case=True, area="", type="")
    refused(store, other, "LAFD-77 has several cases, which keep it.", number="26-0100")
    with store.change("Amend") as session:
        call_acts.amend(session, call, now=NOW, number="26-0050", area="", division="Van Nuys")
    assert (now(store, call).number, now(store, call).area) == ("26-0050", "Valley")


def test_a_further_case_is_of_the_same_incident_and_says_so(store: Store) -> None:
    log(store, number="26-0100", at=at("08:00"), notified=at("08:10"))
    for typed_in, words in (
        ({"area": "West", "type": ""}, "26-0100 has the area Valley. A further case is of the same incident"),
        ({"area": "", "type": "fire"}, "26-0100 has the type homicide."),
        ({"area": "", "type": "", "notified": at("07:30")}, "is before the incident"),
    ):
        with pytest.raises(Refused, match=words):
            log(store, number="26-0100", another_case=True, **typed_in)
    second = log(store, number="26-0100", another_case=True, area="", type="")
    with store.read() as session:
        assert call_acts.find(session, "26-0100 case 2") == call_acts.find(session, "26-0100/2") == second


def test_yesterdays_call_is_noted_after_todays(store: Store) -> None:
    today, before = log(store, notified=at("08:00")), log(store, notified=at("05:00"))
    with store.change("Today's is over") as session:
        going.go(session, today, "Ana", now=NOW, at=at("08:10"))
        going.clear(session, today, "Ana", now=NOW, at=at("08:40"))
    with store.change("The earlier one, from paper") as session:
        call_answers.answer(session, before, "Ana", "accepted", now=NOW, at=at("05:05"))
        going.arrive(session, before, "Ana", now=NOW, at=at("05:30"))
        with pytest.raises(Refused, match="Ana is at 26-0001 from 08:10 to 08:40"):
            going.clear(session, before, "Ana", now=NOW, at=at("08:20"))
        going.clear(session, before, "Ana", now=NOW, at=at("07:30"))
    assert now(store, before).state == "clear"


def test_a_follow_up_is_neither_before_its_call_nor_done_in_the_future(store: Store) -> None:
    call = log(store)
    refused(store, call, "cannot be due before the call", follow_up_due=dt.date(2026, 11, 30))
    refused(store, call, "cannot be done before the call", follow_up_done=dt.date(2026, 11, 30))
    refused(store, call, "That day has not come yet", follow_up_done=dt.date(2026, 12, 2))


def test_people_served_are_counted_only_where_they_were_counted_apart(store: Store) -> None:
    call = log(store, served=7)
    for changes, served in (({"adults": 1}, 7), ({"children": 2}, 3), ({"adults": None, "children": None}, None)):
        with store.change("Count") as session:
            call_acts.amend(session, call, now=NOW, **changes)
        assert now(store, call).served == served


@pytest.mark.parametrize("values", [{"number": "JohnSmith1"}, {"unit": "Garcia1"}])
def test_a_name_is_neither_a_number_nor_a_call_sign(store: Store, values: dict[str, str]) -> None:
    with pytest.raises(Refused):
        log(store, **values)


def test_a_time_is_corrected_on_the_day_of_its_call(store: Store) -> None:
    call = log(store, notified=at("08:00") - dt.timedelta(days=4))
    name, moment = amend_values.read("notified=0805", now(store, call), now=NOW, zone=ZONE)
    assert (name, moment) == ("notified", at("08:05") - dt.timedelta(days=4))
    midnight = times.instant(dt.date(2026, 12, 1), dt.time(0, 5), ZONE)
    assert typed_times.near("2355", beside=midnight, now=NOW, zone=ZONE) == midnight - 10 * MINUTE


def test_a_time_that_the_clocks_skipped_is_asked_for_again() -> None:
    night = dt.datetime(2027, 3, 14, 10, 10, tzinfo=dt.UTC)
    for read in (
        lambda: typed_times.moment("0230", now=night, zone=ZONE),
        lambda: typed_times.moment("0230", now=night + HOUR, zone=ZONE),
        lambda: typed_times.moment("2027-03-14 02:30", now=night + HOUR, zone=ZONE),
        lambda: typed_times.near("0230", beside=night, now=night + HOUR, zone=ZONE),
    ):
        with pytest.raises(
            CrtError, match=r"On 14 March the clocks skipped 02:30\. Type a time before or after that, or 0330"
        ):
            read()
    assert typed_times.moment("0130", now=night, zone=ZONE) == dt.datetime(2027, 3, 14, 9, 30, tzinfo=dt.UTC)


def test_on_the_doubled_night_answers_and_times_of_one_call_follow_one_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = dt.datetime(2026, 11, 1, 11, tzinfo=dt.UTC)
    store = city(tmp_path, now=later)
    call = log(store, notified=dt.datetime(2026, 11, 1, 8, 15, tzinfo=dt.UTC))
    desk = ["--database", str(store.path), "--now", later.isoformat()]
    for words in (
        ["answer", "26-0001", "Ana", "accepted", "--at", "0120"], ["go", "26-0001", "Ana", "--at", "0122"],
        ["arrive", "26-0001", "Ana", "--at", "0130"], ["clear", "26-0001", "Ana", "--at", "0130"],
        ["amend", "26-0001", "--field", "adults=2"],
    ):  # fmt: skip
        assert run([*desk, "call", *words]) == 0, capsys.readouterr().err
    row = now(store, call)
    store.close()
    assert (row.dispatched, row.on_scene, row.adults) == (
        dt.datetime(2026, 11, 1, 8, 20, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, 8, 30, tzinfo=dt.UTC), 2,
    )  # fmt: skip
    assert row.clear is not None and row.on_scene is not None and row.clear - row.on_scene == HOUR


def hard_one(session: Session, *went: str) -> int:
    """A hard call of an hour ago that people accepted."""

    call = call_acts.log(session, CallDraft(area="Valley", type="homicide", at=NOW - HOUR), now=NOW)
    for code in went:
        call_answers.answer(session, call, code, "accepted", now=NOW, at=NOW - HOUR)
    hard_calls.tick_hard(session, call, "Child death", now=NOW)
    return call


def test_who_stands_down_is_not_put_on_another_call(store: Store) -> None:
    with store.change("A hard call") as session:
        first = hard_one(session, "Ana", "Ben")
    other = log(store)
    for put_on in (
        lambda session: call_answers.answer(session, other, "Ana", "accepted", now=NOW),
        lambda session: going.arrive(session, other, "Ben", now=NOW),
    ):
        words = r"stands down until Fri 4 Dec 18:00\. Choose somebody else, or have"
        with pytest.raises(Refused, match=words), store.change("Call out") as session:
            put_on(session)
    with store.change("Their own call goes on") as session:
        going.arrive(session, first, "Ana", now=NOW)


def test_who_did_not_go_after_all_neither_stands_down_nor_owes_a_debrief(store: Store) -> None:
    with store.change("A hard call") as session:
        call = hard_one(session, "Ana", "Ben", "Cy")
        stand_down.add(session, call, "Dee", now=NOW, hours=10)
        going.remove(session, call, "Ben", now=NOW)
        call_answers.answer(session, call, "Cy", "declined", now=NOW, reason="at work")
        assert {row.person for row in stand_down.rows(session, now=NOW)} == {"Ana", "Dee"}, "Dee listened"
        assert {row.person for row in debriefs.rows(session, now=NOW)} == {"Ana", "Dee"}


def test_who_is_clear_late_rests_from_then_and_hours_by_hand_stay(store: Store) -> None:
    with store.change("A hard call") as session:
        call = hard_one(session, "Ana", "Ben")
        ana, ben = sorted(stand_down.rows(session, now=NOW), key=lambda row: row.person)
        assert ana.end == at("18:00") + 72 * HOUR
        stand_down.change(session, ben.id, 24)
        for code in ("Ana", "Ben"):
            going.arrive(session, call, code, now=NOW)
    later = at("21:00")
    with store.change("Three hours after their shift") as session:
        for code in ("Ana", "Ben"):
            going.clear(session, call, code, now=later, at=later)
        ends = {row.person: row.end for row in stand_down.rows(session, now=later)}
        due = {row.person: row.due for row in debriefs.rows(session, now=later)}
    assert ends == {"Ana": later + 72 * HOUR, "Ben": at("18:00") + 24 * HOUR}
    assert due["Ana"] == ends["Ana"]


def test_clergy_who_are_still_on_scene_are_watched_and_the_call_is_not_over(store: Store) -> None:
    call = log(store, notified=at("05:00"), clergy_wanted=True)
    with store.change("The team leaves, Rev stays") as session:
        going.arrive(session, call, "Rev", now=NOW, at=at("05:30"))
        going.arrive(session, call, "Ana", now=NOW, at=at("05:30"))
        going.clear(session, call, "Ana", now=NOW, at=at("08:00"))
    row = now(store, call)
    assert row.state == "on scene"
    assert row.silent_since(NOW, 90) == at("05:30"), "Ana leaving is no word from Rev"
    with store.read() as session:
        assert [one.id for one in call_rows.running(session)] == [call]
    refused(store, call, "Rev is not clear of 26-0001. Note when each was; the call follows.", clear=at("08:30"))
    with store.change("Rev leaves") as session:
        going.clear(session, call, "Rev", now=NOW, at=at("08:50"))
    assert now(store, call).state == "clear"


def test_an_all_call_is_not_begun_on_a_call_that_is_signed_off(store: Store) -> None:
    call = log(store)
    with store.change("Over") as session:
        call_acts.close(session, call, by="lead", now=NOW)
    for act in (
        lambda session: all_call.begin(session, call),
        lambda session: all_call.answer(session, call, "Off", "now", now=NOW),
    ):
        with pytest.raises(NotAllowed, match=r"is signed off\. Reopen it first"), store.change("All-call") as session:
            act(session)


def test_a_time_is_taken_back_by_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    call = log(store, notified=at("08:00"))
    desk = ["--database", str(store.path), "--now", NOW.isoformat()]
    assert run([*desk, "call", "go", "26-0001", "Ana", "--at", "0810"]) == 0
    assert run([*desk, "call", "go", "26-0001", "Ana", "--at", "none"]) == 0
    assert "Ana: departure taken back, 26-0001" in capsys.readouterr().err
    assert [one.departed for one in now(store, call).responders] == [None]
    assert run([*desk, "call", "log", "--area", "West", "--type", "fire"]) == 0
    assert "Logged 26-0002, fire, West, notified Tue 1 Dec 09:00. Whom to phone: crt-scheduler call out 26-0002" in (
        capsys.readouterr().out
    )
    with store.read() as session:
        assert roster.person(session, "Ana").name == "Ana"


def test_of_two_alike_who_answers_more_surely_is_phoned_first(store: Store) -> None:
    with store.change("Bea answers, Ada does not") as session:
        for code in ("Ada", "Bea"):
            build.responder(session, code, area="Valley")
            roster.assign(session, roster.shift_name("2026-12-01/day/Valley"), code)
    with store.read() as session:
        assert alike(session, log(store)) == ["Ada", "Bea"], "nobody knows yet: by id"
    for n in range(12):
        call = log(store, notified=NOW - (n + 2) * HOUR)
        with store.change("Answers") as session:
            for code, said in (("Ada", "no_answer"), ("Bea", "accepted")):
                call_answers.answer(session, call, code, said, now=NOW, at=NOW - 2 * HOUR)
            if n < 11:
                going.remove(session, call, "Bea", now=NOW)
    with store.change("Bea is back") as session:
        going.remove(session, call, "Bea", now=NOW)
    with store.read() as session:
        assert alike(session, log(store)) == ["Bea", "Ada"]


def alike(session: Session, call: int) -> list[str]:
    """The two who are alike, in the order of the call-out."""
    found = [place.code for place in call_out(session, call, now=NOW).team]
    return [code for code in found if code in ("Ada", "Bea")]


def test_words_of_the_lists_are_taken_however_their_letters_are_written(store: Store) -> None:
    call = log(store, agency="lapd", scene="HOME", type="Homicide")
    row = now(store, call)
    assert (row.agency, row.scene, row.type) == ("LAPD", "home", "homicide")


def test_two_who_log_at_once_take_two_numbers(store: Store) -> None:
    with store.read() as session:
        first = call_acts.filled(session, CallDraft(area="Valley", type="fire"), now=NOW)
    log(store)
    with store.change("The other window") as session:
        made = call_acts.log(session, replace(first, number=""), now=NOW)
        assert call_rows.call(session, made).number == "26-0002"


@pytest.mark.parametrize("words", [["--waves", "100000000"], ["--hours", "nan"], ["--size", "1"]])
def test_a_relief_that_nobody_can_mean_is_a_sentence(
    store: Store, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    call = log(store)
    with store.change("All-call") as session:
        all_call.begin(session, call)
    assert run(["--database", str(store.path), "--now", NOW.isoformat(), "all-call", "relief", "26-0001", *words]) == 2
    assert capsys.readouterr().err.strip().endswith((".", "waves at a time."))


def test_today_tells_the_calls_that_run_and_who_is_silent(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    call = log(store, notified=at("05:00"))
    with store.change("On scene since half past five") as session:
        going.arrive(session, call, "Ana", now=NOW, at=at("05:30"))
    later = NOW + dt.timedelta(days=40)
    desk = ["--database", str(store.path), "--now"]
    assert run([*desk, NOW.isoformat(), "today"]) == 0
    assert "not heard from for 210 min" in " ".join(capsys.readouterr().out.split())
    assert run([*desk, later.isoformat(), "call", "list"]) == 0
    assert "26-0001" in capsys.readouterr().out, "a call that runs is listed however old"
