"""Two dates of one's own for a replay, and the button that takes them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from crt_scheduler.times import FIRST_YEAR, LAST_YEAR
from ui.parts import Button, secondary

FORMAT = "d MMM yyyy"


def date_edit(name: str) -> QDateEdit:
    """Return a field for a date, with a calendar."""
    field = QDateEdit()
    field.setDateRange(QDate(FIRST_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
    field.setDisplayFormat(FORMAT)
    field.setCalendarPopup(True)
    field.setAccessibleName(name)
    return field


def date_of(field: QDateEdit) -> dt.date:
    """Return the date in a field."""
    found = field.date()
    return dt.date(found.year(), found.month(), found.day())


def put(field: QDateEdit, date: dt.date) -> None:
    """Put a date into a field."""
    field.setDate(QDate(date.year, date.month, date.day))


class Dates(QWidget):
    """From a day to a day; emits `chosen` when they are taken."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._from, self._to = date_edit(self.tr("First day")), date_edit(self.tr("Last day"))
        self._is_touched = False
        self.button = Button(self.tr("Replay"))
        self.button.clicked.connect(self.chosen)
        for field in (self._from, self._to):
            field.userDateChanged.connect(self._touch)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (secondary(self.tr("From")), self._from, secondary(self.tr("to")), self._to, self.button):
            row.addWidget(part)
        row.addStretch(1)

    def bound(self, first: dt.date, last: dt.date) -> None:
        """Begin with the log's first and last day, unless dates were typed."""
        if not self._is_touched:
            put(self._from, first)
            put(self._to, last)
            self._is_touched = False

    def _touch(self) -> None:
        self._is_touched = self.isVisible()

    @property
    def first(self) -> dt.date:
        """The first day."""
        return date_of(self._from)

    @property
    def last(self) -> dt.date:
        """The last day."""
        return date_of(self._to)
