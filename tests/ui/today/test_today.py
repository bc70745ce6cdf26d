"""The Today page: who is on call, one click to phone, the week by keyboard, what needs care, the first steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import roster
from crt_scheduler.calls import going
from crt_scheduler.care import hard_calls
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import open_store
from tests.crt_scheduler import care_build
from tests.crt_scheduler.team_build import responder, team
from tests.ui.build import NOW, deed, picture
from ui.look import Look
from ui.parts import Button
from ui.today.needs_care_card import CareRow
from ui.today.on_call_card import OpenChip
from ui.today.page import TodayPage
from ui.today.phone import PhoneLink
from ui.today.week_ahead_model import CELL

DAY, NIGHT = "2026-12-15/day/Central", "2026-12-15/night/Central"
Show = Callable[..., TodayPage]


def records(folder: Path, *places: tuple[str, str, str]) -> Path:
    """Return records of a small team with people in several scripts, and places on call in a promise state."""
    store = team(folder, now=NOW)
    with store.change("Add people") as session:
        responder(session, "Kim", name="김민준", role="lead", area="Central")
        responder(session, "Aram", name="Արամ Հակոբյան", area="Central")
        responder(session, "Zoe", name="Zoë Ruiz", area="Central", phone="")
    with store.change("Fill the roster") as session:
        for shift, person, state in places:
            roster.assign(session, roster.shift_name(shift), person).state = state
    store.close()
    return store.path


@pytest.fixture
def show(qtbot: QtBot, look: Look, desk_on: Callable[..., object]) -> Show:
    """Show the page on a file of records; `dialled` of the page holds the numbers that were phoned."""

    def begin(path: Path, now: dt.datetime = NOW) -> TodayPage:
        dialled: list[str] = []
        page = TodayPage(desk_on(path, now=now), look, dial=dialled.append)  # type: ignore[arg-type]
        page.setProperty("dialled", dialled)
        page.dialled = dialled  # type: ignore[attr-defined]
        qtbot.addWidget(page)
        page.resize(1376, 826)
        page.show()
        qtbot.waitUntil(lambda: page.today is not None)
        return page

    return begin


def said(page: TodayPage) -> list[str]:
    """Return the words on the page that can be seen."""
    found = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return found + [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]


def gone(page: TodayPage, qtbot: QtBot, act: Callable[[], object]) -> tuple[str, object]:
    """Return where an act asks the window to go."""
    with qtbot.waitSignal(page.go) as asked:
        act()
    return asked.args[0], asked.args[1]


def test_who_is_on_call_is_seen_in_any_script_with_state_and_role(show: Show, tmp_path: Path) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "confirmed"), (DAY, "Aram", "told"), (NIGHT, "Zoe", "draft")))
    names = [button.accessibleName() for button in page.findChildren(Button) if button.property("kind") == "name"]
    assert "김민준, Lead, confirmed" in names
    assert "Արամ Հակոբյան, told, not confirmed" in names
    assert {"Zoë Ruiz", "No phone"} <= set(said(page))
    assert "Tuesday 15 December 2026, 09:00" in page.heading.text()
    picture(page, "today")


def test_a_click_on_a_phone_copies_it_dials_it_and_says_so(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "told")))
    link = page.on_call.findChild(PhoneLink)
    link.click()
    assert link.text() == "Copied"
    assert QGuiApplication.clipboard().text() == "(213) 555-0100"
    assert page.dialled == ["+12135550100"]  # type: ignore[attr-defined]
    link._back.timeout.emit()
    assert link.text() == "(213) 555-0100"


def test_no_full_pair_is_said_and_cover_is_one_click_away(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "told")))
    assert "No full pair: 1 seat open" in [chip.text() for chip in page.findChildren(OpenChip)]
    find = next(b for b in page.findChildren(Button) if b.accessibleName() == f"Find cover for {DAY}")
    assert gone(page, qtbot, find.click) == ("roster", DAY)
    assert page.desk.month == "2026-12"


def test_a_name_leads_to_the_person(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "told")))
    name = next(b for b in page.findChildren(Button) if b.text() == "김민준")
    assert gone(page, qtbot, name.click) == ("people", "Kim")


def test_the_page_rolls_over_when_the_shift_changes(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    before = dt.datetime(2026, 12, 16, 1, 59, 30, tzinfo=dt.UTC)
    page = show(records(tmp_path, (DAY, "Kim", "told"), (NIGHT, "Aram", "told")), before)

    def on_call_now() -> list[str]:
        assert page.today is not None
        return [p.person for post in page.today.posts if post.now and post.area == "Central" for p in post.now.people]

    assert on_call_now() == ["Kim"]
    page.tick()
    assert on_call_now() == ["Kim"]
    page.desk.now = lambda: dt.datetime(2026, 12, 16, 2, 0, tzinfo=dt.UTC)
    page.tick()
    qtbot.waitUntil(lambda: on_call_now() == ["Aram"])
    assert page.heading.text().endswith("18:00")


def test_hours_are_told_on_the_clock_of_the_programme(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "told")), dt.datetime(2026, 12, 16, 2, 5, tzinfo=dt.UTC))
    assert page.heading.text().endswith(" 18:05")
    page.desk.do(deed("Set the clock", programme_acts.amend, "clock", "12"))
    qtbot.waitUntil(lambda: page.heading.text().endswith(" 6:05 PM"))


def test_the_page_turns_to_the_new_date_at_midnight(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    late = dt.datetime(2026, 12, 16, 7, 59, 40, tzinfo=dt.UTC)
    page = show(records(tmp_path, (NIGHT, "Kim", "told")), late)
    page.desk.now = lambda: late + dt.timedelta(seconds=30)
    page.tick()
    qtbot.waitUntil(lambda: page.week.model.columns[0].date == dt.date(2026, 12, 16))
    assert page.heading.text() == "Wednesday 16 December 2026, 00:00"


def test_the_clock_looks_no_more_often_than_twice_a_minute(show: Show, tmp_path: Path) -> None:
    assert show(records(tmp_path))._clock.interval() >= 30_000


def test_the_week_is_read_and_opened_with_the_keyboard(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    wednesday = "2026-12-16/day/Central"
    places = [(shift, person, "told") for shift in (DAY, wednesday) for person in ("Kim", "Aram")]
    page = show(records(tmp_path, *places))
    table, model = page.week.table, page.week.model
    begun = model.data(model.index(1, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert begun == "Central, Tue 15, day: has begun"
    words = model.data(model.index(1, 2), int(Qt.ItemDataRole.AccessibleTextRole))
    assert words == "Central, Wed 16, day: all 2 seats filled"
    lacking = model.data(model.index(1, 1), int(Qt.ItemDataRole.AccessibleTextRole))
    assert lacking == "Central, Tue 15, night: 2 of 2 seats open, no full pair"
    table.setFocus()
    table.setCurrentIndex(model.index(1, 1))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    pressed = gone(page, qtbot, lambda: qtbot.keyClick(table, Qt.Key.Key_Return))
    assert pressed == ("roster", "2026-12-16/day/Central")


def test_a_clergy_cell_is_the_same_from_either_half_of_its_day(show: Show, tmp_path: Path) -> None:
    model = show(records(tmp_path, (DAY, "Kim", "told"))).week.model
    last = model.rowCount() - 1
    assert model.data(model.index(last, 0), CELL) is model.data(model.index(last, 1), CELL)


def test_what_needs_care_unfolds_to_people_with_phones(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(
        records(tmp_path, ("2026-12-16/day/Central", "Kim", "told"), ("2026-12-16/day/Central", "Aram", "told"))
    )
    row = next(row for row in page.findChildren(CareRow) if row.item.kind == "told")
    row.link.click()
    assert row.people is not None
    assert [link.accessibleName() for link in row.people.findChildren(PhoneLink)] == [
        "Phone 김민준: (213) 555-0100",
        "Phone Արամ Հակոբյան: (213) 555-0100",
    ]
    name = next(b for b in row.people.findChildren(Button) if b.text() == "김민준")
    assert gone(page, qtbot, name.click) == ("people", "Kim")
    row.link.click()
    assert row.people.isHidden()


def test_drafts_that_are_near_lead_to_publishing_their_month(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(records(tmp_path, ("2026-12-16/day/Central", "Kim", "draft")))
    row = next(row for row in page.findChildren(CareRow) if row.item.kind == "untold")
    assert gone(page, qtbot, row.link.click) == ("publish", "2026-12")


def test_the_month_card_leads_to_publishing_and_to_the_roster(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "told"), ("2027-01-04/day/Central", "Kim", "draft")))
    assert page.month.state.text() == "Draft"
    assert gone(page, qtbot, page.month.publish.click) == ("publish", "2027-01")
    assert gone(page, qtbot, page.month.open.click) == ("roster", dt.date(2027, 1, 1))


def test_a_change_by_another_program_is_seen_and_nothing_else_is_drawn_anew(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    path = records(tmp_path, (DAY, "Kim", "told"))
    page = show(path)
    rows = page.week.table, page.on_call._rows
    page.renew()
    qtbot.waitUntil(lambda: not page.desk._asks.is_busy)
    assert (page.week.table, page.on_call._rows) == rows
    other = open_store(str(path), who="other", now=NOW)
    with other.change("Put Aram on") as session:
        roster.assign(session, roster.shift_name(DAY), "Aram")
    other.close()
    page.desk.look_again()
    qtbot.waitUntil(lambda: "Արամ Հակոբյան" in said(page))


def test_an_empty_team_sees_its_first_steps_and_not_a_wall_of_shortage(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(team(tmp_path, now=NOW).path)
    assert page.steps.isVisible()
    assert not page.on_call.isVisible() and not page.week.isVisible()
    assert gone(page, qtbot, page.steps.acts["people"].click) == ("import", "people")
    assert "May wait. With none said, everyone counts as free; amend it later." in said(page)
    assert gone(page, qtbot, page.steps.open_sample.click) == ("first run", "sample")
    picture(page, "today-first-steps")


def drop(page: QWidget, path: Path) -> bool:
    """Drop a file on a widget; was it taken?"""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    act, no = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), act, carried, Qt.MouseButton.LeftButton, no)
    event.setAccepted(False)
    page.dropEvent(event)
    return event.isAccepted()


def dragged_onto(widget: QWidget, path: Path) -> None:
    """Drag a file onto a widget as a file manager does, with its path as words too, and let it go there."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    carried.setText(str(path))
    act, no = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    at, left = widget.rect().center(), Qt.MouseButton.LeftButton
    QApplication.sendEvent(widget, QDragEnterEvent(at, act, carried, left, no))
    QApplication.sendEvent(widget, QDropEvent(QPointF(at), act, carried, left, no))


