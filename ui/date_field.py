"""A field for a date, whose calendar begins its weeks with the day that the team's weeks begin with."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QDateEdit

from crt_scheduler.times import FIRST_YEAR, LAST_YEAR
from ui.desk import Desk

FORMAT = "d MMM yyyy"


class DateField(QDateEdit):
    """A date, typed or taken from a calendar."""

    def __init__(self, desk: Desk, name: str = "") -> None:
        super().__init__()
        self._desk = desk
        self.setDateRange(QDate(FIRST_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
        self.setDisplayFormat(FORMAT)
        self.setCalendarPopup(True)
        self.setAccessibleName(name)

    @property
    def day(self) -> dt.date:
        """The date in the field."""
        found = self.date()
        return dt.date(found.year(), found.month(), found.day())

    def put(self, day: dt.date) -> None:
        """Put a date into the field."""
        self.setDate(qdate(day))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin the weeks as the team does before the calendar may open."""
        self._begin_weeks()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Begin the weeks as the team does before a key may open the calendar."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self._begin_weeks()
        super().keyPressEvent(event)

    def _begin_weeks(self) -> None:
        first = self._desk.board.first_weekday if self._desk.board else 0
        self.calendarWidget().setFirstDayOfWeek(Qt.DayOfWeek(first + 1))


def qdate(day: dt.date) -> QDate:
    """Return a date as Qt holds one."""
    return QDate(day.year, day.month, day.day)
