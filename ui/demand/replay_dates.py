"""Two dates of one's own for a replay, and the button that takes them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.date_field import DateField
from ui.desk import Desk
from ui.parts import Button, secondary


class Dates(QWidget):
    """From a day to a day; emits `chosen` when they are taken."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._from, self._to = DateField(desk, self.tr("First day")), DateField(desk, self.tr("Last day"))
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
            self._from.put(first)
            self._to.put(last)
            self._is_touched = False

    def _touch(self) -> None:
        self._is_touched = self.isVisible()

    @property
    def first(self) -> dt.date:
        """The first day."""
        return self._from.day

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self._to.day
