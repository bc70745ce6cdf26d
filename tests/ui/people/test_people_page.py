"""The People view: finding, editing in place, what is refused stays, and a person's page."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people.many_people import Change
from crt_scheduler.store import open_store
from tests.crt_scheduler.team_build import credential, team
from tests.ui.build import NOW, city_people, picture, small_team
from ui.desk import Desk
from ui.list_model import ROW
from ui.look import Look
from ui.people.details import Details
from ui.people.many_menu import many_menu
from ui.people.page import PeoplePage
from ui.people.people_columns import COLUMNS
from ui.people.person_record import HistorySection

Open = Callable[..., Desk]
Show = Callable[[Path], PeoplePage]


@pytest.fixture
def show(qtbot: QtBot, look: Look, desk_on: Open) -> Show:
    """Show the People view of a file of records, with somebody's page read."""

    def begin(path: Path) -> PeoplePage:
        page = PeoplePage(desk_on(path), look)
        qtbot.addWidget(page)
        page.resize(1376, 820)
        page.show()
        qtbot.waitUntil(lambda: page.panel.page is not None)
        return page

    return begin


def edit(page: PeoplePage, code: str, column: str) -> QLineEdit | QComboBox:
    """Open the editor of a person's cell."""
    row = page.table.people.row_of(code)
    index = page.table.filtered.mapFromSource(page.table.people.index(row, COLUMNS.index(column)))
    page.table.setCurrentIndex(index)
    page.table.edit(index)
    found = page.table.viewport().findChild(QComboBox) or page.table.viewport().findChild(QLineEdit)
    assert isinstance(found, QLineEdit | QComboBox)
    return found


def put(qtbot: QtBot, page: PeoplePage, code: str, column: str, text: str) -> QLineEdit:
    """Type a text into a person's cell and confirm it."""
    editor = edit(page, code, column)
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    return editor


def shown(page: PeoplePage, code: str, column: str) -> str:
    """Return what a person's cell shows."""
    people = page.table.people
    return str(people.index(people.row_of(code), COLUMNS.index(column)).data())


