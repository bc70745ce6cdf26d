"""RosterBoard: the month as a table of chips: people x days or shifts x areas, by mouse and keyboard alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crt_scheduler import times
from crt_scheduler.board import Board
from solver.problem import CITY
from ui.desk import Desk
from ui.look import Look
from ui.roster import board_keys, grid
from ui.roster.areas_sheet import areas_sheet
from ui.roster.board_chips import mark_of
from ui.roster.board_table import Index, SheetTable
from ui.roster.finding import cell_of
from ui.roster.hand import Hand
from ui.roster.mouse import Mouse
from ui.roster.people_sheet import people_sheet
from ui.roster.sheet import CLERGY, Row, Wanted


class RosterBoard(SheetTable):
    """A Board on screen. It shows and selects; what is to be done about it, its signals and its hand ask others for."""

    chosen = Signal()
    """Another cell is current."""
    folded = Signal()
    """A group was folded or unfolded."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.desk = desk
        self.board: Board | None = None
        self.wanted, self.folds = Wanted(), frozenset[str]()
        self.hand = Hand(self)
        self.setAccessibleName(self.tr("Roster board"))
        self.setModel(self.sheets)
        self._mouse = Mouse(self, self.hand)
        self.viewport().installEventFilter(self._mouse)
        self.fold_wanted.connect(self.fold)

    def set_board(self, board: Board | None) -> None:
        """Show a month's board; of the month shown already, only what changed is drawn anew."""
        is_other = self.board is None or board is None or board.month != self.board.month
        self.board = board
        self.hand.put_back()
        self.rebuild()
        if is_other and board is not None:
            self.go_to_date(times.local(self.desk.now(), board.zone).date())

    def set_wanted(self, wanted: Wanted) -> None:
        """Narrow the board."""
        self.wanted = wanted
        self.rebuild()

    def set_period(self, period: str) -> None:
        """Show days narrow (a month) or wide (two weeks)."""
        self.period = period
        self.keep_column(self.rebuild)

    def set_by_area(self, is_by_area: bool) -> None:
        """Show shifts x areas, or people x days."""
        self.is_by_area = is_by_area
        self.keep_column(self.rebuild)

    def rebuild(self) -> None:
        """Work the sheet out anew and show it, keeping the current cell, the selection and the place scrolled to."""
        if self.board is None:
            return
        self.dates.today = times.local(self.desk.now(), self.board.zone).date()
        if self.is_by_area:
            sheet = areas_sheet(self.board, self.wanted, self.folds, is_long=self.is_long)
        else:
            sheet = people_sheet(self.board, self.letters, self.wanted, self.folds)
        self.show_sheet(sheet)

    @property
    def letters(self) -> dict[str, str]:
        """Return what chips show per area, for the city, clergy and backup."""
        marks = (*(self.board.areas if self.board else ()), CITY, "", CLERGY, "backup")
        return {mark: mark_of(self.look, mark).letter for mark in marks}

    def go_to(self, person: str, shift: str) -> bool:
        """Choose a person's place on a shift, or without one their row there; False where the board has neither."""
        if self.sheet is None:
            return False
        at = cell_of(self.sheet, person, shift, self.currentIndex().column())
        if at is None:
            return False
        index = self.sheets.index(*at)
        is_seen = self.viewport().rect().contains(self.visualRect(index))
        self.choose(*at)
        if not is_seen:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def go_to_date(self, date: dt.date) -> bool:
        """Bring a date to the left edge, or near it; False if the month does not have it."""
        columns = self.sheet.board.columns if self.sheet else ()
        found = next((n for n, column in enumerate(columns) if column.date == date), -1)
        if found >= 0:
            row = max(0, self.currentIndex().row())
            self.setCurrentIndex(self.sheets.index(row, found))
        self.horizontalScrollBar().setValue(max(0, found) * self.slot)
        return found >= 0

    def fold(self, row: int) -> None:
        """Fold a group's row, or unfold it."""
        if self.sheet is None or not self._can_fold(self.sheet.rows[row]):
            return
        self.folds = self.folds ^ {self.sheet.rows[row].group}
        self.rebuild()
        self.folded.emit()

    def _can_fold(self, row: Row) -> bool:
        return row.kind == "group" and (row.people > 0 or self.is_by_area)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Follow the current cell: its row is tinted, its name bold, and what is in the hand goes along."""
        super().currentChanged(current, previous)
        self.hand.follow(current)
        if current.row() != previous.row() or self.hand.held is not None:
            self.viewport().update()
            self.names.viewport().update()
        else:
            for index in (current, previous):
                self._update_cell(index)
        self.chosen.emit()

    def _update_cell(self, index: Index) -> None:
        """Draw one cell anew, all of it where a duty is wider than a column."""
        if index.isValid():
            left = self.room().left_of(index.column() - 1)
            self.viewport().update(left, self.top_of(index.row()), 3 * self.slot, self.rowHeight(index.row()))

    def moveCursor(self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Return the cell a key leads to; a duty over two columns is one step."""
        cell, index = self.cell_at(), self.currentIndex()
        if cell is not None and cell.last > cell.first:
            if action == QAbstractItemView.CursorAction.MoveRight:
                return self.sheets.index(index.row(), min(cell.last + 1, self.sheets.columnCount() - 1))
            if action == QAbstractItemView.CursorAction.MoveLeft:
                return self.sheets.index(index.row(), max(cell.first - 1, 0))
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self.sheets.index(max(0, index.row()), 0)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self.sheets.index(max(0, index.row()), self.sheets.columnCount() - 1)
        return super().moveCursor(action, keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take the keys of the board itself; the acts are actions."""
        if board_keys.take(self, self.hand, event.key(), event.modifiers()):
            event.accept()
            return
        if event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier and event.text().isprintable():
            event.ignore()  # a letter is a shortcut or nothing: no search by what cells say
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw what is asked for, rectangle by rectangle."""
        painter = QPainter(self.viewport())
        few = event.region().rectCount() <= 4
        for area in cast(Iterable[QRect], event.region()) if few else (event.rect(),):
            painter.setClipRect(area)
            grid.draw(painter, self, self.hand, area)
        painter.end()

    def focusInEvent(self, event: QEvent) -> None:  # noqa: N802
        """Show the focus on the current cell, which the first visit sets."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.sheets.rowCount() > 1:
            self.setCurrentIndex(self.sheets.index(1, 0))
        self.viewport().update()
