"""The calls page under interruption: nothing typed is lost, nothing changes by scrolling, the focus stays at work."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler.calls import call_rows
from tests.ui.build import picture
from tests.ui.calls.test_calls import Keys, Show, a_call, choose, settle
from tests.ui.calls.test_calls import show as show
from ui.calls.page import CallsPage
from ui.tab_order import go_on


def typed_report(page: CallsPage, qtbot: QtBot) -> None:
    """Type half a report and a time, and save neither."""
    choose(page, "26-0002", qtbot)
    page.panel.form.lines["children"].setText("3")
    page.panel.form.lists["services"]["liaison"].setChecked(True)
    clock = page.panel.went.clocks["Ana", "cleared"]
    clock.setFocus()
    QTest.keyClicks(clock, "0850")


def test_a_half_written_report_is_there_when_one_comes_back(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    typed_report(page, qtbot)
    choose(page, "26-0001", qtbot)
    assert page.panel.form.lines["children"].text() == "" and page.panel.fault.text() == ""
    page.new_call()
    choose(page, "26-0002", qtbot)
    assert page.panel.form.lines["children"].text() == "3"
    assert page.panel.form.lists["services"]["liaison"].isChecked()
    assert page.panel.went.clocks["Ana", "cleared"].text() == "0850"
    assert page.panel.fault.text() == "What you typed here is not saved yet."


def test_save_and_sign_off_take_what_is_typed_first(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    typed_report(page, qtbot)
    page.panel.form.lines["adults"].setText("many")
    page.panel.close_button.click()
    settle(qtbot, page)
    assert page.panel.row is not None and page.panel.row.closed is None, "what cannot be read is asked for first"
    assert "how many" in page.panel.form.fields["adults"]._fault.text()
    page.panel.form.lines["adults"].setText("1")
    page.panel.close_button.click()
    settle(qtbot, page)
    row = page.desk.read(lambda session: call_rows.call(session, page.panel.row.id))  # type: ignore[union-attr]
    assert (row.closed is not None, row.adults, row.children, row.services) == (True, 1, 3, ("liaison",))
    assert row.responders[0].cleared is not None


def wheel(widget: QWidget) -> None:
    """Turn the wheel over a widget by one step."""
    place = QPointF(widget.rect().center())
    step = QPoint(0, -120)
    event = QWheelEvent(
        place, QPointF(widget.mapToGlobal(place.toPoint())), QPoint(), step, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_scrolling_over_a_box_changes_nothing_and_a_hard_call_is_picked_from_the_open_list(
    show: Show, qtbot: QtBot
) -> None:
    page = show(a_call)
    choose(page, "26-0002", qtbot)
    box, kind = page.panel.hard_box, page.panel.form.choices["type"]
    before = kind.currentText()
    for widget in (box, kind):
        wheel(widget)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.view().isVisible()
    box.hidePopup()
    settle(qtbot, page)
    row = page.desk.read(lambda session: call_rows.call(session, page.panel.row.id))  # type: ignore[union-attr]
    assert (row.hard, kind.currentText()) == ("", before)


def test_the_focus_stays_where_one_works(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    choose(page, "26-0002", qtbot)
    keys = Keys(page)
    adults = page.panel.form.lines["adults"]
    adults.setFocus()
    keys.type("2")
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, page)
    assert adults.hasFocus() and adults.text() == "2"
    for words in ("Clear now", "Home now"):
        button = page.panel.went.buttons["Ana"]
        assert button.text() == words
        button.setFocus()
        keys.press(Qt.Key.Key_Space)
        settle(qtbot, page)
    assert page.panel.went.clocks["Ana", "home"].hasFocus(), "the last time is noted"
    stops = page.panel.went.stops()
    stops[-1].setFocus()
    go_on(page, (page.panel,), by_place=page, forward=True)
    now = QApplication.focusWidget()
    assert now is not None and now.accessibleName() == "Notified", "Tab goes from the times to the report"


def test_in_a_narrow_window_the_log_gives_way_and_nothing_is_cut_off(show: Show, qtbot: QtBot) -> None:
    page = show(a_call, size=(900, 640))
    choose(page, "26-0002", qtbot)
    table, panel = page.left.table, page.panel
    assert table.isColumnHidden(4) and not table.isColumnHidden(0)
    inside, room = panel.scrolled.widget(), panel.scrolled.viewport()
    assert inside.width() <= room.width()
    for button in (b for b in panel.findChildren(QPushButton) if b.isVisible()):
        assert button.mapTo(panel, button.rect().topRight()).x() <= panel.width(), button.text()
    picture(page, "calls-narrow")
    page.resize(1500, 640)
    assert not table.isColumnHidden(4)


def test_a_time_a_little_ahead_is_asked_for_again(show: Show) -> None:
    page = show()
    entry = page.panel.entry
    entry.clocks["notified"].setText("0910")
    page.log()
    assert entry.fields["notified"]._fault.text() == (
        "09:10 has not come yet; it is 09:00. Type a time that has passed, or with its date: 2026-11-30 09:10."
    )


def test_a_new_call_that_was_half_typed_is_there_when_the_window_opens_again(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.panel.entry.choices["type"].setEditText("hom")
    page.panel.entry.clocks["notified"].setText("0850")
    page.close()
    again = CallsPage(page.desk, page.look)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.view is not None and not again.desk.is_reading)
    assert again.panel.entry.choices["type"].currentText() == "hom"
    assert again.panel.entry.clocks["notified"].text() == "0850"
    again.log()
    assert "needs its area" in again.panel.entry.fields["area"]._fault.text()
    again.panel.entry.choices["area"].setEditText("Valley")
    again.log()
    again.close()
    assert not page.desk.settings.contains(f"new call {page.desk.path}"), "a call that is logged is kept nowhere else"
