"""Steps: the keys a roster board takes itself: Enter, Esc, Ctrl with arrows, and folding with Left and Right."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.roster.board_table import SheetTable
from ui.roster.hand import Hand
from ui.roster.sheet import Sheet

Key = Qt.Key
STEPS = {Key.Key_Left: (0, -1), Key.Key_Right: (0, 1), Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0)}
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def take(board: SheetTable, hand: Hand, key: int, keys: Qt.KeyboardModifier) -> bool:
    """Do what a key means on the board; False if it means nothing here."""
    if key in (Key.Key_Return, Key.Key_Enter) and keys in PLAIN:
        return enter(board, hand)
    if key == Key.Key_Escape and hand.held is not None:
        hand.put_back()
        return True
    step = STEPS.get(Key(key))
    if step is None:
        return False
    if keys & Qt.KeyboardModifier.ControlModifier:
        return _jump(board, *step)
    return keys in PLAIN and step[0] == 0 and _turn(board, step[1])


def enter(board: SheetTable, hand: Hand) -> bool:
    """Let go of what is held, else open the cell."""
    if board.row_at() is None:
        return False
    if hand.held is not None:
        hand.let_go()
    else:
        open_cell(board)
    return True


def open_cell(board: SheetTable) -> None:
    """Open the current cell; on a group's row that is its open seat, and where none is open the group folds."""
    row, index = board.row_at(), board.currentIndex()
    if row is not None and row.kind == "group" and (row.is_folded or not row.open[index.column()]):
        board.fold_wanted.emit(index.row())
    else:
        board.opened.emit()


def _turn(board: SheetTable, step: int) -> bool:
    """Fold a group with Left, unfold it with Right; where it is so already, the arrow moves on."""
    row = board.row_at()
    if row is None or row.kind != "group" or row.is_folded == (step < 0):
        return False
    if not (row.people or board.is_by_area):
        return False
    board.fold_wanted.emit(board.currentIndex().row())
    return True


def _jump(board: SheetTable, down: int, right: int) -> bool:
    """Go to the next chip in a direction, else to the end."""
    sheet, index = board.sheet, board.currentIndex()
    if sheet is None or not index.isValid():
        return False
    board.choose(*_next_chip(sheet, index.row(), index.column(), down, right))
    return True


def _next_chip(sheet: Sheet, row: int, column: int, down: int, right: int) -> tuple[int, int]:
    most = len(sheet.rows) - 1, len(sheet.open) - 1
    start = sheet.cells.get((row, column))
    while True:
        ahead = row + down, column + right
        if not (0 <= ahead[0] <= most[0] and 0 <= ahead[1] <= most[1]):
            return row, column
        row, column = ahead
        cell = sheet.cells.get((row, column))
        if cell is not None and cell is not start and cell.places:
            return row, cell.first
