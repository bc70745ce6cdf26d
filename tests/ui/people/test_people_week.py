"""The week grid and dates of a person's page: keys, names for screen readers, undo, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from crt_scheduler.people.usual_week import Cell
from tests.ui.build import small_team
from ui.desk import Desk
from ui.look import Look
from ui.people.person import PersonPanel
from ui.people.week_grid import GRADE

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def panel(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> PersonPanel:
    """Return the page of Person 00."""
    desk = desk_on(small_team(tmp_path))
    found = PersonPanel(desk, look)
    qtbot.addWidget(found)
    desk.changed.connect(lambda _: found.show_person("V00"))
    found.resize(440, 800)
    found.show()
    found.show_person("V00")
    qtbot.waitUntil(lambda: found.page is not None)
    return found


def grades(panel: PersonPanel) -> dict[Cell, str]:
    """Return every cell that is not free."""
    return {cell: grade for cell, grade in panel.week.grid.week.week.grades.items() if grade != "free"}


def test_keys_grade_the_shift_one_is_on(qtbot: QtBot, panel: PersonPanel) -> None:
    grid = panel.week.grid
    grid.setCurrentIndex(grid.week.index(0, 0))
    for key, grade in (("c", "cannot"), ("r", "rather_not"), ("p", "prefers"), ("w", "wants")):
        qtbot.keyClicks(grid, key)
        qtbot.waitUntil(lambda grade=grade: grades(panel) == {Cell(0, "day"): grade})
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: grades(panel) == {})


def test_arrows_move_and_shift_grades_several_at_once(qtbot: QtBot, panel: PersonPanel) -> None:
    grid = panel.week.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.week.index(0, 4))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(grid, "c")
    qtbot.waitUntil(lambda: grades(panel) == {Cell(4, "night"): "cannot", Cell(5, "night"): "cannot"})
    assert panel.desk.undo_words == "Person 00: 2 shifts of the week, cannot"
    panel.desk.undo()
    qtbot.waitUntil(lambda: grades(panel) == {})


def test_an_act_is_named_in_the_journal_as_people_say_it(qtbot: QtBot, panel: PersonPanel) -> None:
    panel.week.grid.setCurrentIndex(panel.week.grid.week.index(1, 5))
    panel.week.grid.grade("rather_not")
    qtbot.waitUntil(lambda: bool(grades(panel)))
    assert panel.desk.undo_words == "Person 00: Saturday night, would rather not"


def test_cells_have_names_and_letters_not_colour_alone(qtbot: QtBot, panel: PersonPanel) -> None:
    grid = panel.week.grid
    assert grid.week.index(1, 0).data(ACCESSIBLE) == "Monday night: free"
    grid.setCurrentIndex(grid.week.index(1, 0))
    grid.grade("cannot")
    qtbot.waitUntil(lambda: grid.week.index(1, 0).data(GRADE) == "cannot")
    assert grid.week.index(1, 0).data(ACCESSIBLE) == "Monday night: cannot"
    assert grid.week.index(1, 0).data() == "C"
    assert grid.currentIndex() == grid.week.index(1, 0)


def test_the_grades_are_offered_below_a_cell(qtbot: QtBot, panel: PersonPanel) -> None:
    grid = panel.week.grid
    grid.setCurrentIndex(grid.week.index(0, 2))
    grid.offer()
    menu = grid._menu
    assert menu is not None
    assert [action.text().split("\t")[0] for action in menu.actions()] == [
        "cannot",
        "would rather not",
        "prefers",
        "wants",
        "free",
    ]
    menu.actions()[3].trigger()
    menu.close()
    qtbot.waitUntil(lambda: grades(panel) == {Cell(2, "day"): "wants"})


def day(year: int, month: int, number: int) -> QDate:
    """Return a date as its field holds it."""
    return QDate(year, month, number)


def test_dates_are_added_over_a_leap_day_and_taken_back(qtbot: QtBot, panel: PersonPanel) -> None:
    dates = panel.dates
    dates.first.setDate(day(2028, 2, 28))
    dates.last.setDate(day(2028, 3, 1))
    dates.why.setText("trip")
    dates.add()
    qtbot.waitUntil(lambda: len(dates.rows.rows) == 1)
    assert [cell.words for cell in dates.rows.rows[0][1]] == ["28 Feb 2028 to 1 Mar 2028", "cannot", "trip"]
    assert panel.desk.undo_words == "Person 00: cannot, Mon 28 Feb 2028 to Wed 1 Mar 2028"
    dates.table.setCurrentIndex(dates.rows.index(0, 0))
    dates.remove()
    qtbot.waitUntil(lambda: not dates.rows.rows)


def test_the_last_day_follows_the_first_and_the_same_again_is_refused_below(qtbot: QtBot, panel: PersonPanel) -> None:
    dates = panel.dates
    dates.first.setDate(day(2027, 1, 31))
    assert dates.last.date() == day(2027, 1, 31)
    dates.add()
    qtbot.waitUntil(lambda: len(dates.rows.rows) == 1)
    dates.why.setText("again")
    dates.add()
    assert dates.fault.text().startswith("Person 00 has said so already")
    assert dates.why.text() == "again"


def test_a_wish_for_one_shift_is_noted_and_taken_back(qtbot: QtBot, panel: PersonPanel) -> None:
    dates = panel.dates
    dates.first.setDate(day(2027, 1, 9))
    dates.shift.setCurrentIndex(dates.shift.findData("night"))
    dates.grade.setCurrentIndex(dates.grade.findData("wants"))
    dates.add()
    qtbot.waitUntil(lambda: len(dates.rows.rows) == 1)
    assert dates.rows.rows[0][1][0].words == "Sat 9 Jan 2027, night"
    assert dates.rows.rows[0][0].date == dt.date(2027, 1, 9)
    dates.table.setCurrentIndex(dates.rows.index(0, 0))
    dates.remove()
    qtbot.waitUntil(lambda: not dates.rows.rows)
