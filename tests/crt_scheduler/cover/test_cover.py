"""Finding cover: why somebody holds a shift, who else could, what to write, and putting somebody in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crt_scheduler import availability, planning, roster, times
from crt_scheduler.cli import run
from crt_scheduler.cover import cell, cover_text
from crt_scheduler.cover.place import calls_words, facts, given_name, held_by, seat_of
from crt_scheduler.cover.why_held import why as why_of
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.store import Store
from solver.problem import Problem
from tests.crt_scheduler import team_build as build

NIGHT = "2027-01-09/night/Valley"
NAME = roster.shift_name(NIGHT)
ZONE = times.Zone("America/Los_Angeles")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A team of Valley with Nare, who leads Saturday night, Ben beside her, and others who could."""
    opened = build.team(tmp_path)
    with opened.change("Set up") as session:
        build.responder(session, "N1", name="Nare Petrosyan", role="lead", languages=["Armenian", "Spanish"])
        build.responder(session, "T1", name="Tigran Sarafian", role="lead", languages=["Spanish"])
        build.responder(session, "O1", name="Odessa Sutter", role="lead", area="West")
        build.responder(session, "K1", name="Kaveh Sohrabi", role="lead")
        build.responder(session, "B1", name="Ben Ortiz")
        roster.assign(session, NAME, "N1")
        roster.assign(session, NAME, "B1")
        roster.assign(session, roster.shift_name("2027-01-10/day/Valley"), "K1")
    yield opened
    opened.close()


def frozen(session: Session, month: str = "2027-01") -> Problem:
    """January as a Problem."""
    return planning.problem(session, month, now=build.NOW)


def held(store: Store, person: str = "N1") -> cell.Held:
    """The answer for a holder of Saturday night."""
    with store.read() as session:
        return cell.held(session, frozen(session), NIGHT, person, now=build.NOW)


def test_why_names_role_home_languages_and_hours(store: Store) -> None:
    with store.read() as session:
        why = why_of(held_by(frozen(session), NAME, "N1"))
    words = [reason.words for reason in why.speaks_for]
    assert words[:4] == [
        "Is a lead: the pair needs one",
        "Valley is the home area",
        "Speaks Spanish and Armenian: the only Spanish speaker on this shift",
        "12:00 of 36:00 hours in January, this shift included",
    ]
    assert why.speaks_for[0].points < 0
    assert why.points < 0


def test_why_prices_what_speaks_against_the_holder(store: Store) -> None:
    with store.change("Wish") as session:
        who = roster.person(session, "N1")
        session.add(
            availability.Availability(
                responder_id=who.id, first=None, last=None, weekdays=1 << 5, start=None, end=None,
                grade="rather_not", note="",
            )
        )  # fmt: skip
    against = held(store).why.against
    assert ("Would rather not work Saturdays", 15.0) in [(reason.words, reason.points) for reason in against]


def test_a_broken_rule_of_the_holder_comes_first_among_what_speaks_against(store: Store) -> None:
    with store.change("Expire") as session:
        build.credential(session, "N1", "Background check", dt.date(2027, 1, 5))
    first = held(store).why.against[0]
    assert first.hard
    assert first.words == "Background check expired 5 January. Nare Petrosyan is off shifts from 6 January."


def test_others_are_ranked_with_a_phrase_each_and_the_rest_are_counted(store: Store) -> None:
    others = held(store).others
    assert [one.name for one in others.free] == ["Tigran Sarafian", "Odessa Sutter"]
    assert others.free[1].words == "No Spanish; from West; has 0:00"
    assert others.free[1].effect == "Nobody on this shift speaks Spanish any more. Odessa has 12:00, Nare 0:00."
    assert others.free[0].words == "Free all weekend; has 0:00"
    assert others.free[0].effect == "Spanish stays covered. Tigran has 12:00, Nare 0:00."
    assert others.cannot_words == "Not a lead 1. Too little rest 1."
    assert others.asked == 4


def test_a_promise_is_said_with_the_day_it_was_given(store: Store) -> None:
    with store.change("Tell") as session:
        roster.promise(session, NAME, "N1", "told")
    answer = held(store)
    assert answer.state == "told" and answer.told is None
    assert answer.others.free[0].effect.endswith("Phone both: Nare was told.")
    assert "Was told of this shift" in [reason.words for reason in answer.why.speaks_for]


def test_the_text_for_cover_says_when_where_and_how_to_answer_and_names_nobody(store: Store) -> None:
    with store.read() as session:
        answer = cell.held(session, frozen(session), NIGHT, "N1", now=build.NOW)
        request = cover_text.cover(session, answer.shift, answer.others, now=build.NOW)
    assert request.text.splitlines() == [
        "CRT on call: can you take a shift?",
        "Sat 9 Jan 2027, 18:00–06:00, 12:00 h on call, Valley, as a lead.",
        "Answer YES or NO to this message. The first yes gets it; wait for the word before you plan on it.",
    ]
    assert [(one.name, one.phone, one.email) for one in request.ask] == [
        ("Tigran Sarafian", "+12135550100", "t1@example.org"),
        ("Odessa Sutter", "+12135550100", "o1@example.org"),
    ]
    for private in ("Nare", "Tigran", "+1213", "@"):
        assert private not in request.text


@pytest.mark.parametrize(
    ("shift", "hours"), [("2027-03-13/night/Valley", "11:00"), ("2027-11-06/night/Valley", "13:00")]
)
def test_a_night_over_a_clock_change_is_asked_for_with_its_real_hours(store: Store, shift: str, hours: str) -> None:
    with store.read() as session:
        place = seat_of(frozen(session, shift[:7]), roster.shift_name(shift), "lead")
    text = cover_text.cover_text("CRT on call", facts(place, ZONE))
    assert f"18:00–06:00, {hours} h on call" in text
    assert "The clocks change then." in text


