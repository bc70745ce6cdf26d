"""The finder: names in any script, dates as typed, acts with their keys; and the panel of every shortcut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crt_scheduler.store import open_store
from tests.crt_scheduler.team_build import responder
from tests.ui.build import NOW, settle, small_team
from ui.finder import Finder
from ui.finder.typed_dates import dates_in, months_in
from ui.match import NO_MATCH, folded, rank
from ui.shortcuts import Shortcuts
from ui.window import Window

TODAY = dt.date(2026, 12, 15)
OpenWindow = Callable[[Path], Window]
NAMES = {"V90": "Łucja Żółć", "V91": "Ararat Ոսկերիչյան", "V92": "김민지", "V93": "Søren Ångström-Vik"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lucja", "Łucja Żółć"),
        ("ZOLC", "Łucja Żółć"),
        ("ոսկ", "Ararat Ոսկերիչյան"),
        ("민지", "김민지"),
        ("soren vik", "Søren Ångström-Vik"),
        ("sa", "Søren Ångström-Vik"),
        ("angstrom", "Søren Ångström-Vik"),
        ("søren", "Søren Ångström-Vik"),
    ],
)
def test_a_name_is_found_without_its_accents_and_in_any_script(typed: str, name: str) -> None:
    assert rank(folded(typed), folded(name)) < NO_MATCH


def test_the_nearest_name_comes_first() -> None:
    names = ["Joanna Lo", "Ana Kim", "Susana Ana", "Ana"]
    assert sorted(names, key=lambda name: rank("ana", folded(name))) == ["Ana", "Ana Kim", "Susana Ana", "Joanna Lo"]
    assert rank("xyz", folded("Ana Kim")) == NO_MATCH


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("9 jan", dt.date(2027, 1, 9)),
        ("jan 9", dt.date(2027, 1, 9)),
        ("9. January 2028", dt.date(2028, 1, 9)),
        ("2027-01-09", dt.date(2027, 1, 9)),
        ("tomorrow", dt.date(2026, 12, 16)),
        ("tod", TODAY),
        ("yesterday", dt.date(2026, 12, 14)),
        ("fri", dt.date(2026, 12, 18)),
        ("Tuesday", TODAY),
        ("20 dec", dt.date(2026, 12, 20)),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, first: dt.date) -> None:
    assert dates_in(typed, today=TODAY)[0] == first


@pytest.mark.parametrize("typed", ["", "9", "30 feb", "2027-13-01", "ana", "9 jan 10 feb", "ma", "99 jan"])
def test_words_that_are_no_date_find_none(typed: str) -> None:
    assert dates_in(typed, today=TODAY) == []


def test_a_month_is_read_with_and_without_its_year() -> None:
    assert months_in("january", today=TODAY) == ["2027-01"]
    assert months_in("dec", today=TODAY) == ["2026-12", "2027-12"]
    assert months_in("feb 2028", today=TODAY) == ["2028-02"]
    assert months_in("2027-03", today=TODAY) == ["2027-03"]
    assert months_in("2027-13", today=TODAY) == months_in("x 12", today=TODAY) == []


@pytest.fixture
def window(window_on: OpenWindow, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window on a few people, some with names of other scripts."""
    path = small_team(tmp_path, people=4)
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.change("Add people") as session:
        for code, name in NAMES.items():
            responder(session, code, name=name)
    store.close()
    found = window_on(path)
    settle(qtbot, found.desk)
    return found


def finder(window: Window) -> Finder:
    """Open the finder with its key and return it."""
    window.activateWindow()
    window.open_finder()
    return window.findChildren(Finder)[-1]


def test_a_person_is_two_letters_and_enter_away(window: Window, qtbot: QtBot) -> None:
    panel = finder(window)
    qtbot.waitUntil(panel.field.hasFocus)
    QTest.keyClicks(panel.field, "luc")
    assert panel.model.rows[0].words == "Łucja Żółć" and panel.model.rows[0].kind == "Person"
    assert "Łucja Żółć" in panel.field.accessibleDescription()
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert not panel.isVisible() and window.page is window.pages["people"]
    settle(qtbot, window.desk)


def test_arrows_choose_escape_closes_and_the_keys_go_back(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.head.programme.setFocus()
    panel = finder(window)
    qtbot.waitUntil(panel.field.hasFocus)
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1), (Qt.Key.Key_PageUp, 0)):
        QTest.keyClick(panel.field, key)
        assert panel.list.currentIndex().row() == row
    QTest.keyClick(panel.field, Qt.Key.Key_Tab)
    assert panel.field.hasFocus()
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.isVisible() and QApplication.focusWidget() is window.head.programme


def test_what_fits_nothing_is_said_and_enter_does_nothing(window: Window) -> None:
    panel = finder(window)
    panel.field.setText("qqqqq")
    assert panel.model.rows == []
    assert "Nothing fits “qqqqq”" in panel._nothing.text()
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.isVisible()


def test_every_act_of_the_window_is_offered_with_its_keys_and_enter_alone_changes_nothing(window: Window) -> None:
    panel = finder(window)
    offered = {find.words: find.keys for find in panel.model.rows if find.kind == "Act"}
    for action in window.commands():
        if action.isEnabled():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            assert offered[action.text().replace("&", "")] == keys
    assert panel.model.rows[0].words == "Today"


def test_a_date_leads_to_the_roster_at_that_date(window: Window, qtbot: QtBot) -> None:
    panel = finder(window)
    panel.field.setText("9 jan")
    assert panel.model.rows[0].kind == "Date"
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert window.page is window.pages["roster"] and window.desk.month == "2027-01"
    settle(qtbot, window.desk)


def test_a_month_is_put_on_view(window: Window, qtbot: QtBot) -> None:
    panel = finder(window)
    panel.field.setText("2027-03")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert window.desk.month == "2027-03"
    settle(qtbot, window.desk)


def test_the_finder_keeps_nothing_and_is_there_once(window: Window) -> None:
    first = finder(window)
    first.field.setText("luc")
    second = finder(window)
    assert second.field.text() == "" and not first.isVisible()
    settings = window.desk.settings
    assert not [key for key in settings.allKeys() if "luc" in str(settings.value(key)).lower()]


def test_the_shortcuts_are_those_of_the_acts_themselves(window: Window) -> None:
    window.commands()[0].setShortcut("Ctrl+Alt+U")
    window.show_shortcuts()
    panel = window.findChildren(Shortcuts)[-1]
    shown = {keys for _, group in panel.groups for _, keys in group}
    assert "Ctrl+Alt+U" in shown and "Ctrl+Z" not in shown
    for action in window.commands():
        for keys in action.shortcuts():
            native = keys.toString(QKeySequence.SequenceFormat.NativeText)
            assert any(native in each for each in shown), action.text()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_no_two_acts_of_a_view_share_a_key(window: Window, qtbot: QtBot) -> None:
    for view in ("today", "roster", "people", "demand", "calls", "hours", "reports"):
        window.go(view)
        settle(qtbot, window.desk)
        window.show_shortcuts()
        panel = window.findChildren(Shortcuts)[-1]
        keys = [keys for _, group in panel.groups for _, keys in group]
        assert len(keys) == len(set(keys)), (view, sorted(keys))
        panel.close()
