"""The week as a table: a row per post, a column per shift, each cell its open seats in numbers and in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.today import today_words

if TYPE_CHECKING:
    from crt_scheduler.today import Week, WeekCell, WeekColumn, WeekLine

CELL = int(Qt.ItemDataRole.UserRole)
WEEKEND = CELL + 1
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class WeekModel(QAbstractTableModel):
    """Seven days of open seats."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.week: Week | None = None

    @property
    def lines(self) -> tuple[WeekLine, ...]:
        """The posts, a row each."""
        return self.week.lines if self.week else ()

    @property
    def columns(self) -> tuple[WeekColumn, ...]:
        """The shifts, a column each."""
        return self.week.columns if self.week else ()

    def show_week(self, week: Week) -> None:
        """Show another week."""
        self.beginResetModel()
        self.week = week
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of posts."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of shifts."""
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> WeekCell | None:
        """Return the cell at a place; one that reaches over several columns is found at each of them."""
        cells = self.lines[index.row()].cells
        for n in range(index.column(), -1, -1):
            found = cells[n]
            if found is not None:
                return found if n + found.span > index.column() else None
        return None

    def date(self, index: Index) -> dt.date:
        """Return the date of a column."""
        return self.columns[index.column()].date

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a cell shows: its number, its words, the cell itself for painting."""
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if cell is None or not cell.missing else str(cell.missing)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(index, cell)
        if role == CELL:
            return cell
        if role == WEEKEND:
            return self.columns[index.column()].weekend
        return None

    def headerData(  # noqa: N802
        self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Return a post's name or a shift's."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way == Qt.Orientation.Vertical:
            line = self.lines[section]
            return today_words.post_words(line.area, line.kind)
        return today_words.shift_words(self.columns[section].template)

    def words(self, index: Index, cell: WeekCell | None) -> str:
        """Return a cell as a sentence, such as Central, Wed 13, day: 1 of 4 seats open."""
        line, column = self.lines[index.row()], self.columns[index.column()]
        where = (
            f"{today_words.post_words(line.area, line.kind)}, {today_words.day_short(column.date)}, {column.template}"
        )
        if cell is None:
            return self.tr("{}: no shift").format(where)
        if cell.is_past:
            return self.tr("{}: has begun").format(where)
        if not cell.missing:
            return self.tr("{}: all {} seats filled").format(where, cell.seats)
        found = self.tr("{}: {} of {} seats open").format(where, cell.missing, cell.seats)
        return found + (self.tr(", no full pair") if cell.lacks_team else "")
