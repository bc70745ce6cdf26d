"""The button of People and Roster that asks everybody for the month on view."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from crt_scheduler import times
from solver.wording.dates import month as say_month
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button
from ui.words import tr


class AskButton(Button):
    """Named for the month on view, where there is room for that; what it opens is up to the page."""

    def __init__(self, desk: Desk, look: Look, *, is_short: bool = False) -> None:
        super().__init__("", tip=tr("Send everybody a sheet to say when they can, and see who has answered"))
        self._desk, self._is_short = desk, is_short
        self._words, self._short = "", tr("Ask…")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.with_icon(look, "mail")
        desk.month_changed.connect(self._name)
        self._name()

    def _name(self) -> None:
        words = tr("Ask for {}…").format(say_month(times.parse_month(self._desk.month).month))
        self._words = self._short if self._is_short else words
        self.setText(self._words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Leave the month out where there is no room for it, once it is known how much there is."""
        words = self._words if self.width() >= self.sizeHint().width() else self._short
        if words != self.text():
            self.setText(words)
        super().paintEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the words with the month."""
        return self._room(self._words)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return room for the word without it."""
        return self._room(self._short)

    def _room(self, words: str) -> QSize:
        found, metrics = super().sizeHint(), self.fontMetrics()
        more = metrics.horizontalAdvance(words) - metrics.horizontalAdvance(self.text())
        return QSize(found.width() + more, found.height())
