"""The Hours page: the ledger and its totals, approval in bulk, logging, the promise, and sheets out and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from crt_scheduler import sheets as tables
from crt_scheduler.hours import hours_ledger
from crt_scheduler.hours.ledger_values import EntryRow
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.store import open_store
from tests.crt_scheduler.hours_build import fill_in, logged
from tests.ui.build import deed, picture, settle, small_team
from tests.ui.test_accessibility import round_by_tab, unnamed
from ui.desk import Desk
from ui.hours.page import HoursPage
from ui.look import Look
from ui.window import Window

NOW = dt.datetime(2027, 1, 20, 17, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small team with a day and a night on call in January, and three entries."""
    found = small_team(tmp_path, ("2027-01-09/day/Valley", "V03"), ("2027-01-29/night/Valley", "V03"))
    store = open_store(str(found), who="coordinator", now=NOW)
    with store.change("Log hours") as session:
        logged(session, "V01", "meeting", NOW, date="2027-01-10", start="18:00", end="20:00")
        logged(session, "V02", "office", NOW, date="2027-01-11", minutes="90")
        logged(session, "V03", "response", NOW, date="2027-01-09", start="12:00", end="14:30")
    store.close()
    return found


@pytest.fixture
def page_on(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk]) -> Callable[[Path], HoursPage]:
    """Open the page on a file of records."""

    def begin(records: Path) -> HoursPage:
        page = HoursPage(desk_on(records, now=NOW), look)
        qtbot.addWidget(page)
        page.resize(1360, 820)
        page.show()
        settle(qtbot, page.desk)
        return page

    return begin


def entries(page: HoursPage) -> tuple[EntryRow, ...]:
    return page.desk.read(lambda session: hours_ledger.rows(session))


def test_totals_keep_on_call_and_response_apart(page_on: Callable[[Path], HoursPage], path: Path) -> None:
    page = page_on(path)
    numbers = {name: words.text() for name, words in page.figures.numbers.items()}
    assert numbers == {"on_call": "12:00", "calls": "2:30", "other": "3:30", "logged": "6:00"}
    assert "24:00 rostered" in page.figures.notes["on_call"].text()
    assert "15:30 in all" in page.figures.notes["logged"].text()
    picture(page, "hours")


def test_the_ledger_narrows_by_kind_state_and_words(page_on: Callable[[Path], HoursPage], path: Path) -> None:
    page = page_on(path)
    assert page.panel.count.text() == "3 entries"
    page.panel.kind.setCurrentIndex(page.panel.kind.findData("office"))
    assert [row.person for row in page.table.wanted.rows()] == ["V02"]
    assert page.panel.count.text() == "1 of 3 entries"
    page.panel.kind.setCurrentIndex(0)
    page.panel.text.setText("person 03")
    assert [row.kind for row in page.table.wanted.rows()] == ["response"]


def test_approving_by_keyboard_is_one_act_and_one_undo(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path
) -> None:
    page = page_on(path)
    assert page.approve_button.text() == "Approve 3 entries"
    page.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert {row.state for row in entries(page)} == {"approved"}
    assert page.desk.undo_words == "Approve 3 entries"
    settle(qtbot, page.desk)
    assert not page.approve_button.isEnabled()
    page.desk.undo()
    assert {row.state for row in entries(page)} == {"logged"}


def test_only_what_is_chosen_is_approved_and_an_approval_can_be_taken_back(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path
) -> None:
    page = page_on(path)
    office = next(row for row in entries(page) if row.kind == "office")
    page.table.choose({office.id})
    assert page.approve_button.text() == "Approve 1 entry"
    page.approve()
    settle(qtbot, page.desk)
    assert [row.id for row in entries(page) if row.state == "approved"] == [office.id]
    assert [row.id for row in page.table.chosen] == [office.id]
    failed: list[str] = []
    page.desk.failed.connect(failed.append)
    page.remove()
    assert "Take their approval back" in failed[0]
    page.unapprove()
    settle(qtbot, page.desk)
    page.remove()
    assert office.id not in [row.id for row in entries(page)]


