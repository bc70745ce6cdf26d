"""PINs of the shared desk: chosen once, checked slowly, forgotten by the coordinator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crt_scheduler import pins
from crt_scheduler.cli import every_command, run
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.store import Store
from crt_scheduler.tables import Pin
from tests.crt_scheduler.team_build import pair, team


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A team of two."""
    found = team(tmp_path)
    with found.change("Add people") as session:
        pair(session)
    yield found
    found.close()


def choose(store: Store, pin: str, code: str = "Ana") -> None:
    """Choose a PIN, as one act."""
    with store.change("Choose a PIN") as session:
        pins.choose_pin(session, code, pin)


def test_a_pin_opens_for_its_own_person_only_and_is_kept_as_an_argon2_hash(store: Store) -> None:
    choose(store, "4711")
    with store.read() as session:
        assert pins.check_pin(session, "Ana", "4711")
        assert not pins.check_pin(session, "Ana", "4712")
        assert not pins.check_pin(session, "Ben", "4711")
        assert pins.has_pin(session, "Ana") and not pins.has_pin(session, "Ben")
        assert session.query(Pin).one().hashed.startswith("$argon2id$")
    assert b"4711" not in store.path.read_bytes()


def test_nobody_without_a_pin_gets_in_with_the_one_that_is_checked_in_its_place(store: Store) -> None:
    with store.read() as session:
        assert not pins.check_pin(session, "Ben", "0000")


@pytest.mark.parametrize("pin", ["", "123", "12a4", "1234567890123", "1111", "1234", "4321", "７７１２"])
def test_a_pin_that_is_none_or_tried_first_is_refused_in_a_sentence(store: Store, pin: str) -> None:
    with pytest.raises(CrtError, match="Choose another one"):
        choose(store, pin)


def test_a_second_pin_is_chosen_only_after_the_first_was_forgotten(store: Store) -> None:
    choose(store, "4711")
    with pytest.raises(NotAllowed, match="crt-scheduler pin forget Ana"):
        choose(store, "5822")
    with store.change("Forget") as session:
        pins.forget_pin(session, "Ana")
    choose(store, "5822")
    with store.read() as session:
        assert pins.check_pin(session, "Ana", "5822") and not pins.check_pin(session, "Ana", "4711")


def test_forgetting_no_pin_and_the_pin_of_a_stranger_are_refused(store: Store) -> None:
    with store.read() as session:
        with pytest.raises(CrtError, match="has no PIN"):
            pins.forget_pin(session, "Ben")
        with pytest.raises(CrtError):
            pins.check_pin(session, "Nobody", "4711")


def test_wrong_pins_wait_longer_each_time_and_never_over_a_minute() -> None:
    assert [pins.wait_after(n) for n in range(10)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60]


def test_the_coordinator_sets_and_forgets_a_pin_by_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--database", str(store.path)]
    assert run([*words, "pin", "set", "Ana", "--pin", "4711"]) == 0
    assert "courtesy" in capsys.readouterr().err
    with store.read() as session:
        assert pins.check_pin(session, "Ana", "4711")
    assert run([*words, "pin", "forget", "Ana"]) == 0
    assert run([*words, "pin", "forget", "Ana"]) == 2
    assert "has no PIN" in capsys.readouterr().err


def test_a_pin_is_asked_for_without_showing_it(store: Store) -> None:
    answer = CliRunner().invoke(every_command(), ["--database", str(store.path), "pin", "set", "Ben"], input="8642\n")
    assert answer.exit_code == 0 and "8642" not in answer.output
    with store.read() as session:
        assert pins.check_pin(session, "Ben", "8642")


def test_a_responder_sees_what_is_theirs_by_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--database", str(store.path), "--now", "2026-12-15T17:00Z"]
    assert run([*words, "own", "Ana", "--calendar", str(store.path.with_name("ana.ics")), "--json"]) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["person"] == "Ana" and said["shifts"] == []
    assert [each["month"] for each in said["wish_months"]] == ["2027-02", "2027-03"]
    assert store.path.with_name("ana.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
