"""Asking everybody for a month from People and from Roster: sheets written, answers counted, the silent asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crt_scheduler import month_answers
from crt_scheduler.tables import Responder
from tests.ui.build import NOW, open_window, settle, small_team
from ui.ask_button import AskButton
from ui.desk import Desk
from ui.look import Look
from ui.people.ask import ANSWERED, AskDialog

MONTH = "2027-01"


@pytest.fixture
def dialog(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> AskDialog:
    """Return the dialog that asks a team of ten for January."""
    found = AskDialog(desk_on(small_team(tmp_path)), look, month=MONTH)
    qtbot.addWidget(found)
    found.show()
    settle(qtbot, found.desk)
    return found


def ask(qtbot: QtBot, dialog: AskDialog, folder: Path, *, only_waiting: bool = False) -> None:
    """Ask into a folder, and wait until the answers are read again."""
    dialog.ask(folder, only_waiting=only_waiting)
    settle(qtbot, dialog.desk)


@pytest.mark.parametrize(("place", "words"), [("people", "Ask for {}…"), ("roster", "Ask…")])
def test_people_and_roster_ask_for_the_month_on_view(
    qtbot: QtBot, look: Look, tmp_path: Path, place: str, words: str
) -> None:
    window = open_window(qtbot, small_team(tmp_path), tmp_path / "settings.ini", look)
    window.go(place)
    settle(qtbot, window.desk)
    button = next(each for each in window.findChildren(AskButton) if each.isVisible())
    assert (button.text(), button.accessibleName()) == (words.format("January"), "Ask for January…")
    window.desk.set_month("2027-02")
    assert (button.text(), button.accessibleName()) == (words.format("February"), "Ask for February…")
    button.click()
    dialog = window.findChild(AskDialog)
    assert dialog is not None and dialog.windowTitle() == "Ask for February 2027"
    settle(qtbot, window.desk)
    dialog.close()


def test_everybody_is_asked_once_and_then_only_who_has_not_answered(
    qtbot: QtBot, dialog: AskDialog, tmp_path: Path
) -> None:
    assert "Nobody has been asked yet" in dialog.words.text() and dialog.again.isHidden()
    ask(qtbot, dialog, tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 10
    assert dialog.words.text() == "0 of 10 have answered, 10 have not."
    dialog.table.selectRow(0)
    dialog.told.click()
    settle(qtbot, dialog.desk)
    assert dialog.desk.undo_words == "Person 00 answered for January 2027"
    assert dialog.again.text() == "Ask 9 people again…"
    assert [each.name for each in dialog.model.rows] == [f"Person 0{n}" for n in range(1, 10)]
    dialog.tabs.setCurrentIndex(ANSWERED)
    assert [(each.name, each.source) for each in dialog.model.rows] == [("Person 00", "said")]
    ask(qtbot, dialog, tmp_path / "again", only_waiting=True)
    assert len(list((tmp_path / "again").iterdir())) == 9


def test_a_folder_with_a_sheet_that_came_back_is_refused_and_nobody_is_asked(
    qtbot: QtBot, dialog: AskDialog, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "availability-2027-01-V03.xlsx").write_text("filled in by hand")
    ask(qtbot, dialog, tmp_path / "out")
    assert "this program did not write. It may be an answer: read it back first" in dialog.fault.text()
    assert "--force" not in dialog.fault.text() and dialog.fault.isVisible()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["availability-2027-01-V03.xlsx"]
    assert not dialog.standing.is_asked and dialog.everybody.isEnabled()


def test_addresses_are_copied_only_when_asked_for_and_only_of_who_is_shown(qtbot: QtBot, dialog: AskDialog) -> None:
    QApplication.clipboard().setText("before")
    with dialog.desk.store.change("Addresses") as session:
        for who in session.query(Responder):
            who.email = "" if who.code == "V05" else f"{who.code.lower()}@example.org"
        month_answers.said(session, MONTH, ["V00", "V01"])
    dialog.read()
    settle(qtbot, dialog.desk)
    assert QApplication.clipboard().text() == "before"
    dialog.copy.click()
    copied = QApplication.clipboard().text().split("; ")
    assert copied == [f"v0{n}@example.org" for n in (2, 3, 4, 6, 7, 8, 9)]
    assert dialog.words.text() == "7 addresses copied. 1 has no address."


def test_a_team_without_people_is_told_to_import_them(
    qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path
) -> None:
    found = AskDialog(desk_on(small_team(tmp_path, people=0)), look, month=MONTH)
    qtbot.addWidget(found)
    settle(qtbot, found.desk)
    assert "Nobody is on the team yet" in found.words.text() and not found.everybody.isEnabled()


def test_the_days_of_asking_and_answering_stand_beside_each_name(
    qtbot: QtBot, dialog: AskDialog, tmp_path: Path
) -> None:
    ask(qtbot, dialog, tmp_path / "out")
    store = dialog.desk.store
    store.now = NOW + dt.timedelta(days=3)
    with store.change("Later") as session:
        month_answers.note_asked(session, MONTH, ["V00"])
        month_answers.said(session, MONTH, ["V01"])
    dialog.read()
    settle(qtbot, dialog.desk)
    texts = {
        dialog.model.index(row, 0).data(): [dialog.model.index(row, n).data() for n in (1, 2, 3)]
        for row in range(dialog.model.rowCount())
    }
    assert texts["Person 00"] == ["15 Dec 2026 and 18 Dec 2026", "", "has not answered"]
    assert "Person 01" not in texts
