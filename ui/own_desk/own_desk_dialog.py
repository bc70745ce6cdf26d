"""The responder's desk: covers the window, locked until a name and its PIN, and locks itself again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from ui import recall
from ui.desk import Desk
from ui.look import Look
from ui.own_desk.own_hand import hand_of
from ui.own_desk.own_page import OwnBody
from ui.own_desk.sign_in import Door

IDLE_MINUTES = 3
SIGNS_OF_LIFE = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class OwnDesk(QDialog):
    """One responder's own things over the coordinator's window, which takes no keys meanwhile.

    There is one for a window, kept while it lives, so that wrong PINs are still counted after it was closed.
    """

    def __init__(self, desk: Desk, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.look, self._covered = desk, look, parent
        self.setWindowTitle(self.tr("Responder's desk"))
        self.setModal(True)
        self.door = Door(desk, look)
        self.body: OwnBody | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.door)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        minutes = recall.number(desk.settings, "own desk/minutes", IDLE_MINUTES, least=1, most=24 * 60)
        self.idle = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self.idle.timeout.connect(self.lock)
        self.door.opened.connect(self.unlock)
        self.door.left.connect(self.close)
        desk.lost.connect(self.lock)

    def open(self) -> None:
        """Cover the window with the door."""
        window = self._covered.window()
        self.resize(window.size())
        self.lock()
        super().open()
        self.move(window.mapToGlobal(window.rect().topLeft()))
        self.door.renew()

    @property
    def is_locked(self) -> bool:
        """Is nobody let in?"""
        return self.body is None

    def unlock(self, code: str) -> None:
        """Show the page of the person who was let in."""
        from crt_scheduler import own_desk

        page = self.desk.read(lambda session: own_desk.page(session, code, now=self.desk.now()))
        self.body = OwnBody(hand_of(self.desk, page), self.look)
        self.body.locked.connect(self.lock)
        self._stack.addWidget(self.body)
        self._stack.setCurrentWidget(self.body)
        self.body.hours.start.setFocus(Qt.FocusReason.OtherFocusReason)
        if handle := self.windowHandle():
            handle.installEventFilter(self)
        self.idle.start()

    def lock(self, *_: object) -> None:
        """Go back to the door; what was on view is forgotten."""
        self.idle.stop()
        if handle := self.windowHandle():
            handle.removeEventFilter(self)
        if self.body is not None:
            body, self.body = self.body, None
            self.desk.changed.disconnect(body._changed)
            self._stack.removeWidget(body)
            body.deleteLater()
        if self.isVisible() and self.desk.is_open:
            self.door.renew()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Begin the idle time anew with every key and click that reaches this window.

        Not those of the whole application: asked of every event there is, Python met tables that were half gone.
        """
        if event.type() in SIGNS_OF_LIFE and self.body is not None:
            self.idle.start()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc locks; at the door it leads back to the window. Enter presses nothing it is not on."""
        if event.key() == Qt.Key.Key_Escape:
            self.close() if self.is_locked else self.lock()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Lock before the desk is left."""
        self.lock()
        super().done(result)
