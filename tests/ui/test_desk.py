"""The desk: acts, undo, what other programs change, and records that go away."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from crt_scheduler import roster
from crt_scheduler.store import open_store
from tests.ui.build import NOW, assign, deed, small_team
from ui.desk import Desk

SHIFT = "2027-01-09/night/Central"
NAME = roster.shift_name(SHIFT)
OpenDesk = Callable[[Path], Desk]


def test_an_act_is_one_undo_step_with_its_name(desk_on: OpenDesk, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_on(small_team(tmp_path))
    with qtbot.waitSignal(desk.changed) as seen:
        assert desk.do(deed("Assign Person 00 to Saturday night", roster.assign, NAME, "V00"))
    assert "assignment" in seen.args[0]
    assert desk.undo_words == "Assign Person 00 to Saturday night"
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert desk.redo_words == "Assign Person 00 to Saturday night"
    assert desk.read(lambda session: roster.month_rows(session, "2027-01")) == []


def test_a_refused_act_is_said_in_a_sentence_and_changes_nothing(desk_on: OpenDesk, tmp_path: Path) -> None:
    path = small_team(tmp_path, (SHIFT, "V00"))
    desk = desk_on(path)
    said: list[str] = []
    desk.failed.connect(said.append)
    before = desk.store.revision()
    assert not desk.do(deed("Assign again", roster.assign, NAME, "V00"))
    assert "already" in said[0] and desk.store.revision() == before


def test_what_another_program_writes_is_announced_with_its_tables(
    desk_on: OpenDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = small_team(tmp_path)
    desk = desk_on(path)
    with qtbot.waitSignal(desk.changed) as seen:
        assign(path, (SHIFT, "V02"))
    assert {"assignment", "shift", "roster"} <= seen.args[0]
    with qtbot.waitSignal(desk.board_changed):
        pass
    assert desk.board is not None and [place.row.person for place in desk.board.places] == ["V02"]


def test_undo_by_another_program_is_announced_too(desk_on: OpenDesk, qtbot: QtBot, tmp_path: Path) -> None:
    path = small_team(tmp_path, (SHIFT, "V02"))
    desk = desk_on(path)
    other = open_store(str(path), who="coordinator", now=NOW)
    with qtbot.waitSignal(desk.changed) as seen:
        other.undo()
    other.close()
    assert "assignment" in seen.args[0]


def test_records_that_are_removed_are_said_once_and_never_written_to(
    desk_on: OpenDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = small_team(tmp_path)
    desk = desk_on(path)
    kept = path.rename(path.with_suffix(".away"))
    said: list[str] = []
    desk.failed.connect(said.append)
    with qtbot.waitSignal(desk.lost) as lost:
        assert not desk.do(deed("Assign", roster.assign, NAME, "V00"))
    assert "gone" in lost.args[0] and "gone" in said[0]
    kept.rename(path)
    assert desk.do(deed("Assign", roster.assign, NAME, "V00")), "the file is back, so work goes on"


def test_a_lock_by_another_program_is_said_and_the_act_can_be_tried_again(desk_on: OpenDesk, tmp_path: Path) -> None:
    path = small_team(tmp_path)
    desk = desk_on(path)
    said: list[str] = []
    desk.failed.connect(said.append)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not desk.do(deed("Assign", roster.assign, NAME, "V00"))
    assert "Another program is writing" in said[0]
    other.execute("ROLLBACK")
    other.close()
    assert desk.do(deed("Assign", roster.assign, NAME, "V00"))


def test_a_newer_question_replaces_an_older_one(desk_on: OpenDesk, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_on(small_team(tmp_path))
    owner, answers, gate = QObject(), [], threading.Event()
    desk.think(owner, "first", gate.wait, lambda _: None)
    for n in range(5):
        desk.think(owner, "why", lambda n=n: n, answers.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [4]


def test_a_fault_in_the_background_reaches_the_safety_net(desk_on: OpenDesk, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_on(small_team(tmp_path))

    def fault() -> None:
        raise ZeroDivisionError("a fault nobody foresaw")

    with qtbot.captureExceptions() as caught:
        desk.think(desk, "fault", fault, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_a_file_that_is_missing_or_is_not_ours_is_told_and_left_alone(
    qtbot: QtBot, desk_on: OpenDesk, tmp_path: Path
) -> None:
    desk = desk_on(small_team(tmp_path))
    with qtbot.waitSignal(desk.missing):
        desk.open(tmp_path / "nowhere.db")
    other = tmp_path / "letter.db"
    other.write_text("Dear volunteers")
    with qtbot.waitSignal(desk.lost) as lost:
        desk.open(other)
    assert "letter" in lost.args[0]
    assert not desk.is_open


@pytest.mark.parametrize("month", ["2026-12", "2028-02", "2027-03"])
def test_every_month_has_a_board(desk_on: OpenDesk, qtbot: QtBot, tmp_path: Path, month: str) -> None:
    desk = desk_on(small_team(tmp_path))
    with qtbot.waitSignal(desk.board_changed):
        desk.set_month(month)
    assert desk.board is not None and desk.board.month == month
