"""Undo and redo from within a field: its own while it has something to undo, else the last act's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.desk import Desk


class UndoKeys(QObject):
    """Watches the field that has the focus, and lets the window's shortcut through where the field can do nothing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, QLineEdit):
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Refuse the field a key that undoes or does again nothing in it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(watched, QLineEdit):
            assert isinstance(event, QKeyEvent)
            is_undo = event.matches(QKeySequence.StandardKey.Undo)
            is_redo = event.matches(QKeySequence.StandardKey.Redo)
            if (is_undo and not watched.isUndoAvailable()) or (is_redo and not watched.isRedoAvailable()):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def let_undo(dialog: QWidget, desk: Desk) -> None:
    """Let Ctrl+Z and Ctrl+Shift+Z take back and do again from a window beside the main one, too."""
    for keys, act in ((QKeySequence.StandardKey.Undo, desk.undo), (QKeySequence.StandardKey.Redo, desk.redo)):
        shortcut = QShortcut(QKeySequence(keys), dialog)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda act=act: act())
