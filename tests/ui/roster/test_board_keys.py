"""The roster board by keyboard: every act is one undo, and what cannot be is said in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crt_scheduler import roster
from crt_scheduler.store import open_store
from tests.crt_scheduler.team_build import responder
from tests.ui.board_build import Shown, shown
from tests.ui.build import NOW, assign, small_team
from ui.desk import Desk
from ui.look import Look

NIGHT, NEXT = "2027-01-09/night/Central", "2027-01-12/night/Central"
SOUTH = "2027-01-11/day/South"
Key, Keys = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def team(qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]) -> Shown:
    path = small_team(tmp_path, (NIGHT, "V00"), (SOUTH, "V01"), ("2027-01-11/day/Central", "V04"))
    return shown(qtbot, desk_on(path), look)


def test_a_offers_shifts_with_open_seats_first_and_enter_takes_the_home_area(team: Shown) -> None:
    team.choose("V00", NEXT)
    team.press("a")
    menu = team.actions.menu
    assert menu is not None and menu.activeAction().text() == "Central, lead seat"
    team.qtbot.keyClick(menu, Key.Key_Return)
    assert team.on(NEXT) == ["V00"]
    assert team.view.place_at() is not None
    assert team.said[-1] == "Assign Person 00, Central, night, 12 Jan."
    team.desk.undo()
    assert team.on(NEXT) == []


def test_enter_drops_what_m_picked_up_and_undo_puts_it_back(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("m")
    for _ in range(6):
        team.key(Key.Key_Right)
    team.key(Key.Key_Return)
    assert team.on(NEXT) == ["V00"] and team.on(NIGHT) == []
    assert team.view.hand.held is None
    team.desk.undo()
    assert team.on(NIGHT) == ["V00"]


def test_escape_puts_back_what_was_picked_up(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("m")
    team.key(Key.Key_Right)
    team.key(Key.Key_Escape)
    assert team.view.hand.held is None
    team.key(Key.Key_Return)
    assert team.on(NIGHT) == ["V00"]


def test_a_chip_dropped_on_another_persons_row_in_its_column_is_handed_over(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("m")
    team.view.choose(*team.at("V04", NIGHT))
    team.key(Key.Key_Return)
    assert team.on(NIGHT) == ["V04"]
    assert team.desk.undo_words == "Put Person 04 in for Person 00, Central, night, 9 Jan"


def test_a_chip_dropped_elsewhere_stays_and_the_board_says_why(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("m")
    team.view.choose(*team.at("V05", NEXT))
    team.key(Key.Key_Return)
    assert team.on(NIGHT) == ["V00"]
    assert "Person 00's row" in team.failed[-1]


def test_s_swaps_two_people(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("s")
    team.view.choose(*team.at("V01", SOUTH))
    team.key(Key.Key_Return)
    assert (team.on(NIGHT), team.on(SOUTH)) == (["V01"], ["V00"])
    assert team.desk.undo_words == "Swap Person 00 and Person 01, 9 Jan and 11 Jan"
    team.desk.undo()
    assert (team.on(NIGHT), team.on(SOUTH)) == (["V00"], ["V01"])


def test_lock_tell_confirm_and_clear_by_one_key_each(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("t")
    assert team.row(NIGHT, "V00").state == "told"
    team.press("c")
    assert team.row(NIGHT, "V00").state == "confirmed"
    team.press("l")
    assert team.row(NIGHT, "V00").locked
    team.press("l")
    assert not team.row(NIGHT, "V00").locked
    team.key(Key.Key_Delete)
    assert team.on(NIGHT) == []
    for _ in range(5):
        team.desk.undo()
    assert team.row(NIGHT, "V00").state == "draft"


def test_whoever_was_promised_a_shift_that_is_taken_away_is_named_to_be_phoned(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.key(Key.Key_Delete)
    assert "phone" not in team.said[-1], "a draft has been told to nobody"
    team.desk.undo()
    team.settle()
    team.press("t")
    team.key(Key.Key_Delete)
    assert team.said[-1].endswith("Person 00 had been told: phone them.")


def test_a_locked_shift_is_neither_cleared_nor_moved(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("l")
    team.key(Key.Key_Delete)
    assert team.on(NIGHT) == ["V00"]
    assert team.failed[-1] == "This shift is locked. Unlock it to take anyone off it."
    team.press("m")
    assert team.view.hand.held is None
    assert team.failed[-1] == "This shift is locked. Unlock it to move it."


def test_everything_chosen_is_locked_told_and_cleared_as_one_act(team: Shown) -> None:
    team.key(Key.Key_A, Keys.ControlModifier)
    team.press("l")
    assert all(row.locked for row in team.rows())
    assert team.desk.undo_words == "Lock 3 shifts of 3 people"
    team.desk.undo()
    team.settle()
    assert not any(row.locked for row in team.rows())
    team.key(Key.Key_A, Keys.ControlModifier)
    team.key(Key.Key_Delete)
    assert team.rows() == []
    team.desk.undo()
    assert len(team.rows()) == 3


def test_one_locked_shift_among_many_keeps_all_of_them(team: Shown) -> None:
    team.choose("V00", NIGHT)
    team.press("l")
    team.settle()
    team.key(Key.Key_A, Keys.ControlModifier)
    team.key(Key.Key_Delete)
    assert len(team.rows()) == 3


def test_control_and_an_arrow_go_to_the_next_shift(team: Shown) -> None:
    team.view.choose(team.at("V00", NIGHT)[0], 0)
    team.key(Key.Key_Right, Keys.ControlModifier)
    assert (team.view.currentIndex().row(), team.view.currentIndex().column()) == team.at("V00", NIGHT)
    team.key(Key.Key_Home)
    assert team.view.currentIndex().column() == 0
    team.key(Key.Key_End)
    assert team.view.currentIndex().column() == 61


def test_groups_fold_with_left_and_unfold_with_right_and_enter(team: Shown) -> None:
    sheet = team.view.sheet
    assert sheet is not None
    whole = len(sheet.rows)
    team.view.choose(sheet.row_of["group/Central"], 3)
    team.key(Key.Key_Left)
    assert team.view.sheets.rowCount() == whole - 3
    team.key(Key.Key_Right)
    assert team.view.sheets.rowCount() == whole
    team.key(Key.Key_Left)
    assert team.view.currentIndex().column() == 3
    team.key(Key.Key_Return)
    assert team.view.sheets.rowCount() == whole


def test_enter_on_an_unfolded_group_opens_its_open_seat(team: Shown, qtbot: QtBot) -> None:
    assert team.view.sheet is not None
    team.view.choose(team.view.sheet.row_of["group/Central"], 3)
    with qtbot.waitSignal(team.view.opened):
        team.key(Key.Key_Return)


def test_a_duty_of_24_hours_is_one_step_wide_and_moves_by_days(team: Shown) -> None:
    store = open_store(str(team.desk.path), who="another", now=NOW)
    with store.change("Add Cal of the clergy") as session:
        responder(session, "Cal", kind="clergy")
        roster.assign(session, roster.shift_name("2027-01-05/24h/City"), "Cal")
    store.close()
    team.desk.look_again()
    team.settle()
    team.choose("Cal", "2027-01-05/24h/City")
    start = team.view.currentIndex().column()
    team.key(Key.Key_Right)
    assert team.view.currentIndex().column() == start + 2
    team.key(Key.Key_Left)
    assert team.view.place_at() is not None
    team.press("m")
    team.view.choose(team.view.currentIndex().row(), start + 5)
    team.key(Key.Key_Return)
    assert team.on("2027-01-07/24h/City") == ["Cal"]
    assert team.view.currentIndex().column() == start + 5 and team.view.place_at() is not None


def test_an_act_that_breaks_a_rule_is_done_and_the_rule_is_said(team: Shown) -> None:
    team.choose("V00", "2027-01-10/day/Central")
    team.press("a")
    assert team.actions.menu is not None
    team.qtbot.keyClick(team.actions.menu, Key.Key_Return)
    team.settle()
    place = team.view.place_at()
    assert place is not None and place.broken
    assert team.said[-1].startswith("Assign Person 00, Central, day, 10 Jan. ")
    assert place.broken[0] in team.said[-1]


def test_a_change_by_another_program_appears_where_it_is_and_the_choice_stays(team: Shown) -> None:
    team.choose("V04", NIGHT)
    told: list[tuple[int, int]] = []
    team.view.sheets.dataChanged.connect(lambda first, last, roles: told.append((first.row(), first.column())))
    assign(team.desk.path, ("2027-01-20/day/Valley", "V03"))
    team.desk.look_again()
    team.settle()
    assert team.at("V03", "2027-01-20/day/Valley") in told
    assert len(told) < 10
    assert (team.view.currentIndex().row(), team.view.currentIndex().column()) == team.at("V04", NIGHT)
