"""The responder's desk: a name and a PIN, then one's own things and nobody else's, signed by one's own name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import journal, own_desk, pins, roster, roster_many
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people import ranges, usual_week
from crt_scheduler.people.usual_week import Cell
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import Store, open_store
from tests.made import copied
from tests.ui.build import NOW, deed, picture, settle, small_team
from ui.own_desk.own_desk_dialog import OwnDesk
from ui.own_desk.own_page import OwnBody
from ui.people.word_rows import Rows
from ui.window import Window

PIN = "4711"
MINE, THEIRS, DRAFT = "2027-01-09/night/Central", "2027-01-10/night/South", "2027-01-16/night/Central"


@pytest.fixture
def window(window_on: Callable[..., Window], tmp_path: Path) -> Window:
    """A window on a small team: V00 was told a night and has another drafted; V01 was told one; V00 has a PIN."""
    return window_on(copied(tmp_path / "team.db", told))


def told(folder: Path) -> Store:
    """Make the records of that team."""
    path = small_team(folder, (MINE, "V00"), (THEIRS, "V01"), (DRAFT, "V00"), people=4)
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.change("Tell") as session:
        roster_many.promise(session, [("V00", MINE), ("V01", THEIRS)], state="told")
    with store.change("PIN") as session:
        pins.set_pin(session, "V00", PIN)
    return store


@pytest.fixture
def desk(window: Window) -> Iterator[OwnDesk]:
    """The responder's desk, opened from the window and still locked."""
    window.go("own desk")
    found = window.findChild(OwnDesk)
    assert found is not None
    yield found
    found.close()


def pick(desk: OwnDesk, name: str) -> None:
    """Filter by a name until it is chosen, and go to the PIN."""
    desk.door.filter.setFocus()
    QTest.keyClicks(desk.door.filter, name)
    QTest.keyClick(desk.door.filter, Qt.Key.Key_Return)


def enter(qtbot: QtBot, desk: OwnDesk, pin: str) -> None:
    """Type a PIN and wait until it has been checked."""
    QTest.keyClicks(desk.door.pin, pin)
    QTest.keyClick(desk.door.pin, Qt.Key.Key_Return)
    settle(qtbot, desk.desk)


def opened(qtbot: QtBot, desk: OwnDesk) -> OwnBody:
    """Let V00 in."""
    pick(desk, "Person 00")
    enter(qtbot, desk, PIN)
    assert desk.body is not None
    return desk.body


def words_of(desk: OwnDesk) -> str:
    """Return every word on one's own page."""
    assert desk.body is not None
    words = [label.text() for label in desk.body.findChildren(QLabel)]
    for table in desk.body.findChildren(QTableView):
        model = table.model()
        if isinstance(model, Rows):
            words += [cell.words for _, cells in model.rows for cell in cells]
    return " ".join(words)


def test_a_name_and_its_pin_open_ones_own_page_by_keyboard_alone(qtbot: QtBot, desk: OwnDesk) -> None:
    assert desk.is_locked and not desk.door.button.isEnabled()
    body = opened(qtbot, desk)
    assert body.title.text() == "Person 00"
    assert [cells[0].words + cells[1].words for _, cells in body.shifts.rows.rows] == [
        "Sat 9 Jan 202718:00 – Sun 06:00"
    ]
    assert desk.door.pin.text() == ""
    picture(desk, "own-desk")


def test_a_draft_is_not_shown_since_it_is_no_promise_yet_and_nothing_of_anyone_else_is(
    qtbot: QtBot, desk: OwnDesk
) -> None:
    opened(qtbot, desk)
    words = words_of(desk)
    assert "Sat 9 Jan 2027" in words and "16 Jan" not in words and "10 Jan 2027 18:00" not in words
    assert not [name for name in ("Person 01", "Person 02", "Person 03", "@", "+1213") if name in words]


def test_the_page_says_that_the_pin_is_a_courtesy_before_and_after_it_is_typed(qtbot: QtBot, desk: OwnDesk) -> None:
    door = " ".join(label.text() for label in desk.door.findChildren(QLabel))
    assert "not a lock on the file" in door
    opened(qtbot, desk)
    assert "not a lock on the file" in words_of(desk)


def test_a_wrong_pin_stays_at_the_door_and_the_third_one_waits(qtbot: QtBot, desk: OwnDesk) -> None:
    pick(desk, "Person 00")
    for _ in range(3):
        enter(qtbot, desk, "9999")
    assert desk.is_locked
    assert "Wait 2 seconds" in desk.door.pin.accessibleDescription()
    assert not desk.door.button.isEnabled()
    desk.door._wait.timeout.emit()
    desk.door._wait.stop()
    desk.door._waited()
    enter(qtbot, desk, PIN)
    assert not desk.is_locked


