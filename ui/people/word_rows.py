"""A small read-mostly table model: rows of words, with colour, alignment, and the text to edit where one can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
WHAT = Qt.ItemDataRole.UserRole
"""The role under which a row gives what it stands for."""


@dataclass(frozen=True)
class Cell:
    """What one cell shows; `written` is the text its editor begins with (None: it cannot be edited)."""

    words: str
    colour: str = ""
    is_right: bool = False
    written: str | None = None
    tip: str = ""


class Rows(QAbstractTableModel):
    """Rows of cells under headings; each row stands for a thing, given under the role WHAT."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings = list(headings)
        self.rows: list[tuple[Any, tuple[Cell, ...]]] = []

    def fill(self, rows: Sequence[tuple[Any, tuple[Cell, ...]]]) -> None:
        """Show other rows; where there are as many for the same things, in place, so that an open editor stays."""
        fresh = list(rows)
        if [key(what) for what, _ in fresh] == [key(what) for what, _ in self.rows] and fresh:
            self.rows = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.headings) - 1))
            return
        self.beginResetModel()
        self.rows = fresh
        self.endResetModel()

    def what(self, row: int) -> Any:
        """Return what a row stands for."""
        return self.rows[row][0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells with a written text be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        cell = self.rows[index.row()][1][index.column()]
        return flags if cell.written is None else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell and how they look."""
        what, cells = self.rows[index.row()]
        cell = cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.EditRole:
            return cell.written
        if role == Qt.ItemDataRole.ForegroundRole:
            return cell.colour or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if cell.is_right else Qt.AlignmentFlag.AlignLeft
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headings[index.column()]}: {cell.words}"
        return what if role == WHAT else None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_right = bool(self.rows) and self.rows[0][1][section].is_right
            side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def key(what: Any) -> Any:
    """Return what tells a row's thing from others: its number or name where it has one."""
    for name in ("number", "name", "field"):
        if hasattr(what, name):
            return getattr(what, name)
    return what
