"""The roster board aloud: what every cell says to a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from crt_scheduler import roster
from crt_scheduler.store import open_store
from tests.crt_scheduler.team_build import responder, team
from tests.ui.board_build import shown
from tests.ui.build import NOW, small_team
from ui.desk import Desk
from ui.look import Look

NIGHT = "2027-01-09/night/Valley"


def ana(folder: Path) -> Path:
    """Return records in which Ana, a lead, is on two shifts with too little rest between, told and locked."""
    store = team(folder, now=NOW)
    with store.change("Add people") as session:
        responder(session, "Ana", name="Ana Cano", role="lead", languages=["Spanish"])
        name = roster.shift_name(NIGHT)
        roster.assign(session, name, "Ana")
        roster.promise(session, name, "Ana", "told")
        roster.lock(session, name, "Ana")
        roster.assign(session, roster.shift_name("2027-01-09/day/Valley"), "Ana")
    store.close()
    return store.path


def test_a_cell_speaks_person_date_shift_area_seat_state_and_broken_rules(
    qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]
) -> None:
    board = shown(qtbot, desk_on(ana(tmp_path)), look)
    row, column = board.at("Ana", NIGHT)
    table = QAccessible.queryAccessibleInterface(board.view)
    across = board.view.sheets.columnCount() + 1  # heads are children too, those of a row before its cells
    assert table.childCount() == across * (board.view.sheets.rowCount() + 1)
    words = table.child((row + 1) * across + column + 1).text(QAccessible.Text.Name)
    assert words.startswith("Ana Cano, Saturday 9 January, night, Valley, lead, told, locked, broken rule: ")
    assert "rest" in words


def test_free_cells_groups_and_heads_speak_too(
    qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]
) -> None:
    view = shown(qtbot, desk_on(ana(tmp_path)), look).view
    sheet = view.sheet
    assert sheet is not None
    speak = Qt.ItemDataRole.AccessibleTextRole
    person, column = sheet.row_of["person/Ana"], sheet.column_of("2027-01-18/day")
    assert view.sheets.index(person, column).data(speak) == "Ana Cano, Monday 18 January, day, holiday, free"
    group = view.sheets.index(sheet.row_of["group/Valley"], column).data(speak)
    assert group.startswith("Valley, Monday 18 January, day, holiday, ") and group.endswith(" open seats")
    head = view.sheets.headerData(person, Qt.Orientation.Vertical, speak)
    assert head.startswith("Ana Cano, Lead, Valley, Spanish\n24:00 on call this month; target 36:00")
    assert "open seats" in view.sheets.headerData(0, Qt.Orientation.Horizontal, speak)


def test_an_open_seat_of_the_areas_board_speaks(
    qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]
) -> None:
    view = shown(qtbot, desk_on(ana(tmp_path)), look).view
    view.set_by_area(True)
    sheet = view.sheet
    assert sheet is not None
    row, column = sheet.row_of["seat/Valley/responder//0"], sheet.column_of(NIGHT)
    words = view.sheets.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Valley, second, Saturday 9 January, night, open"
    lead = view.sheets.index(sheet.row_of["seat/Valley/lead//0"], column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert lead.startswith("Ana Cano, Saturday 9 January, night, Valley, lead, told, locked")


def test_hours_at_the_ceiling_are_said_in_words(
    qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]
) -> None:
    path = small_team(tmp_path, *((f"2027-01-{day:02d}/day/Central", "V00") for day in (2, 9, 16, 23)))
    view = shown(qtbot, desk_on(path), look).view
    sheet = view.sheet
    assert sheet is not None
    tip = view.sheets.headerData(sheet.row_of["person/V00"], Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert "48:00 on call this month" in tip and "No more fit under the ceiling." in tip


def test_the_records_agree_with_what_is_spoken(tmp_path: Path) -> None:
    store = open_store(str(ana(tmp_path)), who="coordinator", now=NOW)
    with store.read() as session:
        assert [row.state for row in roster.month_rows(session, "2027-01")] == ["draft", "told"]
    store.close()
