"""The import of files: dropped, looked over, mended where they are wrong, and taken as one act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from tests.crt_scheduler.imports.test_imports_build import at_home_nowhere, table
from tests.crt_scheduler.team_build import team
from tests.made import sample_files
from tests.ui.build import NOW, settle
from ui.desk import Desk
from ui.look import Look
from ui.people.page import PeoplePage
from ui.people.wizard import Wizard

HEADER = ("First Name", "Last Name", "E-mail", "Phone number", "Bureau", "Date joined")


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> PeoplePage:
    """Return the People view of a team without people."""
    store = team(tmp_path, now=NOW)
    store.close()
    found = PeoplePage(desk_on(store.path), look)
    qtbot.addWidget(found)
    found.resize(1376, 820)
    found.show()
    qtbot.waitUntil(lambda: not found._state.button.isHidden())
    return found


def drop(page: PeoplePage, path: Path) -> Wizard:
    """Drop a file on the page."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    left = Qt.MouseButton.LeftButton
    action = Qt.DropAction.CopyAction
    page.dropEvent(QDropEvent(QPointF(200, 200), action, mime, left, Qt.KeyboardModifier.NoModifier))
    return page.wizard


def test_a_file_held_over_the_page_is_invited(page: PeoplePage, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "people.csv"))])
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dragEnterEvent(QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, left, plain))
    assert page.target.text() == "Drop people.csv to look it over; nothing is written yet"
    assert page.target.isVisible()
    page.dragLeaveEvent(QDragLeaveEvent())
    assert not page.target.isVisible()


def looked_through(qtbot: QtBot, wizard: Wizard) -> None:
    """Wait until the file as it is asked for now has been looked through."""
    qtbot.waitUntil(lambda: wizard.looked is not None and wizard.looked.asked is wizard.asked)


def test_a_clean_file_is_imported_with_one_click_and_undone_with_one(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    sample_files(tmp_path / "city")
    wizard = drop(page, tmp_path / "city" / "people.csv")
    looked_through(qtbot, wizard)
    assert wizard.review.go_button.text() == "Import 290 people"
    assert wizard.review.bad.isHidden() and wizard.review.question.isHidden()
    qtbot.mouseClick(wizard.review.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.steps.currentWidget() is wizard.result)
    assert wizard.done.text() == "290 people added."
    wizard.show_button.click()
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 290)
    assert page.desk.undo_words == "Import people from people.csv"
    page.desk.undo()
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 0)


