"""What a drop on the board costs: sessions on the records, and times that the board is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.ui.board_build import Shown, shown
from tests.ui.build import settle, small_team
from ui.desk import Desk
from ui.look import Look

NIGHT, NEXT, SOUTH = "2027-01-09/night/Central", "2027-01-12/night/Central", "2027-01-11/day/South"


@pytest.fixture
def team(qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]) -> Shown:
    path = small_team(tmp_path, (NIGHT, "V00"), (NIGHT, "V04"), (SOUTH, "V06"))
    team = shown(qtbot, desk_on(path), look)
    settle(qtbot, team.desk)
    team.desk._poll.stop()  # the look each second for what other programs did is no part of a drop
    return team


@pytest.fixture
def sessions() -> Iterator[list[Session]]:
    """Every session that begins, whoever opens it."""
    begun: list[Session] = []

    def note(session: Session, *_: Any) -> None:
        begun.append(session)

    event.listen(Session, "after_begin", note)
    yield begun
    event.remove(Session, "after_begin", note)


def drawn(team: Shown, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows whenever the board is drawn anew."""
    times, draw = list[int](), team.view.repaint_all

    def count() -> None:
        times.append(len(times))
        draw()

    monkeypatch.setattr(team.view, "repaint_all", count)
    return times


@pytest.mark.parametrize(
    ("start", "end"),
    [(("V00", NIGHT), ("V00", NEXT)), (("V00", NIGHT), ("V02", NIGHT)), (("V00", NIGHT), ("V06", SOUTH))],
    ids=["a move", "a hand-over", "a swap"],
)
def test_a_drop_takes_two_sessions_and_draws_the_board_once(
    team: Shown,
    sessions: list[Session],
    monkeypatch: pytest.MonkeyPatch,
    start: tuple[str, str],
    end: tuple[str, str],
) -> None:
    times = drawn(team, monkeypatch)
    before = team.desk.board
    with team.qtbot.waitSignal(team.desk.board_changed):
        team.drag(team.at(*start), team.at(*end))
        assert len(times) == 1, "the chip lies where it was dropped before the rules are read"
    settle(team.qtbot, team.desk)
    assert team.failed == [] and team.desk.board is not before
    assert (len(sessions), len(times)) == (2, 1)
    assert team.view.sheet is not None and team.view.sheet.board is team.desk.board


def test_a_drop_that_breaks_a_rule_marks_it_once_the_rules_are_read(
    team: Shown, sessions: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = drawn(team, monkeypatch)
    with team.qtbot.waitSignal(team.desk.board_changed):
        team.drag(team.at("V04", NIGHT), team.at("V04", "2027-01-11/day/Central"))
    settle(team.qtbot, team.desk)
    assert len(sessions) == 2 and len(times) <= 2
