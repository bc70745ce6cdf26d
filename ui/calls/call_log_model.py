"""The log of calls as a table: newest first, the area's mark, the state in words and colour."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.calls_view import CallsView
from ui.calls.calls_words import call_words, shown, state_words, when_words
from ui.look import Look
from ui.parts import draw_mark
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("number", "notified", "area", "type", "division", "state")
CALL = Qt.ItemDataRole.UserRole
Role = Qt.ItemDataRole


class CallsModel(QAbstractTableModel):
    """The calls that are wanted, one row each."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.view: CallsView | None = None
        self.calls: tuple[CallRow, ...] = ()
        look.changed.connect(self._repaint)

    def fill(self, view: CallsView, calls: tuple[CallRow, ...]) -> None:
        """Show these calls of a view."""
        is_same = [row.id for row in calls] == [row.id for row in self.calls]
        if not is_same:
            self.beginResetModel()
        self.view, self.calls = view, calls
        if not is_same:
            self.endResetModel()
        self._repaint()

    def _repaint(self) -> None:
        if self.calls:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.calls) - 1, len(COLUMNS) - 1))

    def row_of(self, call: int) -> int:
        """Return the row of a call, or -1."""
        return next((n for n, row in enumerate(self.calls) if row.id == call), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many calls there are."""
        return 0 if parent.isValid() else len(self.calls)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: N802
        """Return the headings."""
        if role != Role.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return (tr("Incident"), tr("Notified"), tr("Area"), tr("Type"), tr("Division"), tr("State"))[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return words, mark and colour of a cell."""
        row, column = self.calls[index.row()], COLUMNS[index.column()]
        if role == CALL:
            return row
        if role == Role.DisplayRole:
            return "" if column == "area" else self._words(row, column)
        if role == Role.DecorationRole and column == "area":
            return self._mark(row.area)
        if role == Role.ForegroundRole and column == "state":
            return self._look.colour(self._state(row)[1])
        if role == Role.FontRole and column == "state" and row.state != "closed":
            return self._look.font(bold=True)
        if role == Role.AccessibleTextRole:
            return f"{call_words(row)}, {self.headerData(index.column(), Qt.Orientation.Horizontal)}: " + (
                self._words(row, column) or tr("none")
            )
        if role == Role.ToolTipRole and column in ("area", "type", "division"):
            return shown(str(getattr(row, column)))
        return None

    def _state(self, row: CallRow) -> tuple[str, str]:
        assert self.view is not None
        return state_words(row, row.silent_since(self.view.at, self.view.silence_minutes), self.view.zone)

    def _words(self, row: CallRow, column: str) -> str:
        assert self.view is not None
        if column == "number":
            return call_words(row)
        if column == "notified":
            return when_words(row.notified, self.view.zone)
        if column == "state":
            return self._state(row)[0]
        return shown(row.type) if column == "type" else str(getattr(row, column))

    def _mark(self, area: str) -> QPixmap:
        scale = 2
        found = QPixmap(18 * scale, 18 * scale)
        found.setDevicePixelRatio(scale)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        draw_mark(painter, QRectF(0, 0, 18, 18), self._look, self._look.area(area))
        painter.end()
        return found
