"""The window as a whole: what it shows of the records, what others do to them, and how it leaves."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from crt_scheduler import roster
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import open_store
from tests.ui.build import NOW, deed, settle, small_team
from ui.net import catch_faults
from ui.people.page import PeoplePage
from ui.veil import Veil
from ui.window import Window

OpenWindow = Callable[[Path], Window]
SHIFT = "2027-01-09/night/Central"
NAME = roster.shift_name(SHIFT)
VIEWS = ("today", "roster", "people", "demand", "calls", "hours", "reports")
PANELS = ("finder", "shortcuts", "settings", "records", "publish", "stale", "first run", "import", "rules", "problems")


def test_the_window_opens_on_a_file_and_shows_every_view(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = small_team(tmp_path, (SHIFT, "V00"))
    window = window_on(path)
    for view in VIEWS:
        window.go(view)
        settle(qtbot, window.desk)
        assert window.page is window.pages[view] and window.page.isVisible()
    assert window.head.programme.text() == "CRT on call"


class Watcher(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Note and let through."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_view_flashes_up_as_a_window_of_its_own(
    window_on: OpenWindow, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    watcher = Watcher()
    qapp.installEventFilter(watcher)
    window = window_on(small_team(tmp_path, people=4))
    for view in VIEWS:
        window.go(view)
        settle(qtbot, window.desk)
    qapp.removeEventFilter(watcher)
    assert watcher.seen == ["Window"]


def test_a_view_is_found_again_at_the_next_start(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = small_team(tmp_path)
    first = window_on(path)
    first.go("people")
    settle(qtbot, first.desk)
    first.close()
    again = window_on(path)
    assert again.page is again.pages["people"]


def test_what_the_command_line_writes_is_seen_by_itself(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path))
    settle(qtbot, window.desk)
    other = open_store(str(window.desk.path), who="Mara", now=NOW)
    with qtbot.waitSignals([window.desk.changed, window.desk.board_changed]):
        with other.change("Assign Person 00") as session:
            roster.assign(session, NAME, "V00")
        other.close()
    assert window.desk.board is not None
    assert [place.row.person for place in window.desk.board.places] == ["V00"]


def test_undo_and_redo_are_named_after_the_act(window_on: OpenWindow, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path))
    undo, redo = window.commands()[:2]
    window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    assert undo.text() == "Undo Assign Person 00"
    undo.trigger()
    assert (undo.text(), redo.text()) == ("Undo Add people", "Redo Assign Person 00")
    redo.trigger()
    assert (undo.text(), redo.text()) == ("Undo Assign Person 00", "Redo")


def test_records_that_are_taken_away_are_a_sentence_in_every_view(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    settle(qtbot, window.desk)
    window.desk.path.rename(tmp_path / "elsewhere.db")
    window.desk.look_again()
    assert "are gone" in window.notice.words.text() and window.notice.isVisible()
    assert not window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    window.desk.undo()
    for view in VIEWS:
        window.go(view)
        settle(qtbot, window.desk)
    (tmp_path / "elsewhere.db").rename(window.desk.path)
    assert window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))


def test_a_file_that_may_only_be_read_is_a_sentence(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path))
    settle(qtbot, window.desk)
    said: list[str] = []
    window.desk.failed.connect(said.append)
    engine = window.desk.store._engine

    def refuse(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only = ON")  # root may write any file; SQLite's own word stops root too

    event.listen(engine, "checkout", refuse)
    assert not window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    event.remove(engine, "checkout", refuse)
    assert "is read-only. Allow writing" in said[0]
    assert window.notice.words.text() == said[0]


@pytest.mark.usefixtures("short_of_patience")
def test_records_another_program_writes_are_waited_for_then_said_and_nothing_is_lost(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    settle(qtbot, window.desk)
    other = sqlite3.connect(window.desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    assert "Another program is writing" in window.notice.words.text()
    other.execute("ROLLBACK")
    other.close()
    assert window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    assert window.desk.undo_words == "Assign Person 00"


def test_records_that_cannot_be_opened_are_said_and_others_offered(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    settle(qtbot, window.desk)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear team", encoding="utf-8")
    with qtbot.waitSignal(window.desk.lost):
        window.open_records(letter)
    assert "not a database" in window.notice.words.text()
    assert window.notice.button.text() == "Open other records…"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace a file that is open")
def test_records_replaced_under_the_window_refuse_every_act_and_the_way_back_stays_in_sight(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    settle(qtbot, window.desk)
    copy = window.desk.store.back_up(tmp_path / "synced.db")
    copy.replace(window.desk.path)
    with qtbot.waitSignal(window.desk.lost):
        window.desk.look_again()
    assert not window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    assert "is kept whole as" in window.notice.words.text()
    assert window.notice.button.isVisible() and window.notice.button.text() == "Open what lies there"
    with qtbot.waitSignal(window.desk.opened):
        window.notice.button.click()
    settle(qtbot, window.desk)
    assert window.desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))


def test_the_window_can_be_closed_while_every_panel_is_open(window_on: OpenWindow, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path, people=4))
    for panel in PANELS:
        window.go(panel)
    dialogs, veils = window.findChildren(QDialog), window.findChildren(Veil)
    assert len(dialogs) >= 5
    window.close()
    assert not window.isVisible()
    assert not [part for part in (*dialogs, *veils) if shiboken6.isValid(part) and part.isVisible()]


def test_every_panel_closes_with_escape(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path, people=4))
    for panel in ("finder", "shortcuts", "settings", "records", "publish", "stale", "first run"):
        window.go(panel)
        settle(qtbot, window.desk)
        shown = [part for part in (*window.findChildren(QDialog), *window.findChildren(Veil)) if part.isVisible()]
        assert len(shown) == 1, panel
        QTest.keyClick(shown[0], Qt.Key.Key_Escape)
        assert not shiboken6.isValid(shown[0]) or not shown[0].isVisible(), panel


def test_a_fault_shows_one_box_and_logs_nothing_personal(
    window_on: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    window = window_on(small_team(tmp_path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back what catch_faults replaces
    catch_faults(window)
    for _ in range(2):
        try:
            raise ValueError("Ana Kim, +1 213 555 0101")
        except ValueError as fault:
            sys.excepthook(ValueError, fault, fault.__traceback__)
    boxes = window.findChildren(QMessageBox)
    assert len(boxes) == 1 and boxes[0].isVisible()
    said = Path(boxes[0].text().partition("lies at ")[2].removesuffix(".")).read_text(encoding="utf-8")
    assert said.startswith("builtins.ValueError\n  test_window.py:")
    assert not [private for private in ("Ana", "Kim", "213", "0101") if private in said]
    QTest.keyClick(boxes[0], Qt.Key.Key_Escape)
    assert not boxes[0].isVisible()


def test_a_date_of_another_month_is_shown_once_that_month_has_been_read(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    window.go("roster", dt.date(2027, 2, 14))
    assert window.desk.month == "2027-02"
    qtbot.waitUntil(lambda: window.desk.board is not None and window.desk.board.month == "2027-02")
    settle(qtbot, window.desk)


def test_the_head_names_the_programme_of_a_team_without_people(window_on: OpenWindow, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path, people=0))
    assert window.head.programme.text() == "CRT on call"


def test_the_foot_says_that_a_plan_on_view_is_not_written(window_on: OpenWindow, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path))
    board = window.desk.board
    assert board is not None
    window.desk.previewed.emit(replace(board, gaps=board.gaps[:3]))
    said = [part.text() for part in window.foot.findChildren(QLabel) if part.isVisible()]
    assert "Preview of the best plan: nothing written yet" in said
    assert window.foot._seats.text() == "3 open seats" and window.foot._published.isHidden()
    window.desk.previewed.emit(None)
    assert window.foot._plan.isHidden() and window.foot._published.isVisible()
    assert window.foot._seats.text() == f"{len(board.gaps):,} open seats"


def test_a_refusal_says_what_helps_as_the_window_does_it_and_leads_there(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    settle(qtbot, window.desk)
    assert not window.desk.do(deed("Assign a stranger", roster.assign, NAME, "V99"))
    assert window.notice.words.text() == "Nobody has the id 'V99'. People lists everyone."
    assert window.notice.button.text() == "People"
    window.notice.button.click()
    assert window.page is window.pages["people"] and not window.notice.isVisible()


def test_a_refusal_takes_away_what_was_said_before(window_on: OpenWindow, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path))
    window.desk.said.emit("Choose whom to swap with.")
    window.desk.failed.emit("Nobody is on call there.")
    assert window.foot._said.text() == ""


def test_the_keyboard_goes_to_the_list_of_people(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path))
    window.activateWindow()
    window.go("people")
    settle(qtbot, window.desk)
    page = window.page
    assert isinstance(page, PeoplePage) and page.table.hasFocus()


def test_a_programme_renamed_is_renamed_in_the_head(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(small_team(tmp_path))
    window.desk.do(deed("Rename", programme_acts.amend, "name", "Crisis Response Team"))
    qtbot.waitUntil(lambda: window.head.programme.text() == "Crisis Response Team")


def test_undo_takes_back_the_last_act_from_within_a_field_that_has_nothing_to_undo(
    qtbot: QtBot, window_on: Callable[..., Window], tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path, people=2))
    window.desk.do(deed("Rename", programme_acts.amend, "name", "Crisis Response Team"))
    field = QLineEdit(window)
    field.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "half a word")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), window.desk.undo_words) == ("", "Rename"), "the field's own first"
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.desk.redo_words == "Rename")
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.desk.undo_words == "Rename")