def test_wrong_pins_are_still_counted_after_the_desk_was_closed(qtbot: QtBot, window: Window, desk: OwnDesk) -> None:
    pick(desk, "Person 00")
    enter(qtbot, desk, "9999")
    desk.close()
    window.go("own desk")
    assert window.findChildren(OwnDesk) == [desk]
    pick(desk, "Person 00")
    enter(qtbot, desk, "9999")
    enter(qtbot, desk, "9999")
    assert "Wait" in desk.door.pin.accessibleDescription()


def test_the_first_time_a_pin_is_chosen_typed_twice_and_signed_by_its_owner(qtbot: QtBot, desk: OwnDesk) -> None:
    pick(desk, "Person 01")
    assert desk.door.again_field.isVisible()
    QTest.keyClicks(desk.door.pin, "8642")
    QTest.keyClicks(desk.door.again, "8643")
    QTest.keyClick(desk.door.again, Qt.Key.Key_Return)
    assert desk.is_locked and "not the same" in desk.door.pin.accessibleDescription()
    desk.door.again.clear()
    QTest.keyClicks(desk.door.again, "8642")
    QTest.keyClick(desk.door.again, Qt.Key.Key_Return)
    assert not desk.is_locked
    assert desk.desk.read(lambda session: journal.history(session)[0].who) == "Person 01 (V01)"


def test_esc_locks_and_then_leads_back_to_the_window(qtbot: QtBot, desk: OwnDesk) -> None:
    opened(qtbot, desk)
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert desk.is_locked and desk.isVisible()
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert not desk.isVisible()


def test_the_desk_locks_itself_when_nobody_touches_it(qtbot: QtBot, desk: OwnDesk) -> None:
    assert desk.idle.interval() == 3 * 60_000
    opened(qtbot, desk)
    desk.idle.start(1)  # the time is up; begun sooner, it might be up before the PIN is checked
    qtbot.waitUntil(lambda: desk.is_locked)
    assert desk.door.filter.text() == "" and desk.door.code == ""


def test_a_key_begins_the_idle_time_anew(qtbot: QtBot, desk: OwnDesk) -> None:
    body = opened(qtbot, desk)
    body.hours.start.setFocus()
    desk.idle.stop()
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_1)
    qtbot.waitUntil(desk.idle.isActive)
    desk.idle.stop()
    QTest.mouseClick(desk.windowHandle(), Qt.MouseButton.LeftButton, pos=desk.rect().center())
    qtbot.waitUntil(desk.idle.isActive)


def test_the_usual_week_is_graded_in_the_responders_own_name_and_undone_by_them_alone(
    qtbot: QtBot, window: Window, desk: OwnDesk
) -> None:
    window.desk.do(deed("Wishes until the 20th", programme_acts.amend, "wishes_until", "20"))
    body = opened(qtbot, desk)
    coordinators = window.desk.undo_words
    body.week.grade((Cell(5, "night"),), "cannot")
    act = window.desk.read(lambda session: journal.history(session)[0])
    assert (act.who, act.label) == ("Person 00 (V00)", "Person 00: Saturday night, cannot")
    assert window.desk.undo_words == coordinators
    body.undo_button.click()
    grades = window.desk.read(lambda session: usual_week.week(session, "V00")).grades
    assert grades[Cell(5, "night")] == "free"
    assert not body.week.said.isVisible()


def test_wishes_are_noted_until_the_deadline_and_taken_back(qtbot: QtBot, desk: OwnDesk) -> None:
    body = opened(qtbot, desk)
    wishes = body.wishes
    assert "February 2027" in wishes.until.text()
    wishes.date.setDate(QDate(2027, 2, 6))
    wishes.shift.setCurrentText("night")
    wishes.add_button.click()
    found = desk.desk.read(lambda session: ranges.wishes(session, "V00"))
    assert [(w.date, w.template, w.grade) for w in found] == [(dt.date(2027, 2, 6), "night", "wants")]
    wishes.table.setCurrentIndex(wishes.rows.index(0, 0))
    wishes.remove_button.click()
    assert not desk.desk.read(lambda session: ranges.wishes(session, "V00"))


def test_the_usual_week_is_closed_once_next_months_deadline_is_past(qtbot: QtBot, desk: OwnDesk) -> None:
    body = opened(qtbot, desk)
    body.week.grade((Cell(5, "night"),), "cannot")
    assert body.week.said.text() == (
        "Availability for January 2027 is closed. Phone the coordinator about changes; your usual week can be changed "
        "again from Fri 1 Jan 2027 on."
    )


