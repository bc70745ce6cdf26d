"""A report's table on screen: it sorts on any column, shows what the files print, and arrows move over it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from crt_scheduler.reports.printed import LEFT_UNITS, Plain, Table, shown
from ui.look import Look
from ui.parts import of_kind

Index = QModelIndex | QPersistentModelIndex
ROW, MOST_ROWS, PAD = 28, 14, 20


class Rows(QAbstractTableModel):
    """The rows of one table."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.rows: list[tuple[Plain, ...]] = list(table.rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """The table's rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """The table's columns."""
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words and side."""
        column = self.table.columns[index.column()]
        words = shown(self.rows[index.row()][index.column()], column.unit)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{shown(self.rows[index.row()][0], 'text')}, {column.words}: {words}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def _side(self, column: int) -> int:
        is_left = self.table.columns[column].unit in LEFT_UNITS
        side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a column's name and side."""
        if way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.columns[section].words
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; none: as the report has them."""
        self.layoutAboutToBeChanged.emit()
        self.rows = list(self.table.rows)
        if column >= 0:
            self.rows.sort(key=lambda row: _key(row[column]), reverse=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()


def _key(value: Plain) -> tuple[bool, bool, Any]:
    """Order nothing first, numbers before words, words without regard to case."""
    if isinstance(value, str):
        return True, True, value.casefold()
    return value is not None, False, value if value is not None else 0


class ReportTable(QTableView):
    """The table of one part of a report."""

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__()
        self.rows = Rows(table)
        self._look = look
        self.setModel(self.rows)
        self.setAccessibleName(table.title)
        of_kind(self, "rows")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        of_kind(header, "small")
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSortingEnabled(True)
        self.needed = self._widths()

    def _widths(self) -> list[int]:
        """Return how wide each column's words are."""
        found = []
        head, cells = QFontMetrics(self._look.font(8.25, bold=True)), QFontMetrics(self._look.font(9.75))
        for n, column in enumerate(self.rows.table.columns):
            words = (shown(row[n], column.unit) for row in self.rows.table.rows)
            wide = max((cells.horizontalAdvance(each) for each in words), default=0)
            found.append(min(360, max(wide, head.horizontalAdvance(column.words) + 12) + PAD))
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share what the words leave among all columns."""
        super().resizeEvent(event)
        spare = max(0, self.viewport().width() - sum(self.needed)) // len(self.needed)
        for n, wide in enumerate(self.needed):
            self.setColumnWidth(n, wide + spare)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for every row up to a screenful, and every column."""
        head = self.horizontalHeader().sizeHint().height()
        return QSize(sum(self.needed) + 12, min(MOST_ROWS, max(1, self.rows.rowCount())) * ROW + head + 14)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Be as tall as asked for: the page scrolls, and the table where it has more rows."""
        return QSize(240, self.sizeHint().height())