def test_everyone_is_listed_with_hours_against_the_promise_and_what_expires_first(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    path = small_team(tmp_path, ("2027-01-09/night/Central", "V00"))
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.change("Credentials") as session:
        credential(session, "V00", "Insurance", dt.date(2027, 1, 4))
        credential(session, "V01", "Academy", dt.date(2026, 12, 12))
    store.close()
    page = show(path)
    assert page.table.filtered.rowCount() == 10
    assert shown(page, "V00", "hours") == "12:00 of 36:00"
    assert shown(page, "V00", "expires") == "20 days left, Insurance"
    assert shown(page, "V01", "expires") == "expired 3 days ago, Academy"
    assert "2 credentials to renew" in page.list.count.text()
    page.table.choose("V01")
    qtbot.waitUntil(lambda: page.panel.page is not None and page.panel.page.line.id == "V01")
    assert page.panel.credentials.rows.rows[0][1][2].words == "expired 3 days ago"
    assert page.panel.credentials.off.text().startswith("Person 01 is off shifts from 13 Dec 2026")


def test_the_list_is_narrowed_by_text_area_role_and_expiry(tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    page.bar.text.setText("person 03")
    assert page.table.filtered.rowCount() == 1
    assert page.list.count.text() == "1 of 10 people"
    page.bar.text.setText("")
    page.bar.boxes["area"].setCurrentIndex(page.bar.boxes["area"].findData("South"))
    page.bar.boxes["role"].setCurrentIndex(page.bar.boxes["role"].findData("lead"))
    assert page.table.filtered.rowCount() == 0
    page.list.clear_button.click()
    assert page.table.filtered.rowCount() == 10
    page.bar.boxes["status"].setCurrentIndex(page.bar.boxes["status"].findData("expiring"))
    assert page.table.filtered.rowCount() == 0


def test_an_edit_in_place_is_one_act_and_undo_takes_it_back(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    put(qtbot, page, "V02", "phone", "213 555 0199")
    qtbot.waitUntil(lambda: shown(page, "V02", "phone") == "(213) 555-0199")
    assert page.desk.undo_words == "Person 02: phone changed", "a contact is not in the status bar"
    page.desk.undo()
    qtbot.waitUntil(lambda: shown(page, "V02", "phone") == "(213) 555-0100")


def test_a_name_of_any_script_is_kept(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    for code, name in (("V01", "Անի Պետրոսյան"), ("V02", "김민수")):
        put(qtbot, page, code, "name", name)
        qtbot.waitUntil(lambda code=code, name=name: shown(page, code, "name") == name)


def test_a_refused_text_stays_in_its_editor_with_the_sentence_below(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    editor = put(qtbot, page, "V01", "phone", "12")
    bubble = page.table.itemDelegate().bubble  # type: ignore[attr-defined]
    qtbot.waitUntil(bubble.isVisible)
    assert editor.isVisible()
    assert bubble.words.text() == "Phone “12” has too few or too many digits; write it with its area code."
    assert editor.accessibleDescription() == bubble.words.text()
    page.table.choose("V05")
    store = open_store(str(page.desk.path), who="another", now=NOW)
    with store.change("Elsewhere") as session:
        people_acts.set_field(session, "V01", "email", "new@example.org", now=NOW)
    store.close()
    page.desk.look_again()
    qtbot.waitUntil(lambda: shown(page, "V01", "email") == "new@example.org")
    assert editor.isVisible() and editor.text() == "12"
    editor.setText("213-555-0111")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page, "V01", "phone") == "(213) 555-0111")
    assert not bubble.isVisible()


def test_escape_gives_a_refused_text_up(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    editor = put(qtbot, page, "V01", "email", "nobody")
    qtbot.waitUntil(page.table.itemDelegate().bubble.isVisible)  # type: ignore[attr-defined]
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.table.viewport().findChild(QLineEdit) is None)
    assert shown(page, "V01", "email") == "v01@example.org"


@pytest.mark.usefixtures("short_of_patience")
def test_another_program_that_writes_is_named_and_what_was_typed_stays(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    page = show(small_team(tmp_path))
    with closing(sqlite3.connect(page.desk.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        editor = put(qtbot, page, "V01", "name", "Ana Cano")
        bubble = page.table.itemDelegate().bubble  # type: ignore[attr-defined]
        qtbot.waitUntil(bubble.isVisible)
        assert bubble.words.text().startswith("Another program is writing to the records. Wait a moment")
        assert editor.isVisible() and editor.text() == "Ana Cano"
        other.execute("ROLLBACK")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page, "V01", "name") == "Ana Cano")


def test_a_role_is_chosen_from_those_there_are(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    box = edit(page, "V01", "role")
    assert isinstance(box, QComboBox)
    assert [box.itemData(n) for n in range(box.count())] == ["lead", "responder", "trainee"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    qtbot.waitUntil(lambda: shown(page, "V01", "role") == "Trainee")


def test_a_detail_that_is_refused_stays_typed_even_after_another_person_was_shown(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    page = show(small_team(tmp_path))
    page.table.choose("V01")
    details = page.panel.details
    qtbot.waitUntil(lambda: details.page is not None and details.page.line.id == "V01")
    details.fields.show("joined", "2027-02-30")
    details.keep("joined")
    assert "no day of the calendar" in details.fields.framed["joined"].widget.accessibleDescription()
    page.table.choose("V02")
    qtbot.waitUntil(lambda: details.page is not None and details.page.line.id == "V02")
    assert details.fields.text("joined") == "2020-01-01"
    page.table.choose("V01")
    qtbot.waitUntil(lambda: details.page is not None and details.page.line.id == "V01")
    assert details.fields.text("joined") == "2027-02-30"
    details.fields.show("joined", "2024-02-29")
    details.keep("joined")
    assert details.fields.widgets["joined"].accessibleDescription() == ""
    assert details.drafts == {}


def test_languages_are_chips_that_come_and_go(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    code = page.table.chosen
    chips = page.panel.details.fields.widgets["languages"]
    chips.line.setText("korean")  # type: ignore[attr-defined]
    qtbot.keyClick(chips.line, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: shown(page, code, "languages") == "Korean")
    qtbot.keyClick(chips.line, Qt.Key.Key_Backspace)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: shown(page, code, "languages") == "")


def test_a_credential_is_dated_added_and_removed_on_the_page(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    part = page.panel.credentials
    part.kind.setCurrentIndex(part.kind.findText("Insurance"))
    part.until.setText("next year")
    part.add()
    assert "is not a date" in part.until.accessibleDescription()
    part.until.setText("2027-01-01")
    part.add()
    qtbot.waitUntil(lambda: len(part.rows.rows) == 1)
    assert part.rows.rows[0][1][2].words == "17 days left"
    assert part.rows.rows[0][1][2].colour == "warning"
    assert part.keep(part.rows.index(0, 1), "2028-02-29") == ""
    qtbot.waitUntil(lambda: part.rows.rows[0][1][1].words == "29 Feb 2028")
    part.table.setCurrentIndex(part.rows.index(0, 0))
    part.remove()
    qtbot.waitUntil(lambda: not part.rows.rows)


def test_a_person_is_added_and_shown(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    page.add_person()
    form = page.newcomer
    form.fields.show("phone", "12")
    form.add()
    assert form.count.text() == "2 fields to correct"
    assert form.fields.text("phone") == "12"
    form.fields.show("name", "Ana Cano")
    form.fields.show("phone", "213-555-0144")
    form.add()
    qtbot.waitUntil(lambda: page.panel.name.text() == "Ana Cano")
    assert page.table.chosen == "V10"
    assert page.side.currentWidget() is page.panel


def test_a_link_shows_a_person_whatever_is_filtered(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    page.bar.text.setText("nobody at all")
    page.show_what("V07")
    qtbot.waitUntil(lambda: page.panel.name.text() == "Person 07")
    assert page.bar.text.text() == ""


def test_an_empty_team_says_what_to_do(qtbot: QtBot, look: Look, desk_on: Open, tmp_path: Path) -> None:
    store = team(tmp_path, now=NOW)
    store.close()
    page = PeoplePage(desk_on(store.path), look)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page._state.button.text() == "Import…")
    assert page._state.words.text().startswith("Nobody is on the team yet.")


def test_the_history_names_what_was_done_to_the_person(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    put(qtbot, page, "V00", "email", "zero@example.org")
    qtbot.waitUntil(lambda: len(page.panel.history.rows.rows) == 2)
    assert [cells[2].words for _, cells in page.panel.history.rows.rows] == [
        "Email changed",
        "Add people",
    ]


def test_cells_say_whose_they_are_to_a_screen_reader(tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    people = page.table.people
    role = Qt.ItemDataRole.AccessibleTextRole
    assert people.index(0, COLUMNS.index("home_area")).data(role) == "Person 00, Area: Central"
    assert QAccessible.queryAccessibleInterface(page.table) is not None


def test_the_whole_city_is_listed_those_first_whose_credentials_end(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(city_people(tmp_path))
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 290)
    page.table.sortByColumn(COLUMNS.index("expires"), Qt.SortOrder.AscendingOrder)
    first = page.table.filtered.index(0, COLUMNS.index("expires")).data()
    assert "expired" in first or "days left" in first
    picture(page, "people")


def test_the_list_keeps_its_order_and_the_chosen_person_when_somebody_is_renamed_added_or_gone(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    page = show(small_team(tmp_path))
    model, column = page.table.people, COLUMNS.index("name")
    page.table.choose("V02")
    page.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert [line.id for line in model.rows][:3] == ["V09", "V08", "V07"]
    lines = {line.id: line for line in model.rows}
    del lines["V05"]
    new = replace(lines["V03"], id="V99", name="Zoe Last")
    changed = {**lines, "V02": replace(lines["V02"], name="Zoe Before"), "V99": new}
    model.fill([changed[code] for code in sorted(changed)])
    shown_ids = [page.table.filtered.index(row, 0).data(ROW).id for row in range(page.table.filtered.rowCount())]
    assert shown_ids == ["V99", "V02", "V09", "V08", "V07", "V06", "V04", "V03", "V01", "V00"]
    assert page.table.chosen == "V02", "the chosen row goes with its person"


def test_what_is_out_of_sight_is_made_when_it_is_asked_for_and_shows_the_person_on_view(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    page = show(small_team(tmp_path))
    panel = page.panel
    assert not page.findChildren(Details) and not page.findChildren(HistorySection), "nobody has looked at them yet"
    page.table.choose("V03")
    qtbot.waitUntil(lambda: panel.page is not None and panel.page.line.id == "V03")
    panel.tabs.setCurrentIndex(1)
    assert panel.details.fields.text("name") == "Person 03"
    panel.tabs.setCurrentIndex(3)
    assert panel.history.reading.isVisibleTo(panel.history), "it says that it is being read"
    qtbot.waitUntil(lambda: panel.history.reading.isHidden())
    page.table.choose("V04")
    qtbot.waitUntil(lambda: panel.page is not None and panel.page.line.id == "V04")
    assert panel.details.fields.text("name") == "Person 04"


def choose_many(page: PeoplePage, *codes: str) -> None:
    """Choose people's rows as Ctrl and clicks do."""
    page.table.choose(codes[0])
    for code in codes[1:]:
        row = page.table.people.row_of(code)
        place = page.table.filtered.mapFromSource(page.table.people.index(row, 0))
        rect = page.table.visualRect(place)
        QTest.mouseClick(
            page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, rect.center()
        )


def test_many_are_chosen_and_changed_as_one_act_with_a_sentence_before(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    page = show(small_team(tmp_path))
    bar = page.list.many
    assert bar.isHidden()
    choose_many(page, "V01", "V02", "V03")
    assert bar.isVisible() and bar.count.text() == "3 people chosen"
    bar.field.setCurrentIndex(bar.field.findData("role"))
    bar.choice.setCurrentIndex(bar.choice.findData("lead"))
    qtbot.waitUntil(lambda: bar.preview is not None and bar.preview.label.endswith("to lead"))
    changed = len(bar.preview.changed) if bar.preview else 0
    assert bar.words.text().startswith(f"Changes {changed} of 3 people.")
    assert bar.do_button.text() == f"Change {changed} of 3 people"
    bar.do_button.click()
    qtbot.waitUntil(lambda: {shown(page, code, "role") for code in ("V01", "V02", "V03")} == {"Lead"})
    assert page.desk.undo_words == f"Set role of {changed} people to lead"
    assert page.table.all_chosen == ("V01", "V02", "V03"), "they stay chosen for the next change"
    qtbot.waitUntil(lambda: bar.do_button.text() == "Nothing to change")
    page.desk.undo()
    qtbot.waitUntil(lambda: {shown(page, code, "role") for code in ("V01", "V02", "V03")} != {"Lead"})


def test_everybody_is_chosen_and_changed_by_keys_alone(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    bar = page.list.many
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert bar.count.text() == "10 people chosen"
    page.change_chosen(Change("languages", "", "add"))
    for key in "Tagalog":
        qtbot.keyClick(bar.choice, key)
    qtbot.waitUntil(lambda: bar.preview is not None and bar.do_button.text() == "Change 10 people")
    qtbot.keyClick(bar.choice, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: all("Tagalog" in line.languages for line in page.table.people.rows))
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(bar.isHidden)
    assert len(page.table.all_chosen) == 1


def test_a_leave_has_its_last_day_and_what_cannot_be_is_said_beside_it(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    page = show(small_team(tmp_path))
    bar = page.list.many
    choose_many(page, "V01", "V02")
    page.change_chosen(Change("status", "leave"))
    assert bar.until.isVisible()
    bar.until.setText("soon")
    qtbot.waitUntil(lambda: "soon" in bar.words.text())
    assert not bar.do_button.isEnabled()
    bar.until.setText("2027-01-31")
    qtbot.waitUntil(lambda: bar.do_button.isEnabled())
    qtbot.keyClick(bar.until, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page, "V02", "status") == "On leave until 31 Jan 2027")
    page.change_chosen(Change("credential:Insurance", ""))
    assert not bar.do_button.isEnabled()
    bar.text.setText("forever")
    qtbot.waitUntil(lambda: bar.do_button.isEnabled())
    bar.do()
    assert page.desk.undo_words == "Set Insurance of 2 people to forever"


def test_the_menu_offers_each_field_and_fills_the_bar(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    choose_many(page, "V01", "V02")
    menu = many_menu(page.table, page.choices, 2, page.change_chosen, page.delete_act)
    parts = {action.text(): action.menu() for action in menu.actions()}
    areas = {action.text(): action for action in parts["Home area"].actions()}
    areas["West"].trigger()
    qtbot.waitUntil(lambda: page.list.many.preview is not None)
    assert page.list.many.change == Change("home_area", "West")
    assert page.list.many.preview is not None and page.list.many.preview.label.endswith("to West")
    assert shown(page, "V01", "home_area") != "West" or shown(page, "V02", "home_area") != "West", "not written yet"


def test_who_has_no_history_is_deleted_and_who_has_is_not(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    path = small_team(tmp_path, ("2027-01-09/night/Central", "V00"))
    page = show(path)
    page.table.choose("V00")
    with qtbot.waitSignal(page.desk.failed) as told:
        page.delete_act.trigger()
    assert told.args == ["Person 00 (V00): shifts. Who has history cannot be deleted: set inactive instead."]
    choose_many(page, "V04", "V05")
    page.delete_act.trigger()
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 8)
    page.desk.undo()
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 10)


def test_private_notes_and_next_of_kin_are_kept_in_the_details_and_named_in_no_label(
    qtbot: QtBot, tmp_path: Path, show: Show
) -> None:
    page = show(small_team(tmp_path))
    page.table.choose("V01")
    qtbot.waitUntil(lambda: page.panel.page is not None and page.panel.page.line.id == "V01")
    page.panel.tabs.setCurrentIndex(1)
    details = page.panel.details
    for field, text in (
        ("notes", "Two lines\nof notes"), ("next_of_kin", "Rex Moss"), ("next_of_kin_phone", "213 555 0146"),
        ("phone_2", "213 555 0147"),
    ):  # fmt: skip
        details.fields.show(field, text)
        details.keep(field)
        assert page.desk.undo_words.endswith("changed") and text not in page.desk.undo_words
    details.fields.show("shifts_a_month", "1-2")
    details.keep("shifts_a_month")
    qtbot.waitUntil(lambda: page.panel.page is not None and page.panel.page.line.shifts_a_month == "1-2")
    line = page.panel.page.line if page.panel.page else None
    assert line is not None
    assert (line.notes, line.next_of_kin) == ("Two lines\nof notes", "Rex Moss")
    assert (line.next_of_kin_phone, line.phone_2) == ("+12135550146", "+12135550147")
    assert "wishes for 1-2 shifts a month" in page.panel.hours.owed.text()


def test_a_value_chosen_in_the_menu_is_confirmed_with_return(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    bar = page.list.many
    choose_many(page, "V01", "V02")
    page.change_chosen(Change("role", "trainee"))
    qtbot.waitUntil(lambda: bar.preview is not None)
    qtbot.keyClick(bar.choice, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page, "V01", "role") == shown(page, "V02", "role") == "Trainee")
    assert page.desk.undo_words == "Set role of 2 people to trainee"


def test_the_menu_of_those_chosen_opens_by_key_too(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    page.table.choose("V01")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    with qtbot.waitSignal(page.table.menu_wanted):
        QApplication.sendEvent(page.table.viewport(), event)
    assert page.menu.isVisible() and page.menu.accessibleName() == "1 person chosen"
    page.menu.close()


def test_a_change_is_never_made_by_the_sentence_of_another(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    bar = page.list.many
    choose_many(page, "V01", "V02")
    page.change_chosen(Change("role", "trainee"))
    qtbot.waitUntil(lambda: bar.preview is not None)
    bar.choice.setCurrentIndex(bar.choice.findData("lead"))
    before = page.desk.undo_words
    bar.do()
    assert page.desk.undo_words == before, "its own sentence has not been seen"
    qtbot.waitUntil(lambda: bar.preview is not None)
    bar.do()
    assert page.desk.undo_words.endswith("to lead")


def test_a_person_found_while_ctrl_is_held_is_the_only_one_chosen(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    choose_many(page, "V01", "V02")
    QTest.keyPress(page.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    page.show_what("V02")
    assert page.table.all_chosen == ("V02",)
    QTest.keyRelease(page.table, Qt.Key.Key_Control)


def test_an_arrow_in_a_cell_of_choices_opens_them_and_takes_none(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    page = show(small_team(tmp_path))
    before = shown(page, "V01", "role")
    box = edit(page, "V01", "role")
    assert isinstance(box, QComboBox)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(box.view().isVisible)
    assert shown(page, "V01", "role") == before
    qtbot.keyClick(box.view(), Qt.Key.Key_Escape)
    assert shown(page, "V01", "role") == before