def test_a_wish_for_a_closed_month_is_refused_with_whom_to_phone(desk: OwnDesk) -> None:
    def wish(session: object) -> None:
        own_desk.wish(session, "V00", dt.date(2027, 1, 20), "night", "wants", now=NOW)  # type: ignore[arg-type]

    assert "closed. Phone the coordinator" in desk.desk.attempt(deed("Wish", wish), who="V00").sentence


@pytest.mark.parametrize(
    ("today", "months"),
    [
        ("2026-12-10", ["2027-01", "2027-02"]),
        ("2026-12-11", ["2027-02", "2027-03"]),
        ("2026-11-30", ["2027-01", "2027-02"]),
    ],
)
def test_wishes_for_a_month_close_on_the_tenth_of_the_month_before(today: str, months: list[str]) -> None:
    assert [each.month for each in own_desk.open_months(dt.date.fromisoformat(today), until=10)] == months


def test_hours_are_logged_by_keyboard_and_what_is_wrong_stands_at_its_field(qtbot: QtBot, desk: OwnDesk) -> None:
    hours = opened(qtbot, desk).hours
    hours.kind.setCurrentIndex(hours.kind.findData("meeting"))
    hours.date.clear()
    QTest.keyClicks(hours.date, "2026-12-20")
    QTest.keyClicks(hours.start, "19:00")
    QTest.keyClicks(hours.end_, "21:00")
    QTest.keyClick(hours.end_, Qt.Key.Key_Return)
    assert any("in the future" in field.widget.accessibleDescription() for field in hours.fields.values())
    hours.date.clear()
    QTest.keyClicks(hours.date, "2026-12-08")
    QTest.keyClick(hours.date, Qt.Key.Key_Return)
    assert [cells[1].words for _, cells in hours.rows.rows] == ["Meeting"]
    assert hours.said.text() == "Logged. The coordinator approves it."
    act = desk.desk.read(lambda session: journal.history(session)[0])
    assert act.who == "Person 00 (V00)"


def test_the_calendar_file_is_ones_own(qtbot: QtBot, desk: OwnDesk, tmp_path: Path) -> None:
    body = opened(qtbot, desk)
    body.shifts.save(tmp_path / "mine.ics")
    assert (tmp_path / "mine.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert body.shifts.said.text() == "Saved: mine.ics"
    body.shifts.save(tmp_path / "no such folder" / "mine.ics")
    assert "cannot be written" in body.shifts.said.text()


def test_the_page_follows_what_the_coordinator_does_meanwhile(qtbot: QtBot, desk: OwnDesk) -> None:
    body = opened(qtbot, desk)
    desk.desk.do(deed("Confirm", roster_many.promise, [("V00", DRAFT)], state="told"))
    assert len(body.shifts.rows.rows) == 2
    assert roster.shift_name(DRAFT).date == dt.date(2027, 1, 16)


def test_there_is_no_desk_without_records(window: Window) -> None:
    window.desk.close_records()
    window.go("own desk")
    assert window.findChild(OwnDesk) is None


def test_every_control_of_the_desk_has_a_name_for_who_does_not_see_it(qtbot: QtBot, desk: OwnDesk) -> None:
    def nameless() -> list[QWidget]:
        return [
            part
            for part in desk.findChildren(QWidget)
            if part.isVisible()
            and part.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not part.objectName().startswith("qt_")
            and not part.accessibleName()
        ]

    assert nameless() == []
    opened(qtbot, desk)
    assert nameless() == []


def test_the_desk_follows_a_change_of_light_and_dark(qtbot: QtBot, window: Window, desk: OwnDesk) -> None:
    opened(qtbot, desk)
    kept = window.look.choice
    window.look.choose("dark")
    assert desk.body is not None and not desk.body.grab().isNull()
    window.look.choose(kept)


def test_a_name_is_found_without_its_accents_or_by_id_and_none_is_said(desk: OwnDesk) -> None:
    door = desk.door
    desk.desk.do(deed("Rename", people_acts.set_field, "V01", "name", "Begoña Ibáñez", now=NOW))
    door.renew()
    for typed in ("begona", "v01"):
        door.filter.setText(typed)
        assert door.code == "V01"
    door.filter.setText("zzzz")
    assert door.filter.accessibleDescription() == "Nobody is called so. Type another part of the name."


def test_ones_own_page_says_why_these_shifts_and_names_nobody_else(qtbot: QtBot, desk: OwnDesk) -> None:
    card = opened(qtbot, desk).shifts
    assert card.why_button.isVisible() and card.why.isHidden()
    card.why_button.click()
    qtbot.waitUntil(lambda: card.why.text().startswith("You have 1 shift in January 2027, 12 hours"))
    assert not any(f"Person 0{n}" in card.why.text() for n in range(1, 4)), "others are counted, never named"
    assert card.why_button.isHidden()
