"""The hand: what is picked up from a roster board, where it is held over, and what letting go of it there would do."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal

from ui.roster.board_table import Index, SheetTable
from ui.roster.drops import Drop, Held, drop


class Hand(QObject):
    """Holds one chip or none; carried by the mouse it is at a point, by the keyboard it goes with the current cell."""

    dropped = Signal(object, object)
    """A chip was let go: Held and Drop."""

    def __init__(self, table: SheetTable) -> None:
        super().__init__(table)
        self._table = table
        self.held: Held | None = None
        self.over: tuple[int, int] | None = None
        self.point: QPoint | None = None
        """Where the mouse carries it in the viewport."""

    def pick_up(self, act: str) -> bool:
        """Take the current chip into the hand, to be moved or swapped; False where there is none."""
        place, index = self._table.place_at(), self._table.currentIndex()
        if place is None:
            return False
        self.held = Held(place, "swap" if act == "swap" else "move", (index.row(), index.column()))
        self.over = self.held.at
        self._table.viewport().update()
        return True

    def put_back(self) -> None:
        """Put back what is in the hand."""
        self.held = self.over = self.point = None
        self._table.viewport().update()

    @property
    def drop(self) -> Drop | None:
        """What letting go would do; None where nothing is held, or over no cell."""
        sheet = self._table.sheet
        if self.held is None or self.over is None or sheet is None:
            return None
        return drop(sheet, self.held, *self.over)

    @property
    def is_good(self) -> bool:
        """Would letting go do anything?"""
        found = self.drop
        return found is not None and found.act != "none"

    def let_go(self) -> None:
        """Empty the hand over the cell it is held over, then ask for the act."""
        held, found = self.held, self.drop
        if held is not None and found is not None:
            self.put_back()
            self.dropped.emit(held, found)

    def follow(self, current: Index) -> None:
        """Go along with the current cell, unless the mouse carries what is held."""
        if self.held is not None and self.point is None and current.isValid():
            self.over = (current.row(), current.column())
