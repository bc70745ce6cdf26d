"""The all-call window: begun by a button, one key an answer, relief in waves, a wave sent as one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler.calls import call_rows
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.call_build import NOW, city, log
from tests.ui.build import picture
from ui.all_call.all_call_dialog import AllCallDialog
from ui.desk import Desk
from ui.look import Look


@pytest.fixture
def dialed() -> list[str]:
    """The numbers handed to the program that phones."""
    return []


@pytest.fixture
def dialog(
    qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path, dialed: list[str]
) -> Iterator[AllCallDialog]:
    """The window on a call in a small city."""
    store = city(tmp_path)
    number = log(store, type="multi-casualty")
    with store.change("Some at home") as session:
        for code, role in (("Lea", "lead"), ("Lou", "lead"), ("Pia", "responder"), ("Quin", "responder")):
            build.responder(session, code, role=role)
    store.close()
    parent = QWidget()
    qtbot.addWidget(parent)
    found = AllCallDialog(desk_on(store.path, now=NOW), look, parent, call=number, dial=dialed.append)
    found.show()
    qtbot.waitUntil(lambda: found.row is not None)
    yield found  # while the parent lives


def settle(qtbot: QtBot, dialog: AllCallDialog) -> None:
    """Wait until everything asked has been answered."""
    qtbot.waitUntil(lambda: not dialog.desk.is_reading)


def begun(qtbot: QtBot, dialog: AllCallDialog) -> None:
    """Begin the all-call by keyboard."""
    QTest.keyClick(dialog.begin_button, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    qtbot.waitUntil(dialog.both.isVisible)


def press(qtbot: QtBot, dialog: AllCallDialog, *keys: Qt.Key) -> None:
    """Press keys in the table, each once everything is answered."""
    for key in keys:
        QTest.keyClick(dialog.poll.table, key)
        settle(qtbot, dialog)


def said(dialog: AllCallDialog) -> dict[str, str]:
    """What each person answered."""
    assert dialog.poll.poll is not None
    return {one.person: one.answer for one in dialog.poll.poll.people if one.answer}


def test_a_call_becomes_an_all_call_by_its_button_and_undo_takes_it_back(dialog: AllCallDialog, qtbot: QtBot) -> None:
    assert dialog.none.isVisible() and not dialog.both.isVisible()
    picture(dialog, "all-call-before")
    begun(qtbot, dialog)
    assert dialog.desk.undo_words == "All-call for 26-0001"
    dialog.desk.undo()
    settle(qtbot, dialog)
    assert dialog.none.isVisible() and not dialog.both.isVisible()


def test_one_key_notes_an_answer_and_goes_to_the_next_who_has_not_been_asked(
    dialog: AllCallDialog, qtbot: QtBot
) -> None:
    begun(qtbot, dialog)
    first = [dialog.poll.table.people.what(n).person for n in range(3)]
    press(qtbot, dialog, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_D)
    assert said(dialog) == {first[0]: "now", first[1]: "two_hours", first[2]: "cannot"}
    assert dialog.poll.table.chosen is not None and dialog.poll.table.chosen.answer == ""
    assert dialog.poll.counts.text() == "1 now,  1 in two hours,  1 cannot,  10 still to ask"
    assert dialog.desk.undo_words.endswith(": cannot, all-call 26-0001")
    dialog.poll.search.setText(dialog.poll.poll.people[0].name if dialog.poll.poll else "")
    assert dialog.poll.table.people.rowCount() == 1
    dialog.poll.search.setText("nobody is called so")
    assert dialog.poll.none.isVisible() and dialog.poll.table.people.rowCount() == 0
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.poll.table.people.rowCount() == 13, "Esc clears the search first"


def test_the_buttons_do_what_the_keys_do_and_a_number_is_phoned(
    dialog: AllCallDialog, qtbot: QtBot, dialed: list[str]
) -> None:
    begun(qtbot, dialog)
    one = dialog.poll.table.chosen
    assert one is not None
    press(qtbot, dialog, Qt.Key.Key_P)
    assert dialed == ([one.phone] if one.phone else [])
    dialog.poll.buttons["tonight"].click()
    settle(qtbot, dialog)
    assert said(dialog) == {one.person: "tonight"}


def test_waves_follow_the_answers_and_a_sent_wave_is_on_the_call_as_one_act(
    dialog: AllCallDialog, qtbot: QtBot
) -> None:
    begun(qtbot, dialog)
    press(qtbot, dialog, *([Qt.Key.Key_1] * 13))
    for _ in range(2):  # from four to two
        QTest.keyClick(dialog.relief.boxes[0], Qt.Key.Key_Up)
    settle(qtbot, dialog)
    wave = dialog.relief.wave
    assert wave is not None and len(wave.people) == 2 and wave.people[0].role == "lead"
    assert dialog.relief.table.lines.rowCount() == 3
    picture(dialog, "all-call")
    dialog.relief.send_button.click()
    settle(qtbot, dialog)
    row = dialog.desk.read(lambda session: call_rows.call(session, dialog.call))
    assert {one.code for one in row.responders} == {one.person for one in wave.people}
    assert dialog.desk.undo_words == "Send 2 people to all-call 26-0001"
    assert dialog.told.text().startswith("On the call now: Lea, ")
    again = dialog.relief.wave
    assert again is not None and not {one.person for one in again.people} & {one.person for one in wave.people}
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.poll.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, dialog)
    assert dialog.desk.read(lambda session: call_rows.call(session, dialog.call)).responders == ()


def test_a_time_that_is_none_is_said_beside_its_field(dialog: AllCallDialog, qtbot: QtBot) -> None:
    begun(qtbot, dialog)
    dialog.relief.begin.setText("soon")
    dialog.relief.begin.editingFinished.emit()
    assert "Type it as 0213" in dialog.relief.begin.accessibleDescription()
    assert not dialog.relief.send_button.isEnabled()
    dialog.relief.begin.setText("2000")
    dialog.relief.begin.editingFinished.emit()
    settle(qtbot, dialog)
    assert dialog.relief.begin.accessibleDescription() == ""
    press(qtbot, dialog, *([Qt.Key.Key_1] * 13))
    wave = dialog.relief.wave
    assert wave is not None and wave.start == NOW + dt.timedelta(hours=11), "20:00 in Los Angeles"
