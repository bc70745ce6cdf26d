"""The roster board by mouse: drag to move, hand over and swap; fold, choose, open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.board_build import Shown, shown
from tests.ui.build import small_team
from ui.desk import Desk
from ui.look import Look

NIGHT, NEXT, SOUTH = "2027-01-09/night/Central", "2027-01-12/night/Central", "2027-01-11/day/South"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def team(qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]) -> Shown:
    path = small_team(tmp_path, (NIGHT, "V00"), (SOUTH, "V01"))
    return shown(qtbot, desk_on(path), look)


def test_a_drag_to_a_free_cell_of_the_row_moves_the_shift_as_one_undo(team: Shown) -> None:
    team.drag(team.at("V00", NIGHT), team.at("V00", NEXT))
    assert team.on(NEXT) == ["V00"] and team.on(NIGHT) == []
    team.desk.undo()
    assert team.on(NIGHT) == ["V00"]


def test_the_moved_chip_is_shown_before_the_rules_are_read(team: Shown) -> None:
    team.drag(team.at("V00", NIGHT), team.at("V00", NEXT))
    sheet = team.view.sheet
    assert sheet is not None
    assert team.at("V00", NEXT) in sheet.cells and team.at("V00", NIGHT) not in sheet.cells


def test_a_drag_to_another_row_in_the_column_hands_over(team: Shown) -> None:
    team.drag(team.at("V00", NIGHT), team.at("V04", NIGHT))
    assert team.on(NIGHT) == ["V04"]


def test_a_drag_onto_another_chip_swaps(team: Shown) -> None:
    team.drag(team.at("V00", NIGHT), team.at("V01", SOUTH))
    assert (team.on(NIGHT), team.on(SOUTH)) == (["V01"], ["V00"])


def test_a_drag_ends_on_escape_and_nothing_changes(team: Shown) -> None:
    team.drag(team.at("V00", NIGHT), team.at("V00", NEXT), drop=False)
    assert team.view.hand.held is not None
    team.key(Qt.Key.Key_Escape)
    assert team.view.hand.held is None
    assert team.on(NIGHT) == ["V00"]


def test_a_locked_shift_dragged_stays_and_says_so(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("l")
    team.drag(team.at("V00", NIGHT), team.at("V00", NEXT))
    assert team.on(NIGHT) == ["V00"]
    assert team.failed[-1] == "This shift is locked. Unlock it to move it."


def test_a_click_chooses_and_a_double_click_opens(team: Shown) -> None:
    spot = team.point(team.at("V01", SOUTH))
    team.qtbot.mouseClick(team.view.viewport(), LEFT, pos=spot)
    place = team.view.place_at()
    assert place is not None and place.row.person == "V01"
    with team.qtbot.waitSignal(team.view.opened):
        team.qtbot.mouseDClick(team.view.viewport(), LEFT, pos=spot)


def test_a_click_on_a_groups_name_folds_it(team: Shown) -> None:
    rows = team.view.sheets.rowCount()
    head = team.view.names
    team.qtbot.mouseClick(head.viewport(), LEFT, pos=QPoint(20, head.sectionViewportPosition(0) + 8))
    assert team.view.sheets.rowCount() == rows - 3


def test_the_menu_offers_what_the_cell_allows(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.actions.show_menu(QPoint(10, 10))
    assert team.actions.menu is not None
    assert [a.text() for a in team.actions.menu.actions()][:2] == ["Move", "Swap"]
    team.actions.menu.close()
    team.choose("V00", NEXT)
    team.actions.show_menu(QPoint(10, 10))
    assert [a.text() for a in team.actions.menu.actions()] == ["Assign…"]
    team.actions.menu.close()


def test_the_board_draws_what_is_held_where_it_would_land(team: Shown) -> None:
    before = team.view.grab().toImage()
    team.drag(team.at("V00", NIGHT), team.at("V00", NEXT), drop=False)
    assert team.view.hand.over == team.at("V00", NEXT)
    assert team.view.grab().toImage() != before