def test_a_list_of_people_is_imported_where_it_is_dropped(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(team(tmp_path, now=NOW).path)
    assert gone(page, qtbot, lambda: drop(page, tmp_path / "people.csv")) == ("import", tmp_path / "people.csv")
    assert not drop(page, tmp_path / "picture.png")


def test_the_next_step_of_a_team_with_people_is_to_solve(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(records(tmp_path))
    page.desk.month = "2026-11"
    assert gone(page, qtbot, page.steps.acts["roster"].click) == ("solve", None)
    assert page.desk.month == "2027-01"


def test_the_first_steps_may_be_put_away_once_there_is_a_roster_and_come_back_when_asked(
    show: Show, tmp_path: Path
) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "confirmed")))
    assert page.steps.isVisible() and page.steps.close_button.isVisible()
    page.steps.close_button.click()
    assert page.steps.isHidden()
    page.renew()
    page._show(page.today)  # type: ignore[arg-type]
    assert page.steps.isHidden()
    page.commands()[0].trigger()
    assert page.steps.isVisible()


def test_a_team_without_a_roster_keeps_its_first_steps(show: Show, tmp_path: Path) -> None:
    page = show(records(tmp_path))
    assert page.steps.isVisible() and page.steps.close_button.isHidden()


def test_records_without_a_programme_ask_for_one(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bare.db"
    open_store(str(path), who="coordinator", now=NOW, create=True).close()
    page = show(path)
    assert gone(page, qtbot, page.steps.acts["set_up"].click) == ("first run", None)


def test_a_solved_next_month_says_when_it_begins(show: Show, tmp_path: Path) -> None:
    page = show(records(tmp_path, ("2027-01-04/day/Central", "Kim", "draft")))
    assert page.nobody.text().startswith(
        "Nobody is on call in the coming days. The January 2027 roster begins on 1 Jan"
    )


def test_every_control_has_a_name_and_the_page_survives_the_dark(show: Show, tmp_path: Path, look: Look) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "confirmed"), (DAY, "Aram", "told")))
    look.choose("dark")
    assert page.on_call.isVisible()
    picture(page, "today-dark")
    look.choose("light")
    assert [b for b in page.findChildren(QAbstractButton) if b.isVisible() and not b.accessibleName()] == []


