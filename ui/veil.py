"""Veil: a panel laid over the window without stopping it; Esc or a click beside it closes, focus goes back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QVBoxLayout, QWidget

from ui.look import Look

SHADES = {False: ("text", 72), True: ("rail", 150)}
"""Role and strength of 255, light and dark: the window behind stays readable, and plainly does not take the keys."""


class Veil(QWidget):
    """Covers the window and holds one panel near its top; Tab goes round inside the panel."""

    def __init__(self, window: QMainWindow, look: Look, name: str, *, width: int, top: int = 72) -> None:
        super().__init__(window)
        self.look = look
        self.panel = QFrame()
        self.panel.setProperty("kind", "card")
        self.panel.setAccessibleName(name)
        self.panel.setMaximumWidth(width)
        self._back = QApplication.focusWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, top, 24, 48)
        column.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignTop)
        self.panel.setMinimumWidth(min(width, window.width() - 48))
        column.setAlignment(self.panel, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.installEventFilter(self)

    def open(self) -> None:
        """Cover the window and take the keys."""
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keys to the panel's first control."""
        self.panel.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay as large as the window, and leave with it."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        if watched is self.parent() and event.type() == QEvent.Type.Close:
            self.close()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Move the focus on among the panel's own controls, round and round."""
        stops = [
            part
            for part in self.panel.findChildren(QWidget)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled()
        ]
        if stops:
            now = QApplication.focusWidget()
            place = stops.index(now) if now in stops else -1
            stops[(place + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Close on Esc; no other key goes through to the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Close on a click beside the panel."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Dim what lies behind."""
        role, strength = SHADES[self.look.is_dark]
        shade = self.look.colour(role)
        shade.setAlpha(strength)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade)
        painter.end()

    def hideEvent(self, event: object) -> None:  # noqa: N802
        """Give the keys back to what had them."""
        super().hideEvent(event)  # type: ignore[arg-type]
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)
