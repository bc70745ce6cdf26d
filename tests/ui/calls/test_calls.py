"""The calls page: a call logged by keyboard alone, phoned down the list, timed, reported and signed off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import times
from crt_scheduler.calls import call_rows, going
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.store import open_store
from tests.crt_scheduler.call_build import NOW, city, log
from tests.ui.build import deed, picture
from ui.calls.page import CallsPage
from ui.calls.phone_places import PHONE
from ui.look import Look

ZONE = times.Zone("America/Los_Angeles")
Show = Callable[..., CallsPage]
Act = Callable[[Path], None]


@pytest.fixture
def show(qtbot: QtBot, look: Look, desk_on: Callable[..., object], tmp_path: Path) -> Iterator[Show]:
    """Show the page on a small city; `before` may change the records first."""

    def begin(before: Act | None = None, now: dt.datetime = NOW, size: tuple[int, int] = (1376, 826)) -> CallsPage:
        store = city(tmp_path, now=now)
        store.close()
        if before is not None:
            before(store.path)
        page = CallsPage(desk_on(store.path, now=now), look)  # type: ignore[arg-type]
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        qtbot.waitUntil(lambda: page.view is not None and not page.desk.is_reading)
        return page

    yield begin


class Keys:
    """A person at the keyboard; every key is counted."""

    def __init__(self, page: QWidget) -> None:
        self.page, self.count = page, 0

    @property
    def focus(self) -> QWidget:
        """Where keys go."""
        found = QApplication.focusWidget() or self.page.window().focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        self.count += 1
        QTest.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        """Type characters."""
        self.count += len(text)
        QTest.keyClicks(self.focus, text)


def settle(qtbot: QtBot, page: CallsPage) -> None:
    """Wait until everything asked has been answered."""
    qtbot.waitUntil(lambda: not page.desk.is_reading)


def made(page: CallsPage) -> CallRow:
    """The newest call in the records."""
    assert page.view is not None
    found = page.desk.read(lambda session: call_rows.unfinished(session))
    return max(found, key=lambda row: row.id)


def test_a_call_is_logged_by_keyboard_alone_in_a_few_keys(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    keys = Keys(page)
    keys.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.panel.entry.clocks["notified"].hasFocus)
    keys.type("0843")
    keys.press(Qt.Key.Key_Tab)
    keys.type("v")
    keys.press(Qt.Key.Key_Tab)
    keys.type("hom")
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, page)
    row = made(page)
    assert (row.number, row.area, row.type) == ("26-0001", "Valley", "homicide")
    assert f"{times.local(row.notified, ZONE):%d %H:%M}" == "01 08:43"
    assert keys.count <= 12  # at 2 keys a second: 6 seconds
    qtbot.waitUntil(lambda: len(page.panel.out.team.places.rows) == 5)
    qtbot.waitUntil(page.panel.out.team.hasFocus)
    keys.press(Qt.Key.Key_N)
    keys.press(Qt.Key.Key_A)
    settle(qtbot, page)
    row = made(page)
    assert [(one.code, one.answer) for one in row.answers] == [("Ana", "no_answer"), ("Ben", "accepted")]
    assert [one.code for one in row.responders] == ["Ben"] and keys.count <= 14


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(show: Show, qtbot: QtBot) -> None:
    page = show()
    entry = page.panel.entry
    entry.clocks["notified"].setText("25:99")
    entry.choices["type"].setEditText("zzz")
    page.log()
    assert "Type it as 0213" in entry.fields["notified"]._fault.text()
    entry.clocks["notified"].setText("")
    page.log()
    assert "needs its area" in entry.fields["area"]._fault.text()
    assert "is no type of the list" in entry.fields["type"]._fault.text()
    entry.lines["unit"].setText("Maria")
    page.log()
    assert "call sign" in entry.fields["unit"]._fault.text()
    page.desk.do(deed("Something else", lambda session: None))
    page.renew()
    settle(qtbot, page)
    assert entry.choices["type"].currentText() == "zzz" and entry.lines["unit"].text() == "Maria"
    assert page.desk.read(lambda session: call_rows.unfinished(session)) == ()
    picture(page, "calls-faults")


def a_call(path: Path) -> None:
    """A call in Valley an hour ago, Ana there since half an hour, another one long silent."""
    store = open_store(str(path), who="coordinator", now=NOW)
    one = log(store, notified=NOW - dt.timedelta(minutes=180), area="West", type="fire")
    two = log(store, notified=NOW - dt.timedelta(minutes=60), division="Van Nuys", language="Korean",
              clergy_wanted=True, tradition="Catholic", consent=True, agency="LAPD", unit="2A47")  # fmt: skip
    with store.change("On the way") as session:
        going.arrive(session, one, "Cy", now=NOW, at=NOW - dt.timedelta(minutes=120))
        going.go(session, two, "Ana", now=NOW, at=NOW - dt.timedelta(minutes=40))
        going.arrive(session, two, "Ana", now=NOW, at=NOW - dt.timedelta(minutes=30))
    store.close()


def choose(page: CallsPage, number: str, qtbot: QtBot) -> None:
    """Go to a call's row."""
    row = next(n for n, each in enumerate(page.left.model.rows) if each.number == number)
    page.left.table.setCurrentIndex(page.left.model.index(row, 0))
    settle(qtbot, page)


