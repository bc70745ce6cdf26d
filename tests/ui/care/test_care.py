"""The care window: debriefs done and stand-downs lifted by keyboard, undone again, and whom to phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from crt_scheduler import roster
from crt_scheduler.care import hard_calls
from crt_scheduler.store import open_store
from tests.crt_scheduler import care_build
from tests.crt_scheduler.team_build import responder, team
from tests.ui.build import NOW, picture, settle, small_team
from ui.care.care_dialog import CareDialog
from ui.care.care_table import LinesTable
from ui.desk import Desk
from ui.look import Look
from ui.window import Window

HOUR = dt.timedelta(hours=1)
EVENING = "2026-12-15/night/Central"
Ask = Callable[..., CareDialog]


def records(folder: Path, *, hours: int = 6) -> Path:
    """Return records in which Kim and Aram went to a hard call some hours ago; Kim holds this evening's shift."""
    store = team(folder, now=NOW)
    with store.change("People and a hard call") as session:
        responder(session, "Kim", name="김민준", role="lead", area="Central")
        responder(session, "Aram", name="Արամ Հակոբյան", area="Central", phone="")
        roster.assign(session, roster.shift_name(EVENING), "Kim").state = "confirmed"
        before = NOW - hours * HOUR
        clear = before + 2 * HOUR
        number = care_build.call(session, before, "Kim", "Aram", now=clear, area="Central", clear=clear)
        hard_calls.tick_hard(session, number, "Child death", now=clear)
    store.close()
    return store.path


@pytest.fixture
def ask(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk]) -> Ask:
    """Open the window of care on a file of records."""

    def begin(path: Path, place: str = "debriefs") -> CareDialog:
        dialled: list[str] = []
        dialog = CareDialog(desk_on(path), look, place=place, dial=dialled.append)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.dialled = dialled  # type: ignore[attr-defined]
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.care is not None)
        return dialog

    return begin


def cells(table: LinesTable) -> list[list[str]]:
    """Return what a table says."""
    model = table.lines
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_stand_down_shows_the_shift_still_held_and_is_lifted_by_keyboard(
    ask: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ask(records(tmp_path), "stand-downs")
    table = dialog.stand_downs.table
    assert cells(table) == [
        ["Արամ Հակոբյան", "26-0001", "Child death", "Fri 18 06:00", "No shift"],
        ["김민준", "26-0001", "Child death", "Fri 18 06:00", "Find cover: Tue 15 night, Central"],
    ]
    picture(dialog, "care-stand-downs")
    assert not dialog.stand_downs.buttons[1].isEnabled()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert dialog.stand_downs.buttons[1].isEnabled()
    QTest.keyClick(dialog.stand_downs.buttons[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row[0] for row in cells(table)] == ["Արամ Հակոբյան"])
    assert dialog.desk.undo_words == "Lift the stand-down of 김민준"
    dialog.desk.undo()
    qtbot.waitUntil(lambda: len(cells(table)) == 2)


def test_a_stand_down_is_made_shorter_from_its_hours_as_they_are(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask(records(tmp_path), "stand-downs")
    dialog.stand_downs.buttons[2].click()
    asked = dialog.findChild(QInputDialog)
    assert asked is not None and asked.intValue() == 72
    asked.setIntValue(48)
    asked.accept()
    qtbot.waitUntil(lambda: "Thu 17 06:00" in [row[3] for row in cells(dialog.stand_downs.table)])
    assert dialog.desk.undo_words == "Stand-down of Արամ Հակոբյան: 48 h"


def test_cover_is_one_click_away_and_the_window_makes_way(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask(records(tmp_path), "stand-downs")
    dialog.stand_downs.table.selectRow(1)
    with qtbot.waitSignal(dialog.go) as asked:
        dialog.stand_downs.buttons[1].click()
    assert asked.args == ["roster", EVENING]
    assert not dialog.isVisible()


def test_an_overdue_debrief_says_so_in_words_and_is_done(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask(records(tmp_path, hours=24 * 5))
    table = dialog.debriefs.table
    assert [row[3] for row in cells(table)] == [
        "Overdue since Sun 13 18:00", "Overdue since Sun 13 18:00, before Tue 15 night, Central",
    ]  # fmt: skip
    assert dialog.tabs.tabText(0) == "Debriefs 2"
    picture(dialog, "care-debriefs")
    dialog.debriefs.buttons[0].click()
    qtbot.waitUntil(lambda: len(cells(table)) == 1)
    dialog.debriefs.buttons[0].click()
    qtbot.waitUntil(lambda: dialog.debriefs.words.text() == "Nobody owes a debrief.")
    assert not dialog.debriefs.table.isVisible() and dialog.tabs.tabText(0) == "Debriefs"
    picture(dialog, "care-nothing")


def test_whom_to_phone_says_why_and_a_missing_number_cannot_be_phoned(ask: Ask, tmp_path: Path) -> None:
    dialog = ask(records(tmp_path, hours=24 * 5), "phone")
    phones = dialog.phones
    assert [row[:2] for row in cells(phones.table)] == [["Արամ Հակոբյան", "no phone"], ["김민준", "(213) 555-0100"]]
    assert not phones.buttons[0].isEnabled()
    phones.table.selectRow(1)
    phones.buttons[0].click()
    assert dialog.dialled == ["+12135550100"]  # type: ignore[attr-defined]
    assert QGuiApplication.clipboard().text() == "(213) 555-0100"
    assert phones.words.text() == "Copied the number of 김민준."
    picture(dialog, "care-phone")


def test_what_another_program_changes_is_seen(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    path = records(tmp_path)
    dialog = ask(path, "stand-downs")
    other = open_store(str(path), who="other", now=NOW)
    with other.change("Not hard after all") as session:
        hard_calls.tick_hard(session, 1, "", now=NOW)
    other.close()
    dialog.desk.look_again()
    qtbot.waitUntil(lambda: dialog.stand_downs.words.text() == "Nobody stands down.")


def test_every_control_is_named_and_nothing_can_be_typed_here(ask: Ask, tmp_path: Path, look: Look) -> None:
    dialog = ask(records(tmp_path))
    look.choose("dark")
    picture(dialog, "care-dark")
    look.choose("light")
    for n in range(3):
        dialog.tabs.setCurrentIndex(n)
        assert [b for b in dialog.findChildren(QAbstractButton) if b.isVisible() and not b.accessibleName()] == []
        assert dialog.lists[n].table.accessibleName()
    assert not dialog.findChildren(QLineEdit)


def test_the_window_opens_care_beside_the_page(
    window_on: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    window = window_on(small_team(tmp_path, people=4))
    settle(qtbot, window.desk)
    window.go("care", "phone")
    dialog = window.findChildren(CareDialog)[-1]
    qtbot.waitUntil(lambda: dialog.care is not None)
    assert not dialog.isModal() and dialog.tabs.currentIndex() == 2
    assert dialog.phones.words.text() == "Nobody needs a call just now."


def test_a_new_call_is_begun_from_today_by_keyboard(
    window_on: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    window = window_on(small_team(tmp_path, people=4))
    settle(qtbot, window.desk)
    window.go("today")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.page is window.pages["calls"]
    settle(qtbot, window.desk)