def test_in_a_narrow_window_the_side_goes_below_and_nothing_is_cut_off(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(records(tmp_path, (DAY, "Kim", "told")))
    page.resize(960, 600)

    def corner(card: QWidget) -> QPoint:
        return card.mapTo(page, QPoint(card.width(), 0))

    qtbot.waitUntil(lambda: corner(page.care).y() > corner(page.week).y() and corner(page.care).x() <= page.width())
    assert corner(page.on_call).x() <= page.width()


def with_calls(path: Path) -> Path:
    """Add a call whose pair has been silent on scene, a new one, and a hard one that Zoe went to."""
    store = open_store(str(path), who="coordinator", now=NOW)
    hour = dt.timedelta(hours=1)
    with store.change("Calls") as session:
        silent = care_build.call(session, NOW - 2.5 * hour, "Kim", "Aram", now=NOW, area="Central")
        for who in ("Kim", "Aram"):
            going.arrive(session, silent, who, now=NOW, at=NOW - 1.6 * hour)
        care_build.call(session, NOW - 0.1 * hour, now=NOW, area="West")
        over = care_build.call(session, NOW - 5 * hour, "Zoe", now=NOW, area="South", clear=NOW - 4 * hour)
        hard_calls.tick_hard(session, over, "Child death", now=NOW)
    store.close()
    return path


def test_a_call_silent_on_scene_is_said_in_words_and_the_lead_is_one_click_away(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(with_calls(records(tmp_path, (DAY, "Kim", "told"), (DAY, "Aram", "told"))))
    assert {"On scene; last heard 96 min ago", "Nobody is called out yet", "2:30", "0:06"} <= set(said(page))
    assert "On a call since 06:30" in said(page)
    lead = next(link for link in page.calls.findChildren(PhoneLink))
    assert (lead.text(), lead.accessibleName()) == ("Phone the lead", "Phone 김민준: (213) 555-0100")
    lead.click()
    assert page.dialled == ["+12135550100"]  # type: ignore[attr-defined]
    other = next(b for b in page.calls.findChildren(Button) if b.accessibleName() == "Open call 26-0002")
    assert gone(page, qtbot, other.click) == ("calls", 2)
    picture(page, "today-calls")
    page.desk.now = lambda: NOW + dt.timedelta(minutes=1)
    page.tick()
    assert {"On scene; last heard 97 min ago", "2:31"} <= set(said(page))


def test_a_call_turns_red_the_moment_it_has_been_silent_too_long(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    path = with_calls(records(tmp_path, (DAY, "Kim", "told")))
    page = show(path, NOW - dt.timedelta(minutes=10))
    assert not any("last heard" in words for words in said(page))
    page.desk.now = lambda: NOW
    page.tick()
    qtbot.waitUntil(lambda: "On scene; last heard 96 min ago" in said(page))


def test_a_new_call_and_care_are_one_step_away(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(with_calls(records(tmp_path, (NIGHT, "Zoe", "confirmed"))))
    assert gone(page, qtbot, page.new_call.click) == ("calls", "new")
    care = next(act for act in page.commands() if act.text().startswith("Care"))
    assert gone(page, qtbot, care.trigger) == ("care", None)
    assert gone(page, qtbot, page.care.phone.click) == ("care", "phone")
    rows = {row.item.kind: row for row in page.findChildren(CareRow)}
    assert gone(page, qtbot, rows["stand_downs"].link.click) == ("care", "stand-downs")
    assert rows["held"].link.text() == "Find cover"
    assert "Zoë Ruiz, confirmed, Stands down" in [b.accessibleName() for b in page.findChildren(Button)]
    assert gone(page, qtbot, rows["held"].link.click) == ("roster", NIGHT)


def test_without_a_call_the_card_is_not_there(show: Show, tmp_path: Path) -> None:
    assert not show(records(tmp_path, (DAY, "Kim", "told"))).calls.isVisible()