def test_a_person_with_too_little_rest_is_offered_as_a_trade(store: Store) -> None:
    with store.read() as session:
        place = held_by(frozen(session), NAME, "N1")
        (trade,) = cover_text.trade_rows(session, place, now=build.NOW)
    assert (trade.person, trade.gives.key) == ("K1", "2027-01-10/day/Valley")
    assert trade.effect == "Kaveh takes Sat 9 Jan night, Valley, Nare Sun 10 Jan day, Valley. Both must be told."
    with store.change("Swap") as session:
        roster.swap(session, trade.one, trade.other)
    assert held(store, "K1").why.person == "K1"


def test_an_open_seat_says_why_and_who_could_take_it(store: Store) -> None:
    with store.read() as session:
        found = cell.open_seat(frozen(session), "2027-01-10/day/Valley", "responder", zone=ZONE)
    assert found.count == 1
    assert found.reason == "2 could take it; with Tigran Sarafian the month is better than without."
    assert [one.name for one in found.others.free] == ["Tigran Sarafian", "Odessa Sutter"]
    assert found.others.cannot_words == "Too little rest 2. On call then already 1."


def test_a_free_day_lists_the_seats_a_person_could_take(store: Store) -> None:
    with store.read() as session:
        month = frozen(session)
        slot = next(n for n, slot in enumerate(month.slots) if slot.date == dt.date(2027, 1, 9))
        free = cell.free_day(session, month, "T1", slot)
        busy = cell.free_day(session, month, "N1", slot)
    assert {option.shift.area for option in free.options} == {"Central", "Valley", "West", "City"}
    assert [option.points for option in free.options] == sorted(option.points for option in free.options)
    assert not any(option.shift.template == "day" for option in busy.options)
    assert any("rest" in sentence for sentence in busy.refusals)


def test_replace_puts_one_person_in_for_another_as_one_undo_step(store: Store) -> None:
    before = build.everything(store)
    with store.change("Confirm") as session:
        roster.promise(session, NAME, "N1", "confirmed")
    done = store.do(roster.REPLACE(NAME, "N1", "T1"))
    assert done.label == "Put Tigran Sarafian in for Nare Petrosyan, Valley, night, 9 Jan"
    with store.read() as session:
        row = roster.find(session, NAME, "T1")
        assert (row.role, row.state) == ("lead", "draft")
    assert store.undo().label == done.label
    store.undo()
    assert build.everything(store) == before


def test_replace_refuses_a_locked_place_and_a_double_booking(store: Store) -> None:
    with store.change("Try") as session:
        with pytest.raises(NotAllowed, match="Ben Ortiz is already on call on 2027-01-09/night/Valley"):
            roster.replace(session, NAME, "N1", "B1")
        with pytest.raises(CrtError, match="holds that place already"):
            roster.replace(session, NAME, "N1", "N1")
        with pytest.raises(CrtError, match="is not on"):
            roster.replace(session, NAME, "T1", "K1")
        roster.lock(session, NAME, "N1")
        with pytest.raises(NotAllowed, match="Unlock it to put somebody else on it"):
            roster.replace(session, NAME, "N1", "T1")


def test_whoever_is_gone_or_unknown_is_a_sentence(store: Store) -> None:
    with store.read() as session:
        month = frozen(session)
        with pytest.raises(CrtError, match="holds this place any more"):
            cell.held(session, month, NIGHT, "T1", now=build.NOW)
        with pytest.raises(CrtError, match="holds no seat"):
            held_by(month, NAME, "T1")
        with pytest.raises(CrtError, match="has no pilot seat"):
            seat_of(month, NAME, "pilot")
        with pytest.raises(CrtError, match="not on the team"):
            cell.free_day(session, month, "Zoe", 0)


@pytest.mark.parametrize(
    ("name", "said"),
    [("Nare Petrosyan", "Nare"), ("Rev. Anahit Lo", "Rev. Anahit"), ("김민지", "김민지"), ("Ortiz, Ben", "Ben")],
)
def test_people_are_called_by_their_given_name(name: str, said: str) -> None:
    assert given_name(name) == said


def test_a_price_that_rounds_to_nothing_has_no_sign() -> None:
    assert [calls_words(points) for points in (15.0, -27.7, 0.0, -1.0, 1.0)] == [
        "+0.02",
        "−0.03",
        "0.00",
        "0.00",
        "0.00",
    ]


def test_the_commands_answer_the_same(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--database", str(store.path), "--now", "2026-12-01T17:00Z"]
    assert run([*desk, "cover", NIGHT, "N1", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["held"]["others"]["free"][0]["name"] == "Tigran Sarafian"
    assert answer["trades"][0]["person"] == "K1"
    assert answer["cover"]["text"].startswith("CRT on call: can you take a shift?")
    assert run([*desk, "cover", NIGHT, "N1"]) == 0
    shown = capsys.readouterr().out
    assert "Is a lead: the pair needs one" in shown and "Whom to ask, best first" in shown
    assert run([*desk, "cover", "2027-01-10/day/Valley", "--role", "responder"]) == 0
    assert "1 seat open." in capsys.readouterr().out
    assert run([*desk, "could", "T1", "2027-01-09"]) == 0
    assert "Tigran Sarafian could take on Sat 9 Jan 2027" in capsys.readouterr().out
    assert run([*desk, "could", "T1", "2027-01-09", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["options"]
    assert run([*desk, "replace", NIGHT, "N1", "T1"]) == 0
    assert "Done: Put Tigran Sarafian in for Nare Petrosyan, Valley, night, 9 Jan." in capsys.readouterr().err
    assert run([*desk, "cover", NIGHT]) == 2