def test_a_form_says_beside_each_field_what_is_wrong_and_then_logs(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path
) -> None:
    page = page_on(path)
    form = page.form
    form.log()
    assert "whose hours" in form.person.accessibleDescription()
    form.person.setCurrentIndex(form.person.findData("V01"))
    form.lines["date"].setText("2027-01-10")
    form.lines["start"].setText("19:00")
    form.lines["end"].setText("half past")
    form.log()
    assert "not a time" in form.lines["end"].accessibleDescription()
    form.lines["end"].setText("19:30")
    form.log()
    assert "18:00 to 20:00 already" in form.lines["start"].accessibleDescription()
    form.lines["start"].setText("20:00")
    form.lines["end"].setText("21:15")
    form.log()
    assert len(entries(page)) == 4
    assert page.desk.undo_words == "Log hours of Person 01: meeting, 1:15 on 10 Jan"
    settle(qtbot, page.desk)
    assert [row.minutes for row in page.table.chosen] == [75]


def test_a_person_may_be_named_by_id(qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path) -> None:
    form = page_on(path).form
    form.person.setEditText("V05")
    assert form.code == "V05"
    form.lines["minutes"].setText("30")
    form.log()
    assert form.lines["minutes"].text() == ""
    form.person.setEditText("Nobody")
    form.lines["minutes"].setText("30")
    form.log()
    assert "Nobody on the team is called Nobody. Choose a name" in form.person.accessibleDescription()


def test_the_promise_says_who_will_miss_by_how_much(page_on: Callable[[Path], HoursPage], path: Path) -> None:
    page = page_on(path)
    page.show_what("promise")
    assert page.promise.words.text() == "10 people will miss the promise"
    assert page.tabs.tabText(1) == "Promise (10 short)"
    words = {pace.person: page.promise.model.index(n, 6).data() for n, pace in enumerate(page.promise.model.rows)}
    assert words["V03"] == "will miss by 12 h unless one more shift of 12 h is taken"
    picture(page, "hours-promise")
    asked: list[tuple[str, object]] = []
    page.go.connect(lambda place, what: asked.append((place, what)))
    page.promise.table.activated.emit(page.promise.model.index(0, 0))
    assert asked == [("people", page.promise.model.rows[0].person)]


def test_sheets_go_out_and_come_back_looked_over_first(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path, tmp_path: Path
) -> None:
    page, folder = page_on(path), tmp_path / "sheets"
    page.show_what("sheets")
    page.sheets.write_hours(folder)
    settle(qtbot, page.desk)
    assert len(list(folder.iterdir())) == 10
    fill_in(folder / "hours-2027-01-V01.xlsx", "", kind="event", date="2027-01-12", minutes="60")
    fill_in(folder / "hours-2027-01-V02.xlsx", "", kind="event", date="2027-01-12", start="10:00")
    page.sheets.look_at_hours(folder)
    settle(qtbot, page.desk)
    assert page.sheets.model.index(0, 0).data() == "Left out"
    assert page.sheets.model.index(0, 3).data() == "Give the end too, or the minutes."
    assert page.sheets.take_button.text() == "Take 1 line without 1 bad"
    assert len(entries(page)) == 3
    picture(page, "hours-sheets")
    page.sheets.take()
    settle(qtbot, page.desk)
    assert len(entries(page)) == 4
    assert page.sheets.take_button.isHidden()


