"""The window of a team whose weeks begin on Sunday and that says 6:05 PM."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from crt_scheduler.people import ranges
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import open_store
from tests.ui.build import NOW, small_team
from ui.date_field import DateField
from ui.demand.page import DemandPage
from ui.desk import Desk
from ui.look import Look
from ui.people.person import PersonPanel
from ui.settings.records_section import RecordsSection

SUNDAY = Qt.DayOfWeek.Sunday


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small team with such customs, one of whom cannot on an evening."""
    made = small_team(tmp_path)
    store = open_store(str(made), who="coordinator", now=NOW)
    with store.change("Customs") as session:
        programme_acts.amend(session, "clock", "12")
        programme_acts.amend(session, "first_weekday", "sunday")
        day = dt.date(2027, 1, 9)
        ranges.say(session, "V00", "cannot", first=day, last=day, start=dt.time(18), end=dt.time(22, 30))
    store.close()
    return made


def open_calendar(field: DateField) -> QCalendarWidget:
    """Open the calendar of a field as a hand does, with a click on its arrow."""
    part = QStyleOptionComboBox()
    part.initFrom(field)
    part.editable = True
    arrow = field.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, part, QStyle.SubControl.SC_ComboBoxArrow, field
    )
    at = arrow.center() if not arrow.isEmpty() else QPoint(field.width() - 8, field.height() // 2)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=at)
    calendar = field.calendarWidget()
    assert calendar.isVisible()
    return calendar


def test_a_calendar_begins_its_weeks_as_the_team_does_and_follows_a_change(
    qtbot: QtBot, desk_on: Callable[..., Desk], path: Path
) -> None:
    desk = desk_on(path)
    field = DateField(desk, "First day")
    qtbot.addWidget(field)
    field.show()
    field.put(dt.date(2027, 1, 9))
    calendar = open_calendar(field)
    assert calendar.firstDayOfWeek() == SUNDAY
    QTest.keyClick(calendar, Qt.Key.Key_Escape)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    with qtbot.waitSignal(desk.board_changed):
        assert desk.do(programme_acts.AMEND("first_weekday", "saturday"))
    assert open_calendar(field).firstDayOfWeek() == Qt.DayOfWeek.Saturday
    assert field.day == dt.date(2027, 1, 9)


def test_a_persons_week_and_dates_are_told_as_the_team_does(
    qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], path: Path
) -> None:
    panel = PersonPanel(desk_on(path), look)
    qtbot.addWidget(panel)
    panel.resize(440, 800)
    panel.show()
    panel.show_person("V00")
    qtbot.waitUntil(lambda: panel.page is not None)
    week = panel.week.grid.week
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [week.headerData(n, across) for n in range(2)] == ["Sun", "Mon"]
    assert week.headerData(0, down) == "day  6 AM–6 PM"
    rows = panel.dates.rows
    assert rows.index(0, 0).data() == "Sat 9 Jan 2027, 6:00 PM–10:30 PM"


def test_the_heat_of_demand_is_told_as_the_team_does(
    qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], path: Path
) -> None:
    page = DemandPage(desk_on(path), look)
    qtbot.addWidget(page)
    page.resize(1376, 826)
    page.show()
    qtbot.waitUntil(lambda: page.ladder is not None and not page.desk._asks.is_busy)
    heat = page.body.heat.heat
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [heat.headerData(n, across) for n in (0, 1, 2, 12, 18)] == ["12a", "", "2", "12p", "6"]
    assert heat.headerData(0, down) == "Sun"
    said = heat.index(0, 23).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Sun 11:00 PM to 12:00 AM: ")


def test_backups_are_listed_by_the_teams_clock(qtbot: QtBot, desk_on: Callable[..., Desk], path: Path) -> None:
    desk = desk_on(path)
    section = RecordsSection(desk)
    qtbot.addWidget(section)
    section.renew()
    section.back_up.click()
    qtbot.waitUntil(lambda: len(section.model.rows) == 1)
    assert section.model.index(0, 0).data().startswith("15 Dec 2026, 9:00 AM ")
