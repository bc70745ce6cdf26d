"""The worker beside the window: what nobody waits for any more is closed, not left to itself."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.patience import LONG
from tests.ui.build import NOW, open_desk, small_team
from ui.worker import Worker


def test_an_answer_that_was_asked_anew_meanwhile_is_handed_to_be_closed(qtbot: QtBot) -> None:
    owner, gate, begun = QObject(), Event(), Event()
    worker = Worker(owner)
    wanted: list[str] = []
    unwanted: list[str] = []

    def first() -> str:
        begun.set()
        assert gate.wait(LONG)
        return "first"

    worker.ask((owner, "open"), first, wanted.append, wanted.append, unwanted=unwanted.append)
    assert begun.wait(LONG)
    worker.ask((owner, "open"), lambda: "second", wanted.append, wanted.append, unwanted=unwanted.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(wanted), timeout=int(LONG * 1000))
    assert (wanted, unwanted) == (["second"], ["first"])
    worker.end()


def test_an_answer_that_comes_while_the_worker_ends_is_handed_to_be_closed(qtbot: QtBot) -> None:
    owner, begun = QObject(), Event()
    worker = Worker(owner)
    answers: list[str] = []

    def work() -> str:
        begun.set()
        return "opened"

    worker.ask((owner, "open"), work, lambda _: answers.append("taken"), answers.append, unwanted=answers.append)
    assert begun.wait(LONG)
    worker.end()
    assert answers == ["opened"]


def test_nothing_is_being_read_any_more_once_whoever_asked_is_gone(qtbot: QtBot) -> None:
    parent, begun, go_on, said = QObject(), Event(), Event(), list[str]()
    worker, owner = Worker(parent), QObject()

    def work() -> str:
        begun.set()
        go_on.wait(LONG)
        return "late"

    worker.ask((owner, "look"), work, said.append, said.append)
    assert begun.wait(LONG) and worker.is_busy
    shiboken6.delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: not worker.is_busy)
    assert said == []
    worker.end()


def test_records_still_being_opened_when_the_window_closes_are_let_go_of(qtbot: QtBot, tmp_path: Path) -> None:
    path = small_team(tmp_path)
    desk = open_desk(qtbot, path, tmp_path / "window.ini", now=NOW)
    for _ in range(5):
        desk.open(path)
    desk.close()
    assert not path.with_name(path.name + "-wal").exists()