def test_offers_of_next_month_become_wishes(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path, tmp_path: Path
) -> None:
    page, folder = page_on(path), tmp_path / "offers"
    page.sheets.write_offers(folder)
    settle(qtbot, page.desk)
    sheet = folder / "availability-2027-02-V01.xlsx"
    found = tables.read(sheet)
    lines = [dict(row.cells) for row in found.rows]
    lines[0]["grade"] = "wants"
    tables.write(sheet, found.header, [[line[name] for name in found.header] for line in lines])
    page.sheets.look_at_offers(folder)
    settle(qtbot, page.desk)
    page.sheets.take()
    settle(qtbot, page.desk)
    assert page.desk.undo_words == "Read availability from offers"
    page.sheets.look_at_hours(tmp_path / "nowhere")
    settle(qtbot, page.desk)
    assert "There is no file" in page.sheets.fault.text() and not page.sheets.fault.isHidden()


def test_what_is_shown_is_saved_and_nothing_else(
    page_on: Callable[[Path], HoursPage], path: Path, tmp_path: Path
) -> None:
    page = page_on(path)
    page.panel.text.setText("V01")
    for name in ("hours.csv", "hours.xlsx"):
        page.save(tmp_path / name)
        rows = tables.read(tmp_path / name).rows
        assert [(row.cells["person"], row.cells["minutes"]) for row in rows] == [("V01", "120")]
        assert "+1213" not in str(rows[0].cells)


def test_a_team_without_people_is_told_so_and_a_fault_offers_to_try_again(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    page = page_on(small_team(tmp_path / "empty", people=0))
    assert "Nobody is on the team" in page._state.words.text()
    page._not_read("The records cannot be read. Try again.")
    assert page._state.button.text() == "Try again"


def test_a_month_without_hours_says_where_the_latest_are(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path
) -> None:
    page = page_on(path)
    page.desk.set_month("2027-03")
    settle(qtbot, page.desk)
    assert "No hours are logged in March 2027 yet" in page.panel.note.text()
    page.panel.go_button.click()
    settle(qtbot, page.desk)
    assert page.desk.month == "2027-01" and page.panel.nothing.isHidden()
    assert page.panel.count.text() == "3 entries"


def test_every_act_is_offered_to_the_finder(page_on: Callable[[Path], HoursPage], path: Path) -> None:
    acts = page_on(path).commands()
    assert all(isinstance(act, QAction) and act.text() for act in acts)
    assert len({act.text() for act in acts}) == len(acts)


@pytest.mark.parametrize("part", ["ledger", "promise", "sheets"])
def test_tab_goes_round_each_part_and_every_control_has_a_name(
    qtbot: QtBot, window_on: Callable[..., Window], path: Path, part: str
) -> None:
    window = window_on(path)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("hours", part)
    settle(qtbot, window.desk)
    window.head.programme.setFocus()
    stops = round_by_tab()
    assert unnamed(stops) == []
    assert len(stops) > 12
    picture(window, f"hours-window-{part}")


def test_a_name_is_enough_and_accents_are_not_asked_for(
    qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path
) -> None:
    page = page_on(path)
    page.desk.do(deed("Rename", people_acts.set_field, "V05", "name", "Begoña Ibáñez", now=NOW))
    settle(qtbot, page.desk)
    for typed in ("Begoña Ibáñez", "begona ibanez", "v05", "bego"):
        page.form.person.setEditText(typed)
        assert page.form.code == "V05", typed
    page.form.person.setEditText("Person")
    page.form.lines["minutes"].setText("30")
    page.form.log()
    assert "people are called Person…. Choose one from the list." in page.form.person.accessibleDescription()


def test_approve_says_how_many_of_those_on_view(qtbot: QtBot, page_on: Callable[[Path], HoursPage], path: Path) -> None:
    page = page_on(path)
    page.panel.kind.setCurrentIndex(page.panel.kind.findData("office"))
    assert page.approve_button.text() == "Approve 1 entry"
    page.panel.text.setText("nobody is called so")
    assert not page.approve_button.isEnabled()
    assert page.panel.note.text() == "No entry fits what is asked for."
    page.panel.text.clear()
    assert page.panel.nothing.isHidden()
