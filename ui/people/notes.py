"""A field of several lines for private notes: kept when it is left, or with Ctrl+Return."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

HIGH = 84


class NotesField(QPlainTextEdit):
    """Text of several lines; `done` says that it was left (False) or confirmed (True). Tab goes to the next field."""

    done = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(HIGH)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say that the field was left, but not where only a menu of its own opens."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.done.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Confirm with Ctrl+Return."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit(True)
            return
        super().keyPressEvent(event)
