"""All-call: everybody is asked for a large event, answers are listed, and relief respects rest and 12-hour blocks."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from crt_scheduler import roster, times
from crt_scheduler.call_out import all_call
from crt_scheduler.call_out.relief import Helper, relief
from crt_scheduler.care import hard_calls
from crt_scheduler.cli import run
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.store import Store
from tests.crt_scheduler import care_build
from tests.crt_scheduler.team_build import pair, responder, team

ZONE = times.Zone("America/Los_Angeles")
NOW = times.instant(dt.date(2027, 1, 9), dt.time(14), ZONE)
HOUR = dt.timedelta(hours=1)


def helper(
    code: str, role: str = "responder", *, ready: float = 0, busy: tuple[tuple[float, float], ...] = ()
) -> Helper:
    """Somebody who can come some hours from now, and is busy in stretches of hours from now."""
    stretches = tuple((NOW + first * HOUR, NOW + last * HOUR) for first, last in busy)
    return Helper(code, code, role, NOW + ready * HOUR, stretches)


def codes(helpers: list[Helper], *, waves: int = 3, size: int = 2, hours: float = 12) -> list[list[str]]:
    """Return who serves in each wave."""
    found = relief(helpers, start=NOW, size=size, waves=waves, block=hours * HOUR)
    return [[one.person for one in wave.people] for wave in found]


def test_two_pairs_take_turns_and_each_rests_twelve_hours() -> None:
    helpers = [helper("A", "lead"), helper("B"), helper("C", "lead"), helper("D")]
    assert codes(helpers, waves=4) == [["A", "B"], ["C", "D"], ["A", "B"], ["C", "D"]]


def test_short_blocks_do_not_shorten_the_rest() -> None:
    helpers = [helper("A", "lead"), helper("B"), helper("C", "lead"), helper("D")]
    assert codes(helpers, waves=4, hours=6) == [["A", "B"], ["C", "D"], [], ["A", "B"]]


def test_nobody_serves_before_they_can_come_or_beside_a_shift_of_theirs() -> None:
    helpers = [
        helper("A", "lead"), helper("B", ready=2), helper("C"), helper("D", busy=((16, 28),)),
        helper("E", "lead", busy=((24, 36),)),
    ]  # fmt: skip
    assert codes(helpers, waves=1) == [["A", "C"]]
    assert [set(wave) for wave in codes(helpers, waves=2)] == [{"A", "C"}, set()]


def test_a_trainee_goes_only_where_no_more_than_half_are() -> None:
    assert codes([helper("A", "lead"), helper("T", "trainee")], waves=1) == [["A", "T"]]
    assert codes([helper("S", "trainee"), helper("T", "trainee")], waves=1) == [[]]
    assert codes([helper("A", "lead"), helper("S", "trainee"), helper("T", "trainee")], waves=1, size=4) == [["A", "S"]]


def test_one_lead_goes_with_each_wave_while_there_are_some() -> None:
    helpers = [helper("A", "lead"), helper("C", "lead"), *(helper(f"R{n}") for n in range(6))]
    assert [wave[0] for wave in codes(helpers, waves=2, size=4)] == ["A", "C"]
    wave = relief(helpers[2:], start=NOW, size=4, waves=1)[0]
    assert wave.sentence == "All 4 places are taken. No lead can come: name one of them."
    assert relief([], start=NOW, size=2, waves=1)[0].sentence.startswith("No two people who are rested can come.")


def test_a_thousand_reliefs_break_neither_rest_nor_block_nor_leave_anyone_alone() -> None:
    random = Random(1)
    for _ in range(1000):
        helpers = [
            helper(
                f"P{n}", random.choice(("lead", "responder", "trainee")), ready=random.choice((0, 2, 4)),
                busy=((first := random.randrange(-24, 72), first + 12),) if random.random() < 0.3 else (),
            )
            for n in range(random.randrange(0, 16))
        ]  # fmt: skip
        hours = random.choice((4, 8, 12))
        waves = relief(helpers, start=NOW, size=random.randrange(2, 6), waves=5, block=hours * HOUR)
        times_of: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
        for wave in waves:
            assert len(wave.people) != 1 and wave.end - wave.start <= 12 * HOUR
            assert sum(one.role == "trainee" for one in wave.people) * 2 <= len(wave.people)
            for one in wave.people:
                assert one.ready <= wave.start
                times_of.setdefault(one.person, list(one.busy)).append((wave.start, wave.end))
        for stretches in times_of.values():
            ordered = sorted(stretches)
            assert all(b[0] - a[1] >= 12 * HOUR for a, b in pairwise(ordered))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"size": 1}, "Nobody goes alone"),
        ({"block": 13 * HOUR}, "A block is half an hour to 12 hours"),
        ({"waves": 0}, "Plan 1 to 60 waves"),
    ],
)
def test_an_unreasonable_plan_is_refused_in_a_sentence(values: dict[str, object], words: str) -> None:
    with pytest.raises(CrtError, match=words):
        relief([], **{"start": NOW, "size": 2, "waves": 1, **values})  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = team(tmp_path, now=NOW)
    with made.change("People") as session:
        pair(session)
        responder(session, "Lea", role="lead")
        responder(session, "Roy")
        responder(session, "Off", status="leave")
        roster.assign(session, roster.shift_name("2027-01-09/night/Valley"), "Ben")
    return made


def large(store: Store) -> int:
    """Log a large event and make it an all-call."""
    with store.change("Large event") as session:
        number = care_build.call(session, NOW - HOUR, now=NOW)
        all_call.begin(session, number)
    return number


def test_everybody_is_listed_by_when_they_can_come(store: Store) -> None:
    number = large(store)
    with store.change("Answers") as session:
        for code, said in (("Ana", "tonight"), ("Ben", "now"), ("Roy", "cannot"), ("Ben", "two_hours")):
            all_call.answer(session, number, code, said, now=NOW + HOUR / 60 * (said == "two_hours"))
        with pytest.raises(CrtError, match="'soon' is not an answer"):
            all_call.answer(session, number, "Ana", "soon", now=NOW)
    with store.read() as session:
        found = all_call.poll(session, number, now=NOW)
    assert [(one.person, one.answer) for one in found.people] == [
        ("Ben", "two_hours"), ("Ana", "tonight"), ("Lea", ""), ("Off", ""), ("Roy", "cannot"),
    ]  # fmt: skip
    assert found.people[1].ready == times.instant(dt.date(2027, 1, 9), dt.time(18), ZONE)
    assert found.counts == {
        "now": 0, "two_hours": 1, "tonight": 1, "cannot": 1, "no_answer": 0, "wrong_number": 0, "": 1,
    }  # fmt: skip
    assert next(one for one in found.people if one.person == "Off").kept_off == "on leave"


def test_who_stands_down_or_is_out_on_a_call_is_not_sent(store: Store) -> None:
    with store.change("A hard call, and one that goes on") as session:
        before = care_build.call(session, NOW - 5 * HOUR, "Ana", now=NOW, clear=NOW - 3 * HOUR)
        hard_calls.tick_hard(session, before, "Child death", now=NOW)
        care_build.call(session, NOW - 2 * HOUR, "Roy", now=NOW)
    number = large(store)
    with store.change("Answers") as session:
        with pytest.raises(NotAllowed, match="Ana is standing down"):
            all_call.answer(session, number, "Ana", "now", now=NOW)
        all_call.answer(session, number, "Ana", "no_answer", now=NOW)
        for code in ("Lea", "Roy", "Ben"):
            all_call.answer(session, number, code, "now", now=NOW)
    with store.read() as session:
        off = {one.person: one.kept_off for one in all_call.poll(session, number, now=NOW).people}
        waves = all_call.plan(session, number, start=NOW, size=2, waves=2, now=NOW)
    assert (off["Ana"], off["Roy"]) == ("stands down until Tue 12 Jan 18:00", "at 27-0002 since 12:00")
    assert [[one.person for one in wave.people] for wave in waves] == [[], []], "Ben is on call tonight, Lea is alone"


def test_only_an_all_call_is_answered_as_one(store: Store) -> None:
    with store.change("An ordinary call") as session:
        number = care_build.call(session, NOW - HOUR, now=NOW)
        with pytest.raises(NotAllowed, match="no all-call"):
            all_call.answer(session, number, "Ana", "now", now=NOW)


def test_the_all_call_has_its_commands(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    with store.change("Large event") as session:
        care_build.call(session, NOW - HOUR, now=NOW)

    def told(*words: str) -> str:
        assert run(["--database", str(store.path), "--now", NOW.isoformat(), "all-call", *words]) == 0
        return capsys.readouterr().out

    told("begin", "27-0001")
    told("answer", "27-0001", "Ana", "now")
    told("answer", "27-0001", "Roy", "now")
    assert json.loads(told("list", "27-0001", "--json").splitlines()[-1])["counts"]["now"] == 2
    assert "Ana (lead), Roy" in told("relief", "27-0001", "--size", "2", "--waves", "1", "--hours", "8")
    waves = json.loads(told("relief", "27-0001", "--size", "2", "--waves", "2", "--json").splitlines()[-1])
    assert [wave["missing"] for wave in waves] == [0, 2]
    assert "now" in told("list", "27-0001")


def test_a_wave_is_sent_by_command_and_rests_before_the_next_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = team(tmp_path, now=NOW)
    with store.change("A large event") as session:
        for code, role in (("Ana", "lead"), ("Ben", "responder"), ("Lea", "lead"), ("Roy", "responder")):
            responder(session, code, role=role)
        call = care_build.call(session, NOW, now=NOW)
        all_call.begin(session, call)
        for code in ("Ana", "Ben", "Lea", "Roy"):
            all_call.answer(session, call, code, "now", now=NOW)
    desk = ["--database", str(store.path), "--now", NOW.isoformat(), "--json"]
    assert run([*desk, "all-call", "send", "27-0001", "Ana", "Ben"]) == 0
    capsys.readouterr()
    assert run([*desk, "all-call", "relief", "27-0001", "--size", "2", "--waves", "2", "--start", "1500"]) == 0
    waves = json.loads(capsys.readouterr().out)
    store.close()
    assert [[one["person"] for one in wave["people"]] for wave in waves] == [["Lea", "Roy"], []]
    assert waves[0]["start"] == "2027-01-09T23:00:00Z"
