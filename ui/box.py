"""Boxes of choices that nobody changes by scrolling over them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)


class Box(QComboBox):
    """A box whose list must be open to be scrolled: the wheel over it moves the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to what the box stands in."""
        event.ignore()


class Pick(Box):
    """A box that is chosen from its open list only, for a choice with consequences: arrows open the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open the list instead of stepping through it, and take no letters."""
        if Qt.Key(event.key()) in STEPS or event.text().strip():
            self.showPopup()
            return
        super().keyPressEvent(event)
