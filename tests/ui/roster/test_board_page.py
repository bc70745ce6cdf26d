"""The roster page: filters, both boards, empty states, problems one by one, a plan before it is applied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crt_scheduler import roster_many
from crt_scheduler.board import Board
from crt_scheduler.cover.cell import Open as OpenAnswer
from crt_scheduler.planning import Difference
from tests.ui.build import picture, small_team
from ui.desk import Desk
from ui.look import Look
from ui.roster.page import RosterPage
from ui.roster.side.side_wanted import SeatWanted

NIGHT = "2027-01-09/night/Central"
Key, Keys = Qt.Key, Qt.KeyboardModifier
Open = Callable[[Path], RosterPage]


@pytest.fixture
def open_page(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk]) -> Open:
    """Show the roster page on a file of records."""

    def begin(path: Path) -> RosterPage:
        page = RosterPage(desk_on(path), look)
        qtbot.addWidget(page)
        page.head_right()
        page.resize(1376, 820)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.board.setFocus()
        return page

    return begin


@pytest.fixture
def page(tmp_path: Path, open_page: Open) -> RosterPage:
    """The page of a small team with two people on call."""
    path = small_team(tmp_path, (NIGHT, "V00"), ("2027-01-11/day/South", "V01"))
    return open_page(path)


def keys(page: RosterPage) -> list[str]:
    """Return the keys of the rows on view."""
    assert page.board.sheet is not None
    return [row.key for row in page.board.sheet.rows]


def test_nobody_on_the_team_offers_to_import_people(tmp_path: Path, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(small_team(tmp_path, people=0))
    assert page._state.words.text().startswith("Nobody is on the team yet.")
    with qtbot.waitSignal(page.go) as asked:
        page._state.button.click()
    assert asked.args == ["import", "people"]


def test_nobody_on_call_shows_the_board_with_a_sentence_and_solve(tmp_path: Path, open_page: Open) -> None:
    page = open_page(small_team(tmp_path))
    assert page.banner.words.text() == "Nobody is on call in January 2027 yet."
    assert page.banner.button.text() == "Solve"
    assert page.board.sheets.rowCount() > 10


def test_filters_narrow_the_board_and_are_remembered_but_no_name_is(page: RosterPage, look: Look) -> None:
    page.filters.group.setCurrentIndex(page.filters.group.findData("Central"))
    assert keys(page) == ["group/Central", "person/V00", "person/V04", "person/V08"]
    page.filters.name.setText("04")
    assert keys(page) == ["group/Central", "person/V04"]
    again = RosterPage(page.desk, look)
    assert again.filters.wanted == replace(page.filters.wanted, words="")
    assert not any("04" in str(page.desk.settings.value(key)) for key in page.desk.settings.allKeys())
    page.filters.widen()
    assert len(keys(page)) == 10 + 6
    again.deleteLater()


def test_rows_have_their_height_again_after_others_stood_in_their_place(page: RosterPage) -> None:
    page.filters.name.setText("nobody of that name")
    page.filters.widen()
    assert page.board.sheet is not None
    rows = [n for key, n in page.board.sheet.row_of.items() if key.startswith("person/")]
    heights = {page.board.rowHeight(n) for n in rows}
    assert heights == {page.board.row_height}


def test_a_link_to_a_hidden_cell_widens_the_board(page: RosterPage) -> None:
    page.filters.name.setText("04")
    page.go_to("V00", NIGHT)
    place = page.board.place_at()
    assert place is not None and place.key == ("V00", NIGHT)


def test_control_t_turns_to_shifts_by_areas_and_back(page: RosterPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.board, Key.Key_T, Keys.ControlModifier)
    assert keys(page)[:3] == ["group/Central", "seat/Central/lead//0", "seat/Central/responder//0"]
    page.go_to("V00", NIGHT)
    place = page.board.place_at()
    assert place is not None and place.row.person == "V00"
    picture(page, "areas")
    qtbot.keyClick(page.board, Key.Key_T, Keys.ControlModifier)
    assert keys(page)[1] == "person/V00"


def test_a_seat_of_the_areas_board_is_moved_by_keyboard(page: RosterPage, qtbot: QtBot) -> None:
    page.turn()
    page.go_to("V00", NIGHT)
    qtbot.keyClick(page.board, "m")
    row = page.board.currentIndex().row()
    page.board.choose(row, page.board.currentIndex().column() + 2)
    qtbot.keyClick(page.board, Key.Key_Return)
    assert page.board.board is not None
    assert {place.key for place in page.board.board.places} >= {("V00", "2027-01-10/night/Central")}
    page.desk.undo()


def test_the_chosen_cell_and_the_rules_lie_beside_and_close(page: RosterPage, qtbot: QtBot) -> None:
    assert page.beside.isHidden(), "the board has all the room until a panel is asked for"
    page.go_to("V00", NIGHT)
    qtbot.keyClick(page.board, Key.Key_D, Keys.ControlModifier)
    qtbot.waitUntil(lambda: page.beside.cell.answer is not None)
    assert page.desk.settings.value("roster/is_beside", False, type=bool)
    qtbot.keyClick(page.board, Key.Key_B, Keys.ControlModifier)
    assert page.beside.tabs.currentIndex() == 1
    qtbot.keyClick(page.board, Key.Key_B, Keys.ControlModifier)
    assert page.beside.isHidden()
    assert not page.desk.settings.value("roster/is_beside", True, type=bool)


def test_enter_on_a_shift_goes_to_the_panel_and_escape_comes_back(page: RosterPage, qtbot: QtBot) -> None:
    page.show_what(("V00", NIGHT))
    qtbot.waitUntil(lambda: page.beside.cell.answer is not None)
    qtbot.keyClick(page.board, Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None and page.beside.cell.isAncestorOf(focus)
    qtbot.keyClick(focus, Key.Key_Escape)
    assert page.board.hasFocus()


def test_the_keyboard_stays_in_the_panel_when_the_list_that_had_it_is_gone(page: RosterPage, qtbot: QtBot) -> None:
    page.show_what(("V00", NIGHT))
    cell = page.beside.cell
    qtbot.waitUntil(cell.body.others.list.isVisible)
    cell.body.others.list.setFocus()
    page.desk.do(roster_many.LOCK([("V00", NIGHT)], locked=True))  # of a locked place nobody asks who else could
    qtbot.waitUntil(lambda: not cell.body.others.list.isVisible())
    assert cell.head.cover.hasFocus()


def test_an_open_seat_of_the_clergy_is_found_among_the_clergy(page: RosterPage) -> None:
    page.go_to("", "2027-01-12/24h/City")
    row = page.board.row_at()
    assert row is not None and row.key == "group/clergy"


def test_a_whole_month_of_slots_fits_beside_the_rail_and_whole_names_fit_too(page: RosterPage, qtbot: QtBot) -> None:
    assert not page.board.horizontalScrollBar().isVisible()
    assert page.board.names.width() >= page.board.names.narrow


def test_enter_and_a_on_the_number_of_a_group_open_its_open_seat(page: RosterPage, qtbot: QtBot) -> None:
    page.board.choose(0, 3)
    qtbot.keyClick(page.board, "a")
    qtbot.waitUntil(lambda: isinstance(page.beside.cell.answer, OpenAnswer))
    assert not page.beside.isHidden() and page.beside.tabs.currentIndex() == 0


def test_every_open_seat_that_a_group_counts_is_shown_in_turn(page: RosterPage, qtbot: QtBot) -> None:
    page.beside.show_panel(0)
    roles = []
    for _ in range(2):
        page.beside.rules.go_to_seat.emit("2027-01-05/day/West", ("lead", "responder")[len(roles)], "")
        wanted = page.beside.cell.wanted
        assert isinstance(wanted, SeatWanted)
        roles.append((wanted.shift, wanted.role))
    assert roles == [("2027-01-05/day/West", "lead"), ("2027-01-05/day/West", "responder")]


def test_the_next_problem_keeps_the_panel_of_the_chosen_cell(page: RosterPage) -> None:
    page.beside.show_panel(0)
    page.go_on()
    assert page.beside.tabs.currentIndex() == 0
    page.beside.close_panel()
    page.go_on()
    assert page.beside.tabs.currentIndex() == 1


def test_problems_are_gone_through_one_by_one(page: RosterPage) -> None:
    page.go_on()
    first = page.board.currentIndex()
    assert first.isValid()
    page.go_on()
    page.go_back()
    assert page.board.currentIndex() == first


def test_a_plan_is_shown_and_not_edited_until_it_is_applied(page: RosterPage, qtbot: QtBot) -> None:
    failed: list[str] = []
    page.desk.failed.connect(failed.append)
    told: list[Board | None] = []
    page.desk.previewed.connect(told.append)
    page.drawer.preview.emit((Difference("V04", NIGHT, "responder", True, "draft"),))
    assert told == [page.board.board] and told[0] is not page.desk.board
    page.go_to("V04", NIGHT)
    assert page.board.place_at() is not None
    qtbot.keyClick(page.board, "l")
    assert failed == ["This is a plan that is not applied yet. Apply it or discard it first."]
    plan = page.board.board
    page.hide()
    page.show()
    assert told[1:] == [None, plan], "other views show the roster as it is written"
    page.drawer.preview.emit(())
    page.go_to("V04", "")
    assert page.board.board is page.desk.board
    assert told[-1] is None


def test_another_month_shows_its_own_roster_while_a_plan_waits(page: RosterPage, qtbot: QtBot) -> None:
    page.drawer.preview.emit((Difference("V04", NIGHT, "responder", True, "draft"),))
    with qtbot.waitSignal(page.desk.board_changed):
        page.desk.set_month("2027-02")
    assert page.board.board is page.desk.board
    assert page.banner.words.text() == "Nobody is on call in February 2027 yet."
    with qtbot.waitSignal(page.desk.board_changed):
        page.desk.set_month("2027-01")
    assert page.board.board is not None
    assert ("V04", NIGHT) in {place.key for place in page.board.board.places}
    assert page.banner.isHidden()


def test_links_lead_to_dates_people_and_shifts(page: RosterPage) -> None:
    page.show_what(dt.date(2027, 1, 20))
    assert page.board.sheet is not None
    assert page.board.sheet.board.columns[page.board.currentIndex().column()].date == dt.date(2027, 1, 20)
    page.show_what("V08")
    row = page.board.row_at()
    assert row is not None and row.key == "person/V08"
    page.show_what(("V00", NIGHT))
    assert page.board.place_at() is not None


def test_every_act_is_offered_to_the_finder(page: RosterPage) -> None:
    offered = {action.text(): action.shortcut().toString() for action in page.commands()}
    assert offered["Assign…"] == "A" and offered["Swap"] == "S" and offered["Lock or unlock"] == "L"
    assert offered["People x days or shifts x areas"] == "Ctrl+T"
    assert offered["Go to today"] == "Ctrl+Home"


def test_folds_are_remembered(page: RosterPage, look: Look) -> None:
    page.board.fold(0)
    stored = QSettings(page.desk.settings.fileName(), QSettings.Format.IniFormat)
    page.desk.settings.sync()
    assert stored.value("roster/folds", [], type=list) == ["Central"]
    again = RosterPage(page.desk, look)
    assert again.board.folds == {"Central"}
    again.deleteLater()


def test_another_palette_draws_the_board_anew(page: RosterPage, look: Look) -> None:
    light = page.board.grab().toImage()
    look.choose("dark")
    try:
        assert page.board.grab().toImage() != light
    finally:
        look.choose("light")


def test_escape_on_the_board_closes_the_panel_beside_it(page: RosterPage, qtbot: QtBot) -> None:
    page.show_rules()
    assert page.beside.isVisible()
    page.board.setFocus()
    qtbot.keyClick(page.board, Key.Key_Escape)
    assert not page.beside.isVisible()
