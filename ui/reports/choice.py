"""Which report is on view, and of which days: this year, last year or dates of one's own."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QWidget

from crt_scheduler.reports.report_files import ALL, NAMES
from ui.date_field import DateField
from ui.desk import Desk
from ui.parts import Button, secondary
from ui.words import tr

THIS, LAST, OWN = range(3)


class Choice(QWidget):
    """A report and its days; emits `chosen` when either is another."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        today = desk.now().date()
        self.name, self._today = NAMES[0], today
        self.buttons, self.period = QButtonGroup(self), QComboBox()
        self.first, self.last = DateField(desk, self.tr("First day")), DateField(desk, self.tr("Last day"))
        self.dates = QWidget()
        self.period.addItems([self.tr("This year"), self.tr("Last year"), self.tr("Own dates")])
        self.period.setAccessibleName(self.tr("Days of the report"))
        self.first.put(today.replace(month=1, day=1))
        self.last.put(today)
        self._lay_out()
        self.buttons.idClicked.connect(self._take_report)
        self.period.currentIndexChanged.connect(self._take_period)
        for field in (self.first, self.last):
            field.editingFinished.connect(self._take_dates)
        self._told = self.days

    def _lay_out(self) -> None:
        words = [tr(report.title) for report in ALL]
        row, segments, dates = QHBoxLayout(self), QHBoxLayout(), QHBoxLayout(self.dates)
        segments.setSpacing(0)
        for n, name in enumerate(words):
            button = Button(name, "segment")
            button.setProperty("end", {0: "first", len(words) - 1: "last"}.get(n, ""))
            button.setCheckable(True)
            button.setChecked(n == 0)
            button.setAccessibleName(self.tr("Report: {}").format(name))
            self.buttons.addButton(button, n)
            segments.addWidget(button)
        dates.setContentsMargins(0, 0, 0, 0)
        for part in (self.first, secondary(self.tr("to")), self.last):
            dates.addWidget(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(segments)
        row.addWidget(self.period)
        row.addWidget(self.dates)
        self.dates.hide()

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and last day."""
        if self.period.currentIndex() == OWN:
            return self.first.day, self.last.day
        year = self._today.year - (self.period.currentIndex() == LAST)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)

    def show_report(self, name: str) -> None:
        """Choose a report by its name."""
        self.buttons.button(NAMES.index(name)).click()

    def use_own_dates(self) -> None:
        """Ask for dates of one's own."""
        self.period.setCurrentIndex(OWN)
        self.first.setFocus()

    def _take_report(self, place: int) -> None:
        if NAMES[place] != self.name:
            self.name = NAMES[place]
            self.chosen.emit()

    def _take_period(self) -> None:
        self.dates.setVisible(self.period.currentIndex() == OWN)
        self.updateGeometry()
        self._take_dates()

    def _take_dates(self) -> None:
        if self.days != self._told:
            self._told = self.days
            self.chosen.emit()