def test_dates_that_two_orders_fit_are_asked_about(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    at_home_nowhere(page.desk.store)
    wizard = drop(page, table(tmp_path, HEADER, ("Ani", "Lo", "", "", "West", "03/04/2020")))
    looked_through(qtbot, wizard)
    assert not wizard.review.question.isHidden()
    assert (wizard.review.us.text(), wizard.review.eu.text()) == ("Month first: 4 Mar 2020", "Day first: 3 Apr 2020")
    assert not wizard.review.go_button.isEnabled()
    wizard.review.eu.click()
    looked_through(qtbot, wizard)
    assert wizard.review.question.isHidden()
    assert wizard.review.go_button.text() == "Next: what comes in"
    wizard.review.go_button.click()
    assert wizard.review.go_button.text() == "Import 1 person"


def test_bad_rows_are_mended_in_place(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    rows = (("Ani", "Պետրոսյան", "a@b.org", "555", "West", ""), ("Min", "Ok", "min at b", "", "Valley", ""))
    wizard = drop(page, table(tmp_path, HEADER, *rows))
    looked_through(qtbot, wizard)
    assert [(f.line, f.column, f.value) for f, _ in wizard.review.bad.rows.rows] == [
        (2, "Phone number", "555"),
        (3, "E-mail", "min at b"),
    ]
    assert wizard.review.go_button.text() == "Next: line 2"
    assert wizard.review.without_button.isHidden()
    wizard.review.bad.keep(wizard.review.bad.rows.index(1, 2), "min@example.org")
    looked_through(qtbot, wizard)
    assert wizard.review.without_button.text() == "Import 1 person without 1 row"
    wizard.review.bad.keep(wizard.review.bad.rows.index(0, 2), "213-555-0101")
    looked_through(qtbot, wizard)
    assert wizard.review.bad.isHidden()
    wizard.review.go_button.click()
    qtbot.waitUntil(lambda: wizard.steps.currentWidget() is wizard.result)
    wizard.show_button.click()
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 2)
    assert {line.id: line.name for line in page.table.people.rows} == {"P001": "Ani Պետրոսյան", "P002": "Min Ok"}


def test_bad_rows_are_left_out_when_asked_or_gone_when_the_file_is_corrected(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = [("Ani", "Lo", "", "555", "West", ""), ("Min", "Ok", "", "", "West", ""), ("Zoë", "Po", "", "", "West", "")]
    wizard = drop(page, table(tmp_path, HEADER, *rows))
    looked_through(qtbot, wizard)
    assert wizard.review.outcome.text().startswith("1 row cannot be taken. Mend")
    assert wizard.review.without_button.text() == "Import 2 people without 1 row"
    table(tmp_path, HEADER, ("Ani", "Lo", "", "213-555-0101", "West", ""), *rows[1:])
    wizard.review.again.click()
    looked_through(qtbot, wizard)
    assert wizard.review.go_button.text() == "Import 3 people"


def test_a_needed_column_that_is_missing_is_chosen_by_hand(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    wizard = drop(page, table(tmp_path, ("Badge", "Whoever"), ("7", "Ana Cano")))
    looked_through(qtbot, wizard)
    assert wizard.review.outcome.text().startswith("No column is chosen for name. Choose one on the right.")
    assert not wizard.review.go_button.isEnabled()
    row = next(n for n, (each, _) in enumerate(wizard.review.mapping.rows.rows) if each.field == "name")
    wizard.review.mapping.keep(wizard.review.mapping.rows.index(row, 1), "Whoever")
    looked_through(qtbot, wizard)
    assert wizard.review.go_button.text() == "Next: what comes in"
    assert wizard.looked is not None and wizard.looked.mapping["id"] == "Badge"


def test_a_file_that_cannot_be_read_says_so_and_asks_for_another(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x00\x01\x02" * 50)
    wizard = drop(page, path)
    qtbot.waitUntil(lambda: bool(wizard.start_fault.text()))
    assert "photo.csv is" in wizard.start_fault.text()
    assert wizard.steps.currentWidget() is wizard.start


def test_the_kind_of_a_file_is_told_by_its_columns_and_can_be_changed(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    wizard = drop(page, table(tmp_path, ("number", "timestamp", "area"), ("1", "2026-01-05 10:00", "West")))
    looked_through(qtbot, wizard)
    assert wizard.kind.currentData() == "incidents"
    assert wizard.review.go_button.text() == "Import 1 incident"
    wizard.kind.setCurrentIndex(wizard.kind.findData("people"))
    wizard.kind.activated.emit(wizard.kind.currentIndex())
    looked_through(qtbot, wizard)
    assert wizard.looked is not None and wizard.looked.preview.kind == "people"


def test_a_file_that_changed_since_it_was_read_is_refused(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    rows = [("Ani", "Lo", "", "", "West", ""), ("Min", "Ok", "", "", "West", "")]
    wizard = drop(page, table(tmp_path, HEADER, *rows))
    looked_through(qtbot, wizard)
    table(tmp_path, HEADER, *rows, ("Zoë", "Po", "", "555", "West", ""))
    wizard.review.go_button.click()
    qtbot.waitUntil(lambda: "has changed since it was read" in wizard.review.outcome.text())
    wizard.review.again.click()
    looked_through(qtbot, wizard)
    assert wizard.review.without_button.text() == "Import 2 people without 1 row"


def test_a_column_that_is_let_go_is_not_read(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    wizard = drop(page, table(tmp_path, ("id", "name", "phone"), ("V1", "Ana Cano", "12")))
    looked_through(qtbot, wizard)
    assert not wizard.review.bad.isHidden()
    rows = wizard.review.mapping.rows
    row = next(n for n, (each, _) in enumerate(rows.rows) if each.field == "phone")
    wizard.review.mapping.keep(rows.index(row, 1), "")
    looked_through(qtbot, wizard)
    assert wizard.review.bad.isHidden()
    assert wizard.review.go_button.text() == "Import 1 person"


def test_the_list_follows_the_palette_after_an_import_was_looked_at(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path, look: Look
) -> None:
    page.open_wizard("people")
    page.close_wizard()
    settle(qtbot, page.desk)
    look.choose("dark")
    look.choose("light")
    assert page.bar.text.actions()