def test_the_log_says_states_in_words_and_who_has_not_been_heard_from(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    states = [page.left.model.index(n, 5).data() for n in range(2)]
    assert states == ["On scene", "No word since 07:00"]
    assert page.left.foot.text().startswith("2 open calls") and "1 without a word" in page.left.foot.text()
    choose(page, "26-0001", qtbot)
    page.panel.word_button.click()
    settle(qtbot, page)
    assert page.left.model.index(1, 5).data() == "On scene" and page.desk.undo_words == "Word from 26-0001"
    page.left.state.setCurrentIndex(4)
    page.left.state.activated.emit(4)
    assert not page.left.none.isHidden() and page.left.table.isHidden()


def test_times_are_noted_by_key_or_button_and_refused_beside_their_field(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    choose(page, "26-0002", qtbot)
    clear = page.panel.went.clocks["Ana", "cleared"]
    clear.setText("0810")
    QTest.keyClick(clear, Qt.Key.Key_Return)
    assert "Clear (08:10) is before arrival (08:30)" in page.panel.went.fault.text()
    clear = page.panel.went.clocks["Ana", "cleared"]
    assert clear.property("fault") and clear.text() == "0810"
    clear.setText("")
    QTest.keyClick(clear, Qt.Key.Key_Return)
    settle(qtbot, page)
    row = page.desk.read(lambda session: call_rows.call(session, page.panel.row.id))  # type: ignore[union-attr]
    assert row.responders[0].cleared == NOW and row.state == "clear"
    page.desk.undo()
    settle(qtbot, page)
    assert page.panel.went.clocks["Ana", "cleared"].text() == ""
    page.panel.went.buttons["Ana"].click()
    settle(qtbot, page)
    assert page.panel.went.clocks["Ana", "cleared"].text() == "09:00"


def test_who_declines_is_asked_why_from_a_list(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    choose(page, "26-0002", qtbot)
    team = page.panel.out.team
    team.setCurrentIndex(team.places.index(1, 1))
    QTest.keyClick(team, Qt.Key.Key_D)
    team.menu.actions()[0].trigger()
    team.menu.close()
    settle(qtbot, page)
    assert made(page).answers[-1].reason == "ill" and page.desk.undo_words == "Ben: declined, ill, 26-0002"
    assert [place.code for place in page.panel.out.clergy.places.rows] == ["Rev", "Rabbi"]
    page.panel.out.everyone.click()
    settle(qtbot, page)
    assert "Off" in [place.code for place in team.places.rows]


def test_a_number_is_one_click_away(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    choose(page, "26-0002", qtbot)
    dialled: list[str] = []
    team = page.panel.out.team
    team._phone = dialled.append
    place = team.visualRect(team.places.index(0, PHONE)).center()
    QTest.mouseClick(team.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    QTest.keyClick(team, Qt.Key.Key_P)
    assert len(dialled) == 2 and QGuiApplication.clipboard().text() == team.places.rows[0].phone_words


def test_the_report_is_saved_as_one_act_and_signed_off(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    choose(page, "26-0002", qtbot)
    form = page.panel.form
    form.lines["adults"].setText("3")
    form.lists["services"]["liaison"].setChecked(True)
    form.clocks["clear"].setText("0820")
    page.amend()
    assert "Clear (08:20) is before on scene (08:30)" in form.fields["clear"]._fault.text()
    form.clocks["clear"].setText("")
    form.lines["children"].setText("many")
    page.amend()
    assert "how many" in form.fields["children"]._fault.text()
    form.lines["children"].setText("2")
    page.amend()
    settle(qtbot, page)
    row = made(page)
    assert (row.served, row.services) == (5, ("liaison",)) and page.desk.undo_words == "Report of 26-0002"
    page.acts.close_call()
    assert "Ana is not clear" in page.panel.fault.text()
    page.panel.went.buttons["Ana"].click()
    settle(qtbot, page)
    page.panel.hard_box.setCurrentIndex(1)
    page.panel.hard_box.activated.emit(1)
    settle(qtbot, page)
    assert made(page).hard == "Child death"
    page.panel.close_button.click()
    settle(qtbot, page)
    assert page.panel.close_button.text() == "Reopen" and page.panel.row is not None
    assert page.panel.row.signed_by == "coordinator"
    page.panel.close_button.click()
    settle(qtbot, page)
    assert page.panel.close_button.text() == "Sign off"


def test_every_control_has_a_name_and_the_page_is_looked_at(show: Show, qtbot: QtBot) -> None:
    page = show(a_call)
    picture(page, "calls-new")
    choose(page, "26-0002", qtbot)
    reached = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    for part in (w for w in reached if not w.objectName().startswith("qt_")):
        own = part.accessibleName() or getattr(part, "text", str)()
        holder = part.parentWidget()
        assert own or (holder is not None and holder.accessibleName()), type(part).__name__
    assert all(button.accessibleName() for button in page.findChildren(QPushButton) if button.isVisible())
    picture(page, "calls-call")
    page.panel.scrolled.verticalScrollBar().setValue(10_000)
    picture(page, "calls-report")
