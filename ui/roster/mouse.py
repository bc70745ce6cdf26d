"""The mouse on a roster board: press a chip and drag it, double click to open, right click for the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.roster.steps import open_cell

if TYPE_CHECKING:
    from ui.roster.board import RosterBoard

EDGE = 24
"""Pixels from the viewport's edge within which dragging scrolls."""
STEP = 24


class Mouse(QObject):
    """Watches the board's viewport: a drag of its own, not Qt's, so that it is painted here and ends on Esc."""

    def __init__(self, board: RosterBoard) -> None:
        super().__init__(board)
        self._board = board
        self._pressed: QPoint | None = None
        self._scroll = QTimer(self, interval=40)
        self._scroll.timeout.connect(self._creep)
        self._acts = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._open,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take what belongs to a drag; the rest is the table's."""
        act = self._acts.get(event.type())
        if act is not None:
            return act(cast(QMouseEvent, event))
        if event.type() == QEvent.Type.ContextMenu:
            return self._menu(cast(QContextMenuEvent, event))
        return False

    def _press(self, event: QMouseEvent) -> bool:
        board, at = self._board, event.position().toPoint()
        index = board.indexAt(at)
        if board.held is not None and board.hand is None:
            return self._press_while_held(index.row(), index.column())
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        cell = board.sheets.cell(index) if index.isValid() else None
        if event.button() != Qt.MouseButton.LeftButton or not is_plain or cell is None or not cell.places:
            return False
        self._pressed = at
        board.setFocus(Qt.FocusReason.MouseFocusReason)
        board.setCurrentIndex(index)
        return True

    def _press_while_held(self, row: int, column: int) -> bool:
        """A click lets go of what the keyboard picked up."""
        if row >= 0:
            self._board.over = (row, column)
            self._board.let_go()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        board, at = self._board, event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if board.held is None:
            if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return True
            board.pick_up("move")
            self._scroll.start()
        self._carry(at)
        return True

    def _carry(self, at: QPoint) -> None:
        board = self._board
        index = board.indexAt(at)
        board.hand = at
        board.over = (index.row(), index.column()) if index.isValid() else None
        if board.held is not None:
            is_good = board.over is not None and board.drop_at(*board.over).act != "none"
            shape = Qt.CursorShape.ClosedHandCursor if is_good else Qt.CursorShape.ForbiddenCursor
            board.viewport().setCursor(shape)
        board.viewport().update()

    def _release(self, event: QMouseEvent) -> bool:
        board = self._board
        was_pressed, self._pressed = self._pressed is not None, None
        self._scroll.stop()
        if board.held is None or board.hand is None:
            return was_pressed
        board.viewport().unsetCursor()
        if board.over is None:
            board.drop_held()
        else:
            board.let_go()
        return True

    def _creep(self) -> None:
        """Scroll while a chip is held near an edge."""
        board = self._board
        if board.held is None or board.hand is None:
            self._scroll.stop()
            board.viewport().unsetCursor()
            return
        room, at = board.viewport().rect(), board.hand
        across, down = board.horizontalScrollBar(), board.verticalScrollBar()
        across.setValue(across.value() + STEP * ((at.x() > room.right() - EDGE) - (at.x() < EDGE)))
        down.setValue(down.value() + STEP * ((at.y() > room.bottom() - EDGE) - (at.y() < EDGE)))
        self._carry(at)

    def _open(self, event: QMouseEvent) -> bool:
        index = self._board.indexAt(event.position().toPoint())
        if self._board.sheets.row(index) is None:
            return False
        self._board.setCurrentIndex(index)
        open_cell(self._board)
        return True

    def _menu(self, event: QContextMenuEvent) -> bool:
        board = self._board
        index = board.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = board.currentIndex()
        if not index.isValid():
            return False
        if not board.selectionModel().isSelected(index):
            board.setCurrentIndex(index)
        at = (
            board.visualRect(index).bottomLeft() if event.reason() == QContextMenuEvent.Reason.Keyboard else event.pos()
        )
        board.menu_wanted.emit(board.viewport().mapToGlobal(at))
        return True
