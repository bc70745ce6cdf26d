"""The model of a roster board: a Sheet as a Qt table, replaced by telling only what changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crt_scheduler import times
from ui.roster import board_words
from ui.roster.sheet import Cell, Row, Sheet

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MANY = 400
"""Changed cells past which one signal for the whole board costs less than one for each."""
SPEAK = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole)


class SheetModel(QAbstractTableModel):
    """The rows and columns of a Sheet; painting reads the Sheet itself, everybody else the roles."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None

    def show(self, sheet: Sheet) -> None:
        """Show another sheet: with the same rows and columns only changed cells are told, else the whole is new."""
        old = self.sheet
        if old is None or not _is_same_frame(old, sheet):
            self.beginResetModel()
            self.sheet = sheet
            self.endResetModel()
            return
        self.sheet = sheet
        self._tell_cells(old, sheet)
        self._tell_heads(old, sheet)

    def _tell_cells(self, old: Sheet, new: Sheet) -> None:
        changed = [at for at in old.cells.keys() | new.cells.keys() if old.cells.get(at) != new.cells.get(at)]
        for n, (before, after) in enumerate(zip(old.rows, new.rows, strict=True)):
            changed += [(n, c) for c in range(len(after.open)) if before.open[c] != after.open[c]]
        if len(changed) > MANY:
            self.dataChanged.emit(self.index(0, 0), self.index(len(new.rows) - 1, len(new.board.columns) - 1))
            return
        for row, column in changed:
            index = self.index(row, column)
            self.dataChanged.emit(index, index)

    def _tell_heads(self, old: Sheet, new: Sheet) -> None:
        for n, (before, after) in enumerate(zip(old.rows, new.rows, strict=True)):
            if before != after:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, n, n)
        if old.open != new.open:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(new.open) - 1)

    def row(self, index: Index) -> Row | None:
        """Return the row an index lies in."""
        if self.sheet is None or not index.isValid() or index.row() >= len(self.sheet.rows):
            return None
        return self.sheet.rows[index.row()]

    def cell(self, index: Index) -> Cell | None:
        """Return the cell at an index; None where nothing is."""
        return self.sheet.cells.get((index.row(), index.column())) if self.sheet else None

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """Return the number of rows."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.board.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's letter, its words for screen readers, or its tooltip."""
        row = self.row(index)
        if row is None or self.sheet is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            cell = self.cell(index)
            if row.kind == "group":
                return str(row.open[index.column()] or "")
            return cell.face.text if cell else ""
        if role in SPEAK:
            return board_words.spoken(self.sheet, row, index.column(), self.cell(index))
        if role == Qt.ItemDataRole.ToolTipRole:
            return board_words.tip(self.sheet, row, index.column(), self.cell(index)) or None
        return None

    def headerData(self, n: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return what a column's or a row's head says."""
        if self.sheet is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, *SPEAK):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._column_words(n) if 0 <= n < len(self.sheet.open) else None
        if not 0 <= n < len(self.sheet.rows):
            return None
        is_tip = role != Qt.ItemDataRole.DisplayRole
        return self._row_tip(self.sheet.rows[n]) if is_tip else self._row_words(self.sheet.rows[n])

    def _column_words(self, n: int) -> str:
        sheet = self.sheet
        assert sheet is not None
        count = sheet.open[n]
        told = self.tr("{n} open seats").format(n=count) if count else self.tr("no open seats")
        return f"{board_words.column(sheet.board.columns[n])}, {told}"

    def _row_words(self, row: Row) -> str:
        if row.line is not None:
            return f"{row.line.name}, {times.hours_words(row.line.minutes)}"
        if row.kind == "seat":
            return f"{board_words.group_title(row.group)}, {board_words.seat_title(row).lower()}"
        return f"{board_words.group_title(row.group)}, {board_words.group_note(row)}"

    def _row_tip(self, row: Row) -> str:
        return board_words.person(row.line) if row.line is not None else self._row_words(row)


def _is_same_frame(old: Sheet, new: Sheet) -> bool:
    """Have two sheets the same rows and columns, whatever is in them?"""
    same_rows = [row.key for row in old.rows] == [row.key for row in new.rows]
    columns = [(column.date, column.template) for column in old.board.columns]
    return same_rows and columns == [(column.date, column.template) for column in new.board.columns]
