"""Acts on several places at once: all or none, and one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from crt_scheduler import roster, roster_many
from crt_scheduler.cli import run
from crt_scheduler.errors import NotAllowed
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build

NIGHT, DAY = "2027-01-09/night/Valley", "2027-01-11/day/Valley"
PLACES = (("Ana", NIGHT), ("Ben", NIGHT), ("Ben", DAY))


def on_call(folder: Path) -> Store:
    """Return a store with Ana and Ben on call."""
    store = build.team(folder)
    with store.change("Set up") as session:
        build.pair(session)
        for person, shift in PLACES:
            roster.assign(session, roster.shift_name(shift), person)
    return store


def test_several_places_are_locked_and_unlocked_in_one_act(tmp_path: Path) -> None:
    store = on_call(tmp_path)
    with store.change("Lock 3 shifts") as session:
        roster_many.lock(session, PLACES)
    with store.read() as session:
        assert all(row.locked for row in roster.month_rows(session, "2027-01"))
    store.undo()
    with store.read() as session:
        assert not any(row.locked for row in roster.month_rows(session, "2027-01"))
    store.close()


def test_a_locked_place_among_many_keeps_them_all(tmp_path: Path) -> None:
    store = on_call(tmp_path)
    with store.change("Lock") as session:
        roster.lock(session, roster.shift_name(DAY), "Ben")
    with pytest.raises(NotAllowed, match="This shift is locked"), store.change("Clear") as session:
        roster_many.clear(session, PLACES)
    with store.read() as session:
        assert len(roster.month_rows(session, "2027-01")) == 3
    store.close()


def test_the_command_line_tells_several_people_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = on_call(tmp_path)
    words = ["--database", str(store.path), "--who", "coordinator", "--now", "2026-12-01T17:00Z", "together"]
    assert run([*words, "tell", f"{NIGHT}=Ana", f"{NIGHT}=Ben"]) == 0
    assert "Done: Mark 2 shifts of 2 people as told." in capsys.readouterr().err
    with store.read() as session:
        assert [row.state for row in roster.month_rows(session, "2027-01")] == ["told", "told", "draft"]
    assert run([*words, "tell", NIGHT]) == 2
    assert run([*words, "praise", f"{NIGHT}=Ana"]) == 2
    store.close()
