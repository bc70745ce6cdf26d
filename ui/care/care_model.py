"""The lists of care as tables: plain lines of words, each with the row it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
PAD = 12


@dataclass(frozen=True)
class Line:
    """One line: what each column says, the row it is about, and whether it is pressing (its last words say so)."""

    about: Any
    words: tuple[str, ...]
    is_pressing: bool = False


class LinesModel(QAbstractTableModel):
    """Lines under the given heads; the first column is a name, the last one the longest."""

    def __init__(self, look: Look, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._heads = look, tuple(heads)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(  # noqa: N802
        self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Return a column's name."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a cell shows; a pressing line says so in its words too."""
        line = self.lines[index.row()]
        words = line.words[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        is_last = index.column() == len(self._heads) - 1
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return self._look.font(9.75, bold=True)
        if role == Qt.ItemDataRole.ForegroundRole and is_last:
            return self._look.colour("bad" if line.is_pressing else "text")
        return None


class Wrapped(QStyledItemDelegate):
    """Asks for the height that the words take within their column."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the room of a cell, its words wrapped."""
        table = self.parent()
        wide = table.columnWidth(index.column()) if isinstance(table, QTableView) else option.rect.width()
        room = QRect(0, 0, max(40, wide - PAD - 4), 4000)
        taken = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data()))
        return QSize(wide, taken.height() + PAD)


class LinesTable(QTableView):
    """A table of lines; rows are chosen whole, with the arrow keys too, and grow with their words."""

    def __init__(self, model: LinesModel, name: str, widths: Sequence[int]) -> None:
        super().__init__()
        self.setModel(model)
        self.lines = model
        self.setItemDelegate(Wrapped(self))
        self.setProperty("kind", "rows")
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(30)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column, wide in enumerate(widths):
            head.resizeSection(column, wide)
        head.setStretchLastSection(True)
        head.geometriesChanged.connect(self.resizeRowsToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Wrap the words anew once the last column has its width."""
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the place that was chosen stays so, for the next act."""
        row = self.currentIndex().row()
        self.lines.show_lines(lines)
        self.resizeRowsToContents()
        if lines:
            self.selectRow(max(0, min(row, len(lines) - 1)))

    @property
    def chosen(self) -> Any:
        """What the chosen line is about; None without one."""
        index = self.currentIndex()
        return self.lines.lines[index.row()].about if index.isValid() else None
