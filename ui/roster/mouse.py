"""The mouse on a roster board: press a chip and drag it, double click to open, right click for the menu."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.roster.board_keys import open_cell
from ui.roster.board_table import SheetTable
from ui.roster.hand import Hand

EDGE = 24
"""Pixels from the viewport's edge within which dragging scrolls."""
STEP = 24


class Mouse(QObject):
    """Watches the board's viewport: a drag of its own, not Qt's, so that it is painted here and ends on Esc."""

    def __init__(self, board: SheetTable, hand: Hand) -> None:
        super().__init__(board)
        self._board, self._hand = board, hand
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
        board, hand, at = self._board, self._hand, event.position().toPoint()
        index = board.indexAt(at)
        if hand.held is not None and hand.point is None:
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
            self._hand.over = (row, column)
            self._hand.let_go()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if self._hand.held is None:
            if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return True
            self._hand.pick_up("move")
            self._scroll.start()
        self._carry(at)
        return True

    def _carry(self, at: QPoint) -> None:
        board, hand = self._board, self._hand
        index = board.indexAt(at)
        hand.point = at
        hand.over = (index.row(), index.column()) if index.isValid() else None
        if hand.held is not None:
            shape = Qt.CursorShape.ClosedHandCursor if hand.is_good else Qt.CursorShape.ForbiddenCursor
            board.viewport().setCursor(shape)
        board.viewport().update()

    def _release(self, event: QMouseEvent) -> bool:
        hand = self._hand
        was_pressed, self._pressed = self._pressed is not None, None
        self._scroll.stop()
        if hand.held is None or hand.point is None:
            return was_pressed
        self._board.viewport().unsetCursor()
        if hand.over is None:
            hand.put_back()
        else:
            hand.let_go()
        return True

    def _creep(self) -> None:
        """Scroll while a chip is held near an edge."""
        board, at = self._board, self._hand.point
        if self._hand.held is None or at is None:
            self._scroll.stop()
            board.viewport().unsetCursor()
            return
        room = board.viewport().rect()
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
